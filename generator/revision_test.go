package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// gitRepo returns a folder that is a repository in which files were committed.
func gitRepo(t *testing.T, files map[string]string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not here")
	}
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"init", "-q", "-b", "main"}, {"add", "."},
		{"-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "files"},
	} {
		if _, err := (repository{dir}).run(args...); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A revision is a file system like any other, whatever files are called.
func TestRevision(t *testing.T) {
	files := map[string]string{
		"content/site.yaml":        "title: Example\n",
		"content/terms/index.md":   strings.Repeat("Words of a text.\r\n", 9000),
		"content/terms-2/empty.md": "",
		"content/terms/-- dash.md": "a",
		"content/terms/new\nline":  "b",
		"content/terms/ünïcödé 字":  "\x00\xff",
		"other/file":               "c",
	}
	repo := gitRepo(t, files)
	for dir, prefix := range map[string]string{repo: "", filepath.Join(repo, "content"): "content/"} {
		r, err := openRevision(dir, "HEAD")
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for name, text := range files {
			if name, ok := strings.CutPrefix(name, prefix); ok {
				want = append(want, name)
				if got, err := fs.ReadFile(r, name); err != nil || string(got) != text {
					t.Errorf("%s holds %.20q, %v", name, got, err)
				}
			}
		}
		if err := fstest.TestFS(r, want...); err != nil {
			t.Error(err)
		}
		if _, err := r.Open("terms/nothing"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a file that there is not gives %v", err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

// What begins with a dash is no revision but an option of git's; one that there is
// not, and a folder that a revision does not have, are told apart.
func TestRevisionFails(t *testing.T) {
	repo := gitRepo(t, map[string]string{"content/site.yaml": ""})
	if err := os.Mkdir(filepath.Join(repo, "new"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, rev := range []string{"", "--output=x", "-p", "nothing", "HEAD..HEAD", "HEAD:content", "HEAD\n"} {
		if r, err := openRevision(repo, rev); err == nil {
			r.Close()
			t.Errorf("%q is taken for a revision", rev)
		}
	}
	if _, err := openRevision(filepath.Join(repo, "new"), "HEAD"); !errors.Is(err, errNoFolder) {
		t.Errorf("a folder that is new gives %v", err)
	}
	if _, err := openRevision(t.TempDir(), "HEAD"); err == nil || !strings.Contains(err.Error(), "is in no git repository") {
		t.Errorf("outside of a repository: %v", err)
	}
}
