package legal

import (
	"crypto/sha256"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// Every file of a frozen version is there with its hash, whatever the reader
// makes of it, and a file that is too large to be read as well.
func TestFiles(t *testing.T) {
	content := map[string]string{
		"index.md":       "---\ntitle: Terms\nversion: 1.0.0\neffective: 2026-01-01\n---\n",
		"10-fees.md":     "---\r\ntitle: Fees\r\n---\r\nA text.\r\n",
		"page.html":      "<p>",
		"large.txt":      strings.Repeat("x", maxFile+1),
		"old/notes.txt":  "notes",
		".DS_Store":      "left by a system",
		"old/.gitignore": "left by a system",
	}
	files := fstest.MapFS{"site.yaml": {Data: []byte("title: T\nurl: https://t.example\n")}}
	want := []string{"10-fees.md", "index.md", "large.txt", "old/notes.txt", "page.html"}
	for name, data := range content {
		files["terms/versions/1.0.0/"+name] = &fstest.MapFile{Data: []byte(data)}
	}
	lib, _, err := Open(files, "content")
	if err != nil {
		t.Fatal(err)
	}
	doc, _, err := Load(lib, "terms")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range doc.Versions[0].Files {
		got = append(got, f.Name)
		if f.Sum != sha256.Sum256([]byte(content[f.Name])) {
			t.Errorf("%s has another hash", f.Name)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("Files = %q, want %q", got, want)
	}
	if unix := doc.Versions[0].Files[0].Unix; unix != sha256.Sum256([]byte("---\ntitle: Fees\n---\nA text.\n")) {
		t.Error("the hash with LF for CRLF is wrong")
	}
}

// Equal files are parsed once, but each knows where it stands.
func TestEqualFiles(t *testing.T) {
	files := fstest.MapFS{"site.yaml": {Data: []byte("title: T\nurl: https://t.example\n")}}
	for _, n := range []string{"1.0.0", "1.1.0"} {
		files["terms/versions/"+n+"/index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Terms\nversion: " + n + "\neffective: 2026-01-01\n---\n")}
		files["terms/versions/"+n+"/10-fees.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Fees\n---\nA text.\n")}
	}
	lib, _, err := Open(files, "content")
	if err != nil {
		t.Fatal(err)
	}
	doc, _, err := Load(lib, "terms")
	if err != nil {
		t.Fatal(err)
	}
	a, b := doc.Versions[0].Sections[0], doc.Versions[1].Sections[0]
	if a.Body != b.Body {
		t.Error("the same text was parsed twice")
	}
	for s, dir := range map[*Section]string{a: "1.0.0", b: "1.1.0"} {
		if got, want := s.Pos("title"), (Pos{"content/terms/versions/" + dir + "/10-fees.md", 2, 8}); got != want {
			t.Errorf("Pos = %v, want %v", got, want)
		}
	}
}
