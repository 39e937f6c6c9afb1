package legal

import (
	"fmt"
	"maps"
	"slices"
)

// A Reader reads a document whose working text is being edited: the frozen
// versions once, the working text as often as it is asked. It is not safe for
// concurrent use, and neither are the documents that it returned while it reads:
// they share the frozen versions.
type Reader struct {
	frozen   *loader
	name     string
	versions []*Version
}

// NewReader reads the frozen versions of a document of lib.
func NewReader(lib *Library, name string) (*Reader, error) {
	r := &Reader{frozen: newLoader(lib), name: name}
	doc := &Document{Name: name}
	if err := r.frozen.versions(doc); err != nil {
		return nil, fmt.Errorf("read %s: %w", lib.path(name), err)
	}
	r.versions = doc.Versions
	return r, nil
}

// Read reads the working text and returns what Load does, if the frozen versions
// are still as they were.
func (r *Reader) Read() (*Document, []Problem, error) {
	l := *r.frozen
	l.parsed, l.texts, l.safe = maps.Clone(l.parsed), maps.Clone(l.texts), maps.Clone(l.safe)
	l.problems = slices.Clone(l.problems)
	doc := &Document{Name: r.name, Versions: slices.Clip(r.versions)}
	if err := l.draft(doc); err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", l.lib.path(r.name), err)
	}
	derive(doc)
	return doc, SortProblems(l.problems), nil
}
