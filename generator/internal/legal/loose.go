package legal

import (
	"fmt"
	"io/fs"
)

// ReadFile reads a Markdown file that belongs to no document as a version of
// one section, so that it can be compared. Front matter is passed over where
// there is any.
func ReadFile(source []byte, file string) (*Version, []Problem) {
	source = Canon(source)
	body, line := source, 1
	if _, rest, n, ok := splitFront(source); ok {
		body, line = rest, n
	}
	t, problems := Parse(body, file, line)
	m := &meta{file: file, bodyLine: line, at: map[string]Pos{}}
	return &Version{
		Opening:  NewText(nil),
		Sections: []*Section{{Body: t, File: file, meta: m}},
		meta:     m,
	}, problems
}

// ReadFolder reads a folder of sections that belongs to no library as a
// version, so that it can be compared.
func ReadFolder(files fs.FS, root string) (*Version, []Problem, error) {
	l := newLoader(&Library{Files: files, Root: root})
	if _, err := fs.Stat(files, "index.md"); isNotExist(err) { // the version of a translation
		if tags, err := l.lib.Languages("."); err == nil && len(tags) == 1 {
			l.tag, l.tags = tags[0], tags
		}
	}
	v, err := l.version(".")
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", root, err)
	}
	return v, SortProblems(l.problems), nil
}
