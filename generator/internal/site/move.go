package site

import (
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A move is text that stands elsewhere in the new version.
type move struct {
	from, to string // the titles of the sections; "" is the opening text
	same     bool   // both are one section
	section  bool   // a section moved as a whole
}

// findMoves returns the moves of r by their ids.
func findMoves(r *redline.Redline) map[int]*move {
	moves := map[int]*move{}
	at := map[int]*redline.Section{}
	for i := range r.Sections {
		s := &r.Sections[i]
		for j := range s.Blocks {
			b := &s.Blocks[j]
			if b.Move == 0 {
				continue
			}
			m := moves[b.Move]
			if m == nil {
				m = &move{section: s.Move == b.Move}
				moves[b.Move] = m
			}
			switch b.Op {
			case redline.MoveFrom:
				m.from = sectionTitle(s.Old)
			case redline.MoveTo:
				m.to = sectionTitle(s.New)
			}
			if other := at[b.Move]; other == s {
				m.same = true
			}
			if at[b.Move] == nil {
				at[b.Move] = s
			}
		}
	}
	for id, m := range moves {
		m.same = m.same && m.from == m.to && at[id].Op == redline.Equal
	}
	return moves
}

func sectionTitle(s *legal.Section) string {
	if s == nil {
		return ""
	}
	return s.Title
}

// moveLabel writes, before the first block of a move, where it went or came
// from.
func (m *markup) moveLabel(op redline.Op, id int) {
	move := m.moves[id]
	if move == nil {
		return
	}
	own, other := moveName(id)+"_from", moveName(id)+"_to"
	words := m.words.MovedTo(move.to, move.same)
	if op == redline.MoveTo {
		own, other = other, own
		words = m.words.MovedFrom(move.from, move.same)
	}
	if !m.look.Anchors {
		m.raw(`<span class="note">[`)
		m.text(words)
		m.raw("]</span> ")
		return
	}
	m.raw(`<a class="note"`)
	if !m.labelled[own] {
		m.labelled[own] = true
		m.attr("id", own)
	}
	m.attr("href", "#"+other)
	m.raw(">[")
	m.text(words)
	m.raw("]</a> ")
}

// joinMoves gives the blocks at the new place of each move the words that
// were deleted from them, which a redline keeps at the old place alone: the
// reader sees the edits where the text now stands.
func joinMoves(r *redline.Redline) map[*redline.Block]redline.Block {
	type end struct {
		move  int
		block *legal.Block
	}
	from := map[end]*redline.Block{}
	for i := range r.Sections {
		for j := range r.Sections[i].Blocks {
			if b := &r.Sections[i].Blocks[j]; b.Op == redline.MoveFrom {
				from[end{b.Move, b.New}] = b
			}
		}
	}
	joined := map[*redline.Block]redline.Block{}
	for i := range r.Sections {
		for j := range r.Sections[i].Blocks {
			b := &r.Sections[i].Blocks[j]
			old := from[end{b.Move, b.New}]
			if b.Op != redline.MoveTo || old == nil || len(old.Cells) != len(b.Cells) {
				continue
			}
			both := *b
			both.Cells = make([]redline.Cell, len(b.Cells))
			for k := range b.Cells {
				both.Cells[k] = redline.Cell{Op: b.Cells[k].Op, Spans: joinSpans(old.Cells[k].Spans, b.Cells[k].Spans)}
			}
			joined[b] = both
		}
	}
	return joined
}

// joinSpans merges the spans of the two ends of a move: both hold what was
// kept, one what was deleted and the other what was inserted.
func joinSpans(from, to []redline.Span) []redline.Span {
	var out []redline.Span
	i := 0
	deleted := func() {
		for ; i < len(from) && from[i].Op == redline.Delete; i++ {
			out = append(out, from[i])
		}
	}
	for _, s := range to {
		deleted()
		out = append(out, s)
		if s.Op == redline.Equal {
			i++
		}
	}
	deleted()
	return out
}
