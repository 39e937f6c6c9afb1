package site

import (
	"strconv"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// ReviewMarker is the first line of a review, by which a CI finds the comment that
// it wrote before, to write the new one in its place.
const ReviewMarker = "<!-- codicil review -->"

// A Review is what a branch changes, for those who decide on it.
type Review struct {
	Base      string     // what the branch is compared with, as people call it
	Documents []Reviewed // that change, by name
	Files     []string   // of the content that change and belong to no document
	Problems  []legal.Problem
	Preview   string // the address of the site with its drafts, ends in a slash; or empty
}

// A Reviewed is a document that a branch changes.
type Reviewed struct {
	Name, Title string
	Op          redline.Op // Insert: the document is new; Delete: it is gone
	Alarms      []string   // sentences about what must not happen, as to a released version
	Remarks     []string   // other sentences
	Steps       []Step
}

// Markdown returns r as a comment on a git host, within CommentLimit. Its first line
// is ReviewMarker. Documents share the room; what has none is counted.
func (r *Review) Markdown() []byte {
	c := &comment{left: CommentLimit}
	w := WordsIn("")
	c.add(ReviewMarker + "\n")
	c.add(r.head(w))
	if len(r.Problems) > 0 {
		for shown := problemsShown; !c.add(r.problems(w, shown)); shown /= 2 {
		}
	}
	out := 0
	c.within(c.left, func() bool {
		for i := range r.Documents {
			if !c.document(w, r, &r.Documents[i], c.share(len(r.Documents)-i)) {
				out++
			}
		}
		return true
	})
	if out > 0 {
		c.add("<p><strong>A comment has no room for more: " + count(out, "document") + " left out.</strong></p>\n")
	}
	return []byte(c.String())
}

func newCommentMarkup(w *Words) *markup {
	return &markup{words: w, look: look{Away: true, Comment: true, Shift: 3}}
}

// line writes a paragraph or another element of words.
func (m *markup) line(element, words string) {
	m.raw("<" + element + ">")
	m.text(words)
	m.raw("</" + element + ">\n")
}

// preview writes the link to a page of the preview.
func (m *markup) preview(r *Review, page, words string) {
	if r.Preview == "" {
		return
	}
	m.raw(`<p><a href="`)
	m.buf = appendAttr(m.buf, r.Preview+page)
	m.raw(`">` + words + "</a></p>\n")
}

func (r *Review) head(w *Words) string {
	m := newCommentMarkup(w)
	m.line("h2", "Review of the legal documents")
	if n := len(r.Documents); n == 0 {
		m.line("p", "No document changes, compared with "+cut(r.Base)+".")
	} else {
		m.line("p", count(n, "document")+" changed, compared with "+cut(r.Base)+".")
	}
	if n := len(r.Files); n > 0 {
		words := "Beside the documents: " + cut(strings.Join(r.Files[:min(n, listed)], ", "))
		if n > listed {
			words += " and " + count(n-listed, "more file")
		}
		m.line("p", words+".")
	}
	if len(r.Problems) == 0 {
		m.line("p", "The check found no problem.")
	}
	m.preview(r, "", "Preview of the site")
	return string(m.buf)
}

// problemsShown is how many problems a comment lists: who has more reads the
// check's own output.
const problemsShown = 25

// listed is how many there are of anything else that is listed.
const listed = 10

// problems lists what the check found, at most so many.
func (r *Review) problems(w *Words, shown int) string {
	m := newCommentMarkup(w)
	errors := 0
	for _, p := range r.Problems {
		if p.Severity == legal.Error {
			errors++
		}
	}
	var tally []string
	if errors > 0 {
		tally = append(tally, count(errors, "error"))
	}
	if n := len(r.Problems) - errors; n > 0 {
		tally = append(tally, count(n, "warning"))
	}
	m.raw("<details open>\n<summary><strong>")
	m.text("The check found " + strings.Join(tally, " and "))
	m.raw("</strong></summary>\n<ul>\n")
	for _, p := range r.Problems[:min(len(r.Problems), shown)] {
		m.raw("<li><code>")
		m.text(cut(p.Pos.String()))
		m.raw("</code> ")
		m.text(p.Severity.String() + ": " + cut(p.Msg) + " [" + p.Rule + "]")
		if p.Hint != "" {
			m.raw("<br><em>")
			m.text(cut(p.Hint))
			m.raw("</em>")
		}
		m.raw("</li>\n")
	}
	m.raw("</ul>\n")
	if n := len(r.Problems) - shown; n > 0 {
		m.line("p", "… and "+count(n, "more problem")+".")
	}
	m.raw("</details>\n")
	return string(m.buf)
}

// cut returns s, or what of it has room in a list.
func cut(s string) string {
	const most = 400
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// document appends a document within the given room, and reports whether it had
// enough for what is said of it as a whole.
func (c *comment) document(w *Words, r *Review, d *Reviewed, room int) bool {
	out := 0
	said := c.within(room, func() bool {
		if !c.add(d.head(w)) {
			return false
		}
		for i := range d.Steps {
			s := &d.Steps[i]
			if !c.add(s.facts(w, r, d)) || !c.redline(w, s.Redline, c.share(len(d.Steps)-i)) {
				out++
			}
		}
		return true
	})
	if out > 0 {
		c.add("<p><strong>A comment has no room for more: " + count(out, "change") + " of this document left out, as a whole or but for what is said of it.</strong></p>\n")
	}
	return said
}

func (d *Reviewed) head(w *Words) string {
	m := newCommentMarkup(w)
	title := d.Title
	if title == "" {
		title = d.Name
	}
	m.line("h3", cut(title))
	switch d.Op {
	case redline.Insert:
		m.line("p", "This document is new.")
	case redline.Delete:
		m.line("p", "⚠ This document is gone, and so would be every address of it that was published.")
	}
	for _, alarm := range d.Alarms[:min(len(d.Alarms), listed)] {
		m.line("p", "⚠ "+cut(alarm))
	}
	if n := len(d.Alarms) - listed; n > 0 {
		m.line("p", "⚠ … and "+strconv.Itoa(n)+" more of this kind.")
	}
	for _, remark := range d.Remarks {
		m.line("p", remark)
	}
	return string(m.buf)
}
