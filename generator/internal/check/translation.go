package check

import (
	"fmt"
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// texts returns r and a review of each of its document's translations, those included
// that the base had and the document has not.
func (r *Review) texts() []*Review {
	out := []*Review{r}
	base := func(name string) *legal.Document {
		if r.Base == nil {
			return nil
		}
		if was := r.Base.Text(name); was != nil {
			return was
		}
		return &legal.Document{Name: name}
	}
	for _, t := range r.Translations {
		out = append(out, &Review{Document: t, Library: r.Library, Base: base(t.Name), Was: r.Was, Day: r.Day, Advice: r.Advice, Broken: r.Broken})
	}
	if r.Base == nil || r.Newest() == nil && r.Draft == nil {
		return out
	}
	for _, was := range r.Base.Translations {
		if r.Text(was.Name) == nil {
			gone := &legal.Document{Name: was.Name, Language: was.Language, Original: r.Document}
			out = append(out, &Review{Document: gone, Library: r.Library, Base: was, Broken: r.Broken})
		}
	}
	return out
}

// untranslatable reports whether a rule is one of originals alone: what it asks of a
// translation follows from its original, which a translation may come long after.
func untranslatable(rule string) bool {
	switch rule {
	case "backdated", "bad-kind", "dates", "missing-changes", "missing-contact", "missing-section", "moved-site", "short-notice", "stale", "unannounced":
		return true
	}
	return false
}

// translated returns the versions of a translation that can still be mended. Of a working
// text it is advice: one that is being translated stops no build and no other release.
func (r *Review) translated() []*legal.Version {
	if r.Original == nil {
		return nil
	}
	versions := slices.DeleteFunc(slices.Clone(r.Versions), func(v *legal.Version) bool { return !r.fresh(v) })
	if r.Draft != nil && r.Advice && (r.HasDraft() || len(r.Versions) == 0) {
		versions = append(versions, r.Draft)
	}
	return slices.DeleteFunc(versions, func(v *legal.Version) bool { return v.Original == nil })
}

// untranslated reports sections of the original that a translation has not, those that it
// has and the original has not, and those in another order.
func untranslated(r *Review) []legal.Problem {
	var problems []legal.Problem
	for _, v := range r.translated() {
		problems = append(problems, r.unlike(v, v.Original)...)
	}
	return problems
}

// unlike reports how the sections of v are not those of its original w.
func (r *Review) unlike(v, w *legal.Version) []legal.Problem {
	var problems []legal.Problem
	has := func(v *legal.Version, id string) bool {
		return slices.ContainsFunc(v.Sections, func(s *legal.Section) bool { return s.ID == id })
	}
	of := "the original's " + w.Number.String()
	if w == r.Original.Draft {
		of = "the original's draft"
	}
	var shared []string
	for _, s := range w.Sections {
		if has(v, s.ID) {
			shared = append(shared, s.ID)
			continue
		}
		problems = append(problems, problem(v.Pos("title"),
			fmt.Sprintf("translate %s as %s, in a file with that name or with id: %s", s.File, legal.TranslatedName(s.File, r.Language), s.ID),
			"the translation has no section %q, which is %s in %s", s.ID, quoted(s.Title), of))
	}
	at := 0
	for _, s := range v.Sections {
		i := slices.Index(shared, s.ID)
		switch {
		case i < 0:
			problems = append(problems, problem(s.Pos("id"),
				"name the file as the original's with ."+r.Language+" before .md, or give it that section's id: in its front matter; what the original does not say a translation cannot say",
				"the section %s has the id %q, which %s does not have", quoted(s.Title), s.ID, of))
		case i < at:
			problems = append(problems, problem(s.Pos("id"), "begin the file's name with the number of the original's file",
				"the section %s stands after %q, but before it in %s", quoted(s.Title), shared[at], of))
		default:
			at = i
		}
	}
	return problems
}

// earlyTranslations reports versions of a translation that would be known, or apply, before
// those of the original that they are translations of.
func earlyTranslations(doc *legal.Document) []legal.Problem {
	if doc.Original == nil {
		return nil
	}
	var problems []legal.Problem
	for _, v := range all(doc) {
		if v.Original == nil {
			continue
		}
		for _, d := range []struct {
			key        string
			is, first  legal.Date
			what, hint string
		}{
			{"published", v.Published, v.Original.Published, "is published on", "publish it on %s or later, or leave the line out"},
			{"effective", v.Effective, v.Original.Effective, "applies from", "let it apply from %s or later, or leave the line out"},
		} {
			if d.first.After(d.is) && !d.is.IsZero() {
				problems = append(problems, problem(v.Pos(d.key), fmt.Sprintf(d.hint, d.first),
					"%s %s %s, before %s of the original (%s)", name(doc, v), d.what, d.is, v.Translates, d.first))
			}
		}
	}
	return problems
}

// lagging reports a translation that is not of the version of the original that is in
// force.
func lagging(r *Review) []legal.Problem {
	if r.Day.IsZero() {
		return nil
	}
	now := r.Behind(r.Day)
	if now == nil {
		return nil
	}
	v, is := r.Draft, r.On(r.Day).InForce
	if v == nil {
		v = is
	}
	if v.Translates.Compare(now.Number) >= 0 { // it is on its way
		return nil
	}
	return []legal.Problem{problem(v.Pos("version"),
		fmt.Sprintf("translate what changed (codicil redline %s@%s %s@%s), write version: %s, and release %s",
			r.Original.Name, is.Translates, r.Original.Name, now.Number, now.Number, r.Name),
		"the translation is of %s of the original, of which %s is in force", is.Translates, now.Number)}
}

// prevailing reports a language that is to prevail and that the document is not in.
func prevailing(r *Review) []legal.Problem {
	if r.Original != nil || r.Draft == nil {
		return nil
	}
	tag, pos := r.Draft.Prevails, r.Draft.Pos("prevails")
	if tag == "" && len(r.Translations) > 0 {
		tag, pos = r.Library.Site.Prevails, r.Library.Site.Pos("prevails")
	}
	if tag == "" || slices.ContainsFunc(r.Texts(), func(t *legal.Document) bool { return t.Language == tag }) {
		return nil
	}
	return []legal.Problem{problem(pos, "name one of the languages that the document is in, or translate it: index."+tag+".md",
		"the text in %q is to prevail, but %s has none", tag, r.Name)}
}
