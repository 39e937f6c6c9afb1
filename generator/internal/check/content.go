package check

import (
	"regexp"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// kind returns what kind of document the working text is: what its front matter says, or
// what its address and title tell; "other" where nothing does.
func (r *Review) kind() string {
	if r.Draft == nil {
		return "other"
	}
	if r.Draft.Kind != "" {
		return r.Draft.Kind
	}
	v := r.vocabulary()
	if v == nil {
		v = vocabularies["en"]
	}
	for _, name := range []string{r.Name, legal.Slug(r.Draft.Title)} {
		switch name {
		case "privacy":
			return "privacy-policy"
		case "terms":
			return "terms"
		}
		for word, kind := range v.kinds {
			if strings.Contains(name, word) {
				return kind
			}
		}
	}
	return "other"
}

// required says what each kind of document has to tell its readers.
//
//	privacy-policy   GDPR Art. 13(1)(a), CalOPPA § 22575(b)(3)
//	terms            Directive 93/13/EEC, Annex 1(j): how terms are changed; EU 2019/1150 Art. 3(2)
var required = map[string]struct{ changes, contact bool }{
	"privacy-policy": {true, true},
	"terms":          {true, true},
}

// missingChanges reports documents that do not say how people learn of changes.
func missingChanges(r *Review) []legal.Problem {
	v := r.vocabulary()
	if v == nil || !required[r.kind()].changes {
		return nil
	}
	changes, notifies := regexp.MustCompile(`(?i)`+v.changes), regexp.MustCompile(`(?i)`+v.notifies)
	passages := r.passages()
	told := false
	for i := range passages {
		p := &passages[i]
		text := p.prose
		if p.section != nil {
			text = p.section.Title + " " + text
		}
		if !changes.MatchString(text) {
			continue
		}
		told = true
		// People may be told in the sentences after it.
		for j := i; j < min(i+4, len(passages)) && passages[j].section == p.section; j++ {
			if notifies.MatchString(passages[j].prose) {
				return nil
			}
		}
	}
	msg := "the document does not say how people learn of changes to it"
	if told {
		msg = "the document says that it may change, but not how people learn of it"
	}
	return []legal.Problem{problem(r.Draft.Pos("title"),
		"add a section, e.g. \"Changes to this policy\": how readers are told of a material change, and how long before it applies", "%s", msg)}
}

var contactPattern = regexp.MustCompile(`[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}|\+\d[\d ()/-]{6,20}\d`)

// missingContact reports documents that do not say whom to write to, on a site that does
// not say it either.
func missingContact(r *Review) []legal.Problem {
	if !required[r.kind()].contact || r.Library.Site.Contact != "" {
		return nil
	}
	passages := r.passages()
	for i := range passages {
		p := &passages[i]
		if contactPattern.MatchString(p.words) {
			return nil
		}
		for _, cell := range p.Cells {
			for _, run := range cell {
				link := strings.ToLower(run.Link)
				if strings.HasPrefix(link, "mailto:") || strings.HasPrefix(link, "tel:") || strings.Contains(link, "contact") || strings.Contains(link, "support") {
					return nil
				}
			}
		}
	}
	return []legal.Problem{problem(r.Draft.Pos("title"),
		"add an address to write to, or give the site one in site.yaml: contact: legal@example.com",
		"the document does not say whom to write to")}
}

// checkBack reports clauses that ask readers to look for changes themselves.
func checkBack(r *Review) []legal.Problem {
	v := r.vocabulary()
	if v == nil {
		return nil
	}
	pattern := regexp.MustCompile(`(?i)` + v.checkBack)
	passages := r.passages()
	var problems []legal.Problem
	for i := range passages {
		p := &passages[i]
		if m := pattern.FindStringIndex(p.prose); m != nil && !v.ours(p.prose[:m[0]]) {
			problems = append(problems, problem(r.place(p, m[0], m[1]),
				"say how readers are told instead: to ask them to look for changes is not enough, and unfair (WP260, 29)",
				"%s leaves it to readers to look for changes: %s", p.where(), quoted(p.words[m[0]:m[1]])))
		}
	}
	return problems
}

// ours reports whether the clause after before is of what those who wrote it do themselves.
func (v *vocabulary) ours(before string) bool {
	return strings.HasSuffix(strings.ToLower(strings.TrimSpace(before)), v.we)
}
