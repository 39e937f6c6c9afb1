package site

import (
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A SectionPage shows what became of a section, the newest first: all of it or,
// where it is much, the newest or that of a year.
type SectionPage struct {
	Frame
	Name    string // the document's
	Heading string // the section's title
	Gone    string // says that it is there no more
	Ways    []Link // e.g. to what it says now
	Few     string // says that not all is here
	Years   []Year // where all is, newest first; empty where this page has all
	Legend  bool   // there are marks to explain
	Steps   []SectionStep
}

// A SectionStep is what a version did to a section.
type SectionStep struct {
	Anchor    string
	Version   string
	Upcoming  string // says so of a version that is
	Published Date
	Effective Date
	What      []Link        // what happened in words, some of which lead to another section
	Text      template.HTML // the section's text, or what of it changed
	Marked    bool          // Text is a redline
	LeftOut   string        // instead of a text that has no room
	Links     []Link
}

// How many steps a section's page holds, how many of the newest it holds where there
// are more, and how many bytes of their texts.
const (
	sectionAll    = 40
	sectionNewest = 20
	sectionRoom   = 400_000
)

// wantsSections reports whether a page of a section is to be made.
func (d *document) wantsSections() bool {
	return d.only == "" || strings.HasPrefix(d.only, d.path("sections/"))
}

// sectionPages write the page of every section that a known version has, and for
// each id that a section had before one that leads there.
func (d *document) sectionPages() error {
	if !d.wantsSections() {
		return nil
	}
	all := perID(d.pasts())
	taken := map[string]bool{}
	for _, p := range all {
		taken[p.id] = true
	}
	for _, p := range all {
		if err := d.sectionPage(p); err != nil {
			return err
		}
		for _, id := range p.was {
			if taken[id] {
				continue
			}
			taken[id] = true
			if err := d.leadOn(id, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// leadOn writes the page of an id that p had before.
func (d *document) leadOn(id string, p *past) error {
	file := d.path("sections/" + id + "/index.html")
	at := place{page: file}
	page := MessagePage{
		Frame:   d.frame(file, p.title, d.title, Link{at.to(d.path("changes/")), d.words.Changes}, Link{Text: id}),
		Heading: p.title,
		Message: []string{d.words.SectionIDNow(id, p.id)},
		Links:   []Link{{at.to(d.path("sections/" + p.id + "/")), d.words.SectionHistory}},
	}
	page.NoIndex = true
	page.Canonical = d.address(d.path("sections/" + p.id + "/"))
	return d.put(file, "message", page)
}

// sectionPage writes the page of a section and, where much happened to it, one for
// each year.
func (d *document) sectionPage(p *past) error {
	dir := d.path("sections/" + p.id + "/")
	if len(p.steps) <= sectionAll {
		return d.putSection(dir+"index.html", p, p.steps, nil)
	}
	years := map[int][]step{}
	for _, s := range p.steps {
		year := d.changes[s.at].Published.Year
		years[year] = append(years[year], s)
	}
	if err := d.putSection(dir+"index.html", p, p.steps[len(p.steps)-sectionNewest:], years); err != nil {
		return err
	}
	for _, year := range slices.Sorted(maps.Keys(years)) {
		if err := d.putSection(fmt.Sprintf("%s%d/index.html", dir, year), p, years[year], years); err != nil {
			return err
		}
	}
	return nil
}

// putSection writes a page with steps of p, or keeps it. Years are those of all steps,
// where not all are on one page.
func (d *document) putSection(file string, p *past, steps []step, years map[int][]step) error {
	if !d.wants(file) {
		return nil
	}
	page := d.newSectionPage(file, p)
	var texts []string
	for _, s := range slices.Backward(steps) {
		step := d.sectionStep(place{page: file}, s)
		if last := len(page.Steps) - 1; last >= 0 && strings.HasPrefix(page.Steps[last].Anchor+"_", step.Anchor+"_") {
			step.Anchor = page.Steps[last].Anchor + "_" // of two sections that had the id
		}
		page.Steps = append(page.Steps, step)
		text, err := d.stepTexts(s)
		if err != nil {
			return err
		}
		texts = append(texts, text)
	}
	d.sectionYears(&page, file, p, years)
	light := page
	light.Words = nil // it is the same for all pages
	if kept, err := d.reuse(file, texts, light); kept || err != nil {
		return err
	}
	room := sectionRoom
	for i, s := range slices.Backward(steps) {
		out := &page.Steps[len(steps)-1-i]
		out.Text, out.Marked = d.stepText(place{page: file}, s)
		if room -= len(out.Text); room < 0 || out.Text == tooLong {
			out.Text, out.Marked, out.LeftOut = "", false, d.words.SectionTooLong
		}
		page.Legend = page.Legend || out.Marked
	}
	return d.put(file, "section", page)
}

// stepTexts returns a hash of the texts that a step's own text is made from.
func (d *document) stepTexts(s step) (string, error) {
	c := d.changes[s.at]
	if c.before == nil {
		return d.says(c.Version)
	}
	return d.pair(c.before, c.Version)
}

// newSectionPage returns the page of a section without what happened to it.
func (d *document) newSectionPage(file string, p *past) SectionPage {
	at := place{page: file}
	page := SectionPage{
		Frame:   d.frame(file, p.title, d.title, Link{at.to(d.path("changes/")), d.words.Changes}, Link{Text: p.title}),
		Name:    d.title,
		Heading: p.title,
	}
	page.Canonical = d.address(d.path("sections/" + p.id + "/"))
	page.Description = d.words.SectionAbout(p.title, d.title)
	if p.now != "" {
		page.Ways = append(page.Ways, Link{at.to(d.path("") + fragment(p.now)), d.words.SectionNow})
	}
	if p.gone {
		page.Gone = d.words.SectionGone(d.changes[p.ids[len(p.ids)-1].at].Number)
	}
	page.Ways = append(page.Ways, Link{at.to(d.path("changes/")), d.words.AllVersions})
	return page
}

// fragment returns the end of an address that leads to a section on a version's page,
// which for the opening text is the page itself.
func fragment(id string) string {
	if id == openingID {
		return ""
	}
	return "#" + id
}

// sectionYears fills in where all steps of p are.
func (d *document) sectionYears(page *SectionPage, file string, p *past, years map[int][]step) {
	at := place{page: file}
	dir := d.path("sections/" + p.id + "/")
	main := file == dir+"index.html"
	if main && years != nil {
		page.Few = d.words.NewestChangesOf(sectionNewest, len(p.steps))
	}
	for _, year := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		target := fmt.Sprintf("%s%d/index.html", dir, year)
		y := Year{Link: Link{at.to(target), fmt.Sprint(year)}}
		switch {
		case main:
			y.Versions = d.words.ChangesCount(len(years[year]))
		case file == target:
			y.Link.Href = ""
			page.Canonical = d.address(fmt.Sprintf("%s%d/", dir, year))
			page.Crumbs[len(page.Crumbs)-1].Href = at.to(dir)
			page.Crumbs = append(page.Crumbs, Link{Text: fmt.Sprint(year)})
		}
		page.Years = append(page.Years, y)
	}
}

// sectionStep returns a step without its text.
func (d *document) sectionStep(at place, s step) SectionStep {
	c := d.changes[s.at]
	out := SectionStep{
		Anchor:    entryAnchor(c.Version),
		Version:   d.words.VersionOf(c.Number),
		Published: d.words.Date(c.Published),
		Effective: d.words.Date(c.Effective),
		What:      d.happened(at, c, s.SectionChange),
	}
	if d.state(c.Version) == upcoming {
		out.Upcoming = d.words.Upcoming
	}
	if s.ID != "" {
		out.Links = append(out.Links, Link{at.to(d.path(dir(c.Version)+"/") + fragment(s.ID)), d.words.SectionInVersion(c.Number)})
	}
	if c.before != nil {
		out.Links = append(out.Links, Link{at.to(d.stepAddress(s)), d.words.SectionInRedline})
	}
	return out
}

// stepAddress returns where a step is told whole: on the page of its redline or, of the
// first version, on its own.
func (d *document) stepAddress(s step) string {
	c := d.changes[s.at]
	if c.before == nil {
		return d.path(dir(c.Version)+"/") + fragment(s.ID)
	}
	changed := redline.Section{Old: sectionOf(c.before, s.Was), New: sectionOf(c.Version, s.ID)}
	return d.path("changes/"+dir(c.Version)+"/") + "#" + sectionAnchor(&redline.Redline{Old: c.before, New: c.Version}, &changed)
}

// happened says what a version did to a section.
func (d *document) happened(at place, c change, s SectionChange) []Link {
	var out []Link
	say := func(words, id string) {
		l := Link{Text: words}
		if id != "" {
			l.Href = at.to(d.path("sections/" + id + "/"))
		}
		out = append(out, l)
	}
	switch {
	case c.before == nil:
		say(d.words.SectionFirst, "")
	case s.From != "":
		say(d.words.SplitFrom(titleOf(c.before, s.From)), s.From)
	case s.Was == "":
		say(d.words.NewSection, "")
	case s.Into != "":
		say(d.words.MergedInto(titleOf(c.Version, s.Into)), s.Into)
	case s.ID == "":
		say(d.words.Removed, "")
	}
	for _, o := range c.sections {
		switch {
		case o.ID != "" && o.From == s.Was && s.Was != "":
			say(d.words.SplitOff(titleOf(c.Version, o.ID)), o.ID)
		case o.Was != "" && o.Into == s.ID && s.ID != "":
			say(d.words.MergedIn(titleOf(c.before, o.Was)), o.Was)
		}
	}
	if s.Moved {
		say(d.words.Moved, "")
	}
	if s.Renamed {
		say(d.words.Renamed(titleOf(c.before, s.Was)), "")
	}
	if s.Rewritten {
		say(d.words.Rewritten, "")
	}
	if s.Changed {
		stats := s.Stats
		if s.Moved {
			stats.Moved = 0 // it is said in words
		}
		say(d.words.Stats(stats), "")
	}
	return out
}

// titleOf returns the title of the section of v that has id.
func titleOf(v *legal.Version, id string) string {
	if s := sectionOf(v, id); s != nil {
		return clean(s.Title)
	}
	return ""
}

// stepText returns the section's text where a step brought it, or else what of it
// changed.
func (d *document) stepText(at place, s step) (text template.HTML, marked bool) {
	c := d.changes[s.at]
	switch {
	case s.ID == "":
		return "", false
	case s.Was == "":
		return d.wholeSection(at, c.Version, s.ID), false
	}
	key := cutting{c.Version, s.ID, strings.Count(at.page, "/") > sectionDepth}
	if _, ok := d.cuttings[key]; !ok {
		d.cutOut(d.comparer.Compare(c.before, c.Version))
	}
	text = d.cuttings[key]
	return text, text != ""
}

// wholeSection renders the text of a section of v.
func (d *document) wholeSection(at place, v *legal.Version, id string) template.HTML {
	body := v.Opening
	if s := sectionOf(v, id); s != nil {
		body = s.Body
	}
	s := d.source(at, v, false)
	m := &markup{words: d.words, old: s, new: s, look: look{Shift: 1}, dirs: directionsOf(direction(d.site.Language), textsOf(v)...)}
	m.section(marked(body), nil, "")
	return m.HTML()
}

// A cutting is what a redline shows of one section, for the pages of a section: the
// version, the section's id in it, and whether the page is of a year, which lies a
// folder deeper, so that its links are others.
type cutting struct {
	version *legal.Version
	id      string
	year    bool
}

// sectionDepth is how deep a section's page lies: DOCUMENT/sections/ID/index.html.
const sectionDepth = 3

// mostCutting is how many bytes of a change a section's page shows; tooLong stands
// for one that has more.
const (
	mostCutting = 60_000
	tooLong     = template.HTML("…")
)

// cutOut keeps what r shows of each section that changed, for the sections' pages.
// Those are made last: until then nobody knows which redlines they show.
func (d *document) cutOut(r *redline.Redline) {
	depths := []bool{false}
	if len(d.standing.Known) > sectionAll {
		depths = append(depths, true)
	}
	for _, year := range depths {
		file := d.path("sections/id/index.html")
		if year {
			file = d.path("sections/id/2000/index.html")
		}
		at := place{page: file}
		m := viewer(d.words, r, d.source(at, r.Old, false), d.source(at, r.New, false), direction(d.site.Language), look{Shift: 1})
		joined := r.JoinMoves()
		for i := range r.Sections {
			s := &r.Sections[i]
			id := idIn(r.New, s.Old, s.New)
			if id == "" || s.Op == redline.Insert || s.Op == redline.MoveFrom || !isChanged(s) {
				continue
			}
			d.cuttings[cutting{r.New, id, year}] = m.cutting(s, joined)
		}
	}
}

// cutting returns what changed of a section: its title, if that did, and the blocks
// that did.
func (m *markup) cutting(s *redline.Section, joined map[*redline.Block]redline.Block) template.HTML {
	m.buf = nil
	if s.Renamed {
		m.raw(`<p class="title">`)
		m.titleSpans(redline.Equal, 0, s.Title)
		m.raw("</p>\n")
	}
	m.section(m.changedOf(s, joined), nil, "")
	if len(m.buf) > mostCutting {
		return tooLong
	}
	return m.HTML()
}

// changedOf returns the blocks of s that changed, those that moved as one.
func (m *markup) changedOf(s *redline.Section, joined map[*redline.Block]redline.Block) []redline.Block {
	blocks := slices.Clone(s.Blocks)
	for i := range blocks {
		if both, ok := joined[&s.Blocks[i]]; ok {
			blocks[i] = both
		}
	}
	return changedBlocks(redline.FoldNotes(joinParts(m.words, blocks)), s.Move)
}
