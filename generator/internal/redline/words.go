package redline

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A unit is the smallest piece of a cell that a mark may end at: a character
// of plain text, or an image, a line break, a reference as a whole.
type unit struct {
	run      int32 // that it is part of
	at, size int32 // where it stands in the run's text, in bytes
	kind     uint8 // what it is to words
}

// A token is what is compared: a word, or one unit between words.
type token struct {
	key        string // equal for tokens that differ in typography alone
	start, end int    // of its units
	class      class
	line       bool // it is white space that ends a line, as in code
}

type class uint8

const (
	space class = iota
	sign
	stopWord
	character // of a script that puts no space between words
	word
)

// A passage is a cell cut into tokens.
type passage struct {
	runs   []legal.Inline
	units  []unit
	tokens []token
	// borders are the runs that stand between the blocks which the passage was
	// put together from, and are no text of it.
	borders map[int]bool
}

// isBorder reports whether token i stands between two blocks.
func (p *passage) isBorder(i int) bool {
	return p.borders != nil && p.borders[int(p.units[p.tokens[i].start].run)]
}

// cut returns the tokens of a cell. A word is letters, marks and digits, with
// single apostrophes, dots and hyphens inside ("don't", "1.1", "opt-out"). In
// scripts that put no space between words every character is one.
func cut(runs []legal.Inline) *passage {
	p := &passage{runs: runs}
	size := 0
	for _, run := range runs {
		size += len(run.Text)
	}
	p.units = make([]unit, 0, size)
	p.tokens = make([]token, 0, size/3)
	for i, run := range runs {
		if !run.IsText() {
			p.units = append(p.units, unit{int32(i), 0, int32(len(run.Text)), other})
			continue
		}
		for at := 0; at < len(run.Text); {
			r, n := utf8.DecodeRuneInString(run.Text[at:])
			p.units = append(p.units, unit{int32(i), int32(at), int32(n), kindOf(r)})
			at += n
		}
	}
	for at := 0; at < len(p.units); {
		end := p.wordEnd(at)
		t := token{start: at, end: max(end, at+1), class: word}
		if end == at {
			if t.class = p.signClass(at); t.class == space {
				t.end = p.spaceEnd(at)
				t.line = slices.ContainsFunc(p.units[at:t.end], func(u unit) bool { return p.unit(u) == "\n" })
			}
		}
		t.key = p.key(t)
		switch {
		case t.class == word && stopWords[t.key]:
			t.class = stopWord
		case t.class == word && p.kind(at) == alone && !p.isNumeral(at):
			t.class = character
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
		if end+1 < len(p.units) && (p.kind(end) == joiner && p.kind(end+1) == inWord && !p.endsNumber(end) || p.isSeparator(end)) {
			end++
		}
	}
	if end == at && at < len(p.units) && p.kind(at) == alone {
		end++
		for p.isNumeral(at) && end < len(p.units) && (p.isNumeral(end) || p.char(end) == "、" && end+1 < len(p.units) && p.isNumeral(end+1)) {
			end++
		}
		if p.isNumeral(at) && end < len(p.units) && p.kind(end) == alone && isMoney(p.char(end)) {
			end++
		}
		for end < len(p.units) && p.kind(end) == markOnly {
			end++
		}
	}
	return end
}

// What a unit is to words.
const (
	other    = uint8(iota)
	inWord   // a letter, mark or digit
	markOnly // a mark, which goes with what is before it
	joiner   // stands inside of words
	alone    // a word by itself, in scripts without spaces
)

func (p *passage) kind(at int) uint8 { return p.units[at].kind }

// unit returns the text of u.
func (p *passage) unit(u unit) string { return p.runs[u.run].Text[u.at : u.at+u.size] }

// char returns the text of the unit at a place.
func (p *passage) char(at int) string { return p.unit(p.units[at]) }

func kindOf(r rune) uint8 {
	switch {
	case r < utf8.RuneSelf:
		return asciiKind(r)
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) && !unicode.IsMark(r):
		return alone
	case r == 'ー' || r == 'ｰ': // makes the sound before it long, in every script of Japanese
		return markOnly
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsNumber(r):
		return inWord
	case unicode.IsMark(r):
		return markOnly
	case r == '’' || r == '\u2011':
		return joiner
	}
	return other
}

