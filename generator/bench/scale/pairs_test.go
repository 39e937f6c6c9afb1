package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// go-diff gives back both texts, with more words than there are characters
// below the halves of pairs.
func TestWordDiff(t *testing.T) {
	var old strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&old, "w%d\u0301, ", i)
	}
	for _, c := range [][2]string{
		{"", ""},
		{"The 7 days, die Übung.", "The 9 days; die Übung!"},
		{old.String(), "First, " + strings.Replace(old.String(), "w59000\u0301", "other", 1)},
	} {
		dmp := diffmatchpatch.New()
		diffs := wordDiff(c[0], c[1])
		if dmp.DiffText1(diffs) != c[0] || dmp.DiffText2(diffs) != c[1] {
			t.Errorf("%.40q and %.40q do not come back", c[0], c[1])
		}
	}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct{ all, some, want int }{{10, 3, 3}, {10, -1, 10}, {10, 20, 10}, {10, 10, 10}} {
		n := 0
		for i, chosen := 0, spread(c.all, c.some); i < c.all; i++ {
			if chosen(i) {
				n++
			}
		}
		if n != c.want {
			t.Errorf("spread(%d, %d) chooses %d", c.all, c.some, n)
		}
	}
}
