package main

import (
	"path"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/check"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/generator/internal/site"
)

// review returns what the draft's page tells its editors, nil on another page.
// The caller holds s.mu.
func (p *preview) review(s *shown, name string) *site.DraftReview {
	doc := s.doc.Text(strings.TrimSuffix(name, "/draft/index.html"))
	if doc == nil {
		return nil
	}
	p.mu.Lock()
	r := &site.DraftReview{Problems: problemsOfText(doc, s.problems)}
	p.mu.Unlock()
	if doc.HasDraft() {
		r.Release = releasePlan(doc)
		// Advice is for those who write: a build does not give it, the command check does.
		advice := check.Run(&check.Review{Document: doc, Library: s.lib.Library, Advice: true})
		r.Problems = legal.SortProblems(slices.Concat(r.Problems, problemsOfText(doc, append(advice, p.crossing(s)...))))
	}
	if legal.Fatal(r.Problems) {
		r.Release.Missing = append([]string{"that the errors above are mended"}, r.Release.Missing...)
	}
	return r
}

// problemsOfText returns those of a document's problems that are of its text doc, which is
// the original or a translation.
func problemsOfText(doc *legal.Document, problems []legal.Problem) []legal.Problem {
	whose := func(file string) string {
		for _, t := range original(doc).Translations {
			if legal.LanguageOf(path.Base(file)) == t.Language || strings.Contains(file+"/", "/"+legal.VersionsDir+"/"+t.Language+"/") {
				return t.Name
			}
		}
		return doc.Folder()
	}
	return slices.DeleteFunc(slices.Clone(problems), func(p legal.Problem) bool { return whose(p.File) != doc.Name })
}

// outlined returns what links between documents need to know of the current text, nil
// where none could be read. The caller holds s.mu.
func (s *shown) outlined() *check.Outline {
	if s.doc == nil {
		return nil
	}
	current := currentOf(s.doc)
	for _, t := range s.doc.Translations {
		current.Translations = append(current.Translations, currentOf(t))
	}
	return check.Outlined(&check.Review{Document: current, Library: s.lib.Library})
}

// currentOf returns doc with its current text alone.
func currentOf(doc *legal.Document) *legal.Document {
	current := &legal.Document{Name: doc.Name, Draft: doc.Draft}
	if newest := doc.Newest(); current.Draft == nil && newest != nil {
		current.Versions = []*legal.Version{newest}
	}
	return current
}

// crossing returns the problems of the draft's links to other documents. While those are
// still being read it returns none: what is not known yet may be there.
func (p *preview) crossing(s *shown) []legal.Problem {
	p.mu.Lock()
	defer p.mu.Unlock()
	var outlines []*check.Outline
	for _, name := range p.lib.Documents {
		other := p.docs[name]
		if other.outline == nil {
			return nil
		}
		outlines = append(outlines, other.outline)
	}
	draft := path.Join(p.lib.Root, s.name) + "/"
	return slices.DeleteFunc(check.Links(p.lib.Site, outlines), func(p legal.Problem) bool {
		return !strings.HasPrefix(p.Pos.File, draft) || strings.HasPrefix(p.Pos.File, draft+legal.VersionsDir+"/")
	})
}

// releasePlan says what release would do with the draft of doc, and what it
// would ask for.
func releasePlan(doc *legal.Document) site.ReleasePlan {
	var r releaseRequest
	p := site.ReleasePlan{Missing: missing(doc)}
	command := []string{"codicil release", doc.Name}
	if n, err := r.number(doc); err == nil {
		p.Numbers = []site.PlannedNumber{{Number: n}}
	} else {
		p.Numbers = possibleNumbers(doc)
		command = append(command, "--edition|update|correction")
	}
	var err error
	if p.Effective, err = r.effectiveDate(doc, p.Numbers[0].Number); err != nil {
		p.Effective = legal.Date{}
		command = append(command, "--effective DATE")
	}
	if doc.Original != nil && p.Effective.IsZero() {
		p.Effective = doc.Draft.Effective
	}
	if p.Published, err = r.publishedDate(doc); err == nil && p.Published.IsZero() {
		p.Published = p.Effective
		if doc.Original != nil {
			p.Published = doc.Draft.Published
		}
	}
	if newest := doc.Newest(); newest != nil && (doc.Draft.Summary == nil || staleSummary(doc)) {
		command = append(command, "--summary TEXT")
	}
	if _, err := r.materiality(doc); err != nil {
		command = append(command, "--material true|false")
	}
	if _, err := r.reacceptance(doc); err != nil {
		command = append(command, "--reacceptance true|false")
	}
	p.Command = strings.Join(command, " ")
	return p
}

// possibleNumbers returns the numbers that a draft may get.
func possibleNumbers(doc *legal.Document) []site.PlannedNumber {
	newest := doc.Newest()
	likely := likelyChange(redline.Compare(newest, doc.Draft))
	var numbers []site.PlannedNumber
	for _, kind := range []struct {
		change legal.Change
		means  string
	}{
		{legal.Correction, "a correction, which fixes an obvious slip"},
		{legal.Update, "an update, which can be read as a redline"},
		{legal.Edition, "an edition, which must be read whole"},
	} {
		numbers = append(numbers, site.PlannedNumber{Number: newest.Number.Next(kind.change), Kind: kind.means, Likely: kind.change == likely})
	}
	return numbers
}
