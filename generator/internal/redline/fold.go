package redline

import "slices"

// FoldNotes returns blocks, in their order, with a note that neighbours share at
// the first of them alone: where eight paragraphs became items, it is said once.
// Blocks that came or went, and the old places of moves, part no neighbours. That
// blocks were joined is said at each: it is the only trace of where one ended.
func FoldNotes(blocks []Block) []Block {
	out := slices.Clone(blocks)
	type first struct{ block, note int }
	var open map[Note]first // the runs that the last block is part of
	for i := range out {
		b := &out[i]
		if b.Op == Insert || b.Op == Delete || b.Op == MoveFrom {
			continue
		}
		runs := map[Note]first{}
		var kept []Note
		for _, n := range b.Notes {
			if at, ok := open[n]; ok && n.Kind != Joined {
				out[at.block].Notes[at.note].Blocks++
				runs[n] = at
				continue
			}
			runs[n] = first{i, len(kept)}
			kept = append(kept, Note{Kind: n.Kind, Old: n.Old, New: n.New, Blocks: 1})
		}
		b.Notes, open = kept, runs
	}
	return out
}
