package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Releases at the same time follow each other: each is in the ledger, none is
// written over.
func TestReleasesAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	if status := run([]string{"init", dir}, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("init exits with %d", status)
	}
	content := filepath.Join(dir, "content")
	edit(t, filepath.Join(content, "cookie-policy/10-our-cookies.md"), "1 year", "2 years")
	edit(t, filepath.Join(content, "privacy-policy/20-why.md"), "malware", "malware and spam")
	var wait sync.WaitGroup
	statuses := make([]int, 4)
	for i, doc := range []string{"cookie-policy", "privacy-policy", "cookie-policy", "cookie-policy"} {
		wait.Go(func() {
			statuses[i] = run([]string{"release", doc, "--content", content, "--update", "--effective", "2027-06-01", "--summary", "Some change."}, io.Discard, io.Discard)
		})
	}
	wait.Wait()
	fine := 0
	for _, s := range statuses {
		if s == statusFine {
			fine++
		}
	}
	if fine != 2 || statuses[1] != statusFine {
		t.Errorf("the releases exit with %v, want one of each document to be fine", statuses)
	}
	var out strings.Builder
	if status := run([]string{"verify", "--content", content}, &out, &out); status != statusFine || !strings.Contains(out.String(), "11 versions of 3 documents") {
		t.Errorf("verify exits with %d and says %s", status, out.String())
	}
}

func edit(t *testing.T, file, old, new string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		t.Fatalf("%s does not hold %q", file, old)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(data), old, new, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}
