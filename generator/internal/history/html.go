package history

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// errComplex says that HTML is beyond what a text for people is: the library's
// time and memory grow with the square of the signs of a paragraph, and with
// the product of a table's rows and columns.
var errComplex = errors.New("a paragraph or table holds more HTML than a text for people does")

// The limits beyond which HTML is not converted.
const (
	maxSigns = 5000   // of one text that Markdown gives a meaning
	maxCells = 100000 // of all tables, their spans counted
	maxSpan  = 50     // of one cell
)

// toMarkdown returns the Markdown of HTML: of a whole page its main part.
func toMarkdown(source []byte) ([]byte, error) {
	root, err := html.Parse(bytes.NewReader(source))
	if err != nil {
		return nil, fmt.Errorf("read the HTML: %w", err)
	}
	if main := mainPart(root); main != nil {
		root = main
	}
	return convert(root)
}

// mainPart returns the one main or article of a page, or nil.
func mainPart(root *html.Node) *html.Node {
	for _, name := range []atom.Atom{atom.Main, atom.Article} {
		var all []*html.Node
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && n.DataAtom == name {
				all = append(all, n)
			}
		}
		if len(all) == 1 {
			return all[0]
		}
	}
	return nil
}

// convert returns the Markdown of the nodes below root, which it changes.
func convert(root *html.Node) ([]byte, error) {
	if err := simplify(root); err != nil {
		return nil, err
	}
	c := converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(
			commonmark.WithLinkEmptyHrefBehavior(commonmark.LinkBehaviorSkip),
			commonmark.WithLinkEmptyContentBehavior(commonmark.LinkBehaviorSkip),
		),
		strikethrough.NewStrikethroughPlugin(),
		table.NewTablePlugin(
			table.WithNewlineBehavior(table.NewlineBehaviorPreserve),
			table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal),
			table.WithHeaderPromotion(true),
		),
	))
	out, err := c.ConvertNode(root)
	if err != nil {
		return nil, fmt.Errorf("make Markdown of the HTML: %w", err)
	}
	return append(bytes.TrimSpace(out), '\n'), nil
}

// simplify takes out of the tree what Markdown cannot hold, and refuses one
// that is too complex.
func simplify(root *html.Node) error {
	var tables []*html.Node
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode && strings.Count(n.Data, "*")+strings.Count(n.Data, "_")+strings.Count(n.Data, "[")+
			strings.Count(n.Data, "`")+strings.Count(n.Data, "~")+strings.Count(n.Data, "\\")+strings.Count(n.Data, "\n") > maxSigns:
			return errComplex
		case n.DataAtom == atom.Table:
			tables = append(tables, n)
		case n.DataAtom == atom.Sup || n.DataAtom == atom.Sub:
			raise(n)
		}
	}
	cells := 0
	for _, t := range tables {
		rows, columns := measure(t)
		if cells += rows * columns; cells > maxCells {
			return errComplex
		}
	}
	for _, t := range tables {
		flattenCells(t)
	}
	return nil
}

// measure returns the rows and columns of a table, and cuts spans that no
// table has.
func measure(t *html.Node) (rows, columns int) {
	widest := 0
	for n := range t.Descendants() {
		switch n.DataAtom {
		case atom.Tr:
			rows++
			columns, widest = max(columns, widest), 0
		case atom.Td, atom.Th:
			widest += span(n)
		}
	}
	return rows, max(columns, widest)
}

func span(n *html.Node) int {
	columns := 1
	for i := range n.Attr {
		a := &n.Attr[i]
		if a.Key != "colspan" && a.Key != "rowspan" {
			continue
		}
		v, err := strconv.Atoi(a.Val)
		if err != nil || v < 1 || v > maxSpan {
			v = 1
		}
		a.Val = strconv.Itoa(v)
		if a.Key == "colspan" {
			columns = v
		}
	}
	return columns
}

