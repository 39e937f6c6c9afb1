package redline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A unit is the smallest piece of a cell that a mark may end at: a character
// of plain text, or an image, a line break, a reference as a whole.
type unit struct {
	text string
	run  int // the run that it is part of
}

// A token is what is compared: a word, or one unit between words.
type token struct {
	key        string // equal for tokens that differ in typography alone
	start, end int    // of its units
	class      class
}

type class uint8

const (
	space class = iota
	sign
	stopWord
	word
)

// A passage is a cell cut into tokens.
type passage struct {
	runs   []legal.Inline
	units  []unit
	tokens []token
}

// cut returns the tokens of a cell. A word is letters, marks and digits, with
// single apostrophes, dots and hyphens inside ("don't", "1.1", "opt-out"). In
// scripts that put no space between words every character is one.
func cut(runs []legal.Inline) *passage {
	p := &passage{runs: runs}
	for i, run := range runs {
		if run.Kind != legal.Plain {
			p.units = append(p.units, unit{run.Text, i})
			continue
		}
		for at := 0; at < len(run.Text); {
			_, n := utf8.DecodeRuneInString(run.Text[at:])
			p.units = append(p.units, unit{run.Text[at : at+n], i})
			at += n
		}
	}
	for at := 0; at < len(p.units); {
		end := p.wordEnd(at)
		t := token{start: at, end: max(end, at+1), class: word}
		t.key = p.key(t)
		if end == at {
			t.class = p.signClass(at)
		} else if stopWords[t.key] {
			t.class = stopWord
		}
		p.tokens = append(p.tokens, t)
		at = t.end
	}
	return p
}

// wordEnd returns where the word ends that begins at a unit, or at itself if
// none begins there.
func (p *passage) wordEnd(at int) int {
	end := at
	for end < len(p.units) && p.kind(end) == inWord {
		end++
		for end < len(p.units) && p.kind(end) == markOnly {
			end++
		}
		if end+1 < len(p.units) && p.kind(end) == joiner && p.kind(end+1) == inWord {
			end++
		}
	}
	if end == at && at < len(p.units) && p.kind(at) == alone {
		end++
		for end < len(p.units) && p.kind(end) == markOnly {
			end++
		}
	}
	return end
}

// What a unit is to words.
const (
	other    = iota
	inWord   // a letter, mark or digit
	markOnly // a mark, which goes with what is before it
	joiner   // stands inside of words
	alone    // a word by itself, in scripts without spaces
)

func (p *passage) kind(at int) int {
	u := p.units[at]
	if p.runs[u.run].Kind != legal.Plain {
		return other
	}
	r, _ := utf8.DecodeRuneInString(u.text)
	switch {
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) && !unicode.IsMark(r):
		return alone
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsNumber(r):
		return inWord
	case unicode.IsMark(r):
		return markOnly
	case r == '\'' || r == '’' || r == '.' || r == '-' || r == '\u2011':
		return joiner
	}
	return other
}

func (p *passage) signClass(at int) class {
	u := p.units[at]
	switch p.runs[u.run].Kind {
	case legal.Image:
		return word
	case legal.Plain:
		if r, _ := utf8.DecodeRuneInString(u.text); unicode.IsSpace(r) {
			return space
		}
	case legal.Break:
		return space
	}
	return sign
}

// key returns what a token is compared by.
func (p *passage) key(t token) string {
	first := p.units[t.start]
	if run := p.runs[first.run]; run.Kind != legal.Plain {
		return "\x00" + run.Kind.String() + "\x00" + run.Text
	}
	var w strings.Builder
	for _, u := range p.units[t.start:t.end] {
		w.WriteString(u.text)
	}
	return strings.Map(plainSign, w.String())
}

// plainSign returns the sign that stands for all its typographic forms.
func plainSign(r rune) rune {
	switch r {
	case '’', '‘', '‚', '‛', '′', 'ʼ':
		return '\''
	case '“', '”', '„', '‟', '«', '»', '″':
		return '"'
	case '‐', '‑', '–', '—', '―', '−':
		return '-'
	case '\u00a0', '\u202f', '\u2007', '\u2009':
		return ' '
	}
	return r
}

