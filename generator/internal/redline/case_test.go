package redline

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what the tests got as what they want")

// TestCases compares old.md and new.md of every archive, and what show says of
// it with the file "want".
func TestCases(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("there are no cases")
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			old, new := version(string(a.Files[0].Data)), version(string(a.Files[1].Data))
			got := show(laws(t, old, new))
			same(t, old)
			if *update {
				a.Files[2].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(a.Files[2].Data), got); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
		})
	}
}

// show returns r for people: its summary, then a line a section and a block,
// each with its operation where that is not "equal".
func show(r *Redline) string {
	var w strings.Builder
	fmt.Fprintln(&w, English().Say(r.Summary()))
	for _, s := range r.Sections {
		if s.Old != nil || s.New != nil {
			fmt.Fprintf(&w, "\n## %s%s", showOp(s.Op, s.Move), showSpans(s.Title))
			if s.From != nil {
				fmt.Fprintf(&w, " (from %s)", s.From.Title)
			}
			if s.Into != nil {
				fmt.Fprintf(&w, " (into %s)", s.Into.Title)
			}
			w.WriteString("\n")
		}
		for _, b := range s.Blocks {
			var cells []string
			for _, c := range b.Cells {
				text := showSpans(c.Spans)
				if c.Op != Equal {
					text = showOp(c.Op, 0) + text
				}
				cells = append(cells, text)
			}
			w.WriteString(showOp(b.Op, b.Move) + strings.Join(cells, " | "))
			for _, n := range b.Notes {
				fmt.Fprintf(&w, " (%s: %s → %s)", n.Kind, n.Old, n.New)
			}
			w.WriteString("\n")
		}
	}
	return w.String()
}

func showOp(op Op, move int) string {
	switch {
	case op == Equal:
		return ""
	case move != 0:
		return fmt.Sprintf("%s m%d: ", op, move)
	}
	return op.String() + ": "
}

func showSpans(spans []Span) string {
	var w strings.Builder
	for _, s := range spans {
		switch s.Op {
		case Delete:
			w.WriteString("[-" + s.Old.Text + "-]")
		case Insert:
			w.WriteString("{+" + s.New.Text + "+}")
		default:
			w.WriteString(s.New.Text + showFormat(s))
		}
	}
	return strings.ReplaceAll(w.String(), "\n", "⏎")
}

func showFormat(s Span) string {
	var out []string
	pair := func(name, a, b string) {
		if a != b {
			out = append(out, fmt.Sprintf("%s %q → %q", name, a, b))
		}
	}
	pair("text", s.Old.Text, s.New.Text)
	pair("link", s.Old.Link, s.New.Link)
	pair("style", s.Old.Style.String(), s.New.Style.String())
	pair("src", s.Old.Src, s.New.Src)
	if len(out) == 0 {
		return ""
	}
	return "(" + strings.Join(out, ", ") + ")"
}

// Of many equal items the ones that changed are marked, and none is said to
// have moved.
func TestEqualItems(t *testing.T) {
	for _, n := range []int{10, 244, 245, 400, 2001} {
		items := make([]string, n)
		for i := range items {
			items[i] = "- None of the cases that are named above applies to you."
		}
		old := version(strings.Join(items, "\n") + "\n")
		items[0] = "- None of the cases that are named above apply to you."
		items[n-1] = "- None of the cases that are listed above applies to you."
		r := laws(t, old, version(strings.Join(items, "\n")+"\n"))
		if want := (Stats{Inserted: 2, Deleted: 2}); r.Stats != want {
			t.Errorf("%d items: %+v, want %+v", n, r.Stats, want)
		}
	}
}
