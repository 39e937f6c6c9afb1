package history

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// share takes what is said once for the whole text to where it is used.
func (p *Parts) share() {
	d := definitions{map[string][]byte{}, map[string][]byte{}, map[string]bool{}}
	for _, body := range p.bodies() {
		*body = d.take(*body)
	}
	for _, body := range p.bodies() {
		*body = d.give(append(bytes.Trim(*body, "\n"), '\n'))
	}
	last := p.bodies()[len(p.Sections)]
	for _, label := range sortedKeys(d.notes) {
		if !d.given[label] { // nothing refers to it
			*last = append(append(*last, '\n'), d.notes[label]...)
		}
	}
}

// definitions are what a text says in one place and uses in others: where its
// links lead, and its footnotes, by their labels.
type definitions struct {
	links, notes map[string][]byte
	given        map[string]bool // the footnotes that stand somewhere
}

// give returns body with the definitions that it uses, and those that its
// footnotes use.
func (d *definitions) give(body []byte) []byte {
	here := usedLabels(body)
	for queue := sortedKeys(here); len(queue) > 0; queue = queue[1:] {
		note, ok := d.notes[queue[0]]
		if !ok {
			continue
		}
		d.given[queue[0]] = true
		body = append(append(body, '\n'), note...)
		for _, label := range sortedKeys(usedLabels(note)) {
			if !here[label] {
				here[label] = true
				queue = append(queue, label)
			}
		}
	}
	first := true
	for _, label := range sortedKeys(here) {
		link, ok := d.links[label]
		if !ok {
			continue
		}
		if first {
			body = append(body, '\n')
		}
		body, first = append(body, link...), false
	}
	return bytes.TrimLeft(body, "\n")
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

var (
	linkDefinition = regexp.MustCompile(`^ {0,3}\[([^\]^][^\]]*)\]:[ \t]*\S`)
	noteDefinition = regexp.MustCompile(`^ {0,3}\[\^([^\]]+)\]:`)
	anyLabel       = regexp.MustCompile(`\[(\^?[^\[\]]+)\]`)
)

// take returns body without its definitions. The first of a label counts.
func (d *definitions) take(body []byte) []byte {
	if !bytes.Contains(body, []byte("]:")) {
		return body
	}
	var out []byte
	var code fence
	running := false // a paragraph, which a link's definition does not end
	lines := bytes.SplitAfter(body, []byte("\n"))
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		if code.in(line) {
			running = false
			out = append(out, line...)
		} else if m := noteDefinition.FindSubmatch(line); m != nil {
			end := noteEnd(lines, i)
			keepFirst(d.notes, "^"+string(m[1]), bytes.Join(lines[i:end], nil))
			i, running = end-1, false
		} else if m := linkDefinition.FindSubmatch(line); m != nil && !running {
			keepFirst(d.links, labelKey(string(m[1])), line)
		} else {
			running = len(bytes.TrimSpace(line)) > 0 && !atxHeading.Match(line)
			out = append(out, line...)
		}
	}
	return out
}

// noteEnd returns the line after the footnote that begins in line i: its
// paragraph, and what is indented below it.
func noteEnd(lines [][]byte, i int) int {
	end, blank := i+1, false
	for n := end; n < len(lines); n++ {
		line := lines[n]
		indented := bytes.HasPrefix(line, []byte("    ")) || bytes.HasPrefix(line, []byte("\t"))
		switch {
		case len(bytes.TrimSpace(line)) == 0:
			blank = true
			continue
		case blank && !indented, noteDefinition.Match(line), atxHeading.Match(line):
			return end
		}
		blank, end = false, n+1
	}
	return end
}

func keepFirst(m map[string][]byte, label string, text []byte) {
	if _, ok := m[label]; !ok {
		m[label] = append(bytes.TrimRight(text, "\n"), '\n')
	}
}

// labelKey returns a link's label as labels are compared.
func labelKey(label string) string {
	return strings.ToLower(strings.Join(strings.Fields(label), " "))
}

// usedLabels returns what stands in brackets in body, as labels are compared.
func usedLabels(body []byte) map[string]bool {
	used := map[string]bool{}
	for _, m := range anyLabel.FindAllSubmatch(body, -1) {
		if label := string(m[1]); strings.HasPrefix(label, "^") {
			used[label] = true
		} else {
			used[labelKey(label)] = true
		}
	}
	return used
}
