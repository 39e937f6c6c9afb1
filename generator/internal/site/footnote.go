package site

import (
	"slices"
	"strconv"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A footnote is a note that was written among a section's blocks and is
// shown at the section's end.
type footnote struct {
	id     string // what its ids end in
	label  string
	labels map[side]string // what each text calls it, if it is a note there
	blocks []redline.Block
	refs   int // references that were written
}

// side returns that of all of n's blocks.
func (n *footnote) side() side {
	var s side
	for i := range n.blocks {
		s |= sideOf(n.blocks[i].Op)
	}
	return s
}

// section writes the blocks of a section, its footnotes last. Ids of notes
// hold an underscore, which no section's id can, and begin with prefix.
func (m *markup) section(blocks []redline.Block, anchors []string, prefix string) {
	if m.look.Typed {
		m.blocks(blocks, anchors)
		return
	}
	body, bodyAnchors, notes := takeNotes(blocks, anchors)
	m.notes = map[string]*footnote{}
	for i, n := range notes {
		n.id = prefix + "_" + strconv.Itoa(i+1)
		if m.notes[n.label] == nil {
			m.notes[n.label] = n
		}
	}
	m.blocks(body, bodyAnchors)
	if len(notes) == 0 {
		return
	}
	m.raw(`<ul class="footnotes"`)
	m.attr("dir", m.dirs.unlessPage(m.dirs.base))
	var all side
	for _, n := range notes {
		all |= n.side()
	}
	m.stands(all)
	within := m.within
	m.within = all
	m.raw(">\n")
	page := m.dirs.page
	m.dirs.page = m.dirs.base
	for _, n := range notes {
		m.footnote(n)
	}
	m.dirs.page, m.within = page, within
	m.raw("</ul>\n")
}

// takeNotes parts blocks into those of the text and the footnotes. A list's
// item that held nothing else stays as an empty one.
func takeNotes(blocks []redline.Block, anchors []string) (body []redline.Block, bodyAnchors []string, notes []*footnote) {
	first := slices.IndexFunc(blocks, func(b redline.Block) bool { return noteDepth(b.Path) >= 0 })
	if first < 0 {
		return blocks, anchors, nil
	}
	at := map[*legal.Container]*footnote{}
	for i, b := range blocks {
		depth := noteDepth(b.Path)
		if depth < 0 {
			body = append(body, b)
			if anchors != nil {
				bodyAnchors = append(bodyAnchors, anchors[i])
			}
			continue
		}
		c := b.Path[depth]
		n := at[c]
		if n == nil {
			n = &footnote{label: c.Label, labels: map[side]string{newSide: c.Label}}
			at[c] = n
			notes = append(notes, n)
			if depth > 0 {
				empty := &legal.Block{}
				body = append(body, redline.Block{Old: empty, New: empty, Path: b.Path[:depth], Cells: []redline.Cell{{}}})
				if anchors != nil {
					bodyAnchors = append(bodyAnchors, "")
				}
			}
		}
		if b.Old != nil {
			if i := noteDepth(b.Old.Path); i >= 0 {
				n.labels[oldSide] = b.Old.Path[i].Label
			}
		}
		b.Path = b.Path[depth+1:]
		n.blocks = append(n.blocks, b)
	}
	return body, bodyAnchors, notes
}

// noteDepth returns the place of a footnote in path, or -1.
func noteDepth(path []*legal.Container) int {
	return slices.IndexFunc(path, func(c *legal.Container) bool { return c.Kind == legal.Footnote })
}

// footnote writes a note with the way back to where it is referred to.
func (m *markup) footnote(n *footnote) {
	m.raw("<li")
	if m.look.Anchors {
		m.attr("id", "note_"+n.id)
	}
	m.stands(n.side())
	m.raw(`><span class="label">`)
	if m.look.Anchors && n.refs > 0 {
		m.raw(`<a role="doc-backlink"`)
		m.attr("href", "#ref_"+n.id)
		m.attr("aria-label", m.words.BackTo(n.label))
		m.raw(">")
		m.text(n.label)
		m.raw("</a>")
	} else {
		m.text(n.label)
	}
	m.raw("</span>\n")
	m.blocks(n.blocks, nil)
	m.raw("</li>\n")
}

// noteRef writes a reference to a footnote. In a link it is no link itself.
func (m *markup) noteRef(p *piece) {
	if m.look.Typed {
		m.text("[^" + p.Text + "]")
		return
	}
	n := m.notes[p.Label]
	m.raw("<sup")
	if n != nil && m.look.Anchors {
		if n.refs++; n.refs == 1 {
			m.attr("id", "ref_"+n.id)
		}
	}
	m.raw(">")
	if n != nil && m.look.Anchors && p.Link == "" {
		m.raw(`<a role="doc-noteref"`)
		m.attr("href", "#note_"+n.id)
		m.raw(">")
		m.text(p.Text)
		m.raw("</a>")
	} else {
		m.text(p.Text)
	}
	m.raw("</sup>")
}
