package tree

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func treeOf(files map[string]string) *Tree {
	t := new(Tree)
	for p, data := range files {
		t.Put(p, []byte(data))
	}
	return t
}

// files is a folder on disk: the path of each file and its bytes. An empty folder
// is a path that ends in a slash.
type files = map[string]string

// published reads all of dir but .codicil.
func published(t testing.TB, dir string) files {
	t.Helper()
	got := files{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case p == stateDir:
			return fs.SkipDir
		case entry.IsDir():
			inside, err := os.ReadDir(filepath.Join(dir, p))
			if len(inside) == 0 && p != "." {
				got[p+"/"] = ""
			}
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, p))
		got[p] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// write makes or replaces a file in dir, not through a Stage.
func write(t testing.TB, dir, p, data string) {
	t.Helper()
	name := filepath.Join(dir, p)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

// build publishes trees into dir, stopping at the first error.
func build(dir string, step func() error, trees ...*Tree) (Result, error) {
	s, err := newStage(dir, step)
	if err != nil {
		return Result{}, err
	}
	defer s.Discard()
	for _, t := range trees {
		if err := s.Add(t); err != nil {
			return Result{}, err
		}
	}
	return s.Commit()
}

func mustBuild(t testing.TB, dir string, trees ...*Tree) Result {
	t.Helper()
	result, err := build(dir, proceed, trees...)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// state lists what lies in .codicil.
func state(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, stateDir))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func checkState(t testing.TB, dir string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, state(t, dir)); diff != "" {
		t.Errorf("in %s (-want +got):\n%s", stateDir, diff)
	}
}

func TestCommit(t *testing.T) {
	for _, test := range []struct {
		name     string
		old, new files
		edit     files // written by somebody else between the builds
		want     files // if not new
		result   Result
	}{
		{
			name:   "first",
			new:    files{"index.html": "home", "a/b/c.html": "c"},
			result: Result{Written: 2, Bytes: 5},
		}, {
			name: "nothing to publish",
			want: files{},
		}, {
			name:   "same",
			old:    files{"index.html": "home", "a/c.html": "c"},
			new:    files{"index.html": "home", "a/c.html": "c"},
			result: Result{Unchanged: 2},
		}, {
			name:   "new, changed and removed",
			old:    files{"index.html": "home", "a/c.html": "c", "gone.html": "x"},
			new:    files{"index.html": "HOME", "a/c.html": "c", "a/d.html": "dd"},
			result: Result{Written: 2, Unchanged: 1, Removed: 1, Bytes: 6},
		}, {
			name:   "empty folders go",
			old:    files{"index.html": "home", "a/b/c/d.html": "d", "a/e.html": "e"},
			new:    files{"index.html": "home", "a/e.html": "e"},
			result: Result{Unchanged: 1 + 1, Removed: 1},
		}, {
			name:   "everything goes",
			old:    files{"a/b/c.html": "c", "d.html": "d"},
			want:   files{},
			result: Result{Removed: 2},
		}, {
			name:   "foreign files stay",
			old:    files{"a/b.html": "b"},
			edit:   files{"a/mine.txt": "mine", "CNAME": "example.com"},
			new:    files{"index.html": "home"},
			want:   files{"index.html": "home", "a/mine.txt": "mine", "CNAME": "example.com"},
			result: Result{Written: 1, Removed: 1, Bytes: 4},
		}, {
			name:   "replaced file is kept",
			old:    files{"a.html": "a", "b.html": "b"},
			edit:   files{"b.html": "mine"},
			new:    files{"a.html": "a"},
			want:   files{"a.html": "a", "b.html": "mine"},
			result: Result{Unchanged: 1, Kept: 1},
		}, {
			name:   "damaged file is repaired",
			old:    files{"a.html": "a", "b.html": "b"},
			edit:   files{"b.html": ""},
			new:    files{"a.html": "a", "b.html": "b"},
			result: Result{Written: 1, Unchanged: 1, Bytes: 1},
		}, {
			name:   "foreign file with the same bytes is adopted",
			edit:   files{"a.html": "a"},
			new:    files{"a.html": "a"},
			result: Result{Unchanged: 1},
		}, {
			name:   "page becomes folder",
			old:    files{"a": "page", "z/a": "page"},
			new:    files{"a/index.html": "page", "z/a/b/c": "page"},
			result: Result{Written: 2, Removed: 2, Bytes: 8},
		}, {
			name:   "folder becomes page",
			old:    files{"a/b/c": "1", "a/b/d/e": "2", "a/f": "3"},
			new:    files{"a": "page"},
			result: Result{Written: 1, Removed: 3, Bytes: 4},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			if test.old != nil {
				mustBuild(t, dir, treeOf(test.old))
			}
			for p, data := range test.edit {
				write(t, dir, p, data)
			}
			result := mustBuild(t, dir, treeOf(test.new))
			if diff := cmp.Diff(test.result, result); diff != "" {
				t.Errorf("result (-want +got):\n%s", diff)
			}
			want := test.want
			if want == nil {
				want = test.new
			}
			if diff := cmp.Diff(want, published(t, dir)); diff != "" {
				t.Errorf("published (-want +got):\n%s", diff)
			}
			again := mustBuild(t, dir, treeOf(test.new))
			if want := (Result{Unchanged: len(test.new)}); again != want {
				t.Errorf("second build: %+v, want %+v", again, want)
			}
		})
	}
}

