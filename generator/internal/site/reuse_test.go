package site

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// An edit of the working text makes the two pages of the draft anew, and keeps all
// others that show a text.
func TestReuse(t *testing.T) {
	files := content()
	for name, f := range files {
		if rest, ok := strings.CutPrefix(name, "terms/versions/2.0.0/"); ok {
			files["terms/"+rest] = &fstest.MapFile{Data: slices.Concat(f.Data, []byte("\nA draft.\n"))}
		}
	}
	build := func(was *Memory) (made, kept []string, memory *Memory) {
		lib, _, err := legal.Open(files, "content")
		if err != nil {
			t.Fatal(err)
		}
		doc, _, err := legal.Load(lib, "terms")
		if err != nil {
			t.Fatal(err)
		}
		b, err := New(lib, legal.Date{Year: 2026, Month: 11, Day: 24}, Options{Drafts: true})
		if err != nil {
			t.Fatal(err)
		}
		reuse := Reuse{was, func(file string) (bool, error) { kept = append(kept, file); return true, nil }}
		_, memory, err = b.Document(doc, func(string, legal.Number) string { return "" }, reuse, func(tr *tree.Tree) error {
			made = append(made, tr.Paths()...)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return made, kept, memory
	}
	all, _, memory := build(nil)
	files["terms/10-fees.md"].Data = append(files["terms/10-fees.md"].Data, "\nA new paragraph.\n"...)
	made, kept, _ := build(memory)
	if len(made)+len(kept) != len(all) || len(kept) != len(memory.Pages)-2 {
		t.Errorf("%d pages were made and %d kept, of %d; %d are known", len(made), len(kept), len(all), len(memory.Pages))
	}
	for _, p := range made {
		if memory.Pages[p] != "" && !strings.HasPrefix(p, "terms/draft/") {
			t.Errorf("%s was made again", p)
		}
	}
}
