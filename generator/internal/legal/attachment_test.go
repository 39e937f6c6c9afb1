package legal

import (
	"crypto/sha256"
	"testing"
	"testing/fstest"
)

// A version knows the bytes of its attachments.
func TestAttachmentSum(t *testing.T) {
	chart := []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)
	lib, _, err := Open(fstest.MapFS{
		"a/index.md":  {Data: []byte("---\ntitle: A\n---\n")},
		"a/chart.svg": {Data: chart},
		"a/bad.svg":   {Data: []byte("<svg><script/></svg>")},
		"a/empty.txt": {},
	}, "content")
	if err != nil {
		t.Fatal(err)
	}
	doc, _, err := Load(lib, "a")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][sha256.Size]byte{
		"chart.svg": sha256.Sum256(chart),
		"empty.txt": sha256.Sum256(nil),
		"bad.svg":   {},
		"none.pdf":  {},
	} {
		if got := doc.Draft.AttachmentSum(name); got != want {
			t.Errorf("AttachmentSum(%q) = %x, want %x", name, got, want)
		}
	}
}
