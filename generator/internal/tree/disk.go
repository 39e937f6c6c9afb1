package tree

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/lockedfile"
)

const (
	stateDir     = ".codicil"
	lockFile     = stateDir + "/lock"
	manifestFile = stateDir + "/manifest"
	notesDir     = stateDir + "/notes"
	stageDir     = stateDir + "/stage"
	journalFile  = stateDir + "/journal"
)

// stagedFile returns where the new bytes of p wait.
func stagedFile(p string) string {
	return stageDir + "/" + sumOf([]byte(p)).String()
}

// A disk is an output folder that this process has locked. The root keeps every
// operation inside the folder, wherever symbolic links lead.
type disk struct {
	dir     string
	root    *os.Root
	staging *os.Root // the stage, once a file was written to it
	lock    *lockedfile.File

	// step is called before each operation that changes the folder, which does not
	// happen if step fails. A test dies there.
	step func() error
}

// proceed is the step of everyone but a test.
func proceed() error { return nil }

// openDisk locks dir, which must exist. It waits while another process holds it.
func openDisk(dir string, step func() error) (*disk, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	d := &disk{dir: dir, root: root, step: step}
	if err := d.acquire(); err != nil {
		root.Close()
		return nil, err
	}
	return d, nil
}

// acquire takes the lock. The lock file may go while we wait for it, since an Apply
// removes it when done; then we hold a lock that nobody else sees, and try again.
func (d *disk) acquire() error {
	for {
		if err := d.mkdir(stateDir); err != nil {
			return err
		}
		if err := d.checkState(); err != nil {
			return err
		}
		if err := d.step(); err != nil {
			return err
		}
		lock, err := lockedfile.OpenFile(filepath.Join(d.dir, lockFile), os.O_RDWR|os.O_CREATE, 0o644)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		held, err1 := lock.Stat()
		seen, err2 := d.root.Lstat(lockFile)
		if err1 == nil && err2 == nil && os.SameFile(held, seen) {
			d.lock = lock
			return nil
		}
		lock.Close()
	}
}

// checkState refuses a state folder or lock that is a link to somewhere else: the
// lock is the one file that is not opened through the root.
func (d *disk) checkState() error {
	if info, err := d.root.Lstat(stateDir); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is not a folder; remove it", stateDir)
	}
	if info, err := d.root.Lstat(lockFile); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is not a file; remove it", lockFile)
	}
	return nil
}

// close unlocks the folder. An unfinished change stays for the next one to finish;
// otherwise the stage goes, and all of .codicil if there is no manifest in it.
func (d *disk) close() error {
	return errors.Join(d.tidy(), d.lock.Close(), d.root.Close(), d.closeStage())
}

func (d *disk) tidy() error {
	if d.exists(journalFile) {
		return nil
	}
	if err := d.removeAll(stageDir); err != nil || d.exists(manifestFile) {
		return err
	}
	if err := d.remove(lockFile); err != nil {
		return err
	}
	if err := d.removeEmpty(stateDir); err != nil {
		return err
	}
	return d.sync(".")
}

// look returns the hash of the file at p, or the zero sum if there is no file,
// which a folder is not either. What is neither is an error.
func (d *disk) look(p string) (sum, error) {
	s, _, err := d.inspect(p)
	return s, err
}

// inspect returns the hash of the file at p as look does, and what the system
// said of the file before it was read.
func (d *disk) inspect(p string) (sum, fs.FileInfo, error) {
	info, err := d.root.Lstat(p)
	if absent(err) || err == nil && info.IsDir() {
		return sum{}, nil, nil
	}
	switch {
	case err != nil && d.linked(p):
		return sum{}, nil, errors.New("a folder on the way is a symbolic link; remove the link")
	case err != nil:
		return sum{}, nil, err
	case !info.Mode().IsRegular():
		return sum{}, nil, errors.New("codicil did not make what is there, which is no regular file; remove it")
	}
	data, err := d.root.ReadFile(p)
	return sumOf(data), info, err
}

// absent reports whether err says that a file does not exist, be it because a
// folder on the way to it is a file.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

func (d *disk) exists(p string) bool {
	_, err := d.root.Lstat(p)
	return err == nil
}

// linked reports whether a folder on the way to p is a symbolic link.
func (d *disk) linked(p string) bool {
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if info, err := d.root.Lstat(dir); err == nil && info.Mode().Type() == fs.ModeSymlink {
			return true
		}
	}
	return false
}

// openStage opens the stage, so that files are written to it without opening the
// folders on the way each time.
func (d *disk) openStage() (err error) {
	d.staging, err = d.root.OpenRoot(stageDir)
	return err
}

func (d *disk) closeStage() error {
	if d.staging == nil {
		return nil
	}
	return d.staging.Close()
}

// All changes of the folder are made by the methods below.

// write makes a new file.
func (d *disk) write(p string, data []byte, sync bool) error {
	_, err := d.create(p, data, sync)
	return err
}

// create makes a new file, and returns what the system says of it.
func (d *disk) create(p string, data []byte, sync bool) (info fs.FileInfo, err error) {
	if err := d.step(); err != nil {
		return nil, err
	}
	folder := d.root
	if name, staged := strings.CutPrefix(p, stageDir+"/"); staged && d.staging != nil {
		folder, p = d.staging, name
	}
	f, err := folder.OpenFile(p, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	err = d.step()
	if err == nil {
		_, err = f.Write(data)
	}
	if err == nil && sync {
		if err = d.step(); err == nil {
			err = f.Sync()
		}
	}
	if err == nil {
		info, err = f.Stat()
	}
	return info, errors.Join(err, f.Close())
}

func (d *disk) mkdir(p string) error {
	if d.exists(p) {
		return nil
	}
	if err := d.step(); err != nil {
		return err
	}
	if err := d.root.Mkdir(p, 0o755); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

func (d *disk) mkdirAll(p string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.root.MkdirAll(p, 0o755)
}

func (d *disk) rename(from, to string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.root.Rename(from, to)
}

func (d *disk) remove(p string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.root.Remove(p)
}

func (d *disk) removeAll(p string) error {
	if !d.exists(p) {
		return nil
	}
	if err := d.step(); err != nil {
		return err
	}
	return d.root.RemoveAll(p)
}

// removeEmpty removes p if it is an empty folder. In .codicil another process may put
// or remove something meanwhile, which is no error.
func (d *disk) removeEmpty(p string) error {
	if info, err := d.root.Lstat(p); err != nil || !info.IsDir() {
		return nil
	}
	f, err := d.root.Open(p)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.Readdirnames(1)
	f.Close()
	if err != io.EOF {
		return err
	}
	err = d.remove(p)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist) { // gone, or not empty
		return nil
	}
	return err
}

// sync makes the entries of a folder durable, where the system can do that.
func (d *disk) sync(folder string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	if err := d.step(); err != nil {
		return err
	}
	f, err := d.root.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
