package redline

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// An edit is a change of the policy whose truth is known, since it was made
// here: each piece knows its words in both texts and which of them changed.
type edit struct {
	name     string
	old, new string
	want     marks
}

// marks are the words that a redline marks, those of the old text in its order
// and those of the new one in its own, and its notes.
type marks struct {
	Deleted, Inserted, Moved, Links, Formats []string
	Notes                                    []string
}

// An editKind makes an edit of one kind.
type editKind struct {
	name   string
	common bool // it needs no more than paragraphs, so that many sections suit
	do     func(d *draft)
}

// edits are the kinds of edits, each for a draft in whose untouched sections
// it finds what it needs.
var edits = []editKind{
	{"word substituted", true, func(d *draft) {
		p, _ := d.pick(func(p *piece, _ spot) bool {
			return p.kind != titlePiece && len(wordsOf(p.old)) >= 6 && len(p.plainWords()) > 2
		})
		d.substitute(p)
	}},
	{"words substituted by a phrase", true, func(d *draft) {
		p, _ := d.paragraph(2)
		words := p.plainWords()
		w := words[d.r.IntN(len(words))]
		p.replace(w[0], p.old[w[0]:w[1]], d.fresh(4))
	}},
	{"sentence inserted", true, func(d *draft) {
		p, _ := d.paragraph(1)
		all := p.sentences()
		if n := d.r.IntN(len(all) + 1); n < len(all) {
			p.replace(all[n][0], "", d.sentence()+" ")
		} else {
			p.replace(len(p.old), "", " "+d.sentence())
		}
	}},
	{"sentence deleted", true, func(d *draft) {
		p, _ := d.paragraph(2)
		all := p.sentences()
		s := all[d.r.IntN(len(all))]
		p.replace(s[0], p.old[s[0]:s[1]], "")
		p.new = strings.TrimSuffix(p.new, " ")
	}},
	{"sentence replaced", true, func(d *draft) {
		// Where less than half is kept, the paragraph may be called another one.
		p, _ := d.pick(func(p *piece, _ spot) bool { return p.kind == paragraphPiece && len(p.lesser()) > 0 })
		some := p.lesser()
		s := some[d.r.IntN(len(some))]
		p.replace(s[0], strings.TrimSuffix(p.old[s[0]:s[1]], " "), d.sentence())
	}},
	{"paragraph inserted", true, func(d *draft) {
		_, s := d.paragraph(1)
		d.insert(spot{s.section, s.at + d.r.IntN(2)}, &piece{kind: paragraphPiece, new: d.sentence() + " " + d.sentence()})
	}},
	{"paragraph deleted", true, func(d *draft) {
		_, s := d.paragraph(1)
		d.remove(s)
	}},
	{"paragraph replaced", true, func(d *draft) {
		_, s := d.paragraph(2)
		d.remove(s)
		d.insert(s, &piece{kind: paragraphPiece, new: d.sentence() + " " + d.sentence()})
	}},
	{"item inserted", false, func(d *draft) {
		p, s := d.item(bulletPiece, numberPiece)
		d.insert(spot{s.section, s.at + d.r.IntN(2)}, &piece{kind: p.kind, new: d.sentence()})
	}},
	{"item deleted", false, func(d *draft) {
		_, s := d.item(bulletPiece, numberPiece)
		d.remove(s)
	}},
	{"item moved", false, func(d *draft) {
		d.moveWithin(bulletPiece, numberPiece)
	}},
	{"paragraph moved within its section", false, func(d *draft) {
		d.moveWithin(paragraphPiece)
	}},
	{"paragraph moved to another section", true, func(d *draft) { d.moveAway() }},
	{"paragraph moved and edited", true, func(d *draft) {
		p := d.moveAway()
		from, to := d.substitute(p)
		p.Moved = slices.Concat(wordsOf(p.old[:from]), wordsOf(p.old[to:]))
	}},
	{"section renamed", false, func(d *draft) {
		// Of longer titles not only the name is marked, but the number too.
		p, _ := d.pick(func(p *piece, _ spot) bool { return p.kind == titlePiece && len(wordsOf(p.old)) <= 3 })
		number, name, _ := strings.Cut(p.old, " ")
		p.replace(len(number)+1, name, d.fresh(2))
	}},
	{"paragraph split", true, func(d *draft) {
		p, s := d.paragraph(2)
		at := p.sentences()[1][0]
		p.shared = true
		first := &piece{kind: paragraphPiece, new: strings.TrimSpace(p.old[:at]), shared: true}
		rest := &piece{kind: paragraphPiece, new: p.old[at:], shared: true}
		rest.Notes = []string{"split"}
		d.remove(s)
		d.insert(s, first, rest)
	}},
	{"paragraphs joined", true, func(d *draft) {
		p, s := d.pick(func(p *piece, s spot) bool {
			section := d.old[s.section]
			return p.kind == paragraphPiece && s.at+1 < len(section) && section[s.at+1].kind == paragraphPiece
		})
		next := d.old[s.section][s.at+1]
		p.shared, next.shared = true, true
		joined := &piece{kind: paragraphPiece, new: p.old + " " + next.old, shared: true}
		joined.Notes = []string{"joined"}
		d.remove(s)
		d.remove(s)
		d.insert(s, joined)
	}},
	{"link changed", false, func(d *draft) {
		p, _ := d.pick(func(p *piece, _ spot) bool { return linkSyntax.MatchString(p.old) })
		m := linkSyntax.FindStringSubmatchIndex(p.old)
		p.new = p.old[:m[4]] + "https://other.example/" + d.fresh(1) + p.old[m[5]:]
		p.Links = wordsOf(p.old[m[2]:m[3]])
	}},
	{"emphasis removed or changed", false, func(d *draft) {
		p, _ := d.pick(func(p *piece, _ spot) bool { return emphasis.MatchString(p.old) })
		m := emphasis.FindStringSubmatchIndex(p.old)
		inner := p.old[m[2]:m[3]]
		sign := []string{"", "***"}[d.r.IntN(2)]
		p.new = p.old[:m[0]] + sign + inner + sign + p.old[m[1]:]
		p.Formats = wordsOf(inner)
	}},
	{"emphasis added", true, func(d *draft) {
		p, _ := d.paragraph(1)
		words := p.plainWords()
		w := words[d.r.IntN(len(words))]
		p.new = p.old[:w[0]] + "**" + p.old[w[0]:w[1]] + "**" + p.old[w[1]:]
		p.Formats = []string{p.old[w[0]:w[1]]}
	}},
	{"cell changed", false, func(d *draft) {
		p, _ := d.item(rowPiece)
		cells := strings.Split(p.old, "|")
		n := 1 + d.r.IntN(3)
		at := len(strings.Join(cells[:n], "|")) + 2
		p.replace(at, strings.TrimSpace(cells[n]), d.fresh(1+d.r.IntN(2)))
	}},
	{"row inserted", false, func(d *draft) {
		_, s := d.item(rowPiece)
		d.insert(s, &piece{kind: rowPiece, new: "| " + d.fresh(2) + " | " + d.fresh(1) + " | " + d.fresh(2) + " |"})
	}},
	{"row deleted", false, func(d *draft) {
		_, s := d.item(rowPiece)
		d.remove(s)
	}},
}

