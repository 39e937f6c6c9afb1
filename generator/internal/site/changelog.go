package site

import (
	"html/template"
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A ChangelogPage lists every version of a document that is public, the
// newest first.
type ChangelogPage struct {
	Frame
	Name     string
	Versions []ChangelogEntry
	Draft    *Link
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

func (d *document) changelog() error {
	file := d.path("changes/index.html")
	p := place{page: file}
	page := ChangelogPage{
		Frame:   d.frame(file, d.words.Changes, d.title, Link{Text: d.words.Changes}),
		Name:    d.title,
		Formats: d.formats(p),
	}
	page.Canonical = d.address(d.path("changes/"))
	page.Description = d.words.Changelog(d.title, len(d.changes))
	page.relate("latest-version", p.to(d.path("")))
	if d.showsDraft() {
		page.Draft = &Link{p.to(d.path("draft/")), d.words.ReadDraft}
	}
	for _, c := range slices.Backward(d.changes) {
		page.Versions = append(page.Versions, d.changelogEntry(p, c))
	}
	return d.put(file, "changelog", page)
}

func (d *document) changelogEntry(p place, c change) ChangelogEntry {
	e := ChangelogEntry{
		Anchor:    "version_" + dir(c.Version),
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
