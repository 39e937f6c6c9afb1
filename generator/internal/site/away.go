package site

import (
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// What is read far from the site, in a mail or in a comment on a git host, asks for
// nothing over the network and leads nowhere by accident: links and pictures are
// told in words, and only where they came, went or changed.

// tell returns note with what is said of span i of a cell besides: that it is a
// picture, and where words lead that came or went, unless they say so themselves.
func (m *markup) tell(b *redline.Block, at, i int, note string) string {
	if b.Op == redline.MoveFrom {
		return note
	}
	spans := b.Cells[at].Spans
	s, in := spans[i], shownRun(spans[i])
	if in.Kind == legal.Image {
		note = joinNotes(note, m.words.Picture(in.Src))
	}
	switch {
	case s.Op == redline.Equal, in.Link == "", strings.TrimPrefix(in.Link, "mailto:") == in.Text:
		return note
	case i+1 < len(spans) && continues(spans[i+1], s), i > 0 && spans[i-1].Op == redline.Equal && continues(spans[i-1], s):
		return note // it is said there, or the link is not new
	}
	return joinNotes(note, m.words.LeadsTo(in.Link, s.Op == redline.Delete))
}

// tellSigns appends how the signs of a cell differ, each kind of change once.
func tellSigns(pieces []piece) []piece {
	var told []string
	for _, p := range pieces {
		if p.signs != "" && !slices.Contains(told, p.signs) {
			told = append(told, p.signs)
		}
	}
	if len(told) == 0 {
		return pieces
	}
	return append(pieces, piece{note: strings.Join(told, "; ")})
}

// continues reports whether s is of the same link as its neighbour t, which came or
// went.
func continues(s, t redline.Span) bool {
	switch {
	case s.Op == redline.Equal && t.Op == redline.Delete:
		return s.Old.Link == t.Old.Link
	case s.Op == redline.Equal || s.Op == t.Op:
		return shownRun(s).Link == shownRun(t).Link
	}
	return false
}

// shownRun returns the run of a span that is shown.
func shownRun(s redline.Span) legal.Inline {
	if s.Op == redline.Delete {
		return s.Old
	}
	return s.New
}

func joinNotes(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// box returns the check box of a task as a sign.
func (m *markup) box(t legal.Task) string {
	if !m.look.Away {
		return ""
	}
	return [...]string{"", "☐ ", "☑ "}[t]
}
