package site

import (
	"maps"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"golang.org/x/net/html"
)

func TestTimeMap(t *testing.T) {
	for _, c := range []struct{ day, want string }{
		{"2025-12-31", `<https://legal.example.com/texts/terms/>; rel="original",
<https://legal.example.com/texts/terms/timemap.link>; rel="self"; type="application/link-format"; from="Tue, 01 Jul 2025 04:00:00 GMT"; until="Tue, 01 Jul 2025 04:00:00 GMT",
<https://legal.example.com/texts/terms/1.0.0/>; rel="first last memento"; datetime="Tue, 01 Jul 2025 04:00:00 GMT"
`},
		{"2026-06-15", `<https://legal.example.com/texts/terms/>; rel="original",
<https://legal.example.com/texts/terms/timemap.link>; rel="self"; type="application/link-format"; from="Tue, 01 Jul 2025 04:00:00 GMT"; until="Tue, 10 Feb 2026 05:00:00 GMT",
<https://legal.example.com/texts/terms/1.0.0/>; rel="first memento"; datetime="Tue, 01 Jul 2025 04:00:00 GMT",
<https://legal.example.com/texts/terms/1.1.0/>; rel="memento"; datetime="Thu, 01 Jan 2026 05:00:00 GMT",
<https://legal.example.com/texts/terms/1.1.1/>; rel="last memento"; datetime="Tue, 10 Feb 2026 05:00:00 GMT"
`},
	} {
		files := content()
		got := string(buildSite(t, files, c.day, Options{})["terms/timemap.link"])
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.day, diff)
		}
	}
	b := buildSite(t, content(), "2026-02-01", Options{})
	if _, ok := b["policy/timemap.link"]; ok {
		t.Error("a document of which no version has applied has mementos")
	}
}

// replaced returns content in which 2.0.1 takes the place of 2.0.0 on its very day.
func replaced() fstest.MapFS {
	files := content()
	for name, f := range maps.Clone(files) {
		if rest, ok := strings.CutPrefix(name, "terms/versions/2.0.0/"); ok {
			text := strings.NewReplacer("version: 2.0.0\npublished: 2026-06-01", "version: 2.0.1\npublished: 2026-06-20", "Read it anew.", "A slip.").Replace(string(f.Data))
			files["terms/versions/2.0.1/"+rest] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return files
}

// A version that never applied is no memento, and one that is upcoming none yet.
func TestMementos(t *testing.T) {
	b := buildSite(t, replaced(), "2026-10-01", Options{})
	if got := string(b["terms/timemap.link"]); strings.Contains(got, "/2.0.0/") || !strings.Contains(got, "/2.0.1/") {
		t.Errorf("of 2.0.0, which 2.0.1 replaced, the TimeMap says\n%s", got)
	}
	for file, want := range map[string]bool{"terms/1.0.0/index.html": true, "terms/2.0.0/index.html": false, "terms/2.0.1/index.html": true} {
		page := b.page(t, file)
		if got := len(find(page, "link[rel=original]")) == 1 && len(find(page, "link[rel=timemap]")) == 1; got != want {
			t.Errorf("%s is a memento: %v, want %v", file, got, want)
		}
	}
	b = buildSite(t, content(), "2026-06-15", Options{})
	if page := b.page(t, "terms/2.0.0/index.html"); len(find(page, "link[rel=original]")) > 0 {
		t.Error("an upcoming version is a memento")
	}
}

// The relations of RFC 5829 lead from each text to its neighbours, its history and
// the version in force.
func TestRelations(t *testing.T) {
	files := content()
	for name, f := range content() {
		if rest, ok := strings.CutPrefix(name, "terms/versions/2.0.0/"); ok {
			files["terms/"+rest] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(f.Data), "14 days", "7 days"))}
		}
	}
	plain, drafts := buildSite(t, content(), "2026-06-15", Options{}), buildSite(t, files, "2026-06-15", Options{Drafts: true})
	for _, c := range []struct {
		b          built
		file, want string
	}{
		{plain, "terms/index.html", "predecessor-version 1.1.0 successor-version 2.0.0 version-history changes"},
		{plain, "terms/1.0.0/index.html", "successor-version 1.1.0 version-history changes latest-version terms"},
		{plain, "terms/1.1.0/index.html", "predecessor-version 1.0.0 successor-version 1.1.1 version-history changes latest-version terms"},
		{plain, "terms/upcoming/index.html", "predecessor-version 1.1.1 version-history changes latest-version terms"},
		{plain, "policy/1.0.0/index.html", "version-history changes"},
		{plain, "terms/changes/index.html", ""},
		{drafts, "terms/index.html", "predecessor-version 1.1.0 successor-version 2.0.0 version-history changes working-copy draft"},
		{drafts, "terms/draft/index.html", "working-copy-of 2.0.0"},
	} {
		day := c.b
		if strings.HasPrefix(c.file, "policy") {
			day = buildSite(t, content(), "2026-02-01", Options{})
		}
		if got := relationsOf(day.page(t, c.file), c.file); got != c.want {
			t.Errorf("%s has %q, want %q", c.file, got, c.want)
		}
	}
}

var version = regexp.MustCompile(`-version|-history|-copy`)

// relationsOf returns the relations between versions on a page, each with the last
// folder of where it leads to.
func relationsOf(page *html.Node, file string) string {
	var out []string
	for _, n := range find(page, "head > link") {
		rel := attribute(n, "rel")
		if !version.MatchString(rel) {
			continue
		}
		target := resolve(file, attribute(n, "href"))
		steps := strings.Split(strings.TrimSuffix(target, "/index.html"), "/")
		out = append(out, rel, steps[len(steps)-1])
	}
	return strings.Join(out, " ")
}
