package legal_test

import (
	"os"
	"testing"

	"github.com/nanoprompt/codicil/generator/bench"
	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// BenchmarkLoad reads a document with a hundred versions.
func BenchmarkLoad(b *testing.B) {
	dir := b.TempDir()
	if err := bench.Make(dir, bench.Shape{Documents: 1, Versions: 100}, 1); err != nil {
		b.Fatal(err)
	}
	lib, _, err := legal.Open(os.DirFS(dir), "content")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := legal.Load(lib, lib.Documents[0]); err != nil {
			b.Fatal(err)
		}
	}
}
