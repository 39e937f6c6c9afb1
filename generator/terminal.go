package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/generator/internal/site"
)

// writeTerminal writes r for people: a line of figures, and every changed
// section with its changed blocks.
//
//	1 section changed; 1 word added, 1 removed, 1 link changed
//
//	Ending
//	  You may [-cancel-]{+terminate+} at any time (link changed: https://old → https://new).
//
// On a terminal deletions are red and struck, insertions green and underlined.
func writeTerminal(w io.Writer, r *redline.Redline) error {
	t := &terminal{words: site.WordsIn(""), marks: plainMarks, moved: r.JoinMoves()}
	if isTerminal(w) {
		t.marks = colourMarks
	}
	t.line(t.words.Figures(r.Summary()))
	if coarse := t.words.Coarse(r.Effort.Coarse); coarse != "" {
		t.line(coarse)
	}
	for _, f := range r.Files {
		t.line(t.words.File(f))
	}
	if t.changed(redline.Equal, r.Title) {
		t.line("")
		t.line(t.spans(redline.Equal, r.Title))
	}
	for i := range r.Sections {
		t.section(&r.Sections[i])
	}
	_, err := io.WriteString(w, t.out.String())
	return err
}

// marks are what stands before and after a run of each operation.
type marks map[redline.Op][2]string

var (
	plainMarks = marks{
		redline.Delete: {"[-", "-]"},
		redline.Insert: {"{+", "+}"},
	}
	colourMarks = marks{
		redline.Delete: {"\x1b[31;9m", "\x1b[0m"},
		redline.Insert: {"\x1b[32;4m", "\x1b[0m"},
	}
)

type terminal struct {
	words *site.Words
	moved map[*redline.Block]redline.Block // what stands at the new place of a move, with its edits
	marks marks
	out   strings.Builder
}

func (t *terminal) line(s string) {
	t.out.WriteString(strings.TrimRight(s, " \t") + "\n")
}

// section writes a section that changed: its title, what happened to it as a
// whole, and the blocks that are not what they were.
func (t *terminal) section(s *redline.Section) {
	if s.Op == redline.Equal && !s.Renamed && !s.Changed() {
		return
	}
	title := t.words.Opening
	if s.Old != nil || s.New != nil {
		title = t.spans(s.Op, s.Title)
	}
	if remark := t.remark(s.Op); remark != "" {
		title += " (" + remark + ")"
	}
	if s.From != nil {
		title += " (" + t.words.SplitFrom(s.From.Title) + ")"
	}
	if s.Into != nil {
		title += " (" + t.words.MergedInto(s.Into.Title) + ")"
	}
	if s.Replaced() {
		title += " (" + t.words.Rewritten + ")"
	}
	t.line("")
	if title = strings.TrimSpace(title); title != "" {
		t.line(title)
	}
	skipped := false
	for i := range s.Blocks {
		b := &s.Blocks[i]
		moved := b.Op != redline.Equal && b.Move != s.Move
		if !b.Changed() && !moved {
			skipped = true
			continue
		}
		if skipped {
			t.line("  …")
		}
		skipped = false
		if both, ok := t.moved[b]; ok {
			b = &both
		}
		t.block(b, moved)
	}
}

// remark says what happened to a section or a block as a whole.
func (t *terminal) remark(op redline.Op) string {
	switch op {
	case redline.Insert:
		return t.words.NewSection
	case redline.Delete:
		return t.words.Removed
	case redline.MoveFrom:
		return t.words.MovedAway
	case redline.MoveTo:
		return t.words.Moved
	}
	return ""
}

func (t *terminal) block(b *redline.Block, moved bool) {
	var cells []string
	for _, c := range b.Cells {
		cells = append(cells, t.spans(b.Op, c.Spans))
	}
	text := strings.Join(cells, " | ")
	if moved && (b.Op == redline.MoveFrom || b.Op == redline.MoveTo) {
		text += " (" + t.remark(b.Op) + ")"
	}
	for _, n := range b.Notes {
		text += " (" + t.words.Block(n) + ")"
	}
	if len(b.Notes) == 0 && onlySigns(b) {
		text += " (" + t.words.SignsOnly + ")"
	}
	t.line("  " + strings.ReplaceAll(bullet(b)+text, "\n", "\n  "))
}

// onlySigns reports whether nothing changed in b but quotation marks, dashes and
// their like, which the text does not show.
func onlySigns(b *redline.Block) bool {
	signs := false
	for _, c := range b.Cells {
		for _, s := range c.Spans {
			old := s.Old
			old.Text = s.New.Text
			if c.Op != redline.Equal || s.Op != redline.Equal || old != s.New {
				return false
			}
			signs = signs || s.Old.Text != s.New.Text
		}
	}
	return signs
}

// bullet returns what stands before an item.
func bullet(b *redline.Block) string {
	block := b.New
	if block == nil {
		block = b.Old
	}
	depth := -1
	for _, c := range block.Path {
		if c.Kind == legal.List {
			depth++
		}
	}
	if depth < 0 {
		return ""
	}
	return strings.Repeat("  ", depth) + "- "
}

// spans returns marked text, with what changed of kept text in brackets.
func (t *terminal) spans(block redline.Op, spans []redline.Span) string {
	var w strings.Builder
	for i, s := range spans {
		op, text := s.Op, s.New.Text
		if op == redline.Delete || block == redline.MoveFrom {
			text = s.Old.Text
		}
		mark := t.marks[op]
		if i == 0 || spans[i-1].Op != op {
			w.WriteString(mark[0])
		}
		w.WriteString(visible(text))
		if i == len(spans)-1 || spans[i+1].Op != op {
			w.WriteString(mark[1])
		}
		if op != redline.Equal || block == redline.MoveFrom {
			continue
		}
		if note := t.words.Format(s); note != "" && !t.goesOn(note, spans[i+1:]) {
			fmt.Fprintf(&w, " (%s)", visible(note))
		}
	}
	return w.String()
}

// goesOn reports whether the next run says the same.
func (t *terminal) goesOn(note string, spans []redline.Span) bool {
	return len(spans) > 0 && spans[0].Op == redline.Equal && t.words.Format(spans[0]) == note
}

func (t *terminal) changed(block redline.Op, spans []redline.Span) bool {
	b := redline.Block{Op: block, Cells: []redline.Cell{{Spans: spans}}}
	return b.Changed()
}
