package site

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// CommentLimit is how many characters a comment holds: GitHub's limit, the smallest
// of the hosts'.
const CommentLimit = 65536

// RedlineMarkdown returns r as Markdown for a comment on a git host, within
// CommentLimit:
//
//	<h3>Terms of Service</h3>
//	<p>1 section changed; 1 word added, 1 removed</p>
//
//	<details open>
//	<summary><strong>Ending</strong> <sub>1 word added, 1 removed</sub></summary>
//	<p>You may <del>cancel</del><ins>terminate</ins> at any time.</p>
//	</details>
//
// It holds the blocks that changed of the sections that changed, and says how much
// was left out where not all has room. Files named old and new stand in its title.
func RedlineMarkdown(r *redline.Redline, old, new string) []byte {
	c := &comment{left: CommentLimit}
	w := WordsIn("")
	m := &markup{words: w, look: look{Comment: true}}
	title := cut(old) + " → " + cut(new)
	if r.New.Title != "" {
		title = cut(r.New.Title) + ": " + title
	}
	m.line("h3", title)
	c.add(string(m.buf))
	if !c.redline(w, r, c.left) {
		c.add("<p><strong>A comment has no room for what changed. Compare the versions to see it.</strong></p>\n")
	}
	return []byte(c.String())
}

// count returns "1 section" or "2 sections". A comment is in English.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// A comment is Markdown with the room that is left in it.
type comment struct {
	strings.Builder
	left int
}

