package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// markdownOf returns a text as Markdown, its footnotes left where they are told.
func markdownOf(t *legal.Text) string {
	w := &lineWriter{hand: &markdownHand{}}
	w.blocks(marked(t), nil)
	return string(w.buf)
}

// asMarkdown returns blocks as Markdown can say them: raw HTML is code, addresses are
// encoded, and those that are not safe are gone.
func asMarkdown(t *legal.Text) *legal.Text {
	var out []legal.Block
	for _, b := range t.Blocks {
		if b.Kind == legal.HTML {
			b.Kind = legal.Code
		}
		if b.Kind == legal.Heading && b.Words() == "" {
			continue
		}
		b.ID = "" // it is asked for with the anchors
		cells := b.Cells
		b.Cells = nil
		for _, cell := range cells {
			var runs []legal.Inline
			for _, run := range cell {
				href, ok := (*source)(nil).href(run.Link)
				if run.Link = href; !ok {
					run.Link = ""
					if run.Kind != legal.Image {
						run.Title = ""
					}
				}
				if run.Kind == legal.Image {
					if run.Src, ok = (*source)(nil).href(run.Src); !ok {
						run.Kind, run.Src, run.Title = legal.Plain, "", ""
					}
				}
				if run.Kind == legal.RawHTML {
					run.Kind, run.Style = legal.Plain, run.Style|legal.Monospace
				}
				run.Text = clean(run.Text)
				runs = append(runs, run)
			}
			b.Cells = append(b.Cells, legal.Join(runs))
		}
		out = append(out, b)
	}
	return legal.NewText(out)
}

func TestMarkdown(t *testing.T) {
	for _, source := range []string{
		"A *b* **c** ~~d~~ `e` ***f*** *g **h** i* **j *k***.\n\nTwo\\\nlines.",
		"- a\n- b\n  - c\n  - d\n\n    more\n- [x] done\n- [ ] open\n\n1. a\n2. b\n\n\n* x\n\n- y\n\n3) z\n",
		"> quoted\n>\n> - list\n>\n>       code\n\n```go\nfunc () {}\n\n```\n\n***\n",
		"| a | b |\n|:-:|--:|\n| x \\| y | `p\\|q` |\n| *z*<br>w | |\n",
		"Term\n: What it means.\n\nOther\n\n: Loose.\n\n  More.\n",
		"# One\n\n## Two #\\#\n\nA [link](https://x.example/a_(b)?c=1&d=2 \"Ti\\\"tle\") to <https://x.example/> or <a@b.example>, ![pic](map.svg).",
		"\\# no\n\n1\\. no\n\n\\- no\n\n\\* no\n\n\\> no\n\n2024\\) no\n\na \\| b\n\n\\: no\n\n&amp;copy; snake_case _em_ \\_no\\_ a < b <b>raw</b> [not a link] !\\[no](x)",
		"Unterminated `code and *star and [bracket](",
		"-\n-\n- x\n\n1. # Heading\n2. ```\n   code\n   ```\n3. | a |\n   |---|\n   | b |\n",
		"日本語の**強調**です。 عربي *مائل*.",
		"<div>\nraw\n</div>\n\ntext <br/> more <!-- c -->",
	} {
		text, _ := legal.Parse([]byte(source), "", 1)
		written := markdownOf(text)
		again, _ := legal.Parse([]byte(written), "", 1)
		if diff := cmp.Diff(asMarkdown(text).Canonical(), again.Canonical()); diff != "" {
			t.Errorf("%q is written as\n%s-source +written\n%s", source, written, diff)
		}
	}
}

// TestMarkdownCorpora writes real texts, which read as they did.
func TestMarkdownCorpora(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/corpora/trees/*/*/*.md")
	if len(files) == 0 {
		t.Skip("the corpora are not here")
	}
	step := 25
	if os.Getenv("CORPORA") == "all" {
		step = 1
	}
	failed := 0
	for i := 0; i < len(files); i += step {
		data, err := os.ReadFile(files[i])
		if err != nil {
			t.Fatal(err)
		}
		text, _ := legal.Parse(data, "", 1)
		written := markdownOf(text)
		again, _ := legal.Parse([]byte(written), "", 1)
		if want, got := asMarkdown(text).Canonical(), again.Canonical(); got != want {
			failed++
			a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
			j := 0
			for j < len(a) && j < len(b) && a[j] == b[j] {
				j++
			}
			t.Errorf("%s: block %d: want\n%.400s\ngot\n%.400s", files[i], j, at(a, j), at(b, j))
			if failed > 12 {
				t.FailNow()
			}
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}

// A text that was made to take long takes no longer than its length tells.
func TestMarkdownHostile(t *testing.T) {
	for _, unit := range []string{"&", "&a", "`a", "a` ", "\\`", "|a", "[a", "<a", "_a", "1. ", "> ", "![", "a  \n", "&amp;"} {
		text, _ := legal.Parse([]byte(strings.Repeat(unit, 200_000/len(unit))), "", 1)
		if got := markdownOf(text); len(got) == 0 {
			t.Errorf("nothing is written of %q", unit)
		}
		w := &lineWriter{hand: &plainHand{}}
		w.blocks(marked(text), nil)
	}
	code := legal.NewText([]legal.Block{{Kind: legal.Code, Cells: [][]legal.Inline{{{Text: strings.Repeat("`", 200_000)}}}}})
	if got := markdownOf(code); len(got) != 600_005 {
		t.Errorf("%d bytes", len(got))
	}
}
