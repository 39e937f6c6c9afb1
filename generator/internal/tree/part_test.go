package tree

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// rebuild builds dir with the part "doc", kept if m marks it, and returns its mark.
func rebuild(t *testing.T, dir string, m Mark, files files) (kept bool, mark Mark, result Result) {
	t.Helper()
	s, err := NewStage(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Discard()
	p := s.Part("doc")
	if kept, err = p.Keep(m); err != nil {
		t.Fatal(err)
	}
	if !kept {
		if err := p.Add(treeOf(files)); err != nil {
			t.Fatal(err)
		}
	}
	mark = p.Mark()
	if result, err = s.Commit(); err != nil {
		t.Fatal(err)
	}
	return kept, mark, result
}

// What was published is kept while it is what the mark says, and made anew
// whatever else it has become.
func TestKeep(t *testing.T) {
	pages := files{"doc/index.html": "1", "doc/changes/index.html": "2"}
	page := func(dir string) string { return filepath.Join(dir, "doc/index.html") }
	for name, c := range map[string]struct {
		change func(t *testing.T, dir string, m *Mark)
		kept   bool
	}{
		"nothing": {func(*testing.T, string, *Mark) {}, true},
		"other times": {func(t *testing.T, dir string, m *Mark) {
			if err := os.Chtimes(page(dir), time.Unix(1, 0), time.Unix(1, 0)); err != nil {
				t.Fatal(err)
			}
		}, true},
		"other bytes": {func(t *testing.T, dir string, m *Mark) { write(t, dir, "doc/index.html", "x") }, false},
		"removed": {func(t *testing.T, dir string, m *Mark) {
			if err := os.Remove(page(dir)); err != nil {
				t.Fatal(err)
			}
		}, false},
		"now a folder": {func(t *testing.T, dir string, m *Mark) {
			if err := os.RemoveAll(filepath.Join(dir, "doc/changes")); err != nil {
				t.Fatal(err)
			}
		}, false},
		"a link": {func(t *testing.T, dir string, m *Mark) {
			if err := os.Rename(page(dir), page(dir)+"x"); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink("index.htmlx", page(dir)); err != nil {
				t.Fatal(err)
			}
		}, false},
		// The process died after it had published these pages and before it could
		// note their mark: the one that is known is of other pages.
		"another build's": {func(t *testing.T, dir string, m *Mark) {
			rebuild(t, dir, Mark{}, files{"doc/index.html": "other"})
		}, false},
		"no mark": {func(t *testing.T, dir string, m *Mark) { *m = Mark{} }, false},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			_, mark, _ := rebuild(t, dir, Mark{}, pages)
			c.change(t, dir, &mark)
			if name == "a link" {
				s, err := NewStage(dir)
				if err != nil {
					t.Fatal(err)
				}
				defer s.Discard()
				if kept, _ := s.Part("doc").Keep(mark); kept {
					t.Error("a symbolic link is kept")
				}
				return
			}
			kept, again, _ := rebuild(t, dir, mark, pages)
			if kept != c.kept {
				t.Errorf("kept = %v, want %v", kept, c.kept)
			}
			if mark != (Mark{}) && again.Sums != mark.Sums {
				t.Error("the same pages have another mark")
			}
			got := published(t, dir)
			for p, want := range pages {
				if got[p] != want {
					t.Errorf("%s = %q, want %q", p, got[p], want)
				}
			}
			if kept, _, result := rebuild(t, dir, again, nil); !kept || result.Written != 0 || result.Unchanged != len(pages) {
				t.Errorf("the next build: kept %v, %+v", kept, result)
			}
		})
	}
}

// Parts that begin alike are apart.
func TestKeepOnePart(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, treeOf(files{"doc/a": "1", "doc-2/a": "2", "doc.x": "3", "docs/a": "4"}))
	s, err := NewStage(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Discard()
	if got := s.publishedBelow("doc"); len(got) != 1 || got[0].path != "doc/a" {
		t.Errorf("the part doc has %v", got)
	}
}

func note(dir string, step func() error, notes map[string]string) error {
	s, err := newStage(dir, step)
	if err != nil {
		return err
	}
	defer s.Discard()
	for name, data := range notes {
		s.SetNote(name, []byte(data))
	}
	_, err = s.Commit()
	return err
}

func notesOf(t *testing.T, dir string, names ...string) (notes []string) {
	t.Helper()
	s, err := NewStage(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Discard()
	for _, name := range names {
		notes = append(notes, string(s.Note(name)))
	}
	return notes
}

// Notes are for the next build alone, and a process that dies leaves each of
// them old, new or gone.
func TestNotes(t *testing.T) {
	for k := 0; ; k++ {
		dir := t.TempDir()
		if err := note(dir, proceed, map[string]string{"a": "1", "b": "1"}); err != nil {
			t.Fatal(err)
		}
		died := note(dir, dieAt(k), map[string]string{"a": "2", "c": "2"})
		got := notesOf(t, dir, "a", "b", "c")
		for i, known := range [][]string{{"1", "2"}, {"1", ""}, {"", "2"}} {
			if !slices.Contains(known, got[i]) {
				t.Errorf("died after %d operations: the notes are %q", k, got)
			}
		}
		if err := note(dir, proceed, map[string]string{"a": "3"}); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(notesOf(t, dir, "a", "b", "c")); got != "[3  ]" {
			t.Errorf("died after %d operations: the next build's notes are %s", k, got)
		}
		entries, err := os.ReadDir(filepath.Join(dir, notesDir))
		if err != nil || len(entries) != 1 {
			t.Errorf("died after %d operations: %d notes stay, %v", k, len(entries), err)
		}
		if died == nil {
			return
		}
	}
}
