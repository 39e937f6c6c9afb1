package site

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// everything is a version with every kind of block.
func everything() fstest.MapFS {
	return fstest.MapFS{
		"site.yaml": {Data: []byte(siteYAML)},
		"terms/versions/1.0.0/index.md": {Data: []byte("---\ntitle: Terms & *Rules*\nversion: 1.0.0\neffective: 2025-07\n---\n" +
			"Opening. See [fees](#fees), the\n[policy](/policy/), [prices](/prices), [the file](data.txt) or <legal@example.com>[^1].\n\n[^1]: Any day.\n")},
		"terms/versions/1.0.0/10-fees.md": {Data: []byte("---\ntitle: 1. Fees\nid: fees\n---\n~~Free.~~ **Due** in *30 days*[^1], [here](https://pay.example/).\\\nNo *cash*.\n\n" +
			"## Late fees\n\n3. First.\n\n   More.\n4. Second:\n   - [x] done\n   - [ ] open\n\n> Quoted\n>\n> twice.\n\n[^1]: Or `31`.\n\n    In full.\n")},
		"terms/versions/1.0.0/20-table.md": {Data: []byte("---\ntitle: Table\n---\n| What | Due |\n|---|--:|\n| In\\|voice | 30 days |\n| 返金 | |\n\n" +
			"| Column | Another column |\n|---|---|\n| A cell that holds a long text, longer than fits beside | another cell that does |\n| b | c |\n\n" +
			"```\ncode  here\n```\n\n---\n\nTerm\n: What it means. ![A map](map.svg) <b>raw</b> [bad](javascript:alert(1)) <https://x.example/>\n")},
		"terms/versions/1.0.0/data.txt":  {Data: []byte("data\n")},
		"terms/versions/1.0.0/map.svg":   {Data: []byte("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")},
		"policy/versions/1.0.0/index.md": {Data: []byte("---\ntitle: Policy\nversion: 1.0.0\neffective: 2025-07\n---\nSome policy.\n")},
	}
}

func TestTexts(t *testing.T) {
	b := buildSite(t, everything(), "2026-01-01", Options{})
	for file, want := range map[string]string{
		"terms/terms.md": `# Terms & \*Rules\*

Last Updated: July 2025 · Effective July 2025 · Version 1.0.0

Example Ltd · <https://legal.example.com/texts/terms/1.0.0/>

Opening. See [fees](https://legal.example.com/texts/terms/1.0.0/#fees), the [policy](https://legal.example.com/texts/policy/), [prices](https://legal.example.com/prices), [the file](https://legal.example.com/texts/terms/1.0.0/data.txt) or <legal@example.com>[^opening-note-1].

[^opening-note-1]: Any day.

## 1. Fees {#fees}

~~Free.~~ **Due** in *30 days*[^fees-note-1], [here](https://pay.example/).\
No *cash*.

### Late fees {#fees-late-fees}

3. First.

   More.

4. Second:

   - [x] done
   - [ ] open

> Quoted
>
> twice.

[^fees-note-1]: Or ` + "`31`" + `.

    In full.

## Table {#table}

| What | Due |
| --- | --: |
| In\|voice | 30 days |
| 返金 |  |

| Column | Another column |
| --- | --- |
| A cell that holds a long text, longer than fits beside | another cell that does |
| b | c |

` + "```\ncode  here\n```" + `

___

Term
:   What it means. ![A map](https://legal.example.com/texts/terms/1.0.0/map.svg) ` + "`<b>`raw`</b>`" + ` bad <https://x.example/>
`,
		"terms/terms.txt": `Terms & *Rules*
===============

Last Updated: July 2025 · Effective July 2025 · Version 1.0.0
Example Ltd
https://legal.example.com/texts/terms/1.0.0/

Opening. See fees, the policy (https://legal.example.com/texts/policy/), prices (https://legal.example.com/prices), the file (https://legal.example.com/texts/terms/1.0.0/data.txt) or legal@example.com[1].

[1] Any day.


1. Fees
-------

~~Free.~~ Due in 30 days[1], here (https://pay.example/).
No cash.

Late fees

3. First.

   More.

4. Second:

   - [x] done
   - [ ] open

    Quoted

    twice.

[1] Or 31.

    In full.


Table
-----

What      Due
--------  -------
In|voice  30 days
返金

Column: A cell that holds a long text, longer than fits beside
Another column: another cell that does

Column: b
Another column: c

    code  here

* * *

Term
    What it means. [A map] (https://legal.example.com/texts/terms/1.0.0/map.svg) <b>raw</b> bad https://x.example/
`,
	} {
		if diff := cmp.Diff(want, string(b[file])); diff != "" {
			t.Errorf("%s: -want +got\n%s", file, diff)
		}
		own := strings.Replace(file, "terms/terms", "terms/1.0.0/terms-1.0.0", 1)
		if !bytes.Equal(b[file], b[own]) {
			t.Errorf("%s is not %s, which is in force", file, own)
		}
	}
}

