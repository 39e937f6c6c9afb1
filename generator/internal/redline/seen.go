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

// Shown returns span i of c as people are shown it. White space that came or went
// has no mark: it is white space that was kept or, where no words beside it went
// with it, nothing.
func (c Cell) Shown(i int) Span {
	s := c.Spans[i]
	if s.Op == Equal || !s.IsBlank() {
		return s
	}
	if s.Op == Delete && !c.wordsBeside(i) {
		return Span{}
	}
	in := s.Old
	if s.Op == Insert {
		in = s.New
	}
	return Span{Old: in, New: in}
}

// wordsBeside reports whether words beside span i came or went with it.
func (c Cell) wordsBeside(i int) bool {
	op := c.Spans[i].Op
	for _, step := range []int{-1, 1} {
		j := i + step
		for j >= 0 && j < len(c.Spans) && c.Spans[j].Op == op && c.Spans[j].IsBlank() {
			j += step
		}
		if j >= 0 && j < len(c.Spans) && c.Spans[j].Op == op {
			return true
		}
	}
	return false
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

// A Sign is where the texts of a span that was kept differ: quotation marks,
// dashes, spaces or letters of each text, between what the texts share.
type Sign struct {
	Before, Old, New, After string
}

// Sign returns where the texts of s, which was kept, differ; its Old and New are
// the same where they do not.
func (s Span) Sign() Sign {
	if s.New.Kind == legal.Image || s.Old.Text == s.New.Text {
		return Sign{Before: s.New.Text}
	}
	a, b := []rune(s.Old.Text), []rune(s.New.Text)
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	return Sign{
		Before: string(b[:start]),
		Old:    string(a[start : len(a)-end]),
		New:    string(b[start : len(b)-end]),
		After:  string(b[len(b)-end:]),
	}
}
