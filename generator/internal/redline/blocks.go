package redline

import (
	"math"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A leaf is a block as it is compared.
type leaf struct {
	*legal.Block
	key    string         // its canonical form alone: equal for equal blocks
	words  map[string]int // its words, without those that say nothing
	order  []string       // the keys of words, in the order of the text
	weight float64        // the sum over words
	size   int            // the number of its words, all counted
	pair   *leaf          // what it became, or was
	moved  int            // the id of its move; 0: it stayed
}

// A comparison holds what is known of both texts together.
type comparison struct {
	frequency map[string]int // in how many blocks of both texts a word stands
	blocks    int
	moves     int // ids given
}

// leaves returns the blocks of a text as they are compared.
func (c *comparison) leaves(t *legal.Text) []*leaf {
	if t == nil {
		return nil
	}
	out := make([]*leaf, len(t.Blocks))
	for i := range t.Blocks {
		l := &leaf{Block: &t.Blocks[i], words: map[string]int{}}
		l.key = blockKey(l.Block)
		for _, cell := range l.Cells {
			for _, tok := range cut(cell).tokens {
				if tok.class >= stopWord {
					l.size++
				}
				if tok.class == word {
					key := strings.ToLower(tok.key)
					if l.words[key] == 0 {
						c.frequency[key]++
						l.order = append(l.order, key)
					}
					l.words[key]++
				}
			}
		}
		c.blocks++
		out[i] = l
	}
	return out
}

// blockKey returns the canonical form of b, with the kinds of what it stands
// in but not with which ones.
func blockKey(b *legal.Block) string {
	return legal.Canonical([]legal.Block{*b})
}

// weigh gives the leaves their weights, once all words are counted: a rare
// word says more than one that stands everywhere.
func (c *comparison) weigh(leaves []*leaf) {
	for _, l := range leaves {
		for _, w := range l.order {
			l.weight += float64(l.words[w]) * c.rarity(w)
		}
	}
}

func (c *comparison) rarity(w string) float64 {
	return math.Log2(2 + float64(c.blocks)/float64(c.frequency[w]))
}

// likeness returns from 0 to 1 how much of two blocks is common to both.
func (c *comparison) likeness(a, b *leaf) float64 {
	if a.key == b.key {
		return 1
	}
	if (a.Kind == legal.Row) != (b.Kind == legal.Row) || (a.Kind == legal.Rule) != (b.Kind == legal.Rule) {
		return 0
	}
	if a.weight+b.weight == 0 {
		if a.Words() == b.Words() {
			return 0.9
		}
		return 0
	}
	common := 0.0
	for _, w := range a.order {
		if n := min(a.words[w], b.words[w]); n > 0 {
			common += float64(n) * c.rarity(w)
		}
	}
	v := 2 * common / (a.weight + b.weight)
	if a.Kind != b.Kind {
		v *= 0.8
	}
	if a.Kind == legal.Row && len(a.Cells) > 1 && a.keyCell() == b.keyCell() {
		v = max(v, 0.6)
	}
	return v
}

// keyCell returns the words by which a row is known: those of its first cell.
func (l *leaf) keyCell() string {
	var w strings.Builder
	for _, run := range l.Cells[0] {
		w.WriteString(run.Text)
	}
	return w.String()
}

// Likenesses from which two blocks are one that changed.
const (
	alikeInPlace = 0.4  // between the same neighbours
	alikeMoved   = 0.75 // anywhere
)

// mostPairs is the largest number of pairs of blocks that are weighed
// against each other all; beyond it, only those with a rare word in common.
const mostPairs = 60_000

// align pairs the leaves of two texts, in order in both.
func (c *comparison) align(old, new []*leaf) {
	for len(old) > 0 && len(new) > 0 && old[0].key == new[0].key {
		join(old[0], new[0])
		old, new = old[1:], new[1:]
	}
	for len(old) > 0 && len(new) > 0 && old[len(old)-1].key == new[len(new)-1].key {
		join(old[len(old)-1], new[len(new)-1])
		old, new = old[:len(old)-1], new[:len(new)-1]
	}
	if len(old) == 0 || len(new) == 0 {
		return
	}
	pairs := uniquePairs(len(old), len(new), func(i int) string { return old[i].key }, func(j int) string { return new[j].key })
	pairs = slices.DeleteFunc(pairs, func(p [2]int) bool { return old[p[0]].size < 2 && len(old)+len(new) > 6 })
	if len(pairs) == 0 {
		c.alignAlike(old, new)
		return
	}
	i, j := 0, 0
	for _, p := range pairs {
		c.align(old[i:p[0]], new[j:p[1]])
		join(old[p[0]], new[p[1]])
		i, j = p[0]+1, p[1]+1
	}
	c.align(old[i:], new[j:])
}

func join(old, new *leaf) { old.pair, new.pair = new, old }

// alignAlike pairs leaves that are alike. Where there are many, equal ones are
// paired first, and then those between them.
func (c *comparison) alignAlike(old, new []*leaf) {
	if len(old)*len(new) <= mostPairs {
		for _, p := range pairUp(len(old), len(new), func(i, j int) float64 { return c.inPlace(old[i], new[j]) }) {
			join(old[p[0]], new[p[1]])
		}
		return
	}
	changes := compareTokens(keyTokens(old), keyTokens(new))
	if len(changes) == 1 && changes[0] == (change{[2]int{0, len(old)}, [2]int{0, len(new)}}) {
		c.alignRare(old, new)
		return
	}
	i, j := 0, 0
	for _, ch := range changes {
		for ; i < ch.old[0]; i, j = i+1, j+1 {
			join(old[i], new[j])
		}
		c.alignAlike(old[i:ch.old[1]], new[j:ch.new[1]])
		i, j = ch.old[1], ch.new[1]
	}
	for ; i < len(old); i, j = i+1, j+1 {
		join(old[i], new[j])
	}
}

// keyTokens returns the leaves as tokens, so that they can be compared as words are.
func keyTokens(leaves []*leaf) []token {
	tokens := make([]token, len(leaves))
	for i, l := range leaves {
		tokens[i].key = l.key
	}
	return tokens
}

// inPlace returns the likeness of two blocks if it is enough for blocks
// between the same neighbours, with a bonus for longer ones.
func (c *comparison) inPlace(a, b *leaf) float64 {
	v := c.likeness(a, b)
	if v < alikeInPlace {
		return 0
	}
	return v * (1 + math.Log2(1+float64(min(a.size, b.size)))/4)
}

// alignRare pairs the leaves of two long texts: each new one with the most
// alike of the few old ones that share its rarest words, then what lies
// between those pairs, as far as it is short enough.
func (c *comparison) alignRare(old, new []*leaf) {
	index := c.index(old)
	var pairs [][2]int
	for j, b := range new {
		if i, v := c.best(b, old, index); v >= 0.5 {
			pairs = append(pairs, [2]int{i, j})
		}
	}
	pairs = heaviest(pairs, func(p [2]int) int { return 1 + new[p[1]].size })
	i, j := 0, 0
	gap := func(i, i1, j, j1 int) {
		if i < i1 && j < j1 && (i1-i)*(j1-j) <= mostPairs {
			c.alignAlike(old[i:i1], new[j:j1])
		}
	}
	for _, p := range pairs {
		gap(i, p[0], j, p[1])
		join(old[p[0]], new[p[1]])
		i, j = p[0]+1, p[1]+1
	}
	gap(i, len(old), j, len(new))
}

// index returns the places of the leaves in which each word stands.
func (c *comparison) index(leaves []*leaf) map[string][]int {
	index := map[string][]int{}
	for i, l := range leaves {
		for _, w := range l.order {
			index[w] = append(index[w], i)
		}
	}
	return index
}

// Limits of the search for a block by its rare words.
const (
	rareWords  = 6 // words that are looked up
	rarePlaces = 8 // blocks in which such a word may stand
)

// best returns the leaf that is most like b of those that share a rare word.
func (c *comparison) best(b *leaf, leaves []*leaf, index map[string][]int) (at int, likeness float64) {
	words := slices.Clone(b.order)
	slices.SortStableFunc(words, func(v, w string) int { return len(index[v]) - len(index[w]) })
	at = -1
	seen := map[int]bool{}
	looked := 0
	for _, w := range words {
		places := index[w]
		if len(places) == 0 {
			continue
		}
		if len(places) > rarePlaces || looked == rareWords {
			break
		}
		looked++
		for _, i := range places {
			if seen[i] {
				continue
			}
			seen[i] = true
			if v := c.likeness(leaves[i], b); v > likeness || v == likeness && v > 0 && i < at {
				at, likeness = i, v
			}
		}
	}
	return at, likeness
}
