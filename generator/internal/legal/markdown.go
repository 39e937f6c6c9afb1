package legal

import (
	"bytes"
	"cmp"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown reads GitHub's flavour with heading ids, footnotes and definition
// lists. The footnotes' own transformer is left out: it drops footnotes that
// nothing refers to, and no word of a legal text is dropped.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.DefinitionList),
	goldmark.WithParserOptions(
		parser.WithAttribute(),
		parser.WithBlockParsers(util.Prioritized(extension.NewFootnoteBlockParser(), 999)),
		parser.WithInlineParsers(util.Prioritized(extension.NewFootnoteParser(), 101)),
	),
).Parser()

// A fault is something that Parse found at an offset of its source.
type fault struct {
	offset int
	rule   string
	msg    string
	hint   string
}

// Parse reads Markdown. Any source gives a Text; what an editor should know
// of (raw HTML, links that are not safe) is reported as problems in file,
// whose first line is line.
func Parse(source []byte, file string, line int) (*Text, []Problem) {
	source = Canon(source)
	t, faults := parse(source)
	var problems []Problem
	for _, f := range faults {
		pos := position(source, f.offset)
		pos.File, pos.Line = file, pos.Line+line-1
		problems = append(problems, Problem{Pos: pos, Rule: f.rule, Msg: f.msg, Hint: f.hint})
	}
	return t, problems
}

// parse reads canonical source.
func parse(source []byte) (*Text, []fault) {
	if f, over := overLimit(source); over {
		return literal(source), []fault{f}
	}
	r := &reader{source: source, notes: map[int]string{}}
	root := markdown.Parse(text.NewReader(source))
	r.collectNotes(root)
	r.blocks(root, nil)
	return NewText(r.out), r.faults
}

// A reader turns goldmark's tree into blocks.
type reader struct {
	source []byte
	out    []Block
	faults []fault
	notes  map[int]string // a footnote's number to its label
	line   int            // the line of offset
	offset int
}

// collectNotes learns the footnotes' labels, and makes every footnote's
// number that of its place in the text where nothing refers to it.
func (r *reader) collectNotes(root ast.Node) {
	_ = ast.Walk(root, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		if note, ok := n.(*extast.Footnote); ok && enter {
			r.notes[note.Index] = string(note.Ref)
		}
		return ast.WalkContinue, nil
	})
}

func (r *reader) fault(n ast.Node, rule, msg, hint string) {
	r.faults = append(r.faults, fault{max(offset(n), 0), rule, msg, hint})
}

// offset returns where n begins in the source, or -1.
func offset(n ast.Node) int {
	if at := n.Pos(); at >= 0 {
		return at
	}
	for p := n; p != nil; p = p.Parent() {
		if p.Type() != ast.TypeInline && p.Lines() != nil && p.Lines().Len() > 0 {
			return p.Lines().At(0).Start
		}
		if p.Pos() >= 0 {
			return p.Pos()
		}
	}
	return -1
}

// blocks adds the blocks below n, which stand in path.
func (r *reader) blocks(n ast.Node, path []*Container) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.block(c, path)
	}
}

func (r *reader) block(n ast.Node, path []*Container) {
	switch n := n.(type) {
	case *ast.Heading:
		r.heading(n, path)
	case *ast.Paragraph, *ast.TextBlock:
		r.paragraph(n, path)
	case *ast.ThematicBreak:
		r.add(n, Block{Kind: Rule, Path: path, Cells: [][]Inline{nil}})
	case *ast.CodeBlock:
		r.code(n, "", path)
	case *ast.FencedCodeBlock:
		r.code(n, string(n.Language(r.source)), path)
	case *ast.HTMLBlock:
		r.html(n, path)
	case *ast.Blockquote:
		r.container(n, path, &Container{Kind: Quote})
	case *ast.List:
		c := &Container{Kind: List, Ordered: n.IsOrdered(), Tight: n.IsTight}
		if n.IsOrdered() {
			c.Start = n.Start
		}
		r.blocks(n, with(path, c))
	case *ast.ListItem:
		r.container(n, path, &Container{Kind: Item, Task: task(n)})
	case *extast.Table:
		r.table(n, path)
	case *extast.DefinitionList:
		r.blocks(n, with(path, &Container{Kind: Definitions}))
	case *extast.DefinitionTerm:
		runs, folds := r.inlines(n)
		r.add(n, Block{Kind: Term, Path: path, Cells: [][]Inline{runs}, Folds: folds})
	case *extast.DefinitionDescription:
		r.container(n, path, &Container{Kind: Description, Tight: n.IsTight})
	case *extast.FootnoteList:
		r.blocks(n, path)
	case *extast.Footnote:
		r.container(n, path, &Container{Kind: Footnote, Label: string(n.Ref)})
	case *ast.LinkReferenceDefinition:
		// says where links lead to, and is in those links
	default:
		r.blocks(n, path)
	}
}

