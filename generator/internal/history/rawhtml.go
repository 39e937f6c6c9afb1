package history

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// bare returns s without white space, for the comparison of words, with raised
// digits as plain ones.
func bare(s string) string {
	return norm.NFKC.String(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == 0xad || r == 0x200b {
			return -1
		}
		return r
	}, s))
}

// How raw HTML is made Markdown, the best first. A way counts if no word
// changes by it; the last one changes none.
type htmlWay int

const (
	withStyles htmlWay = iota // bold and italic as such
	plainly                   // links alone
	asText                    // comments go, and tags are shown as the text that they are
)

// convertHTML makes the raw HTML in Markdown into Markdown. A comment goes: no
// reader saw it. What is no tag of HTML, as in <your name>, is text.
func convertHTML(text []byte) ([]byte, string) {
	t, problems := legal.Parse(text, "", 1)
	if !hasRaw(problems) {
		return text, ""
	}
	want := bare(seenWords(t))
	for _, way := range []htmlWay{withStyles, plainly} {
		if out, ok := rewriteHTML(text, way); ok && words(out) == want {
			return out, "its HTML was made Markdown"
		}
	}
	out, ok := rewriteHTML(text, asText)
	if !ok {
		return text, ""
	}
	return out, "it holds HTML that has no form in Markdown, which is shown as text"
}

func hasRaw(problems []legal.Problem) bool {
	for _, p := range problems {
		if p.Rule == "raw-html" {
			return true
		}
	}
	return false
}

// seenWords returns what a reader of t sees who is shown its HTML as markup.
func seenWords(t *legal.Text) string {
	var w strings.Builder
	for i := range t.Blocks {
		b := &t.Blocks[i]
		for _, cell := range b.Cells {
			for _, run := range cell {
				switch {
				case b.Kind == legal.HTML || run.Kind == legal.RawHTML:
					seen, _ := htmlWords(run.Text)
					w.WriteString(seen)
				default:
					w.WriteString(run.Text)
				}
			}
		}
	}
	return w.String()
}

// rewriteHTML rewrites the raw HTML in text until there is none, and reports
// whether it came to that: what is rewritten can bring other HTML to light.
func rewriteHTML(text []byte, way htmlWay) ([]byte, bool) {
	for range 8 {
		t, problems := legal.Parse(text, "", 1)
		if !hasRaw(problems) {
			return text, true
		}
		out := rewriteOnce(text, t, problems, way)
		if bytes.Equal(out, text) {
			return text, false
		}
		text = out
	}
	return text, false
}

