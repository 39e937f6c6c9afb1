package check

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// kind returns what kind of document the working text is: what its front matter says, or
// what its address and title tell; "other" where nothing does.
func (r *Review) kind() string {
	if r.Draft == nil {
		return legal.OtherKind
	}
	if r.Draft.Kind != "" {
		return r.Draft.Kind
	}
	v := r.vocabulary()
	if v == nil {
		v = vocabularies["en"]
	}
	for _, name := range []string{r.Folder(), legal.Slug(r.Draft.Title)} {
		switch name {
		case "privacy":
			return legal.PrivacyPolicy
		case "terms":
			return legal.Terms
		}
		for word, kind := range v.kinds {
			if strings.Contains(name, word) {
				return kind
			}
		}
	}
	return legal.OtherKind
}

// asks reports whether documents of the draft's kind have to say what.
func (r *Review) asks(what string) bool {
	return r.Draft != nil && r.Library.Site.Asks(r.kind(), what)
}

// badKind reports a working text whose kind the settings do not name. Of a released version
// it does not matter any more.
func badKind(r *Review) []legal.Problem {
	if r.Draft == nil || r.Draft.Kind == "" {
		return nil
	}
	kinds := r.Library.Site.Kinds
	if _, known := kinds[r.Draft.Kind]; known {
		return nil
	}
	return []legal.Problem{problem(r.Draft.Pos("kind"),
		"write one of: "+strings.Join(slices.Sorted(maps.Keys(kinds)), ", ")+"; or name it in site.yaml, under kinds",
		"%q is no kind that is known", r.Draft.Kind)}
}

// missingSections reports documents without a section that their kind has to have.
func missingSections(r *Review) []legal.Problem {
	if r.Draft == nil {
		return nil
	}
	kind := r.kind()
	var problems []legal.Problem
	for _, what := range r.Library.Site.Kinds[kind] {
		id, isSection := strings.CutPrefix(what, "#")
		if isSection && !slices.ContainsFunc(r.Draft.Sections, func(s *legal.Section) bool { return s.ID == id }) {
			problems = append(problems, problem(r.Draft.Pos("title"),
				fmt.Sprintf("add the section with id: %s, or change what site.yaml asks of a %s", id, kind),
				"the document has no section %q, which a %s has to have", id, kind))
		}
	}
	return problems
}

// missingChanges reports documents that do not say how people learn of changes.
func missingChanges(r *Review) []legal.Problem {
	v := r.vocabulary()
	if v == nil || !r.asks(legal.SaysChanges) {
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
	if !r.asks(legal.SaysContact) || r.Library.Site.Contact != "" {
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
