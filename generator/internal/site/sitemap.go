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
// answer a search, which are the documents and their changelogs. Versions and
// their redlines are reached from there; with them, a library would outgrow
// the 50,000 addresses that a sitemap holds.
func (b *Builder) sitemap(entries []Entry) []byte {
	w := &markup{}
	w.raw(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	w.raw(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	var newest legal.Date
	for _, e := range entries {
		if e.Modified.After(newest) {
			newest = e.Modified
		}
	}
	b.sitemapURL(w, "", newest)
	for _, e := range entries {
		if e.Published {
			b.sitemapURL(w, e.Name+"/", e.Modified)
			b.sitemapURL(w, e.Name+"/changes/", e.Modified)
		}
	}
	w.raw("</urlset>\n")
	return w.buf
}

func (b *Builder) sitemapURL(w *markup, target string, modified legal.Date) {
	w.raw("<url><loc>")
	w.text(b.address(target))
	w.raw("</loc>")
	if !modified.IsZero() {
		w.raw("<lastmod>" + modified.First().String() + "</lastmod>")
	}
	w.raw("</url>\n")
}
