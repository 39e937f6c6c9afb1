package redline

import (
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// OldText gives back the old version from the marks: its title, and the
// canonical form of every section with its title. Of what the redline points
// to, only structure is taken; every word and its attributes come from the
// spans.
func (r *Redline) OldText() string {
	return r.text(Delete, MoveFrom, func(s Span) legal.Inline { return s.Old })
}

// NewText gives back the new version, as OldText does the old one.
func (r *Redline) NewText() string {
	return r.text(Insert, MoveTo, func(s Span) legal.Inline { return s.New })
}

// text returns one side of r: what is equal, what is of the operation own,
// and the end of moves that is there.
func (r *Redline) text(own, move Op, side func(Span) legal.Inline) string {
	var w strings.Builder
	w.WriteString(words(own, r.Title, side) + "\n")
	for i := range r.Sections {
		s := &r.Sections[i]
		if s.Op != Equal && s.Op != own && s.Op != move {
			continue
		}
		w.WriteString("§ " + words(own, s.Title, side) + "\n")
		var blocks []legal.Block
		var last *legal.Block
		for _, b := range s.Blocks {
			if b.Op != Equal && b.Op != own && b.Op != move {
				continue
			}
			block, of := b.side(own, side)
			if of == last { // a further part of it
				whole := &blocks[len(blocks)-1]
				whole.Cells[0] = legal.Join(append(whole.Cells[0], block.Cells[0]...))
				continue
			}
			blocks, last = append(blocks, block), of
		}
		w.WriteString(legal.Canonical(blocks))
	}
	return w.String()
}

// Text returns what OldText and NewText give back of a redline of v.
func Text(v *legal.Version) string {
	var w strings.Builder
	w.WriteString(v.Title + "\n§ \n")
	if v.Opening != nil {
		w.WriteString(v.Opening.Canonical())
	}
	for _, s := range v.Sections {
		w.WriteString("§ " + s.Title + "\n" + s.Body.Canonical())
	}
	return w.String()
}

func words(own Op, spans []Span, side func(Span) legal.Inline) string {
	var w strings.Builder
	for _, run := range runs(own, spans, side) {
		w.WriteString(run.Text)
	}
	return w.String()
}

// side returns b as it is in one text, its own structure with the words of its
// spans, and the block of that text that it is of.
func (b *Block) side(own Op, side func(Span) legal.Inline) (legal.Block, *legal.Block) {
	of := b.New
	if own == Delete {
		of = b.Old
	}
	block := *of
	block.Cells = nil
	for _, c := range b.Cells {
		if c.Op == Equal || c.Op == own {
			block.Cells = append(block.Cells, runs(own, c.Spans, side))
		}
	}
	return block, of
}

func runs(own Op, spans []Span, side func(Span) legal.Inline) []legal.Inline {
	var out []legal.Inline
	for _, s := range spans {
		if s.Op == Equal || s.Op == own {
			out = append(out, side(s))
		}
	}
	return legal.Join(out)
}
