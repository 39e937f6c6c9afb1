package main

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/generator/internal/site"
)

// kinds are the kinds of change, the smallest first, with what each means.
var kinds = []struct {
	change legal.Change
	means  string
}{
	{legal.Correction, "fixes an obvious slip; Last Updated does not move"},
	{legal.Update, "can be read as a redline"},
	{legal.Edition, "must be read whole"},
}

// suggestion says which kinds of change there are, and which it may be.
func suggestion(doc *legal.Document) string {
	newest := doc.Newest()
	marks := redline.Compare(newest, doc.Draft)
	likely := likelyChange(marks)
	return fmt.Sprintf("say what kind of change this is, since %s: %s\n%s%s looks likely; the decision is yours",
		newest.Number, site.WordsIn("").Figures(marks.Summary()), listKinds(newest.Number, likely, "--"), likely)
}

// listKinds lists the kinds of change after n, each after prefix, with an arrow
// at the likely one.
func listKinds(n legal.Number, likely legal.Change, prefix string) string {
	var w strings.Builder
	for _, kind := range kinds {
		mark := " "
		if kind.change == likely {
			mark = "→"
		}
		fmt.Fprintf(&w, "  %s %s%-11s %-8s %s\n", mark, prefix, kind.change, n.Next(kind.change), kind.means)
	}
	return w.String()
}

// likelyChange guesses the kind of a change: an edition where much of the text
// is touched, a correction where all there is are slips of the pen.
func likelyChange(r *redline.Redline) legal.Change {
	sections, touched, slips := 0, 0, true
	for _, s := range r.Sections {
		sections++
		if s.Op != redline.Equal || s.Renamed {
			touched++
		}
		for _, b := range s.Blocks {
			slips = slips && (!b.Changed() || onlySlips(&b))
		}
	}
	switch {
	case touched*3 > sections:
		return legal.Edition
	case touched == 0 && slips && len(r.Files) == 0 && r.Old.Title == r.New.Title && r.Stats.Links == 0 && r.Stats.Moved == 0:
		return legal.Correction
	}
	return legal.Update
}

// onlySlips reports whether all that changed in b looks like slips of the pen:
// signs, or one word for another that is spelt much alike.
func onlySlips(b *redline.Block) bool {
	if b.Op != redline.Equal {
		return false
	}
	for _, c := range b.Cells {
		var old, new string
		for _, s := range append(c.Spans, redline.Span{Op: redline.Equal}) {
			switch s.Op {
			case redline.Delete:
				old += s.Old.Text
			case redline.Insert:
				new += s.New.Text
			default:
				if !isSlip(old, new) {
					return false
				}
				old, new = "", ""
			}
		}
	}
	return true
}

// isSlip reports whether new differs from old in signs alone, or in up to two
// letters of one long word. A number is never a slip, and neither is a short
// word: "may" and "must" are not far apart.
func isSlip(old, new string) bool {
	if strings.ContainsFunc(old+new, unicode.IsNumber) {
		return false
	}
	isSign := func(r rune) bool { return !unicode.IsLetter(r) }
	a, b := []rune(strings.TrimFunc(old, isSign)), []rune(strings.TrimFunc(new, isSign))
	if len(a) == 0 && len(b) == 0 {
		return true
	}
	if min(len(a), len(b)) < 4 || strings.ContainsFunc(string(a)+string(b), isSign) {
		return false
	}
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	return max(len(a), len(b))-start-end <= 2
}
