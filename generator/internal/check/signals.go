package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// materialWords reports what in changes that call themselves corrections may change
// a duty or a right: numbers, money, dates and periods, negations, modal verbs,
// parties, links and defined terms. A correction fixes an obvious slip; these are
// the words in which a slip is not obvious.
func materialWords(r *Review) []legal.Problem {
	var problems []legal.Problem
	for _, s := range r.reviewed() {
		if s.new.Number.Since(s.old.Number) != legal.Correction {
			continue
		}
		for _, sig := range signals(s.old, s.new, r.vocabulary()) {
			problems = append(problems, r.signalProblem(s, sig))
		}
	}
	return problems
}

// Weighty returns, in words, where the working text of r differs from the newest
// version by words that may change a duty or a right: what a correction should not.
func Weighty(r *Review) []string {
	newest := r.Newest()
	if newest == nil || r.Draft == nil {
		return nil
	}
	var out []string
	for _, sig := range signals(newest, r.Draft, r.vocabulary()) {
		out = append(out, sig.String())
	}
	return out
}

// A signal is a place of a redline where the words may change a duty.
type signal struct {
	section  *redline.Section // in which it stands; nil: the document's title, or a file
	block    *legal.Block     // of the new version; nil: it was removed, or is a title
	at, to   int              // in the block's words
	old, new string           // the words that changed
	beside   string           // the same with some words beside them, where they are not all of the block
	kinds    []string         // what kinds of words changed
}

func (r *Review) signalProblem(s step, sig signal) legal.Problem {
	pos := s.new.Pos("title")
	if in := sig.section; in != nil && in.New != nil {
		pos = in.New.Pos("title")
	}
	if sig.block != nil {
		p := passage{Block: sig.block, words: sig.block.Words(), pos: s.new.BodyPos(sig.block.Line)}
		if sig.section.New != nil {
			p.pos = sig.section.New.BodyPos(sig.block.Line)
		}
		pos = r.place(&p, sig.at, sig.to)
	}
	return problem(pos, "if it changes what anybody may or must do, release it as an update: a correction is not announced",
		"%s, in a correction of %s", sig, s.old.Number)
}

// String says where the words stand, of what kinds they are, and what they became.
func (sig signal) String() string {
	where := "the document"
	switch in := sig.section; {
	case in == nil:
	case in.New != nil:
		where = "the section " + quoted(in.New.Title)
	case in.Old != nil:
		where = "the section " + quoted(in.Old.Title) + ", which was removed"
	default:
		where = "the opening text"
	}
	what := quoted(sig.old) + " became " + quoted(sig.new)
	switch {
	case sig.old == sig.new:
		what = quoted(sig.new)
	case sig.old == "":
		what = quoted(sig.new) + " was added"
	case sig.new == "":
		what = quoted(sig.old) + " was removed"
	}
	if sig.beside != "" {
		what += " in " + quoted(sig.beside)
	}
	return where + ": " + what + ": " + strings.Join(sig.kinds, ", ")
}

// signals returns the places in which new differs from old by words that weigh.
func signals(old, new *legal.Version, v *vocabulary) []signal {
	w := &weigher{vocabulary: v, terms: map[string]bool{}}
	for _, version := range []*legal.Version{old, new} {
		for _, d := range definitionsOf(version) {
			for _, term := range d.Terms {
				w.terms[term.Words] = true
			}
		}
	}
	marks := redline.Compare(old, new)
	found := w.title(marks.Title, nil)
	for i := range marks.Sections {
		section := &marks.Sections[i]
		if section.Renamed {
			found = append(found, w.title(section.Title, section)...)
		}
		if section.Same {
			continue
		}
		for j := range section.Blocks {
			if found = append(found, w.block(&section.Blocks[j], section)...); len(found) >= most {
				return found[:most]
			}
		}
	}
	for _, f := range marks.Files {
		sig := signal{kinds: []string{kindFile}, old: f.Name, new: f.Name}
		switch f.Op {
		case redline.Insert:
			sig.old = ""
		case redline.Delete:
			sig.new = ""
		default:
			sig.kinds = []string{kindFile + " that is another now"}
		}
		found = append(found, sig)
	}
	return found
}

// title looks at the title of a section, or of the document.
func (w *weigher) title(spans []redline.Span, section *redline.Section) []signal {
	edits, old, new := edits(&redline.Block{Cells: []redline.Cell{{Spans: spans}}})
	return w.signals(nil, section, edits, old, new)
}

