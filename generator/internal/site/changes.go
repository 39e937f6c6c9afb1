package site

import (
	"html/template"
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A RedlinePage shows what changed between two versions.
type RedlinePage struct {
	Frame
	Name      string // the document's
	Heading   string
	Status    *Status // of a version that is not in force
	Sides     []Side  // the old version and the new one
	Columns   string  // the page with the redline in columns, or empty
	Marked    string  // of that page: the marked text; else empty
	Summaries []SummaryOf
	More      *Link // to the summaries that were left out
	View      RedlineView
	Others    *Link // to the comparison of other versions
}

// A Side is one of the two versions that a redline compares.
type Side struct {
	Label     string
	Link      Link
	Effective Date
}

// A SummaryOf is what a version says that it changed.
type SummaryOf struct {
	Version string // empty where the page is about one version
	Text    template.HTML
}

// changePages write the redline of every known version from the one before.
func (d *document) changePages() error {
	listed := d.wantsChangelog() || slices.ContainsFunc([]string{"versions.json", "feed.atom", "feed.json"},
		func(name string) bool { return d.wants(d.path(name)) }) || d.wantsSections()
	for i, v := range d.standing.Known {
		if file, _ := d.changesFile(v); !listed && !d.wants(file) && !d.wants(d.columnsFile(v)) {
			continue
		}
		c := change{Version: v}
		var err error
		if i == 0 {
			c.sections = firstSections(v)
			err = d.firstPage(v)
		} else {
			c.before = d.standing.Known[i-1]
			err = d.changePage(&c, len(d.standing.Known)-i <= feedEntries)
		}
		if err != nil {
			return err
		}
		d.changes = append(d.changes, c)
	}
	return nil
}

// changesFile returns the file of v's redline, and the crumbs that lead to it.
func (d *document) changesFile(v *legal.Version) (string, []Link) {
	file := d.path("changes/" + dir(v) + "/index.html")
	return file, []Link{{place{page: file}.to(d.path("changes/")), d.words.Changes}, {Text: dir(v)}}
}

// firstPage says that the first version has none before it.
func (d *document) firstPage(v *legal.Version) error {
	file, crumbs := d.changesFile(v)
	p := place{page: file}
	page := MessagePage{
		Frame:   d.frame(file, d.words.ChangedIn(v.Number), v.Title, crumbs...),
		Heading: d.words.ChangedIn(v.Number),
		Message: []string{d.words.FirstVersion},
		Links:   []Link{{p.to(d.path(dir(v) + "/")), d.words.ReadVersion}, {p.to(d.path("changes/")), d.words.AllVersions}},
	}
	page.Canonical = d.address(d.path("changes/" + dir(v) + "/"))
	return d.put(file, "message", page)
}

// changePage writes the redline that c brought, and fills in its figures. Fed
// says that feeds have it.
func (d *document) changePage(c *change, fed bool) error {
	file, crumbs := d.changesFile(c.Version)
	p := place{page: file}
	page := d.redlinePage(file, d.words.ChangedIn(c.Number), c.before, c.Version, crumbs)
	page.Canonical = d.address(d.path("changes/" + dir(c.Version) + "/"))
	if s := d.summaryHTML(p, c.Version); s != "" {
		page.Summaries = []SummaryOf{{Text: s}}
	}
	if d.state(c.Version) == upcoming {
		page.Status = d.status(p, c.Version)
	}
	if columns := d.columnsFile(c.Version); columns != "" {
		page.Columns = p.to(columns)
	}
	r, err := d.putRedline(file, page, c.before, c.Version)
	if err == nil {
		err = d.columnPage(page, c.before, c.Version, r)
	}
	if err != nil {
		return err
	}
	if r != nil && fed {
		c.content = d.feedRedline(r)
	}
	if r != nil && d.only == "" {
		d.cutOut(r)
	}
	return d.count(c, r)
}

// count fills in what the redline of c says in numbers, and of which sections. R is
// that redline, or nil where nobody made it.
func (d *document) count(c *change, r *redline.Redline) error {
	pair, err := d.pair(c.before, c.Version)
	if err != nil {
		return err
	}
	known := false
	if was := d.was.Memory; was != nil {
		c.figures, known = was.Figures[pair]
		c.sections = was.Sections[pair]
		known = known && c.sections != nil
	}
	if !known {
		if r == nil {
			r = d.comparer.Compare(c.before, c.Version)
		}
		c.figures, c.sections = r.Summary(), sectionChanges(r)
	}
	d.memory.Figures[pair], d.memory.Sections[pair] = c.figures, c.sections
	return nil
}

func (d *document) draftRedline() error {
	file := d.path("draft/changes/index.html")
	p := place{page: file}
	page := d.redlinePage(file, d.words.ChangedInDraft, d.Newest(), d.Draft, []Link{{p.to(d.path("draft/")), d.words.Draft}, {Text: d.words.Changes}})
	page.NoIndex = true
	page.Status = d.status(p, d.Draft)
	_, err := d.putRedline(file, page, d.Newest(), d.Draft)
	return err
}

// redlinePage returns the page of a redline without the redline itself.
func (d *document) redlinePage(file, heading string, old, new *legal.Version, crumbs []Link) RedlinePage {
	p := place{page: file}
	page := d.redlineMain(p, heading, old, new)
	page.Frame = d.frame(file, heading, page.Name, crumbs...)
	page.Scripts = []string{p.to(d.assets["redline.js"].path)}
	return page
}

// redlineMain returns what the page of a redline holds in its frame, beside the redline.
func (d *document) redlineMain(p place, heading string, old, new *legal.Version) RedlinePage {
	page := RedlinePage{
		Name:    clean(new.Title),
		Heading: heading,
		Sides:   []Side{d.side(p, d.words.Old, old), d.side(p, d.words.New, new)},
	}
	if new != d.Draft {
		page.Others = d.others(p, old)
	}
	return page
}

// putRedline writes the page with the redline from old to new, and returns that;
// or it keeps the page, and returns nil.
func (d *document) putRedline(file string, page RedlinePage, old, new *legal.Version) (*redline.Redline, error) {
	if !d.wants(file) {
		return nil, nil
	}
	d.redlines++
	texts, err := d.pair(old, new)
	if err != nil {
		return nil, err
	}
	light := page
	light.Words = nil // it is the same for all pages
	if kept, err := d.reuse(file, texts, light); kept || err != nil {
		return nil, err
	}
	p := place{page: file}
	r := d.comparer.Compare(old, new)
	page.View = d.view(p, r)
	page.Description = d.words.RedlineAbout(page.Name, page.Heading, page.View.Figures)
	return r, d.put(file, "redline", page)
}

// view renders r for a page.
func (d *document) view(p place, r *redline.Redline) RedlineView {
	return view(d.words, r, d.source(p, r.Old, false), d.source(p, r.New, false), direction(d.site.Language), look{Anchors: true, Shift: 1})
}

func (d *document) side(p place, label string, v *legal.Version) Side {
	if v == d.Draft {
		return Side{Label: label, Link: Link{p.to(d.path("draft/")), d.words.Draft}}
	}
	return Side{label, Link{p.to(d.path(dir(v) + "/")), d.words.VersionOf(v.Number)}, d.words.Date(v.Effective)}
}

// sinceSummaries is how many summaries the page of what changed since a
// version holds; one that grew with the history would make every release
// rewrite more.
const sinceSummaries = 10

// sincePages write what changed since each known version.
func (d *document) sincePages() error {
	for i, v := range d.standing.Known {
		file := d.path("since/" + dir(v) + "/index.html")
		if !d.wants(file) {
			continue
		}
		var err error
		switch state := d.state(v); {
		case d.comparesSince(i):
			err = d.sincePage(file, i)
		case state == superseded && !v.Effective.After(d.day):
			err = d.sinceFar(file, v)
		case state == inForce:
			err = d.sinceMessage(file, v, d.words.NoChange)
		default:
			err = d.sinceMessage(file, v, d.words.NotInForceYet(v.Number))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sinceNewest is how many versions before the one in force are compared with it,
// beside every edition: a history of a thousand versions would else make a release
// rewrite a thousand redlines.
const sinceNewest = 50

// comparesSince reports whether a page compares the known version i with the one in
// force.
func (d *document) comparesSince(i int) bool {
	v := d.standing.Known[i]
	if d.state(v) != superseded || v.Effective.After(d.day) {
		return false
	}
	now := slices.Index(d.standing.Known, d.standing.InForce)
	return now-i <= sinceNewest || v.Change == legal.Edition
}

// sinceFar says that no page compares v with the version in force, and where a browser
// can.
func (d *document) sinceFar(file string, v *legal.Version) error {
	if !d.hasEngine() {
		return d.sinceMessage(file, v, d.words.SinceFar)
	}
	compare := place{page: file}.to(d.path("compare/")) + "?since=" + v.Number.String()
	return d.sinceMessage(file, v, d.words.SinceFar, Link{compare, d.words.CompareHere})
}

func (d *document) sincePage(file string, i int) error {
	v, now := d.standing.Known[i], d.standing.InForce
	p := place{page: file}
	page := d.redlinePage(file, d.words.ChangedSince(v.Number), v, now, d.sinceCrumbs(p, v))
	page.Canonical = d.address(d.path("since/" + dir(v) + "/"))
	page.NoIndex = true
	between := d.standing.Known[i+1 : slices.Index(d.standing.Known, now)+1]
	for _, w := range slices.Backward(between) {
		text := d.summaryHTML(p, w)
		if text == "" {
			continue
		}
		if len(page.Summaries) == sinceSummaries {
			page.More = &Link{p.to(d.path("changes/")), d.words.AllVersions}
			break
		}
		page.Summaries = append(page.Summaries, SummaryOf{d.words.VersionOf(w.Number), text})
	}
	_, err := d.putRedline(file, page, v, now)
	return err
}

func (d *document) sinceCrumbs(p place, v *legal.Version) []Link {
	return []Link{{p.to(d.path("changes/")), d.words.Changes}, {Text: d.words.SinceVersion(v.Number)}}
}

func (d *document) sinceMessage(file string, v *legal.Version, words string, links ...Link) error {
	p := place{page: file}
	page := MessagePage{
		Frame:   d.frame(file, d.words.ChangedSince(v.Number), v.Title, d.sinceCrumbs(p, v)...),
		Heading: d.words.ChangedSince(v.Number),
		Message: []string{words},
		Links:   links,
	}
	if d.standing.InForce != nil {
		page.Links = append(page.Links, Link{p.to(d.path("")), d.words.ToInForce})
	}
	page.Links = append(page.Links, Link{p.to(d.path("changes/")), d.words.AllVersions})
	page.NoIndex = true
	return d.put(file, "message", page)
}
