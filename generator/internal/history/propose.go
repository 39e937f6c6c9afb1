package history

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// Options say how a history is read.
type Options struct {
	Document string
	Encoding string // of what is not UTF-8
	Markup   string // of files: markdown or html
}

// Propose returns the plan for the states of l, with the contents of its texts
// by their ids. Every version is numbered as an update.
func Propose(l *Log, o Options) (*Plan, map[string][]byte, error) {
	p := &Plan{Document: o.Document, Git: l.Repo, Path: l.Path, Markup: o.Markup, Encoding: o.Encoding, Notes: slices.Clone(l.Notes)}
	p.read = map[string]*prepared{}
	groups, err := fold(l.States, form{o.Encoding, o.Markup == "html"}, p.read)
	if err != nil {
		return nil, nil, err
	}
	if len(groups) == 0 {
		return nil, nil, fmt.Errorf("no state of %s holds a text%s", l.Path, prefixed(": ", strings.Join(l.Notes, "; ")))
	}
	last := groups[len(groups)-1]
	p.Title = cmp.Or(last.last.title, fromName(o.Document))
	p.Sections = commonLevel(groups)
	sources := map[string][]byte{}
	for i, g := range groups {
		v := g.version()
		if i > 0 {
			v.Summary = "To be written."
		}
		p.Versions = append(p.Versions, v)
		sources[v.Text] = g.source
	}
	proposeDates(p, groups)
	p.Renumber(func(int) legal.Change { return legal.Update })
	if err := p.summarise(sources); err != nil {
		return nil, nil, err
	}
	return p, sources, nil
}

