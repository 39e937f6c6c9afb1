package bench

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A Writer brings a library into the form that a tool reads.
type Writer interface {
	Add(v *Version) error
	Close() error
}

// Write writes every version with every writer, and closes them.
func Write(versions Library, writers ...Writer) error {
	for v, err := range iter.Seq2[*Version, error](versions) {
		if err != nil {
			return err
		}
		for _, w := range writers {
			if err := w.Add(v); err != nil {
				return fmt.Errorf("write %s %s: %w", v.Document, v.Number, err)
			}
		}
	}
	for _, w := range writers {
		if err := w.Close(); err != nil {
			return err
		}
	}
	return nil
}

// A folder is one on disk; it remembers where it wrote last, for speed.
type folder struct {
	root, last string
}

func (f *folder) write(name, text string) error {
	name = filepath.Join(f.root, filepath.FromSlash(name))
	if dir := filepath.Dir(name); dir != f.last {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		f.last = dir
	}
	return os.WriteFile(name, []byte(text), 0o644)
}

// Site is the site.yaml of a library that was made.
const Site = "title: Library\nurl: https://library.example\n"

// Content writes a library as a folder of our content, its working texts those
// of the newest versions.
type Content struct {
	folder
	newest *Version // of the document that is being written
	sums   bytes.Buffer
}

// NewContent begins a folder of content with these settings.
func NewContent(dir, site string) (*Content, error) {
	c := &Content{folder: folder{root: dir}}
	return c, c.write("site.yaml", site)
}

// Make writes a library of this shape, with the measured statistics, as content
// into a folder.
func Make(dir string, shape Shape, seed uint64) error {
	c, err := NewContent(dir, Site)
	if err != nil {
		return err
	}
	return Write(Measured().Library(shape, seed), c)
}

// Add freezes v.
func (c *Content) Add(v *Version) error {
	if c.newest != nil && c.newest.Document != v.Document {
		if err := c.working(); err != nil {
			return err
		}
	}
	c.newest = v
	dir := path.Join(v.Document, "versions", v.Number)
	var list strings.Builder
	for _, f := range v.files() {
		if err := c.write(path.Join(dir, f.name), f.text); err != nil {
			return err
		}
		fmt.Fprintf(&list, "%x  %s\n", sha256.Sum256([]byte(f.text)), f.name)
	}
	sum := sha256.Sum256([]byte(list.String()))
	fmt.Fprintf(&c.sums, "%s %s h1:%s\n", v.Document, v.Number, base64.StdEncoding.EncodeToString(sum[:]))
	return c.write(dir+".sum", list.String())
}

// working writes the working text.
func (c *Content) working() error {
	for _, f := range c.newest.files() {
		if err := c.write(path.Join(c.newest.Document, f.name), f.text); err != nil {
			return err
		}
	}
	return nil
}

// Close writes what is left.
func (c *Content) Close() error {
	if c.newest != nil {
		if err := c.working(); err != nil {
			return err
		}
	}
	return c.write("versions.sum", c.sums.String())
}

type file struct{ name, text string }

// files returns the files of v, sorted by name.
func (v *Version) files() []file {
	var index strings.Builder
	fmt.Fprintf(&index, "---\ntitle: %s\nversion: %s\neffective: %s\n", strconv.Quote(v.Title), v.Number, v.Effective)
	if v.Summary != "" {
		fmt.Fprintf(&index, "summary: %s\n", strconv.Quote(v.Summary))
	}
	index.WriteString("---\n" + v.Opening)
	files := []file{{"index.md", index.String()}}
	for _, s := range v.Sections {
		front := "title: " + strconv.Quote(s.Title) + "\n"
		if s.ID != "" {
			front += "id: " + s.ID + "\n"
		}
		files = append(files, file{s.File, "---\n" + front + s.Since + "---\n" + s.Body})
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return files
}
