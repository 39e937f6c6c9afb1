package site

import (
	"unicode"
	"unicode/utf8"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// Legal texts are read with care: at 200 words a minute, where people read light prose
// at 240 (Brysbaert, 2019). Chinese and Japanese have no spaces between words and are
// read at 400 characters a minute; in the other scripts that have none, five characters
// count as a word.
const (
	wordsAMinute      = 200
	ideographsAMinute = 400
	lettersAWord      = 5
)

// minutes returns how long v takes to read: 0 where it is less than a minute.
func (d *document) minutes(v *legal.Version) int {
	var n length
	n.add(v.Title)
	for _, s := range v.Sections {
		n.add(s.Title)
	}
	for _, t := range textsOf(v) {
		m := d.lengthOf(t)
		n = length{n.words + m.words, n.ideographs + m.ideographs, n.joined + m.joined}
	}
	words := n.words + n.joined/lettersAWord
	return (words*ideographsAMinute + n.ideographs*wordsAMinute + wordsAMinute*ideographsAMinute/2) / (wordsAMinute * ideographsAMinute)
}

// lengthOf returns what there is to read in t, which versions may share.
func (d *document) lengthOf(t *legal.Text) length {
	n, known := d.lengths[t]
	if known || t == nil {
		return n
	}
	for i := range t.Blocks {
		n.add(t.Blocks[i].Words())
	}
	d.lengths[t] = n
	return n
}

// A length is what there is to read.
type length struct {
	words, ideographs int
	joined            int // letters of scripts that put no space between words
}

func (n *length) add(s string) {
	within := false
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'):
			if !within {
				n.words++
			}
			within = true
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			n.ideographs++
			within = false
		case unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			n.joined++
			within = false
		case unicode.IsSpace(r):
			within = false
		case !within && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			n.words++
			within = true
		}
	}
}
