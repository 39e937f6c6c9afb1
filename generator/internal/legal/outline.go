package legal

import (
	"slices"
	"strconv"
	"strings"
)

// An Outline says what the parts of a version are called: its sections and headings by
// their anchors and, where the version is numbered, by their numbers.
//
//	4      a section
//	4.1    a heading in it; below that 4.1.1
//	(a)    an item of a numbered list; below that (i), (A), (1)
//
// Numbers follow from the order of the parts. They are no words of the text: neither
// its digest nor a redline knows them.
type Outline struct {
	version *Version
	anchors map[string]Part
	numbers map[*Section]string
}

// A Part is a section or a heading of a version.
type Part struct {
	Number string // empty where the version is not numbered
	Title  string
}

// NewOutline returns the outline of v.
func NewOutline(v *Version) *Outline {
	o := &Outline{v, map[string]Part{}, map[*Section]string{}}
	for i, s := range v.Sections {
		if v.Numbered {
			o.numbers[s] = strconv.Itoa(i + 1)
		}
		o.add(s.ID, Part{o.numbers[s], s.Title})
	}
	for _, s := range v.Sections {
		for _, id := range s.Was {
			o.add(id, Part{o.numbers[s], s.Title})
		}
	}
	for _, s := range v.Sections {
		numbers := o.Headings(s)
		for i, id := range Anchors(s) {
			if id != "" {
				b := &s.Body.Blocks[i]
				o.add(id, Part{numbers[b], b.Words()})
			}
		}
	}
	return o
}

// add learns a part by its anchor, which leads to the first that has it.
func (o *Outline) add(anchor string, p Part) {
	if _, taken := o.anchors[anchor]; !taken {
		o.anchors[anchor] = p
	}
}

// Number returns the number of a section, "" where it has none.
func (o *Outline) Number(s *Section) string { return o.numbers[s] }

// Headings returns the numbers of the headings in s: of those that stand in no list or
// quotation. The first is of the highest rank, whatever its level.
func (o *Outline) Headings(s *Section) map[*Block]string {
	if o.numbers[s] == "" {
		return nil
	}
	out := map[*Block]string{}
	type rank struct{ level, count int }
	var ranks []rank
	for i := range s.Body.Blocks {
		b := &s.Body.Blocks[i]
		if b.Kind != Heading || len(b.Path) > 0 {
			continue
		}
		for len(ranks) > 1 && ranks[len(ranks)-2].level >= b.Level {
			ranks = ranks[:len(ranks)-1]
		}
		if last := len(ranks) - 1; last < 0 || ranks[last].level < b.Level {
			ranks = append(ranks, rank{level: b.Level})
		} else {
			ranks[last].level = b.Level
		}
		ranks[len(ranks)-1].count++
		number := o.numbers[s]
		for _, r := range ranks {
			number += "." + strconv.Itoa(r.count)
		}
		out[b] = number
	}
	return out
}

// Refer returns the part of the version that a link leads to, if it does: #cookies, or
// the file of a section.
func (o *Outline) Refer(link string) (Part, bool) {
	file, anchor, _ := strings.Cut(link, "#")
	file = strings.TrimPrefix(file, "./")
	if file != "" {
		i := slices.IndexFunc(o.version.Sections, func(s *Section) bool { return file == s.File || file == s.Base })
		if i < 0 {
			return Part{}, false
		}
		if anchor == "" {
			anchor = o.version.Sections[i].ID
		}
	}
	p, ok := o.anchors[anchor]
	return p, ok
}

// Words returns what a Reference to p reads: its number and title, 4 (Cookies).
func (p Part) Words() string {
	switch {
	case p.Number == "":
		return p.Title
	case p.Title == "":
		return p.Number
	}
	return p.Number + " (" + p.Title + ")"
}

// Words returns what a Reference reads in the version: of what it leads to. One that
// leads nowhere reads as its address, since it would else vanish.
func (o *Outline) Words(run Inline) string {
	if p, ok := o.Refer(run.Link); ok {
		return p.Words()
	}
	return run.Link
}

// refers reports whether a link without words refers to a part of the document.
func refers(link string) bool {
	file, _, _ := strings.Cut(link, "#")
	return strings.HasPrefix(link, "#") && len(link) > 1 || strings.HasSuffix(file, ".md") && !strings.Contains(strings.TrimPrefix(file, "./"), "/")
}

// ItemMarker returns the number n, from 1, of an item of a list that stands in depth
// other numbered lists.
func ItemMarker(depth, n int) string {
	switch {
	case n < 1 || depth%4 == 3:
		return "(" + strconv.Itoa(n) + ")"
	case depth%4 == 1:
		return "(" + roman(n) + ")"
	}
	letters := ""
	for ; n > 0; n = (n - 1) / 26 {
		letters = string(rune('a'+(n-1)%26)) + letters
	}
	if depth%4 == 2 {
		letters = strings.ToUpper(letters)
	}
	return "(" + letters + ")"
}

// roman returns n as a Roman number; those that are larger than any list in decimal.
func roman(n int) string {
	if n >= 1000 {
		return strconv.Itoa(n)
	}
	var w strings.Builder
	for _, r := range [...]struct {
		value int
		sign  string
	}{{900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for ; n >= r.value; n -= r.value {
			w.WriteString(r.sign)
		}
	}
	return w.String()
}
