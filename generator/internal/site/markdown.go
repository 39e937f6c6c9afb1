package site

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A markdownHand writes blocks as Markdown that reads as they do: what this tool, or
// another reader of GitHub's flavour, makes of it are the same words in the same
// structure. A paragraph is one line. Links are absolute; one that is not safe is its
// words alone. Raw HTML is code, as it is on pages.
type markdownHand struct {
	source *source
	shift  int               // what is added to the levels of headings
	labels map[string]string // of the footnotes at hand, as they are told apart in the whole text
}

func (h *markdownHand) marker(c *legal.Container) (first, rest string) {
	switch c.Kind {
	case legal.Quote:
		return "> ", "> "
	case legal.Description:
		return ":   ", "    "
	case legal.Footnote:
		return "[^" + h.label(c.Label) + "]: ", "    "
	}
	return "", ""
}

func (h *markdownHand) item(list, item *legal.Container, number int, other bool) (first, rest string) {
	first = bullet(list, number, other, [2]string{"-", "*"}, [2]string{".", ")"})
	rest = blanks(first)
	switch item.Task {
	case legal.OpenTask:
		first += "[ ] "
	case legal.DoneTask:
		first += "[x] "
	}
	return first, rest
}

func (h *markdownHand) lines(b *legal.Block, anchor string) []string {
	switch b.Kind {
	case legal.Rule:
		return []string{"___"}
	case legal.Code, legal.HTML:
		return fenced(b)
	case legal.Heading:
		words := h.runs(b.Cells[0], "<br>")
		if words == "" {
			return nil
		}
		words = strings.Repeat("#", min(max(b.Level, 1)+h.shift, 6)) + " " + h.headingEnd(words)
		if anchor != "" {
			words += " {#" + anchor + "}"
		}
		return []string{words}
	}
	text := h.runs(b.Cells[0], "\\\n")
	if text == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = guardLine(lines[i])
	}
	return lines
}

// headingEnd guards what at a heading's end is read as its own: closing signs, and
// attributes.
func (h *markdownHand) headingEnd(words string) string {
	words = strings.ReplaceAll(words, "{", `\{`)
	if strings.HasSuffix(words, "#") {
		words = words[:len(words)-1] + `\#`
	}
	return words
}

// fenced returns a block of code, in more fences than it holds.
func fenced(b *legal.Block) []string {
	words := clean(b.Words())
	fence := strings.Repeat("`", max(3, backticks(words)+1))
	lines := []string{fence + strings.ReplaceAll(b.Lang, "`", "")}
	if words != "" || b.Kind == legal.HTML {
		lines = append(lines, strings.Split(words, "\n")...)
	}
	return append(lines, fence)
}

func (h *markdownHand) table(c *legal.Container, rows []*legal.Block) []string {
	var lines []string
	for i, row := range rows {
		var cells []string
		for _, cell := range row.Cells {
			cells = append(cells, h.runs(cell, "<br>"))
		}
		lines = append(lines, "| "+strings.Join(cells, " | ")+" |")
		if i == 0 {
			lines = append(lines, delimiters(c, len(row.Cells)))
		}
	}
	return lines
}

// delimiters returns the line between a table's head and its rows.
func delimiters(c *legal.Container, columns int) string {
	line := "|"
	for i := range columns {
		align := legal.AlignNone
		if i < len(c.Align) {
			align = c.Align[i]
		}
		line += " " + [...]string{"---", ":--", ":-:", "--:"}[align] + " |"
	}
	return line
}

// A markdownRun is a run of text, or a link as it is written with the runs in it.
type markdownRun struct {
	legal.Inline
	link string
}

// runs returns the runs of a cell. A line break is written as br.
func (h *markdownHand) runs(cell []legal.Inline, br string) string {
	var runs []markdownRun
	for i := 0; i < len(cell); {
		href, ok := h.source.href(cell[i].Link)
		if !ok {
			runs = append(runs, markdownRun{Inline: cell[i]})
			i++
			continue
		}
		n := sameLink(cell[i:])
		runs = append(runs, h.link(cell[i:i+n], href, br))
		i += n
	}
	return clean(h.styled(runs, br))
}

// link returns a link. Marks that all of it has stand around it.
func (h *markdownHand) link(cell []legal.Inline, href, br string) markdownRun {
	if text, ok := auto(cell, href); ok {
		return markdownRun{Inline: cell[0], link: text}
	}
	style := ^legal.Monospace
	for _, run := range cell {
		if run.Kind != legal.Break {
			style &= run.Style
		}
	}
	var runs []markdownRun
	for _, run := range cell {
		run.Style &^= style
		runs = append(runs, markdownRun{Inline: run})
	}
	return markdownRun{legal.Inline{Style: style}, "[" + h.styled(runs, br) + "](" + destination(href) + title(cell[0]) + ")"}
}

