package site

import (
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A SectionMap is a table of sections and versions that shows what each version did
// to each section, in signs that are drawn, named and lead to the redline.
type SectionMap struct {
	Label   string // what it shows, for one of several
	Columns []MapColumn
	Rows    []MapRow
	More    string // says that not all sections are here
	Signs   []MapSign
	Tight   bool // the columns are many
}

// A MapColumn is a version, which leads to where it is listed.
type MapColumn struct {
	Link
	Date  string
	Class string // its state
}

// A MapRow is a section, which leads to its page.
type MapRow struct {
	Link
	Gone  string // says so of one that the last version of the map has not
	Cells []MapCell
}

// A MapCell is what a version did to a section.
type MapCell struct {
	Class string // there, begins or ends: the version has the section, has it newly, or no more
	Href  string
	Text  string // what happened, in words
	Signs []string
}

// A MapSign is a sign in words.
type MapSign struct{ Sign, Text string }

// How many versions and sections a map has: of the others it says that they are
// left out, or another map has them.
const (
	mapColumns = 24
	mapRows    = 60
	mapMost    = 200
)

// sectionMaps returns the maps of the changes of a page, some versions each.
func (d *document) sectionMaps(file string, changes []change, href func(change) string) []SectionMap {
	if len(changes) == 0 || len(d.changes) < 2 {
		return nil
	}
	first := slices.IndexFunc(d.changes, func(c change) bool { return c.Version == changes[0].Version })
	var out []SectionMap
	for part := range slices.Chunk(changes, mapColumns) {
		m := d.sectionMap(place{page: file}, first, first+len(part), href)
		if len(changes) > mapColumns {
			m.Label = d.words.FromTo(part[0].Number.String(), part[len(part)-1].Number.String())
		}
		if len(m.Rows) > 0 {
			out = append(out, m)
		}
		first += len(part)
	}
	slices.Reverse(out) // the newest first, as all lists
	return out
}

// sectionMap returns the map of the known versions from first to before end. What it
// says of a section is what the last of them says, so that no later version rewrites it.
func (d *document) sectionMap(at place, first, end int, href func(change) string) SectionMap {
	m := SectionMap{Tight: end-first > mapColumns/2}
	for _, c := range d.changes[first:end] {
		state, _, _ := d.standingOf(c.Version)
		m.Columns = append(m.Columns, MapColumn{Link{href(c), c.Number.String()}, d.words.Date(c.Effective).Text, state})
	}
	rows := d.mapRows(at, first, end)
	if len(rows) > mapRows {
		all := len(rows)
		rows = slices.DeleteFunc(rows, func(r MapRow) bool { return !r.speaks() })
		rows = rows[:min(len(rows), mapMost)]
		m.More = d.words.MapMore(all - len(rows))
	}
	if !slices.ContainsFunc(rows, func(r MapRow) bool { return r.speaks() }) {
		rows = nil
	}
	m.Rows = rows
	m.Signs = d.mapSigns(rows)
	return m
}

// speaks reports whether any of the versions did anything to the section.
func (r *MapRow) speaks() bool {
	return slices.ContainsFunc(r.Cells, func(c MapCell) bool { return c.Href != "" })
}

// mapRows returns the sections that any of the versions has, or removed: those of the
// last in its order, then those that it has no more, the latest first.
func (d *document) mapRows(at place, first, end int) []MapRow {
	last := end - 1
	there := map[string]*past{}
	var gone []*past
	for _, p := range d.pasts() {
		if id := p.idAt(last); id != "" {
			there[id] = p
		} else if p.diedAt(last) >= first {
			gone = append(gone, p)
		}
	}
	slices.SortStableFunc(gone, func(p, q *past) int { return q.diedAt(last) - p.diedAt(last) })
	var rows []MapRow
	v := d.changes[last].Version
	if p := there[openingID]; p != nil {
		rows = append(rows, d.mapRow(at, p, first, end))
	}
	for _, s := range v.Sections {
		if p := there[s.ID]; p != nil {
			rows = append(rows, d.mapRow(at, p, first, end))
			delete(there, s.ID)
		}
	}
	for _, p := range gone {
		rows = append(rows, d.mapRow(at, p, first, end))
	}
	return rows
}

// diedAt returns the latest of the known versions until last that removed p, or -1.
func (p *past) diedAt(last int) int {
	died := -1
	for _, a := range p.ids {
		if a.at <= last && a.id == "" {
			died = a.at
		}
	}
	return died
}

func (d *document) mapRow(at place, p *past, first, end int) MapRow {
	named := end - 1
	row := MapRow{Cells: make([]MapCell, end-first)}
	if p.idAt(named) == "" {
		named = p.diedAt(named) - 1
		row.Gone = d.words.Removed
	}
	id := p.idAt(named)
	row.Link = Link{at.to(d.path("sections/" + id + "/")), d.words.Opening}
	if id != openingID {
		row.Text = titleOf(d.changes[named].Version, id)
	}
	before := p.idAt(first-1) != ""
	for i := first; i < end; i++ {
		there := p.idAt(i) != ""
		switch {
		case there && before:
			row.Cells[i-first].Class = "there"
		case there:
			row.Cells[i-first].Class = "there begins"
		case before:
			row.Cells[i-first].Class = "ends"
		}
		before = there
	}
	for _, s := range p.steps {
		if s.at >= first && s.at < end {
			d.fillCell(at, &row.Cells[s.at-first], s)
		}
	}
	return row
}

// fillCell adds what a step was to its cell.
func (d *document) fillCell(at place, c *MapCell, s step) {
	for _, what := range d.happened(at, d.changes[s.at], s.SectionChange) {
		if c.Text != "" {
			c.Text += " · "
		}
		c.Text += what.Text
	}
	c.Href = at.to(d.stepAddress(s))
	for _, sign := range signsOf(s.SectionChange) {
		if !slices.Contains(c.Signs, sign) {
			c.Signs = append(c.Signs, sign)
		}
	}
}

// signsOf returns the signs of what happened to a section; that of a changed text is
// larger, the more words came or went.
func signsOf(s SectionChange) []string {
	switch {
	case s.From != "":
		return []string{"split"}
	case s.Was == "":
		return []string{"born"}
	case s.Into != "":
		return []string{"merged"}
	case s.ID == "":
		return []string{"removed"}
	}
	var out []string
	if s.Changed {
		sign := "changed-3"
		switch words := changedWords(s.Stats); {
		case words < fewWords:
			sign = "changed-1"
		case words < manyWords:
			sign = "changed-2"
		}
		out = append(out, sign)
	}
	if s.Moved {
		out = append(out, "moved")
	}
	if s.Renamed {
		out = append(out, "renamed")
	}
	return out
}

// From how many words on a change of a section is no small one, and a great one.
const (
	fewWords  = 10
	manyWords = 100
)

// changedWords returns how many words came or went.
func changedWords(s redline.Stats) int { return s.Inserted + s.Deleted }

// mapSigns returns the signs that rows hold, in words.
func (d *document) mapSigns(rows []MapRow) []MapSign {
	var out []MapSign
	for _, sign := range []string{"born", "split", "changed-1", "changed-2", "changed-3", "moved", "renamed", "merged", "removed"} {
		if slices.ContainsFunc(rows, func(r MapRow) bool {
			return slices.ContainsFunc(r.Cells, func(c MapCell) bool { return slices.Contains(c.Signs, sign) })
		}) {
			out = append(out, MapSign{sign, d.words.MapSign(sign)})
		}
	}
	return out
}