// fromName makes a title of a document's name.
func fromName(name string) string {
	words := strings.ReplaceAll(name, "-", " ")
	if words == "" {
		return "Untitled"
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// A group is a row of states with the same words: what becomes a version.
type group struct {
	state  State // the first
	first  *prepared
	last   *prepared // whose form is taken
	text   string    // its id
	source []byte
	folded []Folded
	notes  []string
}

// fold puts states that a reader cannot tell apart into groups.
func fold(states []State, as form, read map[string]*prepared) ([]*group, error) {
	var groups []*group
	var pending []Folded // before the first text
	removed := ""
	for _, s := range states {
		if s.Source == nil {
			if removed = ""; s.Gone == "the file was removed" {
				removed = "the file had been removed on " + s.Date.String()
			}
			f := Folded{Commit: s.Commit, File: fileOf(s), Text: s.Blob, Why: s.Gone, about: about(s)}
			if len(groups) == 0 {
				pending = append(pending, f)
			} else {
				g := groups[len(groups)-1]
				g.folded = append(g.folded, f)
			}
			continue
		}
		p := read[s.Blob]
		if p == nil {
			var err error
			if p, err = prepare(s.Source, as); err != nil {
				return nil, fmt.Errorf("%s: %w", cmp.Or(s.Path, short(s.Commit)), err)
			}
			read[s.Blob] = p
		}
		groups = place(groups, s, p, removed)
		removed = ""
	}
	if len(groups) > 0 {
		groups[0].folded = append(pending, groups[0].folded...)
	}
	return groups, nil
}

// place adds s to the last group where a reader cannot tell them apart, or as
// a group of its own.
func place(groups []*group, s State, p *prepared, removed string) []*group {
	if len(groups) > 0 {
		g := groups[len(groups)-1]
		why := ""
		if g.text == s.Blob {
			why = "the same text"
		} else {
			why = g.last.same(p)
		}
		if why != "" {
			if s.Renamed != "" {
				why = "renamed from " + plainLine(s.Renamed) + ", " + why
			}
			if removed != "" {
				why += ", added again"
			}
			g.folded = append(g.folded, Folded{Commit: s.Commit, File: fileOf(s), Text: s.Blob, Why: why, about: about(s)})
			g.last, g.text, g.source = p, s.Blob, s.Source
			return groups
		}
	}
	g := &group{state: s, first: p, last: p, text: s.Blob, source: s.Source}
	if removed != "" {
		g.notes = append(g.notes, removed)
	}
	for i, other := range groups {
		if other.last.seen == p.seen && other.last.title == p.title {
			g.notes = append(g.notes, fmt.Sprintf("returns to the text of entry %d", i+1))
			break
		}
	}
	return append(groups, g)
}

func fileOf(s State) string {
	if s.Commit == "" {
		return s.Path
	}
	return ""
}

// about says what a commit was, for a person.
func about(s State) string {
	words := s.Date.String()
	if s.Renamed != "" {
		words += ", renamed from " + plainLine(s.Renamed)
	}
	if s.Subject != "" {
		words += " “" + s.Subject + "”"
	}
	return strings.TrimSpace(words)
}

func (g *group) version() Version {
	v := Version{Commit: g.state.Commit, File: fileOf(g.state), Text: g.text, Folded: g.folded}
	v.why.commit = strings.Join(append([]string{about(g.state)}, g.notes...), "; ")
	if g.text != g.state.Blob {
		v.why.text = "in its last form; at first " + g.state.Blob
	}
	return v
}

// commonLevel returns the level at which most texts would be cut.
func commonLevel(groups []*group) int {
	var count [7]int
	for _, g := range groups {
		count[g.last.level]++
	}
	best := 0
	for level := 1; level <= 6; level++ {
		if best == 0 && count[level] > 0 || count[level] > count[best] {
			best = level
		}
	}
	return best
}

// summarise writes what changed in each version, by its sections: what a
// machine can say, until a person says it better.
func (p *Plan) summarise(sources map[string][]byte) error {
	f := newFreezer(p, sources)
	var before []section
	for i := range p.Versions {
		if _, err := f.version(&p.Versions[i]); err != nil {
			return err
		}
		if i > 0 {
			p.Versions[i].Summary = f.summary(i, before)
		}
		before = slices.Clone(f.ids.before)
	}
	p.Notes = append(p.Notes, f.notes...)
	return nil
}

// summary says what changed from version i-1, whose sections are before, to i.
func (f *freezer) summary(i int, before []section) string {
	var said []string
	old := map[string]*section{}
	for j := range before {
		old[before[j].id] = &before[j]
	}
	var changed, added, renamed, removed []string
	for j := range f.ids.before {
		s := &f.ids.before[j]
		o := old[s.id]
		for k := 0; o == nil && k < len(s.was); k++ {
			o = old[s.was[len(s.was)-1-k]]
		}
		switch {
		case o == nil:
			added = append(added, quoted(s.Title))
			continue
		case o.Title != s.Title:
			renamed = append(renamed, quoted(o.Title)+" to "+quoted(s.Title))
		}
		if o.bare != s.bare {
			changed = append(changed, quoted(s.Title))
		}
		delete(old, o.id)
	}
	for j := range before {
		if old[before[j].id] != nil {
			removed = append(removed, quoted(before[j].Title))
		}
	}
	if f.titles[i-1] != f.titles[i] {
		said = append(said, "The title changed to "+quoted(f.titles[i])+".")
	}
	if words(f.parts[i-1].Opening) != words(f.parts[i].Opening) {
		said = append(said, "The opening text changed.")
	}
	for _, list := range []struct {
		what  string
		names []string
	}{{"Changed", changed}, {"Added", added}, {"Renamed", renamed}, {"Removed", removed}} {
		if len(list.names) > 0 {
			said = append(said, list.what+": "+someOf(list.names)+".")
		}
	}
	if len(said) == 0 {
		return "Links, numbers or the order of sections changed."
	}
	return strings.Join(said, " ")
}

func quoted(s string) string { return "“" + escapeLine(plainLine(s)) + "”" }

// someOf lists names, the first of many.
func someOf(names []string) string {
	const most = 8
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
