package main

import (
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/generator/internal/site"
)

// report says what is released, after verb.
func (r *rehearsal) report(w io.Writer, verb string) {
	doc := r.doc
	v := doc.Newest()
	fmt.Fprintf(w, "%s %s %s", verb, doc.Name, v.Number)
	if before := doc.Before(v); before != nil {
		fmt.Fprintf(w, ", %s of %s", withArticle(v.Change.String()), before.Number)
		fmt.Fprintf(w, "\n  what changed  %s", site.WordsIn("").Figures(redline.Compare(before, v).Summary()))
	}
	if v.Original != nil {
		fmt.Fprintf(w, "\n  translates    %s %s", doc.Original.Name, v.Translates)
	}
	fmt.Fprintf(w, "\n  published     %s\n  effective     %s\n", v.Published, v.Effective)
	fmt.Fprintf(w, "  material      %s\n", materialWords(doc, v))
	if v.Reaccept && doc.Before(v) != nil {
		fmt.Fprintf(w, "  acceptance    asked again, from the day on which it applies\n")
	}
	fmt.Fprintf(w, "  frozen in     %s/\n", path.Join(r.lib.Root, v.Dir))
	fmt.Fprintf(w, "  recorded in   %s\n", path.Join(r.lib.Root, ledger.SumFile))
	var filled []string
	for _, p := range r.files.Paths() {
		if path.Dir(p) == doc.Folder() {
			filled = append(filled, path.Base(p))
		}
	}
	if len(filled) > 0 {
		fmt.Fprintf(w, "  filled in     %s\n", strings.Join(filled, ", "))
	}
}

// materialWords says whether v matters to readers, and what that does.
func materialWords(doc *legal.Document, v *legal.Version) string {
	if v.Material {
		return "yes: Last Updated will be " + v.Published.String() + " from the day on which it applies"
	}
	if last := doc.On(v.Effective).LastUpdated; !last.IsZero() {
		return "no: Last Updated stays " + last.String()
	}
	return "no"
}

// ahead says what is to be done, and on which days the site must be built.
func (r *rehearsal) ahead(w io.Writer) {
	v, now := r.doc.Newest(), today(r.lib.Site)
	fmt.Fprintf(w, "Next: commit all of %s and merge it.", r.lib.Root)
	hidden := v.Announced && v.Published.After(now)
	if !hidden {
		fmt.Fprintf(w, " The next build publishes the version.")
	}
	fmt.Fprintln(w)
	if hidden {
		fmt.Fprintf(w, "Builds show it from %s, when it is published.\n", v.Published)
	}
	if v.Effective.After(now) {
		fmt.Fprintf(w, "It applies from %s: the site must be built again on that day.\n", v.Effective)
		if !v.Announced {
			fmt.Fprintf(w, "It counts as published on that day, too; give --published if people are told before.\n")
		}
	}
}

// withArticle returns "a correction" or "an update".
func withArticle(noun string) string {
	if strings.ContainsAny(noun[:1], "aeiou") {
		return "an " + noun
	}
	return "a " + noun
}
