package redline

import (
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// compareCell returns the marked text of a cell that was kept.
func (c *comparison) compareCell(old, new []legal.Inline) []Span {
	return c.compareWords(cut(old), cut(new))[0].spans
}

// A markedPart is marked text between two borders, of the blocks of the two passages
// with these numbers.
type markedPart struct {
	old, new int
	spans    []Span
}

// compareWords returns the marked text of two passages, cut where one of them
// has a border.
func (c *comparison) compareWords(a, b *passage) []markedPart {
	w := &spanWriter{a: a, b: b}
	i, j := 0, 0
	for _, ch := range c.marks(a.tokens, b.tokens) {
		w.equal(i, ch.old[0], j)
		w.delete(ch.old[0], ch.old[1])
		w.insert(ch.new[0], ch.new[1])
		i, j = ch.old[1], ch.new[1]
	}
	w.equal(i, len(a.tokens), j)
	w.finish()
	return append(w.parts, w.markedPart)
}

// marks returns the changes from a to b as a person would mark them. Where
// several ways are as good, the one that is taken is that from b to a, too.
func (c *comparison) marks(a, b []token) []change {
	if slices.CompareFunc(a, b, func(s, t token) int { return strings.Compare(s.key, t.key) }) <= 0 {
		return c.clean(a, b, c.compareTokens(a, b))
	}
	changes := c.clean(b, a, c.compareTokens(b, a))
	for i, ch := range changes {
		changes[i] = change{ch.new, ch.old}
	}
	return changes
}

// wholeCell returns the text of a cell that came or went as a whole.
func wholeCell(op Op, runs []legal.Inline) []Span {
	var spans []Span
	for _, run := range runs {
		spans = append(spans, span(op, run))
	}
	return spans
}

func span(op Op, run legal.Inline) Span {
	if op == Delete {
		return Span{Op: op, Old: run}
	}
	return Span{Op: op, New: run}
}

// A spanWriter gathers spans, and joins pieces of one run.
type spanWriter struct {
	a, b  *passage
	parts []markedPart // that are complete
	markedPart
	oldText, newText strings.Builder // of the last span
	// closed says that nothing may be joined with the last span.
	closed bool
}

// border ends a part. The next is of other blocks, in one text or in both.
func (w *spanWriter) border(old, new int) {
	w.finish()
	w.parts = append(w.parts, w.markedPart)
	w.markedPart = markedPart{old: w.old + old, new: w.new + new}
}

// equal adds the tokens i to end of the old text, and as many of the new one
// from j. A token whose typography changed is a span of its own. Where a block
// was split or joined, the space that stood there came or went.
func (w *spanWriter) equal(i, end, j int) {
	for ; i < end; i, j = i+1, j+1 {
		switch {
		case w.a.isBorder(i) && w.b.isBorder(j):
			w.border(1, 1)
			continue
		case w.a.isBorder(i):
			w.insert(j, j+1)
			w.border(1, 0)
			continue
		case w.b.isBorder(j):
			w.delete(i, i+1)
			w.border(0, 1)
			continue
		}
		old, new := w.a.tokens[i], w.b.tokens[j]
		same := w.a.text(i, i+1) == w.b.text(j, j+1)
		if old.end-old.start != new.end-new.start { // more white space, or a ligature
			if !w.a.isOneRun(i) || !w.b.isOneRun(j) {
				w.delete(i, i+1)
				w.insert(j, j+1)
				continue
			}
			w.closed = true
			w.add(Span{Equal, w.a.whole(i), w.b.whole(j)}, false)
			w.closed = true
			continue
		}
		for k := range old.end - old.start {
			w.add(Span{Equal, w.a.piece(old.start + k), w.b.piece(new.start + k)}, same || k > 0)
		}
		w.closed = !same
	}
}

func (w *spanWriter) delete(i, end int) {
	for ; i < end; i++ {
		if w.a.isBorder(i) {
			w.border(1, 0)
			continue
		}
		for k := w.a.tokens[i].start; k < w.a.tokens[i].end; k++ {
			w.add(Span{Op: Delete, Old: w.a.piece(k)}, true)
		}
	}
}

func (w *spanWriter) insert(j, end int) {
	for ; j < end; j++ {
		if w.b.isBorder(j) {
			w.border(0, 1)
			continue
		}
		for k := w.b.tokens[j].start; k < w.b.tokens[j].end; k++ {
			w.add(Span{Op: Insert, New: w.b.piece(k)}, true)
		}
	}
}

// piece returns a unit with the attributes of its run.
func (p *passage) piece(k int) legal.Inline {
	run := p.runs[p.units[k].run]
	run.Text = p.char(k)
	return run
}

// isOneRun reports whether a token has the same attributes throughout.
func (p *passage) isOneRun(i int) bool {
	t := p.tokens[i]
	return p.units[t.start].run == p.units[t.end-1].run
}

// whole returns a token of one run with the run's attributes.
func (p *passage) whole(i int) legal.Inline {
	run := p.runs[p.units[p.tokens[i].start].run]
	run.Text = p.text(i, i+1)
	return run
}

// add appends s, joined with the last span where it may and they are alike.
func (w *spanWriter) add(s Span, join bool) {
	last := len(w.spans) - 1
	join = join && !w.closed
	w.closed = false
	if last >= 0 && join {
		l := &w.spans[last]
		if s.Old.IsText() && s.New.IsText() && l.Op == s.Op && l.Old.SameAttributes(s.Old) && l.New.SameAttributes(s.New) {
			w.oldText.WriteString(s.Old.Text)
			w.newText.WriteString(s.New.Text)
			return
		}
	}
	w.finish()
	w.oldText.WriteString(s.Old.Text)
	w.newText.WriteString(s.New.Text)
	w.spans = append(w.spans, s)
}

// finish gives the last span its texts.
func (w *spanWriter) finish() {
	if last := len(w.spans) - 1; last >= 0 {
		w.spans[last].Old.Text, w.spans[last].New.Text = w.oldText.String(), w.newText.String()
	}
	w.oldText.Reset()
	w.newText.Reset()
}
