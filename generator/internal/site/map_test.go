package site

import (
	"slices"
	"strings"
	"testing"
)

// The map says of each section and version what happened, and leads to it.
func TestSectionMap(t *testing.T) {
	b := buildSite(t, content(), "2026-06-15", Options{})
	const file = "terms/changes/index.html"
	root := b.page(t, file)
	if got := b.text(t, file, ".sections-map thead th"); got != "Section\n1.0.0\n1.1.0\n1.1.1\n2.0.0" {
		t.Errorf("the columns are %q", got)
	}
	if got := b.text(t, file, ".sections-map tbody th"); got != "Opening text\nContact\nFees\nUsage" {
		t.Errorf("the rows are %q", got)
	}
	var cells []string
	for _, row := range find(root, ".sections-map tbody tr") {
		var line []string
		for _, cell := range find(row, "td") {
			said := ""
			for _, a := range find(cell, "a") {
				said = attribute(a, "aria-label") + " " + attribute(a, "href")
			}
			line = append(line, said)
		}
		cells = append(cells, strings.Join(line, "|"))
	}
	want := []string{
		"in the first version ../1.0.0/index.html||1 word added, 1 removed 1.1.1/index.html#opening_text|",
		"in the first version ../1.0.0/index.html#contact|||moved 2.0.0/index.html#contact",
		"in the first version ../1.0.0/index.html#fees|2 words added, 4 removed, 1 link changed 1.1.0/index.html#fees||2 words added 2.0.0/index.html#fees",
		"in the first version ../1.0.0/index.html#use|||renamed from “Use” 2.0.0/index.html#usage",
	}
	if !slices.Equal(cells, want) {
		t.Errorf("the cells are\n%s\nwant\n%s", strings.Join(cells, "\n"), strings.Join(want, "\n"))
	}
	if n := len(find(root, ".sections-map td.there")); n != 16 {
		t.Errorf("%d cells say that the section is there, want 16", n)
	}
}

func TestTimeline(t *testing.T) {
	b := buildSite(t, content(), "2026-06-15", Options{})
	const file = "terms/changes/index.html"
	var marks []string
	for _, a := range find(b.page(t, file), ".timeline a") {
		marks = append(marks, attribute(a, "href")+" "+attribute(a, "class"))
	}
	want := []string{"#version_1.0.0 material superseded", "#version_1.1.0 material superseded", "#version_1.1.1 in-force", "#version_2.0.0 material upcoming"}
	if !slices.Equal(marks, want) {
		t.Errorf("the marks are %q, want %q", marks, want)
	}
	if got := b.text(t, file, ".timeline title"); !strings.Contains(got, "Version 1.1.1 · In force · Correction · No material change · Effective February 10, 2026") {
		t.Errorf("the marks are named %q", got)
	}
	if _, ok := b["policy/changes/index.html"]; !ok || len(find(b.page(t, "policy/changes/index.html"), "svg")) > 0 {
		t.Error("a document of one version has a picture of its history")
	}
}
