package site

import (
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A table is what is known of a table before its rows are written: its
// columns, of which a redline may have more than either version.
type table struct {
	columns []redline.Op // Insert and Delete: the column came or went
	kept    bool         // columns are those of a row that was kept
}

// The parts of a table that rows stand in.
const (
	noPart = iota
	headPart
	bodyPart
)

// measure learns the columns of the tables in blocks.
func (m *markup) measure(blocks []redline.Block) {
	m.tables = map[*legal.Container]*table{}
	for i := range blocks {
		b := &blocks[i]
		if len(b.Path) == 0 || b.Path[len(b.Path)-1].Kind != legal.Table {
			continue
		}
		c := b.Path[len(b.Path)-1]
		t := m.tables[c]
		if t == nil {
			t = &table{}
			m.tables[c] = t
		}
		kept := b.Op == redline.Equal
		if kept && !t.kept || kept == t.kept && len(b.Cells) > len(t.columns) {
			t.kept = kept
			t.columns = t.columns[:0]
			for _, cell := range b.Cells {
				t.columns = append(t.columns, cell.Op)
			}
		}
	}
	for i := range blocks {
		b := &blocks[i]
		if len(b.Path) > 0 {
			if t := m.tables[b.Path[len(b.Path)-1]]; t != nil {
				t.widen(len(b.Cells))
			}
		}
	}
}

// widen adds columns until n have place.
func (t *table) widen(n int) {
	for len(t.columns) < n {
		t.columns = append(t.columns, redline.Equal)
	}
}

// cells returns the index of the cell in each column, -1 where there is none:
// a row that was deleted has no cell in a column that was inserted.
func (t *table) cells(b *redline.Block) []int {
	out := make([]int, len(t.columns))
	skip := redline.Equal
	switch b.Op {
	case redline.Delete, redline.MoveFrom:
		skip = redline.Insert
	case redline.Insert, redline.MoveTo:
		skip = redline.Delete
	}
	room := 0
	for _, op := range t.columns {
		if skip == redline.Equal || op != skip {
			room++
		}
	}
	next := 0
	for i, op := range t.columns {
		out[i] = -1
		if next < len(b.Cells) && (skip == redline.Equal || op != skip || room < len(b.Cells)) {
			out[i] = next
			next++
		}
	}
	return out
}

// openTable opens a table. One with many columns may be wider than a small
// screen: it scrolls in a region of its own, which the keyboard reaches.
func (m *markup) openTable(c *legal.Container, dir string, s side) string {
	if m.look.Typed {
		m.start("table", dir, s)
		return "</table>\n"
	}
	m.raw(`<div class="table"`)
	m.attr("dir", dir)
	m.stands(s)
	if t := m.tables[c]; t != nil && len(t.columns) > 2 {
		m.raw(` role="group" tabindex="0"`)
		m.attr("aria-label", m.words.Table)
	}
	m.raw("><table>\n")
	return "</table></div>\n"
}

// row writes a row into the table's head or body, which it opens.
func (m *markup) row(b *redline.Block, shown *legal.Block) {
	o := m.top()
	o.place(m, shown.Header)
	t := m.tables[o.Container]
	m.raw("<tr")
	m.stands(sideOf(b.Op))
	m.raw(">")
	column := 0 // among those of the text that the table is of
	for i, at := range t.cells(b) {
		align := legal.AlignNone
		if t.columns[i] != redline.Delete {
			if column < len(o.Align) {
				align = o.Align[column]
			}
			column++
		}
		s := sideOf(t.columns[i])
		if at >= 0 && b.Cells[at].Op != t.columns[i] || sideOf(b.Op) != bothSides {
			s = bothSides // the row says so
		}
		m.tableCell(b, at, shown.Header, align, s)
	}
	m.raw("</tr>\n")
}

// place opens the part of the table that the next row stands in. A header's
// row that follows the body's stays in the body.
func (o *opened) place(m *markup, header bool) {
	switch {
	case o.part == noPart && header:
		m.raw("<thead>\n")
		o.part, o.end = headPart, "</thead>"+o.end
	case o.part == noPart:
		m.raw("<tbody>\n")
		o.part, o.end = bodyPart, "</tbody>"+o.end
	case o.part == headPart && !header:
		m.raw("</thead>\n<tbody>\n")
		o.part, o.end = bodyPart, "</tbody>"+strings.TrimPrefix(o.end, "</thead>")
	}
}

func (m *markup) tableCell(b *redline.Block, at int, header bool, align legal.Align, s side) {
	tag := "td"
	m.raw("<")
	if header {
		tag = "th"
		m.raw(`th scope="col"`)
	} else {
		m.raw(tag)
	}
	m.attr("class", [...]string{"", "start", "center", "end"}[align])
	m.stands(s)
	m.raw(">")
	if at >= 0 {
		m.cell(b, at)
	}
	m.raw("</" + tag + ">")
}
