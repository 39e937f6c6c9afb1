package site

import (
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A wrapped says how much of the old and the new text of each block was written, in
// bytes, while the spans of a redline are written as they were typed: with a line feed
// at each of the blocks' folds.
type wrapped [2]map[*legal.Block]int

// cut returns s, a span of b, in pieces, with a line feed between them where a line
// of either text was wrapped: kept, deleted or inserted, as the fold was.
func (w wrapped) cut(b *redline.Block, s redline.Span) []redline.Span {
	inOld := s.Op != redline.Insert && s.Op != redline.MoveTo && b.Op != redline.MoveTo
	inNew := s.Op != redline.Delete && s.Op != redline.MoveFrom && b.Op != redline.MoveFrom
	var old, new []int
	if inOld {
		old = w.pass(0, b.Old, s.Old.Text)
	}
	if inNew {
		new = w.pass(1, b.New, s.New.Text)
	}
	var out []redline.Span
	from := 0
	for _, at := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(old, new)))) {
		if at > from && inOld && inNew && s.Old.Text != s.New.Text {
			break // what differs in signs alone is one piece
		}
		if at > from {
			out = append(out, between(s, from, at))
		}
		out = append(out, feed(s, inNew && !slices.Contains(new, at), inOld && !slices.Contains(old, at)))
		from = at
	}
	return append(out, between(s, from, max(len(s.Old.Text), len(s.New.Text))))
}

// pass returns the folds of b in text, which is what of its side is written next.
func (w wrapped) pass(side int, b *legal.Block, text string) []int {
	if b == nil || len(b.Folds) == 0 {
		return nil
	}
	from := w[side][b]
	to := from + len(text)
	w[side][b] = to
	var in []int
	for _, at := range b.Folds {
		if from <= at && at < to {
			in = append(in, at-from)
		}
	}
	return in
}

// between returns s with the part of its texts between two places.
func between(s redline.Span, from, to int) redline.Span {
	for _, text := range []*string{&s.Old.Text, &s.New.Text} {
		*text = (*text)[min(from, len(*text)):min(to, len(*text))]
	}
	return s
}

// feed returns a line feed with the attributes of s, of which the text went or came
// if the fold did.
func feed(s redline.Span, went, came bool) redline.Span {
	s.Old.Text, s.New.Text = "\n", "\n"
	switch {
	case went:
		s.Op = redline.Delete
	case came:
		s.Op = redline.Insert
	}
	return s
}
