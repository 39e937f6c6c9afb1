// Package check holds the rules that a site's content keeps, each one function
// in one table.
//
// Faults that keep a file from being read are found by package legal as it
// reads, and broken evidence by package ledger; they stand in the same table.
// The rules here look at a document as a whole, at what of it was published
// before, and at the links between documents. The severity of a rule can be
// set in the site's settings:
//
//	rules:
//	  dangling-anchor: error
//	  raw-html: warning
//	  double-word: "off"
//
// but the rules that guard the evidence cannot be silenced.
package check

import (
	"fmt"
	"maps"
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A Review is a document with what its rules need to know.
type Review struct {
	*legal.Document
	Library *legal.Library
	Base    *legal.Document // the document as it was published before; nil: not compared
	Was     *legal.Site     // the settings as they were published before, with Base or without; nil: not compared
	Day     legal.Date      // zero: what depends on the day is not asked
	Advice  bool            // the rules that advise are asked as well
	Broken  bool            // the document cannot be trusted to say what it means: see Readable

	text     []passage
	language **vocabulary // of the working text, once it was asked for
	sources  map[string][]string
}

// Run returns the problems that the rules find in r and its translations, sorted, with the
// severities that the site's settings give them. Rules that advise are asked
// where r wants advice, or the site made them errors.
func Run(r *Review) []legal.Problem { return run(r, Rules()) }

func run(r *Review, rules []Rule) []legal.Problem {
	var problems []legal.Problem
	for _, text := range r.texts() {
		problems = append(problems, text.run(rules)...)
	}
	return legal.SortProblems(problems)
}

func (r *Review) run(rules []Rule) []legal.Problem {
	var problems []legal.Problem
	for _, rule := range rules {
		if r.Original != nil && untranslatable(rule.ID) {
			continue
		}
		severity := rule.severity(r.Library.Site)
		advice := rule.Force == Advice && !r.Advice && severity != legal.Error
		if rule.find == nil || severity == legal.Off || advice || r.Broken && !rule.base {
			continue
		}
		found := rule.find(r)
		if rule.Force == Advice {
			found = found[:min(len(found), most)]
		}
		for _, p := range found {
			p.Rule, p.Severity = rule.ID, severity
			problems = append(problems, p)
		}
	}
	return problems
}

// Readable reports whether all rules can be asked of a document of which reading found
// these problems: none is one of the evidence, or of what everything else stands on. Of
// others those can that compare with the base.
func Readable(problems []legal.Problem) bool {
	rules := byID()
	return !slices.ContainsFunc(problems, func(p legal.Problem) bool {
		return p.Severity == legal.Error && rules[p.Rule].Force == Integrity
	})
}

// severity returns what a problem of the rule is on a site.
func (rule *Rule) severity(site legal.Site) legal.Severity {
	if rule.Force != Integrity {
		switch site.Rules[rule.ID] {
		case "error":
			return legal.Error
		case "warning":
			return legal.Warning
		case "off":
			return legal.Off
		}
	}
	return rule.Severity
}

// Apply gives the problems that reading found the severities that the site's
// settings ask for.
func Apply(site legal.Site, problems []legal.Problem) []legal.Problem {
	rules := byID()
	var kept []legal.Problem
	for _, p := range problems {
		rule, known := rules[p.Rule]
		if known && site.Rules[p.Rule] != "" && rule.Force != Integrity {
			p.Severity = rule.severity(site)
		}
		if p.Severity != legal.Off {
			kept = append(kept, p)
		}
	}
	return kept
}

// Settings returns the problems of the rules that the site's settings name.
func Settings(site legal.Site) []legal.Problem {
	rules := byID()
	var problems []legal.Problem
	for _, id := range slices.Sorted(maps.Keys(site.Rules)) {
		rule, known := rules[id]
		if !known {
			hint := "a problem's rule stands in brackets at its end, e.g. [raw-html]; codicil check --rules lists them"
			if meant := nearest(id); meant != "" {
				hint = "did you mean " + meant + "?"
			}
			problems = append(problems, legal.Problem{Pos: site.Pos("rules." + id), Rule: "unknown-rule",
				Msg: fmt.Sprintf("there is no rule %q", id), Hint: hint})
		}
		if known && rule.Force == Integrity && site.Rules[id] != "error" {
			problems = append(problems, legal.Problem{Pos: site.Pos("rules." + id), Rule: "bad-severity",
				Msg:  fmt.Sprintf("the rule %q guards the evidence and cannot be silenced", id),
				Hint: "remove the line"})
		}
	}
	return problems
}

func byID() map[string]Rule {
	rules := map[string]Rule{}
	for _, rule := range Rules() {
		rules[rule.ID] = rule
	}
	return rules
}

// most is how many problems of one rule are said of a document: a text that has more was
// made to use up time, or tells enough with these.
const most = 100

func problem(pos legal.Pos, hint, format string, args ...any) legal.Problem {
	return legal.Problem{Pos: pos, Msg: fmt.Sprintf(format, args...), Hint: hint}
}

// all returns the versions of doc with its draft as the last, where there is one.
func all(doc *legal.Document) []*legal.Version {
	if !doc.HasDraft() {
		return doc.Versions
	}
	return append(slices.Clip(doc.Versions), doc.Draft)
}

// fresh reports whether v was frozen since the base, so that it is looked at as a
// draft is: it is in the change that is reviewed.
func (r *Review) fresh(v *legal.Version) bool {
	return r.Base != nil && r.Base.Version(v.Number) == nil
}

// reviewed returns the versions that can still be mended, oldest first, each with the
// version before it: those that are fresh, and a draft that has a number of its own.
func (r *Review) reviewed() []step {
	var steps []step
	for i, v := range r.Versions {
		if r.fresh(v) && i > 0 {
			steps = append(steps, step{r.Versions[i-1], v})
		}
	}
	if newest := r.Newest(); newest != nil && r.HasDraft() && r.Draft.Number != newest.Number {
		steps = append(steps, step{newest, r.Draft})
	}
	return steps
}

// A step is a version with the one before it.
type step struct {
	old, new *legal.Version
}
