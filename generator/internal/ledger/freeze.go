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
	Number     legal.Number
	Translates legal.Number // of a translation: the original's version; zero: Number
	Effective  legal.Date   // of a translation zero: as the original's version
	Published  legal.Date   // zero: not stated, which means Effective, or as the original's version
	Material   string       // true or false; empty: what index.md says stays
	Reaccept   string       // the same, of whether who accepted an earlier version is asked again
	Summary    string       // empty: that of index.md stays
}

// Freeze returns the files, relative to the content's folder, that release
// the working text of doc: the working files with what the release fills in,
// the same files frozen, and versions.sum with one line more. Every other
// byte of the working files stays.
func Freeze(lib *legal.Library, doc *legal.Document, r Release) (*tree.Tree, error) {
	t := &tree.Tree{}
	dir := path.Join(legal.VersionsFolder(doc.Name), r.Number.String())
	folder := doc.Folder()
	if doc.Draft == nil {
		return nil, fmt.Errorf("%s has no working text", doc.Name)
	}
	if _, err := fs.Stat(lib.Files, dir); err == nil {
		return nil, fmt.Errorf("%s is there already", path.Join(lib.Root, dir))
	}
	var files []legal.File
	for _, name := range sources(doc.Draft) {
		data, err := fs.ReadFile(lib.Files, path.Join(folder, name))
		if err != nil {
			return nil, fmt.Errorf("read the working text: %w", err)
		}
		filled, err := fill(doc, name, data, r)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path.Join(lib.Root, folder, name), err)
		}
		if string(filled) != string(data) {
			t.Put(path.Join(folder, name), filled)
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
	names := []string{v.Index()}
	for _, s := range v.Sections {
		names = append(names, s.File)
	}
	return append(names, v.Attachments...)
}

// fill writes into a working file's front matter what the release settles.
func fill(doc *legal.Document, name string, data []byte, r Release) ([]byte, error) {
	if name == doc.Draft.Index() {
		return fillIndex(data, r, doc.Original != nil)
	}
	for _, s := range doc.Draft.Sections {
		if s.File != name {
			continue
		}
		number, effective := s.Version, s.Effective
		if number.IsZero() {
			number, effective = r.Number, r.Effective
			if effective.IsZero() {
				effective = doc.Draft.Effective
			}
		}
		return setAll(data, "version", number.String(), "effective", effective.String())
	}
	return data, nil
}

func fillIndex(data []byte, r Release, translation bool) ([]byte, error) {
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
	pairs := []string{"version", r.Number.String()}
	settle := func(key string, value fmt.Stringer, given bool) {
		if given {
			pairs = append(pairs, key, value.String())
		} else {
			data = drop(data, key)
		}
	}
	if translation {
		settle("translates", r.Translates, !r.Translates.IsZero() && r.Translates != r.Number)
	}
	settle("published", r.Published, !r.Published.IsZero())
	settle("effective", r.Effective, !r.Effective.IsZero() || !translation)
	return setAll(data, pairs...)
}
