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

// A signal is a place of a redline where the words may change a duty.
type signal struct {
	section  *legal.Section // of the new version; nil: the opening text, or gone
	block    *legal.Block   // of the new version; nil: it was removed
	at, to   int            // in the block's words
	old, new string         // the words that changed
	beside   string         // the same with some words beside them, where they are not all of the block
	kinds    []string       // what kinds of words changed
}

func (r *Review) signalProblem(s step, sig signal) legal.Problem {
	pos, where := s.new.Pos("title"), "the opening text"
	if sig.section != nil {
		pos, where = sig.section.Pos("title"), "the section "+quoted(sig.section.Title)
	}
	if sig.block != nil {
		p := passage{Block: sig.block, words: sig.block.Words(), pos: s.new.BodyPos(sig.block.Line)}
		if sig.section != nil {
			p.pos = sig.section.BodyPos(sig.block.Line)
		}
		pos = r.place(&p, sig.at, sig.to)
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
	return problem(pos, "if it changes what anybody may or must do, release it as an update: a correction is not announced",
		"%s: %s: %s, in a correction of %s", where, what, strings.Join(sig.kinds, ", "), s.old.Number)
}

// signals returns the places in which new differs from old by words that weigh.
func signals(old, new *legal.Version, v *vocabulary) []signal {
	w := &weigher{vocabulary: v, terms: map[string]bool{}}
	for _, version := range []*legal.Version{old, new} {
		for _, d := range definitionsOf(version) {
			for _, term := range d.terms {
				w.terms[term] = true
			}
		}
	}
	var found []signal
	for _, s := range redline.Compare(old, new).Sections {
		if s.Same {
			continue
		}
		for i := range s.Blocks {
			if found = append(found, w.block(&s.Blocks[i], s.New)...); len(found) >= most {
				return found[:most]
			}
		}
	}
	return found
}

func (w *weigher) block(b *redline.Block, section *legal.Section) []signal {
	switch {
	case b.Op == redline.MoveFrom:
		return nil // its words are compared where it went
	case b.Op == redline.MoveTo:
		old, new := b.Old.Words(), b.New.Words()
		if old == new {
			return nil
		}
		return w.signals(b, section, []edit{{0, len(old), 0, len(new), nil}}, old, new)
	}
	edits, old, new := edits(b)
	return w.signals(b, section, edits, old, new)
}

func (w *weigher) signals(b *redline.Block, section *legal.Section, edits []edit, old, new string) []signal {
	var found []signal
	for _, e := range edits[:min(len(edits), most)] {
		kinds := append(w.compare(old, new, e), e.links...)
		if whole := b.Old == nil || b.New == nil; whole && len(lexemes(old+new)) >= fewWords {
			kinds = append(kinds, kindPassage)
		}
		if len(kinds) == 0 {
			continue
		}
		sig := signal{section: section, block: b.New, at: e.newAt, to: e.newTo, kinds: kinds,
			old: strings.TrimSpace(old[e.oldAt:e.oldTo]), new: strings.TrimSpace(new[e.newAt:e.newTo])}
		if b.New != nil && e.newTo-e.newAt < len(new) {
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
	links                      []string // what is to be said of links
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
			link := span.Op == redline.Equal && span.Old.Link != span.New.Link
			if span.Op == redline.Equal && !link && (strings.TrimSpace(newText) != "" || !open) {
				open = false
			} else {
				if !open {
					out = append(out, edit{o.Len(), o.Len(), n.Len(), n.Len(), nil})
				}
				open = true
				e := &out[len(out)-1]
				e.oldTo, e.newTo = o.Len()+len(oldText), n.Len()+len(newText)
				if link && !slices.Contains(e.links, linkChange(span.Old.Link, span.New.Link)) {
					e.links = append(e.links, linkChange(span.Old.Link, span.New.Link))
				}
			}
			o.WriteString(oldText)
			n.WriteString(newText)
		}
	}
	return out, o.String(), n.String()
}

func linkChange(old, new string) string {
	switch {
	case old == "":
		return "it has a link to " + quoted(new) + " now"
	case new == "":
		return "its link to " + quoted(old) + " was removed"
	}
	return "its link leads to " + quoted(new) + ", not to " + quoted(old)
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
