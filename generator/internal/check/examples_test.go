package check

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/tools/txtar"

	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A trial is the content of an example.
type trial struct {
	lib  *legal.Library
	docs []*Review
	read []legal.Problem // by the loader and the ledger
}

// Every rule finds what its example says of the bad content, and nothing is
// said of the good one. A rule that was emptied is noticed.
func TestExamples(t *testing.T) {
	for i, rule := range Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			a, err := rule.example()
			if err != nil {
				t.Fatal(err)
			}
			bad := newTrial(t, a, "bad/")
			got := bad.said(t, Rules())
			want := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
			if want < 0 {
				t.Fatal("the example has no file want")
			}
			if os.Getenv("UPDATE") != "" {
				a.Files[want].Data = []byte(got)
				if err := os.WriteFile(filepath.Join("examples", rule.ID+".txtar"), txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(a.Files[want].Data), got); diff != "" {
				t.Errorf("the bad example: want (-), got (+):\n%s", diff)
			}
			if !strings.Contains(got, "["+rule.ID+"]") {
				t.Errorf("the rule does not find its bad example:\n%s", got)
			}
			if strings.TrimSpace(string(a.Comment)) == "" {
				t.Error("the example gives no reason for the rule")
			}
			if said := newTrial(t, a, "good/").said(t, Rules()); said != "" {
				t.Errorf("of the good example is said:\n%s", said)
			}
			if rule.find == nil && rule.across == nil {
				return
			}
			rules := Rules()
			rules[i].find = func(*Review) []legal.Problem { return nil }
			rules[i].across = func([]*Outline) []legal.Problem { return nil }
			if bad.said(t, rules) == got {
				t.Error("the example does not notice that the rule's function is emptied")
			}
		})
	}
	files, _ := filepath.Glob("examples/*.txtar")
	if len(files) != len(Rules()) {
		t.Errorf("there are %d examples of %d rules", len(files), len(Rules()))
	}
}

// said returns what is said of the content, with hints.
func (c *trial) said(t *testing.T, rules []Rule) string {
	t.Helper()
	problems := slices.Clone(c.read)
	var outlines []*Outline
	for _, r := range c.docs {
		r.text = nil
		if r.Draft != nil || r.Newest() != nil {
			outlines = append(outlines, Outlined(r))
		}
		problems = append(problems, run(r, rules)...)
	}
	for _, rule := range rules {
		if rule.across != nil {
			problems = append(problems, rule.links(c.lib.Site, outlines)...)
		}
	}
	var w strings.Builder
	for _, p := range legal.SortProblems(problems) {
		fmt.Fprintf(&w, "%s\n  hint: %s\n", p, p.Hint)
		if p.Hint == "" || p.File == "" {
			t.Errorf("%v: no hint, or no file", p)
		}
	}
	return w.String()
}

// newTrial reads the files of a whose names begin with prefix. All rules are on.
func newTrial(t *testing.T, a *txtar.Archive, prefix string) *trial {
	t.Helper()
	files := gather(a, prefix)
	c := &trial{lib: open(t, files)}
	for _, rule := range Rules() {
		if rule.Severity == legal.Off {
			c.lib.Site.Rules[rule.ID] = "warning"
		}
	}
	_, problems, err := legal.Open(c.lib.Files, c.lib.Root)
	if err != nil {
		t.Fatal(err)
	}
	sums, broken, err := ledger.Read(c.lib)
	if err != nil {
		t.Fatal(err)
	}
	c.read = slices.Concat(problems, broken, ledger.Missing(c.lib, sums), Settings(c.lib.Site))
	base := map[string]*legal.Document{}
	var was *legal.Site
	based := slices.ContainsFunc(a.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "base/") })
	if based {
		lib := open(t, gather(a, "base/"))
		was = &lib.Site
		for _, name := range lib.Documents {
			base[name], _, _ = legal.Load(lib, name)
			if !slices.Contains(c.lib.Documents, name) {
				c.docs = append(c.docs, &Review{Document: &legal.Document{Name: name}, Library: c.lib, Base: base[name], Was: was, Advice: true})
			}
		}
	}
	for _, name := range c.lib.Documents {
		doc, problems, err := legal.Load(c.lib, name)
		if err != nil {
			t.Fatal(err)
		}
		broken, err := ledger.Verify(c.lib, doc, sums)
		if err != nil {
			t.Fatal(err)
		}
		c.read = append(c.read, slices.Concat(problems, broken)...)
		day, _ := legal.ParseDate(exampleDay)
		c.docs = append(c.docs, &Review{Document: doc, Library: c.lib, Base: base[name], Was: was, Day: day, Advice: true})
	}
	c.read = Apply(c.lib.Site, c.read)
	return c
}

func open(t *testing.T, files map[string][]byte) *legal.Library {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = plainly(data)
	}
	lib, _, err := legal.Open(fsys, "content")
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// plainly returns the file that data stands for: examples are UTF-8 and short, and what
// is none of both is told in brackets.
func plainly(data []byte) *fstest.MapFile {
	what, rest, _ := strings.Cut(string(data), "\n")
	switch what {
	case "(in Latin-1)":
		latin, _ := charmap.ISO8859_1.NewEncoder().String(rest)
		return &fstest.MapFile{Data: []byte(latin)}
	case "(nine million times)":
		return &fstest.MapFile{Data: bytes.Repeat([]byte("x"), 9_000_000)}
	case "(a link to index.md)":
		return &fstest.MapFile{Data: []byte("index.md"), Mode: fs.ModeSymlink}
	}
	return &fstest.MapFile{Data: data}
}

// gather returns the files of a with prefix over the scaffold, and the hashes of
// versions. A file that holds "gone" alone is left out.
func gather(a *txtar.Archive, prefix string) map[string][]byte {
	files, released := map[string][]byte{}, map[string][]byte{}
	for _, f := range txtar.Parse([]byte(scaffold)).Files {
		files[f.Name] = f.Data
	}
	for _, f := range a.Files {
		if name, ok := strings.CutPrefix(f.Name, prefix); ok {
			files[name] = f.Data
		}
		if name, ok := strings.CutPrefix(f.Name, "released/"); ok {
			released[name] = f.Data
		}
	}
	for name, data := range files {
		if string(data) == "gone\n" {
			delete(files, name)
		}
	}
	if len(released) == 0 {
		released = files
	}
	freeze(files, released)
	return files
}

// freeze adds the hashes of the versions that were released, where files has none.
func freeze(files, released map[string][]byte) {
	versions := map[string][]string{}
	for name := range released {
		dir, file := path.Split(name)
		dir = path.Clean(dir)
		if _, err := legal.ParseNumber(path.Base(dir)); err == nil && strings.Contains(dir, "/"+legal.VersionsDir+"/") {
			versions[dir] = append(versions[dir], file)
		}
	}
	var sums strings.Builder
	for _, dir := range slices.Sorted(maps.Keys(versions)) {
		slices.Sort(versions[dir])
		var list strings.Builder
		for _, name := range versions[dir] {
			fmt.Fprintf(&list, "%x  %s\n", sha256.Sum256(released[path.Join(dir, name)]), name)
		}
		sum := sha256.Sum256([]byte(list.String()))
		fmt.Fprintf(&sums, "%s %s h1:%s\n", strings.Replace(path.Dir(dir), "/"+legal.VersionsDir, "", 1), path.Base(dir), base64.StdEncoding.EncodeToString(sum[:]))
		files[dir+".sum"] = []byte(list.String())
	}
	if _, given := files["versions.sum"]; !given && sums.Len() > 0 {
		files["versions.sum"] = []byte(sums.String())
	}
}
