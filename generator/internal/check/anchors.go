package check

import (
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// duplicateIDs reports anchors of a version that lead to two places.
func duplicateIDs(doc *legal.Document) []legal.Problem {
	var problems []legal.Problem
	for _, v := range all(doc) {
		taken := map[string]string{}
		claim := func(id string, pos legal.Pos, what string) {
			if first, ok := taken[id]; ok {
				problems = append(problems, problem(pos, "give one of the two another id; an id that was published stays with its text",
					"%s has the id %q, which %s has already", what, id, first))
				return
			}
			taken[id] = what
		}
		for _, s := range v.Sections {
			claim(s.ID, s.Pos("id"), "the section "+quoted(s.Title))
		}
		for _, s := range v.Sections {
			for _, id := range s.Was {
				claim(id, s.Pos("was"), "an earlier state of the section "+quoted(s.Title))
			}
		}
		for _, s := range v.Sections {
			for i, anchor := range legal.Anchors(s) {
				if b := &s.Body.Blocks[i]; anchor != "" {
					claim(anchor, s.BodyPos(b.Line), "the heading "+quoted(b.Words()))
				}
			}
		}
	}
	return problems
}

// danglingAnchors reports links of the working text into the document itself
// that lead nowhere. What is frozen cannot be mended and is passed over.
func danglingAnchors(r *Review) []legal.Problem {
	v := r.Draft
	if v == nil {
		return nil
	}
	anchors := map[string]bool{"": true}
	for _, s := range v.Sections {
		for _, a := range legal.Anchors(s) {
			anchors[a] = true
		}
		anchors[s.ID] = true
		for _, id := range s.Was {
			anchors[id] = true
		}
	}
	var problems []legal.Problem
	passages := r.passages()
	for i := range passages {
		p := &passages[i]
		at := 0
		for n, cell := range p.Cells {
			for _, run := range cell {
				id, within := strings.CutPrefix(run.Link, "#")
				if within && !anchors[id] && len(problems) < most && run.Kind == legal.Reference {
					problems = append(problems, problem(p.pos, anchorHint(r.Document, id),
						"%s refers to #%s, which the document does not have", p.where(), id))
				} else if within && !anchors[id] && len(problems) < most {
					problems = append(problems, problem(r.place(p, at, at+len(run.Text)), anchorHint(r.Document, id),
						"%s links %s to #%s, which the document does not have", p.where(), quoted(run.Text), id))
				}
				at += len(run.Text)
			}
			if n+1 < len(p.Cells) {
				at++ // the tab between cells
			}
		}
	}
	return problems
}

// lostAnchors reports sections of the newest version whose ids the draft does not
// have: links to them, which others have made, would lead to the document's top.
func lostAnchors(doc *legal.Document) []legal.Problem {
	v, newest := doc.Draft, doc.Newest()
	if v == nil || newest == nil || !doc.HasDraft() {
		return nil
	}
	var problems []legal.Problem
	for _, s := range newest.Sections {
		if v.Section(s.ID) != nil {
			continue
		}
		pos := v.Pos("title")
		hint := "if another section holds its text now, add to that one: was: [" + s.ID + "]; if the section was removed, all is well"
		for _, t := range v.Sections {
			if t.Title == s.Title || t.Body.Digest() == s.Body.Digest() {
				pos, hint = t.Pos("id"), "this section reads like it: add was: ["+s.ID+"], so that the old links go on working"
			}
		}
		problems = append(problems, problem(pos, hint, "the section %q of %s had the id %q, which no section has any more", s.Title, newest.Number, s.ID))
	}
	return problems
}

// anchorHint says where the section went that had id in an earlier version.
func anchorHint(doc *legal.Document, id string) string {
	for _, v := range slices.Backward(doc.Versions) {
		if old := v.Section(id); old != nil {
			return "it was the section " + quoted(old.Title) + " in " + v.Number.String() +
				"; if it has a new id, list the old one there: was: [" + id + "]"
		}
	}
	return "link to a section's id, e.g. #" + doc.Draft.Sections[0].ID
}
