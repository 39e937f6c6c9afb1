package redline

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A leaf is a block as it is compared.
type leaf struct {
	*legal.Block
	*facts
	weight int     // the sum over its bag
	pair   *leaf   // what it became, or was
	moved  int     // the id of its move; 0: it stayed
	more   []*leaf // that were split from it, or joined to it
	head   *leaf   // the one that it was split from or joined to
	guest  bool    // it only stands between two of more
}

// A comparison holds what is known of two texts together.
type comparison struct {
	*Comparer
	opened map[[2]*legal.Text]bool // sections that are compared although they are settled; nil: all
	scope
	moves   int // ids given
	spent   int // steps that were taken
	refused int // times that there were not enough left
	coarse  int // passages that were replaced since there were no steps left for them
}

// mostSteps is how many steps the comparison of words may take for two texts;
// where they are spent, what is left is marked by simpler rules. Steps, unlike
// seconds, are the same on every machine.
const mostSteps = 150_000_000

// spend takes steps from the budget, and reports whether there were enough.
func (c *comparison) spend(steps int) bool {
	if c.spent+steps > mostSteps {
		c.refused++
		return false
	}
	c.spent += steps
	return true
}

// A scope is some parts in which words are more or less rare.
type scope struct {
	of       []*part
	blocks   int   // of these
	places   []int // of a word: in how many of the blocks it stands
	rarities []int // of a word: see rarity; 0: not known yet
}

// measure makes parts the scope in which words are weighed.
func (c *comparison) measure(parts ...*part) {
	for _, p := range c.of {
		for _, w := range p.facts.places {
			c.places[w.id], c.rarities[w.id] = 0, 0
		}
	}
	if n := len(c.number); n > len(c.places) {
		c.places, c.rarities = make([]int, n), make([]int, n)
	}
	c.of, c.blocks = parts, 0
	for _, p := range parts {
		for _, w := range p.facts.places {
			c.places[w.id] += w.n
		}
		c.blocks += len(p.facts.facts)
	}
}

// weigh returns the weight of words.
func (c *comparison) weigh(bag []wordCount) int {
	weight := 0
	for _, w := range bag {
		weight += w.n * c.rarity(w.id)
	}
	return weight
}

// weightUnit is the scale of weights, which are whole numbers so that their sums do
// not depend on the order of the words.
const weightUnit = 1 << 12

// rarity returns what a word says about where it stands: a rare one says more
// than one that stands everywhere, and a number less, since a block that was
// renumbered is the same.
func (c *comparison) rarity(id int) int {
	if c.rarities[id] == 0 {
		r := math.Log2(2 + float64(c.blocks)/float64(c.places[id]))
		if c.number[id] {
			r *= 0.3
		}
		c.rarities[id] = int(r * weightUnit)
	}
	return c.rarities[id]
}

// common returns the weight of the words that two bags share.
func (c *comparison) common(a, b []wordCount) int {
	sum := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].id < b[j].id:
			i++
		case a[i].id > b[j].id:
			j++
		default:
			sum += min(a[i].n, b[j].n) * c.rarity(a[i].id)
			i, j = i+1, j+1
		}
	}
	return sum
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
	v := 2 * float64(c.common(a.bag, b.bag)) / float64(a.weight+b.weight)
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
	alikeInPlace = 0.3 // between the same neighbours
	alikeShort   = 0.2 // the same, of headings and others of a few words
	alikeMoved   = 0.6 // anywhere
)

// fewWords is the number of words up to which a block is short.
const fewWords = 6

// mostPairs is the largest number of pairs of blocks that are weighed
// against each other all; beyond it, only those with a rare word in common.
const mostPairs = 60_000

// align pairs the leaves of two sections, in order in both. What is told apart
// by its words is paired first: blocks that stand once in each text, and those
// that are most alike of all; of these, the ones whose order is kept with the
// most words. Which of the texts is the new one makes no difference.
func (c *comparison) align(old, new []*leaf) {
	old, new = joinEnds(old, new)
	if len(old) == 0 || len(new) == 0 {
		return
	}
	if slices.CompareFunc(old, new, func(a, b *leaf) int { return strings.Compare(a.key, b.key) }) > 0 {
		old, new = new, old
	}
	pairs := uniquePairs(len(old), len(new), func(i int) string { return old[i].key }, func(j int) string { return new[j].key })
	pairs = slices.DeleteFunc(pairs, func(p [2]int) bool { return old[p[0]].size == 0 && len(old)+len(new) > 6 })
	pairs = append(pairs, c.mostAlike(old, new, pairs)...)
	pairs = append(pairs, likewise(old, new)...)
	slices.SortFunc(pairs, func(a, b [2]int) int { return a[1] - b[1] })
	i, j := 0, 0
	for _, p := range heaviest(pairs, func(p [2]int) int { return moveCost + min(old[p[0]].size, new[p[1]].size) }) {
		c.alignBetween(old[i:p[0]], new[j:p[1]])
		join(old[p[0]], new[p[1]])
		i, j = p[0]+1, p[1]+1
	}
	c.alignBetween(old[i:], new[j:])
}

// moveCost is what it costs a reader to follow a block that moved, beside its
// words: that one paragraph moved is read before that six headings did.
const moveCost = 4

// alikeAnywhere is the likeness from which two blocks that are most alike of
// all can be paired before their neighbours are.
const alikeAnywhere = 0.6

