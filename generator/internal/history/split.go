package history

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// Parts are a text cut at its headings.
type Parts struct {
	Title    string // of the heading that the text begins with, or empty
	Opening  []byte
	Sections []Part
}

// A Part is a section: a heading and what follows it.
type Part struct {
	Title string
	ID    string // that the heading gives itself, or empty
	Body  []byte

	bare string // its words
}

// A heading is one that a text can be cut at.
type heading struct {
	level      int
	title, id  string
	start, end int // its lines, from 0
}

// headings returns the headings of t at which the text can be cut: those that
// stand in nothing, have words, and hold no picture or footnote, which a title
// cannot.
func headings(t *legal.Text, lines [][]byte) []heading {
	var all []heading
	for i := range t.Blocks {
		b := &t.Blocks[i]
		title := strings.Join(strings.Fields(b.Words()), " ")
		if b.Kind != legal.Heading || len(b.Path) > 0 || title == "" || !titled(b) || b.Line > len(lines) {
			continue
		}
		h := heading{level: b.Level, title: title, id: b.ID, start: b.Line - 1, end: b.Line}
		if !atxHeading.Match(lines[h.start]) {
			for h.end < len(lines) && !underline.Match(lines[h.end]) {
				h.end++
			}
			h.end = min(h.end+1, len(lines))
		}
		all = append(all, h)
	}
	return all
}

// underline matches the line below a heading that has one.
var underline = regexp.MustCompile(`^ {0,3}(?:=+|-+)[ \t]*\n?$`)

func titled(b *legal.Block) bool {
	return !slices.ContainsFunc(b.Cells[0], func(run legal.Inline) bool {
		return run.Kind == legal.Image || run.Kind == legal.NoteRef || run.Kind == legal.RawHTML
	})
}

// proposedLevel returns the level of headings down to which a text is cut: the
// highest of which it has two, its title apart. It returns 0 where there is none.
func proposedLevel(text []byte) int {
	t, _ := legal.Parse(text, "", 1)
	all := headings(t, bytes.SplitAfter(text, []byte("\n")))
	if len(all) > 0 && isTitle(t, all) {
		all = all[1:]
	}
	for level := 1; level <= 6; level++ {
		n := 0
		for _, h := range all {
			if h.level == level {
				n++
			}
		}
		if n > 1 {
			return level
		}
	}
	return 0
}

// isTitle reports whether the text begins with a heading that stands above all
// others.
func isTitle(t *legal.Text, all []heading) bool {
	if t.Blocks[0].Kind != legal.Heading || t.Blocks[0].Line != all[0].start+1 {
		return false
	}
	for _, h := range all[1:] {
		if h.level <= all[0].level {
			return false
		}
	}
	return true
}

// split cuts text at its headings down to level; 0: nowhere. Where it has less
// than two of them, it is cut at its own. What crosses the borders goes along:
// definitions of links to each section that uses them, a footnote to the
// section that refers to it. A text that would lose or gain a word is not cut,
// and note says so.
func split(text []byte, level int) (p Parts, note string) {
	t, _ := legal.Parse(text, "", 1)
	lines := bytes.SplitAfter(text, []byte("\n"))
	all := headings(t, lines)
	title := len(all) > 0 && isTitle(t, all)
	if level > 0 && countUpTo(all, level, title) < 2 {
		level = cmp.Or(proposedLevel(text), level)
	}
	p = cut(lines, all, title, level)
	if whole(t) == p.whole() {
		return p, ""
	}
	if title {
		if p = cut(lines, all, title, 0); whole(t) == p.whole() {
			return p, "it is not cut into sections, since words would change"
		}
	}
	return Parts{Opening: text}, "it is not cut into sections, since words would change"
}

func countUpTo(all []heading, level int, title bool) int {
	n := 0
	for i, h := range all {
		if h.level <= level && !(i == 0 && title) {
			n++
		}
	}
	return n
}

func cut(lines [][]byte, all []heading, title bool, level int) Parts {
	var p Parts
	at := 0
	var above []byte // the title, which are definitions alone
	if title {
		p.Title = all[0].title
		above, at = bytes.Join(lines[:all[0].start], nil), all[0].end
		all = all[1:]
	}
	take := func(to int) []byte {
		body := bytes.Join(lines[at:max(at, to)], nil)
		at = max(at, to)
		return body
	}
	into := &p.Opening
	for _, h := range all {
		if h.level > level {
			continue
		}
		*into = take(h.start)
		at = h.end
		p.Sections = append(p.Sections, Part{Title: h.title, ID: h.id})
		into = &p.Sections[len(p.Sections)-1].Body
	}
	*into = take(len(lines))
	p.Opening = slices.Concat(above, []byte("\n"), p.Opening)
	p.share()
	for i := range p.Sections {
		p.Sections[i].bare = words(p.Sections[i].Body)
	}
	return p
}

// bodies returns the opening and the bodies of the sections.
func (p *Parts) bodies() []*[]byte {
	all := []*[]byte{&p.Opening}
	for i := range p.Sections {
		all = append(all, &p.Sections[i].Body)
	}
	return all
}

// whole returns the words of t and where its links lead, the footnotes last
// and each once: two forms of a text that share it hold the same.
func whole(t *legal.Text) string {
	var w strings.Builder
	notes := map[string]bool{}
	addWhole(&w, notes, t)
	return w.String() + strings.Join(sortedKeys(notes), "\n")
}

func (p *Parts) whole() string {
	var w strings.Builder
	notes := map[string]bool{}
	w.WriteString(bare(p.Title))
	for i, body := range p.bodies() {
		if i > 0 {
			w.WriteString(bare(p.Sections[i-1].Title))
		}
		t, _ := legal.Parse(*body, "", 1)
		addWhole(&w, notes, t)
	}
	return w.String() + strings.Join(sortedKeys(notes), "\n")
}

func addWhole(w *strings.Builder, notes map[string]bool, t *legal.Text) {
	note := map[*legal.Container]*strings.Builder{}
	var order []*legal.Container
	for i := range t.Blocks {
		b := &t.Blocks[i]
		into := w
		if len(b.Path) > 0 && b.Path[0].Kind == legal.Footnote {
			c := b.Path[0]
			if note[c] == nil {
				note[c] = &strings.Builder{}
				note[c].WriteString(c.Label + ": ")
				order = append(order, c)
			}
			into = note[c]
		}
		into.WriteString(bare(b.Words()))
		if b.Kind == legal.Heading {
			continue // a title holds no link
		}
		for _, cell := range b.Cells {
			for _, run := range cell {
				if run.Link+run.Src != "" {
					into.WriteString("<" + run.Link + run.Src + ">")
				}
			}
		}
	}
	for _, c := range order {
		notes[note[c].String()] = true
	}
}
