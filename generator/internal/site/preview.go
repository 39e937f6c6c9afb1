package site

import (
	"maps"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// A Preview makes the files of a document one at a time, as they are asked for,
// where Document makes all of them. It is not safe for concurrent use.
type Preview struct {
	builder  *Builder
	doc      *legal.Document
	hash     Hash
	comparer *redline.Comparer
	memory   *Memory // of redlines alone
}

// Preview returns the Preview of doc. What an earlier one of the document, or
// nil, learnt of its history is not learnt again.
func (b *Builder) Preview(doc *legal.Document, hash Hash, before *Preview) *Preview {
	p := &Preview{b, doc, hash, redline.NewComparer(), newMemory()}
	if before != nil {
		p.memory = before.memory
	}
	return p
}

// Entry returns what Document does, but for the number of redlines.
func (p *Preview) Entry() Entry { return entryOf(p.builder.family(p.doc, p.hash)) }

// File returns the file of that name as Document makes it, and whether there is
// one. A review is shown on the draft's page; nil: none.
func (p *Preview) File(name string, review *DraftReview) ([]byte, bool, error) {
	d := p.document(name)
	d.review = review
	var data []byte
	var found bool
	d.emit = func(t *tree.Tree) error {
		if file, ok := t.Get(name); ok {
			data, found = file, true
		}
		return nil
	}
	err := d.make()
	maps.Copy(p.memory.Figures, d.memory.Figures)
	maps.Copy(p.memory.Sections, d.memory.Sections)
	return data, found, err
}

func (p *Preview) document(only string) *document {
	all := p.builder.family(p.doc, p.hash)
	d := all[0]
	for _, t := range all[1:] {
		if strings.HasPrefix(only, t.path("")) {
			d = t
		}
	}
	d.only, d.comparer = only, p.comparer
	d.was.Memory = p.memory
	return d
}

// wants reports whether a file is to be made.
func (d *document) wants(file string) bool { return d.only == "" || d.only == file }
