package main

import "testing"

func TestIsSlip(t *testing.T) {
	for _, c := range []struct {
		old, new string
		want     bool
	}{
		{"recieve", "receive", true},
		{"Wirte", "Write", true},
		{"", ",", true},
		{".", ";", true},
		{"30", "14", false},
		{"may", "must", false},
		{"shall", "will", false},
		{"", "not", false},
		{"provider", "providers", true},
		{"Paragraph 3", "Paragraph", false},
		{"our provider", "the provider", false},
	} {
		if got := isSlip(c.old, c.new); got != c.want {
			t.Errorf("isSlip(%q, %q) = %v, want %v", c.old, c.new, got, c.want)
		}
	}
}
