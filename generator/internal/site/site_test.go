package site

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/tree"
	"github.com/nanoprompt/codicil/templates"
)

const siteYAML = "title: Example Legal\nurl: https://legal.example.com/texts\norganisation: Example Ltd\ncontact: legal@example.com\ntimezone: America/New_York\n"

// content is a library with one history that has everything in it.
func content() fstest.MapFS {
	files := map[string]string{
		"site.yaml":                     siteYAML,
		"terms/versions/1.0.0/index.md": "---\ntitle: Terms\nversion: 1.0.0\neffective: 2025-07\n---\nOpening words. See [fees](#fees) and the\n[policy](../policy/), or [the file](data.txt).\n",
		"terms/versions/1.0.0/10-fees.md": "---\ntitle: Fees\nid: fees\n---\nFees are due in 30 days. Pay [here](https://pay.example/old).\n\n## Late *fees*\n\n" +
			"1. First reminder.\n2. Second reminder.\n3. Third reminder.\n\n| What | Due |\n|---|--:|\n| Invoice | 30 days |\n| Refund | 10 days |\n",
		"terms/versions/1.0.0/20-use.md":     "---\ntitle: Use\n---\nUse it well[^1].\n\n[^1]: As a careful person would.\n\n- [x] done\n- [ ] open\n\nTerm\n: What it means.\n",
		"terms/versions/1.0.0/30-contact.md": "---\ntitle: Contact\n---\nWrite to <legal@example.com>. ![A map](map.svg) <b>raw</b> [bad](javascript:alert(1)) a<br>b\n",
		"terms/versions/1.0.0/data.txt":      "data\n",
		"terms/versions/1.0.0/map.svg":       "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
		"policy/versions/1.0.0/index.md":     "---\ntitle: Policy\nversion: 1.0.0\npublished: 2026-01-15\neffective: 2026-04-01\n---\nSome policy.\n",
	}
	next := func(from, to string, edits ...string) {
		dir := "terms/versions/" + from + "/"
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if rest, ok := strings.CutPrefix(name, dir); ok {
				text := strings.NewReplacer(edits...).Replace(files[name])
				files["terms/versions/"+to+"/"+rest] = text
			}
		}
	}
	next("1.0.0", "1.1.0", "version: 1.0.0\neffective: 2025-07", "version: 1.1.0\npublished: 2025-12-01\neffective: 2026-01-01\nsummary: Pay *sooner*.",
		"30 days", "14 days", "pay.example/old", "pay.example/new", "2. Second reminder.\n", "")
	next("1.1.0", "1.1.1", "version: 1.1.0\npublished: 2025-12-01\neffective: 2026-01-01\nsummary: Pay *sooner*.", "version: 1.1.1\neffective: 2026-02-10\nsummary: A slip.",
		"Opening words", "Opening word")
	next("1.1.1", "2.0.0", "version: 1.1.1\neffective: 2026-02-10\nsummary: A slip.", "version: 2.0.0\npublished: 2026-06-01\neffective: 2026-09-01\nsummary: Read it anew.",
		"title: Use\n", "title: Usage\nid: usage\nwas: [use]\n", "| What | Due |\n|---|--:|", "| What | Note | Due |\n|---|---|--:|", "| Invoice |", "| Invoice | new |", "| Refund |", "| Refund | |")
	files["terms/versions/2.0.0/05-contact.md"] = files["terms/versions/2.0.0/30-contact.md"]
	delete(files, "terms/versions/2.0.0/30-contact.md")
	out := fstest.MapFS{}
	for name, data := range files {
		out[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return out
}

// A built is a site's files.
type built map[string][]byte

func buildSite(t testing.TB, files fstest.MapFS, day string, opts Options) built {
	t.Helper()
	lib, problems, err := legal.Open(files, "content")
	if err != nil || legal.Fatal(problems) {
		t.Fatal(err, problems)
	}
	d, err := legal.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(lib, d, opts)
	if err != nil {
		t.Fatal(err)
	}
	out := built{}
	var entries []Entry
	for _, name := range lib.Documents {
		doc, _, err := legal.Load(lib, name)
		if err != nil {
			t.Fatal(err)
		}
		entry, _, err := b.Document(doc, func(string, legal.Number) string { return "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }, Reuse{}, func(files *tree.Tree) error {
			for _, p := range files.Paths() {
				if _, twice := out[p]; twice {
					t.Errorf("%s is made twice", p)
				}
				out[p], _ = files.Get(p)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, entry)
	}
	index, err := b.Index(entries)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range index.Paths() {
		out[p], _ = index.Get(p)
	}
	return out
}

func (b built) page(t testing.TB, file string) *html.Node {
	t.Helper()
	data, ok := b[file]
	if !ok {
		t.Fatalf("there is no %s", file)
	}
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// text returns the words that selector finds on a page, one line an element.
func (b built) text(t testing.TB, file, selector string) string {
	t.Helper()
	var lines []string
	for _, n := range find(b.page(t, file), selector) {
		lines = append(lines, words(n))
	}
	return strings.Join(lines, "\n")
}

func TestAddresses(t *testing.T) {
	b := buildSite(t, content(), "2026-06-15", Options{})
	want := []string{
		"404.html", "index.html", "robots.txt", "sitemap.xml",
		"terms/index.html", "terms/upcoming/index.html", "terms/changes/index.html",
		"terms/versions.json", "terms/versions.schema.json", "terms/feed.atom", "terms/feed.json", "terms/timemap.link",
		"terms/1.0.0/data.txt", "terms/2.0.0/map.svg",
	}
	for _, n := range []string{"1.0.0", "1.1.0", "1.1.1", "2.0.0"} {
		want = append(want, "terms/"+n+"/index.html", "terms/changes/"+n+"/index.html", "terms/since/"+n+"/index.html")
	}
	for _, file := range want {
		if _, ok := b[file]; !ok {
			t.Errorf("there is no %s", file)
		}
	}
	assets := 0
	for file := range b {
		if strings.HasPrefix(file, "assets/") {
			assets++
		}
		if strings.Contains(file, "draft") {
			t.Errorf("a draft is published: %s", file)
		}
	}
	if entries, err := fs.ReadDir(templates.Files, "assets"); err != nil || assets != len(entries)+1 {
		t.Errorf("%d assets, want the style sheet and %d files: %v", assets, len(entries), err)
	}
}

// An address that was published once has a page on every later day.
func TestAddressesStay(t *testing.T) {
	before := built{}
	for _, day := range []string{"2025-06-30", "2025-07-01", "2025-12-01", "2026-01-01", "2026-02-10", "2026-06-01", "2026-09-01", "2030-01-01"} {
		b := buildSite(t, content(), day, Options{})
		for file := range before {
			if _, ok := b[file]; !ok && !strings.HasPrefix(file, "assets/") {
				t.Errorf("%s: %s is gone", day, file)
			}
		}
		before = b
	}
}

func TestDays(t *testing.T) {
	for _, c := range []struct{ day, notice, upcoming, text string }{
		{"2025-07-01", "Last Updated: July 2025 · Effective July 2025 · Version 1.0.0", "", "30 days"},
		{"2025-11-30", "Last Updated: July 2025 · Effective July 2025 · Version 1.0.0", "", "30 days"},
		{"2025-12-01", "Last Updated: July 2025 · Effective July 2025 · Version 1.0.0", "A new version applies from January 1, 2026.", "30 days"},
		{"2025-12-31", "Last Updated: July 2025 · Effective July 2025 · Version 1.0.0", "A new version applies from January 1, 2026.", "30 days"},
		{"2026-01-01", "Last Updated: December 1, 2025 · Effective January 1, 2026 · Version 1.1.0", "", "14 days"},
		{"2026-02-10", "Last Updated: December 1, 2025 · Effective February 10, 2026 · Version 1.1.1", "", "14 days"},
		{"2026-08-31", "Last Updated: December 1, 2025 · Effective February 10, 2026 · Version 1.1.1", "A new version applies from September 1, 2026.", "14 days"},
		{"2026-09-01", "Last Updated: June 1, 2026 · Effective September 1, 2026 · Version 2.0.0", "", "14 days"},
	} {
		files := content()
		if c.day < "2026-02" { // 1.1.1 does not say when it was published: it is known as soon as it is frozen
			for _, name := range slices.Collect(maps.Keys(files)) {
				if strings.Contains(name, "/1.1.1/") || strings.Contains(name, "/2.0.0/") {
					delete(files, name)
				}
			}
		}
		b := buildSite(t, files, c.day, Options{})
		if got := b.text(t, "terms/index.html", ".notice"); got != c.notice {
			t.Errorf("%s: the notice is %q, want %q", c.day, got, c.notice)
		}
		if got := b.text(t, "terms/index.html", ".status.upcoming strong"); got != c.upcoming {
			t.Errorf("%s: announced is %q, want %q", c.day, got, c.upcoming)
		}
		if got := b.text(t, "terms/index.html", "#fees"); !strings.Contains(got, c.text) {
			t.Errorf("%s: the fees are %q, want %q in them", c.day, got, c.text)
		}
	}
}

// Links from the site's root to its documents work wherever the site is; any
// other is left alone.
func TestRootLinks(t *testing.T) {
	files := content()
	files["policy/versions/1.0.0/index.md"].Data = append(files["policy/versions/1.0.0/index.md"].Data,
		"\n[a](/terms/) [b](/terms#fees) [c](/terms/1.0.0) [d](/pricing) [e](//other.example/x) [f](/terms/feed.atom)\n"...)
	b := buildSite(t, files, "2026-06-25", Options{})
	var got []string
	for _, a := range find(b.page(t, "policy/1.0.0/index.html"), ".text a") {
		got = append(got, attribute(a, "href"))
	}
	want := []string{"../../terms/index.html", "../../terms/index.html#fees", "../../terms/1.0.0/index.html", "/pricing", "//other.example/x", "../../terms/feed.atom"}
	if !slices.Equal(got, want) {
		t.Errorf("the links are %q, want %q", got, want)
	}
}

// A version that another replaced before it applied is neither announced nor
// ever in force.
func TestReplacedBefore(t *testing.T) {
	files := content()
	for name, f := range maps.Clone(files) {
		if rest, ok := strings.CutPrefix(name, "terms/versions/2.0.0/"); ok {
			text := strings.NewReplacer("version: 2.0.0\npublished: 2026-06-01", "version: 2.0.1\npublished: 2026-06-20", "Read it anew.", "A slip.").Replace(string(f.Data))
			files["terms/versions/2.0.1/"+rest] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	b := buildSite(t, files, "2026-06-25", Options{})
	if got := b.text(t, "terms/index.html", ".status.upcoming strong"); got != "A new version applies from September 1, 2026." {
		t.Errorf("announced is %q", got)
	}
	if got := b.text(t, "terms/upcoming/index.html", ".notice"); !strings.Contains(got, "2.0.1") {
		t.Errorf("the upcoming version is %q", got)
	}
	for _, day := range []string{"2026-06-25", "2026-09-01"} {
		b := buildSite(t, files, day, Options{})
		if got := b.text(t, "terms/2.0.0/index.html", ".status"); !strings.HasPrefix(got, "This version never applied: version 2.0.1 took its place before.") {
			t.Errorf("%s: the page of 2.0.0 says %q", day, got)
		}
		if got := b.text(t, "terms/changes/index.html", "#version_2.0.0 .state"); got != "Replaced by 2.0.1 before it applied" {
			t.Errorf("%s: the changelog says %q", day, got)
		}
	}
}

func TestBeforeAnyVersion(t *testing.T) {
	b := buildSite(t, content(), "2026-01-20", Options{})
	if got := b.text(t, "policy/index.html", ".message > p"); !strings.Contains(got, "No version of this document is in force yet.") {
		t.Errorf("the page says %q", got)
	}
	if got := b.text(t, "policy/index.html", ".status.upcoming strong"); got != "A new version applies from April 1, 2026." {
		t.Errorf("announced is %q", got)
	}
	if got := b.text(t, "policy/upcoming/index.html", ".text"); got != "Some policy." {
		t.Errorf("upcoming is %q", got)
	}
	b = buildSite(t, content(), "2026-01-14", Options{})
	if _, ok := b["policy/1.0.0/index.html"]; ok {
		t.Error("a version is there before it was published")
	}
	if got := b.text(t, "index.html", ".documents h2"); got != "Terms" {
		t.Errorf("the index lists %q", got)
	}
}

func TestStatus(t *testing.T) {
	b := buildSite(t, content(), "2026-06-15", Options{})
	for _, c := range []struct{ file, selector, want string }{
		{"terms/1.0.0/index.html", ".status.superseded", "This version is no longer in force. It was superseded on January 1, 2026. Read the version in force"},
		{"terms/1.1.1/index.html", ".status.in-force", "This version is in force since February 10, 2026."},
		{"terms/2.0.0/index.html", ".status.upcoming", "This version is not in force yet. It applies from September 1, 2026. Read the version in force"},
		{"terms/upcoming/index.html", ".status.upcoming", "This version is not in force yet. It applies from September 1, 2026. Read the version in force"},
		{"policy/upcoming/index.html", ".message > p:first", "No new version is upcoming."},
		{"terms/since/1.1.1/index.html", ".message > p:first", "Nothing has changed since this version: it is the one in force."},
		{"terms/changes/1.0.0/index.html", ".message > p:first", "This is the first version. There is none before it to compare with."},
	} {
		if got := b.text(t, c.file, strings.TrimSuffix(c.selector, ":first")); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s says %q, want %q", c.file, got, c.want)
		}
	}
	for file, want := range map[string]bool{"terms/index.html": false, "terms/1.0.0/index.html": true, "terms/1.1.1/index.html": false, "terms/2.0.0/index.html": true,
		"terms/changes/1.1.0/index.html": false, "terms/changes/index.html": false, "terms/since/1.0.0/index.html": true, "404.html": true} {
		if got := len(find(b.page(t, file), "meta[name=robots]")) > 0; got != want {
			t.Errorf("%s: noindex is %v, want %v", file, got, want)
		}
	}
	// The page of a version names its neighbours and no other.
	page := string(b["terms/1.0.0/index.html"])
	for _, n := range []string{"1.1.1", "2.0.0"} {
		if strings.Contains(page, n) {
			t.Errorf("the page of 1.0.0 names %s", n)
		}
	}
}

// The changelog says of each version what kind of step it is, and of the first
// not that it changed something.
func TestChangelogFacts(t *testing.T) {
	b := buildSite(t, content(), "2026-06-15", Options{})
	for _, tt := range []struct{ anchor, want string }{
		{"version_1.0.0", "First version"},
		{"version_2.0.0", "New edition\nMaterial change"},
	} {
		got := b.text(t, "terms/changes/index.html", "#"+tt.anchor+" .facts span")
		if !strings.HasPrefix(got, tt.want+"\nPublished") {
			t.Errorf("of %s the changelog says %q, want %q first", tt.anchor, got, tt.want)
		}
	}
}

func TestVersionPage(t *testing.T) {
	b := buildSite(t, content(), "2026-09-01", Options{})
	root := b.page(t, "terms/index.html")
	for selector, want := range map[string]int{
		"h1": 1, "main": 1, "#usage > span#use": 1, "#fees > h2": 0, "#fees h2": 1, "#fees h3#fees-late-fees": 1,
		"#fees h3 em": 1, "#fees table thead th": 3, "#fees td.end": 2, "nav.contents a": 3,
		"a.anchor[href=#fees]": 1, "link[rel=version-history]": 1, "link[rel=predecessor-version]": 1,
		"#usage li#note_usage_1": 1, "#usage sup a[href=#note_usage_1]": 1, "#usage a[href=#ref_usage_1]": 1,
		"#usage input[type=checkbox]": 2, "#usage dl dt": 1, "#contact img[alt=A map]": 1, "#contact br": 1, "#contact b": 0,
		"meta[http-equiv=Content-Security-Policy]": 1, "script[type=][src=]": 0, "script[type=application/ld+json]": 1, "style": 0, "link[rel=stylesheet]": 1,
	} {
		if got := len(find(root, selector)); got != want {
			t.Errorf("%q finds %d elements, want %d", selector, got, want)
		}
	}
	if got := b.text(t, "terms/index.html", "#contact p"); got != "Write to legal@example.com. <b>raw</b> bad a b" {
		t.Errorf("the contact reads %q", got)
	}
	if got := attribute(find(root, "#contact img")[0], "src"); got != "2.0.0/map.svg" {
		t.Errorf("the picture is at %q", got)
	}
	if n := len(find(root, "#contact a")); n != 3 { // its anchor, its history, and the address
		t.Errorf("%d links in the contact, want none that is not safe", n)
	}
}

func TestRedlinePage(t *testing.T) {
	b := buildSite(t, content(), "2026-06-15", Options{})
	const file = "terms/changes/1.1.0/index.html"
	root := b.page(t, file)
	if got := b.text(t, file, ".contents li"); got != "Fees 2 words added, 4 removed, 1 link changed" && !strings.HasPrefix(got, "Fees ") {
		t.Errorf("the list of sections is %q", got)
	}
	if got := b.text(t, file, ".same a"); got != "Use\nContact" {
		t.Errorf("unchanged are %q", got)
	}
	if got := b.text(t, file, "#fees .note"); !strings.Contains(got, "[link changed: https://pay.example/old → https://pay.example/new]") {
		t.Errorf("the notes are %q", got)
	}
	if got := b.text(t, file, "#fees li"); got != "First reminder.\nSecond reminder.\nThird reminder." {
		t.Errorf("the items are %q", got)
	}
	if items := find(root, "#fees li"); attribute(items[2], "value") != "2" {
		t.Errorf("the third item's number is %q, want that of its own text", attribute(items[2], "value"))
	}
	if got := b.text(t, file, ".legend"); got != "How to read this: inserted text, deleted text, same words, other formatting." {
		t.Errorf("the legend reads %q", got)
	}
	if got := b.text(t, file, ".summary p"); got != "Pay sooner." {
		t.Errorf("the summary is %q", got)
	}
	if got := b.text(t, "terms/changes/2.0.0/index.html", ".contents li"); !strings.Contains(got, "renamed from “Use”") || !strings.Contains(got, "moved") {
		t.Errorf("the list of sections is %q", got)
	}
}

func TestDraft(t *testing.T) {
	files := content()
	for name, f := range content() {
		if rest, ok := strings.CutPrefix(name, "terms/versions/2.0.0/"); ok {
			files["terms/"+rest] = &fstest.MapFile{Data: bytes.ReplaceAll(f.Data, []byte("14 days"), []byte("7 days"))}
		}
	}
	plain, drafts := buildSite(t, content(), "2026-06-15", Options{}), buildSite(t, files, "2026-06-15", Options{})
	if !maps.EqualFunc(plain, drafts, bytes.Equal) {
		t.Error("a draft changes what is published")
	}
	drafts = buildSite(t, files, "2026-06-15", Options{Drafts: true})
	if got := drafts.text(t, "terms/draft/index.html", ".status.draft"); !strings.HasPrefix(got, "This is a draft.") {
		t.Errorf("the draft says %q", got)
	}
	if got := drafts.text(t, "terms/draft/index.html", "p.actions"); !strings.HasPrefix(got, "What would change") {
		t.Errorf("the draft's links are %q", got)
	}
	if got := drafts.text(t, "terms/draft/changes/index.html", "#fees ins"); !strings.Contains(got, "7") {
		t.Errorf("inserted is %q", got)
	}
	checkLinks(t, drafts)
}

func TestLinks(t *testing.T) {
	for _, day := range []string{"2025-07-01", "2026-01-20", "2026-06-15", "2026-09-01"} {
		checkLinks(t, buildSite(t, content(), day, Options{}))
	}
}

// checkLinks reports links within b that lead nowhere, as a browser that
// reads it from a disk would find them.
func checkLinks(t *testing.T, b built) {
	t.Helper()
	for _, file := range slices.Sorted(maps.Keys(b)) {
		if path.Ext(file) != ".html" {
			continue
		}
		for _, n := range find(b.page(t, file), "*") {
			for _, key := range []string{"href", "src"} {
				if link := attribute(n, key); link != "" {
					checkLink(t, b, file, link)
				}
			}
		}
	}
}

func checkLink(t *testing.T, b built, file, link string) {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Errorf("%s: the link %q: %v", file, link, err)
		return
	}
	if u.Host == "legal.example.com" { // a permanent address
		u = &url.URL{Path: strings.TrimPrefix(u.Path, "/texts/")}
		if u.Path == "" || strings.HasSuffix(u.Path, "/") {
			u.Path += "index.html"
		}
		file = "index.html"
	}
	if u.Scheme != "" || u.Host != "" {
		return
	}
	target := path.Join(path.Dir(file), u.Path)
	switch {
	case strings.HasPrefix(u.Path, "/texts/"):
		if target = strings.TrimPrefix(u.Path, "/texts/"); target == "" {
			target = "index.html"
		}
	case u.Path == "":
		target = file
	}
	if _, ok := b[target]; !ok {
		t.Errorf("%s: the link %q leads nowhere", file, link)
	} else if u.Fragment != "" && len(find(b.page(t, target), "#"+u.Fragment)) != 1 {
		t.Errorf("%s: the link %q leads to %d places", file, link, len(find(b.page(t, target), "#"+u.Fragment)))
	}
}

func TestSameBytes(t *testing.T) {
	a, b := buildSite(t, content(), "2026-06-15", Options{}), buildSite(t, content(), "2026-06-15", Options{})
	if !maps.EqualFunc(a, b, bytes.Equal) {
		t.Error("two builds differ")
	}
}

func TestValidPages(t *testing.T) {
	b := buildSite(t, content(), "2026-06-15", Options{})
	for file, data := range b {
		if path.Ext(file) == ".html" {
			for _, fault := range faults(string(data)) {
				t.Errorf("%s: %s", file, fault)
			}
		}
	}
}

// In a long history the newest versions and the editions are compared with the
// one in force; the others say where to look.
func TestLongHistory(t *testing.T) {
	files := fstest.MapFS{"site.yaml": {Data: []byte(siteYAML)}}
	for i := range 60 {
		files[fmt.Sprintf("terms/versions/1.%d.0/index.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"---\ntitle: Terms\nversion: 1.%d.0\neffective: 2024-%02d-%02d\nsummary: Change %d.\n---\nYou pay %d euros.\n", i, 1+i/28, 1+i%28, i, i)}
	}
	b := buildSite(t, files, "2026-01-01", Options{})
	for n, redline := range map[int]bool{0: true, 1: false, 8: false, 9: true, 58: true} {
		page := b.page(t, fmt.Sprintf("terms/since/1.%d.0/index.html", n))
		if got := len(find(page, ".redline ins")) > 0; got != redline {
			t.Errorf("the page of what changed since 1.%d.0 has a redline: %v, want %v", n, got, redline)
		}
		if got := strings.Contains(words(page), "no page compares the two"); got == redline {
			t.Errorf("the page of what changed since 1.%d.0 says that there is none: %v", n, got)
		}
	}
}

// longHistory is a library whose terms have many versions, thirty a year from 2020 on.
func longHistory(versions int) fstest.MapFS {
	files := fstest.MapFS{"site.yaml": {Data: []byte(siteYAML)}}
	for i := range versions {
		files[fmt.Sprintf("terms/versions/1.%d.0/index.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"---\ntitle: Terms\nversion: 1.%d.0\neffective: %d-%02d-%02d\nsummary: Change %d.\n---\nYou pay %d euros.\n", i, 2020+i/30, 1+i%30/28, 1+i%28, i, i)}
	}
	return files
}

// The changelog of a long history has the newest versions, and a page for each
// year; a release rewrites only those that it belongs to.
func TestLongChangelog(t *testing.T) {
	b := buildSite(t, longHistory(130), "2026-01-01", Options{})
	listed := func(file string) int { return len(find(b.page(t, file), ".versions > li")) }
	if got := listed("terms/changes/index.html"); got != changelogNewest {
		t.Errorf("the changelog lists %d versions, want %d", got, changelogNewest)
	}
	all := 0
	for _, year := range []int{2020, 2021, 2022, 2023, 2024} {
		all += listed(fmt.Sprintf("terms/changes/%d/index.html", year))
	}
	if all != 130 {
		t.Errorf("the years list %d versions, want 130", all)
	}
	if got := b.text(t, "terms/changes/2021/index.html", ".years strong"); got != "2021" {
		t.Errorf("the page of 2021 is marked as %q", got)
	}
	checkLinks(t, b)
	next := buildSite(t, longHistory(131), "2026-01-01", Options{})
	if !bytes.Equal(b["terms/changes/2021/index.html"], next["terms/changes/2021/index.html"]) {
		t.Error("a release in 2024 rewrites the list of 2021")
	}
	if short := buildSite(t, longHistory(100), "2026-01-01", Options{}); len(find(short.page(t, "terms/changes/index.html"), ".versions > li")) != 100 {
		t.Error("a changelog of 100 versions is not on one page")
	}
}
