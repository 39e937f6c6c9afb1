package main

import (
	"reflect"
	"slices"
	"sync"

	"github.com/nanoprompt/codicil/generator/internal/check"
	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/site"
)

// A shown is a document of a preview.
type shown struct {
	name string

	mu      sync.Mutex // of all that is read and made of the document
	lib     *library   // that it was read with
	pages   *site.Builder
	reader  *legal.Reader // nil: the frozen versions are to be read
	frozen  []legal.Problem
	history string // a hash of the frozen files
	stale   bool   // the working text is to be read
	doc     *legal.Document
	sum     string        // of its files
	good    *site.Preview // of doc; nil: it never was without an error

	// These are guarded by the preview's mu.
	known    bool // it was read at least once
	problems []legal.Problem
	outline  *check.Outline // of the current text, once it was read
	entry    site.Entry
	count    int // counts the changes of the pages
}

// refresh reads of s what may be another than it was when it was read. The
// caller holds s.mu.
func (p *preview) refresh(s *shown) error {
	p.mu.Lock()
	lib, pages, known := p.lib, p.pages, s.known
	p.mu.Unlock()
	if !known || s.lib == nil {
		s.reader = nil
	}
	if s.reader != nil && !s.stale {
		p.use(s)
		if s.good != nil && s.pages != pages {
			p.render(s, lib, pages)
		}
		return nil
	}
	doc, problems, err := s.read(lib)
	if err != nil {
		return err
	}
	if sum := s.sources(doc); !legal.Fatal(problems) && (sum != s.sum || s.good == nil || s.pages != pages) {
		s.doc, s.sum = doc, sum
		p.render(s, lib, pages)
	}
	p.note(s, lib, problems)
	return nil
}

// read reads the document: its working text, and the frozen versions unless they
// are in memory.
func (s *shown) read(lib *library) (*legal.Document, []legal.Problem, error) {
	if s.reader != nil {
		if current, err := s.reader.Current(); err != nil || !current {
			s.reader = nil
		}
	}
	if s.reader == nil {
		reader, err := legal.NewReader(lib.Library, s.name)
		if err != nil {
			return nil, nil, err
		}
		s.reader, s.frozen, s.lib = reader, nil, nil
	}
	doc, problems, err := s.reader.Read()
	if err == nil && s.lib == nil {
		s.history = sourcesOf(frozenOf(doc), lib.sums)
		s.frozen, err = ledger.Verify(lib.Library, doc, lib.sums)
	}
	if err != nil {
		s.reader = nil
		return nil, nil, err
	}
	s.lib, s.stale = lib, false
	return doc, lib.judge(doc, append(problems, s.frozen...), &check.Review{}), nil
}

// sources returns a hash of the files of doc, of which the frozen ones are those
// that were read last.
func (s *shown) sources(doc *legal.Document) string {
	return s.history + sourcesOf(draftsOf(doc), s.lib.sums)
}

// frozenOf returns doc and its translations without their working texts, and draftsOf
// without their versions.
func frozenOf(doc *legal.Document) *legal.Document {
	out := &legal.Document{Name: doc.Name, Versions: doc.Versions}
	for _, t := range doc.Translations {
		out.Translations = append(out.Translations, frozenOf(t))
	}
	return out
}

func draftsOf(doc *legal.Document) *legal.Document {
	out := &legal.Document{Name: doc.Name, Draft: doc.Draft}
	for _, t := range doc.Translations {
		out.Translations = append(out.Translations, draftsOf(t))
	}
	return out
}

// render makes s.doc the document whose pages are shown.
func (p *preview) render(s *shown, lib *library, pages *site.Builder) {
	same := s.pages == pages && s.good == nil // it was let go
	s.pages = pages
	s.good = pages.Preview(s.doc, lib.sums.Hash, s.good)
	p.mu.Lock()
	defer p.mu.Unlock()
	if !same {
		s.count++
	}
	if entry := s.good.Entry(); !reflect.DeepEqual(entry, s.entry) {
		s.entry, p.shared = entry, nil
		p.entries++
	}
}

// note notes the problems that s was read with from lib. If that is not shown any
// more, s may have to be read again.
func (p *preview) note(s *shown, lib *library, problems []legal.Problem) {
	p.use(s)
	outline := s.outlined()
	p.mu.Lock()
	defer p.mu.Unlock()
	s.known, s.problems = s.known || p.lib == lib, problems
	if outline == nil {
		return
	}
	if s.outline != nil && !s.outline.SameAnchors(outline) {
		p.epoch++ // links of other documents' drafts may lead somewhere now, or nowhere
	}
	s.outline = outline
}

// inMemory is how many versions the documents in memory have together, but for
// the one that was used last and those with an error, whose last good pages could not be
// made again.
const inMemory = 3000

// use notes that s was used.
func (p *preview) use(s *shown) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lately = append(slices.DeleteFunc(p.lately, func(o *shown) bool { return o == s }), s)
}

// trim lets go of texts that were not used lately. The caller holds no lock.
func (p *preview) trim() {
	for _, s := range p.unused() {
		s.mu.Lock()
		s.reader, s.doc, s.good = nil, nil, nil
		s.mu.Unlock()
	}
}

func (p *preview) unused() []*shown {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out, kept []*shown
	versions := 0
	for i, s := range slices.Backward(p.lately) {
		versions += max(1, s.entry.Versions)
		for _, t := range s.entry.Translations {
			versions += t.Versions
		}
		if versions > inMemory && i < len(p.lately)-1 && !legal.Fatal(s.problems) {
			out = append(out, s)
			continue
		}
		kept = append(kept, s)
	}
	slices.Reverse(kept)
	p.lately = kept
	return out
}
