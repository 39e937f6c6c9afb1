package tree

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A Part is the files of one build below a folder of the site, which the build
// either makes or keeps as the build before made them. It is not safe for
// concurrent use, but parts of one stage may be used side by side.
type Part struct {
	stage   *Stage
	dir     string
	entries []entry
	mark    Mark // of the entries, where it is known
}

// A Mark identifies the published files of a part.
type Mark struct {
	Sums   string // of their paths and hashes
	Stamps string // of these, and of their sizes and times as the system tells them
}

// An entry is a file of the site, as this build made or found it.
type entry struct {
	path  string
	sum   sum
	size  int64
	mtime int64 // nanoseconds since 1970
}

func entryOf(p string, s sum, info fs.FileInfo) entry {
	return entry{p, s, info.Size(), info.ModTime().UnixNano()}
}

// Part returns the part below dir, which no other may lie in.
func (s *Stage) Part(dir string) *Part { return &Part{stage: s, dir: dir} }

// Add stages the files of t, which lie below the part's folder, as [Stage.Add] does.
func (p *Part) Add(t *Tree) error {
	entries, err := p.stage.addAll(t)
	p.entries = append(p.entries, entries...)
	return err
}

// Keep makes the files that the build before published below the folder those of
// this build, if they are the ones that m marks and still as they were published;
// it reports whether it did. Sizes and times are looked at first, and the bytes
// only where these differ, as after a checkout.
func (p *Part) Keep(m Mark) (bool, error) {
	entries := p.stage.publishedBelow(p.dir)
	if len(entries) == 0 || !p.stage.disk.stat(entries) {
		return false, nil
	}
	switch now := markOf(entries); {
	case now.Sums != m.Sums:
		return false, nil
	case now.Stamps != m.Stamps:
		if whole, err := p.stage.disk.compareAll(entries); !whole || err != nil {
			return false, err
		}
	default:
		p.mark = m
	}
	for _, e := range entries {
		if err := p.stage.claim(e.path, e.sum); err != nil {
			return false, err
		}
	}
	p.entries = entries
	return true, nil
}

// Made returns the hash, as a [Mark] has it, of the paths and hashes of what the
// build before published below the folder.
func (p *Part) Made() string { return markOf(p.stage.publishedBelow(p.dir)).Sums }

// KeepFile makes one file that the build before published part of this one, if it
// still has the bytes that it was published with; it reports whether it did.
func (p *Part) KeepFile(file string) (bool, error) {
	was, ours := p.stage.published[file]
	if !ours {
		return false, nil
	}
	now, info, err := p.stage.disk.inspect(file)
	if err != nil || now != was {
		return false, nil // whoever makes the file anew is told what is there
	}
	if err := p.stage.claim(file, was); err != nil {
		return false, err
	}
	p.entries = append(p.entries, entryOf(file, was, info))
	return true, nil
}

// Mark returns the mark of the part's files as they will be published.
func (p *Part) Mark() Mark {
	if p.mark != (Mark{}) {
		return p.mark
	}
	slices.SortFunc(p.entries, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	return markOf(p.entries)
}

func markOf(entries []entry) Mark {
	sums, stamps := sha256.New(), sha256.New()
	var line []byte
	for _, e := range entries {
		line = append(hex.AppendEncode(line[:0], e.sum[:]), "  "...)
		line = append(line, e.path...)
		sums.Write(append(line, '\n'))
		line = strconv.AppendInt(append(line, ' '), e.size, 10)
		line = strconv.AppendInt(append(line, ' '), e.mtime, 10)
		stamps.Write(append(line, '\n'))
	}
	return Mark{hex.EncodeToString(sums.Sum(nil)), hex.EncodeToString(stamps.Sum(nil))}
}

// publishedBelow returns the files that the manifest lists below dir, sorted, with
// their hashes alone.
func (s *Stage) publishedBelow(dir string) []entry {
	var entries []entry
	from, _ := slices.BinarySearch(s.listed, dir+"/")
	for _, p := range s.listed[from:] {
		if !strings.HasPrefix(p, dir+"/") {
			break
		}
		entries = append(entries, entry{path: p, sum: s.published[p]})
	}
	return entries
}

// stat fills in the sizes and times of entries, and reports whether all are
// regular files.
func (d *disk) stat(entries []entry) bool {
	for i, e := range entries {
		// Not through the root, which opens every folder on the way: nothing is
		// read or written here, and what is found is compared with what was made.
		info, err := os.Lstat(filepath.Join(d.dir, filepath.FromSlash(e.path)))
		if err != nil || !info.Mode().IsRegular() {
			return false
		}
		entries[i] = entryOf(e.path, e.sum, info)
	}
	return true
}

// compareAll reports whether the files of entries have the bytes that they had.
func (d *disk) compareAll(entries []entry) (bool, error) {
	for i, e := range entries {
		now, info, err := d.inspect(e.path)
		if err != nil || now != e.sum {
			return false, err
		}
		entries[i] = entryOf(e.path, e.sum, info)
	}
	return true, nil
}

// Note returns what the build before noted under a name, nil where it noted
// nothing. What is noted may be lost at any time, or be damaged by a loss of power:
// the reader must see that.
func (s *Stage) Note(name string) []byte {
	data, err := s.disk.root.ReadFile(notesDir + "/" + name)
	if err != nil {
		return nil
	}
	return data
}

// SetNote notes data under a name, which is that of a file. It is kept once the
// build is published; what is not noted again then is forgotten.
func (s *Stage) SetNote(name string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notes[name] = data
}

// keepNotes makes notes the ones that are kept.
func (d *disk) keepNotes(notes map[string][]byte) error {
	was, err := fs.ReadDir(d.root.FS(), notesDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(notes) > 0 {
		if err := d.mkdir(notesDir); err != nil {
			return err
		}
	}
	for _, e := range was {
		if _, ok := notes[e.Name()]; !ok {
			if err := d.removeAll(notesDir + "/" + e.Name()); err != nil {
				return err
			}
		}
	}
	for name, data := range notes {
		if err := d.keepNote(name, data); err != nil {
			return err
		}
	}
	if len(notes) == 0 {
		return d.removeAll(notesDir)
	}
	return nil
}

// keepNote writes a note beside its place first, so that a reader finds the old
// one or the new one.
func (d *disk) keepNote(name string, data []byte) error {
	file := notesDir + "/" + name
	if old, err := d.root.ReadFile(file); err == nil && bytes.Equal(old, data) {
		return nil
	}
	if err := d.write(file+"~", data, false); err != nil {
		return err
	}
	return d.rename(file+"~", file)
}
