package history

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// simple returns s for comparison: in lower case, without accents, with the
// digits 0 to 9 for those of every script, and each space one.
func simple(s string) string {
	var w strings.Builder
	space := false
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case r >= 0x300 && r <= 0x36f || r >= 0x653 && r <= 0x655 || r == 0x93c || r == 'ـ' || unicode.Is(unicode.Cf, r):
			continue
		case unicode.IsSpace(r):
			space = true
			continue
		case r == 'ı':
			r = 'i'
		case r == 'ł':
			r = 'l'
		}
		if space && w.Len() > 0 {
			w.WriteByte(' ')
		}
		space = false
		w.WriteRune(asciiDigit(r))
	}
	return norm.NFC.String(w.String())
}

// asciiDigit returns a decimal digit of another script as 0 to 9. Unicode has
// the ten of a script in a row.
func asciiDigit(r rune) rune {
	for _, zero := range [...]rune{0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040} {
		if r >= zero && r <= zero+9 {
			return '0' + r - zero
		}
	}
	return r
}

// A token is a number, a word, or one sign. Ideographs and syllables of Hangul
// are words of one letter each.
type token struct {
	start, end int
	word       string // empty: a number or a sign
	sign       rune
	number     int // -1: none
}

func tokens(s string) []token {
	var all []token
	for i := 0; i < len(s); {
		r := firstRune(s[i:])
		end := i + len(string(r))
		switch {
		case r >= '0' && r <= '9':
			n := 0
			for end = i; end < len(s) && s[end] >= '0' && s[end] <= '9'; end++ {
				n = min(n*10+int(s[end]-'0'), 1e8)
			}
			all = append(all, token{start: i, end: end, number: n})
		case single(r):
			all = append(all, token{start: i, end: end, word: string(r), number: -1})
		case letter(r):
			for end < len(s) && letter(firstRune(s[end:])) && !single(firstRune(s[end:])) {
				end += len(string(firstRune(s[end:])))
			}
			all = append(all, token{start: i, end: end, word: s[i:end], number: -1})
		case r != ' ':
			all = append(all, token{start: i, end: end, sign: r, number: -1})
		}
		i = end
	}
	return all
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

func single(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hangul) }
