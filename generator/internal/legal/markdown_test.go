package legal

import (
	"slices"
	"testing"
)

// Lines that were wrapped between two ideographs are joined without a space, and it is
// known where: in bytes of the text, whatever runs it is made of.
func TestFolds(t *testing.T) {
	for _, test := range []struct {
		source, words string
		folds         []int
	}{
		{"情報を\n保管します。", "情報を保管します。", []int{9}},
		{"情報を\n**保\n管**\nします。", "情報を保管します。", []int{9, 12, 15}},
		{"We keep\nyour data.", "We keep your data.", nil},
		{"情報を\nkeep", "情報を keep", nil},
		{"保管\\\nする ![情\n報](a.png) を\n保管", "保管\nする 情報 を保管", []int{24}},
	} {
		text, _ := Parse([]byte(test.source), "a.md", 1)
		b := &text.Blocks[0]
		if b.Words() != test.words || !slices.Equal(b.Folds, test.folds) {
			t.Errorf("%q: %q with folds %v, want %q with %v", test.source, b.Words(), b.Folds, test.words, test.folds)
		}
	}
}
