package site

import (
	"fmt"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// robots returns robots.txt: everything may be read. Pages that search
// engines are to leave out say so themselves, which they can only if they are
// read.
func (b *Builder) robots() []byte {
	return fmt.Appendf(nil, "User-agent: *\nAllow: /\nSitemap: %s\n", b.address("sitemap.xml"))
}

// sitemap returns sitemap.xml (sitemaps.org, protocol 0.9): the pages that
// answer a search, which are the documents and their changelogs, in all languages, each
// with its alternates. Versions and their redlines are reached from there; with them, a
// library would outgrow the 50,000 addresses that a sitemap holds.
func (b *Builder) sitemap(entries []Entry) []byte {
	w := &markup{}
	w.raw(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	w.raw(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	var newest legal.Date
	for _, e := range entries {
		if e.Modified.After(newest) {
			newest = e.Modified
		}
	}
	b.sitemapURL(w, "", newest, nil)
	for _, e := range entries {
		texts := e.published()
		for _, page := range []string{"", "changes/"} {
			for _, t := range texts {
				b.sitemapURL(w, t.Name+"/"+page, t.Modified, func() {
					if len(texts) > 1 {
						b.sitemapAlternates(w, texts, page)
					}
				})
			}
		}
	}
	w.raw("</urlset>\n")
	return w.buf
}

// published returns the document and its translations, as far as they are public.
func (e *Entry) published() []Entry {
	var out []Entry
	if e.Published {
		out = append(out, *e)
	}
	for _, t := range e.Translations {
		if t.Published {
			out = append(out, t)
		}
	}
	return out
}

// languageNames returns the names of the languages that the document is in, by their tags.
func (e *Entry) languageNames() map[string]string {
	tags := []string{e.Language}
	for _, t := range e.Translations {
		tags = append(tags, t.Language)
	}
	names := map[string]string{}
	for i, name := range selfNames(tags) {
		names[tags[i]] = name
	}
	return names
}

// sitemapAlternates names the page of each of texts.
func (b *Builder) sitemapAlternates(w *markup, texts []Entry, page string) {
	for _, t := range texts {
		w.raw("<xhtml:link")
		w.attr("rel", "alternate")
		w.attr("hreflang", t.Language)
		w.attr("href", b.address(t.Name+"/"+page))
		w.raw("/>")
	}
}

func (b *Builder) sitemapURL(w *markup, target string, modified legal.Date, more func()) {
	w.raw("<url><loc>")
	w.text(b.address(target))
	w.raw("</loc>")
	if !modified.IsZero() {
		w.raw("<lastmod>" + modified.First().String() + "</lastmod>")
	}
	if more != nil {
		more()
	}
	w.raw("</url>\n")
}
