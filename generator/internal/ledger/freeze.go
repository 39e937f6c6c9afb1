package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// A Release says as what the working text is frozen.
type Release struct {
	Number    legal.Number
	Effective legal.Date
	Published legal.Date // zero: not stated, which means Effective
	Material  string     // true or false; empty: what index.md says stays
	Reaccept  string     // the same, of whether who accepted an earlier version is asked again
	Summary   string     // empty: that of index.md stays
}

// Freeze returns the files, relative to the content's folder, that release
// the working text of doc: the working files with what the release fills in,
// the same files frozen, and versions.sum with one line more. Every other
// byte of the working files stays.
func Freeze(lib *legal.Library, doc *legal.Document, r Release) (*tree.Tree, error) {
	t := &tree.Tree{}
	dir := path.Join(doc.Name, legal.VersionsDir, r.Number.String())
	if doc.Draft == nil {
		return nil, fmt.Errorf("%s has no working text", doc.Name)
	}
	if _, err := fs.Stat(lib.Files, dir); err == nil {
		return nil, fmt.Errorf("%s is there already", path.Join(lib.Root, dir))
	}
	var files []legal.File
	for _, name := range sources(doc.Draft) {
		data, err := fs.ReadFile(lib.Files, path.Join(doc.Name, name))
		if err != nil {
			return nil, fmt.Errorf("read the working text: %w", err)
		}
		filled, err := fill(doc, name, data, r)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path.Join(lib.Root, doc.Name, name), err)
		}
		if string(filled) != string(data) {
			t.Put(path.Join(doc.Name, name), filled)
		}
		t.Put(path.Join(dir, name), filled)
		files = append(files, legal.File{Name: name, Sum: sum(filled)})
	}
	slices.SortFunc(files, func(a, b legal.File) int { return strings.Compare(a.Name, b.Name) })
	m := manifest(files)
	t.Put(dir+".sum", m)
	before, err := fs.ReadFile(lib.Files, SumFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read %s: %w", SumFile, err)
	}
	if len(before) > 0 && !strings.HasSuffix(string(before), "\n") {
		before = append(before, '\n')
	}
	l := line{key: key{doc.Name, r.Number}, hash: hash(m)}
	t.Put(SumFile, append(before, l.format()...))
	return t, nil
}

// sources returns the names of the files that v is made of.
func sources(v *legal.Version) []string {
	names := []string{"index.md"}
	for _, s := range v.Sections {
		names = append(names, s.File)
	}
	return append(names, v.Attachments...)
}

// fill writes into a working file's front matter what the release settles.
func fill(doc *legal.Document, name string, data []byte, r Release) ([]byte, error) {
	if name == "index.md" {
		return fillIndex(data, r)
	}
	for _, s := range doc.Draft.Sections {
		if s.File != name {
			continue
		}
		number, effective := s.Version, s.Effective
		if number.IsZero() {
			number, effective = r.Number, r.Effective
		}
		return setAll(data, "version", number.String(), "effective", effective.String())
	}
	return data, nil
}

func fillIndex(data []byte, r Release) ([]byte, error) {
	for _, said := range [][2]string{{"material", r.Material}, {"reacceptance", r.Reaccept}} {
		if said[1] == "" {
			continue
		}
		var err error
		if data, err = setAll(data, said[0], said[1]); err != nil {
			return nil, err
		}
	}
	if r.Summary != "" {
		var err error
		if data, err = setBlock(data, "summary", r.Summary); err != nil {
			return nil, err
		}
	}
	if r.Published.IsZero() {
		data = drop(data, "published")
		return setAll(data, "version", r.Number.String(), "effective", r.Effective.String())
	}
	return setAll(data, "version", r.Number.String(), "published", r.Published.String(), "effective", r.Effective.String())
}
