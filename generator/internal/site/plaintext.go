package site

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A plainHand writes blocks as text without markup, for a mail: a paragraph is one
// line, which a mail program wraps, a list keeps its numbers, and a table its columns
// or, where it is wide, a line for each cell with the head of its column. An address
// follows its words in parentheses, unless it is the words, or leads to another place of
// the same text. What is struck stays marked (~~), since it does not apply.
type plainHand struct {
	source *source
	letter *lineWriter // of a numbered version: what writes it; its lists have letters
}

func (h *plainHand) marker(c *legal.Container) (first, rest string) {
	switch c.Kind {
	case legal.Quote, legal.Description:
		return "    ", "    "
	case legal.Footnote:
		first = "[" + clean(c.Label) + "] "
		return first, "    "
	}
	return "", ""
}

func (h *plainHand) item(list, item *legal.Container, number int, _ bool) (first, rest string) {
	first = bullet(list, number, false, [2]string{"-"}, [2]string{"."})
	if h.letter != nil && list.Ordered {
		first = legal.ItemMarker(orderedLists(h.letter.stack), number) + " "
	}
	rest = blanks(first)
	switch item.Task {
	case legal.OpenTask:
		first += "[ ] "
	case legal.DoneTask:
		first += "[x] "
	}
	return first, rest
}

func (h *plainHand) lines(b *legal.Block, _ string) []string {
	switch b.Kind {
	case legal.Rule:
		return []string{"* * *"}
	case legal.Code:
		lines := strings.Split(clean(b.Words()), "\n")
		for i := range lines {
			lines[i] = "    " + lines[i]
		}
		return lines
	}
	text := h.runs(b.Cells[0])
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// orderedLists returns how many numbered lists stand around the innermost of stack.
func orderedLists(stack []lineContainer) int {
	n := -1
	for i := range stack {
		if stack[i].Kind == legal.List && stack[i].Ordered {
			n++
		}
	}
	return n
}

// runs returns the words of a cell.
func (h *plainHand) runs(cell []legal.Inline) string {
	var w strings.Builder
	for i := 0; i < len(cell); {
		n := sameLink(cell[i:])
		var words strings.Builder
		for _, run := range cell[i : i+n] {
			words.WriteString(h.run(run))
		}
		w.WriteString(words.String())
		if address := h.address(cell[i].Link, strings.TrimSpace(words.String())); address != "" {
			w.WriteString(" (" + address + ")")
		}
		i += n
	}
	return clean(w.String())
}

func (h *plainHand) run(run legal.Inline) string {
	switch {
	case run.Kind == legal.Image:
		if src, ok := h.source.href(run.Src); ok {
			return strings.TrimPrefix("["+run.Text+"] (", "[] ") + src + ")"
		}
	case run.Kind == legal.NoteRef:
		return "[" + run.Label + "]"
	case run.Style&legal.Strike != 0:
		return "~~" + run.Text + "~~"
	}
	return run.Text
}

// address returns where link leads to, "" where its words say so or it leads to
// another place of the text.
func (h *plainHand) address(link, words string) string {
	href, ok := h.source.href(link)
	switch {
	case !ok, h.source != nil && strings.HasPrefix(href, h.source.own("#")):
		return ""
	case link == words, href == words, href == "mailto:"+words, href == "tel:"+words, strings.TrimSuffix(href, "/") == words:
		return ""
	case strings.HasPrefix(href, "https://"+words), strings.HasPrefix(href, "http://"+words):
		if rest := href[strings.Index(href, words)+len(words):]; rest == "" || rest == "/" {
			return ""
		}
	}
	return strings.TrimPrefix(strings.TrimPrefix(href, "mailto:"), "tel:")
}

// tableWidth is how wide a table may be to be set in columns.
const tableWidth = 76

func (h *plainHand) table(_ *legal.Container, rows []*legal.Block) []string {
	var cells [][]string
	var widths []int
	flat := true
	for _, row := range rows {
		var line []string
		for i, cell := range row.Cells {
			text := h.runs(cell)
			flat = flat && !strings.Contains(text, "\n")
			line = append(line, text)
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], columnsOf(text))
		}
		cells = append(cells, line)
	}
	sum := 2 * (len(widths) - 1)
	for _, w := range widths {
		sum += w
	}
	if flat && sum <= tableWidth {
		return columns(cells, widths)
	}
	return records(cells)
}

// columns sets rows of cells side by side, the first with a line below it.
func columns(rows [][]string, widths []int) []string {
	var lines []string
	for i, row := range rows {
		var line, rule strings.Builder
		for j, cell := range row {
			line.WriteString(cell + strings.Repeat(" ", widths[j]-columnsOf(cell)+2))
			rule.WriteString(strings.Repeat("-", widths[j]) + "  ")
		}
		lines = append(lines, strings.TrimRight(line.String(), " "))
		if i == 0 {
			lines = append(lines, strings.TrimRight(rule.String(), " "))
		}
	}
	return lines
}

// records sets each row by itself, a line for each cell, after the head of its column.
func records(rows [][]string) []string {
	var lines []string
	heads := rows[0]
	for i, row := range rows[1:] {
		if i > 0 {
			lines = append(lines, "")
		}
		for j, cell := range row {
			head := ""
			if j < len(heads) {
				head = heads[j]
			}
			if cell == "" {
				continue
			}
			if head != "" {
				cell = strings.TrimSuffix(head, ":") + ": " + cell
			}
			lines = append(lines, strings.Split(cell, "\n")...)
		}
	}
	if len(rows) == 1 {
		return []string{strings.Join(heads, "; ")}
	}
	return lines
}

// underlined returns words with a line of sign below them.
func underlined(words, sign string) []string {
	return []string{words, strings.Repeat(sign, min(max(columnsOf(words), 1), tableWidth))}
}

// columnsOf returns how many columns of a screen s takes.
func columnsOf(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			n++
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		case wide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

func wide(r rune) bool {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return true
	}
	return false
}
