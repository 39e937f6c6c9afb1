package legal

import (
	"fmt"
	"maps"
	"path"
	"slices"
)

// A Reader reads a document whose working text is being edited: the frozen
// versions once, the working text as often as it is asked. It is not safe for
// concurrent use, and neither are the documents that it returned while it reads:
// they share the frozen versions.
type Reader struct {
	frozen   *loader
	name     string
	versions map[string][]*Version // of each language; of the original's ""
}

// NewReader reads the frozen versions of a document of lib.
func NewReader(lib *Library, name string) (*Reader, error) {
	r := &Reader{frozen: newLoader(lib), name: name, versions: map[string][]*Version{}}
	var err error
	if r.frozen.tags, err = lib.Languages(name); err != nil {
		return nil, fmt.Errorf("read %s: %w", lib.path(name), err)
	}
	for _, tag := range append([]string{""}, r.frozen.tags...) {
		doc := &Document{Name: path.Join(name, tag)}
		r.frozen.tag = tag
		if err := r.frozen.versions(doc); err != nil {
			return nil, fmt.Errorf("read %s: %w", lib.path(name), err)
		}
		r.versions[tag] = doc.Versions
	}
	return r, nil
}

// Current reports whether the document has the languages that it had when its frozen
// versions were read: if not, another Reader is needed.
func (r *Reader) Current() (bool, error) {
	tags, err := r.frozen.lib.Languages(r.name)
	return slices.Equal(tags, r.frozen.tags), err
}

// Read reads the working text and returns what Load does, if the frozen versions
// are still as they were.
func (r *Reader) Read() (*Document, []Problem, error) {
	l := *r.frozen
	l.parsed, l.texts, l.safe = maps.Clone(l.parsed), maps.Clone(l.texts), maps.Clone(l.safe)
	l.problems = slices.Clone(l.problems)
	doc, err := l.read(r)
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", l.lib.path(r.name), err)
	}
	return doc, SortProblems(l.problems), nil
}

func (l *loader) read(r *Reader) (*Document, error) {
	l.tag = ""
	doc := &Document{Name: r.name, Language: l.lib.Site.Language, Versions: slices.Clip(r.versions[""])}
	if err := l.draft(doc); err != nil {
		return nil, err
	}
	derive(doc)
	for _, l.tag = range l.tags {
		t := &Document{Name: path.Join(r.name, l.tag), Language: l.tag, Original: doc, Versions: slices.Clip(r.versions[l.tag])}
		if err := l.draft(t); err != nil {
			return nil, err
		}
		l.follow(t)
		derive(t)
		doc.Translations = append(doc.Translations, t)
	}
	return doc, nil
}
