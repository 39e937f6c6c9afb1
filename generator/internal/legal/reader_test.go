package legal

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// However often the working text is read, what a Reader says is what Load says.
func TestReader(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	files := fstest.MapFS{
		"site.yaml":                       file("title: T\nurl: https://example.com/\n"),
		"terms/index.md":                  file("---\ntitle: Terms\n---\nWelcome.\n"),
		"terms/10-fees.md":                file("---\ntitle: Fees\n---\nA <b>fee</b>.\n"),
		"terms/20-other.md":               file("---\ntitle: Other\n---\nWords.\n"),
		"terms/versions/1.0.0/index.md":   file("---\ntitle: Terms\nversion: 1.0.0\neffective: 2026-01-01\n---\nAn <i>old</i> text.\n"),
		"terms/versions/1.0.0/10-fees.md": file("---\ntitle: Fees\n---\nNone.\n"),
	}
	lib, _, err := Open(files, "content")
	if err != nil {
		t.Fatal(err)
	}
	reader, err := NewReader(lib, "terms")
	if err != nil {
		t.Fatal(err)
	}
	for _, edit := range []struct{ name, text string }{
		{"terms/20-other.md", "---\ntitle: Other\n---\nWords.\n"},
		{"terms/20-other.md", "---\ntitle: Other\n---\nOther words, and <i>old</i> ones.\n"},
		{"terms/index.md", "---\ntitle: Terms\n---\nAn <i>old</i> text.\n"},
		{"terms/10-fees.md", "---\ntitle: Fees\n---\nNone.\n"},
		{"terms/10-fees.md", "---\ntitel: Fees\n---\nNone.\n"},
		{"terms/10-fees.md", "---\ntitle: Fees\n---\nNone.\n"},
	} {
		files[edit.name] = file(edit.text)
		got, problems, err := reader.Read()
		if err != nil {
			t.Fatal(err)
		}
		want, wantProblems, err := Load(lib, "terms")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(wantProblems, problems); diff != "" {
			t.Errorf("after %q the problems differ (-Load +Read):\n%s", edit.text, diff)
		}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Version{}, Section{}, Text{})); diff != "" {
			t.Errorf("after %q the documents differ (-Load +Read):\n%s", edit.text, diff)
		}
	}
}
