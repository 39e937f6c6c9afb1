package check

import "github.com/nanoprompt/codicil/generator/internal/legal"

// dates reports versions that apply before they are published, and those that
// are dated back to before the version before them.
func dates(doc *legal.Document) []legal.Problem {
	var problems []legal.Problem
	var before *legal.Version
	for _, v := range all(doc) {
		if !v.Effective.IsZero() && v.Published.After(v.Effective) {
			problems = append(problems, problem(v.Pos("published"),
				"nobody can keep what is not posted yet: let it apply from "+v.Published.String()+" or later",
				"%s applies from %s, before it is published on %s", name(doc, v), v.Effective, v.Published))
		}
		if before != nil && !v.Published.IsZero() && v.Announced && before.Announced && before.Published.After(v.Published) {
			problems = append(problems, problem(v.Pos("published"),
				"say when it is posted: on "+before.Published.String()+" or later",
				"%s is published on %s, before %s was (on %s)", name(doc, v), v.Published, before.Number, before.Published))
		}
		before = v
	}
	return problems
}

// effectiveOrder reports versions that apply earlier than the one before.
func effectiveOrder(doc *legal.Document) []legal.Problem {
	var problems []legal.Problem
	var before *legal.Version
	for _, v := range all(doc) {
		if before != nil && !v.Effective.IsZero() && before.Effective.After(v.Effective) {
			problems = append(problems, problem(v.Pos("effective"),
				"let it apply from "+before.Effective.String()+" or later",
				"%s applies from %s, before %s (from %s)", name(doc, v), v.Effective, before.Number, before.Effective))
		}
		before = v
	}
	return problems
}

// materialCorrections reports corrections that call themselves material, or ask to
// be accepted again.
func materialCorrections(doc *legal.Document) []legal.Problem {
	var problems []legal.Problem
	for i, v := range doc.Versions {
		if i > 0 && v.Change == legal.Correction && v.Material {
			problems = append(problems, problem(v.Pos("material"),
				"release it as an update, or remove the line material: true",
				"%s is a correction, but is called material", name(doc, v)))
		}
		if i > 0 && v.Change == legal.Correction && v.Reaccept {
			problems = append(problems, problem(v.Pos("reacceptance"),
				"release it as an update, or remove the line reacceptance: true",
				"%s is a correction, but is to be accepted again", name(doc, v)))
		}
	}
	return problems
}

// missingSummaries reports versions that do not say what changed.
func missingSummaries(doc *legal.Document) []legal.Problem {
	var problems []legal.Problem
	for i, v := range all(doc) {
		planned := i < len(doc.Versions) || doc.Newest() != nil && v.Number != doc.Newest().Number
		if i > 0 && planned && v.Summary == nil {
			problems = append(problems, problem(v.Pos("summary"),
				"say it in plain words in index.md: summary: We name the new payment provider.",
				"%s does not say what changed", name(doc, v)))
		}
	}
	return problems
}

// sectionVersions reports sections that state another version or date than
// the history gives. A draft's changed sections state old ones until release.
func sectionVersions(doc *legal.Document) []legal.Problem {
	var problems []legal.Problem
	for _, v := range all(doc) {
		for _, s := range v.Sections {
			number, effective := s.Given()
			if s.Version.IsZero() {
				continue
			}
			if !number.IsZero() && number != s.Version {
				problems = append(problems, problem(s.Pos("version"),
					"write version: "+s.Version.String()+", or leave the line out: release fills it in",
					"the section %q says that it changed in %s, but it did in %s", s.Title, number, s.Version))
			}
			if !effective.IsZero() && effective != s.Effective {
				problems = append(problems, problem(s.Pos("effective"),
					"write effective: "+s.Effective.String()+", or leave the line out: release fills it in",
					"the section %q says that it applies from %s, but it does from %s", s.Title, effective, s.Effective))
			}
		}
	}
	return problems
}

// unreleasedSettings reports what index.md says of a version otherwise than it
// was released, while the words are the same: the site shows what was released.
func unreleasedSettings(doc *legal.Document) []legal.Problem {
	v, newest := doc.Draft, doc.Newest()
	if v == nil || newest == nil || doc.HasDraft() {
		return nil
	}
	var problems []legal.Problem
	differs := func(key string, is, was any) {
		if is != was {
			problems = append(problems, problem(v.Pos(key),
				"what is released stays as it is: to announce another date or word, change the text and release it; else write "+key+" as it was",
				"index.md says %s: %v, but %s was released with %v, and its words did not change", key, is, newest.Number, was))
		}
	}
	differs("version", v.Number, newest.Number)
	differs("effective", v.Effective, newest.Effective)
	if v.Announced && newest.Announced {
		differs("published", v.Published, newest.Published)
	}
	if v.Summary.Digest() != newest.Summary.Digest() {
		problems = append(problems, problem(v.Pos("summary"),
			"a summary is released with its version; write the new one when the text changes",
			"the summary is not that which %s was released with, and its words did not change", newest.Number))
	}
	return problems
}

func name(doc *legal.Document, v *legal.Version) string {
	if v == doc.Draft {
		return "the draft"
	}
	return v.Number.String()
}
