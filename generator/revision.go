package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A revision is a folder of a git repository as a commit has it. It is read with
// the git command, an object at a time as it is asked for: nothing is checked out,
// and neither hooks nor filters nor attributes of the repository take part.
type revision struct {
	commit string // its full name
	root   string // the tree of the folder

	mu    sync.Mutex
	trees map[string][]treeEntry // by object
	stop  func() error
	in    io.Writer
	out   *bufio.Reader
}

// A treeEntry is a line of a tree.
type treeEntry struct {
	name, object string
	mode         fs.FileMode
}

// errNoFolder says that a commit does not have the folder that is asked for.
var errNoFolder = errors.New("the revision has no folder")

// openRevision opens the folder dir as the commit has it that rev names.
func openRevision(dir, rev string) (*revision, error) {
	git := repository{dir}
	commit, err := git.commit(rev)
	if err != nil {
		return nil, err
	}
	prefix, err := git.line("rev-parse", "--show-prefix")
	if err != nil {
		return nil, err
	}
	r := &revision{commit: commit, trees: map[string][]treeEntry{}}
	r.root, err = git.line("rev-parse", "--verify", "--quiet", "--end-of-options", commit+":"+strings.TrimSuffix(prefix, "/"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w %s", rev, errNoFolder, path.Clean("./"+prefix))
	}
	return r, r.start(git)
}

// start starts the process that hands out objects.
func (r *revision) start(git repository) error {
	cmd := git.command("cat-file", "--batch")
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2, cmd.Start()); err != nil {
		return fmt.Errorf("git cat-file: %w", err)
	}
	r.in, r.out = in, bufio.NewReader(out)
	r.stop = func() error { return errors.Join(in.Close(), cmd.Wait()) }
	return nil
}

// Close ends the process that hands out objects.
func (r *revision) Close() error { return r.stop() }

// object returns the contents of an object: git answers a name with the line
// "NAME TYPE SIZE" and the contents, which a line feed ends.
func (r *revision) object(name string) ([]byte, error) {
	if _, err := io.WriteString(r.in, name+"\n"); err != nil {
		return nil, err
	}
	line, err := r.out.ReadString('\n')
	if err != nil {
		return nil, err
	}
	fields := strings.Fields(line)
	if len(fields) != 3 {
		return nil, fmt.Errorf("git has no object %s: %s", name, shallowHint)
	}
	n, err := strconv.Atoi(fields[2])
	if err != nil {
		return nil, err
	}
	data := make([]byte, n+1)
	_, err = io.ReadFull(r.out, data)
	return data[:n], err
}

// tree returns the entries of a tree, each "MODE NAME", a zero byte and the bytes
// of the object's name.
func (r *revision) tree(name string) ([]treeEntry, error) {
	if entries, ok := r.trees[name]; ok {
		return entries, nil
	}
	data, err := r.object(name)
	if err != nil {
		return nil, err
	}
	var entries []treeEntry
	for size := len(name) / 2; len(data) > 0; {
		head, rest, ok := bytes.Cut(data, []byte{0})
		mode, file, ok2 := strings.Cut(string(head), " ")
		if !ok || !ok2 || len(rest) < size {
			return nil, fmt.Errorf("the tree %s is damaged", name)
		}
		entries = append(entries, treeEntry{file, hex.EncodeToString(rest[:size]), fileMode(mode)})
		data = rest[size:]
	}
	r.trees[name] = entries
	return entries, nil
}

// fileMode returns what git's mode means; a submodule is no file.
func fileMode(mode string) fs.FileMode {
	switch mode {
	case "40000":
		return fs.ModeDir | 0o755
	case "120000":
		return fs.ModeSymlink | 0o777
	case "160000":
		return fs.ModeIrregular
	}
	return 0o644
}

// Open opens a file or folder, as fs.FS says.
func (r *revision) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	f, err := r.find(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return f, nil
}

func (r *revision) find(name string) (*revisionFile, error) {
	at := treeEntry{".", r.root, fs.ModeDir | 0o755}
	if name != "." {
		for _, step := range strings.Split(name, "/") {
			if !at.mode.IsDir() {
				return nil, fs.ErrNotExist
			}
			entries, err := r.tree(at.object)
			if err != nil {
				return nil, err
			}
			if at, err = pick(entries, step); err != nil {
				return nil, err
			}
		}
	}
	f := &revisionFile{treeEntry: at, of: r}
	var err error
	switch {
	case at.mode.IsDir():
		f.entries, err = r.tree(at.object)
	case at.mode.IsRegular():
		f.data, err = r.object(at.object)
	default:
		err = fs.ErrInvalid
	}
	f.Reader = bytes.NewReader(f.data)
	return f, err
}

func pick(entries []treeEntry, name string) (treeEntry, error) {
	for _, e := range entries {
		if e.name == name {
			return e, nil
		}
	}
	return treeEntry{}, fs.ErrNotExist
}

// A revisionFile is an open file or folder of a revision.
type revisionFile struct {
	treeEntry
	*bytes.Reader
	of      *revision
	data    []byte
	entries []treeEntry // of a folder
	read    int         // how many of them were handed out
}

func (f *revisionFile) Stat() (fs.FileInfo, error) {
	return fileInfo{f.treeEntry, int64(len(f.data))}, nil
}
func (f *revisionFile) Close() error { return nil }

// ReadDir reads a folder, as fs.ReadDirFile says. Git sorts folders as if a slash
// ended their names, which fs.ReadDir mends.
func (f *revisionFile) ReadDir(n int) ([]fs.DirEntry, error) {
	left := f.entries[f.read:]
	if n > 0 && len(left) == 0 {
		return nil, io.EOF
	}
	if n > 0 {
		left = left[:min(n, len(left))]
	}
	f.read += len(left)
	out := make([]fs.DirEntry, len(left))
	for i, e := range left {
		out[i] = dirEntry{fileInfo{treeEntry: e}, f.of}
	}
	return out, nil
}

// A dirEntry is an entry of a folder. A file is read only to tell its size.
type dirEntry struct {
	fileInfo
	of *revision
}

func (e dirEntry) Type() fs.FileMode { return e.mode.Type() }

// Info returns what Stat says of the file.
func (e dirEntry) Info() (fs.FileInfo, error) {
	if !e.mode.IsRegular() {
		return e.fileInfo, nil
	}
	e.of.mu.Lock()
	defer e.of.mu.Unlock()
	data, err := e.of.object(e.object)
	return fileInfo{e.treeEntry, int64(len(data))}, err
}

// A fileInfo describes an entry. Git keeps no times.
type fileInfo struct {
	treeEntry
	size int64
}

func (i fileInfo) Name() string       { return i.name }
func (i fileInfo) Size() int64        { return i.size }
func (i fileInfo) Mode() fs.FileMode  { return i.mode }
func (i fileInfo) ModTime() time.Time { return time.Time{} }
func (i fileInfo) IsDir() bool        { return i.mode.IsDir() }
func (i fileInfo) Sys() any           { return nil }