// wholeEdits are those that touch more than one section or two, so that they
// stand alone.
var wholeEdits = []editKind{
	{"section inserted", false, func(d *draft) {
		s := &piece{kind: titlePiece, new: d.fresh(2)}
		body := &piece{kind: paragraphPiece, new: d.sentence() + " " + d.sentence()}
		d.new = slices.Insert(d.new, 1+d.r.IntN(len(d.new)), []*piece{s, body})
	}},
	{"section deleted", false, func(d *draft) {
		n := 1 + d.r.IntN(len(d.new)-1)
		d.new = slices.Delete(d.new, n, n+1)
	}},
	{"sections renumbered by a new one", false, func(d *draft) {
		n := 1 + d.r.IntN(len(d.new)-1)
		for i := n; i < len(d.new); i++ {
			d.new[i][0].replace(0, fmt.Sprint(i), fmt.Sprint(i+1))
		}
		s := &piece{kind: titlePiece, new: fmt.Sprintf("%d. %s", n, d.fresh(2))}
		body := &piece{kind: paragraphPiece, new: d.sentence() + " " + d.sentence()}
		d.new = slices.Insert(d.new, n, []*piece{s, body})
	}},
	{"section moved", false, func(d *draft) {
		// Of a section and those that it passes, either side could be said to
		// have moved; it is the lighter one. So it passes what is heavier.
		from, to := 0, 0
		for passed := 0; from == to || passed < 2*wordsIn(d.old[from]); {
			from, to, passed = 1+d.r.IntN(len(d.old)-1), 1+d.r.IntN(len(d.old)-1), 0
			for i := min(from, to); i <= max(from, to); i++ {
				if i != from {
					passed += wordsIn(d.old[i])
				}
			}
		}
		s := d.new[from]
		d.new = slices.Insert(slices.Delete(d.new, from, from+1), to, s)
		for _, p := range s {
			p.Moved = wordsOf(p.old)
		}
	}},
	{"term renamed throughout", false, func(d *draft) {
		name := d.fresh(1)
		for _, p := range slices.Concat(d.new...) {
			for {
				at := strings.Index(p.new, "Member ")
				if at < 0 {
					break
				}
				p.replace(at, "Member", name)
			}
		}
	}},
}

