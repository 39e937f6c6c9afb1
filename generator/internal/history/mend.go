package history

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// mend makes of the Markdown of another system the one that is published here,
// and says what it did. No step may change a word: one that would is not taken.
func mend(text []byte) (mended []byte, notes []string) {
	for _, step := range []struct {
		do  func([]byte) ([]byte, string)
		may func(before, after string) bool
	}{
		{dropAttributes, nil},
		{convertHTML, nil},
		{mendHeadings, same},
		{mendLinks, same},
	} {
		out, note := step.do(text)
		if note == "" {
			continue
		}
		if step.may == nil || step.may(words(text), words(out)) {
			text, notes = out, append(notes, note)
		}
	}
	if bytes.Contains(text, []byte("{%")) {
		notes = append(notes, "it holds tags of a template ({% … %}), which are shown as text")
	}
	return text, notes
}

func same(before, after string) bool { return before == after }

// words returns what a reader sees of Markdown, without white space.
func words(source []byte) string {
	t, _ := legal.Parse(source, "", 1)
	return bare(t.Plain())
}

// attributeList matches kramdown's {: .class #id key="value" }.
var attributeList = regexp.MustCompile(`\{:[ \t]*(?:(?:[.#][\w:-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+)|toc|no_toc)[ \t]*)+\}`)

var attributeID = regexp.MustCompile(`[ \t{:]#([\w:.-]+)`)

// dropAttributes takes out kramdown's attribute lists, which no reader sees,
// and makes the id of one after a heading the heading's.
func dropAttributes(text []byte) ([]byte, string) {
	if !bytes.Contains(text, []byte("{:")) {
		return text, ""
	}
	var out []byte
	changed := false
	heading := -1 // the end of the heading that an attribute list may follow
	var fence fence
	for line := range bytes.Lines(text) {
		if fence.in(line) || !attributeList.Match(line) {
			heading = -1
			if !fence.open && atxHeading.Match(line) {
				heading = len(out) + len(bytes.TrimRight(line, " \t\n"))
			}
			out = append(out, line...)
			continue
		}
		changed = true
		id := ""
		if m := attributeID.FindSubmatch(attributeList.Find(line)); m != nil {
			id = legal.Slug(string(m[1]))
		}
		rest := bytes.TrimRight(attributeList.ReplaceAll(line, nil), " \t\n")
		alone := len(bytes.TrimLeft(rest, " \t>")) == 0
		switch {
		case alone && heading >= 0 && legal.ValidID(id):
			out = append(append(out[:heading:heading], " {#"+id+"}"...), out[heading:]...)
		case !alone && atxHeading.Match(rest) && legal.ValidID(id):
			out = append(append(out, rest...), " {#"+id+"}\n"...)
		case !alone:
			out = append(append(out, rest...), '\n')
		}
		heading = -1
	}
	if !changed {
		return text, ""
	}
	return out, "its attribute lists {: … } were taken out"
}

var atxHeading = regexp.MustCompile(`^ {0,3}#{1,6}(?:[ \t]|\n?$)`)

// A fence follows the fenced code of a text, line by line.
type fence struct {
	open  bool
	marks string
}

// in reports whether line is part of fenced code.
func (f *fence) in(line []byte) bool {
	text := bytes.TrimLeft(line, " \t>")
	for _, sign := range []string{"`", "~"} {
		n := len(text) - len(bytes.TrimLeft(text, sign))
		switch {
		case n < 3:
		case !f.open:
			f.open, f.marks = true, strings.Repeat(sign, n)
			return true
		case strings.HasPrefix(f.marks, sign) && n >= len(f.marks) && len(bytes.TrimSpace(text[n:])) == 0:
			f.open = false
			return true
		}
	}
	return f.open
}

var headingAttributes = regexp.MustCompile(`[ \t]*\{([^{}\n]*)\}[ \t]*(#*[ \t]*)$`)

