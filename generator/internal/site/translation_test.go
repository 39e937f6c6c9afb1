package site

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// translated is content with its terms in German, of 1.0.0 and 1.1.0, and in Arabic, of
// 1.0.0 and, not before 2026-07-01, of 1.1.0.
func translated() fstest.MapFS {
	files := content()
	for name := range files {
		if strings.HasPrefix(name, "terms/versions/1.1.1/") {
			delete(files, name) // it would be known from the start
		}
	}
	write := func(tag, number, index string) {
		for _, dir := range []string{"terms/versions/" + tag + "/" + number + "/", "terms/"} {
			files[dir+"index."+tag+".md"] = &fstest.MapFile{Data: []byte("---\nversion: " + number + "\n" + index)}
			files[dir+"10-fees."+tag+".md"] = &fstest.MapFile{Data: []byte("---\ntitle: " + tag + " fees\n---\nGebühren " + number + ", see [use](20-use." + tag + ".md), [contact](30-contact.md) and [all](changes/).\n")}
			files[dir+"20-use."+tag+".md"] = &fstest.MapFile{Data: []byte("---\ntitle: " + tag + " use\n---\nNutzung, [policy](../policy/).\n")}
			files[dir+"30-contact."+tag+".md"] = &fstest.MapFile{Data: []byte("---\ntitle: " + tag + " contact\n---\n![Plan](map.svg)\n")}
			files[dir+"map.svg"] = &fstest.MapFile{Data: []byte("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")}
		}
	}
	write("de", "1.0.0", "title: Bedingungen\n---\nWorte.\n")
	write("de", "1.1.0", "title: Bedingungen\nsummary: Früher.\n---\nWorte.\n")
	write("ar", "1.0.0", "title: الشروط\n---\n")
	write("ar", "1.1.0", "title: الشروط\nsummary: x\npublished: 2026-07-01\n---\n")
	files["terms/index.md"] = files["terms/versions/2.0.0/index.md"]
	for _, name := range []string{"05-contact.md", "10-fees.md", "20-use.md", "data.txt"} {
		files["terms/"+name] = files["terms/versions/2.0.0/"+name]
	}
	return files
}

func TestTranslationAddresses(t *testing.T) {
	b := buildSite(t, translated(), "2026-06-15", Options{})
	for _, file := range []string{
		"terms/de/index.html", "terms/de/1.0.0/index.html", "terms/de/1.1.0/index.html", "terms/de/1.1.0/map.svg", "terms/de/upcoming/index.html",
		"terms/de/changes/index.html", "terms/de/changes/1.1.0/index.html", "terms/de/since/1.0.0/index.html", "terms/de/sections/fees/index.html",
		"terms/de/versions.json", "terms/de/feed.atom", "terms/de/feed.json", "terms/ar/1.0.0/index.html",
	} {
		if _, ok := b[file]; !ok {
			t.Errorf("there is no %s", file)
		}
	}
	for _, file := range []string{"terms/ar/1.1.0/index.html", "terms/de/2.0.0/index.html", "terms/1.0.0/index.de.md"} {
		if _, ok := b[file]; ok {
			t.Errorf("there is a %s", file)
		}
	}
	for _, day := range []string{"2025-07-01", "2026-06-15", "2026-07-01", "2026-09-01"} {
		checkLinks(t, buildSite(t, translated(), day, Options{}))
		checkLinks(t, buildSite(t, translated(), day, Options{Drafts: true}))
	}
}

func TestTranslationPage(t *testing.T) {
	b := buildSite(t, translated(), "2026-06-15", Options{})
	for _, c := range []struct{ file, lang, dir string }{
		{"terms/index.html", "en", ""}, {"terms/de/index.html", "de", ""}, {"terms/ar/index.html", "ar", "rtl"}, {"terms/de/changes/1.1.0/index.html", "de", ""},
	} {
		root := find(b.page(t, c.file), "html")[0]
		if lang, dir := attribute(root, "lang"), attribute(root, "dir"); lang != c.lang || dir != c.dir {
			t.Errorf("%s is in %q %q, want %q %q", c.file, lang, dir, c.lang, c.dir)
		}
	}
	if got := b.text(t, "terms/de/index.html", "#fees h2"); got != "de fees" {
		t.Errorf("the section with the original's id is %q", got)
	}
	var links []string
	for _, a := range find(b.page(t, "terms/de/1.1.0/index.html"), ".text a") {
		if !strings.Contains(attribute(a, "href"), "sections") && attribute(a, "class") == "" {
			links = append(links, attribute(a, "href"))
		}
	}
	if want := []string{"#use", "#contact", "../changes/index.html", "../../../policy/index.html"}; !slices.Equal(links, want) {
		t.Errorf("the links are %q, want %q", links, want)
	}
}

