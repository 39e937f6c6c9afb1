package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
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
	// The rules that advise find slips in a prose that nobody wrote.
	var stdout, stderr bytes.Buffer
	status := run([]string{"build", "--content", dir, "--out", filepath.Join(t.TempDir(), "public"), "--as-of", "2026-12-01"}, &stdout, &stderr)
	if status != statusFine || strings.Contains(stderr.String(), "warning:") {
		t.Errorf("build exits with %d and says:\n%.2000s%.2000s", status, &stdout, &stderr)
	}
}

// benchLibrary makes the content that the benchmarks build, and returns what
// asks for it.
func benchLibrary(b *testing.B) buildRequest {
	dir := b.TempDir()
	r := buildRequest{content: filepath.Join(dir, "content"), out: filepath.Join(dir, "public"), asOf: "2026-12-01", drafts: true}
	if err := bench.Make(r.content, bench.Shape{Documents: 20, Versions: 200}, 1); err != nil {
		b.Fatal(err)
	}
	return r
}

func mustBuild(b *testing.B, r buildRequest) {
	if _, err := build(r, io.Discard); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkBuild builds 20 documents of ten versions from nothing.
func BenchmarkBuild(b *testing.B) {
	r := benchLibrary(b)
	public := r.out
	n := 0
	for b.Loop() {
		r.out = fmt.Sprint(public, n)
		n++
		mustBuild(b, r)
	}
}

// BenchmarkBuildUnchanged builds them once more.
func BenchmarkBuildUnchanged(b *testing.B) {
	r := benchLibrary(b)
	mustBuild(b, r)
	for b.Loop() {
		mustBuild(b, r)
	}
}

// BenchmarkBuildEdit builds them after an edit in one.
func BenchmarkBuildEdit(b *testing.B) {
	r := benchLibrary(b)
	mustBuild(b, r)
	file := filepath.Join(r.content, "document-0007", "index.md")
	text, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		n++
		if err := os.WriteFile(file, fmt.Appendf(text, "\nThe parties agree on edit %d.\n", n), 0o644); err != nil {
			b.Fatal(err)
		}
		mustBuild(b, r)
	}
}
