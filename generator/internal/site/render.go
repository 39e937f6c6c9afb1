package site

import (
	"html/template"
	"strconv"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A markup writes blocks as HTML. It is the only writer of a text's HTML: a
// page's text is a redline in which everything is equal.
//
// Blocks are flat and say by their paths what they stand in. A container is
// opened where a path holds a pointer that the one before did not, and closed
// where it no longer does. So lists, tables and their kin hold only their own
// children, whatever was deleted or inserted in them, and marks stay inside of
// blocks.
type markup struct {
	buf      []byte
	words    *Words
	look     look
	old, new *source // where the links of each text lead
	stack    []opened
	tables   map[*legal.Container]*table
	numbers  map[*legal.Container]int // of items, in the text that they are of
	notes    map[string]*footnote     // by label, of the section at hand
	moves    map[int]*move
	labelled map[string]bool     // ends of moves that have their id
	typed    [2]*legal.Container // see signs
	wrapped  wrapped             // where text is written as typed
	inMove   int                 // the move that the block before belongs to
	part     int                 // the number of groups of parts; see partEnds
	marks    int                 // insertions and deletions that were numbered
	sides    sides
	within   side                      // of the section
	written  map[*legal.Container]bool // items that were begun in an earlier row; nil: not in rows; see inColumns
	dirs     directions
	terms    *terms                  // of the version that a page shows; nil: none
	versions [2]*legal.Version       // of each text, where it is known
	outlines [2]*legal.Outline       // of them, once they were asked for
	headings map[*legal.Block]string // the numbers of the headings in the section at hand
	lettered bool                    // items of numbered lists have letters
}

// A look is how a text is shown.
type look struct {
	Typed   bool // as typed: every sign is text, and nothing else is; see RedlineHTML
	Anchors bool // blocks have ids and link to each other
	Away    bool // read far from the site: links and pictures are told in words; see away.go
	Comment bool // the same, in a comment on a git host; see guard.go
	Shift   int  // what is added to the levels of headings
}

// opened is a container that is being written.
type opened struct {
	*legal.Container
	bare  bool // its last child is text without an element around it
	count int  // of a List: the number of its last item
	part  int  // of a Table: the one that the last row stands in
	side  side // the text that it is said to stand in, by it or by what it stands in
	end   string
}

// HTML returns what was written. This is the one place where text becomes
// markup that templates trust: all of it was written by the methods of markup,
// which escape what they are given.
func (m *markup) HTML() template.HTML { return template.HTML(m.buf) }

func (m *markup) raw(s string) { m.buf = append(m.buf, s...) }

func (m *markup) text(s string) {
	switch {
	case m.look.Typed:
		m.buf = appendTyped(m.buf, s)
	case m.look.Comment:
		m.buf = appendGuarded(m.buf, s)
	default:
		m.buf = appendText(m.buf, s)
	}
}

// attr writes an attribute, unless its value is empty or a git host drops it.
func (m *markup) attr(name, value string) {
	if value == "" || m.look.Comment && !hostKeeps(name) {
		return
	}
	m.raw(" " + name + `="`)
	m.buf = appendAttr(m.buf, value)
	m.raw(`"`)
}

// blocks writes blocks, whose anchors may be nil.
func (m *markup) blocks(blocks []redline.Block, anchors []string) {
	m.measure(blocks)
	m.measureSides(blocks)
	m.dirs.measure(blocks)
	for i := range blocks {
		m.enter(blocks[i].Path)
		anchor := ""
		if anchors != nil {
			anchor = anchors[i]
		}
		m.block(&blocks[i], anchor)
	}
	m.enter(nil)
	m.inMove = 0
}

// enter closes the containers that are not in path and opens those that are.
func (m *markup) enter(path []*legal.Container) {
	same := 0
	for same < len(path) && same < len(m.stack) && m.stack[same].Container == path[same] {
		same++
	}
	for len(m.stack) > same {
		last := len(m.stack) - 1
		m.raw(m.stack[last].end)
		m.stack = m.stack[:last]
	}
	for _, c := range path[same:] {
		m.open(c)
	}
}

// top returns the innermost open container, or nil.
func (m *markup) top() *opened {
	if len(m.stack) == 0 {
		return nil
	}
	return &m.stack[len(m.stack)-1]
}

func (m *markup) open(c *legal.Container) {
	parent := m.top()
	if parent != nil {
		parent.bare = false
	}
	o := opened{Container: c, side: m.sides.of(c)}
	dir := ""
	if parent == nil {
		dir = m.dirs.container(c)
	}
	switch c.Kind {
	case legal.List:
		o.end, o.count = m.list(c, dir, o.side)
	case legal.Item:
		o.end = m.item(c, parent, o.side)
	case legal.Quote:
		m.start("blockquote", dir, o.side)
		o.end = "</blockquote>\n"
	case legal.Table:
		o.end = m.openTable(c, dir, o.side)
	case legal.Definitions:
		m.start("dl", dir, o.side)
		o.end = "</dl>\n"
	case legal.Description:
		m.raw("<dd")
		m.stands(o.side)
		m.raw(">")
		o.end = "</dd>\n"
	default: // a footnote where it was written
		m.start("div", dir, o.side)
		o.end = "</div>\n"
	}
	m.stack = append(m.stack, o)
}

// start writes the start tag of an element that holds blocks.
func (m *markup) start(tag, dir string, s side) {
	m.raw("<" + tag)
	m.attr("dir", dir)
	m.stands(s)
	m.raw(">\n")
}

// list opens a list and returns its end and the number before its first.
func (m *markup) list(c *legal.Container, dir string, s side) (end string, count int) {
	if !c.Ordered {
		m.start("ul", dir, s)
		return "</ul>\n", 0
	}
	m.raw("<ol")
	if m.lettered {
		m.attr("class", "lettered")
	}
	m.attr("dir", dir)
	m.stands(s)
	if c.Start != 1 {
		m.attr("start", strconv.Itoa(c.Start))
	}
	m.raw(">\n")
	return "</ol>\n", c.Start - 1
}

// item opens an item. Its number is that of the text which it is of: where
// items come and go, the reader sees the numbers that each version has.
func (m *markup) item(c *legal.Container, parent *opened, s side) string {
	m.raw("<li")
	m.stands(s)
	if parent != nil {
		parent.count++
		if n, ok := m.numbers[c]; ok && parent.Ordered && n != parent.count {
			m.attr("value", strconv.Itoa(n))
			parent.count = n
		}
	}
	if m.written[c] {
		m.raw(` class="on">`)
		return "</li>\n"
	}
	if m.written != nil {
		m.written[c] = true
	}
	if c.Task == legal.NoTask || m.look.Typed || m.look.Away {
		m.raw(">" + m.box(c.Task))
		if m.lettered && parent != nil && parent.Ordered {
			m.number(legal.ItemMarker(m.lists(), parent.count))
		}
		return "</li>\n"
	}
	m.raw(` class="task"><input type="checkbox" disabled`)
	if c.Task == legal.DoneTask {
		m.raw(" checked")
	}
	m.attr("aria-label", m.words.Task(c.Task))
	m.raw("> ")
	return "</li>\n"
}

// block writes b into the containers that are open.
func (m *markup) block(b *redline.Block, anchor string) {
	shown := b.New
	if shown == nil || b.Op == redline.MoveFrom {
		shown = b.Old
	}
	parent := m.top()
	bare := parent != nil && isBare(m.stack) && !parent.bare && shown.Kind == legal.Paragraph && !m.startsLine()
	if parent != nil {
		parent.bare = bare
	}
	switch shown.Kind {
	case legal.Row:
		m.row(b, shown)
	case legal.Rule:
		m.rule(b)
	case legal.Heading:
		m.heading(b, shown, anchor)
	case legal.Code, legal.HTML:
		m.code(b, shown)
	case legal.Term:
		m.raw("<dt")
		m.stands(sideOf(b.Op))
		m.raw(">")
		m.cell(b, 0)
		m.raw("</dt>\n")
	default:
		m.paragraph(b, bare)
	}
}

// isBare reports whether a paragraph in the innermost container is set
// without space around it, and so without an element of its own.
func isBare(stack []opened) bool {
	last := stack[len(stack)-1]
	switch last.Kind {
	case legal.Item:
		return len(stack) > 1 && stack[len(stack)-2].Tight
	case legal.Description:
		return last.Tight
	}
	return false
}

func (m *markup) paragraph(b *redline.Block, bare bool) {
	if bare {
		m.cell(b, 0)
		return
	}
	at := len(m.buf)
	m.raw("<p")
	m.attr("dir", m.blockDir(b))
	m.stands(sideOf(b.Op))
	m.raw(">")
	empty := len(m.buf)
	m.cell(b, 0)
	if len(m.buf) == empty {
		m.buf = m.buf[:at]
		return
	}
	m.raw("</p>\n")
}

// blockDir returns the direction of a block that stands in no container, where
// it is not that of the page.
func (m *markup) blockDir(b *redline.Block) string {
	if len(m.stack) > 0 {
		return ""
	}
	return m.dirs.block(b)
}

func (m *markup) heading(b *redline.Block, shown *legal.Block, anchor string) {
	tag := "h" + strconv.Itoa(min(max(shown.Level, 1)+m.look.Shift, 6))
	at := len(m.buf)
	dir := m.blockDir(b)
	if anchor != "" {
		m.startHead(dir)
		dir = ""
	}
	m.raw("<" + tag)
	m.attr("id", anchor)
	m.attr("dir", dir)
	m.stands(sideOf(b.Op))
	m.raw(">")
	if b.Op != redline.MoveFrom {
		m.number(m.headings[b.New])
	}
	empty := len(m.buf)
	m.cell(b, 0)
	if len(m.buf) == empty { // nothing that could be read or linked to
		m.buf = m.buf[:at]
		return
	}
	m.raw("</" + tag + ">")
	if anchor != "" {
		m.permalink(anchor, shown.Words())
		m.raw("</div>")
	}
	m.raw("\n")
}

// startHead opens what holds a heading and its permalink.
func (m *markup) startHead(dir string) {
	m.raw(`<div class="head"`)
	m.attr("dir", dir)
	m.raw(">")
}

// permalink writes the link that a heading offers to itself; its sign comes
// from the style sheet, so that copied text is the document's alone.
func (m *markup) permalink(anchor, title string) {
	m.raw(`<a class="anchor"`)
	m.attr("href", "#"+anchor)
	m.attr("aria-label", m.words.LinkTo(title))
	m.raw("></a>")
}

// code writes a block whose line breaks count. A first empty line is written
// twice, since HTML drops one.
func (m *markup) code(b *redline.Block, shown *legal.Block) {
	m.raw("<pre")
	m.attr("dir", m.blockDir(b))
	m.stands(sideOf(b.Op))
	m.raw("><code>")
	at := len(m.buf)
	m.cell(b, 0)
	if at < len(m.buf) && m.buf[at] == '\n' {
		m.buf = append(m.buf[:at], append([]byte("\n"), m.buf[at:]...)...)
	}
	m.raw("</code></pre>\n")
}

func (m *markup) rule(b *redline.Block) {
	m.raw("<hr")
	switch b.Op {
	case redline.Insert:
		m.attr("data-rl", "ins")
		m.label(m.words.InsertedLine)
	case redline.Delete:
		m.attr("data-rl", "del")
		m.label(m.words.DeletedLine)
	}
	m.raw(">\n")
}

// label says what an element is to a screen reader.
func (m *markup) label(words string) {
	if !m.look.Typed {
		m.attr("aria-label", words)
	}
}

// marked returns blocks as a redline in which nothing changed.
func marked(t *legal.Text) []redline.Block {
	if t == nil {
		return nil
	}
	out := make([]redline.Block, len(t.Blocks))
	for i := range t.Blocks {
		b := &t.Blocks[i]
		out[i] = redline.Block{New: b, Old: b, Path: b.Path, Cells: make([]redline.Cell, len(b.Cells))}
		for j, cell := range b.Cells {
			spans := make([]redline.Span, len(cell))
			for k, run := range cell {
				spans[k] = redline.Span{Old: run, New: run}
			}
			out[i].Cells[j].Spans = spans
		}
	}
	return out
}

// numberItems returns the numbers of the items in the ordered lists of texts.
func numberItems(texts ...*legal.Text) map[*legal.Container]int {
	numbers := map[*legal.Container]int{}
	next := map[*legal.Container]int{}
	for _, t := range texts {
		if t == nil {
			continue
		}
		for i := range t.Blocks {
			path := t.Blocks[i].Path
			for j := 1; j < len(path); j++ {
				list, item := path[j-1], path[j]
				if _, seen := numbers[item]; seen || item.Kind != legal.Item || !list.Ordered {
					continue
				}
				numbers[item] = list.Start + next[list]
				next[list]++
			}
		}
	}
	return numbers
}
