package site

import (
	"os"
	"testing"

	"github.com/nanoprompt/codicil/generator/bench"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// BenchmarkDocument makes the pages of a document with a hundred versions,
// their redlines included.
func BenchmarkDocument(b *testing.B) {
	dir := b.TempDir()
	if err := bench.Make(dir, bench.Shape{Documents: 1, Versions: 100}, 1); err != nil {
		b.Fatal(err)
	}
	lib, _, err := legal.Open(os.DirFS(dir), "content")
	if err != nil {
		b.Fatal(err)
	}
	doc, _, err := legal.Load(lib, lib.Documents[0])
	if err != nil {
		b.Fatal(err)
	}
	pages, err := New(lib, legal.Date{Year: 2026, Month: 12, Day: 1}, Options{})
	if err != nil {
		b.Fatal(err)
	}
	hash := func(string, legal.Number) string { return "" }
	for b.Loop() {
		if _, _, err := pages.Document(doc, hash, Reuse{}, func(*tree.Tree) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
