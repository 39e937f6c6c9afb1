package tree

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Apply writes the files of t into dir, which must exist, all or none, and leaves
// every other file alone: new files first, then those that are replaced.
// All of it is durable when Apply returns, and no .codicil stays.
//
// If an earlier change was interrupted, Apply finishes that one only, and returns an
// error unless this made the files what t wants: t was made without it.
// A caller that reads dir first calls [Recover] before.
func Apply(dir string, t *Tree) error {
	return apply(dir, t, proceed)
}

func apply(dir string, t *Tree, step func() error) error {
	d, err := openDisk(dir, step)
	if err != nil {
		return fmt.Errorf("change %s: %w", dir, err)
	}
	if err := errors.Join(d.apply(t), d.close()); err != nil {
		return fmt.Errorf("change %s: %w", dir, err)
	}
	return nil
}

func (d *disk) apply(t *Tree) error {
	finished, err := d.recover()
	if err != nil {
		return fmt.Errorf("finish an interrupted change: %w", err)
	}
	changes, err := d.compare(t)
	if err != nil || len(changes) == 0 {
		return err
	}
	if finished {
		return errors.New("an earlier change was interrupted and is finished now; look at it and run again")
	}
	if err := d.checkWay(changes); err != nil {
		return err
	}
	if err := d.stage(t, changes); err != nil {
		return errors.Join(err, d.discard())
	}
	inOrder(changes)
	sealed, err := d.make(journal{durable: true, changes: changes})
	if err != nil && !sealed {
		return errors.Join(err, d.discard())
	}
	return err
}

// compare returns the changes that make the files what t wants.
func (d *disk) compare(t *Tree) ([]change, error) {
	var changes []change
	for _, p := range t.Paths() {
		before, err := d.look(p)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", p, err)
		}
		if after := sumOf(t.files[p]); before != after {
			changes = append(changes, change{p, before, after})
		}
	}
	return changes, nil
}

func (d *disk) stage(t *Tree, changes []change) error {
	if err := d.mkdir(stageDir); err != nil {
		return err
	}
	for _, c := range changes {
		if err := d.write(stagedFile(c.path), t.files[c.path], true); err != nil {
			return err
		}
	}
	return nil
}

// A Folder is a folder that this process holds: what it reads there stays until it
// applies what it made of it.
type Folder struct {
	disk     *disk
	finished bool
}

// Hold locks dir, which must exist, and finishes or discards what was interrupted
// there, as [Recover] does. It waits while another process holds it. Close must follow.
func Hold(dir string) (*Folder, error) {
	d, err := openDisk(dir, proceed)
	if err != nil {
		return nil, fmt.Errorf("hold %s: %w", dir, err)
	}
	f := &Folder{disk: d}
	if f.finished, err = d.recover(); err != nil {
		return nil, errors.Join(fmt.Errorf("recover %s: %w", dir, err), d.close())
	}
	return f, nil
}

// Finished reports whether an interrupted change was finished by Hold.
func (f *Folder) Finished() bool { return f.finished }

// Apply writes the files of t, as the function of that name does.
func (f *Folder) Apply(t *Tree) error {
	if err := f.disk.apply(t); err != nil {
		return fmt.Errorf("change %s: %w", f.disk.dir, err)
	}
	return nil
}

// Close lets go of the folder.
func (f *Folder) Close() error { return f.disk.close() }

// Recover finishes an interrupted Commit or Apply in dir, or discards it if nothing
// of it was published. It reports whether something was finished. A folder with
// no .codicil is not touched, and need not be there.
func Recover(dir string) (bool, error) {
	return recoverDir(dir, proceed)
}

func recoverDir(dir string, step func() error) (bool, error) {
	if _, err := os.Lstat(filepath.Join(dir, stateDir)); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	d, err := openDisk(dir, step)
	if err != nil {
		return false, fmt.Errorf("recover %s: %w", dir, err)
	}
	finished, err := d.recover()
	if err := errors.Join(err, d.close()); err != nil {
		return false, fmt.Errorf("recover %s: %w", dir, err)
	}
	return finished, nil
}