// sameLink returns how many of the runs belong to the link of the first, a line break
// within it too.
func sameLink(runs []legal.Inline) int {
	n := 1
	for n < len(runs) {
		same := runs[n].Link == runs[0].Link && (runs[n].Title == runs[0].Title || runs[n].Kind == legal.Image || runs[0].Kind == legal.Image)
		if runs[n].Kind == legal.Break && n+1 < len(runs) && runs[n+1].Link == runs[0].Link {
			same = true
		}
		if !same {
			break
		}
		n++
	}
	return n
}

// auto returns a link whose words are its address, and whether it is one.
func auto(cell []legal.Inline, href string) (string, bool) {
	if len(cell) != 1 || cell[0].Kind != legal.Plain || cell[0].Style&legal.Monospace != 0 || cell[0].Title != "" {
		return "", false
	}
	text := cell[0].Text
	return "<" + text + ">", (text == href || "mailto:"+text == href) && !strings.ContainsAny(text, " <>\\") && hasScheme(href)
}

// styleMarks are the signs of the styles.
var styleMarks = map[legal.Style]string{legal.Strong: "**", legal.Emphasis: "*", legal.Strike: "~~"}

// styled returns runs with their marks.
func (h *markdownHand) styled(runs []markdownRun, br string) string {
	var w strings.Builder
	var open []legal.Style
	runs = spaced(runs)
	for i := range runs {
		run := &runs[i]
		if run.Kind == legal.Break {
			open = closeMarks(&w, open, 0)
			if i == 0 || i == len(runs)-1 {
				w.WriteString("<br>") // where a line's end would end or begin the paragraph
			} else {
				w.WriteString(br)
			}
			continue
		}
		keep := 0
		for keep < len(open) && run.Style&open[keep] != 0 {
			keep++
		}
		open = closeMarks(&w, open, keep)
		for _, style := range opening(runs[i:], open) {
			w.WriteString(styleMarks[style])
			open = append(open, style)
		}
		h.run(&w, run, br)
	}
	closeMarks(&w, open, 0)
	return w.String()
}

func closeMarks(w *strings.Builder, open []legal.Style, keep int) []legal.Style {
	for _, style := range slices.Backward(open[keep:]) {
		w.WriteString(styleMarks[style])
	}
	return open[:keep]
}

// opening returns the styles that begin with the first of runs, the one that goes on
// for longest first, so that marks nest.
func opening(runs []markdownRun, open []legal.Style) []legal.Style {
	var styles []legal.Style
	for _, s := range styleElements {
		if s.style != legal.Monospace && runs[0].Style&s.style != 0 && !slices.Contains(open, s.style) {
			styles = append(styles, s.style)
		}
	}
	length := func(style legal.Style) int {
		n := 0
		for n < len(runs) && runs[n].Style&style != 0 {
			n++
		}
		return n
	}
	slices.SortStableFunc(styles, func(a, b legal.Style) int { return length(b) - length(a) })
	return styles
}

// run writes a run without the marks around it.
func (h *markdownHand) run(w *strings.Builder, run *markdownRun, br string) {
	switch {
	case run.link != "":
		w.WriteString(run.link)
	case run.Kind == legal.Image:
		src, ok := h.source.href(run.Src)
		if !ok {
			w.WriteString(escapeMarkdown(run.Text, w.String()))
			return
		}
		w.WriteString("![" + escapeMarkdown(run.Text, "") + "](" + destination(src) + title(run.Inline) + ")")
	case run.Kind == legal.NoteRef:
		w.WriteString("[^" + h.label(run.Label) + "]")
	case run.Kind == legal.RawHTML || run.Style&legal.Monospace != 0:
		w.WriteString(codeSpan(run.Text, br == "<br>"))
	default:
		w.WriteString(escapeMarkdown(run.Text, w.String()))
	}
}

// label returns the label of a footnote.
func (h *markdownHand) label(label string) string {
	if unique, ok := h.labels[label]; ok {
		return unique
	}
	return label
}

// backticks returns how many backticks stand in a row in s, at most.
func backticks(s string) int {
	most, n := 0, 0
	for i := range len(s) {
		if s[i] != '`' {
			n = 0
			continue
		}
		n++
		most = max(most, n)
	}
	return most
}

