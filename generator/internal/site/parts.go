package site

import (
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// joinParts returns blocks as the new text has them: those that were joined, or
// that words came into, as one. A note says so where it happened. The parts of a
// paragraph between which blocks were deleted stay apart, since the old text has
// those between them.
func joinParts(w *Words, blocks []redline.Block) []redline.Block {
	var out []redline.Block
	at := map[*legal.Block]int{} // of a new block: its place in out
	for _, b := range blocks {
		first, again := at[b.New]
		apart := first != len(out)-1 && len(b.Path) == 0 && b.New != nil && b.New.Kind == legal.Paragraph
		if b.Op != redline.Equal || !again || apart {
			if b.Op == redline.Equal {
				at[b.New] = len(out)
			}
			out = append(out, b)
			continue
		}
		whole := &out[first]
		spans := append([]redline.Span(nil), whole.Cells[0].Spans...)
		if len(b.Notes) > 0 {
			spans = append(spans, redline.Span{Op: noteOp, New: legal.Inline{Text: w.Block(redline.Note{Kind: redline.Joined})}})
		}
		whole.Cells = []redline.Cell{{Spans: append(spans, b.Cells[0].Spans...)}}
	}
	return out
}

// noteOp is the operation of a span that holds a note's words, not a text's.
const noteOp redline.Op = -1

// partEnds returns blocks as RedlineHTML shows them, so that every block of
// either text can be read whole: words that are now in another block than they
// were stand in both, as the two ends of a move.
func (m *markup) partEnds(blocks []redline.Block) []redline.Block {
	last := map[*legal.Block]int{} // the last place of a block that stands in both texts
	for i, b := range blocks {
		if b.Op == redline.Equal {
			last[b.Old], last[b.New] = i, i
		}
	}
	var out []redline.Block
	for i := 0; i < len(blocks); {
		end := i
		for at := i; at <= end; at++ {
			if b := &blocks[at]; b.Op == redline.Equal {
				end = max(end, last[b.Old], last[b.New])
			}
		}
		if end == i {
			out = append(out, blocks[i])
		} else {
			m.part++
			out = append(out, m.unfold(blocks[i:end+1])...)
		}
		i = end + 1
	}
	return out
}

// unfold returns the blocks of both texts that a group of parts is of.
func (m *markup) unfold(parts []redline.Block) []redline.Block {
	home := map[*legal.Block]*legal.Block{} // of an old block: the new one that it stands in
	taken := map[*legal.Block]bool{}
	for _, p := range parts {
		if p.Op != redline.Equal {
			continue
		}
		if _, ok := home[p.Old]; !ok {
			home[p.Old] = nil
			if !taken[p.New] {
				home[p.Old], taken[p.New] = p.New, true
			}
		}
	}
	var out []redline.Block
	seen := map[*legal.Block]bool{}
	for _, p := range parts {
		if p.Op != redline.Equal {
			if p.New == nil {
				p.Path = placeOf(p.Old, p.Path)
			}
			out = append(out, p)
			continue
		}
		if !seen[p.New] {
			seen[p.New] = true
			out = append(out, m.newSide(parts, p, home))
		}
		if home[p.Old] == nil && !seen[p.Old] {
			seen[p.Old] = true
			old := redline.Block{Op: redline.Delete, Old: p.Old, Path: placeOf(p.Old, p.Path)}
			old.Cells = []redline.Cell{{Spans: m.oldSide(parts, p.Old, nil)}}
			out = append(out, old)
		}
	}
	return out
}

// placeOf returns where an old block is shown beside a new one: in what that stands
// in, or in what it stood in itself where it is a term and that no list of
// definitions, or the reverse.
func placeOf(old *legal.Block, beside []*legal.Container) []*legal.Container {
	inList := len(beside) > 0 && beside[len(beside)-1].Kind == legal.Definitions
	if inList != (old.Kind == legal.Term) {
		return old.Path
	}
	return beside
}

// newSide returns the block p.New with all parts that are in it, and with the
// words of its own old block that went elsewhere.
func (m *markup) newSide(parts []redline.Block, p redline.Block, home map[*legal.Block]*legal.Block) redline.Block {
	b := redline.Block{Old: p.Old, New: p.New, Path: p.New.Path, Notes: p.Notes}
	var spans []redline.Span
	var own *legal.Block
	for _, q := range parts {
		if q.Op != redline.Equal || q.New != p.New {
			continue
		}
		if home[q.Old] == p.New {
			own = q.Old
			spans = append(spans, q.Cells[0].Spans...)
			continue
		}
		spans = append(spans, end(q, redline.MoveTo, redline.Insert)...)
	}
	if own != nil {
		b.Old = own
		spans = append(spans, m.oldSide(parts, own, p.New)...)
	} else {
		b.Old, b.Op = nil, redline.Insert
	}
	b.Cells = []redline.Cell{{Spans: spans}}
	return b
}

// oldSide returns the words of old in the parts that are not in the new block
// here, as the end of a move.
func (m *markup) oldSide(parts []redline.Block, old, here *legal.Block) []redline.Span {
	var spans []redline.Span
	for _, q := range parts {
		if q.Op != redline.Equal || q.Old != old || q.New == here {
			continue
		}
		spans = append(spans, end(q, redline.MoveFrom, redline.Delete)...)
	}
	return spans
}

// end returns the words of a part as one end of a move has them: those that were
// kept, and those of the operation own.
func end(part redline.Block, move, own redline.Op) []redline.Span {
	var spans []redline.Span
	for _, s := range part.Cells[0].Spans {
		switch s.Op {
		case redline.Equal:
			s.Op = move
			spans = append(spans, s)
		case own:
			spans = append(spans, s)
		}
	}
	return spans
}
