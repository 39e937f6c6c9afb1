package site

import (
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

// A Step is a change of a document: a version that is released, or of its draft.
type Step struct {
	Release  bool
	Before   *legal.Version // the newest version that is released before, or nil
	New      *legal.Version // the version or the draft
	Updated  legal.Date     // Last Updated before
	Likely   legal.Change   // what kind of change the draft looks like, where it does not say
	Redline  *redline.Redline
	Together *redline.Summary // of a draft that had changes before: all of them since Before
}

// Markdown returns r as a comment on a git host, within CommentLimit. Its first line
// is ReviewMarker. Documents share the room; what has none is counted.
func (r *Review) Markdown() []byte {
	c := &comment{left: CommentLimit}
	w := WordsIn("")
	c.add(ReviewMarker + "\n")
	c.add(r.head(w))
	if len(r.Problems) > 0 {
		c.add(r.problems(w))
	}
	c.left -= omission
	out := 0
	for i := range r.Documents {
		if !c.document(w, r, &r.Documents[i], c.left/(len(r.Documents)-i)) {
			out++
		}
	}
	c.left += omission
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
		m.line("p", "No document changes, compared with "+r.Base+".")
	} else {
		m.line("p", count(n, "document")+" changed, compared with "+r.Base+".")
	}
	if n := len(r.Files); n > 0 {
		shown := r.Files[:min(n, 10)]
		words := "Beside the documents: " + strings.Join(shown, ", ")
		if n > len(shown) {
			words += " and " + count(n-len(shown), "more file")
		}
		m.line("p", words+".")
	}
	m.preview(r, "", "Preview of the site")
	return string(m.buf)
}

// problemsShown is how many problems a comment lists: who has more reads the
// check's own output.
const problemsShown = 25

// problems lists what the check found.
func (r *Review) problems(w *Words) string {
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
	for _, p := range r.Problems[:min(len(r.Problems), problemsShown)] {
		m.raw("<li><code>")
		m.text(p.Pos.String())
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
	if n := len(r.Problems) - problemsShown; n > 0 {
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
// enough for what is said of it in words.
func (c *comment) document(w *Words, r *Review, d *Reviewed, room int) bool {
	keep := c.left - room
	c.left = room
	defer func() { c.left += keep }()
	if !c.add(d.head(w)) {
		return false
	}
	for i := range d.Steps {
		s := &d.Steps[i]
		c.add(s.facts(w, r, d))
		c.redline(w, s.Redline, c.left/(len(d.Steps)-i))
	}
	return true
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
	for _, alarm := range d.Alarms {
		m.line("p", "⚠ "+alarm)
	}
	for _, remark := range d.Remarks {
		m.line("p", remark)
	}
	return string(m.buf)
}

// facts says of a step what it is, from when it applies, and whether it matters.
func (s *Step) facts(w *Words, r *Review, d *Reviewed) string {
	m := newCommentMarkup(w)
	page, words := "draft/", "Preview of the draft"
	if s.Release {
		page, words = "changes/", "Preview of the changelog"
		m.line("h4", "Releases "+s.New.Number.String())
	} else {
		m.line("h4", "Changes the draft")
	}
	m.raw("<ul>\n")
	m.line("li", s.kind())
	m.line("li", s.dates())
	if line := s.material(); line != "" {
		m.line("li", line)
	}
	if s.Together != nil {
		m.line("li", "Together with what the draft held before, since "+s.Before.Number.String()+": "+w.Figures(*s.Together)+".")
	}
	m.raw("</ul>\n")
	if sum := s.New.Summary; sum != nil && (s.Before == nil || s.Before.Summary.Digest() != sum.Digest()) {
		m.raw("<blockquote>\n")
		m.dirs = directionsOf(ltr, sum)
		m.section(marked(sum), nil, "")
		m.raw("</blockquote>\n")
	}
	m.preview(r, d.Name+"/"+page, words)
	return string(m.buf)
}

// numbered reports whether it was decided what version the step makes.
func (s *Step) numbered() bool {
	return s.Release || s.Before == nil || s.New.Number.Compare(s.Before.Number) > 0
}

func (s *Step) kind() string {
	switch {
	case s.Before == nil && s.Release:
		return "The first version."
	case s.Before == nil:
		return "No version of this document is released yet."
	case s.numbered():
		words := kindOf(s.New.Number.Since(s.Before.Number)) + " of " + s.Before.Number.String()
		if !s.Release {
			words += ", planned as " + s.New.Number.String()
		}
		return words + "."
	}
	n := s.Before.Number
	return "What kind of change it is has not been decided: " + n.Next(legal.Correction).String() + " as a correction, " +
		n.Next(legal.Update).String() + " as an update or " + n.Next(legal.Edition).String() + " as an edition of " + n.String() + ". " +
		kindOf(s.Likely) + " looks likely."
}

func kindOf(c legal.Change) string { return [...]string{"A correction", "An update", "An edition"}[c] }

// dates says from when the step applies, and how long people know before.
func (s *Step) dates() string {
	v := s.New
	if v.Effective.IsZero() || !s.Release && s.Before != nil && v.Effective == s.Before.Effective {
		return "From when it applies has not been decided."
	}
	words := "Applies from " + v.Effective.String()
	days := v.Published.DaysUntil(v.Effective)
	switch {
	case s.Before == nil: // nobody was told anything else
		return words + "."
	case !v.Announced || v.Published.IsZero():
		return words + ", and counts as published on that day: no notice."
	case days == 0:
		return words + ", published on the same day: no notice."
	case days < 0:
		return words + ", which is " + count(-days, "day") + " before it is published, " + v.Published.String() + "."
	}
	return words + ", published " + v.Published.String() + ": " + count(days, "day") + " of notice."
}

// material says whether the step matters to readers.
func (s *Step) material() string {
	switch {
	case s.Before == nil:
		return ""
	case !s.numbered():
		return "Material if it is an update or an edition, not if it is a correction."
	case !s.New.Material:
		words := "Not material"
		if !s.Updated.IsZero() {
			words += ": Last Updated stays " + s.Updated.String()
		}
		return words + "."
	}
	if !s.Release || s.New.Published.IsZero() {
		return "Material: Last Updated moves."
	}
	return "Material: Last Updated will be " + s.New.Published.String() + "."
}
