package main

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// nodeModules is where .ci/run installs what comes from npm.
const nodeModules = "../bin/node/node_modules/"

// The sites that are held to the formats they are written in: the example and the
// first site.
func builtSites(t *testing.T) []string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "example")
	if status := run([]string{"init", dir}, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("init exits with %d", status)
	}
	var out []string
	for _, content := range []string{filepath.Join(dir, "content"), "../content"} {
		site := filepath.Join(t.TempDir(), "public")
		args := []string{"build", "--content", content, "--out", site, "--as-of", "2026-12-01", "--drafts"}
		if status := run(args, io.Discard, os.Stderr); status != statusFine {
			t.Fatalf("build exits with %d", status)
		}
		out = append(out, site)
	}
	return out
}

// filesOf returns the files below the folders whose names match pattern.
func filesOf(t *testing.T, folders []string, pattern string) []string {
	t.Helper()
	var out []string
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(file string, e fs.DirEntry, err error) error {
			if ok, _ := filepath.Match(pattern, filepath.Base(file)); ok {
				out = append(out, file)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(out) == 0 {
		t.Fatalf("there is no %s", pattern)
	}
	return out
}

// installed returns the path of a program of an npm package, or skips the test.
func installed(t *testing.T, program, file string) (path, inPackage string) {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Skipf("there is no %s", program)
	}
	if _, err := os.Stat(nodeModules + file); err != nil {
		t.Skipf("there is no %s; .ci/run installs it", nodeModules+file)
	}
	return path, nodeModules + file
}

// TestHTMLValidate asks html-validate whether every page is valid and says what it is
// to a screen reader. A title may be long, since a section's is what its authors wrote;
// ids may hold a dot, as HTML allows and version numbers do.
func TestHTMLValidate(t *testing.T) {
	node, validator := installed(t, "node", "html-validate/bin/html-validate.mjs")
	args := append([]string{validator, "--config", "testdata/htmlvalidate.json", "--max-warnings", "0"}, builtSites(t)...)
	if out, err := exec.Command(node, args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestNu asks the Nu HTML checker, which is W3C's, about every page.
func TestNu(t *testing.T) {
	java, jar := installed(t, "java", "vnu-jar/build/dist/vnu.jar")
	args := append([]string{"-jar", jar, "--skip-non-html", "--errors-only"}, builtSites(t)...)
	if out, err := exec.Command(java, args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestAtomGrammar holds the Atom feeds to the grammar of RFC 4287.
func TestAtomGrammar(t *testing.T) {
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("there is no xmllint")
	}
	for _, feed := range filesOf(t, builtSites(t), "feed.atom") {
		if out, err := exec.Command(xmllint, "--noout", "--relaxng", "testdata/atom.rng", feed).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", feed, err, out)
		}
	}
	// It finds what is wrong.
	data, err := os.ReadFile(filesOf(t, builtSites(t), "feed.atom")[0])
	if err != nil {
		t.Fatal(err)
	}
	for was, is := range map[string]string{"<updated>2": "<updated>on 2", "<title>": "<title/><title>", `type="html"`: `type="page"`} {
		bad := filepath.Join(t.TempDir(), "bad.atom")
		if err := os.WriteFile(bad, bytes.Replace(data, []byte(was), []byte(is), 1), 0o644); err != nil {
			t.Fatal(err)
		}
		if exec.Command(xmllint, "--noout", "--relaxng", "testdata/atom.rng", bad).Run() == nil {
			t.Errorf("a feed with %s for %s is taken", is, was)
		}
	}
}

// An atomFeed is what the rules of RFC 4287 are about that its grammar cannot state.
type atomFeed struct {
	ID      string     `xml:"id"`
	Author  []struct{} `xml:"author"`
	Links   []atomLink `xml:"link"`
	Entries []struct {
		ID        string     `xml:"id"`
		Updated   string     `xml:"updated"`
		Author    []struct{} `xml:"author"`
		Links     []atomLink `xml:"link"`
		Content   *struct{}  `xml:"content"`
		Published string     `xml:"published"`
	} `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

// TestAtomRules: an author for each entry, one alternate of a kind, a link to the feed
// itself, and ids that are absolute and each entry's own (sections 4.1.1, 4.1.2, 4.2.6).
func TestAtomRules(t *testing.T) {
	absolute := regexp.MustCompile(`^https://[^/]+/`)
	for _, file := range filesOf(t, builtSites(t), "feed.atom") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var feed atomFeed
		if err := xml.Unmarshal(data, &feed); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		alternates := func(links []atomLink) (n int) {
			for _, l := range links {
				if l.Rel == "alternate" {
					n++
				}
			}
			return n
		}
		self := slices.ContainsFunc(feed.Links, func(l atomLink) bool { return l.Rel == "self" })
		if len(feed.Author) != 1 || alternates(feed.Links) != 1 || !self || !absolute.MatchString(feed.ID) || len(feed.Entries) == 0 {
			t.Errorf("%s: the feed has %d authors, %d alternates, itself: %v, the id %q and %d entries",
				file, len(feed.Author), alternates(feed.Links), self, feed.ID, len(feed.Entries))
		}
		ids := map[string]bool{feed.ID: true}
		for _, e := range feed.Entries {
			if ids[e.ID] || !absolute.MatchString(e.ID) || alternates(e.Links) != 1 || e.Content == nil || e.Published > e.Updated {
				t.Errorf("%s: the entry %q is %+v", file, e.ID, e)
			}
			ids[e.ID] = true
		}
	}
}

// TestJSONFeed holds the JSON feeds to what JSON Feed 1.1 says.
func TestJSONFeed(t *testing.T) {
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	schema := c.MustCompile("testdata/jsonfeed-1.1.json")
	for _, file := range filesOf(t, builtSites(t), "feed.json") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err == nil {
			err = schema.Validate(value)
		}
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// weightLimit is what a policy's page may weigh with its style and scripts, compressed,
// beside the text itself.
const weightLimit = 30 << 10

// TestWeight weighs what a visitor waits for beside the words that they came for.
func TestWeight(t *testing.T) {
	asset := regexp.MustCompile(`(?:href|src)="((?:\.\./)*assets/[^"]+)"`)
	for _, site := range builtSites(t) {
		for _, page := range filesOf(t, []string{site}, "index.html") {
			if filepath.Dir(filepath.Dir(page)) != site {
				continue // not a document's own page
			}
			data, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(filepath.Join(filepath.Dir(page), filepath.Base(filepath.Dir(page))+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			weight := compressed(t, data)
			for _, m := range asset.FindAllStringSubmatch(string(data), -1) {
				file, err := os.ReadFile(filepath.Join(filepath.Dir(page), m[1]))
				if err != nil {
					t.Fatal(err)
				}
				weight += compressed(t, file)
			}
			beside := weight - compressed(t, text)
			t.Logf("%s: %d bytes, %d of them beside the text", strings.TrimPrefix(page, site), weight, beside)
			if beside > weightLimit {
				t.Errorf("%s weighs %d bytes beside its text, want at most %d", page, beside, weightLimit)
			}
		}
	}
}

// compressed returns how many bytes of data a host sends.
func compressed(t *testing.T, data []byte) int {
	var w bytes.Buffer
	z := gzip.NewWriter(&w)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return w.Len()
}
