package history

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A prepared is a state's text, read as far as it goes.
type prepared struct {
	title  string // of its first heading, or its front matter
	raw    []byte // in canonical form, with front matter
	body   []byte // without
	text   []byte // mended
	parsed *legal.Text
	stated Stated
	level  int // of the headings at which it would be cut
	notes  []string
	seen   string
}

// A form says how texts are read.
type form struct {
	charset string // of what is not UTF-8
	html    bool
}

// prepare reads source. An error is HTML that cannot be made Markdown.
func prepare(source []byte, as form) (*prepared, error) {
	p := &prepared{}
	var note string
	p.raw, note = decode(source, as.charset)
	p.note(note)
	fields, body, note := cutFront(p.raw)
	p.note(note)
	if as.html {
		var err error
		if body, err = pageText(p.raw); err != nil {
			return nil, err
		}
	}
	if crowded(body) {
		return nil, errComplex
	}
	p.body = body
	var notes []string
	p.text, notes = mend(p.body)
	p.notes = append(p.notes, notes...)
	p.parsed, _ = legal.Parse(p.text, "", 1)
	p.stated = stated(fields, p.parsed, datetime(p.body))
	p.note(p.stated.Note)
	p.level = proposedLevel(p.text)
	p.title = strings.Join(strings.Fields(fields["title"]), " ")
	if all := headings(p.parsed, bytes.SplitAfter(p.text, []byte("\n"))); len(all) > 0 && isTitle(p.parsed, all) {
		p.title = all[0].title
	}
	p.seen = seen(p.parsed)
	return p, nil
}

// crowded reports whether a line holds more tags than a text for people: to say
// where they are takes time that grows with the square of the line.
func crowded(text []byte) bool {
	for line := range bytes.Lines(text) {
		if bytes.Count(line, []byte("<"))*len(line) > 3e8 {
			return true
		}
	}
	return false
}

// pageText returns the Markdown of a page, with the words of its main part.
func pageText(page []byte) ([]byte, error) {
	out, err := toMarkdown(page)
	if err != nil {
		return nil, err
	}
	return legal.Canon(out), nil
}

func (p *prepared) note(words string) {
	if words != "" {
		p.notes = append(p.notes, words)
	}
}

// seen returns what of t a reader can see or follow that is more than its
// setting: its words, what is struck out, where links and pictures lead, and
// the numbers of lists.
func seen(t *legal.Text) string {
	var w strings.Builder
	var before []*legal.Container
	for i := range t.Blocks {
		b := &t.Blocks[i]
		for _, c := range b.Path {
			if c.Ordered && !slices.Contains(before, c) {
				fmt.Fprintf(&w, "<from %d> ", c.Start)
			}
			if c.Task != legal.NoTask {
				fmt.Fprintf(&w, "<task %d> ", c.Task)
			}
		}
		before = b.Path
		link, struck := "", false
		for _, cell := range b.Cells {
			for _, run := range cell {
				if to := run.Link + " " + run.Src; to != link && run.Text != " " {
					w.WriteString("<" + to + ">")
					link = to
				}
				if s := run.Style&legal.Strike != 0; s != struck {
					w.WriteString("<struck>")
					struck = s
				}
				w.WriteString(run.Text)
			}
			w.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(w.String()), " ")
}

// same says why b is no version after a, or "" where a reader sees that it is
// another text.
func (a *prepared) same(b *prepared) string {
	switch {
	case a.title != b.title || a.seen != b.seen:
		return ""
	case bytes.Equal(a.raw, b.raw):
		return "line ends or encoding"
	case bytes.Equal(a.body, b.body):
		return "front matter"
	case bare(string(a.body)) == bare(string(b.body)):
		return "white space"
	case a.parsed.Digest() == b.parsed.Digest():
		return "the spelling of Markdown"
	}
	return "formatting"
}
