package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// The policy's page says what its text said before it was Markdown: every
// word, sign and non-breaking hyphen, in order, in the same paragraphs, items
// and headings.
func TestSeed(t *testing.T) {
	seed, err := os.ReadFile("testdata/privacy-policy.txt")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for line := range strings.Lines(string(seed)) {
		if line = strings.TrimPrefix(strings.TrimSpace(line), "•"); line != "" {
			want = append(want, strings.TrimSpace(line))
		}
	}
	out := filepath.Join(t.TempDir(), "public")
	if status := run([]string{"build", "--content", "../content", "--out", out, "--as-of", "2026-01-01"}, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("build exits with %d", status)
	}
	page, err := os.Open(filepath.Join(out, "privacy-policy/1.0.0/index.html"))
	if err != nil {
		t.Fatal(err)
	}
	defer page.Close()
	root, err := html.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, policyLines(root)); diff != "" {
		t.Errorf("the page is not the text: want (-), got (+):\n%s", diff)
	}
}

// policyLines returns the text of a policy's page, block by block: its title,
// what Last Updated says, and its sections.
func policyLines(root *html.Node) []string {
	var lines []string
	for n := range root.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "h1", n.Data == "p" && hasClass(n.Parent, "text"), within(n, "text") && isBlock(n):
			lines = append(lines, textOf(n))
		case n.Data == "p" && hasClass(n, "notice"):
			lines = append(lines, strings.TrimSuffix(textOf(n.FirstChild), "\u00a0·")) // the dot before what follows
		}
	}
	return lines
}

// isBlock reports whether n is the innermost block around its words.
func isBlock(n *html.Node) bool {
	switch n.Data {
	case "p", "li", "h2", "h3":
		return true
	}
	return false
}

func within(n *html.Node, class string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if hasClass(p, class) {
			return true
		}
	}
	return false
}

func hasClass(n *html.Node, class string) bool {
	for _, a := range n.Attr {
		if a.Key == "class" && strings.Contains(" "+a.Val+" ", " "+class+" ") {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	var w strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			w.WriteString(c.Data)
		}
	}
	return strings.TrimSpace(w.String())
}
