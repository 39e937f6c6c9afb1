package legal

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what the tests got as what they want")

// archives calls f for every archive that matches pattern, and compares what
// it returns with the archive's file "want".
func archives(t *testing.T, pattern string, f func(t *testing.T, a *txtar.Archive) string) {
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no archive matches %s", pattern)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := f(t, a)
			last := &a.Files[len(a.Files)-1]
			if last.Name != "want" {
				t.Fatal("the last file is not want")
			}
			if *update {
				last.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(last.Data), got); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
		})
	}
}

// TestText reads source.md and compares the canonical form of its blocks and
// the problems.
func TestText(t *testing.T) {
	archives(t, "testdata/text/*.txtar", func(t *testing.T, a *txtar.Archive) string {
		text, problems := Parse(a.Files[0].Data, a.Files[0].Name, 1)
		var w strings.Builder
		w.WriteString(text.Canonical())
		for _, p := range SortProblems(problems) {
			w.WriteString(p.String() + "\n")
		}
		return w.String()
	})
}

// TestLoad loads all documents of an archive and compares the problems, with
// their hints.
func TestLoad(t *testing.T) {
	archives(t, "testdata/load/*.txtar", func(t *testing.T, a *txtar.Archive) string {
		var w strings.Builder
		for _, p := range loadAll(t, archiveFS(t, a)) {
			w.WriteString(p.String() + "\n  hint: " + p.Hint + "\n")
		}
		return w.String()
	})
}

func archiveFS(t *testing.T, a *txtar.Archive) fs.FS {
	files, err := txtar.FS(&txtar.Archive{Files: a.Files[:len(a.Files)-1]})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// loadAll returns the problems of a library and its documents.
func loadAll(t *testing.T, files fs.FS) []Problem {
	lib, problems, err := Open(files, "content")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range lib.Documents {
		_, found, err := Load(lib, name)
		if err != nil {
			t.Fatal(err)
		}
		problems = append(problems, found...)
	}
	return SortProblems(problems)
}
