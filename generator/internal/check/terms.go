package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A definition is one that a passage holds.
type definition struct {
	legal.Definition
	passage int // its index
}

// definitions returns what the passages define.
func definitions(passages []passage) []definition {
	var out []definition
	for i := range passages {
		for _, d := range passages[i].Definitions() {
			out = append(out, definition{d, i})
		}
	}
	return out
}

// definitionsOf returns what a version defines.
func definitionsOf(version *legal.Version) []definition {
	r := Review{Document: &legal.Document{Draft: version}}
	return definitions(r.passages())
}

// unusedTerms reports terms that are defined and never used after.
func unusedTerms(r *Review) []legal.Problem {
	passages := r.passages()
	var problems []legal.Problem
	text := r.lower()
	seen := map[string]bool{}
	for _, d := range definitions(passages) {
		p := &passages[d.passage]
		// A gloss of a word that was just used, ("cookies"), defines nothing: a term has a
		// capital letter, or stands for those who agree.
		first := d.Terms[0]
		if seen[first.Words] || !capital(first.Words) || p.Kind == legal.Term {
			continue
		}
		if seen[first.Words] = true; len(seen) > most {
			break // each is looked for in the whole text
		}
		if !used(text, d.Terms) {
			problems = append(problems, problem(r.place(p, first.From, first.To),
				"use it where it is meant, or leave the definition out",
				"%s defines %s, which the document does not use", p.where(), quoted(first.Words)))
		}
	}
	return problems
}

// lower returns all that the document says, in lower case.
func (r *Review) lower() string {
	var text strings.Builder
	for _, p := range r.passages() {
		text.WriteString(p.words)
		text.WriteByte('\n')
	}
	if r.Draft != nil {
		for _, s := range r.Draft.Sections {
			text.WriteString(s.Title + "\n")
		}
	}
	return strings.ToLower(text.String())
}

// used reports whether one of the terms stands in text, which is in lower case, more often
// than where it is defined; a plural counts as its singular.
func used(text string, terms []legal.DefinedTerm) bool {
	for _, term := range terms {
		stem := strings.TrimSuffix(strings.TrimSuffix(term.Words, "s"), "y")
		if n := strings.Count(text, strings.ToLower(stem)); n > 1 {
			return true
		}
	}
	return false
}

// undefinedTerms reports words that are written as defined terms are, again and again
// within sentences, in a document that defines terms but not these.
func undefinedTerms(r *Review) []legal.Problem {
	v := r.vocabulary()
	passages := r.passages()
	if v == nil || v.terms == "" || len(definitions(passages)) == 0 {
		return nil
	}
	uses := map[string]*use{}
	for term := range strings.FieldsSeq(v.terms) {
		uses[singular(term)] = &use{}
	}
	for i := range passages {
		if p := &passages[i]; p.Kind != legal.Heading {
			countUses(p, uses)
		}
	}
	var problems []legal.Problem
	for _, stem := range slices.Sorted(maps.Keys(uses)) {
		const often = 3
		if u := uses[stem]; u.count >= often && !u.defined {
			term := u.term
			problems = append(problems, problem(r.place(u.p, u.from, u.from+len(term)),
				`say what it stands for where it comes first, e.g. (the "`+term+`"), or write it without the capital letter`,
				"%s is written as a defined term in %s: %s, but the document does not define it",
				quoted(term), u.p.where(), quoted(around(u.p.words, u.from, u.from+len(term)))))
		}
	}
	return problems
}

// A use is how a document uses a word that is often made a term.
type use struct {
	count   int // within sentences, with its capital letter
	defined bool
	term    string   // as it is written first
	p       *passage // with the first
	from    int
}

func countUses(p *passage, uses map[string]*use) {
	all := lexemes(p.prose)
	for j, t := range all {
		u := uses[singular(t.text)]
		switch {
		case u == nil:
		case afterQuote(p.prose, t.from):
			u.defined = true // said what it is, in a way of its own
		case !plainUse(p.prose, all, j):
		default:
			if u.count++; u.count == 1 {
				u.term, u.p, u.from = t.text, p, t.from
			}
		}
	}
}

func singular(term string) string { return strings.TrimSuffix(term, "s") }

func afterQuote(text string, at int) bool {
	return strings.ContainsAny(text[max(0, at-4):at], "\"“”„«")
}

// plainUse reports whether the lexeme j neither begins a sentence nor is part of a longer
// name ("Terms of Service").
func plainUse(text string, all []lexeme, j int) bool {
	t := all[j]
	joins := func(l lexeme, gap string) bool {
		return gap == " " && (capital(l.text) || l.text == "of" || l.text == "de")
	}
	switch {
	case !within(text, t.from):
		return false
	case j > 0 && joins(all[j-1], text[all[j-1].to:t.from]):
		return false
	}
	return j+1 == len(all) || !joins(all[j+1], text[t.to:all[j+1].from])
}
