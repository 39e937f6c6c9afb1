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
	if !m.look.Anchors && m.written == nil {
		m.noteWords("", words, " ")
		return
	}
	m.raw(`<a class="note"` + m.words.lang())
	if !m.labelled[own] {
		m.labelled[own] = true
		m.attr("id", own)
	}
	m.attr("href", "#"+other)
	m.raw(">[")
	m.text(words)
	m.raw("]</a> ")
}
