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
// Signs that differ in words that were kept stand in {~' → ’~}. On a terminal
// deletions are red and struck, insertions green and underlined, signs yellow in the same brackets.
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
	if title := titleBlock(redline.Equal, r.Title); title.Changed() {
		t.line("")
		t.line(t.cell(title, 0))
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
		signOp:         {"{~", "~}"},
	}
	colourMarks = marks{
		redline.Delete: {"\x1b[31;9m", "\x1b[0m"},
		redline.Insert: {"\x1b[32;4m", "\x1b[0m"},
		signOp:         {"\x1b[33m{~", "~}\x1b[0m"},
	}
)

// signOp stands for signs that differ in text that was kept.
const signOp redline.Op = -1

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
		title = t.cell(titleBlock(s.Op, s.Title), 0)
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
	blocks := redline.FoldNotes(s.Blocks)
	for i := range blocks {
		b := &blocks[i]
		moved := b.Op != redline.Equal && b.Move != s.Move
		if !b.Changed() && !moved {
			skipped = true
			continue
		}
		if skipped {
			t.line("  …")
		}
		skipped = false
		if both, ok := t.moved[&s.Blocks[i]]; ok {
			both.Notes = b.Notes
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
	for i := range b.Cells {
		cells = append(cells, t.cell(b, i))
	}
	text := strings.TrimSpace(strings.Join(cells, " | "))
	if moved && (b.Op == redline.MoveFrom || b.Op == redline.MoveTo) {
		text += " (" + t.remark(b.Op) + ")"
	}
	for _, n := range b.Notes {
		text += " (" + t.words.Block(n) + ")"
	}
	t.line("  " + strings.ReplaceAll(bullet(b)+text, "\n", "\n  "))
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

// cell returns the marked text of a cell, with what changed of kept text in
// brackets.
func (t *terminal) cell(b *redline.Block, at int) string {
	notes := t.words.Notes(b, at)
	var w strings.Builder
	last := [2]string{}
	for i, note := range notes {
		text, mark := t.span(b, b.Cells[at].Shown(i))
		if mark != last {
			w.WriteString(last[1] + mark[0])
		}
		w.WriteString(text)
		last = mark
		if note != "" {
			fmt.Fprintf(&w, "%s (%s)", mark[1], visible(note))
			last = [2]string{}
		}
	}
	return w.String() + last[1]
}

// typed returns the text of a run; a reference without words is what was typed.
func typed(run legal.Inline) string {
	if run.Kind == legal.Reference {
		return "[](" + run.Link + ")"
	}
	return run.Text
}

// span returns the text of a span of b, and what stands around it.
func (t *terminal) span(b *redline.Block, s redline.Span) (text string, mark [2]string) {
	switch {
	case s.Op == redline.Delete:
		return visible(typed(s.Old)), t.marks[s.Op]
	case s.Op == redline.Insert:
		return visible(typed(s.New)), t.marks[s.Op]
	case b.Op == redline.MoveFrom:
		return visible(typed(s.Old)), [2]string{}
	case s.New.Kind == legal.Reference:
		return visible(typed(s.New)), [2]string{}
	}
	sign := b.Seen(s).Sign()
	text = visible(sign.Before)
	if sign.Old != sign.New {
		text += t.marks[signOp][0] + visible(t.words.Sign(sign)) + t.marks[signOp][1]
	}
	return text + visible(sign.After), [2]string{}
}

// titleBlock returns a title as a block.
func titleBlock(op redline.Op, title []redline.Span) *redline.Block {
	return &redline.Block{Op: op, Cells: []redline.Cell{{Spans: title}}}
}
