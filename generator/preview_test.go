package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/nanoprompt/codicil/generator/bench"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/serve"
	"github.com/nanoprompt/codicil/generator/internal/site"
)

// A desk is a library that is edited while a preview shows it.
type desk struct {
	*testing.T
	content string
	preview *preview
	random  *rand.Rand
	changed []string // since the preview was told
	mend    func()   // undoes a fault
	seen    map[string]bool
}

func newDesk(t *testing.T, seed uint64) *desk {
	t.Helper()
	return newDeskOf(t, bench.Shape{Documents: 4, Versions: 14}, seed)
}

func newDeskOf(t *testing.T, shape bench.Shape, seed uint64) *desk {
	t.Helper()
	d := &desk{T: t, content: filepath.Join(t.TempDir(), "content"), random: rand.New(rand.NewPCG(seed, 0)), seen: map[string]bool{}}
	if err := bench.Make(d.content, shape, seed); err != nil {
		t.Fatal(err)
	}
	lib, err := openLibrary(d.content, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if d.preview, err = newPreview(lib, serveRequest{content: d.content, asOf: "2026-12-01"}); err != nil {
		t.Fatal(err)
	}
	return d
}

// tell tells the preview what changed, and waits until it has read all.
func (d *desk) tell() {
	d.Helper()
	if err := d.preview.update(d.changed); err != nil {
		d.Fatal(err)
	}
	d.changed = nil
	if _, err := d.file("index.html"); err != nil { // somebody looks before all is read
		d.Fatal(err)
	}
	if err := d.preview.survey(context.Background()); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) path(elements ...string) string {
	return filepath.Join(append([]string{d.content}, elements...)...)
}

func (d *desk) write(text []byte, elements ...string) {
	d.Helper()
	file := d.path(elements...)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		d.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		d.Fatal(err)
	}
	d.changed = append(d.changed, file)
}

func (d *desk) read(elements ...string) []byte {
	d.Helper()
	text, err := os.ReadFile(d.path(elements...))
	if err != nil {
		d.Fatal(err)
	}
	return text
}

// document returns the name of some document, and section that of a file of its
// working text.
func (d *desk) document() string {
	names, err := filepath.Glob(d.path("*", "index.md"))
	if err != nil || len(names) == 0 {
		d.Fatal("there is no document", err)
	}
	return filepath.Base(filepath.Dir(names[d.random.IntN(len(names))]))
}

func (d *desk) section(document string) string {
	names, err := filepath.Glob(d.path(document, "[0-9]*.md"))
	if err != nil || len(names) == 0 {
		d.Fatal("there is no section", err)
	}
	return filepath.Base(names[d.random.IntN(len(names))])
}

func editSection(d *desk) {
	name := d.document()
	section := d.section(name)
	d.write(fmt.Appendf(d.read(name, section), "\nThe parties agree on %d days.\n", d.random.IntN(1000)), name, section)
}

