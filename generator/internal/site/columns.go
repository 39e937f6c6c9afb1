package site

import (
	"bytes"
	"html/template"
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// columnPages is how many versions of a document, beside every edition, have a page
// with their redline in two columns. They are the first ones: a version whose page
// was there keeps it. Where scripts run, every redline is shown in columns.
const columnPages = 50

// columnsFile returns the file of v's redline in columns, or "" where it has none.
func (d *document) columnsFile(v *legal.Version) string {
	i := slices.Index(d.standing.Known, v)
	if i == 0 || i > columnPages && v.Change != legal.Edition {
		return ""
	}
	return d.path("changes/" + dir(v) + "/side-by-side/index.html")
}

// columnPage writes the redline that page shows in two columns. R is that redline, or
// nil where nobody made it.
func (d *document) columnPage(page RedlinePage, old, new *legal.Version, r *redline.Redline) error {
	file := d.columnsFile(new)
	if file == "" || !d.wants(file) {
		return nil
	}
	p := place{page: file}
	marked := p.to(d.path("changes/" + dir(new) + "/"))
	page.Frame = d.frame(file, page.Heading, page.Name, Link{p.to(d.path("changes/")), d.words.Changes}, Link{marked, dir(new)}, Link{Text: d.words.ViewSide})
	page.Canonical = d.address(d.path("changes/" + dir(new) + "/"))
	page.NoIndex = true
	page.Sides = []Side{d.side(p, d.words.Old, old), d.side(p, d.words.New, new)}
	page.Summaries, page.Status, page.Others = nil, nil, nil // they stand beside the marked text
	if d.state(new) == upcoming {
		page.Status = d.status(p, new)
	}
	page.Marked = marked
	texts, err := d.pair(old, new)
	if err != nil {
		return err
	}
	light := page
	light.Words = nil // it is the same for all pages
	if kept, err := d.reuse(file, texts, light); kept || err != nil {
		return err
	}
	if r == nil {
		r = d.comparer.Compare(old, new)
	}
	page.View = RedlineView{Figures: d.words.Figures(r.Summary()), Stats: r.Stats, Coarse: d.words.Coarse(r.Effort.Coarse)}
	page.View.Sections = redlineColumns(d.words, r, d.source(p, old, false), d.source(p, new, false), direction(d.site.Language))
	return d.put(file, "redline", page)
}

// An inColumns writes a redline side by side: in rows of a block of the old text and one of
// the new. Each side has its own state, so that a list goes on in the row where it was
// left.
type inColumns struct {
	*markup                  // what stands in neither column, and all that was written
	sides   map[side]*markup // what stands in one
}

// redlineColumns returns r in two columns.
func redlineColumns(w *Words, r *redline.Redline, old, new *source, dir string) template.HTML {
	c := inColumns{viewer(w, r, old, new, dir, look{Shift: 1}), map[side]*markup{}}
	for s, text := range map[side]*source{oldSide: old, newSide: new} {
		m := viewer(w, r, text, text, dir, look{Shift: 1})
		m.labelled, m.written = map[string]bool{}, map[*legal.Container]bool{}
		c.sides[s] = m
	}
	if r.Old.Title != r.New.Title {
		c.row(bothSides, func(m *markup, s side) {
			m.raw(`<p class="title">`)
			m.titleSpans(redline.Equal, 0, spansOf(s, r.Title))
			m.raw("</p>\n")
		})
	}
	for i := range r.Sections {
		c.section(r, &r.Sections[i])
	}
	return c.HTML()
}

// row writes a row; write is called for each side that it stands in. Where both say
// the same, a narrow screen has it once.
func (c *inColumns) row(in side, write func(m *markup, s side)) {
	for s, m := range c.sides {
		m.buf = m.buf[:0]
		if in&s != 0 {
			write(m, s)
		}
	}
	old, new := c.sides[oldSide].buf, c.sides[newSide].buf
	c.raw(`<div class="pair`)
	if bytes.Equal(old, new) {
		c.raw(" same")
	}
	c.raw(`"><div class="old">`)
	c.buf = append(c.buf, old...)
	c.raw(`</div><div class="new">`)
	c.buf = append(c.buf, new...)
	c.raw("</div></div>\n")
}

// section writes a section whose text changed in rows; of another the title alone.
func (c *inColumns) section(r *redline.Redline, s *redline.Section) {
	anchor := sectionAnchor(r, s)
	if !isChanged(s) {
		if s.New != nil {
			c.raw(`<div class="pair whole">`)
			c.unchanged(s, anchor)
			c.raw("</div>\n")
		}
		return
	}
	in := sideOf(s.Op)
	c.raw("<section")
	c.attr("id", anchor)
	c.attr("class", map[redline.Op]string{redline.MoveFrom: "away", redline.MoveTo: "moved"}[s.Op])
	c.raw(">\n")
	c.row(in, func(m *markup, side side) {
		head := *s
		head.Title = spansOf(side, s.Title)
		m.redlineHead(&head, anchor)
		if in != bothSides {
			m.sectionMove(r, s)
		}
	})
	if in == bothSides && s.Replaced() {
		c.raw(`<div class="pair whole">`)
		c.sectionMove(r, s)
		c.raw("</div>\n")
	}
	body, _, notes := takeNotes(redline.FoldNotes(s.Blocks), nil)
	for _, row := range rowsOf(body) {
		c.row(rowSides(row), func(m *markup, side side) { m.blocks(blocksOf(side, row), nil) })
	}
	for _, n := range notes {
		c.row(n.side(), func(m *markup, side side) {
			own := &footnote{label: n.labels[side], blocks: blocksOf(side, n.blocks)}
			if own.label == "" {
				m.blocks(own.blocks, nil)
				return
			}
			m.raw(`<ul class="footnotes">` + "\n")
			m.footnote(own)
			m.raw("</ul>\n")
		})
	}
	c.raw("</section>\n")
}

// rowsOf parts blocks into rows. All parts of a block of either text are in one, with
// what stands between them, and so are the rows of a table.
func rowsOf(blocks []redline.Block) [][]redline.Block {
	last := map[any]int{} // the last place of what stands in one row
	for i := range blocks {
		b := &blocks[i]
		last[b.Old], last[b.New], last[tableOf(b)] = i, i, i
	}
	delete(last, (*legal.Block)(nil))
	delete(last, (*legal.Container)(nil))
	var rows [][]redline.Block
	for i := 0; i < len(blocks); {
		end := i
		for at := i; at <= end; at++ {
			b := &blocks[at]
			if b.Op == redline.Equal {
				end = max(end, last[b.Old], last[b.New])
			}
			end = max(end, last[tableOf(b)])
		}
		rows = append(rows, blocks[i:end+1])
		i = end + 1
	}
	return rows
}

// tableOf returns the table that a row of it stands in, or nil.
func tableOf(b *redline.Block) *legal.Container {
	if n := len(b.Path); n > 0 && b.Path[n-1].Kind == legal.Table {
		return b.Path[n-1]
	}
	return nil
}

func rowSides(row []redline.Block) side {
	var s side
	for i := range row {
		s |= sideOf(row[i].Op)
	}
	return s
}

// blocksOf returns blocks as the text of a side has them, whole and in its own lists.
func blocksOf(s side, blocks []redline.Block) []redline.Block {
	var out []redline.Block
	at := map[*legal.Block]int{}
	for _, b := range blocks {
		own := b.New
		if s == oldSide {
			own = b.Old
		}
		if sideOf(b.Op)&s == 0 || own == nil {
			continue
		}
		cells := cellsOf(s, b.Cells)
		if i, again := at[own]; again && len(cells) == 1 && len(out[i].Cells) == 1 {
			out[i].Cells[0].Spans = append(out[i].Cells[0].Spans, cells[0].Spans...)
			continue
		}
		at[own] = len(out)
		b.Path, b.Cells = own.Path[noteDepth(own.Path)+1:], cells
		if s == oldSide {
			b.Old, b.New, b.Notes = own, own, nil
		}
		out = append(out, b)
	}
	return out
}

func cellsOf(s side, cells []redline.Cell) []redline.Cell {
	var out []redline.Cell
	for _, c := range cells {
		if sideOf(c.Op)&s != 0 {
			out = append(out, redline.Cell{Op: c.Op, Spans: spansOf(s, c.Spans)})
		}
	}
	return out
}

// spansOf returns what the text of a side has of spans. The new text says of what was
// kept how it changed.
func spansOf(s side, spans []redline.Span) []redline.Span {
	var out []redline.Span
	for _, span := range spans {
		if sideOf(span.Op)&s == 0 {
			continue
		}
		if s == oldSide && (span.Op == redline.Equal || span.IsBlank()) {
			span = redline.Span{Old: span.Old, New: span.Old} // white space that went is there as well
		}
		out = append(out, span)
	}
	return out
}
