package site

import (
	"unicode"
	"unicode/utf8"

	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A comment on a git host is Markdown in which every text stands in a block of
// HTML. There nothing of Markdown has a meaning until the next empty line
// (CommonMark 0.31, section 4.6), and none is written; and no line begins with a
// text, since hosts and their bots take a line like "/merge" for a command.
//
// What hosts do after Markdown is kept from happening, too: they look through the
// texts of the finished HTML for mentions, references, emoji and formulas.

// appendGuarded is appendText for a comment. A word joiner keeps a mention
// from being one, also in the plain text that a reply by mail quotes; "a@b" is none.
// Of the other signs it is enough that they are a text of their own, which leaves
// what is copied as it was.
func appendGuarded(w []byte, s string) []byte {
	from := 0
	before := ' '
	for i, r := range s {
		_, size := utf8.DecodeRuneInString(s[i:]) // one byte where it is not UTF-8
		next, _ := utf8.DecodeRuneInString(s[i+size:])
		with := ""
		switch {
		case r == '\n':
			with = "&#10;"
		case r == '@' && !isWord(before) && isWord(next):
			with = "@&#8288;"
		case r == '-' && before == 'H' && unicode.IsDigit(next): // GH-1
			with = "<span>-</span>"
		case isSign(r) && begins(next):
			with = "<span>" + string(appendText(nil, string(r))) + "</span>"
		}
		before = r
		if with != "" {
			w = append(appendText(w, s[from:i]), with...)
			from = i + 1
		}
	}
	return appendText(w, s[from:])
}

// isSign reports whether hosts give a meaning to r before a word: references to
// issues, merge requests, labels, milestones, snippets and epics; emoji; formulas.
func isSign(r rune) bool {
	switch r {
	case '#', '!', '~', '%', '$', '&', '^', ':':
		return true
	}
	return false
}

// begins reports whether what a sign means can begin with r.
func begins(r rune) bool { return isWord(r) || r == '"' || r == '+' || r == '{' || r == '\\' }

func isWord(r rune) bool {
	return r != utf8.RuneError && (r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r))
}

// hostKeeps reports whether an attribute that changes what is seen comes through
// the sanitisers of hosts.
func hostKeeps(name string) bool {
	return name == "value" || name == "start" || name == "dir" || name == "href"
}

// startsLine reports whether what is written next begins a line of a comment.
func (m *markup) startsLine() bool {
	return m.look.Comment && len(m.buf) > 0 && m.buf[len(m.buf)-1] == '\n'
}

// movedWords writes the words of a block that moved: struck where they stood.
func (m *markup) movedWords(b *redline.Block, pieces []piece) {
	if b.Op == redline.MoveFrom {
		m.raw("<s>")
		defer m.raw("</s>")
	}
	m.inline(pieces)
}
