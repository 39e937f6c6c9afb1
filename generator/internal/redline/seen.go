package redline

import (
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// Seen returns s, a span of b that was kept, with the old side changed to the
// new one where they differ in what no reader sees or is told of otherwise:
//
//   - the link and the look of white space;
//   - white space that lines are folded at, outside of code;
//   - the weight of a paragraph that became a heading, or of a heading that
//     became another block, since b's note says that.
//
// What is left is to be shown, and is what the statistics count.
func (b *Block) Seen(s Span) Span {
	if s.Old == s.New {
		return s
	}
	if s.IsBlank() {
		old := s.New
		old.Text = s.Old.Text
		s.Old = old
	}
	if s.Old.Text != s.New.Text && !b.keepsSpace() && folded(s.Old.Text) == folded(s.New.Text) {
		s.Old.Text = s.New.Text
	}
	if b.headed() {
		s.Old.Style = s.Old.Style&^legal.Strong | s.New.Style&legal.Strong
	}
	return s
}

// IsBlank reports whether s is white space alone.
func (s Span) IsBlank() bool {
	return s.Old.Kind == legal.Plain && s.New.Kind == legal.Plain && strings.TrimSpace(s.Old.Text+s.New.Text) == ""
}

// keepsSpace reports whether the white space in b counts in both texts.
func (b *Block) keepsSpace() bool {
	return b.Old != nil && b.New != nil && isVerbatim(b.Old.Kind) && isVerbatim(b.New.Kind)
}

func isVerbatim(k legal.BlockKind) bool { return k == legal.Code || k == legal.HTML }

// headed reports whether b is a heading in one of the texts alone.
func (b *Block) headed() bool {
	return b.Old != nil && b.New != nil && (b.Old.Kind == legal.Heading) != (b.New.Kind == legal.Heading)
}

// folded returns s with the white space of wrapped lines as single spaces. A
// no-break space is none.
func folded(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\n\r\f\v", r) }), " ")
}

// Signs returns what differs between the texts of a span that was kept: the
// quotation marks, dashes, spaces or letters of each, without what they share
// before and after. Both are empty where nothing differs.
func (s Span) Signs() (old, new string) {
	old, new = s.Old.Text, s.New.Text
	if s.New.Kind == legal.Image || old == new {
		return "", ""
	}
	a, b := []rune(old), []rune(new)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return string(a), string(b)
}
