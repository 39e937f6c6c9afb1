package site

import (
	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// Terms lead from where a version's page uses a defined term to its definition: once
// after each heading, and never in headings, links and code. They add no word. A script
// shows the definition beside the use; without it the link leads there.
type terms struct {
	glossary *legal.Glossary
	uses     map[*legal.Block][]legal.Use // that can be links
	used     map[*legal.Defined]bool      // by one of them
	seen     map[*legal.Defined]bool      // since the last heading
}

// newTerms returns the terms of v; nil where it defines none that it uses.
func newTerms(definer *legal.Definer, v *legal.Version) *terms {
	t := &terms{definer.Glossary(v), map[*legal.Block][]legal.Use{}, map[*legal.Defined]bool{}, map[*legal.Defined]bool{}}
	for _, text := range textsOf(v) {
		if text == nil {
			continue
		}
		for i := range text.Blocks {
			t.find(&text.Blocks[i])
		}
	}
	if len(t.used) == 0 {
		return nil
	}
	return t
}

// find learns the uses in b that stand in one run of text, which is no link.
func (t *terms) find(b *legal.Block) {
	if _, known := t.uses[b]; known {
		return
	}
	uses := t.glossary.Uses(b)
	at := 0
	for _, cell := range b.Cells {
		for _, run := range cell {
			end := at + len(run.Text)
			for ; len(uses) > 0 && uses[0].To <= end; uses = uses[1:] {
				if run.Kind == legal.Plain && run.Link == "" && uses[0].From >= at {
					t.uses[b] = append(t.uses[b], uses[0])
					t.used[uses[0].Defined] = true
				}
			}
			at = end
		}
		at++ // the tab between cells
	}
}

// afresh lets each term lead to its definition again.
func (t *terms) afresh() {
	if t != nil {
		clear(t.seen)
	}
}

// A termMark is a part of a block that defines or uses a term.
type termMark struct {
	from, to int
	element
}

// marks returns the marks of b between two offsets, in order.
func (t *terms) marks(b *legal.Block, from, to int) []termMark {
	var out []termMark
	for _, d := range t.glossary.In(b) {
		if t.used[d] && d.From >= from && d.To <= to {
			out = append(out, termMark{d.From, d.To, termElement("dfn", "id", termID(d))})
		}
	}
	for _, u := range t.uses[b] {
		if u.From < from || u.To > to || t.seen[u.Defined] {
			continue
		}
		t.seen[u.Defined] = true
		mark := termMark{u.From, u.To, termElement("a", "href", "#"+termID(u.Defined))}
		i := 0
		for i < len(out) && out[i].from < mark.from {
			i++
		}
		if i > 0 && out[i-1].to > mark.from || i < len(out) && out[i].from < mark.to {
			continue // a term that is used in the name of another
		}
		out = append(out[:i], append([]termMark{mark}, out[i:]...)...)
	}
	return out
}

// termID returns the id of a definition: with an underscore, as no section's is.
func termID(d *legal.Defined) string { return "term_" + d.ID }

func termElement(name, key, value string) element {
	w := markup{}
	w.raw("<" + name)
	if name == "a" {
		w.raw(` class="term"`)
	}
	w.attr(key, value)
	w.raw(">")
	return element{start: string(w.buf), name: name}
}

// markTerms parts the pieces of a cell where terms begin and end.
func (m *markup) markTerms(b *legal.Block, at int, pieces []piece) []piece {
	if m.terms == nil || b == nil {
		return pieces
	}
	if b.Kind == legal.Heading {
		m.terms.afresh()
		return pieces
	}
	from := 0
	for _, cell := range b.Cells[:at] {
		for _, run := range cell {
			from += len(run.Text)
		}
		from++
	}
	to := from
	for i := range pieces {
		to += len(pieces[i].Text)
	}
	marks := m.terms.marks(b, from, to)
	if len(marks) == 0 {
		return pieces
	}
	var out []piece
	for _, p := range pieces {
		start := from
		from += len(p.Text)
		out = append(out, partPiece(p, start, marks)...)
	}
	return out
}

// partPiece returns p, whose text begins at start, parted at the marks.
func partPiece(p piece, start int, marks []termMark) []piece {
	var out []piece
	at, end := start, start+len(p.Text)
	add := func(to int, e element) {
		if to > at || at == end && len(out) == 0 {
			q := p
			if p.IsText() {
				q.Text = p.Text[at-start : to-start]
			}
			q.term = e
			out = append(out, q)
			at = to
		}
	}
	for _, mark := range marks {
		if mark.to <= at || mark.from >= end {
			continue
		}
		if !p.IsText() {
			add(end, mark.element) // a picture or a note in a term
			break
		}
		add(max(at, mark.from), element{})
		add(min(end, mark.to), mark.element)
	}
	add(end, element{})
	return out
}
