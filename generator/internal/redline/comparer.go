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
	tally  tally

	known    map[*legal.Text]*textFacts
	byDigest map[[sha256.Size]byte]*textFacts
	kept     map[*legal.Text][]Block // what a redline holds of a text that did not change

	settled map[[2]*legal.Text]*settled // sections that were compared
}

// How much is remembered of pairs of sections and of blocks. A long history would
// else hold the marks of all its redlines; what is forgotten is compared again.
const (
	mostSettled  = 500
	mostOutcomes = 10_000
)

// forget drops what was compared, where it has become much.
func (c *Comparer) forget() {
	if len(c.settled) > mostSettled {
		clear(c.settled)
	}
	if len(c.pairs) > mostOutcomes {
		clear(c.pairs)
	}
	if len(c.kept) > mostSettled {
		clear(c.kept)
	}
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
	for i := range t.Blocks {
		f.facts = append(f.facts, c.factsOf(&t.Blocks[i]))
	}
	for _, b := range f.facts {
		for _, w := range b.bag {
			c.tally.add(w.id, 1)
		}
	}
	f.places = c.tally.bag()
	for _, b := range f.facts {
		for _, w := range b.bag {
			c.tally.add(w.id, w.n)
		}
	}
	f.bag = c.tally.bag()
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
	for _, cell := range b.Cells {
		p := cut(cell)
		tokens := p.tokens
		for i, tok := range tokens {
			if b.Kind != legal.HTML && p.runs[p.units[tok.start].run].Kind == legal.RawHTML {
				continue // tags say nothing of what is between them
			}
			if tok.class >= stopWord {
				f.size++
			}
			if f.term == "" && tok.class >= character {
				f.term = tok.key
			}
			if w := saying(tokens, i); w != "" {
				c.tally.add(c.id(strings.ToLower(w)), 1)
			}
		}
	}
	f.bag = c.tally.bag()
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

// numberBytes is more than any typed number takes.
const numberBytes = 64

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
	words := b.Words()
	return strings.TrimSpace(number.FindString(strings.ToLower(words[:min(len(words), numberBytes)])))
}

// A tally counts words. It is used again and again, and costs what it is given.
type tally struct {
	counts []int // by id
	seen   []int // the ids that were counted
}

func (t *tally) add(id, n int) {
	for id >= len(t.counts) {
		t.counts = append(t.counts, make([]int, id+1)...)
	}
	if t.counts[id] == 0 {
		t.seen = append(t.seen, id)
	}
	t.counts[id] += n
}

// bag returns the words that were counted, by id, and begins anew.
func (t *tally) bag() []wordCount {
	slices.Sort(t.seen)
	bag := make([]wordCount, len(t.seen))
	for i, id := range t.seen {
		bag[i] = wordCount{id, t.counts[id]}
		t.counts[id] = 0
	}
	t.seen = t.seen[:0]
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
