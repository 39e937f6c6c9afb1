package redline

import (
	"crypto/sha256"
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
	words  []string       // by id
	number []bool         // of a word: it begins with a digit
	byKey  map[string]*facts
	pairs  map[[2]*facts]outcome // of blocks that were compared

	known    map[*legal.Text]*textFacts
	byDigest map[[sha256.Size]byte]*textFacts
	kept     map[*legal.Text][]Block // what a redline holds of a text that did not change

	settled map[[2]*legal.Text]*settled // sections that were compared
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

// textFacts are what is known of a text by itself. Texts of the same digest
// share them.
type textFacts struct {
	facts  []*facts    // of its blocks
	places []wordCount // of each word: in how many blocks it stands
	bag    []wordCount // of each word: how often it stands
}

// A wordCount says how often a word stands in a block.
type wordCount struct{ id, n int }

// NewComparer returns a Comparer that knows nothing.
func NewComparer() *Comparer {
	return &Comparer{
		ids:      map[string]int{},
		byKey:    map[string]*facts{},
		pairs:    map[[2]*facts]outcome{},
		known:    map[*legal.Text]*textFacts{},
		byDigest: map[[sha256.Size]byte]*textFacts{},
		kept:     map[*legal.Text][]Block{},

		settled: map[[2]*legal.Text]*settled{},
	}
}

// textOf returns what is known of t, which may be nil.
func (c *Comparer) textOf(t *legal.Text) *textFacts {
	if f, ok := c.known[t]; ok {
		return f
	}
	f, ok := c.byDigest[t.Digest()]
	if !ok {
		f = c.learnText(t)
		c.byDigest[t.Digest()] = f
	}
	c.known[t] = f
	return f
}

func (c *Comparer) learnText(t *legal.Text) *textFacts {
	f := &textFacts{}
	if t == nil {
		return f
	}
	places, bag := map[int]int{}, map[int]int{}
	for i := range t.Blocks {
		b := c.factsOf(&t.Blocks[i])
		f.facts = append(f.facts, b)
		for _, w := range b.bag {
			places[w.id]++
			bag[w.id] += w.n
		}
	}
	f.places, f.bag = bagOf(places), bagOf(bag)
	return f
}

// factsOf returns what is known of b.
func (c *Comparer) factsOf(b *legal.Block) *facts {
	key := blockKey(b)
	f, ok := c.byKey[key]
	if !ok {
		f = c.learn(b, key)
		c.byKey[key] = f
	}
	return f
}

// keptBlocks returns the blocks of a redline for a text that did not change. They
// are the same each time, and not to be changed.
func (c *Comparer) keptBlocks(old, new *legal.Text) []Block {
	if old != new {
		return keptBlocks(old, new)
	}
	blocks, ok := c.kept[new]
	if !ok {
		blocks = keptBlocks(new, new)
		c.kept[new] = blocks
	}
	return blocks
}

func keptBlocks(old, new *legal.Text) []Block {
	if new == nil {
		return nil
	}
	out := make([]Block, len(new.Blocks))
	for i := range new.Blocks {
		b := &new.Blocks[i]
		out[i] = Block{Old: &old.Blocks[i], New: b, Path: b.Path, Cells: equalCells(b)}
	}
	return out
}

func (c *Comparer) learn(b *legal.Block, key string) *facts {
	f := &facts{key: key, number: typedNumber(b)}
	counts := map[int]int{}
	for _, cell := range b.Cells {
		tokens := cut(cell).tokens
		for i, tok := range tokens {
			if tok.class >= stopWord {
				f.size++
			}
			if f.term == "" && tok.class >= character {
				f.term = tok.key
			}
			if w := saying(tokens, i); w != "" {
				counts[c.id(strings.ToLower(w))]++
			}
		}
	}
	f.bag = bagOf(counts)
	return f
}

// saying returns the word by which token i is told from others, or "" if it says
// nothing: a character that stands for itself says little alone, and is known
// with the one after it.
func saying(tokens []token, i int) string {
	switch tokens[i].class {
	case word:
		return tokens[i].key
	case character:
		if i+1 < len(tokens) && tokens[i+1].class == character {
			return tokens[i].key + tokens[i+1].key
		}
		if i == 0 || tokens[i-1].class != character {
			return tokens[i].key
		}
	}
	return ""
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
		id = len(c.words)
		c.words = append(c.words, word)
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
