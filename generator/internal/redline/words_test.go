package redline

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// numWords counts the words that cut finds.
func TestNumWords(t *testing.T) {
	letters := []rune("ab12,、'’.-‑ ,\u0301é百四円人ーทธิ์ä\n")
	r := rand.New(rand.NewPCG(9, 1))
	for range 20000 {
		var w strings.Builder
		for range r.IntN(9) {
			w.WriteRune(letters[r.IntN(len(letters))])
		}
		text := w.String()
		want := 0
		for _, t := range cut([]legal.Inline{{Text: text}}).tokens {
			if t.class >= stopWord {
				want++
			}
		}
		if got := numWords(text); got != want {
			t.Fatalf("numWords(%q) = %d, want %d", text, got, want)
		}
	}
}
