package site

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A remark says what changed of a run that was kept.
type remark struct {
	words string
	link  bool // it is about where the run leads
}

// Notes returns what is said of the spans of a cell of b, each note after the
// span that it ends: what changed of several neighbours is said after the last,
// and that a link changed after the last of the link's words.
func (w *Words) Notes(b *redline.Block, at int) []string {
	spans := b.Cells[at].Spans
	out := make([]string, len(spans))
	if b.Op == redline.MoveFrom {
		return out
	}
	for i := range spans {
		remarks := w.remarks(b, spans[i])
		if remarks == nil {
			continue
		}
		next := w.remarks(b, nextKept(spans, i))
		for _, r := range remarks {
			if slices.Contains(next, r) {
				continue // it is said there
			}
			end := i
			if r.link {
				end = linkEnd(spans, i)
			}
			if out[end] != "" {
				out[end] += "; "
			}
			out[end] += r.words
		}
	}
	return out
}

// nextKept returns the span after spans[i] that was kept and is no white space,
// or an empty one.
func nextKept(spans []redline.Span, i int) redline.Span {
	for _, s := range spans[i+1:] {
		if s.Op == redline.Equal && !s.IsBlank() {
			return s
		}
	}
	return redline.Span{}
}

// linkEnd returns the index of the last span of the link that the kept span i
// has in either text: words that were put into the link or taken from it are
// part of it.
func linkEnd(spans []redline.Span, i int) int {
	end := i
	for j := i + 1; j < len(spans) && inLink(spans[j], spans[i]); j++ {
		if !spans[j].IsBlank() {
			end = j
		}
	}
	return end
}

// inLink reports whether s, which follows the kept span k, may be of its link.
func inLink(s, k redline.Span) bool {
	switch s.Op {
	case redline.Insert:
		return k.New.Link != "" && s.New.Link == k.New.Link
	case redline.Delete:
		return k.Old.Link != "" && s.Old.Link == k.Old.Link
	}
	return s.IsBlank()
}

// remarks says how a span that was kept looks or leads elsewhere than before.
func (w *Words) remarks(b *redline.Block, s redline.Span) []remark {
	if s.Op != redline.Equal || s.Old == s.New || s.IsBlank() {
		return nil
	}
	s = b.Seen(s)
	var out []remark
	add := func(link bool, words string) { out = append(out, remark{words, link}) }
	if s.Old.Link != s.New.Link {
		add(true, w.linkChange(s.Old.Link, s.New.Link))
	}
	if s.Old.Src != s.New.Src {
		add(false, "picture changed: "+s.Old.Src+" → "+s.New.Src)
	}
	if s.New.Kind == legal.Image && s.Old.Text != s.New.Text {
		add(false, "description changed: “"+s.Old.Text+"” → “"+s.New.Text+"”")
	}
	if s.Old.Title != s.New.Title {
		add(true, "title changed: “"+s.Old.Title+"” → “"+s.New.Title+"”")
	}
	for _, words := range w.styleChange(s.Old.Style, s.New.Style) {
		add(false, words)
	}
	return out
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

// Sign says how quotation marks, dashes, spaces or letters differ, as "old → new".
func (w *Words) Sign(s redline.Sign) string { return w.sign(s.Old) + " → " + w.sign(s.New) }

// sign names what could not be seen.
func (w *Words) sign(s string) string {
	switch s {
	case "":
		return "nothing"
	case " ":
		return "space"
	case "\u00a0":
		return "no-break space"
	case "\u202f":
		return "narrow no-break space"
	}
	if strings.TrimSpace(s) == "" {
		return "other space"
	}
	return s
}

// Block says what changed of a block beside its words, or of several in a row.
func (w *Words) Block(n redline.Note) string {
	if n.Blocks > 1 && n.Kind == redline.BlockKind {
		_, old := blockName(n.Old)
		_, new := blockName(n.New)
		return fmt.Sprintf("%d %s became %s", n.Blocks, old, new)
	}
	words := w.block(n)
	switch {
	case n.Blocks > 1 && n.Kind == redline.Split:
		return fmt.Sprintf("%d paragraphs split from the one before", n.Blocks)
	case n.Blocks == 2:
		words += ", here and in the next block"
	case n.Blocks > 2:
		words += fmt.Sprintf(", here and in the next %d blocks", n.Blocks-1)
	}
	return words
}

func (w *Words) block(n redline.Note) string {
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
	old, _ := blockName(n.Old)
	new, _ := blockName(n.New)
	return "was " + old + ", now " + new
}

// blockName returns what people call blocks, one or many, by their place as
// notes write it: the kind and what it stands in, from the inside ("paragraph in
// item in quote"; see redline.FoldNotes for "part of item").
func blockName(place string) (one, many string) {
	kind, around, _ := strings.Cut(place, " in ")
	rest := ""
	if kind == "paragraph" && around != "" {
		kind, around, _ = strings.Cut(around, " in ")
		level := 1
		for kind == "item" && strings.HasPrefix(around+" in ", "item in ") {
			_, around, _ = strings.Cut(around, " in ")
			level++
		}
		if level > 1 {
			rest = fmt.Sprintf(" of level %d", level)
		}
	}
	for around != "" {
		var c string
		c, around, _ = strings.Cut(around, " in ")
		rest += " in " + blockNames[c][0]
	}
	return blockNames[kind][0] + rest, blockNames[kind][1] + rest
}

// blockNames holds what one and many of each kind are called.
var blockNames = map[string][2]string{
	"paragraph":    {"a paragraph", "paragraphs"},
	"heading":      {"a heading", "headings"},
	"code":         {"code", "blocks of code"},
	"rule":         {"a line", "lines"},
	"html":         {"raw HTML", "blocks of raw HTML"},
	"row":          {"a row of a table", "rows of a table"},
	"term":         {"a term", "terms"},
	"item":         {"a list item", "list items"},
	"part of item": {"part of a list item", "parts of a list item"},
	"quote":        {"a quotation", "quotations"},
	"description":  {"a definition", "definitions"},
	"footnote":     {"a footnote", "footnotes"},
}
