package check

import (
	"strings"
	"testing"
	"time"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// Texts that were made to use up time take none, and not more than a few problems
// are said of them.
func TestHostile(t *testing.T) {
	size := 1 << 16
	if testing.Short() {
		size = 1 << 13
	}
	for _, what := range []string{
		"aa ", `"`, "“x\" ", "[^1] ", "[a][b] ", "[a][b]\n\n", "[^1]\n\n", "[x](#y)\n\n", `("Aa") `, "(\"Aa\")\n\n", "The Service\n\n", "§ 9 ", "Last updated: 1 May 2025. ", "TODO ", "{{x}}", "1. ",
		"Service ", "check this page ", "we may change this policy ", "- aa\n", "## A\n\n", "#### 1. A\n\n", "[x](#y) ", "[x](/y/) ", "a@b.", "(((", "May ", "____",
	} {
		text := strings.Repeat(what, size/len(what))
		files := map[string][]byte{
			"site.yaml":                         []byte("title: X\nurl: https://example.com\nrules: {undefined-term: warning, unused-anchor: warning}\n"),
			"privacy/index.md":                  []byte("---\ntitle: Privacy\nversion: 1.0.1\neffective: 2026-01-01\n---\n"),
			"privacy/10-text.md":                []byte("---\ntitle: 1. Text\nid: one\n---\n" + text),
			"privacy/20-text.md":                []byte("---\ntitle: 2. Text\nid: two\n---\n"),
			"privacy/30-text.md":                []byte("---\ntitle: 3. Text\nid: three\n---\n"),
			"privacy/versions/1.0.0/index.md":   []byte("---\ntitle: Privacy\nversion: 1.0.0\neffective: 2026-01-01\n---\n"),
			"privacy/versions/1.0.0/10-text.md": []byte("---\ntitle: 1. Text\n---\n30 days " + text[len(text)/2:]),
		}
		lib := open(t, files)
		doc, _, err := legal.Load(lib, "privacy")
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		r := &Review{Document: doc, Library: lib, Advice: true, Base: &legal.Document{Name: "privacy"}}
		count := map[string]int{}
		for _, p := range Run(r) {
			count[p.Rule]++
		}
		Outlined(r)
		t.Logf("%q: %v, %v", what, time.Since(start).Round(time.Millisecond), count)
		for rule, n := range count {
			if n > most {
				t.Errorf("%q: %d problems of %s", what, n, rule)
			}
		}
	}
}