func TestInTheWay(t *testing.T) {
	for _, test := range []struct {
		name string
		old  files
		edit files
		new  files
		want string
	}{
		{"foreign file", nil, files{"a.html": "mine"}, files{"a.html": "a"},
			"a.html: a file that codicil did not make is in the way; move it away, or build into an empty folder"},
		{"foreign file for a folder", nil, files{"a": "mine"}, files{"a/b/c.html": "c"},
			"a must become a folder, but codicil did not make what is there; move it away"},
		{"replaced file for a folder", files{"a": "a"}, files{"a": "mine"}, files{"a/b.html": "b"},
			"a must become a folder, but codicil did not make what is there; move it away"},
		{"foreign file in a folder for a page", files{"a/b/c": "1"}, files{"a/b/mine": "mine"}, files{"a": "page"},
			"a must become a file, but codicil did not make a/b/mine, which is there; move it away"},
		{"foreign folder for a page", files{"a/b": "1"}, files{"a/mine/x": "mine"}, files{"a": "page"},
			"a must become a file, but codicil did not make a/mine, which is there; move it away"},
		{"one file below another", nil, nil, files{"a": "1", "a/b": "2"},
			"the build makes both a file a and a file a/b below it"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			mustBuild(t, dir, treeOf(test.old))
			for p, data := range test.edit {
				write(t, dir, p, data)
			}
			before := published(t, dir)
			_, err := build(dir, proceed, treeOf(test.new))
			if err == nil || !strings.HasSuffix(err.Error(), test.want) {
				t.Errorf("build = %v, want %s", err, test.want)
			}
			if diff := cmp.Diff(before, published(t, dir)); diff != "" {
				t.Errorf("published has changed (-before +after):\n%s", diff)
			}
		})
	}
}

// What is the same is not written: it stays the same file with the same time.
func TestWriteOnlyWhatDiffers(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, treeOf(files{"same.html": "same", "changed.html": "old"}))
	old := time.Now().Add(-time.Hour)
	name := filepath.Join(dir, "same.html")
	if err := os.Chtimes(name, old, old); err != nil {
		t.Fatal(err)
	}
	before := stat(t, name)
	mustBuild(t, dir, treeOf(files{"same.html": "same", "changed.html": "new"}))
	if after := stat(t, name); !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Error("same.html was written again")
	}
	if mode := stat(t, filepath.Join(dir, "changed.html")).Mode(); mode&0o600 != 0o600 || mode&0o111 != 0 {
		t.Errorf("mode of changed.html is %v, want 0644 less umask", mode)
	}
}

