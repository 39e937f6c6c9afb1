package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/nanoprompt/codicil/generator/bench"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// A compared is a pair of versions: what stands in the page that compares them, and
// what a browser is given to make the same.
type compared struct {
	name           string
	page, old, new string
	want           string
}

// comparePair builds the page of a pair and returns it.
func comparePair(t testing.TB, d *document, old, new *legal.Version) compared {
	t.Helper()
	d.emit = func(*tree.Tree) error { return nil }
	file := d.pairFile(old, new)
	if _, err := d.putRedline(file, d.pairPage(file, old, new), old, new); err != nil {
		t.Fatal(err)
	}
	page, _ := d.files.Get(file)
	_, main, found1 := bytes.Cut(page, []byte("<main id=\"the_text\" tabindex=\"-1\">\n"))
	main, _, found2 := bytes.Cut(main, []byte("</main>"))
	if !found1 || !found2 {
		t.Fatalf("%s has no main element", file)
	}
	a, err := d.compareText(old)
	if err != nil {
		t.Fatal(err)
	}
	z, err := d.compareText(new)
	if err != nil {
		t.Fatal(err)
	}
	return compared{d.Name + " " + dir(old) + " " + dir(new), file, string(a), string(z), string(main)}
}

func noHash(string, legal.Number) string { return "" }

