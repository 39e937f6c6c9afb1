package check

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// Beside its examples, a rule can have an archive of its name with more content,
// in which the last file lists the problems.
func TestRules(t *testing.T) {
	for _, rule := range Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			a, err := txtar.ParseFile(filepath.Join("testdata", rule.ID+".txtar"))
			if os.IsNotExist(err) {
				t.Skip("its examples are enough")
			}
			if err != nil {
				t.Fatal(err)
			}
			last := &a.Files[len(a.Files)-1]
			var lines, others []string
			for _, p := range Run(load(t, a.Files[:len(a.Files)-1])) {
				if p.Rule != rule.ID {
					others = append(others, p.String())
				}
				if p.Hint == "" {
					t.Errorf("%v: no hint", p)
				}
				lines = append(lines, p.String(), "  hint: "+p.Hint)
			}
			if len(lines) == 2*len(others) {
				t.Error("the rule found nothing")
			}
			got := strings.Join(lines, "\n") + "\n"
			if os.Getenv("UPDATE") != "" {
				last.Data = []byte(got)
				if err := os.WriteFile(filepath.Join("testdata", rule.ID+".txtar"), txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(last.Data), got); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
		})
	}
}

func load(t *testing.T, files []txtar.File) *Review {
	t.Helper()
	fsys, err := txtar.FS(&txtar.Archive{Files: files})
	if err != nil {
		t.Fatal(err)
	}
	lib, _, err := legal.Open(fsys, "content")
	if err != nil {
		t.Fatal(err)
	}
	doc, problems, err := legal.Load(lib, "terms")
	if err != nil || legal.Fatal(problems) {
		t.Fatal(err, problems)
	}
	return &Review{Document: doc, Library: lib}
}

func TestTable(t *testing.T) {
	ids := IDs()
	for _, rule := range Rules() {
		if !strings.HasSuffix(rule.Doc, ".") {
			t.Errorf("%s: the rule has no sentence", rule.ID)
		}
	}
	if !slices.IsSorted(ids) {
		t.Errorf("the rules are not sorted: %q", ids)
	}
}

func TestApply(t *testing.T) {
	site := legal.Site{Rules: map[string]string{
		"dangling-anchor": "error", "raw-html": "off", "duplicate-id": "warning", "frozen-changed": "off",
	}}
	problems := []legal.Problem{
		{Rule: "dangling-anchor", Severity: legal.Warning},
		{Rule: "raw-html"},
		{Rule: "duplicate-id"},
		{Rule: "frozen-changed"},
	}
	var got []string
	for _, p := range Apply(site, problems) {
		got = append(got, p.Rule+" "+p.Severity.String())
	}
	want := []string{"dangling-anchor error", "duplicate-id warning", "frozen-changed error"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	if found := Settings(site); len(found) != 1 || !strings.Contains(found[0].Msg, "frozen-changed") {
		t.Errorf("Settings = %v, want that frozen-changed cannot be silenced", found)
	}
}
