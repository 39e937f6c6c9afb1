package redline

import "github.com/nanoprompt/codicil/generator/internal/legal"

// JoinMoves gives the blocks at the new place of each move the words that
// were deleted from them, which a redline keeps at the old place alone: the
// reader sees the edits where the text now stands. It returns what takes the
// place of each such block.
func (r *Redline) JoinMoves() map[*Block]Block {
	type end struct {
		move  int
		block *legal.Block
	}
	from := map[end]*Block{}
	for i := range r.Sections {
		for j := range r.Sections[i].changedBlocks() {
			if b := &r.Sections[i].Blocks[j]; b.Op == MoveFrom {
				from[end{b.Move, b.New}] = b
			}
		}
	}
	joined := map[*Block]Block{}
	for i := range r.Sections {
		for j := range r.Sections[i].changedBlocks() {
			b := &r.Sections[i].Blocks[j]
			old := from[end{b.Move, b.New}]
			if b.Op != MoveTo || old == nil || len(old.Cells) != len(b.Cells) {
				continue
			}
			both := *b
			both.Cells = make([]Cell, len(b.Cells))
			for k := range b.Cells {
				both.Cells[k] = Cell{Op: b.Cells[k].Op, Spans: joinSpans(old.Cells[k].Spans, b.Cells[k].Spans)}
			}
			joined[b] = both
		}
	}
	return joined
}

// joinSpans merges the spans of the two ends of a move: both hold what was
// kept, one what was deleted and the other what was inserted.
func joinSpans(from, to []Span) []Span {
	var out []Span
	i := 0
	deleted := func() {
		for ; i < len(from) && from[i].Op == Delete; i++ {
			out = append(out, from[i])
		}
	}
	for _, s := range to {
		deleted()
		out = append(out, s)
		if s.Op == Equal {
			i++
		}
	}
	deleted()
	return out
}
