package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A burst of events, as an editor makes them that replaces a file, is told of
// once nothing has happened for quiet, or once it has lasted for longest.
const (
	quiet   = 4 * time.Millisecond
	longest = 100 * time.Millisecond
)

// A Watch follows the files of some folders and all below them, those that
// come later as well.
type Watch struct {
	folders []string
	watcher *fsnotify.Watcher
	Missed  int // folders that are not watched, since the system watches no more
}

// NewWatch begins to watch folders. What happens from now on is told by Run.
// Close must follow.
func NewWatch(folders ...string) (*Watch, error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch files: %w", err)
	}
	w := &Watch{folders: folders, watcher: watcher}
	for _, folder := range folders {
		if err := w.add(folder); err != nil {
			return nil, errors.Join(fmt.Errorf("watch %s: %w", folder, err), watcher.Close())
		}
	}
	return w, nil
}

// Close ends the watch.
func (w *Watch) Close() error { return w.watcher.Close() }

// Run calls changed with the paths of what changed, once a burst, until ctx ends.
// A path may be that of a folder: then anything below it can be another.
func (w *Watch) Run(ctx context.Context, changed func(paths []string)) error {
	paths := map[string]bool{}
	var due time.Time // at the latest
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-w.watcher.Events:
			if e.Op == fsnotify.Chmod || strings.HasPrefix(filepath.Base(e.Name), ".") {
				continue
			}
			if info, err := os.Lstat(e.Name); err == nil && info.IsDir() && e.Has(fsnotify.Create) {
				_ = w.add(e.Name) // it can be gone again: nothing to watch
			}
			if len(paths) == 0 {
				due = time.Now().Add(longest)
			}
			paths[e.Name] = true
			timer.Reset(min(quiet, max(0, time.Until(due))))
		case err := <-w.watcher.Errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return fmt.Errorf("watch files: %w", err)
			}
			for _, folder := range w.folders { // something happened, nobody knows where
				paths[folder] = true
			}
			timer.Reset(quiet)
		case <-timer.C:
			changed(slices.Sorted(maps.Keys(paths)))
			clear(paths)
		}
	}
}

// add watches dir and the folders below it, those of a level before those of
// the next: where the system watches no more, the deepest are left out, which
// hold what is frozen.
func (w *Watch) add(dir string) error {
	level := []string{dir}
	for len(level) > 0 {
		var next []string
		for _, folder := range level {
			if err := w.addOne(folder); err != nil {
				if folder != dir && errors.Is(err, fs.ErrNotExist) {
					continue // gone while we looked
				}
				return err
			}
			next = append(next, foldersIn(folder)...)
		}
		level = next
	}
	return nil
}

func (w *Watch) addOne(folder string) error {
	err := w.watcher.Add(folder)
	if errors.Is(err, syscall.ENOSPC) {
		w.Missed++
		return nil
	}
	return err
}

// foldersIn returns the folders in folder that are not hidden.
func foldersIn(folder string) []string {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil // it is gone: its parent tells
	}
	var folders []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			folders = append(folders, filepath.Join(folder, e.Name()))
		}
	}
	return folders
}
