package serve

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long nothing must happen before a burst of events is over: an
// editor that replaces a file makes several within a few milliseconds.
const quiet = 30 * time.Millisecond

// Watch calls changed after files below dir changed, once a burst, until ctx
// ends. New folders are watched as they come.
func Watch(ctx context.Context, dir string, changed func()) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch %s: %w", dir, err)
	}
	defer w.Close()
	if err := addFolders(w, dir); err != nil {
		return fmt.Errorf("watch %s: %w", dir, err)
	}
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-w.Events:
			if e.Op == fsnotify.Chmod || strings.HasPrefix(filepath.Base(e.Name), ".") {
				continue
			}
			if e.Has(fsnotify.Create) {
				_ = addFolders(w, e.Name) // a file, or gone again: nothing to watch
			}
			timer.Reset(quiet)
		case err := <-w.Errors:
			return fmt.Errorf("watch %s: %w", dir, err)
		case <-timer.C:
			changed()
		}
	}
}

// addFolders watches dir and the folders below it.
func addFolders(w *fsnotify.Watcher, dir string) error {
	return filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		if strings.HasPrefix(e.Name(), ".") && p != dir {
			return fs.SkipDir
		}
		return w.Add(p)
	})
}