// size returns the characters of s as the strictest host counts them: code units
// of UTF-16.
func size(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// add appends a block, if there is room, and reports whether it did.
func (c *comment) add(block string) bool {
	block += "\n" // the empty line that ends it
	n := size(block)
	if n > c.left {
		return false
	}
	c.left -= n
	c.WriteString(block)
	return true
}

// foldedFrom is the size, in characters, of a section that is folded.
const foldedFrom = 4000

// omission is the room that is kept for saying what was left out.
const omission = 400

// share returns the room that one of n has that share what is left, but as much as is
// worth reading.
func (c *comment) share(n int) int { return min(c.left, max(c.left/n, 5*omission)) }

// within calls f with no more than the given room, and an omission less, which is
// there again when f has returned. It reports what f does, or false where there is
// less room than that.
func (c *comment) within(room int, f func() bool) bool {
	if room < omission {
		return false
	}
	keep := c.left - room + omission
	c.left -= keep
	defer func() { c.left += keep }()
	return f()
}

// redline appends r within the given room: its figures, and its sections until one
// has no room as a whole, of which the first blocks stand. It reports whether there
// was room for the figures.
func (c *comment) redline(w *Words, r *redline.Redline, room int) bool {
	left := 0
	said := c.within(room, func() bool {
		m := viewer(w, r, nil, nil, ltr, look{Away: true, Comment: true, Shift: 3})
		if !c.add(m.figures(r)) {
			return false
		}
		left = c.sections(m, r)
		return true
	})
	if left > 0 {
		c.add("<p><strong>A comment has no room for more: " + count(left, "changed section") +
			" left out, as a whole or from where it is said. Compare the versions to see them.</strong></p>\n")
	}
	return said
}

// sections appends the sections that changed, and returns how many were left out.
func (c *comment) sections(m *markup, r *redline.Redline) int {
	joined := r.JoinMoves()
	left := 0
	for i := range r.Sections {
		s := &r.Sections[i]
		if s.Op == redline.MoveFrom || !isChanged(s) {
			continue
		}
		if left > 0 || !c.section(m, r, s, joined) {
			left++
		}
	}
	return left
}

// figures returns what changed in numbers, and what is said of r as a whole.
func (m *markup) figures(r *redline.Redline) string {
	m.buf = nil
	lines := []string{m.words.Figures(r.Summary())}
	for _, f := range r.Files {
		lines = append(lines, m.words.File(f))
	}
	if coarse := m.words.Coarse(r.Effort.Coarse); coarse != "" {
		lines = append(lines, coarse)
	}
	for _, line := range lines {
		m.raw("<p>")
		m.text(line)
		m.raw("</p>\n")
	}
	if r.Old.Title != r.New.Title {
		m.raw("<p><strong>")
		m.titleSpans(redline.Equal, 0, r.Title)
		m.raw("</strong></p>\n")
	}
	return string(m.buf)
}

// section appends a section that changed, and reports whether all of it had room.
func (c *comment) section(m *markup, r *redline.Redline, s *redline.Section, joined map[*redline.Block]redline.Block) bool {
	blocks := m.changedOf(s, joined)
	if c.add(m.commentSection(r, s, blocks, 0)) {
		return true
	}
	n := sort.Search(len(blocks), func(n int) bool {
		return size(m.commentSection(r, s, blocks[:n+1], len(blocks)-n-1)) >= c.left
	})
	if n > 0 {
		c.add(m.commentSection(r, s, blocks[:n], len(blocks)-n))
	}
	return false
}

// commentSection returns a section with some of its blocks; more were left out.
func (m *markup) commentSection(r *redline.Redline, s *redline.Section, blocks []redline.Block, more int) string {
	m.buf, m.labelled = nil, map[string]bool{}
	if s.Op == redline.MoveTo { // all else is said beside the title
		m.sectionMove(r, s)
	}
	m.section(blocks, nil, "")
	if more > 0 {
		m.raw("<p><strong>")
		m.text("… and " + count(more, "more block") + " of this section, for which a comment has no room.")
		m.raw("</strong></p>\n")
	}
	body := string(m.buf)
	m.buf = nil
	switch {
	case body == "":
		m.raw("<p>")
		m.commentTitle(r, s)
		m.raw("</p>\n")
		return string(m.buf)
	case size(body) < foldedFrom:
		m.raw("<details open>\n<summary>")
	default:
		m.raw("<details>\n<summary>")
	}
	m.commentTitle(r, s)
	m.raw("</summary>\n" + body + "</details>\n")
	return string(m.buf)
}

func (m *markup) commentTitle(r *redline.Redline, s *redline.Section) {
	line := m.sectionLine(s, r.SectionStats(s), "")
	m.raw("<strong>")
	switch {
	case s.Old == nil && s.New == nil:
		m.text(m.words.Opening)
	case len(s.Title) == 0: // of a file that is compared by itself
		m.text(m.words.TheText)
	default:
		m.titleSpans(s.Op, s.Move, s.Title)
	}
	m.raw("</strong>")
	if what := strings.Join(append(line.Remarks, line.Figures), "; "); what != "" {
		m.raw(" <sub>")
		m.text(strings.TrimSuffix(what, "; "))
		m.raw("</sub>")
	}
}

// changedBlocks returns the blocks that are not what they were, with the heads of
// their tables, and with a block "…" where one that is not shown stood before. Move
// is that of the section.
func changedBlocks(blocks []redline.Block, move int) []redline.Block {
	shown := map[*legal.Container]bool{} // the tables of which a row changed
	for i := range blocks {
		if b := &blocks[i]; isShown(b, move) && len(b.Path) > 0 {
			shown[b.Path[len(b.Path)-1]] = true
		}
	}
	var out []redline.Block
	skipped := false
	for i := range blocks {
		b := &blocks[i]
		if !isShown(b, move) && !isHead(b, shown) {
			skipped = true
			continue
		}
		if skipped {
			out = append(out, gap(out, b))
		}
		skipped = false
		out = append(out, *b)
	}
	return out
}

func isShown(b *redline.Block, move int) bool {
	return b.Changed() || b.Op != redline.Equal && b.Move != move
}

// isHead reports whether b is the head of a table that is shown.
func isHead(b *redline.Block, shown map[*legal.Container]bool) bool {
	return b.New != nil && b.New.Header && len(b.Path) > 0 && shown[b.Path[len(b.Path)-1]]
}

// gap returns what stands for the blocks between those of out and next: a row in a
// table, else a paragraph that parts lists.
func gap(out []redline.Block, next *redline.Block) redline.Block {
	text := legal.Inline{Text: "…"}
	block := &legal.Block{Kind: legal.Paragraph}
	b := redline.Block{Old: block, New: block, Cells: []redline.Cell{{Spans: []redline.Span{{Old: text, New: text}}}}}
	if len(out) == 0 || len(next.Path) == 0 {
		return b
	}
	table := next.Path[len(next.Path)-1]
	if last := out[len(out)-1].Path; table.Kind == legal.Table && len(last) > 0 && last[len(last)-1] == table {
		block.Kind, b.Path = legal.Row, next.Path
	}
	return b
}
