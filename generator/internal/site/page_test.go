package site

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// TestSince: a section says in one line what became of it, and nothing while the
// document has no history.
func TestSince(t *testing.T) {
	files := content()
	for _, c := range []struct{ day, file, want string }{
		{"2026-09-01", "terms/1.0.0/index.html", ""},
		{"2026-09-01", "terms/1.1.1/index.html", "Last changed in 1.1.0, January 1, 2026\nUnchanged since 1.0.0, July 2025\nUnchanged since 1.0.0, July 2025"},
		{"2026-09-01", "terms/index.html", "Unchanged since 1.0.0, July 2025\nLast changed in 2.0.0, September 1, 2026\nLast changed in 2.0.0, September 1, 2026"},
	} {
		if got := buildSite(t, files, c.day, Options{}).text(t, c.file, ".since"); got != c.want {
			t.Errorf("on %s %s says %q, want %q", c.day, c.file, got, c.want)
		}
	}
}

// TestLatest: the summary of the last material change is on the page of the version
// that made it and of the correction that kept it, and not before.
func TestLatest(t *testing.T) {
	b := buildSite(t, content(), "2026-06-15", Options{})
	for file, want := range map[string]string{
		"terms/1.0.0/index.html":    "",
		"terms/1.1.0/index.html":    "What version 1.1.0 changed on January 1, 2026 Pay sooner. See every change",
		"terms/1.1.1/index.html":    "What version 1.1.0 changed on January 1, 2026 Pay sooner. See every change",
		"terms/index.html":          "What version 1.1.0 changed on January 1, 2026 Pay sooner. See every change",
		"terms/upcoming/index.html": "What version 2.0.0 changes from September 1, 2026 Read it anew. See every change",
	} {
		if got := b.text(t, file, "details.latest"); got != want {
			t.Errorf("%s says %q, want %q", file, got, want)
		}
		for _, a := range find(b.page(t, file), "details.latest a") {
			if got := attribute(a, "href"); !strings.HasSuffix(got, "changes/"+map[bool]string{true: "2.0.0", false: "1.1.0"}[strings.Contains(file, "upcoming")]+"/index.html") {
				t.Errorf("%s leads to %q", file, got)
			}
		}
	}
}

// TestUntil: pages name the day of the next version and the zone whose days count, and
// no number of days, which would be wrong on the next.
func TestUntil(t *testing.T) {
	b := buildSite(t, content(), "2026-06-15", Options{})
	for file, want := range map[string]int{"terms/index.html": 1, "terms/upcoming/index.html": 1, "terms/2.0.0/index.html": 1, "terms/1.1.1/index.html": 0} {
		found := find(b.page(t, file), "[data-until=2026-09-01][data-zone=America/New_York]")
		if len(found) != want {
			t.Errorf("%s names the day %d times, want %d", file, len(found), want)
		}
		for _, n := range found {
			if n.FirstChild != nil {
				t.Errorf("%s says %q", file, words(n))
			}
		}
	}
}

// TestCitation: a page says how it is cited, and on paper what it is.
func TestCitation(t *testing.T) {
	b := buildSite(t, content(), "2026-09-01", Options{Drafts: true})
	for file, want := range map[string][3]string{
		"terms/index.html":       {"Terms, Version 2.0.0", "https://legal.example.com/texts/terms/2.0.0/", "Terms, Version 2.0.0 · https://legal.example.com/texts/terms/2.0.0/"},
		"terms/1.0.0/index.html": {"Terms, Version 1.0.0", "https://legal.example.com/texts/terms/1.0.0/", "Terms, Version 1.0.0 · https://legal.example.com/texts/terms/1.0.0/"},
	} {
		root := b.page(t, file)
		article := find(root, "article")[0]
		got := [3]string{attribute(article, "data-name"), attribute(article, "data-permanent"), attribute(find(root, "html")[0], "data-foot")}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
}

func TestMinutes(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       int
	}{
		{"nothing", "", 0},
		{"few words", strings.Repeat("word ", 99), 0},
		{"half a minute", strings.Repeat("word ", 100), 1},
		{"words and signs", strings.Repeat("don't stop – now\n", 600), 9},
		{"Arabic", strings.Repeat("كلمة ", 400), 2},
		{"Japanese", strings.Repeat("個人情報の取り扱い。", 400), 9},
		{"Thai", strings.Repeat("ข้อมูลส่วน", 300), 3},
		{"both", strings.Repeat("利用者は Service を使う。", 400), 9},
	} {
		text, _ := legal.Parse([]byte(c.text), "a.md", 1)
		if got := (&document{lengths: map[*legal.Text]length{}}).minutes(&legal.Version{Sections: []*legal.Section{{Body: text}}}); got != c.want {
			t.Errorf("%s: %d minutes, want %d", c.name, got, c.want)
		}
	}
}