func with(path []*Container, c *Container) []*Container {
	return append(path[:len(path):len(path)], c)
}

// container adds the blocks in n, or an empty paragraph where there is none,
// so that an empty item is an item.
func (r *reader) container(n ast.Node, path []*Container, c *Container) {
	before := len(r.out)
	path = with(path, c)
	r.blocks(n, path)
	if len(r.out) == before {
		r.add(n, Block{Path: path, Cells: [][]Inline{nil}})
	}
}

func (r *reader) add(n ast.Node, b Block) {
	if at := offset(n); at >= r.offset && at <= len(r.source) {
		r.line += bytes.Count(r.source[r.offset:at], []byte("\n"))
		r.offset = at
	}
	b.Line = r.line + 1
	r.out = append(r.out, b)
}

func (r *reader) heading(n *ast.Heading, path []*Container) {
	runs, folds := r.inlines(n)
	b := Block{Kind: Heading, Level: n.Level, Path: path, Cells: [][]Inline{runs}, Folds: folds}
	for _, a := range n.Attributes() {
		if id, ok := a.Value.([]byte); ok && string(a.Name) == "id" {
			b.ID = string(id)
			continue
		}
		r.fault(n, "heading-attribute", "a heading has the attribute "+quote(string(a.Name)),
			"only an id can be given to a heading: ## Title {#id}")
	}
	if b.ID != "" && !ValidID(b.ID) {
		r.fault(n, "bad-id", "the heading's id "+quote(b.ID)+" cannot be an anchor", idHint(b.ID))
		b.ID = Slug(b.ID)
	}
	r.add(n, b)
}

// paragraph adds n, unless it holds nothing but what was taken out of it.
func (r *reader) paragraph(n ast.Node, path []*Container) {
	runs, folds := r.inlines(n)
	if len(runs) == 0 {
		return
	}
	r.add(n, Block{Path: path, Cells: [][]Inline{runs}, Folds: folds})
}

func (r *reader) code(n ast.Node, lang string, path []*Container) {
	var w strings.Builder
	for i := 0; i < n.Lines().Len(); i++ {
		line := n.Lines().At(i)
		w.Write(line.Value(r.source))
	}
	r.add(n, Block{Kind: Code, Lang: lang, Path: path, Cells: [][]Inline{Join([]Inline{{Text: strings.TrimSuffix(w.String(), "\n")}})}})
}

func (r *reader) html(n *ast.HTMLBlock, path []*Container) {
	var w strings.Builder
	for i := 0; i < n.Lines().Len(); i++ {
		line := n.Lines().At(i)
		w.Write(line.Value(r.source))
	}
	if n.HasClosure() {
		w.Write(n.ClosureLine.Value(r.source))
	}
	words := strings.TrimRight(w.String(), "\n")
	r.rawHTML(n, words)
	r.add(n, Block{Kind: HTML, Path: path, Cells: [][]Inline{Join([]Inline{{Text: words}})}})
}

func (r *reader) rawHTML(n ast.Node, words string) {
	hint := "write it in Markdown; a line break is two spaces at the end of a line"
	if strings.HasPrefix(words, "<!--") {
		hint = "a comment would be published; keep it in the message of the commit"
	}
	r.fault(n, "raw-html", "raw HTML "+quote(words)+" is shown as text, not as markup", hint)
}

func (r *reader) table(n *extast.Table, path []*Container) {
	c := &Container{Kind: Table}
	for _, a := range n.Alignments {
		c.Align = append(c.Align, map[extast.Alignment]Align{
			extast.AlignLeft: AlignStart, extast.AlignCenter: AlignCenter, extast.AlignRight: AlignEnd}[a])
	}
	path = with(path, c)
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		_, header := row.(*extast.TableHeader)
		b := Block{Kind: Row, Header: header, Path: path}
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			runs, _ := r.inlines(cell)
			b.Cells = append(b.Cells, runs)
		}
		if len(b.Cells) == 0 {
			b.Cells = [][]Inline{nil}
		}
		r.add(row, b)
	}
}

func task(item *ast.ListItem) Task {
	first := item.FirstChild()
	if first == nil {
		return NoTask
	}
	box, ok := first.FirstChild().(*extast.TaskCheckBox)
	switch {
	case !ok:
		return NoTask
	case box.IsChecked:
		return DoneTask
	}
	return OpenTask
}

