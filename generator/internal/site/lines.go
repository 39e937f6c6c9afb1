package site

import (
	"strconv"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A lineWriter writes blocks as the lines of a text file. What a block stands in
// is said by what its lines begin with: a first line by the marker of the item that
// it begins, the others by as much space, so that both forms of a text (markdownHand,
// plainHand) have the same shape.
type lineWriter struct {
	hand  hand
	buf   []byte
	stack []lineContainer
	last  *legal.Container // the list that was closed last, if nothing stood after it
	other bool             // and whether it had the other kind of marker
}

// A hand writes what a text file's lines hold.
type hand interface {
	// marker returns what the first line of a container begins with; the others
	// begin with rest.
	marker(c *legal.Container) (first, rest string)
	// item does so of an item of a list.
	item(list, item *legal.Container, number int, other bool) (first, rest string)
	lines(b *legal.Block, anchor string) []string
	table(c *legal.Container, rows []*legal.Block) []string
}

// A lineContainer is a container that is being written.
type lineContainer struct {
	*legal.Container
	first, rest string
	begun       bool // first was written
	count       int  // of a List: the number of its next item
	other       bool // of a List: it has the other kind of marker, since it follows a list at once
}

// blocks writes blocks, whose anchors may be nil.
func (w *lineWriter) blocks(blocks []redline.Block, anchors []string) {
	w.stack, w.last = nil, nil
	for i := 0; i < len(blocks); i++ {
		b := blocks[i].New
		if b.Kind == legal.Row {
			first := i
			var rows []*legal.Block
			table := blocks[i].Path[len(blocks[i].Path)-1]
			for ; i < len(blocks) && blocks[i].New.Kind == legal.Row && blocks[i].Path[len(blocks[i].Path)-1] == table; i++ {
				rows = append(rows, blocks[i].New)
			}
			i--
			w.enter(blocks[first].Path)
			w.lines(w.hand.table(table, rows))
			continue
		}
		anchor := ""
		if anchors != nil {
			anchor = anchors[i]
		}
		lines := w.hand.lines(b, anchor)
		if len(lines) == 0 && len(blocks[i].Path) == 0 {
			continue
		}
		w.enter(blocks[i].Path)
		w.lines(lines)
	}
	w.stack = nil
}

// enter leaves the containers that are not in path and enters those that are.
func (w *lineWriter) enter(path []*legal.Container) {
	same := 0
	for same < len(path) && same < len(w.stack) && w.stack[same].Container == path[same] {
		same++
	}
	if len(w.buf) > 0 && (same == 0 || !w.stack[same-1].begunTight(w.stack[:same], path[same:])) {
		w.empty(w.stack[:same])
	}
	w.last = nil
	if same < len(w.stack) {
		if left := &w.stack[same]; left.Kind == legal.List {
			w.last, w.other = left.Container, left.other
		}
	}
	w.stack = w.stack[:same]
	for _, c := range path[same:] {
		w.push(c)
	}
}

// begunTight reports whether what comes next in c, the last of stack, follows at once,
// without an empty line: it is more, which is not in c yet, or a block.
func (c *lineContainer) begunTight(stack []lineContainer, more []*legal.Container) bool {
	switch c.Kind {
	case legal.List:
		return c.Tight
	case legal.Item:
		return len(stack) > 1 && stack[len(stack)-2].Tight
	case legal.Definitions:
		return len(more) > 0 && more[0].Tight
	}
	return false
}

func (w *lineWriter) push(c *legal.Container) {
	o := lineContainer{Container: c, count: c.Start}
	var parent *lineContainer
	if n := len(w.stack); n > 0 {
		parent = &w.stack[n-1]
	}
	switch {
	case c.Kind == legal.List:
		o.other = w.last != nil && w.last.Ordered == c.Ordered && !w.other
		w.last = nil
	case c.Kind == legal.Item && parent != nil:
		o.first, o.rest = w.hand.item(parent.Container, c, parent.count, parent.other)
		parent.count++
	default:
		o.first, o.rest = w.hand.marker(c)
	}
	w.stack = append(w.stack, o)
}

// empty writes an empty line in containers.
func (w *lineWriter) empty(in []lineContainer) {
	var line strings.Builder
	for i := range in {
		line.WriteString(in[i].rest)
	}
	w.line(line.String())
}

// lines writes lines where the writer stands. Where there is none, a marker that
// waits for its first line stands alone.
func (w *lineWriter) lines(lines []string) {
	if len(lines) == 0 {
		lines = []string{""}
	}
	for _, text := range lines {
		var line strings.Builder
		for i := range w.stack {
			if c := &w.stack[i]; !c.begun {
				line.WriteString(c.first)
				c.begun = true
			} else {
				line.WriteString(c.rest)
			}
		}
		if text == "" {
			w.line(line.String())
			continue
		}
		w.buf = append(append(append(w.buf, line.String()...), text...), '\n')
	}
}

// line writes a line without the spaces at its end.
func (w *lineWriter) line(text string) {
	w.buf = append(w.buf, strings.TrimRight(text, " ")...)
	w.buf = append(w.buf, '\n')
}

// paragraph writes a text of its own between others.
func (w *lineWriter) paragraph(lines ...string) {
	if len(w.buf) > 0 {
		w.line("")
	}
	for _, line := range lines {
		w.line(line)
	}
}

// blanks returns as much space as s is wide.
func blanks(s string) string { return strings.Repeat(" ", len(s)) }

// bullet returns the marker of an item: its number, or one of two bullets.
func bullet(list *legal.Container, number int, other bool, bullets, ends [2]string) string {
	which := 0
	if other {
		which = 1
	}
	if list.Ordered {
		return strconv.Itoa(number) + ends[which] + " "
	}
	return bullets[which] + " "
}