// What is written reads as the version does: the same titles, words and anchors.
func TestMarkdownReadsAlike(t *testing.T) {
	for _, files := range []fstest.MapFS{content(), everything()} {
		b := buildSite(t, files, "2026-09-01", Options{})
		lib, _, err := legal.Open(files, "")
		if err != nil {
			t.Fatal(err)
		}
		doc, _, err := legal.Load(lib, "terms")
		if err != nil {
			t.Fatal(err)
		}
		v := doc.Newest()
		text, _ := legal.Parse(b["terms/terms.md"], "", 1)
		got := map[string]bool{}
		var heads []string
		for _, block := range text.Blocks {
			got[block.Words()] = true
			if block.Kind == legal.Heading && block.Level == 2 {
				heads = append(heads, block.Words()+" #"+block.ID)
			}
		}
		var want []string
		for _, s := range v.Sections {
			want = append(want, s.Title+" #"+s.ID)
		}
		if diff := cmp.Diff(want, heads); diff != "" {
			t.Errorf("sections: -version +Markdown\n%s", diff)
		}
		for _, part := range textsOf(v) {
			for _, block := range part.Blocks {
				words := block.Words()
				for _, cell := range block.Cells {
					for _, run := range cell {
						if run.Kind == legal.NoteRef { // whose label is told apart
							words = ""
						}
					}
				}
				if words != "" && !got[words] {
					t.Errorf("the Markdown does not hold %q", words)
				}
			}
		}
	}
}

// A text says of a version that does not apply that it does not, and at the
// document's own address what is upcoming.
func TestTextNotes(t *testing.T) {
	b := buildSite(t, content(), "2026-06-15", Options{})
	for file, want := range map[string]string{
		"terms/1.0.0/terms-1.0.0.md":  "> **This version is no longer in force. It was superseded on January 1, 2026.** <https://legal.example.com/texts/terms/>\n",
		"terms/1.0.0/terms-1.0.0.txt": "\n\nThis version is no longer in force. It was superseded on January 1, 2026. https://legal.example.com/texts/terms/\n\n",
		"terms/2.0.0/terms-2.0.0.txt": "This version is not in force yet. It applies from September 1, 2026.",
		"terms/terms.md":              "> **A new version applies from September 1, 2026.** <https://legal.example.com/texts/terms/upcoming/>\n",
	} {
		if !strings.Contains(string(b[file]), want) {
			t.Errorf("%s does not say %q:\n%s", file, want, b[file])
		}
	}
	if got := string(b["terms/1.1.1/terms-1.1.1.md"]); strings.Contains(got, "> **") {
		t.Errorf("the version in force has a note:\n%s", got)
	}
	if _, ok := buildSite(t, content(), "2026-02-01", Options{})["policy/policy.md"]; ok {
		t.Error("a text is in force before any version is")
	}
}

// A file of the document keeps its address.
func TestTextBesideAttachment(t *testing.T) {
	files := content()
	files["terms/versions/1.0.0/terms-1.0.0.txt"] = &fstest.MapFile{Data: []byte("attached\n")}
	b := buildSite(t, files, "2026-06-15", Options{}) // which fails where a file is made twice
	if got := string(b["terms/1.0.0/terms-1.0.0.txt"]); got != "attached\n" {
		t.Errorf("at the attachment's address is %q", got)
	}
	page := b.page(t, "terms/1.0.0/index.html")
	if len(find(page, "link[type=text/plain]")) != 0 || len(find(page, "link[type=text/markdown]")) != 1 {
		t.Error("the page names a text that is not there")
	}
	if r := b.record(t, "terms"); r.Versions[len(r.Versions)-1].Text != "" {
		t.Error("the record names a text that is not there")
	}
}

// A release writes the texts of its version and of the ones whose standing it changes.
func TestTextsOfRelease(t *testing.T) {
	before := content()
	maps.DeleteFunc(before, func(name string, _ *fstest.MapFile) bool { return strings.Contains(name, "/2.0.0/") })
	a, b := buildSite(t, before, "2026-09-01", Options{}), buildSite(t, content(), "2026-09-01", Options{})
	var changed []string
	for file, data := range b {
		if strings.HasSuffix(file, ".md") && !bytes.Equal(a[file], data) {
			changed = append(changed, file)
		}
	}
	slices.Sort(changed)
	if want := []string{"terms/1.1.1/terms-1.1.1.md", "terms/2.0.0/terms-2.0.0.md", "terms/terms.md"}; !slices.Equal(changed, want) {
		t.Errorf("changed are %q, want %q", changed, want)
	}
}

var markdownLink = regexp.MustCompile(`\]\((\S+)\)`)

func TestLLMs(t *testing.T) {
	b := buildSite(t, content(), "2026-06-15", Options{})
	got := string(b["llms.txt"])
	for _, want := range []string{
		"# Example Legal\n\n> The legal documents of Example Ltd: what applies now, what applied before, and what changed.\n\n## Documents\n\n",
		"- [Terms](https://legal.example.com/texts/terms/terms.md): Last Updated: December 1, 2025 · Effective February 10, 2026 · Version 1.1.1 · A new version applies from September 1, 2026.\n",
		"\n## Optional\n\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("llms.txt does not hold %q:\n%s", want, got)
		}
	}
	for _, m := range markdownLink.FindAllStringSubmatch(got, -1) {
		checkLink(t, b, "llms.txt", m[1])
	}
	for _, file := range []string{"terms/terms.md", "terms/1.0.0/terms-1.0.0.md"} {
		for _, m := range markdownLink.FindAllStringSubmatch(string(b[file]), -1) {
			checkLink(t, b, file, m[1])
		}
	}
}