// flattenCells makes lines of the paragraphs and items in the cells of a table:
// a cell of Markdown is one line, and a table with others would be lost.
func flattenCells(t *html.Node) {
	var blocks []*html.Node
	for n := range t.Descendants() {
		switch n.DataAtom {
		case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Dl, atom.Dt, atom.Dd, atom.Pre, atom.Hr:
			if inCell(n) {
				blocks = append(blocks, n)
			}
		}
	}
	for _, n := range blocks {
		parent := n.Parent
		if hasText(n) && n.PrevSibling != nil && !startsList(n) {
			parent.InsertBefore(&html.Node{Type: html.ElementNode, DataAtom: atom.Br, Data: "br"}, n)
		}
		for n.FirstChild != nil {
			c := n.FirstChild
			n.RemoveChild(c)
			parent.InsertBefore(c, n)
		}
		parent.RemoveChild(n)
	}
}

// startsList reports whether nothing but white space is before n in its parent.
func startsList(n *html.Node) bool {
	for p := n.PrevSibling; p != nil; p = p.PrevSibling {
		if p.Type != html.TextNode || strings.TrimSpace(p.Data) != "" {
			return false
		}
	}
	return true
}

func hasText(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			return true
		}
	}
	return false
}

func inCell(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		switch p.DataAtom {
		case atom.Td, atom.Th, atom.Caption:
			return true
		case atom.Table:
			return false
		}
	}
	return false
}

// raise writes the digits in a sup or sub as raised or lowered ones: 10<sup>6</sup>
// is not 106.
func raise(n *html.Node) {
	if c := n.FirstChild; c != nil && c.NextSibling == nil && c.Type == html.TextNode {
		if s, ok := raised(c.Data, n.DataAtom == atom.Sub); ok {
			c.Data = s
		}
	}
}

var (
	superscript = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "+", "⁺", "-", "⁻")
	subscript   = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉", "+", "₊", "-", "₋")
	onlyDigits  = regexp.MustCompile(`^[0-9+-]+$`)
)

func raised(s string, down bool) (string, bool) {
	s = strings.TrimSpace(s)
	switch {
	case !onlyDigits.MatchString(s):
		return "", false
	case down:
		return subscript.Replace(s), true
	}
	return superscript.Replace(s), true
}

// htmlWords returns what a reader sees of HTML, and whether all of its tags are
// known ones; one that is not is the text that it is.
func htmlWords(source string) (words string, known bool) {
	var w strings.Builder
	known = true
	z := html.NewTokenizer(strings.NewReader(source))
	hidden := ""
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return w.String(), known
		}
		raw := string(z.Raw())
		t := z.Token()
		switch {
		case hidden != "":
			if kind == html.EndTagToken && t.Data == hidden {
				hidden = ""
			}
		case kind == html.TextToken:
			w.WriteString(t.Data)
		case kind == html.CommentToken || kind == html.DoctypeToken:
		case !knownTag(t.Data):
			known = false
			w.WriteString(raw)
		case kind == html.StartTagToken && (t.Data == "script" || t.Data == "style" || t.Data == "template" || t.Data == "noscript" || t.Data == "iframe" || t.Data == "title"):
			hidden = t.Data
		case t.Data == "img":
			w.WriteString(attr(t, "alt"))
		}
	}
}

// knownTag reports whether name is an element of HTML; the table of the parser
// holds the names of attributes as well.
func knownTag(name string) bool {
	a := atom.Lookup([]byte(name))
	return a != 0 && a.String() == name && elements[name]
}

var elements = func() map[string]bool {
	of := map[string]bool{}
	for name := range strings.FieldsSeq(`a abbr acronym address area article aside audio b base basefont bdi bdo big blockquote body br
		button canvas caption center cite code col colgroup data dd del details dfn dialog dir div dl dt em embed fieldset figcaption
		figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link
		main map mark menu meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp
		script section select small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead
		time title tr tt u ul var video wbr`) {
		of[name] = true
	}
	return of
}()

func attr(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
