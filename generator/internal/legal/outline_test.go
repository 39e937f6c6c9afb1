package legal

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outlined returns a version of sections with these bodies.
func outlined(numbered bool, bodies ...string) *Version {
	v := &Version{Numbered: numbered}
	for i, body := range bodies {
		text, _ := Parse([]byte(body), "a.md", 1)
		id := string(rune('a' + i))
		v.Sections = append(v.Sections, &Section{ID: id, Title: "Title " + id, File: fmt.Sprintf("%d0-%s.md", i+1, id), Body: text})
	}
	return v
}

func TestHeadings(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"none", "Words.", nil},
		{"one rank", "## A\n\n## B", []string{"1.1 A", "1.2 B"}},
		{"two ranks", "## A\n\n### B\n\n### C\n\n## D\n\n### E", []string{"1.1 A", "1.1.1 B", "1.1.2 C", "1.2 D", "1.2.1 E"}},
		{"a rank left out", "## A\n\n#### B\n\n### C", []string{"1.1 A", "1.1.1 B", "1.1.2 C"}},
		{"a lower rank first", "### A\n\n## B\n\n### C", []string{"1.1 A", "1.2 B", "1.2.1 C"}},
		{"in a quotation", "> ## A\n\n## B", []string{"1.1 B"}},
	} {
		v := outlined(true, c.body)
		numbers := NewOutline(v).Headings(v.Sections[0])
		var got []string
		for i := range v.Sections[0].Body.Blocks {
			if b := &v.Sections[0].Body.Blocks[i]; numbers[b] != "" {
				got = append(got, numbers[b]+" "+b.Words())
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestRefer(t *testing.T) {
	bodies := []string{"## Late *fees* {#late}\n\n### More", "Words.", "## More"}
	v := outlined(true, bodies...)
	v.Sections[1].Was = []string{"old", "a"}
	for link, want := range map[string]string{
		"#a": "1 (Title a)", "#b": "2 (Title b)", "#old": "2 (Title b)", "#late": "1.1 (Late fees)", "#a-more": "1.1.1 (More)",
		"20-b.md": "2 (Title b)", "./30-c.md": "3 (Title c)", "30-c.md#c-more": "3.1 (More)",
		"#none": "#none", "90-none.md": "90-none.md",
	} {
		if got := NewOutline(v).Words(Inline{Kind: Reference, Link: link}); got != want {
			t.Errorf("%s reads %q, want %q", link, got, want)
		}
	}
	plain := NewOutline(outlined(false, bodies...))
	if got := plain.Words(Inline{Kind: Reference, Link: "#b"}); got != "Title b" || plain.Number(v.Sections[0]) != "" {
		t.Errorf("without numbers it reads %q", got)
	}
}

// TestReference: a link without words to a part of the document stays, with the space
// around it; any other has nothing to stay for.
func TestReference(t *testing.T) {
	for source, want := range map[string]string{
		"See [](#a) and [](20-b.md).": "paragraph ||See |reference link=#a||| and |reference link=20-b.md|||.|\n",
		"[](#a)":                      "paragraph |reference link=#a||\n",
		"See [](https://a.example)!":  "paragraph ||See !|\n",
		"See [](#)!":                  "paragraph ||See !|\n",
		"See [](a/b.md)!":             "paragraph ||See !|\n",
	} {
		text, _ := Parse([]byte(source), "a.md", 1)
		if got := text.Canonical(); got != want {
			t.Errorf("%q is %q, want %q", source, got, want)
		}
	}
}

func TestItemMarker(t *testing.T) {
	for _, c := range []struct {
		depth, n int
		want     string
	}{
		{0, 1, "(a)"}, {0, 26, "(z)"}, {0, 27, "(aa)"}, {0, 53, "(ba)"}, {0, 702, "(zz)"}, {0, 703, "(aaa)"}, {0, 0, "(0)"},
		{1, 1, "(i)"}, {1, 4, "(iv)"}, {1, 19, "(xix)"}, {1, 1994, "(1994)"}, {2, 2, "(B)"}, {3, 3, "(3)"}, {4, 1, "(a)"},
	} {
		if got := ItemMarker(c.depth, c.n); got != c.want {
			t.Errorf("the item %d in %d lists is %q, want %q", c.n, c.depth, got, c.want)
		}
	}
}
