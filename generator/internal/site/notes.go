package site

import (
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
		add(false, w.say.PictureChanged.text(s.Old.Src, s.New.Src))
	}
	if s.New.Kind == legal.Image && s.Old.Text != s.New.Text {
		add(false, w.say.DescriptionChanged.text(s.Old.Text, s.New.Text))
	}
	if s.Old.Title != s.New.Title {
		add(true, w.say.TitleChanged.text(s.Old.Title, s.New.Title))
	}
	for _, words := range w.styleChange(s.Old.Style, s.New.Style) {
		add(false, words)
	}
	return out
}

func (w *Words) linkChange(old, new string) string {
	switch {
	case old == "":
		return w.say.LinkAdded.text(new)
	case new == "":
		return w.say.LinkRemoved.text(old)
	}
	return w.say.LinkChanged.text(old, new)
}

func (w *Words) styleChange(old, new legal.Style) []string {
	var out []string
	for _, s := range [...]struct {
		style    legal.Style
		now, not string
	}{
		{legal.Emphasis, w.NowItalic, w.NotItalic},
		{legal.Strong, w.NowBold, w.NotBold},
		{legal.Strike, w.NowStruck, w.NotStruck},
		{legal.Monospace, w.NowCode, w.NotCode},
	} {
		switch {
		case old&s.style == 0 && new&s.style != 0:
			out = append(out, s.now)
		case old&s.style != 0 && new&s.style == 0:
			out = append(out, s.not)
		}
	}
	return out
}

// Sign says how quotation marks, dashes, spaces or letters differ, as "old → new".
func (w *Words) Sign(s redline.Sign) string { return w.say.Became.text(w.sign(s.Old), w.sign(s.New)) }

// sign names what could not be seen.
func (w *Words) sign(s string) string {
	switch s {
	case "":
		return w.NoSign
	case " ":
		return w.Space
	case "\u00a0":
		return w.NoBreakSpace
	case "\u202f":
		return w.NarrowSpace
	}
	if strings.TrimSpace(s) == "" {
		return w.OtherSpace
	}
	return s
}

// Block says what changed of a block beside its words, or of several in a row.
func (w *Words) Block(n redline.Note) string {
	switch {
	case n.Blocks < 2:
		return w.block(n)
	case n.Kind == redline.BlockKind:
		_, old := w.blockName(n.Old)
		_, new := w.blockName(n.New)
		return w.say.BlockKinds.text(n.Blocks, old, new)
	case n.Kind == redline.Split:
		return w.say.SplitBlocks.text(n.Blocks)
	}
	return w.say.AlsoNext.text(w.block(n), n.Blocks-1)
}

func (w *Words) block(n redline.Note) string {
	switch n.Kind {
	case redline.HeadingLevel:
		return w.say.HeadingLevel.text(n.Old, n.New)
	case redline.AnchorID:
		switch {
		case n.Old == "":
			return w.say.AnchorAdded.text(n.New)
		case n.New == "":
			return w.say.AnchorRemoved.text(n.Old)
		}
		return w.say.AnchorChanged.text(n.Old, n.New)
	case redline.ListKind:
		return w.say.ListKind.text(w.listKind(n.Old), w.listKind(n.New))
	case redline.ListStart:
		return w.say.ListStart.text(n.Old, n.New)
	case redline.TableAlign:
		return w.ColumnsAligned
	case redline.TaskState:
		return w.say.TaskState.text(w.taskState(n.Old), w.taskState(n.New))
	case redline.CodeLang:
		return w.say.CodeLanguage.text(n.Old, n.New)
	case redline.Split:
		return w.SplitBlock
	case redline.Joined:
		return w.JoinedBlock
	}
	old, _ := w.blockName(n.Old)
	new, _ := w.blockName(n.New)
	return w.say.BlockKind.text(old, new)
}

// listKind and taskState name what notes write.
func (w *Words) listKind(s string) string {
	return map[string]string{"bullets": w.Bullets, "numbers": w.Numbers}[s]
}

func (w *Words) taskState(s string) string {
	return map[string]string{"none": w.TaskNone, "open": w.TaskOpen, "done": w.TaskDone}[s]
}

// A blockName is what people call blocks of a kind: one, many, and the place
// that one is to what stands in it.
type blockName struct{ One, Many, In string }

// blockName returns what people call blocks, one or many, by their place as
// notes write it: the kind and what it stands in, from the inside ("paragraph in
// item in quote"; see redline.FoldNotes for "part of item").
func (w *Words) blockName(place string) (one, many string) {
	kind, around, _ := strings.Cut(place, " in ")
	level := 1
	if kind == "paragraph" && around != "" {
		kind, around, _ = strings.Cut(around, " in ")
		for kind == "item" && strings.HasPrefix(around+" in ", "item in ") {
			_, around, _ = strings.Cut(around, " in ")
			level++
		}
	}
	one, many = w.blocks[kind].One, w.blocks[kind].Many
	if level > 1 {
		one, many = w.say.BlockLevel.text(one, level), w.say.BlockLevel.text(many, level)
	}
	for around != "" {
		var c string
		c, around, _ = strings.Cut(around, " in ")
		one, many = w.say.BlockIn.text(one, w.blocks[c].In), w.say.BlockIn.text(many, w.blocks[c].In)
	}
	return one, many
}
