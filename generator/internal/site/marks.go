package site

import (
	"slices"
	"strconv"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A piece is a run of text as it is written: what is shown, how it is marked,
// and in which of the two texts its links are.
type piece struct {
	legal.Inline
	op      redline.Op   // Equal, Delete or Insert
	changed bool         // kept, but its look or its link is not what it was
	signs   string       // how its quotation marks or dashes differ from the old ones
	old     legal.Inline // of a run that was kept: what it was
	note    string       // instead of a run: what changed, in words
	lead    bool         // of a note: it stands before what it is about
	id      string       // of the mark, where it can be linked to
	term    element      // where it is a term; see terms.go
}

// cell writes a cell of b with its marks, and a note of what changed of the
// block itself.
func (m *markup) cell(b *redline.Block, at int) {
	pieces := m.pieces(b, at)
	inMove := m.inMove
	m.inMove = 0
	move := m.moves[b.Move]
	if b.Op != redline.MoveFrom && b.Op != redline.MoveTo || move != nil && move.section {
		m.inline(pieces) // what moved as a whole section says so at its title
		return
	}
	if len(pieces) == 0 {
		return
	}
	m.inMove = b.Move
	if !m.look.Typed && (inMove != b.Move || m.look.Comment) && at == 0 { // a comment does not show how far it goes
		m.moveLabel(b.Op, b.Move)
	}
	if m.look.Comment {
		m.movedWords(b, pieces)
		return
	}
	m.raw("<span")
	m.attr("data-rl", b.Op.String())
	m.attr("data-move", moveName(b.Move))
	m.raw(">")
	m.inline(pieces)
	m.raw("</span>")
}

func moveName(n int) string { return "m" + strconv.Itoa(n) }

// pieces returns what a cell is written from.
func (m *markup) pieces(b *redline.Block, at int) []piece {
	if m.look.Typed {
		return m.typedPieces(b, at)
	}
	var out []piece
	if at == 0 {
		out = m.blockNotes(b, true)
	}
	for i, note := range m.words.Notes(b, at) {
		out = m.appendSpan(out, b, b.Cells[at].Shown(i))
		if m.look.Away {
			note = m.tell(b, at, i, note)
		}
		if note != "" {
			out = append(out, piece{note: note})
		}
	}
	if m.look.Away {
		out = tellSigns(out)
	}
	if at == len(b.Cells)-1 {
		out = append(out, m.blockNotes(b, false)...)
	}
	return m.markTerms(b.New, at, out)
}

// typedPieces returns what a cell is written from where all that is written is text.
func (m *markup) typedPieces(b *redline.Block, at int) []piece {
	var out []piece
	if at == 0 {
		out = m.signs(b)
	}
	for _, s := range b.Cells[at].Spans {
		for _, s := range m.wrapped.cut(b, s) {
			out = m.appendSpan(out, b, s)
		}
	}
	return out
}

// appendSpan appends what a span of b is written from.
func (m *markup) appendSpan(out []piece, b *redline.Block, s redline.Span) []piece {
	switch {
	case s.Op == noteOp:
		return append(out, piece{note: s.New.Text, lead: true})
	case s.Op == redline.Delete, s.Op == redline.MoveFrom:
		return append(out, piece{Inline: s.Old, op: s.Op})
	case s.Op == redline.Insert, s.Op == redline.MoveTo:
		return append(out, piece{Inline: s.New, op: s.Op})
	case b.Op == redline.MoveFrom:
		return append(out, piece{Inline: s.Old})
	case m.look.Typed && b.Op == redline.Equal && typographyDiffers(s):
		return append(out, piece{Inline: s.Old, op: redline.Delete}, piece{Inline: s.New, op: redline.Insert})
	}
	seen := b.Seen(s)
	p := piece{Inline: s.New, old: s.Old}
	if sign := seen.Sign(); sign.Old != sign.New {
		p.signs = m.words.Sign(sign)
	}
	seen.Old.Text = seen.New.Text
	p.changed = seen.Old != seen.New
	return append(out, p)
}

// blockNotes returns the notes of b itself: those that lead, or those that follow
// its words. A note that is about what comes after leads.
func (m *markup) blockNotes(b *redline.Block, lead bool) []piece {
	if b.Op == redline.MoveFrom {
		return nil
	}
	var out []piece
	for _, n := range b.Notes {
		if leads := n.Kind == redline.Split || n.Blocks > 1; leads == lead {
			out = append(out, piece{note: m.words.Block(n), lead: lead})
		}
	}
	return out
}

// typographyDiffers reports whether a run that was kept differs in signs.
func typographyDiffers(s redline.Span) bool {
	return s.Old.Text != s.New.Text && strings.Join(strings.Fields(s.Old.Text), "") != strings.Join(strings.Fields(s.New.Text), "")
}

// signs returns the signs before a block's words where they are text: the box
// of a task, the label of a footnote, the colon of a description. They are
// written once in each text.
func (m *markup) signs(b *redline.Block) []piece {
	old, new := m.sign(0, b.Old), m.sign(1, b.New)
	switch b.Op {
	case redline.Delete, redline.MoveFrom:
		new = old
	case redline.Insert, redline.MoveTo:
		old = new
	}
	if old == new {
		op := b.Op
		if op != redline.Delete && op != redline.Insert {
			op = redline.Equal
		}
		return compactPieces([]piece{{Inline: legal.Inline{Text: old}, op: op}})
	}
	return compactPieces([]piece{
		{Inline: legal.Inline{Text: old}, op: redline.Delete},
		{Inline: legal.Inline{Text: new}, op: redline.Insert},
	})
}

func compactPieces(pieces []piece) []piece {
	return slices.DeleteFunc(pieces, func(p piece) bool { return p.Text == "" })
}

func (m *markup) sign(side int, b *legal.Block) string {
	if b == nil || len(b.Path) == 0 {
		return ""
	}
	c := b.Path[len(b.Path)-1]
	if c == m.typed[side] {
		return ""
	}
	m.typed[side] = c
	return b.Sign()
}

// inline writes pieces. Elements nest in one order everywhere: a link holds
// marks, a mark holds strong, em, s and code. So text with the same attributes
// is always written alike, and a link with a changed word in it is one link.
func (m *markup) inline(pieces []piece) {
	m.numberMarks(pieces)
	wanted := make([][]element, len(pieces))
	for i := range pieces {
		wanted[i] = m.elements(&pieces[i])
	}
	for i := range pieces {
		if pieces[i].Kind == legal.Break && pieces[i].note == "" {
			wanted[i] = m.breakElements(wanted, pieces, i)
		}
	}
	var open []element
	for i := range pieces {
		if m.look.Comment && i > 0 && pieces[i-1].op == redline.Delete && pieces[i].op == redline.Insert {
			// No style sets them apart: 14 days that are now 7 would read 147.
			open = m.nest(open, wanted[i][:sharedElements(open, wanted[i])])
			m.raw("&#8201;")
		}
		open = m.nest(open, wanted[i])
		m.piece(&pieces[i])
	}
	m.nest(open, nil)
}

// numberMarks gives insertions and deletions their ids on a page: neighbouring
// pieces of the same operation are one. They hold an underscore, as no section's
// id does.
func (m *markup) numberMarks(pieces []piece) {
	if !m.look.Anchors {
		return
	}
	for i := range pieces {
		p := &pieces[i]
		switch {
		case p.op != redline.Insert && p.op != redline.Delete:
		case i > 0 && pieces[i-1].op == p.op:
			p.id = pieces[i-1].id
		default:
			m.marks++
			p.id = "change_" + strconv.Itoa(m.marks)
		}
	}
}

// An element is what text stands in: its start tag, its name and its id, which it
// has where it is opened first: a mark that goes on in a link is opened again.
type element struct{ start, name, id string }

// nest closes the elements of open that are not in wanted and opens the rest.
func (m *markup) nest(open, wanted []element) []element {
	same := sharedElements(open, wanted)
	for _, e := range slices.Backward(open[same:]) {
		m.raw("</" + e.name + ">")
	}
	for _, e := range wanted[same:] {
		m.openElement(e)
	}
	return wanted
}

func (m *markup) openElement(e element) {
	if e.id == "" || m.labelled[e.id] {
		m.raw(e.start)
		return
	}
	m.labelled[e.id] = true
	m.raw(strings.TrimSuffix(e.start, ">"))
	m.attr("id", e.id)
	m.raw(">")
}

func sharedElements(a, b []element) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// breakElements returns the elements around a line break: those that the text
// before and after it share, so that it splits no link.
func (m *markup) breakElements(wanted [][]element, pieces []piece, i int) []element {
	var out []element
	if i > 0 && i+1 < len(pieces) {
		out = wanted[i-1][:sharedElements(wanted[i-1], wanted[i+1])]
	}
	mark := m.markElement(&pieces[i])
	if mark.name != "" && !slices.Contains(out, mark) {
		out = append(slices.Clip(out), mark)
	}
	return out
}

// markElement returns the element of p's mark.
func (m *markup) markElement(p *piece) element {
	switch p.op {
	case redline.MoveFrom, redline.MoveTo:
		return element{start: `<span data-rl="` + p.op.String() + `" data-move="p` + strconv.Itoa(m.part) + `">`, name: "span"}
	case redline.Insert:
		return element{"<ins>", "ins", p.id}
	case redline.Delete:
		return element{"<del>", "del", p.id}
	}
	return element{}
}

var styleElements = [...]struct {
	style legal.Style
	element
}{
	{legal.Strong, element{start: "<strong>", name: "strong"}},
	{legal.Emphasis, element{start: "<em>", name: "em"}},
	{legal.Strike, element{start: "<s>", name: "s"}},
	{legal.Monospace, element{start: "<code>", name: "code"}},
}

// elements returns what p stands in, from the outermost to the innermost.
func (m *markup) elements(p *piece) []element {
	var out []element
	if p.note != "" {
		return nil
	}
	if p.term.name != "" {
		out = append(out, p.term)
	}
	if e := m.link(p); e.name != "" {
		out = append(out, e)
	}
	if e := m.markElement(p); e.name != "" {
		out = append(out, e)
	} else if p.Kind != legal.Image {
		out = append(out, m.keptElements(p)...)
	}
	for _, s := range styleElements {
		if p.Style&s.style != 0 {
			out = append(out, s.element)
		}
	}
	if p.Kind == legal.RawHTML {
		out = append(out, element{start: "<code>", name: "code"})
	}
	return out
}

// keptElements returns the marks of a run that was kept but is not what it was.
func (m *markup) keptElements(p *piece) []element {
	var out []element
	if m.look.Comment {
		return nil // a host shows neither
	}
	if p.changed {
		w := markup{}
		w.raw(`<span class="fmt"`)
		if m.look.Anchors && p.old.Link != p.Link {
			href, _ := m.old.href(p.old.Link)
			w.raw(` data-href="`)
			w.buf = appendAttr(w.buf, href)
			w.raw(`"`)
		}
		w.raw(">")
		out = append(out, element{start: string(w.buf), name: "span"})
	}
	if p.signs != "" && !m.look.Typed && !m.look.Away {
		w := markup{}
		w.raw(`<span class="sign"`)
		w.attr("title", p.signs)
		if m.look.Anchors {
			w.attr("data-old", p.old.Text)
		}
		w.raw(">")
		out = append(out, element{start: string(w.buf), name: "span"})
	}
	return out
}

// link returns the element of p's link, or none where there is none or it is
// not safe to follow.
func (m *markup) link(p *piece) element {
	href, ok := m.source(p.op).href(p.Link)
	if !ok || m.look.Away {
		return element{}
	}
	w := markup{}
	w.raw("<a")
	w.attr("href", href)
	w.attr("title", p.Title)
	w.raw(">")
	return element{start: string(w.buf), name: "a"}
}

// source returns the text in which a link of operation op is written.
func (m *markup) source(op redline.Op) *source {
	if op == redline.Delete || op == redline.MoveFrom {
		return m.old
	}
	return m.new
}

// piece writes p into its elements.
func (m *markup) piece(p *piece) {
	switch {
	case p.note != "":
		m.note(p.note, p.lead)
	case p.Kind == legal.Break:
		m.raw("<br>")
	case p.Kind == legal.Image:
		m.image(p)
	case p.Kind == legal.NoteRef:
		m.noteRef(p)
	case p.Kind == legal.Reference:
		m.reference(p)
	default:
		m.text(p.Text)
	}
}

// note writes a remark of the redline's own, after what it is about or, as a
// lead, before.
func (m *markup) note(words string, lead bool) {
	if lead {
		m.noteWords("", words, " ")
	} else {
		m.noteWords(" ", words, "")
	}
}

// noteWords writes the words of a remark with the spaces around it, which go where
// it goes. In a comment they are small, as no words of a text are.
func (m *markup) noteWords(before, words, after string) {
	start, end := `<span class="note"`+m.words.lang()+`>`+before+"[", "]"+after+"</span>"
	if m.look.Comment {
		start, end = before+"<sub>[", "]</sub>"+after
	}
	m.raw(start)
	m.text(words)
	m.raw(end)
}

// image writes an image; one whose address is not safe is told by its words.
func (m *markup) image(p *piece) {
	src, ok := m.source(p.op).href(p.Src)
	if !ok || m.look.Away {
		if !m.look.Typed {
			m.text(p.Text)
		}
		return
	}
	m.raw("<img")
	m.attr("src", src)
	m.raw(` alt="`)
	m.buf = appendAttr(m.buf, p.Text)
	m.raw(`"`)
	if p.Link == "" {
		m.attr("title", p.Title)
	}
	m.raw(">")
}