func stat(t *testing.T, name string) fs.FileInfo {
	t.Helper()
	info, err := os.Lstat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func TestSymlinksStayInside(t *testing.T) {
	for _, test := range []struct {
		name string
		link func(dir, outside string) error
		new  files
	}{
		{"file", func(dir, outside string) error {
			return os.Symlink(filepath.Join(outside, "a.html"), filepath.Join(dir, "a.html"))
		}, files{"a.html": "new"}},
		{"folder", func(dir, outside string) error {
			return os.Symlink(outside, filepath.Join(dir, "a"))
		}, files{"a/a.html": "new"}},
		{"new file in folder", func(dir, outside string) error {
			return os.Symlink(outside, filepath.Join(dir, "a"))
		}, files{"a/new.html": "new"}},
		{"folder inside", func(dir, outside string) error {
			return os.Symlink("real", filepath.Join(dir, "a"))
		}, files{"a/new.html": "new"}},
		{"state", func(dir, outside string) error {
			return os.Symlink(outside, filepath.Join(dir, stateDir))
		}, files{"a.html": "new"}},
		{"lock", func(dir, outside string) error {
			os.Mkdir(filepath.Join(dir, stateDir), 0o755)
			return os.Symlink(filepath.Join(outside, "lock"), filepath.Join(dir, lockFile))
		}, files{"a.html": "new"}},
		{"stage", func(dir, outside string) error {
			os.Mkdir(filepath.Join(dir, stateDir), 0o755)
			return os.Symlink(outside, filepath.Join(dir, stageDir))
		}, nil}, // the link is removed like any stale stage
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, outside := t.TempDir(), t.TempDir()
			write(t, outside, "a.html", "outside")
			write(t, dir, "real/b.html", "inside")
			if err := test.link(dir, outside); err != nil {
				t.Fatal(err)
			}
			if _, err := build(dir, proceed, treeOf(test.new)); (err == nil) != (test.new == nil) {
				t.Errorf("build: %v", err)
			} else {
				t.Log(err)
			}
			if diff := cmp.Diff(files{"a.html": "outside"}, published(t, outside)); diff != "" {
				t.Errorf("outside has changed (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(files{"b.html": "inside"}, published(t, filepath.Join(dir, "real"))); diff != "" {
				t.Errorf("link target has changed (-want +got):\n%s", diff)
			}
		})
	}
}

// A removal does not follow a folder that became a link to an equal one.
func TestRemovalBehindLink(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, treeOf(files{"a/x": "x"}))
	if err := os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "b")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("b", filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	if got := mustBuild(t, dir, new(Tree)); got != (Result{Kept: 1}) {
		t.Errorf("build = %+v, want 1 kept", got)
	}
}

func TestFolderIsLink(t *testing.T) {
	real, link := t.TempDir(), filepath.Join(t.TempDir(), "public")
	if err := os.Symlink(real, link); err != nil {
		t.Fatal(err)
	}
	mustBuild(t, link, treeOf(files{"a.html": "a"}))
	if diff := cmp.Diff(files{"a.html": "a"}, published(t, real)); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

func TestDiscard(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, treeOf(files{"a.html": "a"}))
	s, err := NewStage(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Add(treeOf(files{"a.html": "new", "b.html": "b"})); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Discard(); err != nil {
			t.Errorf("Discard: %v", err)
		}
	}
	if diff := cmp.Diff(files{"a.html": "a"}, published(t, dir)); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
	checkState(t, dir, "lock", "manifest")
	if err := s.Add(treeOf(files{"c.html": "c"})); err == nil {
		t.Error("Add after Discard succeeds")
	}
	if _, err := s.Commit(); err == nil {
		t.Error("Commit after Discard succeeds")
	}
}

