package redline

import (
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// FoldNotes returns blocks, in their order, with a note that neighbours share at
// the first of them alone: where eight paragraphs became items, it is said once.
// Blocks that came or went, and the old places of moves, part no neighbours. That
// blocks were joined is said at each: it is the only trace of where one ended.
//
// Of a paragraph in an item a note says "part of item" where none of those that
// it is said of is the first in its item.
func FoldNotes(blocks []Block) []Block {
	out := slices.Clone(blocks)
	var all []*run
	open := map[Note]*run{} // those that the last block is part of
	items := [2]firsts{{}, {}}
	for i := range out {
		b := &out[i]
		begins := [2]bool{
			items[0].add(b.Old, b.Op != Insert && b.Op != MoveTo),
			items[1].add(b.New, b.Op != Delete && b.Op != MoveFrom),
		}
		if b.Op == Insert || b.Op == Delete || b.Op == MoveFrom {
			continue
		}
		runs := map[Note]*run{}
		for _, n := range b.Notes {
			r := open[n]
			if r == nil || n.Kind == Joined {
				r = &run{at: i, note: n}
				all = append(all, r)
			}
			r.note.Blocks++
			r.begins[0] = r.begins[0] || begins[0]
			r.begins[1] = r.begins[1] || begins[1]
			runs[n] = r
		}
		b.Notes, open = nil, runs
	}
	for _, r := range all {
		out[r.at].Notes = append(out[r.at].Notes, r.folded())
	}
	return out
}

// A run is a note and the first of the blocks that it is said of.
type run struct {
	at     int
	note   Note
	begins [2]bool // in each text, one of the blocks is the first in its item
}

func (r *run) folded() Note {
	n := r.note
	if n.Kind != BlockKind {
		return n
	}
	for side, place := range []*string{&n.Old, &n.New} {
		if rest, ok := strings.CutPrefix(*place, "paragraph in item"); ok && !r.begins[side] {
			*place = "part of item" + rest
		}
	}
	return n
}

// firsts are the items whose first block was seen.
type firsts map[*legal.Container]bool

// add notes a block of one text, where it is there, and reports whether it is the
// first in its item.
func (f firsts) add(b *legal.Block, there bool) bool {
	if b == nil || !there {
		return false
	}
	item := innermost(b, legal.Item)
	first := item != nil && !f[item]
	if item != nil {
		f[item] = true
	}
	return first
}
