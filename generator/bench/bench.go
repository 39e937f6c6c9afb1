// Package bench makes libraries to measure with: documents with as many
// versions as asked for, changed from version to version as real ones are.
//
// A library is a sequence of versions, those of a document together and the
// oldest first, so that none is ever in memory whole. It comes from a Shape
// and a seed (Statistics.Library), which give the same bytes on every machine,
// or from real documents that are repeated (Repeat). Write brings it into the
// form of our content (Content), and of that of Hugo with the same text (Hugo).
package bench

import (
	"fmt"
	"iter"
)

// A Library is versions, or the error that ends them.
type Library iter.Seq2[*Version, error]

// A Version is a released state of a document.
type Version struct {
	Document  string // the name of its folder
	Title     string
	Number    string
	Effective string // 2006-01-02
	Summary   string
	Opening   string // Markdown
	Sections  []Section
}

// A Section is a file of a version.
type Section struct {
	File  string
	Title string
	ID    string // empty: that of the file's name
	Since string // what its front matter says of its last change: lines, or nothing
	Body  string // Markdown
}

// A Shape is how large a library is.
type Shape struct {
	Documents, Versions int
	Longest             int // versions of the first document; 0: as many as the others
}

// ShapeOf returns the shape of a library of so many versions. Small ones have
// ten versions a document; an archive has many, and one document with far more
// than the others.
func ShapeOf(versions int) Shape {
	for _, s := range []Shape{
		{130, 5_000, 1_000},
		{400, 20_000, 1_000},
		{900, 80_000, 1_100},
		{1_000, 100_000, 1_200},
	} {
		if s.Versions == versions {
			return s
		}
	}
	return Shape{Documents: max(1, versions/10), Versions: versions}
}

// versions returns how many versions document i has: the first as many as the
// shape says, the others shares that differ by one at most.
func (s Shape) versions(i int) int {
	documents, versions := s.Documents, s.Versions
	if s.Longest > 0 {
		if i == 0 {
			return s.Longest
		}
		documents, versions, i = documents-1, versions-s.Longest, i-1
	}
	n := versions / documents
	if i < versions%documents {
		n++
	}
	return n
}

// Check says why there can be no library of this shape.
func (s Shape) Check() error {
	rest := s.Documents
	if s.Longest > 0 {
		rest--
	}
	if s.Documents < 1 || s.Longest < 0 || s.Versions-s.Longest < rest || rest == 0 && s.Versions != s.Longest {
		return fmt.Errorf("%d documents cannot have %d versions, with %d of the first", s.Documents, s.Versions, s.Longest)
	}
	return nil
}

func (s Shape) String() string {
	text := Thousands(s.Versions) + " versions, " + Thousands(s.Documents) + " documents"
	if s.Documents == 1 {
		text = Thousands(s.Versions) + " versions, one document"
	}
	if s.Longest > 0 {
		text += ", one with " + Thousands(s.Longest)
	}
	return text
}

// Thousands writes n with commas.
func Thousands(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
