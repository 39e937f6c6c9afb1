package site

import (
	"html/template"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A Notice is the line below a document's title: "Last Updated: July 2025 ·
// Effective July 2025 · Version 1.0.0", and the way to what changed.
type Notice struct {
	Updated   Date // empty where no version was material
	Effective Date // empty of a draft
	Version   string
	Links     []Link
}

// A Status says on top of a page that its text is not simply the one in force.
type Status struct {
	Kind  string // superseded, upcoming, in-force or draft
	Text  Sentence
	Links []Link
}

// An Announcement tells of a version that is upcoming.
type Announcement struct {
	Text    Sentence
	Summary template.HTML
	Links   []Link
}

// A Stale says of a page what is wrong with it from a day on, if the site is not
// built again. A script compares the day with the reader's clock; without it the
// page says nothing.
type Stale struct {
	Script string
	From   string // the instant, as RFC 3339 writes it
	Words  string
}

// stale returns what a page in file that shows what is in force, or what is
// upcoming, says from the day on which the next version applies.
func (d *document) stale(file string) *Stale {
	if len(d.standing.Upcoming) == 0 {
		return nil
	}
	v := d.standing.Upcoming[0]
	return &Stale{place{page: file}.to(d.assets["stale.js"].path), stamp(v.Effective, d.site.Zone), d.words.Stale(v)}
}

func (d *document) notice(p place, v *legal.Version) Notice {
	n := Notice{
		Updated:   d.words.Date(d.updated(v)),
		Effective: d.words.Date(v.Effective),
		Version:   d.words.VersionOf(v.Number),
	}
	switch {
	case d.state(v) == draft:
		n = Notice{Version: d.words.Draft}
		if d.Newest() != nil {
			n.Links = []Link{{p.to(d.path("draft/changes/")), d.words.ChangedInDraft}}
		}
	case d.before(v) == nil:
	case d.state(v) == upcoming:
		n.Links = []Link{{p.to(d.path("changes/" + dir(v) + "/")), d.words.WhatWill}}
	default:
		n.Links = []Link{{p.to(d.path("changes/" + dir(v) + "/")), d.words.WhatChanged}}
	}
	if len(d.standing.Known) > 0 {
		n.Links = append(n.Links, Link{p.to(d.path("changes/")), d.words.AllVersions})
	}
	return n
}

// status returns what is said on top of v's own page.
func (d *document) status(p place, v *legal.Version) *Status {
	toInForce := []Link{{p.to(d.path("")), d.words.ToInForce}}
	if d.standing.InForce == nil {
		toInForce = nil
	}
	switch d.state(v) {
	case draft:
		return &Status{"draft", Sentence{Before: d.words.DraftNotice}, toInForce}
	case upcoming:
		return &Status{"upcoming", d.words.UpcomingFrom(v.Effective), toInForce}
	case inForce:
		return &Status{"in-force", d.words.InForceSince(v.Effective), nil}
	}
	if w := d.replacement(v); w != nil {
		return &Status{"superseded", d.words.NeverApplied(w.Number), toInForce}
	}
	return &Status{"superseded", d.words.SupersededSince(d.end(v)), toInForce}
}

// end returns the day from which a superseded version no longer applied: the
// first on which a later one did.
func (d *document) end(v *legal.Version) legal.Date {
	var end legal.Date
	later := false
	for _, w := range d.standing.Known {
		if later && !w.Effective.After(d.day) && (end.IsZero() || end.After(w.Effective)) {
			end = w.Effective
		}
		later = later || w == v
	}
	return end
}

// announcements tell of the versions that are upcoming.
func (d *document) announcements(p place) []Announcement {
	var out []Announcement
	for i, v := range d.standing.Upcoming {
		a := Announcement{Text: d.words.ChangesOn(v.Effective), Summary: d.summaryHTML(p, v)}
		if d.before(v) != nil {
			a.Links = append(a.Links, Link{p.to(d.path("changes/" + dir(v) + "/")), d.words.WhatWill})
		}
		target := dir(v) + "/"
		if i == 0 {
			target = "upcoming/"
		}
		a.Links = append(a.Links, Link{p.to(d.path(target)), d.words.ReadUpcoming})
		out = append(out, a)
	}
	return out
}
