package site

import (
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// letterOf returns the letter of what changed between two texts, which must be sound
// and ask for nothing.
func letterOf(t *testing.T, old, new *legal.Version) *html.Node {
	t.Helper()
	page, err := NewLetter(redline.Compare(old, new), "", Named{Name: "version 1.0.0"}, Named{Name: "</title><script>", Draft: true}).HTML()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults(string(page)) {
		t.Errorf("%s", f)
	}
	root, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if attribute(n, "href") != "" || attribute(n, "src") != "" || n.Data == "script" {
			t.Errorf("the letter holds the element %s, which asks for something", n.Data)
		}
	}
	return root
}

func TestLetter(t *testing.T) {
	read := func(fees, summary string) *legal.Version {
		v, problems, err := legal.ReadFolder(fstest.MapFS{
			"index.md":   {Data: []byte("---\ntitle: Terms\nversion: 1.1.0\npublished: 2025-12-01\neffective: 2026-01\nsummary: " + summary + "\n---\n")},
			"10-fees.md": {Data: []byte("---\ntitle: Fees\n---\n" + fees)},
			"20-end.md":  {Data: []byte("---\ntitle: Ending\n---\nYou may go.\n")},
		}, "terms")
		if err != nil || len(problems) > 0 {
			t.Fatal(problems, err)
		}
		return v
	}
	root := letterOf(t, read("They are due.\n", "The first."), read("They are [due](/soon/) ![now](now.png).\n", "Fees are **due**."))
	for selector, want := range map[string]string{
		"h1":       "Terms",
		".sides":   "From Terms, version 1.0.0, published December 1, 2025, effective January 2026 To Terms, </title><script>",
		".summary": "In short Fees are due.",
		"ol":       "Fees 1 word added, 1 link changed",
		"section":  "Fees They are due [now links to /soon/] now [picture now.png].",
		"footer":   "Unchanged sections: Ending.",
		"ins":      "inserted text",
	} {
		if got := words(find(root, selector)[0]); got != want {
			t.Errorf("%s is %q, want %q", selector, got, want)
		}
	}
	if style := words(find(root, "style")[0]); !strings.Contains(style, "@media print") || strings.Contains(style, "var(") {
		t.Errorf("the style is not in the letter: %.80q", style)
	}
	for _, a := range hostileTexts {
		for _, b := range hostileTexts {
			letterOf(t, readText(a), readText(b))
		}
	}
}
