package site

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// numberedContent is a document with two versions that have legal numbers.
func numberedContent() fstest.MapFS {
	files := fstest.MapFS{"site.yaml": {Data: []byte(siteYAML)}}
	put := func(version, name, text string) {
		files["terms/versions/"+version+"/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	for version, head := range map[string]string{
		"1.0.0": "effective: 2025-07",
		"1.1.0": "effective: 2026-01-01\nsummary: More on fees, see [](#fees).",
	} {
		put(version, "index.md", "---\ntitle: Terms\nnumbered: true\nversion: "+version+"\n"+head+"\n---\nOpening. See [](#late).\n")
		put(version, "10-use.md", "---\ntitle: Use\n---\nSee section [](20-fees.md), [](#late) and [](#gone).\n")
		put(version, "20-fees.md", "---\ntitle: Fees\n---\nFees.\n\n## Late {#late}\n\n1. First.\n   1. One.\n   2. Two.\n2. Second.\n\n- Bullet.\n")
	}
	put("1.1.0", "15-new.md", "---\ntitle: New\n---\nSee [](#use).\n")
	put("1.1.0", "20-fees.md", "---\ntitle: Fees and Taxes\nid: fees\n---\nFees are due. See [](#use).\n\n## Late {#late}\n\n1. First.\n   1. One.\n   2. Two.\n2. Second.\n\n- Bullet.\n")
	return files
}

func TestNumbers(t *testing.T) {
	b := buildSite(t, numberedContent(), "2026-06-01", Options{})
	for _, c := range []struct{ file, selector, want string }{
		{"terms/index.html", ".contents li", "1 Use\n2 New\n3 Fees and Taxes"},
		{"terms/index.html", "h2", "Contents\n1 Use\n2 New\n3 Fees and Taxes"},
		{"terms/index.html", "h3", "3.1 Late"},
		{"terms/index.html", "#fees li > .number", "(a)\n(i)\n(ii)\n(b)"},
		{"terms/index.html", "#use p", "See section 3 (Fees and Taxes), 3.1 (Late) and #gone."},
		{"terms/index.html", ".opening p", "Opening. See 3.1 (Late)."},
		{"terms/index.html", ".latest > p", "More on fees, see 3 (Fees and Taxes).\nSee every change"},
		{"terms/1.0.0/index.html", "#use p", "See section 2 (Fees), 2.1 (Late) and #gone."},
		// What refers to a section that has another number now did not change.
		{"terms/changes/1.1.0/index.html", ".same a", "1 Use"},
		{"terms/changes/1.1.0/index.html", "h2 .number", "1\n2\n3"},
		{"terms/changes/1.1.0/index.html", "h3", "3.1 Late"},
		{"terms/changes/1.1.0/index.html", "#fees ins", "and Taxes\nare due. See\n1 (Use)"},
	} {
		if diff := cmp.Diff(c.want, b.text(t, c.file, c.selector)); diff != "" {
			t.Errorf("%s %s: %s", c.file, c.selector, diff)
		}
	}
	for _, a := range find(b.page(t, "terms/index.html"), "#use p a") {
		if got := attribute(a, "href"); got != "#fees" && got != "#late" && got != "#gone" {
			t.Errorf("a reference leads to %q", got)
		}
	}
	for _, want := range []string{"3 Fees and Taxes\n----", "3.1 Late", "(a) First.\n    (i) One.\n    (ii) Two.\n(b) Second.", "See section 3 (Fees and Taxes), 3.1 (Late)"} {
		if text := string(b["terms/terms.txt"]); !strings.Contains(text, want) {
			t.Errorf("the text does not say %q: %s", want, text)
		}
	}
	for _, want := range []string{"## 3 Fees and Taxes {#fees}", "### 3.1 Late {#late}", "section [3 (Fees and Taxes)](https://legal.example.com/texts/terms/1.1.0/#fees)"} {
		if text := string(b["terms/terms.md"]); !strings.Contains(text, want) {
			t.Errorf("the Markdown does not say %q: %s", want, text)
		}
	}
	for file, page := range b {
		if strings.HasSuffix(file, ".html") {
			for _, f := range faults(string(page)) {
				t.Errorf("%s: %s", file, f)
			}
		}
	}
}
