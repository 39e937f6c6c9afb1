package check

import "github.com/nanoprompt/codicil/generator/internal/legal"

// shortNotice reports material versions that apply before the notice period which
// their document promises is over.
func shortNotice(r *Review) []legal.Problem {
	var problems []legal.Problem
	for _, s := range r.reviewed() {
		v := s.new
		// What was promised before binds the change that shortens it, too.
		notice := v.Notice
		if s.old.Notice.Longer(notice, v.Published) {
			notice = s.old.Notice
		}
		if (notice == legal.Notice{}) || !v.Material || v.Reason != "" || v.Effective.IsZero() {
			continue
		}
		if first := v.Published.Plus(notice); first.After(v.Effective) {
			problems = append(problems, problem(v.Pos("effective"),
				"let it apply from "+first.String()+" or later, or publish it earlier; if the law allows less, say why: reason: required-by-law",
				"%s applies from %s, %s after it is published on %s, but its notice period is %s",
				name(r.Document, v), v.Effective, days(v.Published.DaysUntil(v.Effective)), v.Published, notice))
		}
	}
	return problems
}

func days(n int) string {
	if n <= 0 {
		return "no days"
	}
	return legal.Notice{Days: n}.String()
}

// unannounced reports material changes that do not say when people are told.
func unannounced(r *Review) []legal.Problem {
	var problems []legal.Problem
	for _, s := range r.reviewed() {
		if v := s.new; v.Material && !v.Announced && !v.Effective.IsZero() && v.Reason == "" {
			problems = append(problems, problem(v.Pos("effective"),
				"say when people are told, some weeks before: published: 2025-12-01",
				"%s applies from %s and is not announced before", name(r.Document, v), v.Effective))
		}
	}
	return problems
}

// backdated reports changes that say that they were published, or applied, on a day
// before the one on which they are released.
func backdated(r *Review) []legal.Problem {
	var problems []legal.Problem
	if r.Day.IsZero() {
		return nil
	}
	for _, s := range r.reviewed() {
		v := s.new
		switch {
		case v.Announced && r.Day.After(v.Published) && s.old.Published != v.Published:
			problems = append(problems, problem(v.Pos("published"),
				"nobody could read it then: write published: "+r.Day.String()+" or later",
				"%s says that it was published on %s, but it is not published yet on %s", name(r.Document, v), v.Published, r.Day))
		case r.Day.After(v.Effective) && !v.Effective.IsZero():
			problems = append(problems, problem(v.Pos("effective"),
				"a change cannot bind people for the time before they could know of it: write effective: "+r.Day.String()+" or later",
				"%s applies from %s, but it is not published yet on %s", name(r.Document, v), v.Effective, r.Day))
		}
	}
	return problems
}

// stale reports privacy policies of which nobody has said for twelve months that they
// are up to date.
func stale(r *Review) []legal.Problem {
	newest := r.Newest()
	if r.Day.IsZero() || newest == nil || r.Draft == nil || r.kind() != "privacy-policy" {
		return nil
	}
	last, what := newest.Published, newest.Number.String()+" was published on"
	if newest.Reviewed.After(last) {
		last, what = newest.Reviewed, "it was reviewed on"
	}
	if reviewed := r.Draft.Reviewed; reviewed.After(last) && !reviewed.After(r.Day) {
		last, what = reviewed, "it was reviewed on"
	}
	if !r.Day.After(last.Plus(legal.Notice{Months: 12})) {
		return nil
	}
	return []legal.Problem{problem(r.Draft.Pos("version"),
		"review it: if all is as it says, write in index.md: reviewed: "+r.Day.String()+"; if not, release a new version",
		"nobody has looked at the document for twelve months: %s %s", what, last)}
}
