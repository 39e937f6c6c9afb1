package site

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// A section's page tells what each version did to it, whatever it was called.
func TestSectionPage(t *testing.T) {
	b := buildSite(t, content(), "2026-06-15", Options{})
	for _, c := range []struct{ file, selector, want string }{
		{"terms/sections/fees/index.html", ".section-steps h2", "Version 2.0.0\nVersion 1.1.0\nVersion 1.0.0"},
		{"terms/sections/usage/index.html", ".section-steps h2", "Version 2.0.0\nVersion 1.0.0"},
		{"terms/sections/usage/index.html", "h1", "Usage"},
		{"terms/sections/usage/index.html", ".tag", "Upcoming"},
		{"terms/sections/opening_text/index.html", ".section-steps h2", "Version 1.1.1\nVersion 1.0.0"},
		{"terms/sections/use/index.html", ".message > p", "The section “use” is now “usage”.\nHistory of this section"},
	} {
		if got := b.text(t, c.file, c.selector); got != c.want {
			t.Errorf("%s: %s reads %q, want %q", c.file, c.selector, got, c.want)
		}
	}
	if got := b.text(t, "terms/sections/fees/index.html", ".excerpt ins"); !strings.Contains(got, "14") {
		t.Errorf("inserted is %q", got)
	}
	if got := attribute(find(b.page(t, "terms/sections/usage/index.html"), "header .actions a")[0], "href"); got != "../../index.html#use" {
		t.Errorf("what the section says now is at %q, want it at the id that it has in force", got)
	}
}

// A section to which much happened has a page for each year, and a release rewrites
// only the newest.
func TestSectionLong(t *testing.T) {
	b, next := buildSite(t, longHistory(130), "2026-01-01", Options{}), buildSite(t, longHistory(131), "2026-01-01", Options{})
	const dir = "terms/sections/opening_text/"
	steps := func(file string) int { return len(find(b.page(t, file), ".section-steps > section")) }
	if got := steps(dir + "index.html"); got != sectionNewest {
		t.Errorf("the section's page has %d steps, want %d", got, sectionNewest)
	}
	all := 0
	for _, year := range []string{"2020", "2021", "2022", "2023", "2024"} {
		all += steps(dir + year + "/index.html")
	}
	if all != 130 {
		t.Errorf("the years have %d steps, want 130", all)
	}
	for _, year := range []string{"2020", "2021", "2022", "2023"} {
		if file := dir + year + "/index.html"; !bytes.Equal(b[file], next[file]) {
			t.Errorf("a release in 2024 rewrites %s", file)
		}
	}
	if got := b.text(t, dir+"2021/index.html", "#version_1.30.0 .excerpt"); got != "You pay 2930 euros." {
		t.Errorf("what 1.30.0 changed is %q", got)
	}
	checkLinks(t, b)
}

// A release rewrites the pages of the sections that it changes, and no others.
func TestSectionReleased(t *testing.T) {
	files := content()
	before := buildSite(t, files, "2026-10-01", Options{})
	for name, f := range content() {
		if rest, ok := strings.CutPrefix(name, "terms/versions/2.0.0/"); ok {
			text := strings.NewReplacer("version: 2.0.0\npublished: 2026-06-01\neffective: 2026-09-01", "version: 2.1.0\neffective: 2026-09-20", "14 days", "7 days").Replace(string(f.Data))
			files["terms/versions/2.1.0/"+rest] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	after := buildSite(t, files, "2026-10-01", Options{})
	for file, data := range before {
		if strings.HasPrefix(file, "terms/sections/") && !bytes.Equal(data, after[file]) != strings.Contains(file, "/fees/") {
			t.Errorf("%s is what it was: %v", file, bytes.Equal(data, after[file]))
		}
	}
}

// A section that comes back goes on, one that gets the id of another that is gone too.
func TestSectionComesBack(t *testing.T) {
	files := fstest.MapFS{"site.yaml": {Data: []byte(siteYAML)}}
	for i, sections := range []map[string]string{
		{"a": "Alpha beta gamma.", "b": "Delta epsilon zeta."},
		{"b": "Delta epsilon zeta."},
		{"a": "Alpha beta gamma, again.", "b": "Delta epsilon zeta."},
		{"b": "Delta epsilon zeta."},
		{"a": "Delta epsilon zeta.", "was": "b"},
	} {
		dir := fmt.Sprintf("terms/versions/1.%d.0/", i)
		files[dir+"index.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: Terms\nversion: 1.%d.0\neffective: 202%d-01-01\nsummary: x\n---\n", i, i)}
		for id, text := range sections {
			if id == "was" {
				continue
			}
			was := ""
			if sections["was"] != "" {
				was = "was: [b]\n"
			}
			files[dir+id+".md"] = &fstest.MapFile{Data: []byte("---\ntitle: Title of " + text[:1] + "\nid: " + id + "\n" + was + "---\n" + text + "\n")}
		}
	}
	b := buildSite(t, files, "2026-01-01", Options{})
	if got := b.text(t, "terms/sections/a/index.html", ".section-steps h2"); got != "Version 1.3.0\nVersion 1.2.0\nVersion 1.1.0\nVersion 1.0.0\nVersion 1.0.0" {
		t.Errorf("the steps of a are %q", got)
	}
	if got := b.text(t, "terms/sections/b/index.html", ".message > p"); !strings.Contains(got, "is now “a”") {
		t.Errorf("the page of b says %q", got)
	}
	checkLinks(t, b)
}