// edits are what happens to a library.
var edits = map[string]func(d *desk){
	"section": editSection,
	"opening": func(d *desk) {
		name := d.document()
		d.write(fmt.Appendf(d.read(name, "index.md"), "\nThis opens for %d days.\n", d.random.IntN(1000)), name, "index.md")
	},
	"title": func(d *desk) {
		name := d.document()
		text := d.read(name, "index.md")
		title, _, _ := bytes.Cut(text[bytes.Index(text, []byte("title:")):], []byte("\n"))
		d.write(bytes.Replace(text, title, fmt.Appendf(nil, "title: Terms %d", d.random.IntN(1000)), 1), name, "index.md")
	},
	"new section": func(d *desk) {
		n := d.random.IntN(1000)
		d.write(fmt.Appendf(nil, "---\ntitle: Section %d\n---\nNew, and [linked](#new-%d).\n", n, n), d.document(), fmt.Sprintf("500-new-%d.md", n))
	},
	"attachment": func(d *desk) {
		d.write(fmt.Appendf(nil, "%d,%d\n", d.random.IntN(10), d.random.IntN(10)), d.document(), "figures.csv")
	},
	"lost section": func(d *desk) {
		name := d.document()
		if sections, _ := filepath.Glob(d.path(name, "[0-9]*.md")); len(sections) < 4 {
			return
		}
		file := d.path(name, d.section(name))
		if err := os.Remove(file); err != nil {
			d.Fatal(err)
		}
		d.changed = append(d.changed, file)
	},
	"settings": func(d *desk) {
		text := string(d.read("site.yaml"))
		lines := slices.DeleteFunc(strings.Split(text, "\n"), func(l string) bool { return strings.HasPrefix(l, "contact:") })
		d.write(fmt.Appendf(nil, "contact: legal%d@example.com\n%s", d.random.IntN(1000), strings.Join(lines, "\n")), "site.yaml")
	},
	"new document": func(d *desk) {
		name, before := fmt.Sprintf("new-%d", d.random.IntN(1000)), d.changed
		d.write([]byte("---\ntitle: New\neffective: 2027-01-01\n---\nWelcome.\n"), name, "index.md")
		d.write([]byte("---\ntitle: First\n---\nWords.\n"), name, "10-first.md")
		d.changed = append(before, d.path(name)) // its files came before it was watched
	},
	"release": func(d *desk) {
		name := d.document()
		r := releaseRequest{content: d.content, update: true, effective: "2026-11-30", summary: "We changed it."}
		if matches, _ := filepath.Glob(d.path(name, "versions", "*")); len(matches) == 0 {
			r.update = false
		}
		if release(name, r, &dialog{out: io.Discard, err: io.Discard}) != nil {
			return // nothing changed in it
		}
		d.changed = append(d.changed, d.path("versions.sum"), d.path(name, "index.md"), d.path(name, "versions"))
	},
	"translation": func(d *desk) {
		name := d.document()
		tag := []string{"de", "ar"}[d.random.IntN(2)]
		d.write(fmt.Appendf(nil, "---\ntitle: Übersetzt %d\nsummary: Neu %d.\n---\nWorte.\n", d.random.IntN(1000), d.random.IntN(1000)), name, "index."+tag+".md")
		sections, _ := filepath.Glob(d.path(name, "[0-9]*.md"))
		for _, file := range sections {
			section, translated, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".md"), ".")
			if translated == "" {
				d.write(fmt.Appendf(nil, "---\ntitle: Teil %d\n---\nText, und [mehr](%s.md).\n", d.random.IntN(1000), section), name, section+"."+tag+".md")
			}
		}
	},
	"released translation": func(d *desk) {
		name := d.document()
		for _, tag := range []string{"de", "ar"} {
			r := releaseRequest{content: d.content, correction: true, summary: fmt.Sprintf("Neu %d.", d.random.IntN(1000))}
			if matches, _ := filepath.Glob(d.path(name, "versions", tag, "*")); len(matches) == 0 {
				r.correction = false
			}
			if release(name+"/"+tag, r, &dialog{out: io.Discard, err: io.Discard}) == nil {
				d.changed = append(d.changed, d.path("versions.sum"), d.path(name, "index."+tag+".md"), d.path(name, "versions"))
			}
		}
	},
	"lost translation": func(d *desk) {
		name := d.document()
		for _, tag := range []string{"de", "ar"} {
			if _, err := os.Stat(d.path(name, "versions", tag)); err == nil {
				continue // it was released
			}
			files, _ := filepath.Glob(d.path(name, "*."+tag+".md"))
			for _, file := range files {
				if err := os.Remove(file); err != nil {
					d.Fatal(err)
				}
				d.changed = append(d.changed, file)
			}
		}
	},
	"fault": func(d *desk) {
		name := d.document()
		section := d.section(name)
		d.spoil(fmt.Appendf(d.read(name, section), "\n<b>%d</b>\n", d.random.IntN(1000)), name, section)
	},
	"tampering": func(d *desk) {
		frozen, err := filepath.Glob(d.path("*", "versions", "*", "[0-9]*.md"))
		if err != nil || len(frozen) == 0 {
			d.Fatal("nothing is frozen", err)
		}
		rel, _ := filepath.Rel(d.content, frozen[d.random.IntN(len(frozen))])
		d.spoil(append(d.read(rel), "\nMore.\n"...), rel)
	},
	"lost sum": func(d *desk) {
		lines := strings.SplitAfter(string(d.read("versions.sum")), "\n")
		n := d.random.IntN(len(lines) - 1)
		d.spoil([]byte(strings.Join(slices.Delete(lines, n, n+1), "")), "versions.sum")
	},
	"bad settings": func(d *desk) { d.spoil([]byte("titel: Legal\n"), "site.yaml") },
	"touch": func(d *desk) {
		name := d.document()
		d.write(d.read(name, "index.md"), name, "index.md")
	},
	"anything": func(d *desk) { // the system lost events
		editSection(d)
		d.changed = []string{d.content}
	},
}

// spoil writes a fault, which the edit after it mends.
func (d *desk) spoil(text []byte, elements ...string) {
	was := d.read(elements...)
	d.write(text, elements...)
	d.mend = func() { d.write(was, elements...) }
}

