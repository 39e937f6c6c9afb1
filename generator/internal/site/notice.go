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
	Until *Until
	Links []Link
}

// An Announcement tells of a version that is upcoming.
type Announcement struct {
	Text    Sentence
	Until   *Until
	Summary template.HTML
	Links   []Link
}

// An Until is a day of which a script says how far off it is: a page that was made
// on an earlier day cannot.
type Until struct {
	Day   string // 2026-09-01
	Zone  string // whose days count
	Words string // the language to say it in
}

// until returns the Until of a date that is still to come.
func (d *document) until(date legal.Date) *Until {
	return &Until{date.First().String(), d.site.Zone.String(), d.words.Lang}
}

// A Latest tells of the last change that mattered to readers, on the page of the
// version that made it and of those that kept it.
type Latest struct {
	Text    Sentence
	Summary template.HTML
	Links   []Link
}

// latest returns the Latest of v: nil of a draft, and where nobody said what the
// change was.
func (d *document) latest(p place, v *legal.Version) *Latest {
	var w *legal.Version
	for i, known := range d.standing.Known {
		if known.Material && i > 0 && known.Summary != nil {
			w = known
		}
		if known == v {
			break
		}
	}
	if w == nil || v == d.Draft {
		return nil
	}
	return &Latest{
		Text:    d.words.SummaryOf(w, d.state(w) == upcoming),
		Summary: d.summaryHTML(p, w),
		Links:   []Link{{p.to(d.path("changes/" + dir(w) + "/")), d.words.SeeChanges}},
	}
}

// A Since is the history of a section in one line: "last changed in 1.2.0, January
// 1, 2026".
type Since struct {
	Sentence
	Href string // of its whole history
}

// histories returns what is said of v's sections: nothing where the document has no
// history yet.
func (d *document) histories(p place, v *legal.Version) map[*legal.Section]Since {
	first := d.first()
	if first == nil || v == first {
		return nil
	}
	out := map[*legal.Section]Since{}
	for _, s := range v.Sections {
		if s.Version == (legal.Number{}) {
			out[s] = Since{Sentence: Sentence{Before: d.words.InThisDraft}}
			continue
		}
		out[s] = Since{d.words.LastChanged(s.Version, s.Effective, s.Version == first.Number), p.to(d.path("sections/" + s.ID + "/"))}
	}
	return out
}

// first returns the first version that is known.
func (d *document) first() *legal.Version {
	if len(d.standing.Known) == 0 {
		return nil
	}
	return d.standing.Known[0]
}

// since writes the line of a section's history. It is no part of the text: it is
// not copied with it.
func (m *markup) since(s Since) {
	if s.Before == "" {
		return
	}
	m.raw(`<div class="since">`)
	if s.Href != "" {
		m.raw("<a")
		m.attr("href", s.Href)
		m.raw(">")
	}
	m.text(s.Before)
	if s.Date.ISO != "" {
		m.raw("<time")
		m.attr("datetime", s.Date.ISO)
		m.raw(">")
		m.text(s.Date.Text)
		m.raw("</time>")
	}
	m.text(s.After)
	if s.Href != "" {
		m.raw("</a>")
	}
	m.raw("</div>\n")
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
		return &Status{Kind: "draft", Text: Sentence{Before: d.words.DraftNotice}, Links: toInForce}
	case upcoming:
		return &Status{"upcoming", d.words.UpcomingFrom(v.Effective), d.until(v.Effective), toInForce}
	case inForce:
		return &Status{Kind: "in-force", Text: d.words.InForceSince(v.Effective)}
	}
	links := append(toInForce, Link{p.to(d.path("on/")), d.words.OnDay})
	if w := d.replacement(v); w != nil {
		return &Status{Kind: "superseded", Text: d.words.NeverApplied(w.Number), Links: links}
	}
	return &Status{Kind: "superseded", Text: d.words.SupersededSince(d.end(v)), Links: links}
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
		a := Announcement{Text: d.words.ChangesOn(v.Effective), Until: d.until(v.Effective), Summary: d.summaryHTML(p, v)}
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
