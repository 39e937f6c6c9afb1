package redline

import (
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// partShare is how much of a block's weight must be found in what it is said
// to have been split from or joined to.
const partShare = 0.65

// findSplits puts leaves together that found no pair alone: what was split from
// one block, or joined to one, and neighbours between which words went. The
// leaves are those of a section, in order.
func (c *comparison) findSplits(old, new []*leaf) {
	c.pairParts(old, new)
	c.attach(new)
	c.attach(old)
	c.tie(old, new)
}

// pairParts pairs leaves that were split into, or joined from, several of
// which none is much like them alone: the first of the parts.
func (c *comparison) pairParts(old, new []*leaf) {
	place := places(new)
	next := 0 // in new: what follows the pair of the last old leaf that has one
	for i := 0; i < len(old); i++ {
		if p := old[i].pair; p != nil {
			if at, ok := place[p]; ok && old[i].moved == 0 {
				next = at + 1
			}
			continue
		}
		end := next
		for end < len(new) && new[end].pair == nil {
			end++
		}
		until := i + 1
		for until < len(old) && old[until].pair == nil {
			until++
		}
		gapOld, gapNew := old[i:until], new[next:end]
		if len(gapOld)*len(gapNew) <= mostPairs {
			c.pairPart(gapOld, gapNew)
			c.pairPart(gapNew, gapOld)
		}
		i = until - 1
	}
}

// pairPart pairs each of wholes with the first of two or more neighbours among
// parts that hold its words.
func (c *comparison) pairPart(wholes, parts []*leaf) {
	at := 0
	for _, w := range wholes {
		if w.pair != nil || !partable(w) || w.weight == 0 {
			continue
		}
		for i := at; i < len(parts); i++ {
			rest, covered, n := w.bag, 0, 0
			for j := i; j < len(parts) && c.takes(&rest, parts[j]); j++ {
				covered += parts[j].weight
				n++
			}
			if n >= 2 && float64(covered) >= partShare*float64(w.weight) {
				join(w, parts[i])
				at = i + n
				break
			}
		}
	}
}

// attach looks at the leaves of one text beside those that have a pair in the
// other, and takes them to the pair as far as its words are theirs.
func (c *comparison) attach(leaves []*leaf) {
	for i, l := range leaves {
		if l.pair == nil || l.moved != 0 || !partable(l) || !partable(l.pair) || len(l.pair.more) > 0 {
			continue
		}
		rest := without(l.pair.bag, l.bag)
		taken := []int{i}
		for at := c.nextPart(&rest, leaves, i+1, 1); at >= 0; at = c.nextPart(&rest, leaves, at+1, 1) {
			taken = append(taken, at)
		}
		for at := c.nextPart(&rest, leaves, i-1, -1); at >= 0; at = c.nextPart(&rest, leaves, at-1, -1) {
			taken = slices.Insert(taken, 0, at)
		}
		if len(taken) == 1 {
			continue
		}
		whole := l.pair
		first := leaves[taken[0]]
		for at := taken[0]; at <= taken[len(taken)-1]; at++ {
			m := leaves[at]
			m.head, m.guest = first, !slices.Contains(taken, at)
			if m != first {
				first.more = append(first.more, m)
			}
		}
		l.pair, first.head = nil, nil
		join(first, whole)
	}
}

// mostGuests is how many leaves that are new may stand between two parts.
const mostGuests = 3

// nextPart returns the place of the next leaf, from at on in steps of by, that
// rest takes, or -1. What stands before it must be free.
func (c *comparison) nextPart(rest *[]wordCount, leaves []*leaf, at, by int) int {
	for n := 0; n <= mostGuests && at >= 0 && at < len(leaves) && leaves[at].pair == nil && leaves[at].head == nil; n++ {
		if (n == 0 || leaves[at].size >= 3) && c.takes(rest, leaves[at]) {
			return at
		}
		at += by
	}
	return -1
}

// takes reports whether l is free and its words are found in rest, which it
// then takes from it.
func (c *comparison) takes(rest *[]wordCount, l *leaf) bool {
	if l.pair != nil || l.head != nil || !partable(l) || l.weight == 0 {
		return false
	}
	share := partShare
	if l.size < 3 {
		share = 1
	}
	if float64(c.common(*rest, l.bag)) < share*float64(l.weight) {
		return false
	}
	*rest = without(*rest, l.bag)
	return true
}

// partable reports whether a block can be split or joined.
func partable(l *leaf) bool {
	switch l.Kind {
	case legal.Row, legal.Rule, legal.HTML:
		return false
	}
	return true
}

// tie puts neighbours together where words went from the one to the other: the
// last sentence of a paragraph is now the first of the next.
func (c *comparison) tie(old, new []*leaf) {
	at := places(new)
	for i := 0; i+1 < len(old); i++ {
		a, b := old[i], old[i+1]
		if a.head != nil {
			a = a.head
		}
		if !tieable(a) || !tieable(b) || at[b.pair] != at[a.pair]+len(a.pair.more)+1 {
			continue
		}
		if c.drifted(a, b, a.pair, b.pair) || c.drifted(a.pair, b.pair, a, b) {
			x, y := a.pair, b.pair
			b.pair, y.pair = nil, nil
			a.takeOver(b)
			x.takeOver(y)
		}
	}
}

// takeOver makes other, with what was put together with it, part of l.
func (l *leaf) takeOver(other *leaf) {
	l.more = append(append(l.more, other), other.more...)
	other.more = nil
	for _, m := range l.more {
		m.head = l
	}
}

func tieable(l *leaf) bool {
	isGuest := func(m *leaf) bool { return m.guest }
	return l.head == nil && l.pair != nil && l.moved == 0 && partable(l) && partable(l.pair) &&
		!slices.ContainsFunc(l.more, isGuest) && !slices.ContainsFunc(l.pair.more, isGuest)
}

// driftWeight is the least weight of words that go from one block to the next.
const driftWeight = 12 * weightUnit

// drifted reports whether words that left a, which became x, are now in y,
// which was b.
func (c *comparison) drifted(a, b, x, y *leaf) bool {
	left, came := without(c.wordsOf(a), c.wordsOf(x)), without(c.wordsOf(y), c.wordsOf(b))
	all := 0
	for _, w := range left {
		all += w.n * c.rarity(w.id)
	}
	return all >= driftWeight && float64(c.common(left, came)) >= partShare*float64(all)
}

// wordsOf returns the words of l and of what was put together with it.
func (c *comparison) wordsOf(l *leaf) []wordCount {
	if len(l.more) == 0 {
		return l.bag
	}
	for _, m := range append([]*leaf{l}, l.more...) {
		for _, w := range m.bag {
			c.tally.add(w.id, w.n)
		}
	}
	return c.tally.bag()
}

// without returns the words of a that are not in b.
func without(a, b []wordCount) []wordCount {
	var out []wordCount
	j := 0
	for _, w := range a {
		for j < len(b) && b[j].id < w.id {
			j++
		}
		if j < len(b) && b[j].id == w.id {
			w.n -= b[j].n
		}
		if w.n > 0 {
			out = append(out, w)
		}
	}
	return out
}

// parts returns l and what was put together with it, without guests.
func (l *leaf) parts() []*leaf {
	return append([]*leaf{l}, slices.DeleteFunc(slices.Clone(l.more), func(m *leaf) bool { return m.guest })...)
}

// partBlocks returns the marked blocks of a text that was split, of texts that
// were joined, or of neighbours between which words went. What stands between
// two parts is marked by alone.
func partBlocks(old, new *leaf, containers *containerMap, alone func(old, new *leaf) Block) []Block {
	olds, news := old.parts(), new.parts()
	guests := guestsOf(old, new, alone)
	parts := containers.compareWords(cutAll(olds), cutAll(news))
	var out []Block
	if isTied(old, new) && !crosses(parts) {
		for i := range olds {
			out = append(out, pairBlock(Equal, olds[i], news[i], containers))
		}
		return out
	}
	for _, part := range parts {
		if len(part.spans) == 0 {
			continue
		}
		b := Block{Old: olds[part.old].Block, New: news[part.new].Block, Cells: []Cell{{Spans: part.spans}}}
		b.Path = b.New.Path
		for _, l := range []*leaf{olds[part.old], news[part.new]} {
			out = append(out, guests[l]...)
			delete(guests, l)
		}
		if isKept := func(s Span) bool { return s.Op == Equal }; len(out) == 0 || slices.ContainsFunc(part.spans, isKept) {
			b.Notes = containers.partNotes(out, &b)
		}
		out = append(out, b)
	}
	return out
}

// isTied reports whether old and what stands with it are as many blocks as new and
// what stands with that, and no others between them.
func isTied(old, new *leaf) bool {
	isGuest := func(m *leaf) bool { return m.guest }
	return len(old.more) == len(new.more) && !slices.ContainsFunc(old.more, isGuest) && !slices.ContainsFunc(new.more, isGuest)
}

// crosses reports whether words were kept from one block to another than the one that
// took its place.
func crosses(parts []markedPart) bool {
	return slices.ContainsFunc(parts, func(p markedPart) bool {
		return p.old != p.new && slices.ContainsFunc(p.spans, func(s Span) bool { return s.Op == Equal && !s.IsBlank() })
	})
}

// partNotes returns the notes of b, which follows out.
func (m *containerMap) partNotes(out []Block, b *Block) []Note {
	for _, last := range slices.Backward(out) {
		switch {
		case last.Op != Equal: // a guest
		case last.Old == b.Old:
			return []Note{{Kind: Split}}
		case last.New == b.New:
			return []Note{{Kind: Joined}}
		default:
			return m.notes(Equal, b.Old, b.New)
		}
	}
	return m.notes(Equal, b.Old, b.New)
}

// guestsOf returns the marked blocks that stand before each part.
func guestsOf(old, new *leaf, alone func(old, new *leaf) Block) map[*leaf][]Block {
	guests := map[*leaf][]Block{}
	var waiting []Block
	for _, l := range old.more {
		if l.guest {
			waiting = append(waiting, alone(l, nil))
			continue
		}
		guests[l], waiting = waiting, nil
	}
	for _, l := range new.more {
		if l.guest {
			waiting = append(waiting, alone(nil, l))
			continue
		}
		guests[l], waiting = waiting, nil
	}
	return guests
}

// cutAll returns the tokens of several blocks, with a border between them.
func cutAll(leaves []*leaf) *passage {
	var runs []legal.Inline
	borders := map[int]bool{}
	for i, l := range leaves {
		if i > 0 {
			borders[len(runs)] = true
			runs = append(runs, legal.Inline{Text: " "})
		}
		runs = append(runs, l.Cells[0]...)
	}
	p := cut(runs)
	p.borders = borders
	return p
}