// A page names the same page in every language that has it, and itself.
func TestAlternates(t *testing.T) {
	b := buildSite(t, translated(), "2026-06-15", Options{})
	const site = "https://legal.example.com/texts/"
	for file, want := range map[string]map[string]string{
		"terms/index.html":                  {"en": "terms/", "x-default": "terms/", "de": "terms/de/", "ar": "terms/ar/"},
		"terms/ar/index.html":               {"en": "terms/", "x-default": "terms/", "de": "terms/de/", "ar": "terms/ar/"},
		"terms/1.1.0/index.html":            {"en": "terms/1.1.0/", "x-default": "terms/1.1.0/", "de": "terms/de/1.1.0/"},
		"terms/de/1.0.0/index.html":         {"en": "terms/1.0.0/", "x-default": "terms/1.0.0/", "de": "terms/de/1.0.0/", "ar": "terms/ar/1.0.0/"},
		"terms/de/changes/index.html":       {"en": "terms/changes/", "x-default": "terms/changes/", "de": "terms/de/changes/", "ar": "terms/ar/changes/"},
		"terms/sections/fees/index.html":    {"en": "terms/sections/fees/", "x-default": "terms/sections/fees/", "de": "terms/de/sections/fees/", "ar": "terms/ar/sections/fees/"},
		"terms/2.0.0/index.html":            {},
		"terms/de/changes/1.1.0/index.html": {},
		"policy/index.html":                 {},
	} {
		got := map[string]string{}
		for _, l := range find(b.page(t, file), "link[rel=alternate]") {
			if lang := attribute(l, "hreflang"); lang != "" {
				got[lang] = strings.TrimPrefix(attribute(l, "href"), site)
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s has the alternates %v, want %v", file, got, want)
		}
	}
	for file, want := range map[string]string{
		"terms/1.1.0/index.html":            "ar ../ar/index.html\nde ../de/1.1.0/index.html\nen",
		"terms/de/changes/1.1.0/index.html": "ar ../../../ar/index.html\nde\nen ../../../index.html",
		"policy/index.html":                 "",
	} {
		var got []string
		for _, l := range find(b.page(t, file), "nav.languages > *") {
			got = append(got, strings.TrimSpace(attribute(l, "lang")+" "+attribute(l, "href")))
		}
		slices.Sort(got)
		if strings.Join(got, "\n") != want {
			t.Errorf("%s leads to %q, want %q", file, got, want)
		}
	}
	sitemap := string(b["sitemap.xml"])
	if n := strings.Count(sitemap, "<loc>"+site+"terms/"); n != 6 {
		t.Errorf("the sitemap has %d pages of the terms, want two in each of three languages", n)
	}
	if n := strings.Count(sitemap, `hreflang="ar"`); n != 6 {
		t.Errorf("the sitemap names the Arabic pages %d times", n)
	}
	if got := b.text(t, "index.html", "p.languages"); got != "العربية · Deutsch" {
		t.Errorf("the index lists %q", got)
	}
}

// A translation that lags says so, and leads to the newer original and its redline.
func TestLag(t *testing.T) {
	for _, c := range []struct{ day, file, want, links string }{
		{"2025-12-31", "terms/de/index.html", "", ""},
		{"2026-01-01", "terms/de/index.html", "", ""},
		{"2026-01-01", "terms/ar/index.html", "1.1.0", "../index.html ../since/1.0.0/index.html"},
		{"2026-01-01", "terms/ar/1.0.0/index.html", "1.1.0", "../../index.html ../../since/1.0.0/index.html"},
		{"2026-07-01", "terms/ar/index.html", "", ""},
		{"2026-09-01", "terms/ar/index.html", "2.0.0", "../index.html ../since/1.1.0/index.html"},
		{"2026-09-01", "terms/de/index.html", "2.0.0", "../index.html ../since/1.1.0/index.html"},
		{"2026-09-01", "terms/de/1.0.0/index.html", "", ""},
		{"2026-09-01", "terms/index.html", "", ""},
	} {
		b := buildSite(t, translated(), c.day, Options{})
		if got := b.text(t, c.file, ".lagging"); strings.Contains(got, c.want) != (c.want != "") && got != c.want {
			t.Errorf("on %s %s says %q", c.day, c.file, got)
		}
		var links []string
		for _, a := range find(b.page(t, c.file), ".lagging a") {
			links = append(links, attribute(a, "href"))
		}
		if got := strings.Join(links, " "); got != c.links {
			t.Errorf("on %s %s leads to %q, want %q", c.day, c.file, got, c.links)
		}
	}
}

func TestPrevails(t *testing.T) {
	for _, c := range []struct{ site, index, file, want string }{
		{"", "", "terms/de/index.html", ""},
		{"en", "", "terms/de/index.html", "../index.html"},
		{"en", "", "terms/de/changes/index.html", "../../changes/index.html"},
		{"en", "", "terms/index.html", ""},
		{"en", "", "policy/index.html", ""},
		{"de", "", "terms/index.html", "de/index.html"},
		{"en", "de", "terms/index.html", "de/index.html"},
		{"en", "de", "terms/ar/1.0.0/index.html", "../../de/1.0.0/index.html"},
	} {
		files := translated()
		if c.site != "" {
			files["site.yaml"] = &fstest.MapFile{Data: append([]byte(siteYAML), "prevails: "+c.site+"\n"...)}
		}
		if c.index != "" {
			const in = "terms/versions/1.1.0/index.md"
			files[in] = &fstest.MapFile{Data: []byte(strings.Replace(string(files[in].Data), "title:", "prevails: "+c.index+"\ntitle:", 1))}
		}
		b := buildSite(t, files, "2026-06-15", Options{})
		got := ""
		for _, a := range find(b.page(t, c.file), ".prevails a") {
			got = attribute(a, "href")
		}
		if got != c.want {
			t.Errorf("with %q and %q %s leads to %q as the text that prevails, want %q", c.site, c.index, c.file, got, c.want)
		}
	}
}

func TestTranslationRecord(t *testing.T) {
	b := buildSite(t, translated(), "2026-06-15", Options{})
	var r Record
	if err := json.Unmarshal(b["terms/de/versions.json"], &r); err != nil {
		t.Fatal(err)
	}
	if r.Document != "terms/de" || r.Language != "de" || len(r.Versions) != 2 || r.Versions[0].Of != "1.1.0" || !strings.Contains(r.Versions[0].URL, "/terms/de/1.1.0/") {
		t.Errorf("the record is %+v", r)
	}
	var got []string
	for _, l := range r.Languages {
		got = append(got, l.Language+" "+*l.InForce+" "+l.Of+" "+l.Record)
	}
	const site = "https://legal.example.com/texts/terms/"
	if want := []string{"en 1.1.0  " + site + "versions.json", "ar 1.0.0 1.0.0 " + site + "ar/versions.json", "de 1.1.0 1.1.0 " + site + "de/versions.json"}; !slices.Equal(got, want) {
		t.Errorf("the record has the texts %q, want %q", got, want)
	}
	if page := string(b["terms/de/1.1.0/index.html"]); !strings.Contains(page, `"translationOfWork":{"@type":"DigitalDocument","@id":"`+site+`1.1.0/"`) {
		t.Error("search engines are not told of what the text is a translation")
	}
	if strings.Contains(string(b["policy/versions.json"]), "languages") {
		t.Error("the record of a document in one language tells of languages")
	}
}

func TestLanguageNames(t *testing.T) {
	for _, c := range []struct{ tags, want string }{
		{"en-GB de ar ja", "English Deutsch العربية 日本語"},
		{"pt-PT pt-BR", "português europeu|português (Brasil)"},
		{"zh-Hans zh-Hant", "简体中文 繁體中文"},
		{"tlh", "tlh"},
	} {
		want := strings.Fields(c.want)
		if strings.Contains(c.want, "|") {
			want = strings.Split(c.want, "|")
		}
		if got := selfNames(strings.Fields(c.tags)); !slices.Equal(got, want) {
			t.Errorf("the names of %s are %q, want %q", c.tags, got, want)
		}
	}
	for _, c := range []struct{ words, tag, want string }{{"de", "en-GB", "Englisch"}, {"fr", "de", "allemand"}, {"ar", "en", "الإنجليزية"}, {"en", "tlh", "Klingon"}, {"xx", "de", "German"}} {
		if got := nameIn(WordsIn(c.words), c.tag); got != c.want {
			t.Errorf("in %s %s is %q, want %q", c.words, c.tag, got, c.want)
		}
	}
}