// inlines returns the runs of text below n and the places of its folds.
func (r *reader) inlines(n ast.Node) (runs []Inline, folds []int) {
	w := &inlineWriter{reader: r}
	w.children(n, Inline{})
	return w.finish()
}

// An inlineWriter gathers the runs of one block.
type inlineWriter struct {
	*reader
	runs []Inline
}

// children adds the runs below n with the attributes of as.
func (w *inlineWriter) children(n ast.Node, as Inline) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.inline(c, as)
	}
}

func (w *inlineWriter) inline(n ast.Node, as Inline) {
	switch n := n.(type) {
	case *ast.Text:
		w.text(n, as)
	case *ast.String:
		w.run(as, unescape(string(n.Value)))
	case *ast.CodeSpan:
		as.Style |= Monospace
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				w.run(as, strings.ReplaceAll(string(t.Value(w.source)), "\n", " "))
			}
		}
	case *ast.Emphasis:
		if n.Level == 2 {
			as.Style |= Strong
		} else {
			as.Style |= Emphasis
		}
		w.children(n, as)
	case *extast.Strikethrough:
		as.Style |= Strike
		w.children(n, as)
	case *ast.Link:
		as.Link, as.Title = unescape(string(n.Destination)), unescape(string(n.Title))
		w.safe(n, as.Link)
		if n.FirstChild() == nil && refers(as.Link) {
			as.Kind = Reference
			w.add(as, "")
			return
		}
		w.children(n, as)
	case *ast.AutoLink:
		as.Link = string(n.URL(w.source))
		if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(as.Link), "mailto:") {
			as.Link = "mailto:" + as.Link
		}
		w.safe(n, as.Link)
		w.run(as, string(n.Label(w.source)))
	case *ast.Image:
		w.image(n, as)
	case *ast.RawHTML:
		w.raw(n, as)
	case *extast.FootnoteLink:
		as.Kind, as.Label = NoteRef, w.notes[n.Index]
		w.add(as, as.Label)
	case *extast.TaskCheckBox:
		// said by the item
	default:
		w.children(n, as)
	}
}

func (w *inlineWriter) text(n *ast.Text, as Inline) {
	words := string(n.Value(w.source))
	if !n.IsRaw() {
		words = unescape(words)
	}
	w.run(as, words)
	switch {
	case n.HardLineBreak():
		w.lineBreak()
	case n.SoftLineBreak():
		w.run(as, "\n")
	}
}

// image adds an image; what is beside its words is kept as well.
func (w *inlineWriter) image(n *ast.Image, as Inline) {
	alt := &inlineWriter{reader: w.reader}
	alt.children(n, Inline{})
	var words strings.Builder
	runs, _ := alt.finish()
	for _, run := range runs {
		words.WriteString(run.Text)
	}
	as.Kind, as.Src, as.Title = Image, unescape(string(n.Destination)), unescape(string(n.Title))
	w.safe(n, as.Src)
	if remote(as.Src) {
		w.fault(n, "remote-image", "the picture "+quote(as.Src)+" is not shown: a page loads nothing from elsewhere",
			"put the file beside the section and name it alone, e.g. ![…]("+cmp.Or(plainName(as.Src), "chart.png")+")")
	}
	w.add(as, words.String())
}