func asciiKind(r rune) uint8 {
	switch {
	case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9':
		return inWord
	case r == '\'' || r == '.' || r == '-':
		return joiner
	}
	return other
}

func isNumeral(char string) bool {
	return char != "" && strings.Contains("〇零一二三四五六七八九十百千万億兆", char)
}

// isMoney reports whether a sign says after a number of what money it is.
func isMoney(char string) bool { return char != "" && strings.Contains("円銭元", char) }

// numWords returns the number of words of a plain text, as cut finds them.
func numWords(s string) int {
	n := 0
	last, before := other, other // the kinds of the last two characters, marks aside
	numeral := false             // the last character was part of a number
	for i, r := range s {
		k := kindOf(r)
		if r == ',' && i > 0 && i+1 < len(s) && isDigit(s[i-1:i]) && isDigit(s[i+1:i+2]) {
			k = joiner
		}
		if r == '.' && i > 0 && isDigit(s[i-1:i]) && startsWithLetter(s[i+1:]) {
			k = other
		}
		if r == '、' && numeral && isNumeral(firstChar(s[i+len("、"):])) {
			continue
		}
		switch {
		case k == markOnly && last != other && last != joiner:
			numeral = false
			continue
		case k == inWord && (last == inWord || last == joiner && before == inWord):
		case k == inWord:
			n++
		case k == alone:
			is := isNumeral(string(r))
			if !numeral || !is && !isMoney(string(r)) {
				n++
			}
			numeral = is
			before, last = last, k
			continue
		}
		numeral = false
		before, last = last, k
	}
	return n
}