// mendHeadings keeps of the attributes of headings the ids that can be anchors,
// the first of each.
func mendHeadings(text []byte) ([]byte, string) {
	t, problems := legal.Parse(text, "", 1)
	wrong := map[int]bool{}
	for _, p := range problems {
		if p.Rule == "heading-attribute" || p.Rule == "bad-id" {
			wrong[p.Line] = true
		}
	}
	taken := map[string]bool{}
	for _, b := range t.Blocks {
		if b.Kind == legal.Heading && b.ID != "" {
			wrong[b.Line] = wrong[b.Line] || taken[b.ID]
			taken[b.ID] = true
		}
	}
	if len(wrong) == 0 {
		return text, ""
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	kept := map[string]bool{}
	for n := range lines {
		line := bytes.TrimRight(lines[n], "\n")
		m := headingAttributes.FindSubmatchIndex(line)
		if m == nil || !wrong[n+1] {
			if m != nil {
				kept[legal.Slug(string(line[m[2]:m[3]]))] = true
			}
			continue
		}
		end := "\n"
		for field := range strings.FieldsSeq(string(line[m[2]:m[3]])) {
			id, ok := strings.CutPrefix(field, "#")
			if id = legal.Slug(id); ok && legal.ValidID(id) && !kept[id] {
				kept[id], end = true, " {#"+id+"}\n"
				break
			}
		}
		lines[n] = append(line[:m[0]:m[0]], end...)
	}
	return bytes.Join(lines, nil), "attributes of its headings were taken out"
}

// inlineLink matches the address of a link or picture, and whether it is one.
var inlineLink = regexp.MustCompile(`(!?)\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\([ \t]*<?([^\s()<>]+)>?`)

var referenceLink = regexp.MustCompile(`(?m)^ {0,3}\[([^\]\n^][^\]\n]*)\]:[ \t]*<?([^\s<>]+)>?`)

// mendLinks makes of what the document's folder does not hold what a page can
// show: a picture becomes a link to it, an address that leads beside the file
// one from the site's root, and one that is not safe is taken out.
func mendLinks(text []byte) ([]byte, string) {
	if !bytes.Contains(text, []byte("](")) && !bytes.Contains(text, []byte("]:")) {
		return text, ""
	}
	changed := map[string]bool{}
	out := inlineLink.ReplaceAllFunc(text, func(m []byte) []byte {
		parts := inlineLink.FindSubmatch(m)
		address, what := mendAddress(string(parts[3]))
		if len(parts[1]) > 0 {
			what = "its pictures are links now: attach them and show them again"
			if len(bytes.TrimSpace(parts[2])) == 0 {
				return m
			}
		}
		if what == "" {
			return m
		}
		changed[what] = true
		return fmt.Appendf(nil, "[%s](%s", parts[2], address)
	})
	out = referenceLink.ReplaceAllFunc(out, func(m []byte) []byte {
		parts := referenceLink.FindSubmatch(m)
		address, what := mendAddress(string(parts[2]))
		if what == "" {
			return m
		}
		changed[what] = true
		return fmt.Appendf(nil, "[%s]: %s", parts[1], address)
	})
	for _, what := range []string{besideNote, unsafeNote, "its pictures are links now: attach them and show them again"} {
		if changed[what] {
			delete(changed, what)
			if len(changed) == 0 {
				return out, what
			}
			return out, what + ", and more"
		}
	}
	return text, ""
}

const (
	besideNote = "links beside its file lead from the site's root now"
	unsafeNote = "links that are not safe to publish lead nowhere now"
)

// mendAddress returns the address to write for one of another site, and what
// was done to it, or nothing.
func mendAddress(address string) (string, string) {
	scheme, _, ok := strings.Cut(address, ":")
	switch {
	case !legal.SafeLink(address):
		return "#", unsafeNote
	case ok && !strings.ContainsAny(scheme, "/?#"), strings.HasPrefix(address, "/"), strings.HasPrefix(address, "#"),
		strings.HasPrefix(address, "../"), strings.HasPrefix(address, "{"), strings.HasPrefix(address, `\`):
		return address, ""
	}
	return "/" + strings.TrimPrefix(address, "./"), besideNote
}