func wordsIn(section []*piece) int {
	n := 0
	for _, p := range section {
		n += len(wordsOf(p.old))
	}
	return n
}

// substitute replaces a word of p, and returns where it was.
func (d *draft) substitute(p *piece) (from, to int) {
	words := p.plainWords()
	w := words[d.r.IntN(len(words))]
	p.replace(w[0], p.old[w[0]:w[1]], d.fresh(1))
	return w[0], w[1]
}

// moveWithin moves a piece of a kind among its neighbours of that kind.
func (d *draft) moveWithin(kinds ...kindOfPiece) {
	p, s := d.pick(func(p *piece, s spot) bool { return slices.Contains(kinds, p.kind) && len(d.reach(s)) > 0 })
	places := d.reach(s)
	d.remove(s)
	d.insert(spot{s.section, places[d.r.IntN(len(places))]}, p)
	p.Moved = wordsOf(p.old)
}

// reach returns the places among its neighbours that a piece can move to. Of a
// piece and those that it passes, either side could be said to have moved; it
// is the lighter one. So what it passes has more words.
func (d *draft) reach(s spot) []int {
	section := d.old[s.section]
	own := section[s.at]
	var places []int
	for _, by := range []int{-1, 1} {
		words := 0
		for j := s.at + by; j >= 0 && j < len(section) && section[j].kind == own.kind; j += by {
			if words += len(wordsOf(section[j].old)); words > len(wordsOf(own.old)) {
				places = append(places, j)
			}
		}
	}
	return places
}

// moveAway moves a paragraph of twelve words or more, which are enough for a
// move with an edit, to another section.
func (d *draft) moveAway() *piece {
	p, s := d.pick(func(p *piece, _ spot) bool { return p.kind == paragraphPiece && len(wordsOf(p.old)) > 20 })
	_, to := d.paragraph(1)
	d.remove(s)
	d.insert(spot{to.section, to.at + d.r.IntN(2)}, p)
	p.Moved = wordsOf(p.old)
	return p
}

// someEdits returns edits of every kind, so many of each, and of several kinds
// at once.
func someEdits(perKind int) []edit {
	var out []edit
	seed := uint64(0)
	add := func(name string, do ...func(*draft)) {
		seed++
		d := newDraft(seed)
		for _, f := range do {
			f(d)
		}
		out = append(out, d.edit(name))
	}
	for _, k := range slices.Concat(edits, wholeEdits) {
		for n := range perKind {
			add(fmt.Sprintf("%s %d", k.name, n+1), k.do)
		}
	}
	// One of any kind, then three that find their place in many sections.
	r := rand.New(rand.NewPCG(8, 7))
	for n := range 6 * perKind {
		kinds := []editKind{edits[r.IntN(len(edits))]}
		for len(kinds) < 4 {
			if k := edits[r.IntN(len(edits))]; k.common {
				kinds = append(kinds, k)
			}
		}
		var names []string
		var do []func(*draft)
		for _, k := range kinds {
			names, do = append(names, k.name), append(do, k.do)
		}
		add(fmt.Sprintf("several %d (%s)", n+1, strings.Join(names, ", ")), do...)
	}
	return out
}

