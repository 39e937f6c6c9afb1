package history

import (
	"strings"
	"testing"
	"time"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// freezeText makes a version of one text, and returns its files and words.
func freezeText(t testing.TB, source []byte, as form) (*prepared, map[string][]byte) {
	t.Helper()
	p, err := prepare(source, as)
	if err != nil {
		return nil, nil
	}
	plan := &Plan{Document: "x", Title: "¶", Sections: p.level, Versions: []Version{{
		Number: legal.Number{Edition: 1}, Effective: legal.Date{Year: 2020, Month: 1, Day: 1}, Text: "x"}}}
	plan.read = map[string]*prepared{"x": p}
	frozen, _, err := plan.Freeze(nil)
	if err != nil {
		t.Fatal(err)
	}
	return p, frozen[0].Files
}

// Texts that were made to do harm are read within seconds, or refused.
func TestHostileText(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	for name, source := range map[string]string{
		"tags":        strings.Repeat("a <b>b</b> ", 20000),
		"tags, lines": strings.Repeat("a <b>b</b>\n\n", 4000),
		"open tags":   strings.Repeat("<b ", 50000),
		"blocks":      strings.Repeat("<div>\n\n", 5000),
		"comments":    strings.Repeat("<!-- ", 50000),
		"headings":    strings.Repeat("# a\n\n", 5000),
		"fragments":   strings.Repeat("## a\n\n[b](#c) [d](#a)\n\n", 2000),
		"definitions": strings.Repeat("[a]: b\n\n", 5000) + strings.Repeat("[^a]: b\n\n", 5000),
		"labels":      strings.Repeat("[a", 20000),
		"lists":       strings.Repeat("{: .a }", 50000),
		"attributes":  "# a {" + strings.Repeat("#a ", 50000) + "}\n",
		"front":       "---\n" + strings.Repeat("a: b\n", 20000),
		"deep front":  "---\na: " + strings.Repeat("[", 100000) + "\n---\n",
		"aliases":     "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\ntitle: *c\n---\n",
		"dates":       strings.Repeat("July 14, 2025 ", 20000),
		"numbers":     strings.Repeat("1", 500000),
		"long line":   strings.Repeat("word ", 100000),
		"NUL":         "a\x00b\r\rc\xff\xfe",
		"UTF-16":      "\xff\xfea\x00 \x00b\x00",
		"nothing":     "",
		"tables":      "|" + strings.Repeat("a|", 2000) + "\n|" + strings.Repeat("-|", 2000) + "\n" + strings.Repeat("|a\n", 90),
		"html table":  "<table>" + strings.Repeat("<tr><td colspan=1000000000 rowspan=99999999>a", 300) + "</table>",
		"html signs":  "<div>" + strings.Repeat("*_`[", 50000) + "</div>",
		"html deep":   strings.Repeat("<ul><li>", 5000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			for _, html := range []bool{false, true} {
				freezeText(t, []byte(source), form{html: html})
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// Whatever a text is, its version has its words, and is read without a fault
// in its front matter.
func FuzzFreeze(f *testing.F) {
	for _, seed := range []string{
		terms, "", "# A\n\n## B {#b}\n\nc[^1]\n\n## D\n\n[e]\n\n[e]: /f\n[^1]: g\n\n    h\n",
		"---\ntitle: a\n---\n# b\n{: .c #d}\n\n<div>\n\n**e** <b>f</b>\n\n</div>\n", "A\n===\n\nB\n---\n\nC\n---\n<!-- d -->\n",
		"- <p>a</p>\n\n  b\n> <table><tr><td>c</table>\n", "## a <a href=\"b\">c</a>\n## a\n## a\n### a\n[b](#a-2)\n",
		"+++\na = 1\n+++\n[x]: y\n# t [x]\n\n## `{#u}`\n", "10<sup>6</sup> <your name> &lt;b> \\<i>\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		if len(source) > 4000 {
			return
		}
		p, files := freezeText(t, source, form{})
		if p == nil {
			return
		}
		held := map[string]int{}
		for name, data := range files {
			fields, body, note := cutFront(data)
			if note != "" || fields["title"] == "" {
				t.Fatalf("%s of %q has no front matter: %q", name, source, data)
			}
			count(held, words(body))
			if name != "index.md" || fields["title"] != "¶" {
				count(held, bare(fields["title"]))
			}
		}
		want := map[string]int{}
		count(want, words(p.text))
		for r, n := range want {
			if held[r] < n {
				t.Errorf("the version of %q holds %q %d times, want %d: %q", source, r, held[r], n, files)
			}
		}
	})
}

func count(counts map[string]int, s string) {
	for _, r := range s {
		counts[string(r)]++
	}
}