// remote reports whether src leads to another host, as browsers read it.
func remote(src string) bool {
	src = strings.ToLower(strings.ReplaceAll(strings.Map(dropControl, src), `\`, "/"))
	return strings.HasPrefix(src, "//") || strings.HasPrefix(src, "http:") || strings.HasPrefix(src, "https:")
}

// plainName returns the name of the file that address ends in, or "" where it
// could not be that of an attachment.
func plainName(address string) string {
	name := path.Base(address)
	if !attachmentName.MatchString(name) || !attachable(name) {
		return ""
	}
	return name
}

func (w *inlineWriter) raw(n *ast.RawHTML, as Inline) {
	var words strings.Builder
	for i := 0; i < n.Segments.Len(); i++ {
		s := n.Segments.At(i)
		words.Write(s.Value(w.source))
	}
	if tag := strings.ToLower(strings.ReplaceAll(words.String(), " ", "")); tag == "<br>" || tag == "<br/>" {
		w.lineBreak()
		return
	}
	if n.Segments.Len() > 0 {
		w.faults = append(w.faults, fault{n.Segments.At(0).Start, "raw-html",
			"raw HTML " + quote(words.String()) + " is shown as text, not as markup",
			"write it in Markdown, e.g. **strong** or [words](https://example.com)"})
	}
	as.Kind = RawHTML
	w.add(as, words.String())
}

// safe reports a link that a page must not hold.
func (w *inlineWriter) safe(n ast.Node, link string) {
	if !SafeLink(link) {
		w.fault(n, "unsafe-link", "the link "+quote(link)+" is not safe to publish",
			"a link may begin with https:, http:, mailto:, tel:, # or be relative")
	}
}

func (w *inlineWriter) lineBreak() {
	w.runs = append(w.runs, Inline{Kind: Break, Text: "\n"})
}

// run adds words with the attributes of as.
func (w *inlineWriter) run(as Inline, words string) {
	w.add(as, words)
}

func (w *inlineWriter) add(as Inline, words string) {
	as.Text = words
	w.runs = append(w.runs, as)
}

// finish folds white space as HTML does: a run of it is one space, and none
// stands at the ends of the block or beside a line break. A line that was wrapped
// between two ideographs is joined without one; folds are the places of these.
func (w *inlineWriter) finish() (runs []Inline, folds []int) {
	space := true
	before := ""
	for i := range w.runs {
		run := &w.runs[i]
		switch {
		case run.Kind == Break:
			space = true
		case run.Kind == Plain || run.Kind == RawHTML:
			run.Text, space = fold(run.Text, before, textAfter(w.runs[i+1:]), space)
		default:
			run.Text, _ = fold(run.Text, "", "", false)
			space = false
		}
		before = cmp.Or(run.Text, before)
	}
	for i := len(w.runs) - 1; i >= 0; i-- {
		run := &w.runs[i]
		if run.Kind == Plain {
			if i == len(w.runs)-1 || w.runs[i+1].Kind == Break || w.trailing(i) {
				run.Text = strings.TrimRight(run.Text, " ")
			}
		}
	}
	folds = w.unwrap()
	return Join(w.runs), folds
}

// unwrap drops the line feeds that fold left, and returns where they stood.
func (w *inlineWriter) unwrap() []int {
	var folds []int
	size := 0 // of the text before
	for i := range w.runs {
		run := &w.runs[i]
		if run.Kind != Break && strings.Contains(run.Text, "\n") {
			lines := strings.Split(run.Text, "\n")
			at := size
			for _, line := range lines[:len(lines)-1] {
				at += len(line)
				folds = append(folds, at)
			}
			run.Text = strings.Join(lines, "")
		}
		size += len(run.Text)
	}
	return folds
}

// textAfter returns the first text in runs.
func textAfter(runs []Inline) string {
	for _, run := range runs {
		if run.Text != "" {
			return run.Text
		}
	}
	return ""
}

// trailing reports whether nothing visible follows run i before the end of
// the block or a line break.
func (w *inlineWriter) trailing(i int) bool {
	for _, run := range w.runs[i+1:] {
		if run.Kind == Break {
			return true
		}
		if run.Text != "" || run.stays() {
			return false
		}
	}
	return true
}

// fold makes white space in s one space each, none after a space; where a line was
// wrapped between two ideographs, it leaves a line feed.
func fold(s, before, next string, space bool) (string, bool) {
	if !strings.ContainsAny(s, "\n\t\r\f\v ") {
		return s, space && s == ""
	}
	var w strings.Builder
	last, _ := utf8.DecodeLastRuneInString(before)
	for i, r := range s {
		switch r {
		case ' ', '\t', '\r', '\n', '\f', '\v':
			if r == '\n' && unspaced(last) && unspaced(firstRune(s[i+1:]+next)) {
				w.WriteByte('\n')
				continue
			}
			if !space {
				w.WriteByte(' ')
			}
			space = true
		default:
			w.WriteRune(r)
			space = false
		}
		last = r
	}
	return w.String(), space
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// unspaced reports whether r belongs to a script that puts no space between
// words and may be wrapped anywhere.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// unescape resolves backslash escapes and character references.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var w strings.Builder
	for i := 0; i < len(s); {
		switch {
		case s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			w.WriteByte(s[i+1])
			i += 2
		case s[i] == '&':
			r, n := reference(s[i:])
			w.WriteString(r)
			i += n
		default:
			w.WriteByte(s[i])
			i++
		}
	}
	return w.String()
}

// reference returns what the character reference at the start of s stands
// for and its length, or the ampersand itself.
func reference(s string) (string, int) {
	end := strings.IndexByte(s[:min(len(s), 40)], ';')
	if end < 2 {
		return "&", 1
	}
	ref := []byte(s[:end+1])
	resolved := util.ResolveEntityNames(util.ResolveNumericReferences(ref))
	if bytes.Equal(resolved, ref) {
		return "&", 1
	}
	return string(resolved), end + 1
}