// codeSpan returns text as code, in more backticks than it holds in a row.
func codeSpan(text string, inTable bool) string {
	fence := strings.Repeat("`", backticks(text)+1)
	if inTable {
		text = strings.ReplaceAll(text, "|", `\|`)
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") || strings.HasPrefix(text, " ") && strings.HasSuffix(text, " ") && strings.Trim(text, " ") != "" {
		text = " " + text + " "
	}
	return fence + text + fence
}

// spaced returns runs in which no style begins or ends with a space, which Markdown
// cannot say.
func spaced(runs []markdownRun) []markdownRun {
	style := func(i int) legal.Style {
		if i < 0 || i >= len(runs) || runs[i].Kind == legal.Break {
			return 0
		}
		return runs[i].Style
	}
	var out []markdownRun
	for i, run := range runs {
		if run.link != "" || run.Style&^legal.Monospace == 0 || run.Style&legal.Monospace != 0 || run.Kind != legal.Plain {
			out = append(out, run)
			continue
		}
		core := strings.TrimFunc(run.Text, unicode.IsSpace)
		lead, tail := run, run
		at := strings.Index(run.Text, core)
		lead.Text, tail.Text = run.Text[:at], run.Text[at+len(core):]
		lead.Style, tail.Style = run.Style&style(i-1), run.Style&style(i+1)
		if core == "" {
			lead.Style &= style(i + 1)
		}
		run.Text = core
		for _, part := range []markdownRun{lead, run, tail} {
			if part.Text != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// destination returns the address of a link as it stands in its brackets.
func destination(href string) string {
	href = reference.ReplaceAllStringFunc(href, func(s string) string { return "&amp;" + s[1:] })
	href = strings.ReplaceAll(href, `\`, `%5C`)
	if strings.ContainsAny(href, "()|") || href == "" {
		return "<" + strings.NewReplacer("<", "%3C", ">", "%3E", "|", "%7C").Replace(href) + ">"
	}
	return href
}

// title returns the title of a link or a picture as it follows its address.
func title(run legal.Inline) string {
	if run.Title == "" {
		return ""
	}
	s := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "|", `\|`).Replace(run.Title)
	return ` "` + reference.ReplaceAllStringFunc(s, func(s string) string { return "&amp;" + s[1:] }) + `"`
}

// reference matches what is read as a reference to a character, and firstReference what
// begins with one.
var (
	reference      = regexp.MustCompile(`&(?:#[xX]?[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);`)
	firstReference = regexp.MustCompile(`^&(?:#[xX]?[0-9a-fA-F]{1,9}|[A-Za-z][A-Za-z0-9]{0,39});`)
)

// escapeMarkdown returns text, which follows before, so that all of it is text.
func escapeMarkdown(text, before string) string {
	if !strings.ContainsAny(text, "\\`*_[]<&~|!:@") && !strings.Contains(text, "www.") {
		return text
	}
	var w strings.Builder
	last, _ := utf8.DecodeLastRuneInString(before)
	for i, r := range text {
		next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(max(r, 0)):])
		if escaped(r, last, next, text[i:]) {
			w.WriteByte('\\')
		}
		w.WriteRune(r)
		last = r
	}
	return w.String()
}

// escaped reports whether r, which stands between last and next and begins rest, could
// be read as a sign.
func escaped(r, last, next rune, rest string) bool {
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	end := len(rest) == utf8.RuneLen(r)
	switch r {
	case '\\', '`', '*', '[', ']', '~', '|':
		return true
	case '_':
		return !word(last) || !word(next)
	case '<':
		return end || next == '/' || next == '!' || next == '?' || next < utf8.RuneSelf && word(next)
	case '&':
		return end || firstReference.MatchString(rest)
	case '!':
		return end
	case ':': // of an address that is no link
		return strings.HasPrefix(rest, "://") || strings.HasPrefix(rest, ":") && last == 'o' && word(next)
	case '@':
		return word(last) && word(next)
	}
	return false
}

// lineStart matches what at a line's start is read as a sign.
var lineStart = regexp.MustCompile(`^(?:#{1,6}(?: |$)|>|[-+=:](?: |$|[-=]*$)|(\d{1,9})[.)](?: |$)|-[- ]*$)`)

// guardLine returns a line of a paragraph that begins nothing else.
func guardLine(line string) string {
	m := lineStart.FindStringSubmatchIndex(line)
	switch {
	case m == nil:
		return line
	case m[3] > 0:
		return line[:m[3]] + `\` + line[m[3]:]
	}
	return `\` + line
}
