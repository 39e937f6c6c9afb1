package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanoprompt/codicil/generator/bench"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

var corporaFlag = flag.String("corpora", "some", "documents of the corpora to build: some, all")

// corpora is where real legal documents with their histories lie.
const corpora = "../../shared/corpora"

// histories returns the documents of the corpora, or skips the test where
// they are not.
func histories(t testing.TB) []bench.History {
	t.Helper()
	docs, err := bench.Histories(os.DirFS(corpora))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the corpora are not here")
	} else if err != nil {
		t.Fatal(err)
	}
	return docs
}

// TestCorpora turns the corpora into a site's content, once with each text as
// one section and once cut at its second-level headings, and builds all of it;
// every redline must give back both texts.
func TestCorpora(t *testing.T) {
	docs := histories(t)
	if *corporaFlag != "all" {
		slices.SortFunc(docs, func(a, b bench.History) int { return len(a.Files) - len(b.Files) })
		docs = docs[:16]
		if testing.Short() {
			docs = docs[:5]
		}
	}
	for _, c := range []struct {
		name string
		cut  bool
	}{{"whole", false}, {"cut", true}} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			writeContent(t, filepath.Join(dir, "content"), bench.RealSite, bench.Real(os.DirFS(corpora), docs, c.cut))
			start := time.Now()
			var messages bytes.Buffer
			status := run([]string{"build", "--content", filepath.Join(dir, "content"), "--out", filepath.Join(dir, "public"), "--as-of", "2026-11-24"}, &messages, &messages)
			if status != statusFine {
				t.Fatalf("build exits with %d:\n%s", status, messages.String()[:min(messages.Len(), 4000)])
			}
			t.Logf("%d documents: %v, peak %s", len(docs), time.Since(start).Round(time.Millisecond), peak())
			checkCorpora(t, filepath.Join(dir, "content"))
		})
	}
}

// checkCorpora compares every two versions that a page compares. What is known
// from other versions of a document changes no redline.
func checkCorpora(t *testing.T, content string) {
	lib, _, err := legal.Open(os.DirFS(content), "content")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range lib.Documents {
		doc, _, err := legal.Load(lib, name)
		if err != nil {
			t.Fatal(err)
		}
		newest := doc.Newest()
		k := redline.NewComparer()
		for i, v := range doc.Versions {
			if i > 0 {
				givesBack(t, name, k, doc.Versions[i-1], v)
			}
			if i%8 == 0 || *corporaFlag == "all" {
				givesBack(t, name, k, v, newest)
			}
		}
	}
}

func givesBack(t *testing.T, name string, k *redline.Comparer, old, new *legal.Version) {
	t.Helper()
	r := redline.Compare(old, new)
	want, err1 := json.Marshal(r.Contract())
	got, err2 := json.Marshal(k.Compare(old, new).Contract())
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s: the redline from %s to %s depends on what was compared before", name, old.Number, new.Number)
	}
	for _, c := range []struct {
		v   *legal.Version
		got string
	}{{old, r.OldText()}, {new, r.NewText()}} {
		if want := redline.Text(c.v); c.got != want {
			diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(c.got, "\n"))
			t.Errorf("%s: the redline from %s to %s does not give back %s: want (-), got (+):\n%s",
				name, old.Number, new.Number, c.v.Number, diff[:min(len(diff), 2000)])
		}
	}
}

// writeContent writes a library into the folder dir.
func writeContent(t testing.TB, dir, site string, library bench.Library) {
	t.Helper()
	w, err := bench.NewContent(dir, site)
	if err != nil {
		t.Fatal(err)
	}
	if err := bench.Write(library, w); err != nil {
		t.Fatal(err)
	}
}

// peak returns the most memory that the process had resident.
func peak() string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(status)) {
		if v, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			return strings.Join(strings.Fields(v), " ")
		}
	}
	return "unknown"
}

// Every odd file gives a page or a clear problem, and a redline with itself.
func TestOdd(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(corpora, "odd", "*.md"))
	if len(files) == 0 {
		t.Skip("the corpora are not here")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			built := buildOdd(t, source)
			withFront := buildOdd(t, append([]byte("---\ntitle: Odd\nversion: 1.0.0\neffective: 2025-01-01\n---\n"), source...))
			if !built && !withFront {
				t.Log("problems either way")
			}
		})
	}
}

// buildOdd builds a site of one section, and reports whether it gave a page;
// if not, what it prints must be problems with their place.
func buildOdd(t *testing.T, source []byte) bool {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml":      "title: Odd\nurl: https://odd.example\n",
		"odd/index.md":   "---\ntitle: Odd\nversion: 1.0.0\neffective: 2025-01-01\n---\n",
		"odd/10-text.md": string(source),
	} {
		name = filepath.Join(dir, "content", name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var messages bytes.Buffer
	status := run([]string{"build", "--drafts", "--content", filepath.Join(dir, "content"), "--out", filepath.Join(dir, "public")}, &messages, &messages)
	page, err := os.ReadFile(filepath.Join(dir, "public/odd/draft/index.html"))
	switch {
	case status == statusFine && err == nil && bytes.Count(page, []byte("<script")) == len(ownScript.FindAll(page, -1)):
		return true
	case status == statusContent && err != nil && problemLine.Match(messages.Bytes()):
		return false
	}
	t.Errorf("build exits with %d (page: %v):\n%s", status, err, messages.String()[:min(2000, messages.Len())])
	return false
}

// ownScript matches what a page runs of the site's own.
var ownScript = regexp.MustCompile(`<script defer src="[./]+/assets/[\w.-]+\.js"(?: data-[\w-]+="[^"<>]*")*></script>`)

var problemLine = regexp.MustCompile(`(?m)^\S+10-text\.md(:\d+:\d+)?: .+ \[[a-z-]+\]\n  hint: `)

// A manifestDocument is what the manifest of the corpora says of a document.
type manifestDocument struct {
	ID, Path string
	History  []struct{ File, Blob string }
}

// manifestDocuments returns the documents of the corpora, or skips the test
// where they are not.
func manifestDocuments(t testing.TB) []manifestDocument {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpora, "manifest.json"))
	if err != nil {
		t.Skip("the corpora are not here")
	}
	var manifest struct{ Documents []manifestDocument }
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	return manifest.Documents
}
