package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/serve"
	"github.com/nanoprompt/codicil/generator/internal/site"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// A preview is the site of a library that is being edited. It holds no site: a
// file is made when it is asked for, from the document as it was last read, by the
// code that a build makes it with. So an edit costs the reading of one working
// text, in a library of any size, and nothing of what is shown can be left over
// from an earlier state.
//
// Of every document it knows what the pages that list all of them show, and the
// problems; the texts of those that were used lately stay in memory.
type preview struct {
	serveRequest
	started string // tells the tokens of two servers apart

	mu      sync.Mutex
	lib     *library
	day     legal.Date
	pages   *site.Builder
	shared  *tree.Tree // the files of no document; nil: an entry is another
	epoch   int        // of what all pages depend on
	entries int        // counts the changes of entries
	docs    map[string]*shown
	lately  []*shown // those with their texts in memory, the latest last
	changed chan struct{}
	looks   error         // what is wrong with the templates
	told    []serve.Fault // of the last broadcast
	unread  chan struct{} // holds one where documents are to be read
}

// newPreview returns a preview of which no document is read.
func newPreview(lib *library, r serveRequest) (*preview, error) {
	p := &preview{serveRequest: r, started: fmt.Sprintf("%x", time.Now().UnixNano()),
		docs: map[string]*shown{}, changed: make(chan struct{}), unread: make(chan struct{}, 1)}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p, p.adopt(lib)
}

// adopt makes lib the library that is shown. Documents of which it says nothing new
// stay as they were read.
func (p *preview) adopt(lib *library) error {
	day, err := asOf(p.asOf, lib.Site)
	if err != nil {
		return err
	}
	engine, err := browserEngine()
	if err != nil {
		return err
	}
	pages, err := site.New(lib.Library, day, site.Options{Drafts: true, Engine: engine, Templates: templatesFolder(p.templates).files()})
	if p.looks = err; err != nil && p.pages != nil {
		return nil // those that were good stay
	}
	if err != nil {
		return err
	}
	same := p.lib != nil && p.day == day && reflect.DeepEqual(p.lib.Site, lib.Site)
	docs := map[string]*shown{}
	for _, name := range lib.Documents {
		if docs[name] = p.docs[name]; docs[name] == nil {
			docs[name] = &shown{name: name}
		}
		if !same || !slices.Equal(lib.sums.Lines(name), p.lib.sums.Lines(name)) {
			docs[name].known = false
		}
	}
	p.lately = slices.DeleteFunc(p.lately, func(s *shown) bool { return docs[s.name] != s })
	p.lib, p.day, p.pages, p.docs, p.shared = lib, day, pages, docs, nil
	p.epoch++
	select {
	case p.unread <- struct{}{}:
	default: // it is known
	}
	return nil
}

// reopen reads what the library says of all documents. Faults of it leave the
// pages as they are.
func (p *preview) reopen() error {
	lib, err := openFiles(os.DirFS(p.content), rootName(p.content))
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if legal.Fatal(lib.problems) {
		p.lib.problems = lib.problems // the rest is as it was
		return nil
	}
	return p.adopt(lib)
}

// File returns a file of the site. A draft's page holds its review.
func (p *preview) File(name string) ([]byte, error) { return p.file(name, p.review) }

func (p *preview) file(name string, review func(*shown, string) *site.DraftReview) ([]byte, error) {
	if err := p.turn(); err != nil {
		return nil, err
	}
	first, _, _ := strings.Cut(name, "/")
	p.mu.Lock()
	s := p.docs[first]
	p.mu.Unlock()
	if s == nil {
		return p.sharedFile(name)
	}
	defer p.trim()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := p.refresh(s); err != nil {
		return nil, err
	}
	if s.good == nil {
		return nil, serve.ErrNotBuilt
	}
	data, found, err := s.good.File(name, review(s, name))
	if err == nil && !found {
		err = fs.ErrNotExist
	}
	return data, err
}

// turn reopens the library on a new day.
func (p *preview) turn() error {
	p.mu.Lock()
	day, err := asOf(p.asOf, p.lib.Site)
	turned := err == nil && day != p.day
	p.mu.Unlock()
	if !turned {
		return err
	}
	err = p.reopen()
	p.broadcast()
	return err
}

// sharedFile returns a file that belongs to no document.
func (p *preview) sharedFile(name string) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shared == nil {
		var entries []site.Entry
		for _, name := range p.lib.Documents {
			entries = append(entries, p.docs[name].entry) // nameless before it is read
		}
		files, err := p.pages.Index(entries)
		if err != nil {
			return nil, fmt.Errorf("build the index: %w", err)
		}
		p.shared = files
	}
	if data, ok := p.shared.Get(name); ok {
		return data, nil
	}
	return nil, fs.ErrNotExist
}

// update reads again what stands at paths, which changed on the disk, and tells
// those who look at it.
func (p *preview) update(paths []string) error {
	all := false
	touched := map[*shown]bool{} // to whether its frozen versions were
	for _, file := range paths {
		if isIn(p.templates, file) {
			all = true
			continue
		}
		name, rest, _ := strings.Cut(p.inContent(file), "/")
		p.mu.Lock()
		s := p.docs[name]
		p.mu.Unlock()
		first, _, _ := strings.Cut(rest, "/")
		all = all || rest == "" || s == nil
		if name == "" {
			p.forget()
		}
		if s != nil {
			touched[s] = touched[s] || rest == "" || first == legal.VersionsDir
		}
	}
	var errs []error
	if all {
		errs = append(errs, p.reopen())
	}
	for s, frozen := range touched {
		errs = append(errs, p.reread(s, frozen))
	}
	p.trim()
	p.broadcast()
	return errors.Join(errs...)
}

// forget makes all documents unread: anything of them may have changed.
func (p *preview) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.docs {
		s.known = false
	}
}

// inContent returns the path of a file within the content, "" for the whole.
func (p *preview) inContent(file string) string {
	rel, err := filepath.Rel(p.content, file)
	if err != nil || rel == "." {
		return ""
	}
	return filepath.ToSlash(rel)
}

// isIn reports whether file lies in the folder dir or is it, "" being no folder.
func isIn(dir, file string) bool {
	rel, err := filepath.Rel(dir, file)
	return dir != "" && err == nil && filepath.IsLocal(rel)
}

// reread reads a document again of which a file changed.
func (p *preview) reread(s *shown, frozen bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stale = true
	if frozen {
		s.reader = nil
	}
	p.mu.Lock()
	gone := p.docs[s.name] != s
	p.mu.Unlock()
	if gone {
		return nil
	}
	return p.refresh(s)
}
