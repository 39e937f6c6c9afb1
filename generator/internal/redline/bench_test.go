package redline_test

import (
	"os"
	"testing"

	"github.com/nanoprompt/codicil/generator/bench"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// BenchmarkHistory compares each of a hundred versions with the one before.
func BenchmarkHistory(b *testing.B) {
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
	b.Run("alone", func(b *testing.B) {
		for b.Loop() {
			for i, v := range doc.Versions[1:] {
				redline.Compare(doc.Versions[i], v)
			}
		}
	})
	b.Run("one Comparer", func(b *testing.B) {
		for b.Loop() {
			k := redline.NewComparer()
			for i, v := range doc.Versions[1:] {
				k.Compare(doc.Versions[i], v)
			}
		}
	})
}
