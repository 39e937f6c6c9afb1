package history

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// fragmentLink matches the address of a link into the text itself.
var fragmentLink = regexp.MustCompile(`(\]\(|(?m:^) {0,3}\[[^\]\n]+\]:[ \t]*)#([^\s()<>]+)`)

// join makes the links of a text into itself lead to where they led: an anchor
// that another system made of a heading's words is a section's id here, or is
// given to the heading within a section. It says which lead nowhere.
func join(opening *[]byte, sections []section) (lost string) {
	bodies, before := []*[]byte{opening}, [][]byte{*opening}
	for i := range sections {
		bodies, before = append(bodies, &sections[i].Body), append(before, sections[i].Body)
	}
	targets := map[string]string{} // of fragments
	var nowhere []string
	within := map[int]*inner{} // the sections that were looked into
	for _, body := range bodies {
		for _, m := range fragmentLink.FindAllSubmatch(*body, -1) {
			fragment := string(m[2])
			if _, ok := targets[fragment]; ok {
				continue
			}
			if targets[fragment] = target(fragment, sections, within); targets[fragment] == "" {
				nowhere = append(nowhere, "#"+plainLine(fragment))
			}
		}
	}
	for i, body := range bodies {
		joined := fragmentLink.ReplaceAllFunc(*body, func(m []byte) []byte {
			parts := fragmentLink.FindSubmatch(m)
			if to := targets[string(parts[2])]; to != "" {
				return fmt.Appendf(nil, "%s#%s", parts[1], to)
			}
			return m
		})
		*body = before[i]
		if !bytes.Equal(joined, before[i]) && words(joined) == words(before[i]) {
			*body = joined
		}
	}
	if len(nowhere) > 0 {
		lost = "links within the text lead nowhere: " + someOf(nowhere)
	}
	return lost
}

// target returns the anchor of what fragment leads to, or "". A heading within
// a section gets it as its id.
func target(fragment string, sections []section, within map[int]*inner) string {
	for _, s := range sections {
		if s.id == fragment || slices.Contains(s.was, fragment) {
			return fragment
		}
	}
	for _, s := range sections {
		if leadsTo(fragment, s.Title) {
			return s.id
		}
	}
	for i := range sections {
		s := &sections[i]
		h := within[i]
		if h == nil {
			t, _ := legal.Parse(s.Body, "", 1)
			h = &inner{t, legal.Anchors(&legal.Section{ID: s.id, Body: t})}
			within[i] = h
		}
		if anchor, ok := h.find(fragment, s); ok {
			return anchor
		}
	}
	return ""
}

// inner are the blocks of a section with the anchors of its headings.
type inner struct {
	text    *legal.Text
	anchors []string
}

// find returns the anchor of the heading in s that fragment leads to.
func (h *inner) find(fragment string, s *section) (string, bool) {
	if slices.Contains(h.anchors, fragment) {
		return fragment, true
	}
	for j := range h.text.Blocks {
		b := &h.text.Blocks[j]
		if h.anchors[j] == "" || !leadsTo(fragment, b.Words()) {
			continue
		}
		if id := legal.Slug(fragment); b.ID == "" && legal.ValidID(id) {
			s.Body, h.anchors[j] = withID(s.Body, b.Line, id), id
			return id, true
		}
		return h.anchors[j], true
	}
	return "", false
}

// leadsTo reports whether another system makes the anchor fragment of a heading:
// git hosts drop the signs, others put a hyphen for them.
func leadsTo(fragment, heading string) bool {
	fragment = strings.ToLower(fragment)
	return fragment == hostSlug(heading) || legal.Slug(fragment) != "" && legal.Slug(fragment) == legal.Slug(heading)
}

// hostSlug returns the anchor that git hosts make of a heading.
func hostSlug(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '-' || r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(heading))
}

// withID returns body with id at the heading in line, from 1.
func withID(body []byte, line int, id string) []byte {
	lines := bytes.SplitAfter(body, []byte("\n"))
	if line < 1 || line > len(lines) {
		return body
	}
	heading := headingAttributes.ReplaceAll(bytes.TrimRight(lines[line-1], "\n"), nil)
	lines[line-1] = append(heading[:len(heading):len(heading)], " {#"+id+"}\n"...)
	return bytes.Join(lines, nil)
}

// tellApart gives headings within the sections ids of their own where their
// anchors would be those of others.
func tellApart(sections []section) {
	taken := map[string]bool{}
	for _, s := range sections {
		taken[s.id] = true
		for _, id := range s.was {
			taken[id] = true
		}
	}
	for i := range sections {
		sections[i].Body = anchored(sections[i].id, sections[i].Body, taken)
	}
}

// anchored returns the body of the section of that id with ids at the headings
// whose anchors are taken.
func anchored(id string, body []byte, taken map[string]bool) []byte {
	t, _ := legal.Parse(body, "", 1)
	mended := body
	for i, anchor := range legal.Anchors(&legal.Section{ID: id, Body: t}) {
		if anchor == "" {
			continue
		}
		if !taken[anchor] {
			taken[anchor] = true
			continue
		}
		other := anchor
		for k := 2; taken[other]; k++ {
			other = fmt.Sprintf("%s-%d", anchor, k)
		}
		if legal.ValidID(other) {
			taken[other] = true
			mended = withID(mended, t.Blocks[i].Line, other)
		}
	}
	if words(mended) == words(body) {
		return mended
	}
	return body
}
