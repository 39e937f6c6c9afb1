package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

var corporaFlag = flag.String("corpora", "some", "documents of the corpora to build: some, all")

// corpora is where real legal documents with their histories lie.
const corpora = "../../shared/corpora"

// A history is a document of the corpora.
type history struct {
	name  string
	files []string // its versions, oldest first
}

// histories returns the documents of the corpora, or skips the test where
// they are not.
func histories(t testing.TB) []history {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpora, "manifest.json"))
	if err != nil {
		t.Skip("the corpora are not here")
	}
	var manifest struct {
		Documents []struct {
			ID      string
			History []struct{ File string }
		}
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	var all []history
	for _, d := range manifest.Documents {
		h := history{name: legal.Slug(strings.ReplaceAll(d.ID, "__", "-"))}
		for _, v := range d.History {
			if v.File != "" { // where the document was removed for a while
				h.files = append(h.files, filepath.Join(corpora, "trees", v.File))
			}
		}
		all = append(all, h)
	}
	return all
}

// TestCorpora turns the corpora into a site's content, once with each text as
// one section and once cut at its second-level headings, and builds all of it;
// every redline must give back both texts.
func TestCorpora(t *testing.T) {
	docs := histories(t)
	if *corporaFlag != "all" {
		slices.SortFunc(docs, func(a, b history) int { return len(a.files) - len(b.files) })
		docs = docs[:16]
		if testing.Short() {
			docs = docs[:5]
		}
	}
	for _, c := range []struct {
		name  string
		split bool
	}{{"whole", false}, {"split", true}} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			versions := writeCorpora(t, filepath.Join(dir, "content"), docs, c.split)
			start := time.Now()
			var messages bytes.Buffer
			status := run([]string{"build", "--content", filepath.Join(dir, "content"), "--out", filepath.Join(dir, "public"), "--as-of", "2026-11-24"}, &messages, &messages)
			if status != statusFine {
				t.Fatalf("build exits with %d:\n%s", status, messages.String()[:min(messages.Len(), 4000)])
			}
			t.Logf("%d documents, %d versions: %v, peak %s", len(docs), versions, time.Since(start).Round(time.Millisecond), peak())
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

// corporaSite lets pass what the authors of the corpora wrote and an editor
// would be asked to mend.
const corporaSite = `title: Corpora
url: https://corpora.example
rules:
  raw-html: "off"
  unsafe-link: "off"
  duplicate-id: "off"
  dangling-anchor: "off"
  remote-image: "off"
  missing-attachment: "off"
`

// writeCorpora writes docs as content, and returns the number of versions.
func writeCorpora(t testing.TB, dir string, docs []history, split bool) int {
	t.Helper()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("site.yaml", corporaSite)
	versions := 0
	var sums strings.Builder
	for _, d := range docs {
		effective := ""
		for i, file := range d.files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, date, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".md"), "_")
			effective = max(effective, date) // histories run backwards at times
			number := fmt.Sprintf("1.%d.0", i)
			files := sectionFiles(string(body(source)), split)
			files["index.md"] = fmt.Sprintf("---\ntitle: %s\nversion: %s\neffective: %s\nsummary: Version %d.\n---\n%s", d.name, number, effective, i+1, files["index.md"])
			sums.WriteString(freezeFiles(write, d.name, number, files))
			versions++
			if i == len(d.files)-1 {
				for name, text := range files {
					write(path.Join(d.name, name), text)
				}
			}
		}
	}
	write("versions.sum", sums.String())
	return versions
}

// freezeFiles writes a frozen version, and returns its line of versions.sum.
func freezeFiles(write func(name, text string), document, number string, files map[string]string) string {
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var list strings.Builder
	dir := path.Join(document, "versions", number)
	for _, name := range names {
		write(path.Join(dir, name), files[name])
		fmt.Fprintf(&list, "%x  %s\n", sha256.Sum256([]byte(files[name])), name)
	}
	write(dir+".sum", list.String())
	sum := sha256.Sum256([]byte(list.String()))
	return fmt.Sprintf("%s %s h1:%s\n", document, number, base64.StdEncoding.EncodeToString(sum[:]))
}

// frontMatter is what the corpora's texts begin with at times.
var frontMatter = regexp.MustCompile(`\A\x{feff}?---[ \t]*\r?\n(?s:.*?)\n---[ \t]*(?:\r?\n|\z)`)

// body returns source without its front matter. NUL, which a file of content
// may not hold, is shown as a replacement character.
func body(source []byte) []byte {
	source = frontMatter.ReplaceAll(source, nil)
	return bytes.ToValidUTF8(bytes.ReplaceAll(source, []byte{0}, []byte("\ufffd")), []byte("\ufffd"))
}

var headingLine = regexp.MustCompile(`^## +(.*?)[ #]*$`)

// sectionFiles cuts a text into files: all of it as one section, or what
// follows each second-level heading as one, and what is before them as the
// opening.
func sectionFiles(text string, split bool) map[string]string {
	files := map[string]string{"index.md": ""}
	if !split {
		files["10-text.md"] = "---\ntitle: Text\n---\n" + text
		return files
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	current, n, fenced := "index.md", 0, false
	taken := map[string]bool{}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		m := headingLine.FindStringSubmatch(strings.TrimRight(line, "\n"))
		if m == nil || fenced || strings.TrimSpace(m[1]) == "" {
			files[current] += line
			continue
		}
		n++
		id := cmpOr(legal.Slug(m[1]), "section")
		for base, k := id, 2; taken[id]; k++ {
			id = fmt.Sprintf("%s-%d", base, k)
		}
		taken[id] = true
		current = fmt.Sprintf("%04d-section.md", n)
		files[current] = fmt.Sprintf("---\ntitle: %s\nid: %s\n---\n", strconv.Quote(m[1]), id)
	}
	return files
}

func cmpOr(a, b string) string {
	if legal.ValidID(a) {
		return a
	}
	return b
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
	case status == statusFine && err == nil && !bytes.Contains(page, []byte("<script")):
		return true
	case status == statusContent && err != nil && problemLine.Match(messages.Bytes()):
		return false
	}
	t.Errorf("build exits with %d (page: %v):\n%s", status, err, messages.String()[:min(2000, messages.Len())])
	return false
}

var problemLine = regexp.MustCompile(`(?m)^\S+10-text\.md(:\d+:\d+)?: .+ \[[a-z-]+\]\n  hint: `)
