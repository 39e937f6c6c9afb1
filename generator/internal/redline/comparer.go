package redline

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A Comparer compares versions of one document. It remembers what it learnt of
// their blocks, so that a block which stands in many versions is taken apart
// once. What it returns is what Compare does. It is not safe for concurrent
// use, and grows with the distinct blocks that it saw: it is made for a
// document and let go with it.
type Comparer struct {
	ids    map[string]int // of words
	number []bool         // of a word: it begins with a digit
	known  map[*legal.Block]*facts
	byKey  map[string]*facts
	pairs  map[[2]*facts]outcome // of blocks that were compared
}

// An outcome is what the comparison of two blocks gave, and what it took.
type outcome struct {
	cells         []Cell
	steps, coarse int
}

// facts are what is known of a block by itself.
type facts struct {
	key    string      // its canonical form alone: equal for equal blocks
	bag    []wordCount // its words, without those that say nothing, by id
	size   int         // the number of its words, all counted
	term   string      // its first word, by which an item or a definition is known
	number string      // that it bears, typed: see typedNumber
}

// A wordCount says how often a word stands in a block.
type wordCount struct{ id, n int }

// NewComparer returns a Comparer that knows nothing.
func NewComparer() *Comparer {
	return &Comparer{ids: map[string]int{}, known: map[*legal.Block]*facts{}, byKey: map[string]*facts{}, pairs: map[[2]*facts]outcome{}}
}

// factsOf returns what is known of b.
func (c *Comparer) factsOf(b *legal.Block) *facts {
	if f, ok := c.known[b]; ok {
		return f
	}
	key := blockKey(b)
	f, ok := c.byKey[key]
	if !ok {
		f = c.learn(b, key)
		c.byKey[key] = f
	}
	c.known[b] = f
	return f
}

func (c *Comparer) learn(b *legal.Block, key string) *facts {
	f := &facts{key: key, number: typedNumber(b)}
	counts := map[int]int{}
	for _, cell := range b.Cells {
		for _, tok := range cut(cell).tokens {
			if tok.class >= stopWord {
				f.size++
			}
			if tok.class == word && f.term == "" {
				f.term = tok.key
			}
			if tok.class == word {
				counts[c.id(strings.ToLower(tok.key))]++
			}
		}
	}
	f.bag = bagOf(counts)
	return f
}

// typedLabel is what typed numbers look like at the start of a paragraph.
var typedLabel = regexp.MustCompile(`^(?:\([0-9a-z]{1,4}\)|(?:[0-9]+(?:\.[0-9]+)*|[ivxlc]+|[a-z])[.)])\s`)

// typedNumber returns the number that a heading or a paragraph begins with, or "".
func typedNumber(b *legal.Block) string {
	number := typedLabel
	switch b.Kind {
	case legal.Heading:
		number = titleNumber
	case legal.Paragraph:
	default:
		return ""
	}
	return strings.TrimSpace(number.FindString(strings.ToLower(b.Words())))
}

// bagOf returns the words of counts, by id.
func bagOf(counts map[int]int) []wordCount {
	bag := make([]wordCount, 0, len(counts))
	for id, n := range counts {
		bag = append(bag, wordCount{id, n})
	}
	slices.SortFunc(bag, func(a, b wordCount) int { return a.id - b.id })
	return bag
}

// id returns the number by which a word is known.
func (c *Comparer) id(word string) int {
	id, ok := c.ids[word]
	if !ok {
		id = len(c.number)
		c.ids[word] = id
		r, _ := utf8.DecodeRuneInString(word)
		c.number = append(c.number, unicode.IsDigit(r))
	}
	return id
}

// blockKey returns the canonical form of b, with the kinds of what it stands
// in but not with which ones.
func blockKey(b *legal.Block) string {
	return legal.Canonical([]legal.Block{*b})
}
