package site

import (
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// Legal numbers are text on a page, so that they are copied, searched, printed and read
// aloud; yet they are no words of the document, and no change of one is marked: in a
// redline stand those of the new version.

// number writes a number before what has it, if it has one.
func (m *markup) number(number string) {
	switch {
	case number == "":
	case m.look.Comment:
		m.text(number + " ")
	default:
		m.raw(`<span class="number">`)
		m.text(number)
		m.raw("</span> ")
	}
}

// numbered takes the numbers of a section of the new text, nil for none, and returns
// its own.
func (m *markup) numbered(s *legal.Section) string {
	m.headings = nil
	if s == nil || m.versions[1] == nil || !m.versions[1].Numbered {
		return ""
	}
	outline := m.outline(redline.Insert)
	m.headings = outline.Headings(s)
	return outline.Number(s)
}

// lists returns how many numbered lists stand around the innermost open one.
func (m *markup) lists() int {
	n := -1
	for i := range m.stack {
		if m.stack[i].Kind == legal.List && m.stack[i].Ordered {
			n++
		}
	}
	return n
}

// outline returns the outline of the text in which a run of operation op stands, nil
// where it is not known.
func (m *markup) outline(op redline.Op) *legal.Outline {
	side := 1
	if op == redline.Delete || op == redline.MoveFrom {
		side = 0
	}
	if m.outlines[side] == nil {
		v := m.versions[side]
		if s := m.source(op); v == nil && s != nil {
			v = s.version
		}
		if v == nil {
			return nil
		}
		m.outlines[side] = legal.NewOutline(v)
	}
	return m.outlines[side]
}

// reference writes what a reference without words reads in the text that it is of. In
// typed text it has none.
func (m *markup) reference(p *piece) {
	if m.look.Typed {
		return
	}
	if o := m.outline(p.op); o != nil {
		m.text(o.Words(p.Inline))
		return
	}
	m.text(p.Link)
}

// numberedTitle returns a title with its number.
func numberedTitle(number, title string) string {
	if number == "" {
		return title
	}
	return number + " " + title
}

// readable returns t with words for its references and, where the version is numbered,
// with the numbers of its headings: for files that know neither.
func readable(t *legal.Text, o *legal.Outline, headings map[*legal.Block]string) *legal.Text {
	if t == nil || len(headings) == 0 && !t.Refers() {
		return t
	}
	out := make([]legal.Block, len(t.Blocks))
	for i := range t.Blocks {
		b := &t.Blocks[i]
		out[i] = *b
		out[i].Cells = make([][]legal.Inline, len(b.Cells))
		for j, cell := range b.Cells {
			var runs []legal.Inline
			if number := headings[b]; number != "" {
				runs = append(runs, legal.Inline{Text: number + " "})
			}
			for _, run := range cell {
				if run.Kind == legal.Reference {
					run.Kind, run.Text = legal.Plain, o.Words(run)
				}
				runs = append(runs, run)
			}
			out[i].Cells[j] = legal.Join(runs)
		}
	}
	return legal.NewText(out)
}