func (w *weigher) block(b *redline.Block, section *redline.Section) []signal {
	edits, old, new := edits(b)
	switch {
	case b.Op == redline.MoveFrom:
		return nil // its words are compared where it went
	case b.Op == redline.MoveTo: // which has not the words that were deleted
		whole := edit{0, len(b.Old.Words()), 0, len(b.New.Words()), nil}
		for _, e := range edits {
			whole.notes = append(whole.notes, e.notes...)
		}
		old, new = b.Old.Words(), b.New.Words()
		if old == new && whole.notes == nil {
			return nil
		}
		edits = []edit{whole}
	}
	whole := b.Old == nil || b.New == nil
	if whole && len(edits) > 0 && len(lexemes(old+new)) >= fewWords {
		edits[0].notes = append(edits[0].notes, kindPassage)
	}
	return w.signals(b.New, section, edits, old, new)
}

// signals returns those of the edits that weigh, or of which there is something to note.
func (w *weigher) signals(block *legal.Block, section *redline.Section, edits []edit, old, new string) []signal {
	var found []signal
	for _, e := range edits[:min(len(edits), most)] {
		kinds := append(w.compare(old, new, e), e.notes...)
		if len(kinds) == 0 {
			continue
		}
		sig := signal{section: section, block: block, at: e.newAt, to: e.newTo, kinds: kinds,
			old: strings.TrimSpace(old[e.oldAt:e.oldTo]), new: strings.TrimSpace(new[e.newAt:e.newTo])}
		if new != "" && e.newTo-e.newAt < len(new) {
			sig.beside = around(new, e.newAt, e.newTo)
		}
		found = append(found, sig)
	}
	return found
}

// fewWords that come or go as a block of their own are more than a slip.
const fewWords = 3

// An edit is a run of changed text: where it stands in the old words and in the new.
type edit struct {
	oldAt, oldTo, newAt, newTo int
	notes                      []string // what is to be said beside
}

// edits returns the edits of a block with its words in both versions. Edits with
// nothing but a space between them are one.
func edits(b *redline.Block) (out []edit, old, new string) {
	var o, n strings.Builder
	open := false
	for i, cell := range b.Cells {
		if i > 0 {
			o.WriteByte('\t')
			n.WriteByte('\t')
			open = false
		}
		for _, span := range cell.Spans {
			oldText, newText := span.Old.Text, span.New.Text
			note := attributes(span)
			if span.Op == redline.Equal && note == "" && (strings.TrimSpace(newText) != "" || !open) {
				open = false
			} else {
				if !open {
					out = append(out, edit{o.Len(), o.Len(), n.Len(), n.Len(), nil})
				}
				open = true
				e := &out[len(out)-1]
				e.oldTo, e.newTo = o.Len()+len(oldText), n.Len()+len(newText)
				if note != "" && !slices.Contains(e.notes, note) {
					e.notes = append(e.notes, note)
				}
			}
			o.WriteString(oldText)
			n.WriteString(newText)
		}
	}
	return out, o.String(), n.String()
}

// attributes says what changed of text that was kept and is more than how it looks: where a
// link leads to, and whether it is struck out. It returns "" where that is nothing.
func attributes(span redline.Span) string {
	old, new := span.Old, span.New
	switch {
	case span.Op != redline.Equal:
		return ""
	case old.Link == new.Link && old.Style&legal.Strike == new.Style&legal.Strike:
		return ""
	case old.Link == new.Link && new.Style&legal.Strike != 0:
		return "it is struck out now"
	case old.Link == new.Link:
		return "it is struck out no more"
	case old.Link == "":
		return "it has a link to " + quoted(new.Link) + " now"
	case new.Link == "":
		return "its link to " + quoted(old.Link) + " was removed"
	}
	return "its link leads to " + quoted(new.Link) + ", not to " + quoted(old.Link)
}

// compare returns the kinds of words that weigh of which the two sides of an edit of old
// and new do not hold the same.
func (w *weigher) compare(old, new string, e edit) []string {
	was, is := w.weigh(old, e.oldAt, e.oldTo), w.weigh(new, e.newAt, e.newTo)
	wasWords, isWords := words(old[e.oldAt:e.oldTo]), words(new[e.newAt:e.newTo])
	count := map[weight]int{}
	for _, t := range was {
		if !t.name || !isWords[t.word] { // a word that lost its capital letter is the same
			count[t]--
		}
	}
	for _, t := range is {
		if !t.name || !wasWords[t.word] {
			count[t]++
		}
	}
	kinds := map[string]bool{}
	for t, n := range count {
		if n != 0 {
			kinds[t.kind] = true
		}
	}
	return slices.Sorted(maps.Keys(kinds))
}

func words(s string) map[string]bool {
	set := map[string]bool{}
	for _, t := range lexemes(s) {
		set[normal(t.text)] = true
	}
	return set
}
