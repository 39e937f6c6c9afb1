package site

import (
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// appendText appends s as the text of an HTML or XML element. What neither of
// the two may hold (control characters, non-characters, bytes that are not
// UTF-8) becomes U+FFFD, so that it is seen that something was there.
func appendText(w []byte, s string) []byte { return appendEscaped(w, s, "\"", 0xa0) }

// appendTyped is appendText for tools that compare texts: the control
// characters from U+0080, which HTML only frowns on, stay what they are.
func appendTyped(w []byte, s string) []byte { return appendEscaped(w, s, "\"", 0x80) }

// appendAttr appends s as the value of an attribute in double quotes.
func appendAttr(w []byte, s string) []byte { return appendEscaped(w, s, "&#34;", 0xa0) }

// appendEscaped escapes s; of the runes above ASCII, those from first may stand.
func appendEscaped(w []byte, s, quote string, first rune) []byte {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		size := 1
		with := ""
		switch {
		case c == '&':
			with = "&amp;"
		case c == '<':
			with = "&lt;"
		case c == '>':
			with = "&gt;"
		case c == '"':
			with = quote
		case c >= utf8.RuneSelf:
			var r rune
			if r, size = utf8.DecodeRuneInString(s[i:]); !printable(r, size, first) {
				with = "\ufffd"
			}
		case c < ' ' && c != '\t' && c != '\n', c == 0x7f:
			with = "\ufffd"
		}
		if with != "" {
			w = append(append(w, s[from:i]...), with...)
			from = i + size
		}
		i += size
	}
	return append(w, s[from:]...)
}

// printable reports whether HTML may hold the rune r above ASCII, which was
// read from size bytes, and which is none of the controls below first.
func printable(r rune, size int, first rune) bool {
	switch {
	case r == utf8.RuneError && size == 1:
		return false
	case r < first:
		return false
	case r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe: // non-characters
		return false
	}
	return true
}

// clean returns s without what HTML may not hold, for a template that escapes
// the rest.
func clean(s string) string {
	for _, r := range s {
		if r < ' ' && r != '\t' && r != '\n' || r >= 0x7f && !printable(r, utf8.RuneLen(r), 0xa0) {
			return string(cleanRunes([]rune(s)))
		}
	}
	return s
}

func cleanRunes(runes []rune) []rune {
	for i, r := range runes {
		if r < ' ' && r != '\t' && r != '\n' || r >= 0x7f && !printable(r, utf8.RuneLen(r), 0xa0) {
			runes[i] = '\ufffd'
		}
	}
	return runes
}

// encode returns link with the characters percent-encoded that an address
// does not hold; what is encoded already stays.
func encode(link string) string {
	return string(util.URLEscape([]byte(link), false))
}
