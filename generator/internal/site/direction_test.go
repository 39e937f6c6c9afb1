package site

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// directed returns the elements that say from which side they are read.
func directed(n *html.Node) []string {
	var out []string
	if n.Type == html.ElementNode {
		if dir := attribute(n, "dir"); dir != "" {
			out = append(out, n.Data+" "+dir)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out = append(out, directed(c)...)
	}
	return out
}

// What stands outermost says from which side it is read, unless the page does.
func TestDirections(t *testing.T) {
	const arabic = "## عنوان\n\nنحن نهتم كثيرًا بخصوصيتك، وعندما نجمع معلومات تتعلق بك نطبق سياسة الخصوصية التي توضح كيفية تعاملنا مع هذه المعلومات.\n\n- Mozilla\n- Firefox وغيرها\n\n| أ | ب |\n|---|---|\n| 1 | 2 |\n\n" +
		"This is English.\n\n```\ncode\n```\n\n> اقتباس\n\n2025\n\nmozilla.org وaddons.mozilla.org وsupport.mozilla.org\n"
	const english = "## Title\n\nWe say كلمة here, and more in English, so that most of the letters are read from the left.\n\n- One\n- Two\n\nنحن نهتم كثيرًا بخصوصيتك.\n\n> اقتباس one\n\n2025\n"
	tests := []struct {
		name, page, text string
		want             []string
	}{
		{"Arabic", ltr, arabic, []string{"div rtl", "p rtl", "ul rtl", "div rtl", "blockquote rtl", "p rtl", "p rtl"}},
		{"Arabic on a page from the right", rtl, arabic, []string{"p ltr", "pre ltr"}},
		{"English", ltr, english, []string{"p rtl", "blockquote rtl"}},
		{"English on a page from the right", rtl, english, []string{"div ltr", "p ltr", "ul ltr", "p ltr"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, _ := legal.Parse([]byte(tt.text), "a.md", 1)
			m := &markup{words: WordsIn(""), look: look{Anchors: true, Shift: 1}, dirs: directionsOf(tt.page, text)}
			anchors := make([]string, len(text.Blocks))
			anchors[0] = "title"
			m.section(marked(text), anchors, "a")
			if diff := cmp.Diff(tt.want, directed(parse(t, string(m.buf)))); diff != "" {
				t.Errorf("want (-), got (+):\n%s\n%s", diff, m.buf)
			}
		})
	}
}

// A redline of texts from the right is one, and so is the fragment for tools.
func TestRedlineDirection(t *testing.T) {
	old, new := "نحن نهتم بخصوصيتك.\n\n- واحد\n", "نحن نهتم كثيرًا بخصوصيتك.\n\n- واحد\n- اثنان\n"
	want := []string{"div rtl", "p rtl", "ul rtl"} // the section's head first
	if diff := cmp.Diff(want, directed(viewOf(t, old, new))); diff != "" {
		t.Errorf("page: want (-), got (+):\n%s", diff)
	}
	checkRedlineHTML(t, readText(old), readText(new))
}
