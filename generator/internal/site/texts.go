package site

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A version's text is published beside its page as Markdown and without markup, under
// a name that says what it is once it was saved:
//
//	terms/terms.md, terms/terms.txt                  the version in force
//	terms/1.1.0/terms-1.1.0.md, terms-1.1.0.txt      a version
//
// Both begin with the title, the dates and the permanent address, and say of a
// version that is not in force that it is not. The words are the document's own; see
// markdownHand and plainHand. An attachment of the same name keeps its address.

// textKinds are the endings of the files with a text, and their media types.
var textKinds = [...]struct{ ending, media string }{{".md", "text/markdown"}, {".txt", "text/plain"}}

// textName returns what the files with the text of a document or translation are called:
// terms, terms-de.
func textName(name string) string { return strings.ReplaceAll(name, "/", "-") }

// textFile returns the file with v's text of a kind, "" where there is none.
func (d *document) textFile(v *legal.Version, ending string) string {
	name := textName(d.Name) + "-" + dir(v) + ending
	if v == d.Draft || slices.Contains(v.Attachments, name) {
		return ""
	}
	return d.path(dir(v) + "/" + name)
}

// textFiles writes the text of every known version, and that of the one in force once
// more at the document's own address.
func (d *document) textFiles() error {
	for _, kind := range textKinds {
		for _, v := range d.standing.Known {
			if file := d.textFile(v, kind.ending); file != "" {
				if err := d.putText(file, kind.ending, v, false); err != nil {
					return err
				}
			}
		}
		if v := d.standing.InForce; v != nil {
			if err := d.putText(d.path(textName(d.Name)+kind.ending), kind.ending, v, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// putText writes v's text, or keeps it. Own says that it is at the document's own
// address, where it is announced what is upcoming.
func (d *document) putText(file, ending string, v *legal.Version, own bool) error {
	if !d.wants(file) {
		return nil
	}
	says, err := d.says(v)
	if err != nil {
		return err
	}
	head := d.textHead(v, own)
	if kept, err := d.reuse(file, says, head); kept || err != nil {
		return err
	}
	if ending == ".md" {
		return d.keep(file, d.markdownText(v, head))
	}
	return d.keep(file, d.plainText(v, head))
}

// A textHead is what a file with a text says before it.
type textHead struct {
	Title, Dates, Publisher, Permanent string
	Notes                              []textNote
}

// A textNote says that the text is not simply the one that applies.
type textNote struct{ Words, Address string }

func (d *document) textHead(v *legal.Version, own bool) textHead {
	n := d.notice(place{base: d.site.URL}, v)
	var dates []string
	if n.Updated.Text != "" {
		dates = append(dates, d.words.LastUpdated+" "+n.Updated.Text)
	}
	dates = append(dates, d.words.Effective+" "+n.Effective.Text, n.Version)
	h := textHead{
		Title:     clean(v.Title),
		Dates:     strings.Join(dates, " · "),
		Publisher: clean(d.site.Organisation),
		Permanent: d.address(d.path(dir(v) + "/")),
	}
	if state := d.state(v); !own && state != inForce {
		s := d.status(place{base: d.site.URL}, v)
		note := textNote{Words: s.Text.String()}
		if d.standing.InForce != nil {
			note.Address = d.address(d.path(""))
		}
		h.Notes = append(h.Notes, note)
	}
	if prevailing := d.prevailing(""); prevailing != nil {
		h.Notes = append(h.Notes, textNote{Words: strings.TrimSpace(prevailing.Translation + " " + prevailing.Link.Text)})
	}
	if lag := d.lag(place{base: d.site.URL}); lag != nil && d.state(v) == inForce {
		h.Notes = append(h.Notes, textNote{lag.Text.String(), lag.Links[0].Href})
	}
	if own {
		for i, v := range d.standing.Upcoming {
			note := textNote{d.words.ChangesOn(v.Effective).String(), d.address(d.path("upcoming/"))}
			if i > 0 {
				note.Address = d.address(d.path(dir(v) + "/"))
			}
			h.Notes = append(h.Notes, note)
		}
	}
	return h
}

// String returns s as text.
func (s Sentence) String() string { return s.Before + s.Date.Text + s.After }

// markdownText returns v's text as Markdown.
func (d *document) markdownText(v *legal.Version, head textHead) []byte {
	hand := &markdownHand{source: d.source(place{base: d.site.URL}, v, false), shift: 1}
	w := &lineWriter{hand: hand}
	w.paragraph("# " + hand.headingEnd(escapeMarkdown(head.Title, "")))
	w.paragraph(escapeMarkdown(head.Dates, ""))
	w.paragraph(guardLine(escapeMarkdown(head.Publisher, "")) + " · <" + head.Permanent + ">")
	for _, n := range head.Notes {
		line := "> **" + escapeMarkdown(n.Words, "") + "**"
		if n.Address != "" {
			line += " <" + n.Address + ">"
		}
		w.paragraph(line)
	}
	a := newAnchors(v)
	labels := noteLabels(v)
	outline := legal.NewOutline(v)
	if v.Opening != nil {
		opening := &legal.Section{ID: "opening", Body: v.Opening}
		hand.labels = labels[0]
		w.section(readable(v.Opening, outline, nil), a.of(opening))
	}
	for i, s := range v.Sections {
		id := ""
		if a.section[s] != "" {
			id = " {#" + s.ID + "}"
		}
		w.paragraph("## " + hand.headingEnd(escapeMarkdown(clean(numberedTitle(outline.Number(s), s.Title)), "")) + id)
		hand.labels = labels[i+1]
		w.section(readable(s.Body, outline, outline.Headings(s)), a.of(s))
	}
	return w.buf
}

// plainText returns v's text without markup.
func (d *document) plainText(v *legal.Version, head textHead) []byte {
	hand := &plainHand{source: d.source(place{base: d.site.URL}, v, false)}
	w := &lineWriter{hand: hand}
	if v.Numbered {
		hand.letter = w
	}
	outline := legal.NewOutline(v)
	w.paragraph(underlined(head.Title, "=")...)
	w.paragraph(head.Dates, head.Publisher, head.Permanent)
	for _, n := range head.Notes {
		w.paragraph(strings.TrimSpace(n.Words + " " + n.Address))
	}
	if v.Opening != nil {
		w.section(readable(v.Opening, outline, nil), nil)
	}
	for _, s := range v.Sections {
		w.paragraph(append([]string{""}, underlined(clean(numberedTitle(outline.Number(s), s.Title)), "-")...)...)
		w.section(readable(s.Body, outline, outline.Headings(s)), nil)
	}
	return w.buf
}

// section writes the blocks of a text, its footnotes last.
func (w *lineWriter) section(t *legal.Text, anchors []string) {
	body, bodyAnchors, notes := takeNotes(marked(t), anchors)
	w.blocks(body, bodyAnchors)
	for _, n := range notes {
		container := &legal.Container{Kind: legal.Footnote, Label: n.label}
		for i := range n.blocks {
			n.blocks[i].Path = append([]*legal.Container{container}, n.blocks[i].Path...)
		}
		w.blocks(n.blocks, nil)
	}
}

// plainLabel matches the labels of footnotes that Markdown's readers agree on.
var plainLabel = regexp.MustCompile(`^[A-Za-z0-9-]+$`)

// noteLabels returns what the footnotes of the opening and of each section are
// labelled in one file: as they were typed where no other has the same label, else
// with the section's id before.
func noteLabels(v *legal.Version) []map[string]string {
	used := map[string]int{}
	for _, t := range textsOf(v) {
		for _, label := range labelsOf(t) {
			used[strings.ToLower(label)]++
		}
	}
	var out []map[string]string
	give := func(id string, t *legal.Text) {
		labels := map[string]string{}
		for i, label := range labelsOf(t) {
			if used[strings.ToLower(label)] > 1 || !plainLabel.MatchString(label) {
				labels[label] = id + "-note-" + strconv.Itoa(i+1)
			}
		}
		out = append(out, labels)
	}
	give("opening", v.Opening)
	for _, s := range v.Sections {
		give(s.ID, s.Body)
	}
	return out
}

// labelsOf returns the labels of a text's footnotes, each once.
func labelsOf(t *legal.Text) []string {
	var labels []string
	if t == nil {
		return nil
	}
	seen := map[string]bool{}
	for i := range t.Blocks {
		for _, c := range t.Blocks[i].Path {
			if c.Kind == legal.Footnote && !seen[c.Label] {
				seen[c.Label] = true
				labels = append(labels, c.Label)
			}
		}
	}
	return labels
}

// relateTexts adds the links to the same text in other forms, which are at the
// document's own address or at v's.
func (d *document) relateTexts(page *VersionPage, p place, v *legal.Version, own bool) {
	labels := [...]string{d.words.Markdown, d.words.PlainText}
	var links []Link
	for i, kind := range textKinds {
		file := d.textFile(v, kind.ending)
		if own {
			file = d.path(textName(d.Name) + kind.ending)
		}
		if file == "" {
			continue
		}
		page.Relations = append(page.Relations, Relation{Rel: "alternate", Type: kind.media, Title: labels[i], Href: p.to(file)})
		links = append(links, Link{p.to(file), labels[i]})
		page.Work.Encodings = append(page.Work.Encodings, Encoding{"MediaObject", kind.media, d.address(file)})
	}
	page.Formats = append(links, page.Formats...)
}