// text returns the text of tokens a to b.
func (p *passage) text(a, b int) string {
	var w strings.Builder
	for _, t := range p.tokens[a:b] {
		for _, u := range p.units[t.start:t.end] {
			w.WriteString(u.text)
		}
	}
	return w.String()
}

// A change says that tokens old[0]:old[1] became new[0]:new[1]; what lies
// between changes is equal, token by token.
type change struct {
	old, new [2]int
}

// most is the largest product of two lengths that are compared word by word.
// Above it, the texts are cut at words that each has once; where there is
// none, the one replaces the other.
const most = 4_000_000

// compareTokens returns what changed from a to b, in order.
func compareTokens(a, b []token) []change {
	c := &comparer{a: a, b: b}
	c.compare(0, len(a), 0, len(b))
	return c.changes
}

type comparer struct {
	a, b    []token
	changes []change
}

func (c *comparer) compare(a0, a1, b0, b1 int) {
	for a0 < a1 && b0 < b1 && c.a[a0].key == c.b[b0].key {
		a0, b0 = a0+1, b0+1
	}
	for a0 < a1 && b0 < b1 && c.a[a1-1].key == c.b[b1-1].key {
		a1, b1 = a1-1, b1-1
	}
	switch {
	case a0 == a1 && b0 == b1:
	case a0 == a1 || b0 == b1:
		c.add(a0, a1, b0, b1)
	case (a1-a0)*(b1-b0) <= most:
		c.small(a0, a1, b0, b1)
	default:
		c.large(a0, a1, b0, b1)
	}
}

// add appends a change, joined with the last where they touch.
func (c *comparer) add(a0, a1, b0, b1 int) {
	if last := len(c.changes) - 1; last >= 0 && c.changes[last].old[1] == a0 && c.changes[last].new[1] == b0 {
		c.changes[last].old[1], c.changes[last].new[1] = a1, b1
		return
	}
	c.changes = append(c.changes, change{[2]int{a0, a1}, [2]int{b0, b1}})
}

// small compares by the library, each distinct token as a character.
func (c *comparer) small(a0, a1, b0, b1 int) {
	ids := map[string]rune{}
	next := rune(1)
	encode := func(tokens []token) []rune {
		out := make([]rune, len(tokens))
		for i, t := range tokens {
			id, ok := ids[t.key]
			if !ok {
				if next == 0xd800 {
					next = 0xe000
				}
				id = next
				ids[t.key] = id
				next++
			}
			out[i] = id
		}
		return out
	}
	old, new := encode(c.a[a0:a1]), encode(c.b[b0:b1])
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0 // no clock: the result is that of the texts alone
	i, j := a0, b0
	for _, d := range dmp.DiffMainRunes(old, new, false) {
		n := utf8.RuneCountInString(d.Text)
		switch d.Type {
		case diffmatchpatch.DiffEqual:
			i, j = i+n, j+n
		case diffmatchpatch.DiffDelete:
			c.add(i, i+n, j, j)
			i += n
		case diffmatchpatch.DiffInsert:
			c.add(i, i, j, j+n)
			j += n
		}
	}
}

// large cuts the texts at words that stand once in each, in the same order.
func (c *comparer) large(a0, a1, b0, b1 int) {
	pairs := uniquePairs(a1-a0, b1-b0, func(i int) string { return c.a[a0+i].key }, func(j int) string { return c.b[b0+j].key })
	if len(pairs) == 0 {
		c.add(a0, a1, b0, b1)
		return
	}
	i, j := a0, b0
	for _, p := range pairs {
		c.compare(i, a0+p[0], j, b0+p[1])
		i, j = a0+p[0]+1, b0+p[1]+1
	}
	c.compare(i, a1, j, b1)
}

// stopWords are words that say nothing by themselves, in the languages that
// are read most; elsewhere all words weigh the same.
var stopWords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`a an and any are as at be by for from has have if in into is it its of on or our
		such that the their these this those to under upon was we were which with you your
		der die das und oder ein eine in zu mit von den dem des auf für ist im
		le la les de des du un une et ou en à au aux que qui dans pour par sur`) {
		set[w] = true
	}
	return set
}()
