package site

import (
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A ChangelogPage lists the versions of a document that are public, the newest
// first: all of them or, where they are many, the newest or those of a year.
type ChangelogPage struct {
	Frame
	Name     string
	Heading  string
	Few      string // says that not all are here
	Years    []Year // where all are, newest first; empty where this page has all
	Timeline *Timeline
	Versions []ChangelogEntry
	Maps     []SectionMap
	OnDay    Link // to the page that tells which version was in force on a day
	Draft    *Link
	Compare  *Link // to the page on which two versions are picked
	Formats  []Link
}

// A ChangelogEntry is a version in the changelog.
type ChangelogEntry struct {
	Anchor    string
	Version   string
	Kind      string // e.g. "Update"
	State     string // superseded, upcoming or in-force
	Status    string // the same in words
	Since     Sentence
	Material  string // whether the change is; of the first version empty
	Published Date
	Effective Date
	Summary   template.HTML
	Figures   string
	Links     []Link
}

// A Year is a year in which versions were published.
type Year struct {
	Link     Link   // without an address on the year's own page
	Versions string // how many; on the page of all years alone, which every release changes
}

// How many versions a changelog lists on one page, and how many of the newest it
// lists where there are more: it would else grow with the history, and each release
// with it.
const (
	changelogAll    = 100
	changelogNewest = 25
)

// changelog writes the list of versions and, of a long history, a list for each year.
func (d *document) changelog() error {
	file := d.path("changes/index.html")
	if !d.wantsChangelog() {
		return nil
	}
	if len(d.changes) <= changelogAll {
		return d.put(file, "changelog", d.changelogPage(file, d.changes, nil))
	}
	years := map[int][]change{}
	for _, c := range d.changes {
		years[c.Published.Year] = append(years[c.Published.Year], c)
	}
	page := d.changelogPage(file, d.changes[len(d.changes)-changelogNewest:], years)
	page.Few = d.words.NewestOf(changelogNewest, len(d.changes))
	if err := d.put(file, "changelog", page); err != nil {
		return err
	}
	for _, year := range slices.Sorted(maps.Keys(years)) {
		if err := d.changelogYear(year, years); err != nil {
			return err
		}
	}
	return nil
}

// wantsChangelog reports whether a page of the changelog is to be made.
func (d *document) wantsChangelog() bool {
	name, within := strings.CutPrefix(d.only, d.path("changes/"))
	_, err := strconv.Atoi(strings.TrimSuffix(name, "/index.html"))
	return d.only == "" || within && (name == "index.html" || err == nil)
}

// changelogYear writes the list of the versions that were published in a year.
func (d *document) changelogYear(year int, years map[int][]change) error {
	file := d.path(fmt.Sprintf("changes/%d/index.html", year))
	p := place{page: file}
	page := d.changelogPage(file, years[year], years)
	page.Frame = d.frame(file, d.words.ChangesOf(year), d.title, Link{p.to(d.path("changes/")), d.words.Changes}, Link{Text: fmt.Sprint(year)})
	page.Heading = d.words.ChangesOf(year)
	page.Canonical = d.address(d.path(fmt.Sprintf("changes/%d/", year)))
	page.Description = d.words.Changelog(d.title, len(years[year]))
	return d.put(file, "changelog", page)
}

// changelogPage returns the page that lists changes, and the years in which others are.
func (d *document) changelogPage(file string, changes []change, years map[int][]change) ChangelogPage {
	p := place{page: file}
	page := ChangelogPage{
		Frame:   d.frame(file, d.words.Changes, d.title, Link{Text: d.words.Changes}),
		Name:    d.title,
		Heading: d.words.Changes,
		Compare: &Link{p.to(d.path("compare/")), d.words.CompareVersions},
		OnDay:   Link{p.to(d.path("on/")), d.words.OnDay},
		Formats: d.formats(p),
	}
	page.Canonical = d.address(d.path("changes/"))
	page.Description = d.words.Changelog(d.title, len(d.changes))
	if d.showsDraft() {
		page.Draft = &Link{p.to(d.path("draft/")), d.words.ReadDraft}
	}
	for _, year := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		target := d.path(fmt.Sprintf("changes/%d/index.html", year))
		y := Year{Link: Link{p.to(target), fmt.Sprint(year)}}
		switch file {
		case d.path("changes/index.html"):
			y.Versions = d.words.Versions(len(years[year]))
		case target:
			y.Link.Href = ""
		}
		page.Years = append(page.Years, y)
	}
	d.pictures(&page, file, changes)
	for _, c := range slices.Backward(changes) {
		page.Versions = append(page.Versions, d.changelogEntry(p, c))
	}
	return page
}

// pictures fills in those of the page in file that lists changes. The page of the newest
// versions has the timeline of all.
func (d *document) pictures(page *ChangelogPage, file string, changes []change) {
	p := place{page: file}
	listed := map[*legal.Version]bool{}
	for _, c := range changes {
		listed[c.Version] = true
	}
	href := func(c change) string {
		target := file
		if !listed[c.Version] {
			target = d.path(fmt.Sprintf("changes/%d/", c.Published.Year))
		}
		return p.to(target + "#" + entryAnchor(c.Version))
	}
	drawn := changes
	if file == d.path("changes/index.html") {
		drawn = d.changes
		changes = changes[max(0, len(changes)-mapColumns):]
	}
	page.Timeline = d.timeline(drawn, href)
	page.Maps = d.sectionMaps(file, changes, href)
}

// entryAnchor returns the anchor of a version in the changelog. It holds an underscore,
// as no section's id does.
func entryAnchor(v *legal.Version) string { return "version_" + dir(v) }

func (d *document) changelogEntry(p place, c change) ChangelogEntry {
	e := ChangelogEntry{
		Anchor:    entryAnchor(c.Version),
		Version:   d.words.VersionOf(c.Number),
		Kind:      d.words.Change(c.Version, c.before == nil),
		Material:  d.words.NotMaterial,
		Published: d.words.Date(c.Published),
		Effective: d.words.Date(c.Effective),
		Summary:   d.summaryHTML(p, c.Version),
		Links:     []Link{{p.to(d.path(dir(c.Version) + "/")), d.words.ReadVersion}},
	}
	switch {
	case c.before == nil:
		e.Material = "" // it changed nothing
	case c.Material:
		e.Material = d.words.Material
	}
	if c.before != nil {
		e.Figures = d.words.Figures(c.figures)
		e.Links = append(e.Links, Link{p.to(d.path("changes/" + dir(c.Version) + "/")), d.words.WhatChanged})
	}
	e.State, e.Status, e.Since = d.standingOf(c.Version)
	if e.State == "superseded" && !c.Effective.After(d.day) {
		e.Links = append(e.Links, Link{p.to(d.path("since/" + dir(c.Version) + "/")), d.words.SinceThis})
	}
	return e
}

// standingOf says what a version is on the day of the site.
func (d *document) standingOf(v *legal.Version) (kind, words string, since Sentence) {
	switch d.state(v) {
	case inForce:
		return "in-force", d.words.InForce, d.words.Since(v.Effective)
	case upcoming:
		return "upcoming", d.words.Upcoming, d.words.From(v.Effective)
	}
	if w := d.replacement(v); w != nil {
		return "superseded", d.words.Replaced, Sentence{Before: d.words.By(w.Number)}
	}
	return "superseded", d.words.Superseded, d.words.Since(d.end(v))
}
