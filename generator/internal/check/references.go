package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

var (
	footnoteSign  = regexp.MustCompile(`\[\^([^\]\s]{1,60})\]`)
	referenceSign = regexp.MustCompile(`\[([^\[\]]{1,120})\]\[([^\[\]]{0,60})\]`)
)

// danglingReferences reports references to footnotes and links that are defined
// nowhere in their file: a reader sees the brackets.
func danglingReferences(r *Review) []legal.Problem {
	passages := r.passages()
	var problems []legal.Problem
	for i := range passages {
		p := &passages[i]
		if len(problems) >= most {
			break
		}
		for _, m := range footnoteSign.FindAllStringSubmatchIndex(p.prose, most) {
			label := p.prose[m[2]:m[3]]
			problems = append(problems, problem(r.place(p, m[0], m[1]),
				"write it in the same file: [^"+label+"]: The note",
				"%s refers to the footnote %s, which is not there", p.where(), quoted(label)))
		}
		for _, m := range referenceSign.FindAllStringSubmatchIndex(p.prose, most) {
			text, label := p.prose[m[2]:m[3]], p.prose[m[4]:m[5]]
			if label == "" {
				label = text
			}
			problems = append(problems, problem(r.place(p, m[0], m[1]),
				"write where it leads to in the same file: ["+label+"]: https://…",
				"%s refers to %s, of which nothing says where it leads to", p.where(), quoted(p.prose[m[0]:m[1]])))
		}
	}
	return problems
}

// unusedFootnotes reports footnotes to which nothing refers.
func unusedFootnotes(r *Review) []legal.Problem {
	passages := r.passages()
	type note struct {
		section *legal.Section
		label   string
	}
	referred := map[note]bool{}
	for i := range passages {
		for _, run := range slices.Concat(passages[i].Cells...) {
			if run.Kind == legal.NoteRef {
				referred[note{passages[i].section, run.Label}] = true
			}
		}
	}
	var problems []legal.Problem
	for i := range passages {
		p := &passages[i]
		for _, c := range p.Path {
			if n := (note{p.section, c.Label}); c.Kind == legal.Footnote && !referred[n] {
				referred[n] = true // said once
				problems = append(problems, problem(p.pos, "refer to it where it belongs: [^"+c.Label+"], or remove it",
					"nothing in %s refers to the footnote %s", p.where(), quoted(c.Label)))
			}
		}
	}
	return problems
}

// unusedAnchors reports ids that were given to headings and to which no link of the
// document leads.
func unusedAnchors(r *Review) []legal.Problem {
	passages := r.passages()
	linked := map[string]bool{}
	for i := range passages {
		for _, run := range slices.Concat(passages[i].Cells...) {
			if _, id, ok := strings.Cut(run.Link, "#"); ok {
				linked[id] = true
			}
		}
	}
	var problems []legal.Problem
	for i := range passages {
		if p := &passages[i]; p.Kind == legal.Heading && p.ID != "" && !linked[p.ID] {
			problems = append(problems, problem(p.pos, "keep it if others link to it; else leave it out",
				"no link of the document leads to the id %s of the heading %s", quoted(p.ID), quoted(p.words)))
		}
	}
	return problems
}

// danglingSections reports references to a section by a number that no section has, where
// the sections' numbers are typed into their titles.
func danglingSections(r *Review) []legal.Problem {
	v := r.vocabulary()
	if v == nil || r.Draft == nil {
		return nil
	}
	numbers := r.typedNumbers()
	if len(numbers) < 3 {
		return nil
	}
	pattern := regexp.MustCompile(v.section + `\s+(\d{1,3}(?:\.\d{1,3}){0,4})\b`)
	passages := r.passages()
	var problems []legal.Problem
	for i := range passages {
		p := &passages[i]
		for _, m := range pattern.FindAllStringSubmatchIndex(p.prose, -1) {
			if len(problems) == most {
				return problems
			}
			number := p.prose[m[2]:m[3]]
			top, _, _ := strings.Cut(number, ".")
			deep := strings.Contains(number, ".")
			if numbers[number] || deep && !numbers[top+".1"] && numbers[top] || elsewhere(p.prose[m[1]:]) {
				continue
			}
			problems = append(problems, problem(r.place(p, m[0], m[1]), sectionHint(numbers, top),
				"%s refers to %s, but the document has no section %s", p.where(), quoted(p.prose[m[0]:m[1]]), number))
		}
	}
	return problems
}

func sectionHint(numbers map[string]bool, top string) string {
	last := 0
	for n := range numbers {
		if i, err := strconv.Atoi(n); err == nil {
			last = max(last, i)
		}
	}
	if n, err := strconv.Atoi(top); err == nil && n > last {
		return "the sections are numbered up to " + strconv.Itoa(last) + "; name the one that is meant, or link to it: [Fees](#fees)"
	}
	return "name the section that is meant, or link to it: [Fees](#fees)"
}

// elsewhere reports whether a section's number that stands before rest is that of another
// text: "of the Act", "GDPR", "(a) of Regulation".
var elsewherePattern = regexp.MustCompile(`^(?:\s*\([^)]{1,8}\))*(?:(?:,|,?\s*(?:and|or|to|und|et|bis|à|-|–))\s*[\d.]+[a-z]?(?:\([^)]{1,8}\))*)*,?\s*(?:of\b|under\b|in\s+the\b|[A-ZÄÖÜ]|(?:Satz|Absatz|Abs|Nr|Nummer|bis|und|\d|\.|,|\s)*\s(?:des|der)\b|du\b|de\b|d'|et\s+seq|Abs)`)

func elsewhere(rest string) bool { return elsewherePattern.MatchString(rest) }