// rewriteOnce rewrites each piece of raw HTML once.
func rewriteOnce(text []byte, t *legal.Text, problems []legal.Problem, way htmlWay) []byte {
	blocks := map[int]*legal.Block{}
	for i := range t.Blocks {
		if t.Blocks[i].Kind == legal.HTML {
			blocks[t.Blocks[i].Line] = &t.Blocks[i]
		}
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	w := &htmlWriter{lines: lines, way: way}
	for _, p := range problems {
		switch b := blocks[p.Line]; {
		case p.Rule != "raw-html" || p.Line > len(lines) || w.line > p.Line:
		case b != nil:
			w.block(b)
		default:
			w.inline(p.Line, p.Col)
		}
	}
	w.upTo(len(lines)+1, 0)
	return w.out
}

// An htmlWriter writes a text anew, from its first line to its last.
type htmlWriter struct {
	lines [][]byte
	way   htmlWay
	out   []byte
	line  int      // up to which the text is written, from 0
	at    int      // the bytes of that line that are
	links []string // the addresses of the links that are open, "" of an anchor
}

// upTo writes what stands before byte at of line, from 1.
func (w *htmlWriter) upTo(line, at int) {
	for ; w.line < line-1; w.line, w.at = w.line+1, 0 {
		if w.line < len(w.lines) {
			w.out = append(w.out, w.lines[w.line][w.at:]...)
		}
	}
	if w.line < len(w.lines) && at > w.at {
		w.out = append(w.out, w.lines[w.line][w.at:at]...)
		w.at = at
	}
}

// inline rewrites the tag at col of line.
func (w *htmlWriter) inline(line, col int) {
	at := byteOf(w.lines[line-1], col)
	if line-1 == w.line && at < w.at {
		return
	}
	w.upTo(line, at)
	rest := w.ahead(at)
	raw, t, kind := firstTag(rest)
	if raw == "" {
		w.out = append(w.out, "&lt;"...)
		w.skip(1)
		return
	}
	if m := raisedDigits.FindSubmatch(rest); m != nil && w.way != asText {
		s, _ := raised(string(m[2]), strings.EqualFold(string(m[1]), "sub"))
		w.out = append(w.out, s...)
		w.skip(len(m[0]))
		return
	}
	if written, ok := w.tag(t, kind); ok {
		w.out = append(w.out, written...)
		w.skip(len(raw))
		return
	}
	w.out = append(w.out, "&lt;"...)
	w.skip(1)
}

var raisedDigits = regexp.MustCompile(`(?i)^<(sup|sub)>\s*([0-9+-]+)\s*</(?:sup|sub)>`)

// ahead returns what follows byte at of the line that is written, as far as a
// tag goes.
func (w *htmlWriter) ahead(at int) []byte {
	const most = 1 << 13
	rest := w.lines[w.line][at:]
	if len(rest) > most {
		return rest[:most]
	}
	if bytes.IndexByte(rest, '>') >= 0 && !bytes.HasPrefix(rest, []byte("<!--")) {
		return rest
	}
	rest = slices.Clone(rest)
	for n := w.line + 1; n < len(w.lines) && len(rest) < most; n++ {
		rest = append(rest, w.lines[n]...)
	}
	return rest
}

// skip passes over n bytes.
func (w *htmlWriter) skip(n int) {
	for n > 0 && w.line < len(w.lines) {
		left := len(w.lines[w.line]) - w.at
		if n < left {
			w.at += n
			return
		}
		n -= left
		w.line, w.at = w.line+1, 0
	}
}

// byteOf returns the offset of the character col, from 1, in line.
func byteOf(line []byte, col int) int {
	at := 0
	for ; col > 1 && at < len(line); col-- {
		_, n := utf8.DecodeRune(line[at:])
		at += n
	}
	return at
}

// firstTag returns the tag or comment that source begins with.
func firstTag(source []byte) (string, html.Token, html.TokenType) {
	z := html.NewTokenizer(bytes.NewReader(source))
	kind := z.Next()
	if kind == html.TextToken || kind == html.ErrorToken {
		return "", html.Token{}, kind
	}
	raw := string(z.Raw())
	return raw, z.Token(), kind
}

// tag returns the Markdown of an inline tag, and whether it has any.
func (w *htmlWriter) tag(t html.Token, kind html.TokenType) (string, bool) {
	switch {
	case kind == html.CommentToken || kind == html.DoctypeToken:
		return "", true
	case w.way == asText || !knownTag(t.Data):
		return "", false
	case t.Data == "a":
		return w.link(t, kind), true
	case t.Data == "img":
		return "[" + escapeLine(attr(t, "alt")) + "](" + escapeAddress(attr(t, "src")) + ")", attr(t, "alt") != "" || attr(t, "src") == ""
	case t.Data == "br":
		return "<br>", true
	case t.Data == "wbr" || w.way == plainly:
		return "", true
	}
	return styles[t.Data], true
}

// styles are the signs of Markdown for elements of HTML; others have none.
var styles = map[string]string{"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "strike": "~~", "del": "~~"}

func (w *htmlWriter) link(t html.Token, kind html.TokenType) string {
	if kind == html.EndTagToken {
		if len(w.links) == 0 {
			return ""
		}
		address := w.links[len(w.links)-1]
		w.links = w.links[:len(w.links)-1]
		if address == "" {
			return ""
		}
		return "](" + address + ")"
	}
	address := escapeAddress(attr(t, "href"))
	w.links = append(w.links, address)
	if address == "" {
		return ""
	}
	return "["
}

// escapeAddress returns address as it may stand in a link.
func escapeAddress(address string) string {
	return strings.NewReplacer(" ", "%20", "\n", "", "\t", "", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C").Replace(strings.TrimSpace(address))
}

// escapeLine returns s as one line of Markdown that shows s.
func escapeLine(s string) string {
	var w strings.Builder
	s = strings.Join(strings.Fields(s), " ")
	for i, r := range s {
		if strings.ContainsRune("\\`*_[]<>~|", r) || r == '&' && reference.MatchString(s[i:]) {
			w.WriteByte('\\')
		}
		w.WriteRune(r)
	}
	return w.String()
}

// reference matches what Markdown reads as one character.
var reference = regexp.MustCompile(`^&[#\w]+;`)

// block rewrites a block of HTML. Its lines keep what they stand in: the signs
// of quotes, and the space below the sign of a list's item.
func (w *htmlWriter) block(b *legal.Block) {
	var source strings.Builder
	for _, run := range b.Cells[0] {
		source.WriteString(run.Text)
	}
	n := strings.Count(source.String(), "\n") + 1
	first := w.lines[b.Line-1]
	open := bytes.IndexByte(first, '<')
	if open < 0 {
		return
	}
	w.upTo(b.Line, open)
	if w.line != b.Line-1 || w.at > open {
		return
	}
	indent := strings.Map(func(r rune) rune {
		if r == '>' || r == '\t' {
			return r
		}
		return ' '
	}, string(first[:open]))
	if len(b.Path) == 0 {
		indent = ""
		w.out = append(w.out, '\n')
	}
	for line := range strings.Lines(w.markdown(source.String())) {
		w.out = append(append(w.out, strings.TrimRight(line, "\n")...), '\n')
		w.out = append(w.out, indent...)
	}
	w.out = append(bytes.TrimRight(w.out, " \t"), '\n')
	w.line, w.at = min(b.Line-1+n, len(w.lines)), 0
}

// markdown returns the Markdown of a block of HTML, or the block as text where
// it has none.
func (w *htmlWriter) markdown(source string) string {
	_, known := htmlWords(source)
	if w.way != asText && known {
		if out, err := fragment(source); err == nil {
			return string(out)
		}
	}
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch kind := z.Next(); {
		case kind == html.ErrorToken:
			return out.String()
		case kind == html.CommentToken || kind == html.DoctypeToken:
		default:
			out.WriteString(strings.ReplaceAll(string(z.Raw()), "<", "&lt;"))
		}
	}
}

// fragment returns the Markdown of a piece of a page.
func fragment(source string) ([]byte, error) {
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return nil, err
	}
	return convert(root)
}
