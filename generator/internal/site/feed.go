package site

import (
	"errors"
	"html/template"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// feedEntries is how many versions a feed holds: the newest ones. A reader
// that asks for a feed asks often, and for what is new.
const feedEntries = 50

// feeds write the changes of a document for feed readers, as Atom (RFC 4287)
// and JSON Feed (version 1.1). An entry is a version; its id is the version's
// permanent address, its date the one on which it was published, at 00:00 in
// the site's zone, and its content the summary and the redline. Addresses in
// it are absolute.
func (d *document) feeds() error {
	if !d.wants(d.path("feed.atom")) && !d.wants(d.path("feed.json")) {
		return nil
	}
	entries := slices.Clone(d.changes[max(0, len(d.changes)-feedEntries):])
	slices.Reverse(entries)
	from, err := d.feedFrom(entries)
	if err != nil {
		return err
	}
	atom, err1 := d.reuse(d.path("feed.atom"), from...)
	feed, err2 := d.reuse(d.path("feed.json"), from...)
	if err := errors.Join(err1, err2); err != nil || atom && feed {
		return err
	}
	for i := range entries {
		c := &entries[i]
		c.summary = d.summaryHTML(place{base: d.site.URL}, c.Version)
		if c.before != nil && c.content == "" {
			c.content = d.feedRedline(d.comparer.Compare(c.before, c.Version))
		}
	}
	if !atom {
		if err := d.keep(d.path("feed.atom"), d.atom(entries)); err != nil {
			return err
		}
	}
	if feed {
		return nil
	}
	data, err := d.jsonFeed(entries)
	if err != nil {
		return err
	}
	return d.keep(d.path("feed.json"), data)
}

// feedFrom returns what the feeds are made from.
func (d *document) feedFrom(entries []change) ([]any, error) {
	from := []any{d.title}
	for _, c := range entries {
		texts, err := d.says(c.Version)
		if err == nil && c.before != nil {
			texts, err = d.pair(c.before, c.Version)
		}
		if err != nil {
			return nil, err
		}
		summary := c.Summary.Digest()
		from = append(from, texts, c.Title, c.Published, c.Effective, c.Change, c.Material, summary[:], c.before == nil)
	}
	return from, nil
}

// feedRedline renders r for a feed.
func (d *document) feedRedline(r *redline.Redline) template.HTML {
	p := place{base: d.site.URL}
	v := view(d.words, r, d.source(p, r.Old, false), d.source(p, r.New, false), ltr, look{Shift: 1})
	w := &markup{}
	w.raw("<p>")
	w.text(v.Figures)
	w.text(d.words.Stop)
	w.raw("</p>\n")
	if v.Title != "" {
		w.raw("<p>" + string(v.Title) + "</p>\n")
	}
	w.raw(string(v.Sections))
	return w.HTML()
}

// feedTitle returns the title of a version's entry.
func (d *document) feedTitle(v *legal.Version) string {
	return clean(v.Title) + " " + d.words.VersionOf(v.Number)
}

// feedContent returns the content of an entry.
func (d *document) feedContent(c change) string {
	w := &markup{}
	w.raw("<p>")
	w.text(strings.Join(d.words.FeedDates(c.Version, c.before == nil), " "))
	w.raw("</p>\n")
	w.raw(string(c.summary))
	w.raw(string(c.content))
	return string(w.buf)
}

func (d *document) feedUpdated(entries []change) string {
	var newest legal.Date
	for _, c := range entries {
		if c.Published.After(newest) {
			newest = c.Published
		}
	}
	return stamp(newest, d.site.Zone)
}

func (d *document) atom(entries []change) []byte {
	w := &markup{}
	element := func(name, text string) {
		w.raw("<" + name + ">")
		w.text(text)
		w.raw("</" + name + ">\n")
	}
	link := func(rel, kind, href string) {
		w.raw("<link")
		w.attr("rel", rel)
		w.attr("type", kind)
		w.attr("href", href)
		w.raw("/>\n")
	}
	w.raw(`<?xml version="1.0" encoding="utf-8"?>` + "\n" + `<feed xmlns="http://www.w3.org/2005/Atom"`)
	w.attr("xml:lang", d.site.Language)
	w.raw(">\n")
	element("title", d.title+" – "+d.words.FeedTitle)
	element("id", d.address(d.path("")))
	element("updated", d.feedUpdated(entries))
	link("self", "application/atom+xml", d.address(d.path("feed.atom")))
	link("alternate", "text/html", d.address(d.path("changes/")))
	w.raw("<author>")
	element("name", d.site.Organisation)
	w.raw("</author>\n<generator>Codicil</generator>\n")
	for _, c := range entries {
		w.raw("<entry>\n")
		element("title", d.feedTitle(c.Version))
		element("id", d.address(d.path(dir(c.Version)+"/")))
		element("published", stamp(c.Published, d.site.Zone))
		element("updated", stamp(c.Published, d.site.Zone))
		link("alternate", "text/html", d.address(d.path("changes/"+dir(c.Version)+"/")))
		link("related", "text/html", d.address(d.path(dir(c.Version)+"/")))
		if c.Summary != nil {
			element("summary", plain(c.Summary))
		}
		w.raw(`<content type="html">`)
		w.text(d.feedContent(c))
		w.raw("</content>\n</entry>\n")
	}
	w.raw("</feed>\n")
	return w.buf
}

// plain returns a text as one paragraph without markup.
func plain(t *legal.Text) string {
	return clean(strings.Join(strings.Fields(t.Plain()), " "))
}

// A jsonFeed is a JSON Feed, version 1.1 (jsonfeed.org).
type jsonFeed struct {
	Version  string       `json:"version"`
	Title    string       `json:"title"`
	Home     string       `json:"home_page_url"`
	Feed     string       `json:"feed_url"`
	Language string       `json:"language"`
	Authors  []jsonAuthor `json:"authors"`
	Items    []jsonItem   `json:"items"`
}

type jsonAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type jsonItem struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	Content   string `json:"content_html"`
	Summary   string `json:"summary,omitempty"`
	Published string `json:"date_published"`
}

func (d *document) jsonFeed(entries []change) ([]byte, error) {
	f := jsonFeed{
		Version:  "https://jsonfeed.org/version/1.1",
		Title:    d.title + " – " + d.words.FeedTitle,
		Home:     d.address(d.path("changes/")),
		Feed:     d.address(d.path("feed.json")),
		Language: d.site.Language,
		Authors:  []jsonAuthor{{Name: clean(d.site.Organisation)}},
		Items:    []jsonItem{},
	}
	for _, c := range entries {
		item := jsonItem{
			ID:        d.address(d.path(dir(c.Version) + "/")),
			URL:       d.address(d.path("changes/" + dir(c.Version) + "/")),
			Title:     d.feedTitle(c.Version),
			Content:   d.feedContent(c),
			Published: stamp(c.Published, d.site.Zone),
		}
		if c.Summary != nil {
			item.Summary = plain(c.Summary)
		}
		f.Items = append(f.Items, item)
	}
	return encodeJSON(f)
}
