package site

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// The page has a period for each version that was in force or is to be: a month
// counts from its first day, and a version that never applied has none.
func TestOnPage(t *testing.T) {
	files := content()
	for name, f := range content() {
		if rest, ok := strings.CutPrefix(name, "terms/versions/2.0.0/"); ok {
			text := strings.NewReplacer("version: 2.0.0\npublished: 2026-06-01", "version: 2.0.1\npublished: 2026-06-05", "Read it anew.", "A slip.").Replace(string(f.Data))
			files["terms/versions/2.0.1/"+rest] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	b := buildSite(t, files, "2026-06-15", Options{})
	const file = "terms/on/index.html"
	want := "from September 1, 2026 Version 2.0.1 Upcoming\n" +
		"February 10, 2026 – August 31, 2026 Version 1.1.1 In force\n" +
		"January 1, 2026 – February 9, 2026 Version 1.1.0\n" +
		"July 1, 2025 – December 31, 2025 Version 1.0.0"
	if got := b.text(t, file, ".periods li"); got != want {
		t.Errorf("the periods are\n%s\nwant\n%s", got, want)
	}
	var from []string
	for _, a := range find(b.page(t, file), ".periods a") {
		from = append(from, attribute(a, "data-from")+" "+attribute(a, "href"))
	}
	if got := strings.Join(from, "\n"); got != "2026-09-01 ../2.0.1/index.html\n2026-02-10 ../1.1.1/index.html\n2026-01-01 ../1.1.0/index.html\n2025-07-01 ../1.0.0/index.html" {
		t.Errorf("the periods begin and lead to\n%s", got)
	}
	if got := b.text(t, file, "p.few"); got != "No version was in force before July 1, 2025." {
		t.Errorf("before the first version the page says %q", got)
	}
	if got := b.text(t, "policy/on/index.html", ".periods li"); got != "since April 1, 2026 Version 1.0.0 In force" {
		t.Errorf("the one period of a policy is %q", got)
	}
}

// Versions that went back to an earlier day end the periods of those that they replace.
func TestPeriodsGoBack(t *testing.T) {
	files := fstest.MapFS{"site.yaml": {Data: []byte(siteYAML)}}
	for i, day := range []string{"2024-01-01", "2024-06-01", "2024-03-01"} {
		files[fmt.Sprintf("terms/versions/1.%d.0/index.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"---\ntitle: Terms\nversion: 1.%d.0\neffective: %s\nsummary: Change %d.\n---\nYou pay %d euros.\n", i, day, i, i)}
	}
	b := buildSite(t, files, "2026-01-01", Options{})
	want := "since March 1, 2024 Version 1.2.0 In force\nJanuary 1, 2024 – February 29, 2024 Version 1.0.0"
	if got := b.text(t, "terms/on/index.html", ".periods li"); got != want {
		t.Errorf("the periods are\n%s\nwant\n%s", got, want)
	}
}

// Many periods are folded by year.
func TestOnPageLong(t *testing.T) {
	files := fstest.MapFS{"site.yaml": {Data: []byte(siteYAML)}}
	for i := range 60 {
		files[fmt.Sprintf("terms/versions/1.%d.0/index.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"---\ntitle: Terms\nversion: 1.%d.0\neffective: %d-%02d\nsummary: Change %d.\n---\nYou pay %d euros.\n", i, 2020+i/12, 1+i%12, i, i)}
	}
	b := buildSite(t, files, "2026-01-01", Options{})
	page := b.page(t, "terms/on/index.html")
	if got := b.text(t, "terms/on/index.html", "summary"); got != "2024\n2023\n2022\n2021\n2020" {
		t.Errorf("the years are %q", got)
	}
	if got := len(find(page, "details li")); got != 60 {
		t.Errorf("there are %d periods, want 60", got)
	}
}
