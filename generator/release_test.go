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
	if status := run([]string{"verify", "--content", content}, &out, &out); status != statusFine || !strings.Contains(out.String(), "14 versions of 3 documents") {
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

// A meddler answers questions, and does something before its last answer.
type meddler struct {
	answers string
	before  func()
}

func (m *meddler) Read(p []byte) (int, error) {
	if strings.Count(m.answers, "\n") == 1 && m.before != nil {
		m.before()
		m.before = nil
	}
	if m.answers == "" {
		return 0, io.EOF
	}
	p[0], m.answers = m.answers[0], m.answers[1:]
	return 1, nil
}

// A yes is for what was shown: neither what is edited nor what is released
// while somebody thinks is written over or taken along.
func TestReleaseMeanwhile(t *testing.T) {
	for name, meddle := range map[string]func(t *testing.T, content string){
		"nothing": nil,
		"an edit": func(t *testing.T, content string) {
			edit(t, filepath.Join(content, "cookie-policy/10-our-cookies.md"), "2 years", "3 years")
		},
		"a release": func(t *testing.T, content string) {
			args := []string{"release", "cookie-policy", "--content", content, "--correction", "--effective", "2027-05-01", "--summary", "A slip."}
			if status := run(args, io.Discard, os.Stderr); status != statusFine {
				t.Errorf("release exits with %d: is the content held while somebody is asked?", status)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "site")
			if status := run([]string{"init", dir}, io.Discard, os.Stderr); status != statusFine {
				t.Fatalf("init exits with %d", status)
			}
			content := filepath.Join(dir, "content")
			edit(t, filepath.Join(content, "cookie-policy/10-our-cookies.md"), "1 year", "2 years")
			in := &meddler{answers: "update\n2027-04-01\n2027-06-01\ny\n"}
			if meddle != nil {
				in.before = func() { meddle(t, content) }
			}
			var out strings.Builder
			err := release("cookie-policy", releaseRequest{content: content, summary: "Longer."},
				&dialog{in: in, out: &out, err: &out, live: true})
			_, missing := os.Stat(filepath.Join(content, "cookie-policy/versions/1.1.0"))
			if (err == nil) != (meddle == nil) || (missing == nil) != (meddle == nil) {
				t.Errorf("release says %v, and its version %v\n%s", err, missing, out.String())
			}
			if status := run([]string{"verify", "--content", content}, &out, &out); status != statusFine {
				t.Errorf("verify exits with %d: %s", status, out.String())
			}
		})
	}
}