// marksOf returns what r marks. It fails t where a word is marked in part.
func marksOf(t *testing.T, r *Redline) marks {
	t.Helper()
	m := marks{}
	m.add(t, Equal, r.Title)
	for _, s := range r.Sections {
		m.add(t, s.Op, s.Title)
		for _, b := range s.Blocks {
			for _, c := range b.Cells {
				m.add(t, b.Op, c.Spans)
			}
			if b.Op != MoveFrom {
				for _, n := range b.Notes {
					m.Notes = append(m.Notes, noteNames[n.Kind])
				}
			}
		}
	}
	return m
}

// add adds what is marked in a cell of a block of operation op.
func (m *marks) add(t *testing.T, op Op, spans []Span) {
	t.Helper()
	for _, w := range markedWords(t, spans, Insert, func(s Span) string { return s.Old.Text }) {
		if w.Op == Delete {
			m.Deleted = append(m.Deleted, w.text)
		}
	}
	for _, w := range markedWords(t, spans, Delete, func(s Span) string { return s.New.Text }) {
		switch {
		case w.Op == Insert:
			m.Inserted = append(m.Inserted, w.text)
		case op == MoveTo:
			m.Moved = append(m.Moved, w.text)
		}
		if w.Op == Equal && op != MoveFrom && w.Old.Link != w.New.Link {
			m.Links = append(m.Links, w.text)
		}
		if w.Op == Equal && op != MoveFrom && w.Old.Style != w.New.Style {
			m.Formats = append(m.Formats, w.text)
		}
	}
}

// A markedWord is a word with the span that it stands in.
type markedWord struct {
	text string
	Span
}

// markedWords returns the words of one text of a cell, without the spans of
// operation drop.
func markedWords(t *testing.T, spans []Span, drop Op, text func(Span) string) []markedWord {
	t.Helper()
	var w strings.Builder
	var ends []int
	var kept []Span
	for _, s := range spans {
		if s.Op != drop {
			w.WriteString(text(s))
			kept, ends = append(kept, s), append(ends, w.Len())
		}
	}
	var out []markedWord
	i := 0
	for _, at := range aWord.FindAllStringIndex(w.String(), -1) {
		for ends[i] <= at[0] {
			i++
		}
		word := w.String()[at[0]:at[1]]
		for j := i; ends[j] < at[1]; j++ {
			if kept[j].Op != kept[j+1].Op {
				t.Errorf("the word %q is marked in part", word)
			}
		}
		out = append(out, markedWord{word, kept[i]})
	}
	return out
}

// TestEdits compares the policy with edits of it, and wants what was done marked
// and nothing else; and as many words marked from the new text to the old one
// as from the old to the new.
func TestEdits(t *testing.T) {
	perKind := 3
	if testing.Short() {
		perKind = 1
	}
	there, back := 0, 0
	for n, e := range someEdits(perKind) {
		t.Run(e.name, func(t *testing.T) {
			old, new := version(e.old), version(e.new)
			r := laws(t, old, new)
			if diff := cmp.Diff(e.want, marksOf(t, r), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("want (-), got (+):\n%s\n%s", diff, changedLines(show(r)))
			}
			if n%perKind > 0 {
				return
			}
			same(t, new)
			s := Compare(new, old).Stats
			there, back = there+r.Stats.Inserted+r.Stats.Deleted, back+s.Inserted+s.Deleted
		})
	}
	if 50*max(there-back, back-there) > there {
		t.Errorf("%d words are marked one way, %d the other", there, back)
	}
}

// changedLines returns the lines of show's answer that tell of a change.
func changedLines(shown string) string {
	var out []string
	for line := range strings.Lines(shown) {
		if regexp.MustCompile(`\[-|\{\+|^(insert|delete|move)|→`).MatchString(line) {
			out = append(out, line)
		}
	}
	return strings.Join(out, "")
}

// TestFresh wants that what edits bring in is new: else its truth is not known.
func TestFresh(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range wordsOf(policy) {
		seen[strings.ToLower(w)] = true
	}
	for _, w := range strings.Fields(freshWords) {
		if seen[w] {
			t.Errorf("%q stands in the policy or twice among the fresh words", w)
		}
		seen[w] = true
	}
	if n := len(version(policy).Sections); n != 10 {
		t.Errorf("the policy has %d sections", n)
	}
}
