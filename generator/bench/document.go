package bench

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// Library returns the versions of a library of this shape; the same shape and
// seed give the same.
func (s Statistics) Library(shape Shape, seed uint64) Library {
	return func(yield func(*Version, error) bool) {
		for i := range shape.Documents {
			for v := range s.document(i, shape.versions(i), seed) {
				if !yield(v, nil) {
					return
				}
			}
		}
	}
}

// document returns the versions of document i.
func (s Statistics) document(i, versions int, seed uint64) iter.Seq[*Version] {
	return func(yield func(*Version) bool) {
		d := s.draft(i, seed)
		for n := range versions {
			if n > 0 {
				d.revise(s)
			}
			d.effective = day(n, versions)
			if !yield(d.version(n)) {
				return
			}
		}
	}
}

// The days between which documents have their versions.
var (
	firstDay = time.Date(2006, 1, 2, 0, 0, 0, 0, time.UTC)
	lastDay  = time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
)

// day returns the day from which version n applies.
func day(n, versions int) string {
	days := int(lastDay.Sub(firstDay).Hours() / 24)
	return firstDay.AddDate(0, 0, days*(n+1)/versions).Format(time.DateOnly)
}

// A document is a text in the state of its newest version.
type document struct {
	prose
	name, title string
	length      int // words that it had at first, and keeps near
	opening     string
	sections    []*section
	number      legal.Number
	effective   string
	summary     string
	ids         map[string]bool // every id that it ever had
}

// A section is a file of a document.
type section struct {
	order     int // the number that its file begins with
	title, id string
	blocks    []*block
	wrapped   bool   // at 72 characters
	since     string // in front matter: when its words last changed
	words     string // of the last version: the title, and the blocks without breaks
	body      string // the blocks as Markdown; empty: to be written
}

// draft returns document i as its first version has it. The sizes of a few
// documents are spread as those of many: they follow the golden section, from
// a place that gives the first, which is the longest lived, a large one.
func (s Statistics) draft(i int, seed uint64) *document {
	_, u := math.Modf(0.7 + float64(float64(i)*(math.Sqrt(5)-1))/2)
	size := s.Sizes[int(u*float64(len(s.Sizes)))]
	p := prose{rand.New(rand.NewPCG(seed, uint64(i)))}
	d := &document{
		prose:  p,
		name:   fmt.Sprintf("document-%04d", i),
		title:  fmt.Sprint(p.one(documentKinds), " ", i),
		length: size.Words,
		number: legal.Number{Edition: 1},
		ids:    map[string]bool{},
	}
	d.opening = p.sentence() + " See also the [" + p.one(nouns) + "](/document-0000/).\n"
	files := size.Headings/2 + 1 // every other heading begins a section, the others stand within one
	for range files {
		d.add(len(d.sections), d.length/files)
	}
	return d
}

// add adds a section of about so many words at a place.
func (d *document) add(at, words int) {
	s := &section{title: d.prose.title()}
	s.id = d.newID(s.title)
	for n := 0; n == 0 || n < words; {
		b := d.block(len(s.blocks) == 0)
		s.blocks = append(s.blocks, b)
		n += b.size()
	}
	d.sections = slices.Insert(d.sections, at, s)
	d.place(at)
}

// place gives the section at a place a number between those of its neighbours,
// and all sections new ones where there is none between.
func (d *document) place(at int) {
	const gap = 100
	before, after := 0, 0
	if at > 0 {
		before = d.sections[at-1].order
	}
	if after = before + 2*gap; at+1 < len(d.sections) {
		after = d.sections[at+1].order
	}
	d.sections[at].order = (before + after) / 2
	if d.sections[at].order != before {
		return
	}
	for i, s := range d.sections {
		s.order = (i + 1) * gap
	}
}

func (d *document) newID(title string) string {
	id := legal.Slug(title)
	for n := 2; d.ids[id]; n++ {
		id = fmt.Sprintf("%s-%d", legal.Slug(title), n)
	}
	d.ids[id] = true
	return id
}

// version returns what the document is now, as its version n from 0.
func (d *document) version(n int) *Version {
	v := &Version{
		Document: d.name, Title: d.title, Number: d.number.String(), Effective: d.effective,
		Opening: d.opening,
	}
	if n > 0 {
		v.Summary = d.summary
	}
	for _, s := range d.sections {
		if s.body == "" {
			s.write(v)
		}
		v.Sections = append(v.Sections, Section{
			File: fmt.Sprintf("%05d-%s.md", s.order, s.id), Title: s.title, ID: s.id, Since: s.since, Body: s.body,
		})
	}
	return v
}

// write writes the body of s as v has it, and since when it has these words.
func (s *section) write(v *Version) {
	words := s.title + "\n" + s.markdown(false)
	if s.words != words {
		s.words = words
		s.since = fmt.Sprintf("version: %s\neffective: %s\n", v.Number, v.Effective)
	}
	s.body = s.markdown(s.wrapped)
}

func (s *section) markdown(wrapped bool) string {
	var w strings.Builder
	for i, b := range s.blocks {
		if i > 0 {
			w.WriteByte('\n')
		}
		b.write(&w, wrapped)
	}
	return w.String()
}

// size counts the words of d.
func (d *document) size() int {
	n := 0
	for _, s := range d.sections {
		n += s.size()
	}
	return n
}

// size counts the words of s.
func (s *section) size() int {
	n := 0
	for _, b := range s.blocks {
		n += b.size()
	}
	return n
}
