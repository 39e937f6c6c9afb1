package redline_test

import (
	"os"
	"testing"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

func BenchmarkReal(b *testing.B) {
	lib, _, err := legal.Open(os.DirFS("/tmp/sc/real/content"), "content")
	if err != nil {
		b.Fatal(err)
	}
	var docs []*legal.Document
	n := 0
	for _, name := range lib.Documents {
		doc, _, _ := legal.Load(lib, name)
		docs = append(docs, doc)
		n += len(doc.Versions) - 1
	}
	for b.Loop() {
		for _, doc := range docs {
			k := redline.NewComparer()
			for i, v := range doc.Versions[1:] {
				k.Compare(doc.Versions[i], v)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/float64(n), "ms/pair")
}
