package site

import (
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A ComparePage leads to the redline of any two versions. A script shows two lists to
// pick from; without it, the page has links to the redlines that have pages.
type ComparePage struct {
	Frame
	Name    string
	Heading string
	Options []CompareOption // the newest first
	InForce string          // the number of the version in force, or empty
	Engine  *EngineLinks    // nil where no engine is published
	Rows    []CompareRow
	Few     string // says that not all are listed
	More    Link   // to the changelog

	SinceHead string // of the links up to the version in force, if there are any
}

// A CompareOption is a version that can be picked.
type CompareOption struct {
	Number, Text string
	Early        bool // it has a page with each other that is early
	Since        bool // a page compares it with the one in force
}

// A CompareRow lists the redlines of a version that have pages.
type CompareRow struct {
	Version   Link
	Effective Date
	From      []Link // from earlier versions to it
	Since     *Link  // from it to the one in force
}

// EngineLinks are the files with which a browser compares two versions, and the site's
// name of the page on which it does.
type EngineLinks struct {
	Script, Module, Page string
	Look                 string // of the site's own templates, or empty
}

// earlyVersions is how many versions of a document, the first ones, have a page for
// each two of them. So a document of a few versions needs no script to be compared,
// no address disappears when there are more, and the number of pages does not grow
// with the square of the versions. Ten pages a document take a tenth of a build.
const earlyVersions = 6

// compareRows is how many of the newest versions the page lists, beside the early ones.
const compareRows = 40

// isEarly reports whether v is one of the versions that have pages for each two.
func (d *document) isEarly(v *legal.Version) bool {
	i := slices.Index(d.Versions, v)
	return i >= 0 && i < earlyVersions
}

// hasFar reports whether no page compares some two of the known versions.
func (d *document) hasFar() bool {
	return slices.ContainsFunc(d.standing.Known, func(v *legal.Version) bool { return !d.isEarly(v) })
}

// hasEngine reports whether a browser can compare any two versions of the document.
func (d *document) hasEngine() bool { return d.hasFar() && d.opts.Engine != nil }

// comparePages write the page on which versions are picked, and those of the pairs.
func (d *document) comparePages() error {
	file := d.path("compare/index.html")
	if d.wants(file) {
		if err := d.comparePage(file); err != nil {
			return err
		}
	}
	for j, new := range d.standing.Known {
		for _, old := range d.standing.Known[:max(0, j-1)] { // the page of changes has the one before
			if !d.isEarly(old) || !d.isEarly(new) {
				break
			}
			file := d.pairFile(old, new)
			page := d.pairPage(file, old, new)
			page.NoIndex = true
			page.Canonical = d.address(d.path("compare/" + dir(old) + "/" + dir(new) + "/"))
			if _, err := d.putRedline(file, page, old, new); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *document) pairFile(old, new *legal.Version) string {
	return d.path("compare/" + dir(old) + "/" + dir(new) + "/index.html")
}

// pairPage returns the page of a pair without its redline. What it holds in its frame
// depends on the two versions alone, so that a browser makes the same; see Between.
func (d *document) pairPage(file string, old, new *legal.Version) RedlinePage {
	p := place{page: file}
	return d.redlinePage(file, d.words.ChangedBetween(old.Number, new.Number), old, new, []Link{
		{p.to(d.path("compare/")), d.words.CompareVersions},
		{Text: old.Number.String() + " – " + new.Number.String()},
	})
}

// others returns the link to the comparison of v with other versions.
func (d *document) others(p place, v *legal.Version) *Link {
	return &Link{p.to(d.path("compare/")) + "?from=" + v.Number.String(), d.words.CompareOthers}
}

func (d *document) comparePage(file string) error {
	p := place{page: file}
	known := d.standing.Known
	page := ComparePage{
		Frame:   d.frame(file, d.words.CompareVersions, d.title, Link{Text: d.words.CompareVersions}),
		Name:    d.title,
		Heading: d.words.CompareVersions,
		More:    Link{p.to(d.path("changes/")), d.words.AllVersions},
	}
	page.Canonical = d.address(d.path("compare/"))
	page.Scripts = []string{p.to(d.assets["compare.js"].path), p.to(d.assets["redline.js"].path)}
	if v := d.standing.InForce; v != nil {
		page.InForce = v.Number.String()
		page.SinceHead = d.words.CompareUpTo(v.Number)
	}
	if d.hasEngine() {
		page.Worker = true
		page.Engine = &EngineLinks{p.to(d.assets[engineScript].path), p.to(d.assets[engineModule].path), file, ""}
		if look, ok := d.assets[engineLook]; ok {
			page.Engine.Look = p.to(look.path)
		}
	}
	for i, v := range slices.Backward(known) {
		page.Options = append(page.Options, CompareOption{v.Number.String(), d.optionText(v), d.isEarly(v), d.comparesSince(i)})
		if i >= len(known)-compareRows || d.isEarly(v) {
			page.Rows = append(page.Rows, d.compareRow(p, i))
		}
	}
	if len(page.Rows) < len(known) {
		page.Few = d.words.CompareFew
	}
	return d.put(file, "compare", page)
}

// optionText names v in a list to pick from, which holds no markup.
func (d *document) optionText(v *legal.Version) string {
	text := v.Number.String() + " – " + d.words.Date(v.Effective).Text
	switch d.state(v) {
	case inForce:
		text += " – " + d.words.InForce
	case upcoming:
		text += " – " + d.words.Upcoming
	}
	return text
}

// compareRow lists the redlines of the known version i.
func (d *document) compareRow(p place, i int) CompareRow {
	v := d.standing.Known[i]
	row := CompareRow{Version: Link{p.to(d.path(dir(v) + "/")), v.Number.String()}, Effective: d.words.Date(v.Effective)}
	for j, old := range slices.Backward(d.standing.Known[:i]) {
		switch {
		case j == i-1:
			row.From = append(row.From, Link{p.to(d.path("changes/" + dir(v) + "/")), old.Number.String()})
		case d.isEarly(old) && d.isEarly(v):
			row.From = append(row.From, Link{p.to(d.pairFile(old, v)), old.Number.String()})
		}
	}
	if d.comparesSince(i) {
		row.Since = &Link{p.to(d.path("since/" + dir(v) + "/")), d.words.SinceVersion(v.Number)}
	}
	return row
}
