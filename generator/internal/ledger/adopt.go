package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// An Adopted is a version that another system released: its files by their
// names.
type Adopted struct {
	Number legal.Number
	Files  map[string][]byte
}

// Adopt returns the files, relative to the content's folder, that make a new
// document of versions, oldest first: each frozen, their lines in versions.sum,
// and the newest as the working text. A document that is there, or was, is
// left alone.
func Adopt(lib *legal.Library, document string, versions []Adopted) (*tree.Tree, error) {
	if _, err := fs.Stat(lib.Files, document); !errors.Is(err, fs.ErrNotExist) {
		if err != nil {
			return nil, fmt.Errorf("look for %s: %w", document, err)
		}
		return nil, fmt.Errorf("%s is there already", path.Join(lib.Root, document))
	}
	before, err := fs.ReadFile(lib.Files, SumFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read %s: %w", SumFile, err)
	}
	if sums, _ := parse(before, SumFile); len(sums.of[document]) > 0 {
		return nil, fmt.Errorf("%s has versions of a document %s, which is gone", path.Join(lib.Root, SumFile), document)
	}
	if len(before) > 0 && !bytes.HasSuffix(before, []byte("\n")) {
		before = append(before, '\n')
	}
	t := &tree.Tree{}
	for i, v := range versions {
		dir := path.Join(document, legal.VersionsDir, v.Number.String())
		m := manifest(put(t, dir, v.Files))
		t.Put(dir+".sum", m)
		before = append(before, line{key: key{document, v.Number}, hash: hash(m)}.format()...)
		if i == len(versions)-1 {
			put(t, document, v.Files)
		}
	}
	t.Put(SumFile, before)
	return t, nil
}

// put puts files into the folder dir of t, and returns them sorted by name.
func put(t *tree.Tree, dir string, files map[string][]byte) []legal.File {
	var all []legal.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		t.Put(path.Join(dir, name), files[name])
		all = append(all, legal.File{Name: name, Sum: sum(files[name])})
	}
	return all
}
