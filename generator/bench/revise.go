package bench

import (
	"regexp"
	"slices"
	"strings"
)

// revise makes the next version of d, with changes of the kinds and sizes that
// s says. A version whose words stay or hardly change is a correction; one that
// changes more than a third of them an edition.
func (d *document) revise(s Statistics) {
	u := d.Float64()
	change := func(part float64) bool { u -= part; return u < 0 }
	amount := 0.0
	switch {
	case change(s.Nothing):
		d.summary = "The settings were put in order."
	case change(s.Space):
		d.summary = "Lines were broken anew."
		section := d.any()
		section.wrapped, section.body = !section.wrapped, ""
	case change(s.Links):
		d.summary = "Links lead to where their pages have moved."
		d.relink()
	case change(s.Format):
		d.summary = "Emphasis was made even."
		d.reformat()
	default:
		amount = s.Changed.At(d.Float64())
		d.summary = "We say more clearly how " + d.object() + " is handled."
		d.rewrite(s, amount)
	}
	switch {
	case amount > 1.0/3:
		d.number.Edition, d.number.Update, d.number.Correction = d.number.Edition+1, 0, 0
	case amount > 0.001:
		d.number.Update, d.number.Correction = d.number.Update+1, 0
	default:
		d.number.Correction++
	}
}

// any returns one of d's sections.
func (d *document) any() *section { return d.sections[d.IntN(len(d.sections))] }

// relink changes where one link leads, in a section that has one.
func (d *document) relink() {
	d.somewhere(func(b *block, i int) bool {
		before, rest, _ := strings.Cut(b.parts[i], "](")
		_, after, found := strings.Cut(rest, ")")
		if found {
			b.parts[i] = before + "](" + d.target() + ")" + after
		}
		return found
	})
}

// plain matches a word that stands alone.
var plain = regexp.MustCompile(` [a-z]{4,} `)

// reformat takes the emphasis from a part that has it, or gives it to a word.
func (d *document) reformat() {
	d.somewhere(func(b *block, i int) bool {
		if strings.Contains(b.parts[i], "**") {
			b.parts[i] = strings.ReplaceAll(b.parts[i], "**", "")
			return true
		}
		at := plain.FindStringIndex(b.parts[i])
		if at == nil || b.kind == heading {
			return false
		}
		word := b.parts[i][at[0]+1 : at[1]-1]
		b.parts[i] = b.parts[i][:at[0]] + " **" + word + "** " + b.parts[i][at[1]:]
		return true
	})
}

// somewhere calls change for parts of d, until one is changed.
func (d *document) somewhere(change func(b *block, i int) bool) {
	for range 100 {
		s := d.any()
		b := s.blocks[d.IntN(len(s.blocks))]
		if change(b, d.IntN(len(b.parts))) {
			s.body = ""
			return
		}
	}
}

// rewrite changes this part of d's words, counted in both texts. Sections are
// added, removed, moved and given other titles as often as s says.
func (d *document) rewrite(s Statistics, amount float64) {
	total := d.size()
	budget := int(amount * 2 * float64(total))
	often := 1 - s.Nothing - s.Space - s.Links - s.Format // the parts are of all versions
	if d.happens(s.Moved/often) && len(d.sections) > 1 {
		d.move()
	}
	if d.happens(s.Grown/often) && total < d.length*5/4 {
		words := min(budget, d.length/len(d.sections))
		d.add(d.IntN(len(d.sections)+1), words)
		budget -= words
	}
	if d.happens(s.Shrunk/often) && len(d.sections) > 2 {
		d.remove(budget)
	}
	if d.happens(s.Retitled / often) {
		title := d.any()
		title.title = d.prose.title()
		title.body = ""
	}
	if d.happens(s.Tables / often) {
		budget -= d.editTable()
	}
	d.spread(max(budget, 2))
}

func (d *document) move() {
	from, to := d.IntN(len(d.sections)), d.IntN(len(d.sections)-1)
	moved := d.sections[from]
	d.sections = slices.Insert(slices.Delete(d.sections, from, from+1), to, moved)
	d.place(to)
}

// remove removes a section, if one has at most twice so many words.
func (d *document) remove(words int) {
	at := d.IntN(len(d.sections))
	if d.sections[at].size() <= 2*words {
		d.sections = slices.Delete(d.sections, at, at+1)
	}
}

// editTable adds a row to a table, or takes one, and returns its words.
func (d *document) editTable() (words int) {
	d.somewhere(func(b *block, i int) bool {
		if b.kind != table {
			return false
		}
		words = d.resize(b, i, 0)
		return true
	})
	return words
}

// spread changes so many words. What is changed together stands together: one
// section for every 500 words, as was counted in the real documents.
func (d *document) spread(budget int) {
	sections := 1 + budget/500
	for range sections {
		d.edit(d.any(), budget/sections)
	}
}

// edit changes about so many words of s: a few at a time, or whole sentences,
// items and blocks.
func (d *document) edit(s *section, budget int) {
	s.body = ""
	size := d.size()
	for range 1000 {
		if budget <= 0 {
			return
		}
		at := d.IntN(len(s.blocks))
		b := s.blocks[at]
		i := d.IntN(len(b.parts))
		switch {
		case budget >= 40 && d.happens(0.4):
			budget -= d.replaceBlock(s, at, size)
		case budget >= 12 && d.happens(0.5) && b.kind != heading:
			budget -= d.resize(b, i, size)
		default:
			budget -= d.reword(b, i)
		}
	}
}

// replaceBlock adds a block to s after that at a place, or removes that one,
// so that d stays near its size. It returns how many words that changed.
func (d *document) replaceBlock(s *section, at, size int) int {
	if b := s.blocks[at]; d.full(size) && len(s.blocks) > 1 && at > 0 {
		s.blocks = slices.Delete(s.blocks, at, at+1)
		return b.size()
	}
	b := d.block(false)
	s.blocks = slices.Insert(s.blocks, at+1, b)
	return b.size()
}

// resize adds a part to b after part i, or removes that one.
func (d *document) resize(b *block, i, size int) int {
	if part := b.parts[i]; d.full(size) && len(b.parts) > 1 {
		b.parts = slices.Delete(b.parts, i, i+1)
		return words(part)
	}
	part := d.part(b.kind)
	b.parts = slices.Insert(b.parts, i+1, part)
	return words(part)
}

// full says whether words should go rather than come: three of four changes
// add some, until a document of this size has grown by a quarter.
func (d *document) full(size int) bool {
	return size > d.length*5/4 || d.happens(0.25)
}

// reword replaces a run of words, mostly one, and returns how many changed.
func (d *document) reword(b *block, i int) int {
	fields := strings.Split(b.parts[i], " ")
	run := 1
	if d.happens(0.2) {
		run += d.IntN(6)
	}
	at, changed := d.IntN(len(fields)), 0
	for j := at; j < len(fields) && changed < run; j++ {
		if strings.Trim(fields[j], "abcdefghijklmnopqrstuvwxyz") == "" {
			fields[j] = d.one(nouns)
			changed++
		}
	}
	b.parts[i] = strings.Join(fields, " ")
	return 2 * max(changed, 1)
}