func firstChar(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// spaceEnd returns where the white space ends that begins at a unit, within
// its run.
func (p *passage) spaceEnd(at int) int {
	end := at + 1
	for end < len(p.units) && p.units[end].run == p.units[at].run && p.signClass(end) == space {
		end++
	}
	return end
}

// isSeparator reports whether a unit is a comma within a number.
func (p *passage) isSeparator(at int) bool {
	return p.char(at) == "," && at > 0 && isDigit(p.char(at-1)) && isDigit(p.char(at+1)) &&
		p.runs[p.units[at].run].IsText()
}

// endsNumber reports whether a unit is a dot between a number and a letter, as in
// "1.Definitions".
func (p *passage) endsNumber(at int) bool {
	return p.char(at) == "." && at > 0 && isDigit(p.char(at-1)) && startsWithLetter(p.char(at+1))
}

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func isDigit(char string) bool { return len(char) == 1 && '0' <= char[0] && char[0] <= '9' }

// isNumeral reports whether a unit is a sign of a number in Chinese or
// Japanese: a number is one word.
func (p *passage) isNumeral(at int) bool {
	return p.kind(at) == alone && isNumeral(p.char(at))
}

func (p *passage) signClass(at int) class {
	u := p.units[at]
	switch p.runs[u.run].Kind {
	case legal.Image, legal.Reference:
		return word
	case legal.Plain, legal.RawHTML:
		if r, _ := utf8.DecodeRuneInString(p.unit(u)); unicode.IsSpace(r) {
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
	switch run := p.runs[first.run]; run.Kind {
	case legal.Plain, legal.RawHTML:
	case legal.Break:
		return " "
	case legal.Reference: // what it leads to is what it says
		return "\x00" + run.Kind.String() + "\x00" + run.Link
	default:
		return "\x00" + run.Kind.String() + "\x00" + run.Text
	}
	if t.class == space {
		return " "
	}
	last := p.units[t.end-1]
	if size := int(last.at - first.at + last.size); last.run == first.run && size == t.end-t.start {
		return p.runs[first.run].Text[first.at:][:size] // plain ASCII, as most are: no copy is made
	}
	var w strings.Builder
	for _, u := range p.units[t.start:t.end] {
		w.WriteString(p.unit(u))
	}
	return ligatures.Replace(strings.Map(plainSign, w.String()))
}

// ligatures writes the letters that are set as one sign as what they are.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "ſt", "ﬆ", "st")

// plainSign returns the sign that stands for all its typographic forms.
func plainSign(r rune) rune {
	switch r {
	case '’', '‘', '‚', '‛', '′', 'ʼ':
		return '\''
	case '“', '”', '„', '‟', '«', '»', '″':
		return '"'
	case '‐', '‑', '–', '—', '―', '−':
		return '-'
	}
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// text returns the text of tokens a to b.
func (p *passage) text(a, b int) string {
	var w strings.Builder
	for _, t := range p.tokens[a:b] {
		for _, u := range p.units[t.start:t.end] {
			w.WriteString(p.unit(u))
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
// Above it, the texts are cut at words, or at series of words, that each has
// once; where there is none, the one replaces the other.
const most = 4_000_000

// compareTokens returns what changed from a to b, in order.
func (c *comparison) compareTokens(a, b []token) []change {
	w := &wordDiff{comparison: c, a: a, b: b}
	w.compare(0, len(a), 0, len(b))
	return w.changes
}

// A wordDiff is a comparison of two series of tokens.
type wordDiff struct {
	*comparison
	a, b    []token
	changes []change
}

func (c *wordDiff) compare(a0, a1, b0, b1 int) {
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
	case (a1-a0)*(b1-b0) <= most && c.spend((a1-a0)*(b1-b0)):
		c.small(a0, a1, b0, b1)
	default:
		c.large(a0, a1, b0, b1)
	}
}

// add appends a change, joined with the last where they touch.
func (c *wordDiff) add(a0, a1, b0, b1 int) {
	if last := len(c.changes) - 1; last >= 0 && c.changes[last].old[1] == a0 && c.changes[last].new[1] == b0 {
		c.changes[last].old[1], c.changes[last].new[1] = a1, b1
		return
	}
	c.changes = append(c.changes, change{[2]int{a0, a1}, [2]int{b0, b1}})
}

// small compares by the library, each distinct token as a character.
func (c *wordDiff) small(a0, a1, b0, b1 int) {
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

// series are the numbers of tokens at which large cuts, tried one after another.
var series = [...]int{1, 5, 11, 23}

// large cuts the texts at tokens, or series of tokens, that stand once in each,
// in the same order, if these are more than chance would give.
func (c *wordDiff) large(a0, a1, b0, b1 int) {
	for _, k := range series {
		a, b := hashes(c.a[a0:a1], k), hashes(c.b[b0:b1], k)
		pairs := uniquePairs(len(a), len(b), func(i int) uint64 { return a[i] }, func(j int) uint64 { return b[j] })
		pairs = heaviest(pairs, func([2]int) int { return 1 })
		if len(pairs)*k*20 < min(a1-a0, b1-b0) {
			continue
		}
		i, j := a0, b0
		for _, p := range pairs {
			if x, y := a0+p[0], b0+p[1]; x >= i && y >= j {
				c.compare(i, x, j, y)
				i, j = x, y
			}
			// The tokens of the series are equal; the next one may overlap it.
			for n := 0; n < k && i < a0+p[0]+k && i < a1 && j < b1 && c.a[i].key == c.b[j].key; n++ {
				i, j = i+1, j+1
			}
		}
		c.compare(i, a1, j, b1)
		return
	}
	c.coarse++
	c.add(a0, a1, b0, b1)
}

// hashes returns a hash of every series of k tokens.
func hashes(tokens []token, k int) []uint64 {
	if len(tokens) < k {
		return nil
	}
	one := make([]uint64, len(tokens))
	for i, t := range tokens {
		h := fnv.New64a()
		_, _ = h.Write([]byte(t.key))
		one[i] = h.Sum64()
	}
	out := make([]uint64, len(tokens)-k+1)
	for i := range out {
		h := uint64(0)
		for _, x := range one[i : i+k] {
			h = h*0x9e3779b97f4a7c15 + x
		}
		out[i] = h
	}
	return out
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
