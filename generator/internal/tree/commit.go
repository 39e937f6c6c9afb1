package tree

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// checkWay returns an error if something that changes do not remove stands where
// they write a file, or where a folder of one must be.
func (d *disk) checkWay(changes []change) error {
	removed := map[string]bool{}
	for _, c := range changes {
		if c.isRemoval() {
			removed[c.path] = true
		}
	}
	for folder := range foldersOf(writtenPaths(changes)) {
		info, err := d.root.Lstat(folder)
		switch {
		case absent(err) || err == nil && info.IsDir() || removed[folder]:
		case err != nil:
			return err
		default:
			return fmt.Errorf("%s must become a folder, but codicil did not make what is there; move it away", folder)
		}
	}
	emptied := foldersOf(removed)
	for _, c := range changes {
		if !c.isNew() {
			continue
		}
		if err := d.checkEmptied(c.path, removed, emptied); err != nil {
			return err
		}
	}
	return nil
}

// checkEmptied returns an error if p is a folder that keeps anything when the
// removed files and the folders emptied by this are gone.
func (d *disk) checkEmptied(p string, removed, emptied map[string]bool) error {
	info, err := d.root.Lstat(p)
	if absent(err) {
		return nil
	}
	if err != nil || !info.IsDir() {
		return err
	}
	return fs.WalkDir(d.root.FS(), p, func(found string, entry fs.DirEntry, err error) error {
		if err != nil || removed[found] || entry.IsDir() && emptied[found] {
			return err
		}
		return fmt.Errorf("%s must become a file, but codicil did not make %s, which is there; move it away", p, found)
	})
}

// make carries j out: it seals the journal and finishes the change. Before it is
// sealed nothing is changed; an error after this leaves the rest to recover.
func (d *disk) make(j journal) (sealed bool, err error) {
	if j.durable {
		if err := d.sync(stageDir); err != nil {
			return false, err
		}
	}
	if err := d.write(journalFile, j.format(), true); err != nil {
		return false, err
	}
	if err := errors.Join(d.sync(stateDir), d.sync(".")); err != nil {
		return false, err
	}
	if err := d.finish(j, j.changes); err != nil {
		return true, fmt.Errorf("%w (the change is half made; the next run finishes it)", err)
	}
	return true, nil
}

// finish makes the pending changes of a sealed journal. It syncs the folders of all
// of them, since those that were made before an interruption may not be durable.
func (d *disk) finish(j journal, pending []change) error {
	there := map[string]bool{} // folders
	for _, c := range pending {
		act := func(c change) error { return d.publish(c, there) }
		if c.isRemoval() {
			act = d.unpublish
			clear(there)
		}
		if err := act(c); err != nil {
			return err
		}
	}
	if j.durable {
		if err := d.syncFolders(j); err != nil {
			return err
		}
	}
	if err := d.sync(stateDir); err != nil {
		return err
	}
	return d.remove(journalFile)
}

// publish puts a staged file in its place. It notes the folders that are there.
func (d *disk) publish(c change, there map[string]bool) error {
	if dir := path.Dir(c.path); c.isNew() && !there[dir] {
		if !d.exists(dir) {
			if err := d.mkdirAll(dir); err != nil {
				return err
			}
		}
		there[dir] = true
	}
	return d.rename(stagedFile(c.path), c.path)
}

// unpublish removes a file that still has the bytes it had, and the folders that
// are empty then.
func (d *disk) unpublish(c change) error {
	if now, err := d.look(c.path); err == nil && now == c.before {
		if err := d.remove(c.path); err != nil {
			return err
		}
	}
	for dir := path.Dir(c.path); dir != "."; dir = path.Dir(dir) {
		if err := d.removeEmpty(dir); err != nil {
			return err
		}
	}
	return nil
}

func (d *disk) syncFolders(j journal) error {
	folders := foldersOf(writtenPaths(j.changes))
	folders["."] = true
	for folder := range folders {
		if err := d.sync(folder); err != nil {
			return err
		}
	}
	return nil
}

// recover finishes the change of a sealed journal, or discards what is staged
// without one. It reports whether something was finished.
func (d *disk) recover() (bool, error) {
	data, err := d.root.ReadFile(journalFile)
	if errors.Is(err, fs.ErrNotExist) {
		return false, d.discard()
	}
	if err != nil {
		return false, err
	}
	j, err := parseJournal(data)
	if err == errTorn {
		return false, d.discard()
	}
	if err != nil {
		return false, err
	}
	pending, err := d.pending(j)
	if err != nil {
		return false, err
	}
	if err := d.finish(j, pending); err != nil {
		return false, err
	}
	return true, d.removeAll(stageDir)
}

// pending returns the changes of j that are still to be made. A staged file that
// a loss of power has damaged is left to the next build. It is an error in
// an Apply, which syncs its files; and so is a file that was edited meanwhile, since
// the folder of an Apply is one that people work in.
func (d *disk) pending(j journal) ([]change, error) {
	var pending []change
	for _, c := range j.changes {
		staged, err := d.look(stagedFile(c.path))
		if err != nil {
			return nil, fmt.Errorf("read the new %s: %w", c.path, err)
		}
		switch {
		case c.isRemoval():
		case staged == sum{}:
			continue // renamed already
		case staged == c.after && !j.durable:
		case staged == c.after:
			now, err := d.look(c.path)
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", c.path, err)
			}
			if now != c.before && now != c.after {
				return nil, fmt.Errorf("%s was edited since a change of it was interrupted; "+
					"restore it, or remove %s to give the change up", c.path, stateDir)
			}
		case j.durable:
			return nil, fmt.Errorf("the new %s of an interrupted change is damaged; "+
				"remove %s and restore the folder", c.path, stateDir)
		default:
			continue
		}
		pending = append(pending, c)
	}
	return pending, nil
}

// discard gives up a change that nothing was published of. The journal must be gone
// for good before the stage, or a missing staged file would look like one published.
func (d *disk) discard() error {
	if d.exists(journalFile) {
		if err := d.remove(journalFile); err != nil {
			return err
		}
		if err := d.sync(stateDir); err != nil {
			return err
		}
	}
	return d.removeAll(stageDir)
}
