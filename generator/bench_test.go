package main

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/nanoprompt/codicil/generator/bench"
)

// A library that is made for measuring is one that a legal team could have
// written: no rule complains.
func TestMadeLibrary(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "content")
	if err := bench.Make(dir, bench.Shape{Documents: 12, Versions: 180, Longest: 70}, 1); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	status := run([]string{"check", "--content", dir}, &stdout, &stderr)
	if want := "12 documents checked: no problem\n"; status != statusFine || stdout.String()+stderr.String() != want {
		t.Errorf("check exits with %d and says:\n%.2000s%.2000s", status, &stdout, &stderr)
	}
}
