package redline

import (
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A settled is what the comparison of the texts of two sections gave, of which no
// block moved into another section: it follows from the two texts alone, and is
// the same whatever else the versions say.
type settled struct {
	blocks        []Block
	steps, coarse int   // what it took
	gone, came    []int // the places of blocks of the old text, and of the new one, that have no pair
}

// alignParts pairs the blocks within the sections that are in both versions.
func (c *comparison) alignParts(news []*part) {
	for _, b := range news {
		switch {
		case b.pair == nil || b.same():
		case c.isSettled(b):
			s := c.settled[b.texts()]
			b.settled = s
			b.pair.leaves, b.leaves = b.pair.some(s.gone), b.some(s.came)
		default:
			c.alignPart(b)
		}
	}
}

// texts returns the texts of p and its pair.
func (p *part) texts() [2]*legal.Text { return [2]*legal.Text{p.pair.text, p.text} }

func (c *comparison) isSettled(b *part) bool {
	return c.opened != nil && !c.opened[b.texts()] && b.moved == 0 && c.settled[b.texts()] != nil
}

// some returns the leaves of p at some places alone, with nil at the others.
func (p *part) some(places []int) []*leaf {
	leaves := make([]*leaf, len(p.facts.facts))
	for _, i := range places {
		leaves[i] = &leaf{Block: &p.text.Blocks[i], facts: p.facts.facts[i]}
	}
	return leaves
}

// alignPart pairs the blocks of b and its pair. Words are weighed in these two
// alone, so that nothing else has a say in it.
func (c *comparison) alignPart(b *part) {
	b.leaves, b.pair.leaves = nil, nil
	c.measure(b.pair, b)
	c.open(b.pair)
	c.open(b)
	before := c.spent
	c.align(b.pair.leaves, b.leaves)
	if b.moved == 0 { // so that all parts stand in one section
		c.findSplits(b.pair.leaves, b.leaves)
	}
	b.steps = c.spent - before
}

// openRest opens the sections without a pair, and weighs the blocks without one in
// all that there is.
func (c *comparison) openRest(olds, news []*part) {
	for _, p := range slices.Concat(olds, news) {
		if p.pair == nil {
			c.open(p)
		}
		for _, l := range p.leaves {
			if l.free() {
				l.weight = c.weigh(l.bag)
			}
		}
	}
}

// staySettled reports whether no block of a settled section moved. Those of which one
// did are opened.
func (c *comparison) staySettled(news []*part) bool {
	all := true
	for _, b := range news {
		if b.settled != nil && (slices.ContainsFunc(b.leaves, hasMoved) || slices.ContainsFunc(b.pair.leaves, hasMoved)) {
			c.opened[b.texts()] = true
			all = false
		}
	}
	return all
}

func hasMoved(l *leaf) bool { return l != nil && l.moved != 0 }

// leavesOf returns the leaves of parts, with a nil in place of what is not open.
func leavesOf(parts []*part) []*leaf {
	var leaves []*leaf
	for _, p := range parts {
		if p.same() {
			leaves = append(leaves, nil)
			continue
		}
		leaves = append(leaves, p.leaves...)
	}
	return leaves
}

// pairedBlocks returns the marked blocks of a section that is in both versions.
func (m *containerMap) pairedBlocks(a, b *part) []Block {
	if s := b.settled; s != nil {
		m.spend(s.steps)
		m.coarse += s.coarse
		return s.blocks
	}
	spent, coarse, refused := m.spent, m.coarse, m.refused
	out := blocks(a.leaves, b.leaves, 0, m)
	if m.refused == refused && !slices.ContainsFunc(a.leaves, hasMoved) && !slices.ContainsFunc(b.leaves, hasMoved) {
		m.settled[b.texts()] = &settled{
			blocks: out,
			steps:  b.steps + m.spent - spent,
			coarse: m.coarse - coarse,
			gone:   placesOfFree(a.leaves),
			came:   placesOfFree(b.leaves),
		}
	}
	return out
}

func placesOfFree(leaves []*leaf) []int {
	var places []int
	for i, l := range leaves {
		if l.free() {
			places = append(places, i)
		}
	}
	return places
}
