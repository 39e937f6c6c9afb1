package main

import (
	"strings"
	"testing"
)

// The caret stands below the character that is meant, whatever the width of
// those before it.
func TestExcerpt(t *testing.T) {
	long := strings.Repeat("規", 60)
	for _, test := range []struct {
		line   string
		col    int
		text   string
		before int
	}{
		{"title: x", 8, "title: x", 7},
		{"title: 利用規約: x", 12, "title: 利用規約: x", 15},
		{"ｆｕｌｌ x", 6, "ｆｕｌｌ x", 9},
		{"🙂 x", 3, "🙂 x", 3},
		{"x\u0323\u0307y", 4, "x\u0323\u0307y", 1},
		{"ｶﾅ x", 4, "ｶﾅ x", 3},
		{"\ta", 2, " a", 1},
		{"a\x1b[31m", 3, "a�[31m", 2},
		{"", 1, "", 0},
		{"ab", 9, "ab", 2},
		{"ab", 0, "ab", 0},
		{long, 1, strings.Repeat("規", 48), 0},
		{long, 60, strings.Repeat("規", 24), 46},
		{long + "x", 60, strings.Repeat("規", 24) + "x", 46},
		{strings.Repeat("a", 200), 150, strings.Repeat("a", 96), 47},
	} {
		text, before := excerpt(test.line, test.col)
		if text != test.text || before != test.before {
			t.Errorf("excerpt(%q, %d) = %q, %d, want %q, %d", test.line, test.col, text, before, test.text, test.before)
		}
	}
}
