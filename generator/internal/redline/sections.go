package redline

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A part is a section of one version as it is compared; the opening text is
// the first part, without a section.
type part struct {
	section *legal.Section
	text    *legal.Text
	facts   *textFacts
	leaves  []*leaf // see open
	settled *settled
	steps   int // that it took to align it with its pair
	pair    *part
	most    *part // of one without a pair: the one that most of its words are in, or nil
	moved   int
}

// parts returns the opening and the sections of v.
func (c *comparison) parts(v *legal.Version) []*part {
	out := []*part{{text: v.Opening, facts: c.textOf(v.Opening)}}
	for _, s := range v.Sections {
		out = append(out, &part{section: s, text: s.Body, facts: c.textOf(s.Body)})
	}
	return out
}

// weight returns the weight of p's text.
func (c *comparison) weight(p *part) int { return c.weigh(p.facts.bag) }

// open makes the leaves of p, which is what its blocks are compared as.
func (c *comparison) open(p *part) {
	if p.leaves != nil || p.text == nil {
		return
	}
	p.leaves = make([]*leaf, len(p.text.Blocks))
	for i, f := range p.facts.facts {
		p.leaves[i] = &leaf{Block: &p.text.Blocks[i], facts: f, weight: c.weigh(f.bag)}
	}
}

// same reports whether p stayed where it was and its text is what it was. Then it
// is not opened.
func (p *part) same() bool { return p.pair != nil && p.moved == 0 && p.facts == p.pair.facts }

// match pairs the sections of two versions: by id, by an earlier id, by
// title without its number, and last by what they say.
func (c *comparison) match(old, new []*part) {
	joinParts(old[0], new[0])
	matchBy(old, new, func(a *legal.Section) string { return a.ID }, func(b *legal.Section) []string { return []string{b.ID} })
	matchBy(old, new, func(a *legal.Section) string { return a.ID }, func(b *legal.Section) []string { return b.Was })
	matchBy(old, new, func(a *legal.Section) string { return bareTitle(a.Title) }, func(b *legal.Section) []string { return []string{bareTitle(b.Title)} })
	c.matchBodies(old, new)
}

// matchBy pairs the sections that are free by what they are known by: each new
// one with the first old one that bears one of its names.
func matchBy(old, new []*part, name func(*legal.Section) string, names func(*legal.Section) []string) {
	free := map[string][]*part{}
	for _, a := range old {
		if a.pair == nil {
			n := name(a.section)
			free[n] = append(free[n], a)
		}
	}
	for _, b := range new {
		if b.pair != nil {
			continue
		}
		for _, n := range names(b.section) {
			if list := free[n]; len(list) > 0 {
				joinParts(list[0], b)
				free[n] = list[1:]
				break
			}
		}
	}
}

func joinParts(a, b *part) { a.pair, b.pair = b, a }

// titleNumber is what typed numbers look like at the start of a title.
var titleNumber = regexp.MustCompile(`^\s*(?:(?:section|article|§+|第)\s*)?(?:[0-9]+(?:\.[0-9]+)*|[ivxlc]+|[a-z])?\s*[.):条]?\s+`)

// bareTitle returns a title without its number, in lower case.
func bareTitle(title string) string {
	title = strings.ToLower(title) + " "
	if bare := strings.TrimSpace(titleNumber.ReplaceAllString(title, "")); bare != "" {
		return bare
	}
	return strings.TrimSpace(title)
}

// matchBodies pairs sections that say much the same, the most alike first.
func (c *comparison) matchBodies(old, new []*part) {
	index := map[string][]int{}
	for i, a := range old {
		if a.pair == nil {
			c.open(a)
			for _, l := range a.leaves {
				if l.size >= moveWords {
					index[l.key] = append(index[l.key], i)
				}
			}
		}
	}
	for _, b := range new {
		if b.pair != nil {
			continue
		}
		c.open(b)
		common := map[int]int{}
		for _, l := range b.leaves {
			for _, i := range index[l.key] {
				common[i] += l.weight
			}
		}
		best, at := 0.0, -1
		for _, i := range slices.Sorted(maps.Keys(common)) {
			a := old[i]
			if v := 2 * float64(common[i]) / float64(c.weight(a)+c.weight(b)+1); a.pair == nil && v > best {
				best, at = v, i
			}
		}
		if best > 0.5 {
			joinParts(old[at], b)
		}
	}
}

// findMost finds, for sections without a pair, where most of their words came from
// or went to.
func findMost(olds, news []*part) {
	home := map[*leaf]*part{}
	for _, p := range slices.Concat(olds, news) {
		for _, l := range p.leaves {
			if l != nil {
				home[l] = p
			}
		}
	}
	for _, p := range slices.Concat(olds, news) {
		if p.pair != nil {
			continue
		}
		all, in := 0, map[*part]int{}
		for _, l := range p.leaves {
			all += l.size
			if l.pair != nil {
				in[home[l.pair]] += l.size
			}
		}
		for q, size := range in { // at most one holds more than half
			if 2*size > all && size >= mostWords {
				p.most = q
			}
		}
	}
}

// mostWords is the least number of words by which a section is said to come
// from another.
const mostWords = 10

// order marks the sections that moved among the others: all but the heaviest
// series that is in order in both versions.
func (c *comparison) order(old, new []*part) {
	place := map[*part]int{}
	for i, a := range old {
		place[a] = i
	}
	var pairs [][2]int
	for j, b := range new {
		if b.pair != nil {
			pairs = append(pairs, [2]int{place[b.pair], j})
		}
	}
	if slices.IsSortedFunc(pairs, func(p, q [2]int) int { return p[0] - q[0] }) {
		return
	}
	kept := map[[2]int]bool{}
	for _, p := range heaviest(pairs, func(p [2]int) int { return 1 + c.weight(old[p[0]]) + c.weight(new[p[1]]) }) {
		kept[p] = true
	}
	for _, p := range pairs {
		if !kept[p] {
			c.moves++
			old[p[0]].moved, new[p[1]].moved = c.moves, c.moves
		}
	}
}

// merge calls f for the elements of two sequences in an order that keeps that
// of both: what stands in both (stays) once with both, what left the old one
// before what came. Stays returns the place in the old sequence of what is at
// a place of the new one and did not move, or -1.
func merge(n, m int, stays func(j int) int, f func(i, j int)) {
	i := 0
	for j := 0; j < m; {
		next := j
		for next < m && stays(next) < 0 {
			next++
		}
		end := n
		if next < m {
			end = stays(next)
		}
		for ; i < end; i++ {
			f(i, -1)
		}
		for ; j < next; j++ {
			f(-1, j)
		}
		if j < m {
			f(i, j)
			i, j = i+1, j+1
		}
	}
	for ; i < n; i++ {
		f(i, -1)
	}
}
