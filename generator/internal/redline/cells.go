package redline

import "github.com/nanoprompt/codicil/generator/internal/legal"

// compareCell returns the marked text of a cell that was kept.
func compareCell(old, new []legal.Inline) []Span {
	a, b := cut(old), cut(new)
	changes := clean(a.tokens, b.tokens, compareTokens(a.tokens, b.tokens))
	w := &spanWriter{a: a, b: b}
	i, j := 0, 0
	for _, c := range changes {
		w.equal(i, c.old[0], j)
		w.delete(c.old[0], c.old[1])
		w.insert(c.new[0], c.new[1])
		i, j = c.old[1], c.new[1]
	}
	w.equal(i, len(a.tokens), j)
	return w.spans
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
	spans []Span
	// closed says that nothing may be joined with the last span.
	closed bool
}

// equal adds the tokens i to end of the old text, and as many of the new one
// from j. A token whose typography changed is a span of its own.
func (w *spanWriter) equal(i, end, j int) {
	for ; i < end; i, j = i+1, j+1 {
		old, new := w.a.tokens[i], w.b.tokens[j]
		same := w.a.text(i, i+1) == w.b.text(j, j+1)
		for k := range old.end - old.start {
			w.add(Span{Equal, w.a.piece(old.start + k), w.b.piece(new.start + k)}, same || k > 0)
		}
		w.closed = !same
	}
}

func (w *spanWriter) delete(i, end int) {
	for _, t := range w.a.tokens[i:end] {
		for k := t.start; k < t.end; k++ {
			w.add(Span{Op: Delete, Old: w.a.piece(k)}, true)
		}
	}
}

func (w *spanWriter) insert(j, end int) {
	for _, t := range w.b.tokens[j:end] {
		for k := t.start; k < t.end; k++ {
			w.add(Span{Op: Insert, New: w.b.piece(k)}, true)
		}
	}
}

// piece returns a unit with the attributes of its run.
func (p *passage) piece(k int) legal.Inline {
	run := p.runs[p.units[k].run]
	run.Text = p.units[k].text
	return run
}

// add appends s, joined with the last span where it may and they are alike.
func (w *spanWriter) add(s Span, join bool) {
	last := len(w.spans) - 1
	join = join && !w.closed
	w.closed = false
	if last >= 0 && join {
		l := &w.spans[last]
		plain := s.Old.Kind == legal.Plain && s.New.Kind == legal.Plain
		if plain && l.Op == s.Op && l.Old.SameAttributes(s.Old) && l.New.SameAttributes(s.New) {
			l.Old.Text += s.Old.Text
			l.New.Text += s.New.Text
			return
		}
	}
	w.spans = append(w.spans, s)
}
