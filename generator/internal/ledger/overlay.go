package ledger

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// Overlay returns files as they will be once t is written over them.
func Overlay(files fs.FS, t *tree.Tree) fs.FS { return overlay{files, t} }

type overlay struct {
	below fs.FS
	above *tree.Tree
}

func (o overlay) Open(name string) (fs.File, error) {
	if data, ok := o.above.Get(name); ok {
		return &memFile{entry{path.Base(name), int64(len(data)), 0}, bytes.NewReader(data)}, nil
	}
	info, err := o.Stat(name)
	if err != nil || !info.IsDir() {
		return o.below.Open(name)
	}
	entries, err := o.ReadDir(name)
	if err != nil {
		return nil, err
	}
	return &folder{info: info, entries: entries}, nil
}

// Stat reports what is at name, a folder of the tree's included.
func (o overlay) Stat(name string) (fs.FileInfo, error) {
	if data, ok := o.above.Get(name); ok {
		return entry{path.Base(name), int64(len(data)), 0}, nil
	}
	info, err := fs.Stat(o.below, name)
	if err != nil && len(o.within(name)) > 0 {
		return entry{path.Base(name), 0, fs.ModeDir}, nil
	}
	return info, err
}

// ReadDir lists a folder of either or both.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.below, name)
	above := o.within(name)
	if err != nil && len(above) == 0 {
		return nil, err
	}
	for _, e := range above {
		i := slices.IndexFunc(entries, func(old fs.DirEntry) bool { return old.Name() == e.Name() })
		if i < 0 {
			entries = append(entries, e)
		} else if !e.IsDir() {
			entries[i] = e
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// within lists what the tree has in the folder name.
func (o overlay) within(name string) []fs.DirEntry {
	prefix := name + "/"
	if name == "." {
		prefix = ""
	}
	var entries []fs.DirEntry
	for _, p := range o.above.Paths() {
		rest, ok := strings.CutPrefix(p, prefix)
		if !ok {
			continue
		}
		first, _, deeper := strings.Cut(rest, "/")
		e := entry{name: first}
		if deeper {
			e.mode = fs.ModeDir
		} else if data, ok := o.above.Get(p); ok {
			e.size = int64(len(data))
		}
		if len(entries) == 0 || entries[len(entries)-1].Name() != first {
			entries = append(entries, fs.FileInfoToDirEntry(e))
		}
	}
	return entries
}

// An entry describes a file or folder of the tree.
type entry struct {
	name string
	size int64
	mode fs.FileMode
}

func (e entry) Name() string       { return e.name }
func (e entry) Size() int64        { return e.size }
func (e entry) Mode() fs.FileMode  { return e.mode | 0o444 }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) IsDir() bool        { return e.mode.IsDir() }
func (e entry) Sys() any           { return nil }

type memFile struct {
	entry
	*bytes.Reader
}

func (f *memFile) Stat() (fs.FileInfo, error) { return f.entry, nil }
func (f *memFile) Close() error               { return nil }
func (f *memFile) Size() int64                { return f.entry.size }

// A folder is an open folder of either or both.
type folder struct {
	info    fs.FileInfo
	entries []fs.DirEntry // that were not read yet
}

func (f *folder) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *folder) Close() error               { return nil }
func (f *folder) Read([]byte) (int, error)   { return 0, errors.New("is a folder") }

func (f *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(f.entries)
	} else if len(f.entries) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(f.entries))
	some := f.entries[:n]
	f.entries = f.entries[n:]
	return some, nil
}