func TestDiscardFirstBuild(t *testing.T) {
	dir := t.TempDir()
	s, err := NewStage(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Discard(); err != nil {
		t.Fatal(err)
	}
	checkState(t, dir)
}

func TestAddTwice(t *testing.T) {
	dir := t.TempDir()
	one := treeOf(files{"a.html": "a"})
	_, err := build(dir, proceed, one, one)
	if want := "stage " + dir + "/a.html: the build makes this file twice"; err == nil || err.Error() != want {
		t.Errorf("Add = %v, want %s", err, want)
	}
}

// A stage with a failed Add must not be published, or its files would be removed.
func TestCommitAfterFailedAdd(t *testing.T) {
	dir := t.TempDir()
	old := files{"a.html": "a", "b.html": "b"}
	mustBuild(t, dir, treeOf(old))
	s, err := NewStage(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Discard()
	one := treeOf(files{"a.html": "new"})
	s.Add(one)
	s.Add(one)
	if _, err := s.Commit(); err == nil {
		t.Error("Commit succeeds")
	}
	if diff := cmp.Diff(old, published(t, dir)); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

func TestBadManifest(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, manifestFile, "nonsense\n")
	want := `.codicil/manifest: line 1: bad hash "nonsense"; empty the folder and build again`
	if _, err := NewStage(dir); err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("NewStage = %v, want %s", err, want)
	}
}

// bigTrees returns n trees of m files each.
func bigTrees(n, m int, text string) []*Tree {
	var trees []*Tree
	for i := range n {
		t := new(Tree)
		for j := range m {
			t.Put(fmt.Sprintf("doc-%d/%d/index.html", i, j), fmt.Appendf(nil, "%s %d %d", text, i, j))
		}
		trees = append(trees, t)
	}
	return trees
}

func TestConcurrentAddIsDeterministic(t *testing.T) {
	var want files
	for round := range 3 {
		dir := t.TempDir()
		mustBuild(t, dir, bigTrees(4, 20, "old")...)
		s, err := NewStage(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Discard()
		var group sync.WaitGroup
		for _, tr := range bigTrees(8, 20, "new") {
			group.Go(func() {
				if err := s.Add(tr); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if _, err := s.Commit(); err != nil {
			t.Fatal(err)
		}
		got := published(t, dir)
		manifest, err := os.ReadFile(filepath.Join(dir, manifestFile))
		if err != nil {
			t.Fatal(err)
		}
		got["manifest"] = string(manifest)
		if round == 0 {
			want = maps.Clone(got)
		}
		if diff := cmp.Diff(want, got); diff != "" || len(got) != 161 {
			t.Errorf("round %d: %d files (-first +got):\n%s", round, len(got), diff)
		}
	}
}

// Builds and releases into one folder wait for one another, also where the lock
// file goes away in between.
func TestLock(t *testing.T) {
	dir := t.TempDir()
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for j := range 5 {
				text := fmt.Sprint(i, j)
				if err := Apply(dir, treeOf(files{"a": text, "b/c": text})); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if got := published(t, dir); len(got) != 2 || got["a"] != got["b/c"] {
		t.Errorf("published %v, want two equal files", got)
	}
	checkState(t, dir)
}

func TestApply(t *testing.T) {
	dir := t.TempDir()
	old := files{"site.yaml": "site", "terms/index.md": "draft", "versions.sum": "1\n"}
	for p, data := range old {
		write(t, dir, p, data)
	}
	site := stat(t, filepath.Join(dir, "site.yaml"))
	if err := Apply(dir, treeOf(files{
		"site.yaml":                     "site",
		"versions.sum":                  "1\n2\n",
		"terms/versions/1.0.0/index.md": "draft",
	})); err != nil {
		t.Fatal(err)
	}
	want := maps.Clone(old)
	want["versions.sum"] = "1\n2\n"
	want["terms/versions/1.0.0/index.md"] = "draft"
	if diff := cmp.Diff(want, published(t, dir)); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
	if !os.SameFile(site, stat(t, filepath.Join(dir, "site.yaml"))) {
		t.Error("site.yaml was written again")
	}
	checkState(t, dir)
}

func TestApplyInTheWay(t *testing.T) {
	for _, test := range []struct {
		old, new files
		want     string
	}{
		{files{"a": "file"}, files{"a/b": "new"}, "a must become a folder, but codicil did not make what is there; move it away"},
		{files{"a/b": "file"}, files{"a": "new"}, "a must become a file, but codicil did not make a, which is there; move it away"},
	} {
		dir := t.TempDir()
		for p, data := range test.old {
			write(t, dir, p, data)
		}
		err := Apply(dir, treeOf(test.new))
		if err == nil || !strings.HasSuffix(err.Error(), test.want) {
			t.Errorf("Apply = %v, want %s", err, test.want)
		}
		if diff := cmp.Diff(test.old, published(t, dir)); diff != "" {
			t.Errorf("published (-want +got):\n%s", diff)
		}
		checkState(t, dir)
	}
	if err := Apply(filepath.Join(t.TempDir(), "none"), new(Tree)); err == nil {
		t.Error("Apply to a folder that does not exist succeeds")
	}
}

func BenchmarkBuild(b *testing.B) {
	trees := bigTrees(100, 100, strings.Repeat("a small page ", 100))
	for _, same := range []bool{false, true} {
		b.Run(map[bool]string{false: "new", true: "unchanged"}[same], func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "public")
			mustBuild(b, dir, trees...)
			for b.Loop() {
				if !same {
					b.StopTimer()
					if err := os.RemoveAll(dir); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
				}
				mustBuild(b, dir, trees...)
			}
		})
	}
}
