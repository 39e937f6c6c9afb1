package redline

import "github.com/nanoprompt/codicil/generator/internal/legal"

// A wrong mark of a move tells the reader that text is unchanged which is
// not: so only blocks of some length, and alike enough, are said to have moved.
const (
	moveWords     = 5  // of an equal block
	moveWordsOnce = 2  // of one that stands once in each text
	moveWordsEdit = 12 // of one that was edited too

	mostEqual = 8 // equal blocks of one text; where there are more, none is told from the others
)

// findMoves pairs leaves that are in no pair yet, wherever they stand.
func (c *comparison) findMoves(a, b []*part) {
	old, new := unpaired(leavesOf(a)), unpaired(leavesOf(b))
	if len(old) == 0 || len(new) == 0 {
		return
	}
	olds, news := counts(a), counts(b)
	equal := map[string][]*leaf{}
	for _, l := range old {
		equal[l.key] = append(equal[l.key], l)
	}
	for _, l := range new {
		least := moveWords
		if olds[l.key] == 1 && news[l.key] == 1 {
			least = moveWordsOnce
		}
		if max(olds[l.key], news[l.key]) > mostEqual {
			continue
		}
		if same := equal[l.key]; len(same) > 0 && l.size >= least && l.Kind != legal.Row {
			c.move(same[0], l)
			equal[l.key] = same[1:]
		}
	}
	old, new = unpaired(old), unpaired(new)
	index := c.index(old)
	for _, l := range new {
		i, v := c.best(l, old, index)
		if i >= 0 && v >= alikeMoved && old[i].pair == nil && min(old[i].size, l.size) >= moveWordsEdit && l.Kind != legal.Row {
			c.move(old[i], l)
		}
	}
}

// counts returns how often each key stands in parts.
func counts(parts []*part) map[string]int {
	n := map[string]int{}
	for _, p := range parts {
		for _, f := range p.facts.facts {
			n[f.key]++
		}
	}
	return n
}

func (c *comparison) move(old, new *leaf) {
	join(old, new)
	c.moves++
	old.moved, new.moved = c.moves, c.moves
}

// free reports whether nothing is known of l in the other text.
func (l *leaf) free() bool { return l != nil && l.pair == nil && (l.head == nil || l.guest) }

func unpaired(leaves []*leaf) []*leaf {
	var out []*leaf
	for _, l := range leaves {
		if l.free() {
			out = append(out, l)
		}
	}
	return out
}

// spreadMoves takes along the short neighbours of what moved: a block beside
// a moved one, equal and unpaired at both ends, moved with it. Blocks that
// moved together share one id.
func spreadMoves(old, new []*leaf) {
	at := map[*leaf]int{}
	for i, l := range old {
		if l != nil {
			at[l] = i
		}
	}
	step := func(j, by int) {
		l := new[j]
		next := j + by
		if l == nil || l.moved == 0 || next < 0 || next >= len(new) {
			return
		}
		i, ok := at[l.pair]
		if !ok || i+by < 0 || i+by >= len(old) {
			return
		}
		a, b := old[i+by], new[next]
		switch {
		case a.free() && b.free() && a.key == b.key:
			join(a, b)
			a.moved, b.moved = l.moved, l.moved
		case a != nil && b != nil && a.pair == b && b.moved != 0 && by > 0:
			a.moved, b.moved = l.moved, l.moved
		}
	}
	for j := range new {
		step(j, 1)
	}
	for j := len(new) - 1; j >= 0; j-- {
		step(j, -1)
	}
}