// allPairs returns every pair of the versions in a library.
func allPairs(t testing.TB, lib *legal.Library) []compared {
	t.Helper()
	b, err := New(lib, legal.Date{Year: 2027, Month: 1, Day: 1}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var pairs []compared
	for _, name := range lib.Documents {
		for _, d := range b.family(loadDocument(t, lib, name), noHash) {
			for j, new := range d.Versions {
				for _, old := range d.Versions[:j] {
					pairs = append(pairs, comparePair(t, d, old, new))
				}
			}
		}
	}
	return pairs
}

// corpusPairs returns n pairs of versions of real documents, near and far: none where
// the corpora are not.
func corpusPairs(t testing.TB, n int) []compared {
	t.Helper()
	const corpora = "../../../../shared/corpora"
	docs, err := bench.Histories(os.DirFS(corpora))
	if err != nil {
		t.Logf("no real documents are compared: %v", err)
		return nil
	}
	docs = slices.DeleteFunc(docs, func(h bench.History) bool {
		info, err := fs.Stat(os.DirFS(corpora), h.Files[len(h.Files)-1])
		return err != nil || len(h.Files) > 60 || info.Size() > 40<<10 // they would take long
	})
	dir := t.TempDir()
	w, err := bench.NewContent(dir, bench.RealSite)
	if err != nil {
		t.Fatal(err)
	}
	if err := bench.Write(bench.Real(os.DirFS(corpora), docs, true), w); err != nil {
		t.Fatal(err)
	}
	lib := openLibrary(t, os.DirFS(dir))
	b, err := New(lib, legal.Date{Year: 2027, Month: 1, Day: 1}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var pairs []compared
	for step := 1; len(pairs) < n; step++ {
		before := len(pairs)
		for _, name := range lib.Documents {
			d := b.family(loadDocument(t, lib, name), noHash)[0]
			if step < len(d.Versions) && len(pairs) < n {
				i := (step * 7) % (len(d.Versions) - step)
				pairs = append(pairs, comparePair(t, d, d.Versions[i], d.Versions[i+step]))
			}
		}
		if len(pairs) == before {
			t.Fatalf("%d pairs, want %d", len(pairs), n)
		}
	}
	return pairs
}

// TestBetween: what is made from the texts that are published is the page, to the byte.
func TestBetween(t *testing.T) {
	pairs := slices.Concat(allPairs(t, openLibrary(t, content())), allPairs(t, openLibrary(t, os.DirFS("../../example/content"))))
	for _, p := range pairs {
		got, err := Between(p.page, []byte(p.old), []byte(p.new), nil)
		if err != nil {
			t.Errorf("%s: %v", p.name, err)
		} else if string(got) != p.want {
			t.Errorf("%s is not the page:\n%s", p.name, firstDifference(string(got), p.want))
		}
	}
	t.Logf("%d pairs", len(pairs))
}

// TestEngine: the module that browsers run gives the page, to the byte.
func TestEngine(t *testing.T) {
	if testing.Short() {
		t.Skip("a module is compiled")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node: see .ci/run")
	}
	pairs := slices.Concat(allPairs(t, openLibrary(t, os.DirFS("../../example/content"))), corpusPairs(t, 200))
	type request struct{ Page, Old, New, Look string }
	var requests []request
	for _, p := range pairs {
		requests = append(requests, request{p.page, p.old, p.new, ""})
	}
	input, err := json.Marshal(requests)
	if err != nil {
		t.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	run := exec.Command(node, "testdata/engine.cjs", filepath.Join(strings.TrimSpace(string(root)), "lib/wasm/wasm_exec.js"), compileEngine(t))
	run.Stdin = bytes.NewReader(input)
	run.Stderr = os.Stderr
	output, err := run.Output()
	if err != nil {
		t.Fatal(err)
	}
	var answers []struct{ HTML, Error string }
	if err := json.Unmarshal(output, &answers); err != nil || len(answers) != len(pairs) {
		t.Fatalf("%d answers, want %d: %v", len(answers), len(pairs), err)
	}
	for i, p := range pairs {
		if a := answers[i]; a.HTML != p.want || a.Error != "" {
			t.Errorf("%s is not the page: %s\n%s", p.name, a.Error, firstDifference(a.HTML, p.want))
		}
	}
	t.Logf("%d pairs", len(pairs))
}

// compileEngine compiles the module and returns its file.
func compileEngine(t *testing.T) string {
	file := filepath.Join(t.TempDir(), "redline.wasm")
	compile := exec.Command("go", "build", "-trimpath", "-o", file, "../../engine/wasm")
	compile.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := compile.CombinedOutput(); err != nil {
		t.Fatalf("compile the engine: %v\n%s", err, out)
	}
	return file
}

// TestBetweenLook: a site that has templates of its own has them in the browser, too.
func TestBetweenLook(t *testing.T) {
	own := fstest.MapFS{
		"redline.tmpl": {Data: []byte(`{{define "main"}}<h1>{{template "own" .Heading}}</h1>{{.View.Sections}}{{end}}`)},
		"own.tmpl":     {Data: []byte(`{{define "own"}}<b>{{.}}</b>{{end}}`)},
	}
	lib := openLibrary(t, content())
	b, err := New(lib, legal.Date{Year: 2027, Month: 1, Day: 1}, Options{Templates: own, Engine: &Engine{}})
	if err != nil {
		t.Fatal(err)
	}
	d := b.family(loadDocument(t, lib, "terms"), noHash)[0]
	p := comparePair(t, d, d.Versions[0], d.Versions[2])
	got, err := Between(p.page, []byte(p.old), []byte(p.new), b.assets[engineLook].data)
	if err != nil || string(got) != p.want || !strings.Contains(p.want, "<h1><b>What changed") {
		t.Errorf("it is not the site's page: %v\n%s", err, firstDifference(string(got), p.want))
	}
}

// TestCompareText: a text comes back whole, but for what says how it was typed.
func TestCompareText(t *testing.T) {
	if n := reflect.TypeFor[legal.Block]().NumField(); n != 9 {
		t.Errorf("a block has %d fields: is one missing in textBlock?", n)
	}
	for _, d := range []string{"../../example/content", "../../../content"} {
		lib := openLibrary(t, os.DirFS(d))
		for _, name := range lib.Documents {
			for _, v := range loadDocument(t, lib, name).Versions {
				for _, want := range textsOf(v) {
					data, err := encodeText(want)
					if err != nil {
						t.Fatal(err)
					}
					got, err := textReader{}.text(data)
					if err != nil || got.Digest() != want.Digest() {
						t.Errorf("a text of %s %s does not come back: %v", name, dir(v), err)
					}
				}
			}
		}
	}
}

// TestBetweenRefuses: what is no text of a version is an error.
func TestBetweenRefuses(t *testing.T) {
	p := allPairs(t, openLibrary(t, content()))[0]
	for _, c := range []struct{ name, old, new string }{
		{"no JSON", "<!DOCTYPE html>", p.new},
		{"another format", `{"format": 2}`, p.new},
		{"a container that is not there", p.old, `{"format":1,"document":"terms","number":"1.0.0","effective":"2025-01-01","sections":[{"id":"a","text":{"blocks":[{"in":[3]}]}}]}`},
		{"a negative container", p.old, `{"format":1,"document":"terms","number":"1.0.0","effective":"2025-01-01","opening":{"blocks":[{"in":[-1]}]}}`},
		{"another document", p.old, `{"format":1,"document":"policy","number":"1.0.0","effective":"2025-01-01"}`},
		{"no number", p.old, `{"format":1,"document":"terms","effective":"2025-01-01"}`},
	} {
		if html, err := Between(p.page, []byte(c.old), []byte(c.new), nil); err == nil {
			t.Errorf("%s gives %.80q", c.name, html)
		}
	}
}

func openLibrary(t testing.TB, files fs.FS) *legal.Library {
	t.Helper()
	lib, _, err := legal.Open(files, "content")
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func loadDocument(t testing.TB, lib *legal.Library, name string) *legal.Document {
	t.Helper()
	doc, _, err := legal.Load(lib, name)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// firstDifference returns what stands around the first difference of two texts.
func firstDifference(got, want string) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	around := func(s string) string { return s[max(0, i-60):min(len(s), i+120)] }
	return fmt.Sprintf("got  %q\nwant %q", around(got), around(want))
}