// What a preview shows after any edits is what a fresh build makes.
func TestPreviewIsBuild(t *testing.T) {
	names := []string{}
	for name := range edits {
		names = append(names, name)
	}
	slices.Sort(names)
	seeds, rounds := uint64(3), 40
	if testing.Short() {
		seeds, rounds = 1, 8
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, seed)
			d.tell()
			d.compare("nothing")
			for range rounds {
				if d.mend != nil {
					d.mend()
					d.mend = nil
				}
				name := names[d.random.IntN(len(names))]
				edits[name](d)
				d.tell()
				d.compare(name)
				if t.Failed() {
					return
				}
			}
		})
	}
}

// A long history has pages that a short one has not.
func TestPreviewLong(t *testing.T) {
	if testing.Short() {
		t.Skip("a long history takes long")
	}
	d := newDeskOf(t, bench.Shape{Documents: 1, Versions: 105}, 4)
	d.tell()
	d.compare("nothing")
}

// compare compares what the preview shows with a fresh build.
func (d *desk) compare(edit string) {
	d.Helper()
	want, got := d.problems(), d.preview.problems()
	if !slices.Equal(got, want) {
		d.Errorf("after %s the preview has the problems %q, want %q", edit, got, want)
	}
	if legal.Fatal(want) {
		return
	}
	out := filepath.Join(d.TempDir(), "public")
	if _, err := build(buildRequest{content: d.content, out: out, asOf: "2026-12-01", drafts: true}, io.Discard); err != nil {
		d.Fatal(err)
	}
	files, err := readTree(out)
	if err != nil {
		d.Fatal(err)
	}
	for name, want := range files {
		name = strings.TrimPrefix(name, "/")
		d.seen[name] = true
		if got, err := d.file(name); err != nil || string(got) != string(want) {
			d.Errorf("after %s %s differs, %v:\n%s", edit, name, err, firstDifference(string(got), string(want)))
		}
	}
	for name := range d.seen {
		if _, ok := files["/"+name]; ok {
			continue
		}
		if _, err := d.file(name); !errors.Is(err, fs.ErrNotExist) {
			d.Errorf("after %s the preview still has %s (%v)", edit, name, err)
		}
	}
}

// file returns a file of the preview without a review.
func (d *desk) file(name string) ([]byte, error) {
	return d.preview.file(name, func(*shown, string) *site.DraftReview { return nil })
}

// problems returns those of the content as check finds them.
func (d *desk) problems() []legal.Problem {
	lib, err := openLibrary(d.content, io.Discard)
	if err != nil {
		d.Fatal(err)
	}
	found := make([][]legal.Problem, len(lib.Documents))
	if legal.Fatal(lib.problems) {
		d.preview.mu.Lock()
		defer d.preview.mu.Unlock()
		for i, name := range lib.Documents { // judged by the settings that were good
			found[i] = d.preview.docs[name].problems
		}
		return lib.all(found)
	}
	for i, name := range lib.Documents {
		if _, found[i], err = lib.load(name); err != nil {
			d.Fatal(err)
		}
	}
	return lib.all(found)
}

// firstDifference shows where two texts part.
func firstDifference(got, want string) string {
	n := 0
	for n < min(len(got), len(want)) && got[n] == want[n] {
		n++
	}
	from := max(0, n-80)
	return fmt.Sprintf("got  …%.200s\nwant …%.200s", got[min(from, len(got)):], want[min(from, len(want)):])
}

// While a document is faulty its last good page stays, and goes on when it is mended.
func TestPreviewFault(t *testing.T) {
	d := newDesk(t, 9)
	d.tell()
	name := d.document()
	page := name + "/index.html"
	good, err := d.preview.File(page)
	if err != nil {
		t.Fatal(err)
	}
	token := d.preview.State(page).Token
	d.spoil([]byte("---\ntitel: <script>\n---\n"), name, "index.md")
	d.tell()
	d.preview.tell() // without patience
	if got, err := d.preview.File(page); err != nil || string(got) != string(good) {
		t.Errorf("the page of faulty content differs, %v", err)
	}
	state := d.preview.State(page)
	if state.Token != token {
		t.Errorf("the page of faulty content is called another one")
	}
	if i := slices.IndexFunc(state.Faults, func(f serve.Fault) bool { return strings.Contains(f.Message, "unknown key") }); i < 0 ||
		state.Faults[i].Source != "titel: <script>" || state.Faults[i].Hint != "did you mean title?" {
		t.Errorf("the faults are %+v", state.Faults)
	}
	d.mend()
	d.tell()
	if state := d.preview.State(page); state.Token != token || state.Faults != nil {
		t.Errorf("after it was mended the state is %+v, want that of %s", state, token)
	}
}

