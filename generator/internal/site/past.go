package site

import (
	"cmp"
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A SectionChange is what a version did to one section. The opening text counts as
// a section, with an id that no section can have.
type SectionChange struct {
	ID  string `json:",omitempty"` // in the version; empty where it was removed
	Was string `json:",omitempty"` // in the version before; empty where it is new

	From string `json:",omitempty"` // of a new one: the section that most of its words come from
	Into string `json:",omitempty"` // of one that was removed: the section that most of its words went to

	Moved     bool `json:",omitempty"` // among the others
	Renamed   bool `json:",omitempty"`
	Changed   bool `json:",omitempty"` // its text did
	Rewritten bool `json:",omitempty"` // hardly a word of it was kept
	Stats     redline.Stats
}

// openingID stands for the id of the opening text; it holds an underscore, as no
// section's id does.
const openingID = "opening_text"

// sectionChanges returns what r says of the sections that are not what they were.
func sectionChanges(r *redline.Redline) []SectionChange {
	out := []SectionChange{}
	for i := range r.Sections {
		s := &r.Sections[i]
		c := SectionChange{ID: idIn(r.New, s.Old, s.New), Was: idIn(r.Old, s.New, s.Old)}
		if s.Op == redline.MoveFrom || !isChanged(s) && c.ID == c.Was {
			continue
		}
		if s.From != nil {
			c.From = s.From.ID
		}
		if s.Into != nil {
			c.Into = s.Into.ID
		}
		c.Stats = r.SectionStats(s)
		if c.ID != "" && c.Was != "" {
			c.Moved, c.Renamed, c.Changed, c.Rewritten = s.Op == redline.MoveTo, s.Renamed, s.Changed(), s.Replaced()
		}
		out = append(out, c)
	}
	return out
}

// idIn returns the id that a section of a redline has in v, where it is s; other is
// what it is in the other version. Both are nil of the opening text.
func idIn(v *legal.Version, other, s *legal.Section) string {
	switch {
	case s != nil:
		return s.ID
	case other == nil && hasOpening(v):
		return openingID
	}
	return ""
}

func hasOpening(v *legal.Version) bool { return v.Opening != nil && len(v.Opening.Blocks) > 0 }

// says reports whether c is more than another id.
func (c *SectionChange) says() bool {
	return c.ID == "" || c.Was == "" || c.Moved || c.Renamed || c.Changed
}

// A past is what happened to a section over the versions that are known.
type past struct {
	id    string   // that it has, or had last
	was   []string // that it had before, or is said to have had
	title string   // in the newest version that has it
	gone  bool     // the newest version has it no more
	now   string   // its id in the version in force, empty where that has it not
	steps []step   // oldest first
	ids   []idAt   // oldest first
}

// An idAt is the id that a section has from a version on, empty where it is gone.
type idAt struct {
	at int // among the known versions
	id string
}

// idAt returns the id of the section in the known version i, "" where that has it not.
func (p *past) idAt(i int) string {
	id := ""
	for _, a := range p.ids {
		if a.at <= i {
			id = a.id
		}
	}
	return id
}

// A step is what a version did to a section.
type step struct {
	at int // among the known versions
	SectionChange
}

// pasts returns the past of every section that any known version has: those of the
// newest version in their order, then those that are gone, the latest first. A
// section that comes back under the id that it had goes on where it ended.
func (d *document) pasts() []*past {
	if d.history == nil {
		d.history = d.followSections()
	}
	return d.history
}

func (d *document) followSections() []*past {
	known := map[string]*past{} // by the id in the version at hand
	ended := map[string]*past{} // by their last ids
	var all []*past
	for i, c := range d.changes {
		before := map[string]*past{}
		for _, s := range c.sections {
			if s.ID != s.Was {
				before[s.Was] = known[s.Was]
				delete(known, s.Was)
			}
		}
		for _, s := range c.sections {
			p := cmp.Or(before[s.Was], known[s.Was])
			if p == nil {
				if p = ended[s.ID]; p == nil {
					p = &past{}
					all = append(all, p)
				}
				delete(ended, s.ID)
			}
			if s.Was != "" && s.Was != s.ID {
				p.was = append(p.was, s.Was)
			}
			if s.says() {
				p.steps = append(p.steps, step{i, s})
			}
			if s.ID != s.Was {
				p.ids = append(p.ids, idAt{i, s.ID})
			}
			if s.ID == "" {
				p.id, ended[s.Was] = s.Was, p
				continue
			}
			p.id, known[s.ID] = s.ID, p
		}
		if c.Version == d.standing.InForce {
			for id, p := range known {
				p.now = id
			}
		}
	}
	d.tellTitles(all)
	return d.sortPasts(all, known)
}

// perID returns pasts as pages have them: those that ended under the same id, one after
// another, are one.
func perID(all []*past) []*past {
	first := map[string]*past{}
	var out []*past
	for _, p := range all {
		if first[p.id] == nil {
			own := *p
			first[p.id] = &own
			out = append(out, &own)
			continue
		}
		one := first[p.id]
		one.was = slices.Concat(one.was, p.was)
		one.steps = slices.Concat(one.steps, p.steps)
		slices.SortStableFunc(one.steps, func(a, b step) int { return cmp.Compare(a.at, b.at) })
	}
	return out
}

// tellTitles fills in what sections are called, and what their authors say that
// their ids were.
func (d *document) tellTitles(all []*past) {
	for _, p := range all {
		v := d.changes[len(d.changes)-1].Version
		if last := p.ids[len(p.ids)-1]; last.id == "" {
			p.gone, v = true, d.changes[last.at].before
		}
		if p.id == openingID {
			p.title = d.words.Opening
			continue
		}
		if s := sectionOf(v, p.id); s != nil {
			p.title = clean(s.Title)
			p.was = append(p.was, s.Was...)
		}
	}
}

// sectionOf returns the section of v that has id, or nil.
func sectionOf(v *legal.Version, id string) *legal.Section {
	if i := slices.IndexFunc(v.Sections, func(s *legal.Section) bool { return s.ID == id }); i >= 0 {
		return v.Sections[i]
	}
	return nil
}

func (d *document) sortPasts(all []*past, known map[string]*past) []*past {
	var out []*past
	if p := known[openingID]; p != nil {
		out = append(out, p)
	}
	for _, s := range d.changes[len(d.changes)-1].Sections {
		if p := known[s.ID]; p != nil && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	var ended []*past
	for _, p := range all {
		if p.gone {
			ended = append(ended, p)
		}
	}
	slices.SortStableFunc(ended, func(a, b *past) int { return cmp.Compare(b.ids[len(b.ids)-1].at, a.ids[len(a.ids)-1].at) })
	return append(out, ended...)
}

// firstSections returns the sections of the first version as what it brought.
func firstSections(v *legal.Version) []SectionChange {
	var out []SectionChange
	if hasOpening(v) {
		out = append(out, SectionChange{ID: openingID})
	}
	for _, s := range v.Sections {
		out = append(out, SectionChange{ID: s.ID})
	}
	return out
}
