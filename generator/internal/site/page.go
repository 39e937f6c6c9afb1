package site

import (
	"html/template"
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A VersionPage shows the text of a version: the one in force, the upcoming
// one, a draft, or any at its permanent address.
type VersionPage struct {
	Frame
	Name      string // the document's
	Notice    Notice
	Reading   string  // how long it takes
	Latest    *Latest // nil: nothing to tell
	Status    *Status // nil on the page of the version in force
	Lag       *Status // of a translation that lags behind its original
	Upcoming  []Announcement
	Draft     *Link // to the draft, where drafts are shown
	Review    *DraftPart
	Contents  []Link
	Text      template.HTML
	Neighbour []Link // the previous and the next version
	Permanent string // absolute; of a draft empty
	Hash      string
	Cite      string // how the version is named in a citation; of a draft empty
	Formats   []Link
	Visit     string // the number of the version, where a visit can be remembered
}

// versionPages writes the page of every known version.
func (d *document) versionPages() error {
	for _, v := range d.standing.Known {
		file := d.path(dir(v) + "/index.html")
		if !d.wants(file) {
			continue
		}
		p := place{page: file}
		page := d.versionPage(file, v, Link{Text: d.words.VersionOf(v.Number)})
		page.Status = d.status(p, v)
		page.NoIndex = d.state(v) != inForce
		if d.state(v) == inForce || d.state(v) == upcoming {
			page.Stale = d.stale(file)
		}
		if d.state(v) == inForce {
			page.Lag = d.lag(p)
		}
		page.Canonical = d.address(d.path(dir(v) + "/"))
		if d.state(v) == inForce {
			page.Canonical = d.address(d.path(""))
		}
		if w := d.before(v); w != nil {
			page.Neighbour = append(page.Neighbour, Link{p.to(d.path(dir(w) + "/")), d.words.Previous})
		}
		if w := d.after(v); w != nil {
			page.Neighbour = append(page.Neighbour, Link{p.to(d.path(dir(w) + "/")), d.words.Next})
		}
		d.relateVersion(&page, p, v)
		page.Work = d.versionWork(v)
		d.relateTexts(&page, p, v, false)
		d.share(&page, v.Published, legal.Date{})
		if err := d.putVersion(file, page, v); err != nil {
			return err
		}
	}
	return nil
}

// inForcePage writes the document's own page.
func (d *document) inForcePage() error {
	v := d.standing.InForce
	file := d.path("index.html")
	p := place{page: file}
	if v == nil {
		return d.notYetPage(file)
	}
	page := d.versionPage(file, v)
	page.Canonical = d.address(d.path(""))
	page.Upcoming = d.announcements(p)
	page.Lag = d.lag(p)
	page.Stale = d.stale(file)
	page.Scripts = append(page.Scripts, p.to(d.assets["since.js"].path))
	if d.site.LastVisit {
		page.Visit = v.Number.String()
	}
	if d.showsDraft() {
		page.Draft = &Link{p.to(d.path("draft/")), d.words.ReadDraft}
	}
	d.relateNeighbours(&page, p, v)
	page.relateTimeMap(d, p)
	page.Work = d.work(v)
	d.relateTexts(&page, p, v, true)
	d.share(&page, d.standing.Known[0].Published, d.standing.LastUpdated)
	return d.putVersion(file, page, v)
}

// relateNeighbours adds the relations of RFC 5829 that v has to other versions,
// wherever its text is shown.
func (d *document) relateNeighbours(page *VersionPage, p place, v *legal.Version) {
	if w := d.before(v); w != nil {
		page.relate("predecessor-version", p.to(d.path(dir(w)+"/")))
	}
	if w := d.after(v); w != nil {
		page.relate("successor-version", p.to(d.path(dir(w)+"/")))
	}
	page.relate("version-history", p.to(d.path("changes/")))
	if d.showsDraft() {
		page.relate("working-copy", p.to(d.path("draft/")))
	}
}

// relateVersion adds those that the page of v alone has: the document's own page is
// the latest version itself.
func (d *document) relateVersion(page *VersionPage, p place, v *legal.Version) {
	d.relateNeighbours(page, p, v)
	if d.standing.InForce != nil {
		page.relate("latest-version", p.to(d.path("")))
	}
	d.relateMemento(page, p, v)
}

// notYetPage stands where the version in force will be.
func (d *document) notYetPage(file string) error {
	page := MessagePage{
		Frame:    d.frame(file, d.title, d.title),
		Heading:  d.title,
		Message:  []string{d.words.NotYet},
		Upcoming: d.announcements(place{page: file}),
		Links:    []Link{{place{page: file}.to(d.path("changes/")), d.words.AllVersions}},
	}
	page.Canonical = d.address(d.path(""))
	page.Stale = d.stale(file)
	return d.put(file, "message", page)
}

// unpublishedPage stands for a document of which nothing is public.
func (d *document) unpublishedPage() error {
	file := d.path("index.html")
	page := MessagePage{
		Frame:   d.Builder.frame(file, d.words.NotPublished),
		Heading: d.words.NotPublished,
		Message: []string{d.words.Unpublished},
	}
	page.NoIndex = true
	if d.showsDraft() {
		page.Links = []Link{{place{page: file}.to(d.path("draft/")), d.words.ReadDraft}}
	}
	return d.put(file, "message", page)
}

// upcomingPage writes the text of the next version; where none is upcoming it
// says so, since an address that was published stays.
func (d *document) upcomingPage() error {
	file := d.path("upcoming/index.html")
	p := place{page: file}
	if len(d.standing.Upcoming) == 0 {
		page := MessagePage{
			Frame:   d.frame(file, d.words.Upcoming, d.title, Link{Text: d.words.Upcoming}),
			Heading: d.title,
			Message: []string{d.words.NoUpcoming},
			Links:   []Link{{p.to(d.path("")), d.words.ToInForce}, {p.to(d.path("changes/")), d.words.AllVersions}},
		}
		page.NoIndex = true
		return d.put(file, "message", page)
	}
	v := d.standing.Upcoming[0]
	page := d.versionPage(file, v, Link{Text: d.words.Upcoming})
	page.Status = d.status(p, v)
	page.Stale = d.stale(file)
	page.NoIndex = true
	page.Canonical = d.address(d.path(dir(v) + "/"))
	d.relateVersion(&page, p, v)
	page.Work = d.versionWork(v)
	d.relateTexts(&page, p, v, false)
	d.share(&page, v.Published, legal.Date{})
	return d.putVersion(file, page, v)
}

// draftPages write the working text and its redline.
func (d *document) draftPages() error {
	v := d.Draft
	file := d.path("draft/index.html")
	page := d.versionPage(file, v, Link{Text: d.words.Draft})
	page.Status = d.status(place{page: file}, v)
	page.NoIndex = true
	if w := d.Newest(); w != nil && d.state(w) != draft && slices.Contains(d.standing.Known, w) {
		page.relate("working-copy-of", place{page: file}.to(d.path(dir(w)+"/")))
	}
	if d.review != nil {
		page.Review = d.reviewPart(place{page: file})
	}
	if err := d.putVersion(file, page, v); err != nil {
		return err
	}
	if err := d.attach(v, d.path("draft")); err != nil {
		return err
	}
	if d.Newest() == nil {
		return nil
	}
	return d.draftRedline()
}

func (f *Frame) relate(rel, href string) {
	f.Relations = append(f.Relations, Relation{Rel: rel, Href: href})
}

// putVersion writes the page with v's text, or keeps it.
func (d *document) putVersion(file string, page VersionPage, v *legal.Version) error {
	if !d.wants(file) {
		return nil
	}
	text, err := d.says(v)
	if err != nil {
		return err
	}
	light := page
	light.Words = nil      // it is the same for all pages
	var first legal.Number // of which sections say that they did not change since
	if w := d.first(); w != nil {
		first = w.Number
	}
	if kept, err := d.reuse(file, text, first.String(), light); kept || err != nil {
		return err
	}
	page.Reading = d.words.Minutes(d.minutes(v))
	page.Text, page.Contents = d.text(place{page: file}, v)
	return d.put(file, "version", page)
}

// versionPage returns the page of v in file without its text and what differs
// between those that show it.
func (d *document) versionPage(file string, v *legal.Version, crumbs ...Link) VersionPage {
	p := place{page: file}
	title := clean(v.Title)
	heading := title
	if len(crumbs) > 0 {
		heading = crumbs[len(crumbs)-1].Text
	}
	page := VersionPage{
		Frame:   d.frame(file, heading, title, crumbs...),
		Name:    title,
		Notice:  d.notice(p, v),
		Formats: d.formats(p),
		Latest:  d.latest(p, v),
	}
	page.Scripts = []string{p.to(d.assets["page.js"].path)}
	page.Description = d.words.About(title, page.Organisation, d.updated(v), v.Effective)
	if v != d.Draft {
		page.Permanent = d.address(d.path(dir(v) + "/"))
		page.Hash = d.hash(d.Name, v.Number)
		page.Cite = d.words.Cite(title, v.Number)
		page.Foot = page.Cite + " · " + page.Permanent
	}
	return page
}

// formats returns the links to the document for machines.
func (d *document) formats(p place) []Link {
	return []Link{
		{p.to(d.path("feed.atom")), d.words.Atom},
		{p.to(d.path("feed.json")), d.words.JSON},
		{p.to(d.path("versions.json")), d.words.Record},
	}
}

// text renders v whole, with its table of contents. Anchors that an editor
// gave twice lead to the first place.
func (d *document) text(p place, v *legal.Version) (template.HTML, []Link) {
	s := d.source(p, v, true)
	m := &markup{words: d.words, old: s, new: s, look: look{Anchors: true, Shift: 1},
		dirs: directionsOf(direction(d.site.Language), textsOf(v)...)}
	m.versions, m.lettered = [2]*legal.Version{v, v}, v.Numbered
	if !d.site.NoTerms {
		m.terms = newTerms(d.definer, v)
	}
	since := d.histories(p, v)
	a := newAnchors(v)
	var contents []Link
	if v.Opening != nil && len(v.Opening.Blocks) > 0 {
		opening := &legal.Section{ID: "opening", Body: v.Opening}
		m.raw(`<div class="opening">` + "\n")
		m.section(marked(v.Opening), a.of(opening), "opening")
		m.raw("</div>\n")
	}
	for _, section := range v.Sections {
		number := m.numbered(section)
		contents = append(contents, Link{"#" + section.ID, clean(numberedTitle(number, section.Title))})
		m.versionSection(section, a, number, since[section])
	}
	return m.HTML(), contents
}

// textsOf returns the texts of versions.
func textsOf(versions ...*legal.Version) []*legal.Text {
	var texts []*legal.Text
	for _, v := range versions {
		texts = append(texts, v.Opening)
		for _, s := range v.Sections {
			texts = append(texts, s.Body)
		}
	}
	return texts
}

// versionSection writes a section of a version's page, and below its title what
// its history is.
func (m *markup) versionSection(s *legal.Section, a *anchors, number string, since Since) {
	m.raw("<section")
	m.attr("id", a.section[s])
	m.raw(">\n")
	for _, id := range a.was[s] {
		m.raw("<span")
		m.attr("id", id)
		m.raw("></span>")
	}
	m.startHead(m.dirs.words(s.Title))
	m.raw("<h2>")
	m.number(number)
	m.text(s.Title)
	m.raw("</h2>")
	m.permalink(s.ID, s.Title)
	m.raw("</div>\n")
	m.since(since)
	m.terms.afresh()
	m.section(marked(s.Body), a.of(s), s.ID)
	m.raw("</section>\n")
}

// anchors are the ids of one page. Each is given once: a section's own before
// those that sections had earlier, and both before those of headings.
type anchors struct {
	taken   map[string]bool
	section map[*legal.Section]string
	was     map[*legal.Section][]string
}

func newAnchors(v *legal.Version) *anchors {
	a := &anchors{map[string]bool{}, map[*legal.Section]string{}, map[*legal.Section][]string{}}
	for _, s := range v.Sections {
		a.section[s] = a.take(s.ID)
	}
	for _, s := range v.Sections {
		for _, id := range s.Was {
			if id = a.take(id); id != "" {
				a.was[s] = append(a.was[s], id)
			}
		}
	}
	return a
}

// take returns id, or "" where it was given already.
func (a *anchors) take(id string) string {
	if a.taken[id] {
		return ""
	}
	a.taken[id] = true
	return id
}

// of returns the anchors of the blocks of a section's body.
func (a *anchors) of(s *legal.Section) []string {
	out := legal.Anchors(s)
	for i, id := range out {
		if id != "" {
			out[i] = a.take(id)
		}
	}
	return out
}
