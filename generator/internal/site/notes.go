package site

import (
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// Format says how a run that was kept looks or leads elsewhere than before;
// "" where it does not.
func (w *Words) Format(s redline.Span) string {
	var out []string
	if s.Old.Link != s.New.Link {
		out = append(out, w.linkChange(s.Old.Link, s.New.Link))
	}
	if s.Old.Src != s.New.Src {
		out = append(out, "picture changed: "+s.Old.Src+" → "+s.New.Src)
	}
	if s.New.Kind == legal.Image && s.Old.Text != s.New.Text {
		out = append(out, "description changed: “"+s.Old.Text+"” → “"+s.New.Text+"”")
	}
	if s.Old.Title != s.New.Title {
		out = append(out, "title changed: “"+s.Old.Title+"” → “"+s.New.Title+"”")
	}
	out = append(out, w.styleChange(s.Old.Style, s.New.Style)...)
	return strings.Join(out, "; ")
}

func (w *Words) linkChange(old, new string) string {
	switch {
	case old == "":
		return "now links to " + new
	case new == "":
		return "no longer links to " + old
	}
	return "link changed: " + old + " → " + new
}

func (w *Words) styleChange(old, new legal.Style) []string {
	var out []string
	for i, name := range [...]string{"italic", "bold", "struck through", "set as code"} {
		switch style := legal.Style(1 << i); {
		case old&style == 0 && new&style != 0:
			out = append(out, "now "+name)
		case old&style != 0 && new&style == 0:
			out = append(out, "no longer "+name)
		}
	}
	return out
}

// Block says what changed of a block beside its words.
func (w *Words) Block(n redline.Note) string {
	change := n.Old + " → " + n.New
	switch n.Kind {
	case redline.HeadingLevel:
		return "heading level " + change
	case redline.AnchorID:
		switch {
		case n.Old == "":
			return "anchor " + n.New + " added"
		case n.New == "":
			return "anchor " + n.Old + " removed"
		}
		return "anchor " + change
	case redline.ListKind:
		return "list: " + change
	case redline.ListStart:
		return "first number " + change
	case redline.TableAlign:
		return "columns aligned differently"
	case redline.TaskState:
		return "check box: " + change
	case redline.CodeLang:
		return "language of the code: " + change
	case redline.Split:
		return "split from the paragraph before"
	case redline.Joined:
		return "joined to the paragraph before"
	}
	return "was " + n.Old + ", now " + n.New
}
