package check

import (
	"bytes"
	"testing"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A document of which nothing could be read has problems, and no text to look at.
func TestUnread(t *testing.T) {
	lib := open(t, map[string][]byte{
		"site.yaml":       []byte("title: X\nurl: https://example.com\n"),
		"terms/index.md":  bytes.Repeat([]byte("x"), 9_000_000),
		"terms/10-fee.md": bytes.Repeat([]byte("x"), 9_000_000),
	})
	doc, problems, err := legal.Load(lib, "terms")
	if err != nil {
		t.Fatal(err)
	}
	if !legal.Fatal(problems) {
		t.Errorf("the problems are %v", problems)
	}
	r := &Review{Document: doc, Library: lib, Advice: true}
	Run(r)
	Outlined(r)
}
