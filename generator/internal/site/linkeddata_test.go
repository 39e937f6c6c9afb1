package site

import (
	"encoding/json"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// resolve returns the file that a link from file leads to.
func resolve(file, link string) string { return path.Join(path.Dir(file), link) }

// work returns what a page tells search engines, or nil.
func (b built) work(t *testing.T, file string) map[string]any {
	t.Helper()
	blocks := find(b.page(t, file), "script[type=application/ld+json]")
	if len(blocks) == 0 {
		return nil
	}
	var out map[string]any
	if err := json.Unmarshal([]byte(blocks[0].FirstChild.Data), &out); err != nil || len(blocks) > 1 {
		t.Fatalf("%s: %d data blocks, %v", file, len(blocks), err)
	}
	return out
}

// The terms of schema.org that a Work may hold, of the types that it has; each is a
// property of the type or of one that it is a kind of (Thing, CreativeWork).
var schemaTerms = map[string]string{
	"DigitalDocument": "url name inLanguage version creativeWorkStatus datePublished dateModified temporalCoverage publisher isPartOf exampleOfWork workExample isBasedOn encoding",
	"MediaObject":     "encodingFormat contentUrl",
	"WebSite":         "url name inLanguage publisher",
	"Organization":    "name email url",
}

func checkTerms(t *testing.T, file string, work map[string]any) {
	t.Helper()
	kind, _ := work["@type"].(string)
	terms := strings.Fields(schemaTerms[kind] + " @context @type @id")
	for key, value := range work {
		if !strings.Contains(" "+strings.Join(terms, " ")+" ", " "+key+" ") || schemaTerms[kind] == "" {
			t.Errorf("%s: a %q has no %q", file, kind, key)
		}
		if part, ok := value.(map[string]any); ok {
			checkTerms(t, file, part)
		}
		if parts, ok := value.([]any); ok {
			for _, part := range parts {
				checkTerms(t, file, part.(map[string]any))
			}
		}
	}
}

func TestWork(t *testing.T) {
	b := buildSite(t, replaced(), "2026-06-15", Options{})
	for file := range b {
		if path.Ext(file) == ".html" {
			if w := b.work(t, file); w != nil {
				checkTerms(t, file, w)
			}
		}
	}
	const site = "https://legal.example.com/texts/"
	document := map[string]any{"@type": "DigitalDocument", "@id": site + "terms/", "name": "Terms"}
	publisher := map[string]any{"@type": "Organization", "name": "Example Ltd", "email": "legal@example.com"}
	part := map[string]any{"@type": "WebSite", "@id": site, "name": "Example Legal"}
	number := func(n string) map[string]any {
		return map[string]any{"@type": "DigitalDocument", "@id": site + "terms/" + n + "/", "version": n}
	}
	encoding := func(file string) []any {
		media := func(kind, ending string) map[string]any {
			return map[string]any{"@type": "MediaObject", "encodingFormat": kind, "contentUrl": site + "terms/" + file + ending}
		}
		return []any{media("text/markdown", ".md"), media("text/plain", ".txt")}
	}
	for _, c := range []struct {
		day, file string
		want      map[string]any
	}{
		{"2026-06-15", "terms/index.html", map[string]any{"@context": "https://schema.org", "@type": "DigitalDocument", "@id": site + "terms/", "url": site + "terms/",
			"name": "Terms", "inLanguage": "en", "version": "1.1.1", "creativeWorkStatus": "Published", "datePublished": "2025-07", "dateModified": "2025-12-01",
			"temporalCoverage": "2026-02-10/2026-08-31", "publisher": publisher, "isPartOf": part, "workExample": number("1.1.1"), "encoding": encoding("terms")}},
		{"2026-09-01", "terms/1.0.0/index.html", map[string]any{"@context": "https://schema.org", "@type": "DigitalDocument", "@id": site + "terms/1.0.0/", "url": site + "terms/1.0.0/",
			"name": "Terms", "inLanguage": "en", "version": "1.0.0", "creativeWorkStatus": "Obsolete", "datePublished": "2025-07",
			"temporalCoverage": "2025-07/2025-12-31", "publisher": publisher, "isPartOf": part, "exampleOfWork": document, "encoding": encoding("1.0.0/terms-1.0.0")}},
		{"2026-09-01", "terms/2.0.0/index.html", map[string]any{"@context": "https://schema.org", "@type": "DigitalDocument", "@id": site + "terms/2.0.0/", "url": site + "terms/2.0.0/",
			"name": "Terms", "inLanguage": "en", "version": "2.0.0", "creativeWorkStatus": "Published", "datePublished": "2026-06-01",
			"temporalCoverage": "2026-09-01/..", "publisher": publisher, "isPartOf": part, "exampleOfWork": document, "isBasedOn": number("1.1.1"), "encoding": encoding("2.0.0/terms-2.0.0")}},
		{"2026-09-01", "index.html", map[string]any{"@context": "https://schema.org", "@type": "WebSite", "@id": site, "url": site, "name": "Example Legal",
			"inLanguage": "en", "publisher": publisher}},
		{"2026-09-01", "terms/changes/index.html", nil},
	} {
		if diff := cmp.Diff(c.want, buildSite(t, content(), c.day, Options{}).work(t, c.file)); diff != "" {
			t.Errorf("%s on %s: -want +got\n%s", c.file, c.day, diff)
		}
	}
}

// What an editor types into a title ends no data block.
func TestHostileWork(t *testing.T) {
	files := content()
	f := files["terms/versions/1.1.1/index.md"]
	f.Data = []byte(strings.Replace(string(f.Data), "title: Terms", `title: "</script><script>alert(1)</script><!-- \"&"`, 1))
	b := buildSite(t, files, "2026-06-15", Options{})
	if got := b.work(t, "terms/index.html")["name"]; got != `</script><script>alert(1)</script><!-- "&` {
		t.Errorf("the name is %q", got)
	}
	if n := len(find(b.page(t, "terms/index.html"), "script[type=][src=]")); n != 0 {
		t.Errorf("%d scripts in the page", n)
	}
}

func TestShare(t *testing.T) {
	b := buildSite(t, content(), "2026-06-15", Options{})
	get := func(file string) map[string]string {
		out := map[string]string{}
		for _, n := range find(b.page(t, file), "meta") {
			if p := attribute(n, "property"); p != "" {
				out[p] = attribute(n, "content")
			}
		}
		return out
	}
	const site = "https://legal.example.com/texts/"
	for file, want := range map[string]map[string]string{
		"terms/index.html": {"og:type": "article", "og:title": "Terms", "og:url": site + "terms/", "og:site_name": "Example Legal", "og:locale": "en_US",
			"og:description":         "Terms of Example Ltd. Last Updated: December 1, 2025. Effective February 10, 2026.",
			"article:published_time": "2025-07-01T00:00:00-04:00", "article:modified_time": "2025-12-01T00:00:00-05:00"},
		"terms/1.1.0/index.html": {"og:type": "article", "og:title": "Version 1.1.0 – Terms", "og:url": site + "terms/1.1.0/", "og:site_name": "Example Legal", "og:locale": "en_US",
			"og:description":         "Terms of Example Ltd. Last Updated: December 1, 2025. Effective January 1, 2026.",
			"article:published_time": "2025-12-01T00:00:00-05:00"},
		"index.html": {"og:type": "website", "og:title": "Example Legal", "og:url": site, "og:site_name": "Example Legal", "og:locale": "en_US",
			"og:description": "The legal documents of Example Ltd: what applies now, what applied before, and what changed."},
		"404.html":                   {},
		"policy/upcoming/index.html": {},
	} {
		if diff := cmp.Diff(want, get(file)); diff != "" {
			t.Errorf("%s: -want +got\n%s", file, diff)
		}
	}
	for tag, want := range map[string]string{"en": "en_US", "en-GB": "en_GB", "de": "de_DE", "pt-BR": "pt_BR", "zh-Hant": "zh_TW", "eo": "eo"} {
		if got := locale(tag); got != want {
			t.Errorf("locale(%q) = %q, want %q", tag, got, want)
		}
	}
}