// mostAlike returns the pairs of leaves, beside those that are paired, of which
// each is the one that is most like the other. Of equal leaves none is: their
// neighbours tell which of them is meant.
func (c *comparison) mostAlike(old, new []*leaf, paired [][2]int) [][2]int {
	olds, news := map[int]bool{}, map[int]bool{}
	for _, p := range paired {
		olds[p[0]], news[p[1]] = true, true
	}
	oldIndex, newIndex := c.indexBut(old, olds), c.indexBut(new, news)
	timesOld, timesNew := times(old), times(new)
	var pairs [][2]int
	for j, b := range new {
		if news[j] || b.size < moveWords || timesNew[b.key] > 1 {
			continue
		}
		i, v := c.best(b, old, oldIndex)
		if v < alikeAnywhere || timesOld[old[i].key] > 1 {
			continue
		}
		if back, _ := c.best(old[i], new, newIndex); back == j {
			pairs = append(pairs, [2]int{i, j})
		}
	}
	return pairs
}

// likewise returns the pairs of equal leaves that stand in both texts as often, more
// than once: the first with the first. Where a paragraph moved past ten that are
// alike, they say that it was the paragraph.
func likewise(old, new []*leaf) [][2]int {
	places := map[string][]int{}
	for i, l := range old {
		places[l.key] = append(places[l.key], i)
	}
	n, nth := times(new), map[string]int{}
	var pairs [][2]int
	for j, l := range new {
		if at := places[l.key]; len(at) == n[l.key] && len(at) > 1 {
			pairs = append(pairs, [2]int{at[nth[l.key]], j})
			nth[l.key]++
		}
	}
	return pairs
}

// times returns how often each key stands among leaves.
func times(leaves []*leaf) map[string]int {
	n := map[string]int{}
	for _, l := range leaves {
		n[l.key]++
	}
	return n
}

// joinEnds pairs the equal leaves at both ends, and returns what is between.
func joinEnds(old, new []*leaf) ([]*leaf, []*leaf) {
	for len(old) > 0 && len(new) > 0 && old[0].facts == new[0].facts {
		join(old[0], new[0])
		old, new = old[1:], new[1:]
	}
	for len(old) > 0 && len(new) > 0 && old[len(old)-1].facts == new[len(new)-1].facts {
		join(old[len(old)-1], new[len(new)-1])
		old, new = old[:len(old)-1], new[:len(new)-1]
	}
	return old, new
}

// alignBetween pairs the leaves between two pairs.
func (c *comparison) alignBetween(old, new []*leaf) {
	old, new = joinEnds(old, new)
	if len(old) == 0 || len(new) == 0 {
		return
	}
	pairs := uniquePairs(len(old), len(new), func(i int) string { return old[i].key }, func(j int) string { return new[j].key })
	pairs = heaviest(pairs, func(p [2]int) int { return 1 + old[p[0]].size })
	pairs = slices.DeleteFunc(pairs, func(p [2]int) bool { return old[p[0]].size < 2 && len(old)+len(new) > 6 })
	if len(pairs) == 0 {
		c.alignAlike(old, new)
		return
	}
	i, j := 0, 0
	for _, p := range pairs {
		c.alignBetween(old[i:p[0]], new[j:p[1]])
		join(old[p[0]], new[p[1]])
		i, j = p[0]+1, p[1]+1
	}
	c.alignBetween(old[i:], new[j:])
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
	if c.alignPlaces(old, new) {
		return
	}
	changes := c.compareTokens(keyTokens(old), keyTokens(new))
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

// alignPlaces pairs the leaves of two texts by their places, if most of them are
// equal so. It reports whether it did.
func (c *comparison) alignPlaces(old, new []*leaf) bool {
	if len(old) != len(new) {
		return false
	}
	equal := 0
	for i := range old {
		if old[i].key == new[i].key {
			equal++
		}
	}
	if equal*5 < len(old)*4 {
		return false
	}
	for i := range old {
		if c.inPlace(old[i], new[i]) > 0 {
			join(old[i], new[i])
		}
	}
	return true
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
// between the same neighbours, with a bonus for longer ones, and one for those
// that begin with the same word.
func (c *comparison) inPlace(a, b *leaf) float64 {
	v := c.likeness(a, b)
	least := alikeInPlace
	if max(a.size, b.size) <= fewWords && a.Kind == b.Kind {
		least = alikeShort
	}
	if v < least && sameNumber(a, b) {
		v = least
	}
	if v < least {
		return 0
	}
	if a.term == b.term {
		v *= 1.1
	}
	return v * (1 + math.Log2(1+float64(min(a.size, b.size)))/4)
}

// sameNumber reports whether two headings of a level, or two paragraphs, bear
// the same number.
func sameNumber(a, b *leaf) bool {
	return a.number != "" && a.number == b.number && a.Kind == b.Kind && a.Level == b.Level
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
func (c *comparison) index(leaves []*leaf) map[int][]int { return c.indexBut(leaves, nil) }

// indexBut is index without the leaves at some places.
func (c *comparison) indexBut(leaves []*leaf, but map[int]bool) map[int][]int {
	index := map[int][]int{}
	for i, l := range leaves {
		if but[i] {
			continue
		}
		for _, w := range l.bag {
			index[w.id] = append(index[w.id], i)
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
func (c *comparison) best(b *leaf, leaves []*leaf, index map[int][]int) (at int, likeness float64) {
	var words []wordCount
	for _, w := range b.bag {
		if n := len(index[w.id]); 0 < n && n <= rarePlaces {
			words = append(words, w)
		}
	}
	slices.SortFunc(words, func(v, w wordCount) int { // of words as rare: as the alphabet has them
		return cmp.Or(len(index[v.id])-len(index[w.id]), strings.Compare(c.words[v.id], c.words[w.id]))
	})
	at = -1
	seen := map[int]bool{}
	for _, w := range words[:min(len(words), rareWords)] {
		for _, i := range index[w.id] {
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