// A draft's page says which of its links to other documents lead nowhere, until they do.
func TestPreviewCrossing(t *testing.T) {
	d := newDesk(t, 5)
	d.tell()
	name, other := d.preview.lib.Documents[0], d.preview.lib.Documents[1]
	file := d.section(name)
	d.write(append(d.read(name, file), []byte("\nSee [the annex](/"+other+"/#annex-of-links).\n")...), name, file)
	d.tell()
	page := name + "/draft/index.html"
	says := func() bool {
		data, err := d.preview.File(page)
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Contains(data, []byte("[dangling-link]"))
	}
	if !says() {
		t.Errorf("the draft does not say that its link leads nowhere")
	}
	token := d.preview.State(page).Token
	d.write([]byte("---\ntitle: Annex\n---\nText.\n"), other, "90-annex-of-links.md")
	d.tell()
	if says() {
		t.Errorf("the draft says that its link leads nowhere, and it does lead to a section")
	}
	if d.preview.State(page).Token == token {
		t.Errorf("those who look at the draft are not told that the link was mended")
	}
}

// Texts that were not used lately are let go, and their pages are the same after.
func TestPreviewForgets(t *testing.T) {
	d := newDesk(t, 3)
	d.tell()
	for _, s := range d.preview.docs {
		s.entry.Versions = inMemory // as if it had so many
	}
	d.preview.trim()
	if n := len(d.preview.lately); n != 1 {
		t.Fatalf("%d documents stay in memory, want 1", n)
	}
	tokens := map[string]string{}
	for name := range d.preview.docs {
		tokens[name] = d.preview.State(name + "/index.html").Token
	}
	d.compare("forgetting")
	for name, token := range tokens {
		if got := d.preview.State(name + "/index.html").Token; got != token {
			t.Errorf("%s is called another one, though it is the same", name)
		}
	}
}

// Templates on disk are shown as they are edited; while one is faulty the pages
// are made with those before.
func TestPreviewTemplates(t *testing.T) {
	templates := filepath.Join(t.TempDir(), "templates")
	if err := os.CopyFS(templates, os.DirFS("../templates")); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, 5)
	d.preview.templates = templates
	index := filepath.Join(templates, "index.tmpl")
	text, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want, problem string }{
		{string(text), "<h1>Documents", ""},
		{strings.Replace(string(text), "<h1>", "<h1>Our ", 1), "<h1>Our Documents", ""},
		{"{{define", "<h1>Our Documents", "unclosed action"},
		{string(text), "<h1>Documents", ""},
	} {
		if err := os.WriteFile(index, []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		token := d.preview.State("index.html").Token
		d.changed = []string{index}
		d.tell()
		page, err := d.preview.File("index.html")
		if err != nil || !strings.Contains(string(page), c.want) {
			t.Errorf("with %.20q the page is %.40q, %v, want %q in it", c.text, page, err, c.want)
		}
		problems := fmt.Sprint(d.preview.problems())
		if (c.problem == "") != (problems == "[]") || !strings.Contains(problems, c.problem) {
			t.Errorf("with %.20q the problems are %s, want %q", c.text, problems, c.problem)
		}
		if (token == d.preview.State("index.html").Token) != (c.problem != "") {
			t.Errorf("with %.20q the page is called as it was: %v", c.text, c.problem == "")
		}
	}
}

// Pages can be asked for while the content is edited; at the end all are those of
// the last edit.
func TestPreviewAtOnce(t *testing.T) {
	d := newDesk(t, 6)
	ctx, cancel := context.WithCancel(context.Background())
	var wait sync.WaitGroup
	for _, name := range d.preview.lib.Documents {
		for _, page := range []string{"/index.html", "/draft/index.html", "/changes/index.html"} {
			wait.Go(func() {
				for ctx.Err() == nil {
					d.preview.State(name + page)
					if _, err := d.preview.File(name + page); err != nil && !errors.Is(err, fs.ErrNotExist) {
						t.Errorf("%s%s: %v", name, page, err)
						return
					}
				}
			})
		}
	}
	for _, edit := range []string{"section", "settings", "title", "release", "new section", "anything"} {
		edits[edit](d)
		d.tell()
	}
	cancel()
	wait.Wait()
	d.compare("edits at once")
}
