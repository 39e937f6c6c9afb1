// Package check holds the rules that a document's content must keep, each one
// function in one table.
//
// Faults that keep a file from being read are found by package legal as it
// reads, and broken evidence by package ledger; the rules here look at a
// document as a whole. The severity of a rule can be set in the site's
// settings:
//
//	rules:
//	  dangling-anchor: error
//	  raw-html: warning
//
// but the rules that guard the evidence cannot be silenced.
package check

import (
	"fmt"
	"maps"
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A Rule is something that every document keeps.
type Rule struct {
	ID       string
	Severity legal.Severity
	Doc      string // a sentence that says what the rule asks
	find     func(*legal.Document) []legal.Problem
}

// Rules returns the rules, in the order of their ids.
func Rules() []Rule {
	return []Rule{
		{"dangling-anchor", legal.Warning, "A link within the document leads to a section or heading that is there.", danglingAnchors},
		{"dates", legal.Error, "A version applies from the day on which it is published, or later.", dates},
		{"duplicate-id", legal.Error, "An anchor leads to one place: ids, earlier ids and heading ids are told apart.", duplicateIDs},
		{"effective-order", legal.Error, "A version does not apply from an earlier day than the version before it.", effectiveOrder},
		{"lost-anchor", legal.Warning, "The id of a section that was published leads somewhere, as its own or an earlier one.", lostAnchors},
		{"material-correction", legal.Error, "A correction is not material; a change that matters is an update or an edition.", materialCorrections},
		{"missing-attachment", legal.Error, "A file that the working text links to or shows is beside its sections.", missingAttachments},
		{"missing-summary", legal.Error, "Every version after the first says in plain words what changed.", missingSummaries},
		{"section-version", legal.Error, "The version and date that a section states are those that follow from the history.", sectionVersions},
		{"unreleased-settings", legal.Warning, "Where the words are those of the newest version, so are its number, dates and summary.", unreleasedSettings},
	}
}

// integrity lists the rules that guard the evidence: the site's settings
// cannot weaken them.
var integrity = []string{
	"bad-sum", "dates", "duplicate-sum", "effective-order", "encoding", "frozen-added", "frozen-changed", "frozen-removed",
	"material-correction", "missing-effective", "missing-sum", "missing-version", "section-version", "sum-order",
	"symlink", "unsafe-attachment", "version-order", "wrong-version", "missing-file", "front-matter", "yaml",
}

// Run returns the problems that the rules find in doc, sorted.
func Run(doc *legal.Document) []legal.Problem {
	var problems []legal.Problem
	for _, rule := range Rules() {
		for _, p := range rule.find(doc) {
			p.Rule, p.Severity = rule.ID, rule.Severity
			problems = append(problems, p)
		}
	}
	return legal.SortProblems(problems)
}

// Apply gives problems the severities that the site's settings ask for, and
// reports settings that name no rule or one that cannot be weakened.
func Apply(site legal.Site, problems []legal.Problem) []legal.Problem {
	var kept []legal.Problem
	for _, p := range problems {
		switch setting := site.Rules[p.Rule]; {
		case setting == "" || slices.Contains(integrity, p.Rule):
		case setting == "off":
			continue
		case setting == "warning":
			p.Severity = legal.Warning
		default:
			p.Severity = legal.Error
		}
		kept = append(kept, p)
	}
	return kept
}

// Settings returns the problems of the rules that the site's settings name.
func Settings(site legal.Site) []legal.Problem {
	var problems []legal.Problem
	for _, id := range slices.Sorted(maps.Keys(site.Rules)) {
		if !slices.Contains(ids, id) {
			hint := "a problem's rule stands in brackets at its end, e.g. [raw-html]"
			if meant := nearest(id); meant != "" {
				hint = "did you mean " + meant + "?"
			}
			problems = append(problems, legal.Problem{Pos: site.Pos("rules." + id), Rule: "unknown-rule",
				Msg: fmt.Sprintf("there is no rule %q", id), Hint: hint})
		}
		if slices.Contains(integrity, id) && site.Rules[id] != "error" {
			problems = append(problems, legal.Problem{Pos: site.Pos("rules." + id), Rule: "bad-severity",
				Msg:  fmt.Sprintf("the rule %q guards the evidence and cannot be silenced", id),
				Hint: "remove the line"})
		}
	}
	return problems
}

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
