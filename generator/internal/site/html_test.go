package site

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// find returns the elements below n that selector finds: a tag, #id, .class
// and [key=value] in one, or several of them, of which each stands in (space)
// or directly in (>) the one before.
func find(n *html.Node, selector string) []*html.Node {
	found := []*html.Node{n}
	direct := false
	for _, step := range splitSelector(selector) {
		if step == ">" {
			direct = true
			continue
		}
		var next []*html.Node
		for _, f := range found {
			for c := range f.Descendants() {
				if c.Type == html.ElementNode && (!direct || c.Parent == f) && matches(c, step) && !slices.Contains(next, c) {
					next = append(next, c)
				}
			}
		}
		found, direct = next, false
	}
	return found
}

// splitSelector splits at spaces that stand in no brackets.
func splitSelector(s string) []string {
	depth := 0
	return strings.FieldsFunc(s, func(r rune) bool {
		switch r {
		case '[':
			depth++
		case ']':
			depth--
		}
		return r == ' ' && depth == 0
	})
}

func matches(n *html.Node, step string) bool {
	for step != "" {
		end := len(step)
		if step[0] == '[' {
			end = strings.IndexByte(step, ']') + 1
		} else if i := strings.IndexAny(step[1:], "#.["); i >= 0 && step[0] != '#' {
			end = i + 1
		}
		part := step[:end]
		step = step[end:]
		switch part[0] {
		case '#':
			if attribute(n, "id") != part[1:] {
				return false
			}
		case '.':
			if !slices.Contains(strings.Fields(attribute(n, "class")), part[1:]) {
				return false
			}
		case '[':
			key, value, _ := strings.Cut(part[1:len(part)-1], "=")
			if attribute(n, key) != value {
				return false
			}
		default:
			if part != "*" && n.Data != part {
				return false
			}
		}
	}
	return true
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// words returns the visible text of n with white space folded; blocks and
// line breaks are apart.
func words(n *html.Node) string {
	var w strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			w.WriteString(n.Data)
		case isBlock(n.Data) || n.Data == "br":
			w.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if n.Type == html.ElementNode && isBlock(n.Data) {
			w.WriteByte(' ')
		}
	}
	walk(n)
	return strings.Join(strings.Fields(w.String()), " ")
}

func isBlock(tag string) bool { return slices.Contains(blockTags, tag) }

var blockTags = strings.Fields("p ul ol li table thead tbody tr td th h1 h2 h3 h4 h5 h6 blockquote pre div dl dt dd section article header footer nav main aside details summary hr small")

// What elements may hold, as far as it can go wrong here.
var (
	onlyChildren = map[string]string{"ul": "li", "ol": "li", "dl": "dt dd div", "table": "thead tbody", "thead": "tr", "tbody": "tr", "tr": "td th"}
	phrasing     = strings.Fields("p h1 h2 h3 h4 h5 h6 dt dfn pre code a em strong s span ins del sup small summary")
	voids        = strings.Fields("meta link br hr img input")
)

// faults returns what is wrong with the HTML of a page or a fragment: tags
// that do not balance, children that may not stand where they do, ids given
// twice, links in links, attributes and characters that must not be there.
func faults(page string) []string {
	var out []string
	report := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for _, r := range page {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r >= 0x80 && !printable(r, 2, 0xa0) {
			report("holds the character %U", r)
		}
	}
	ids := map[string]bool{}
	var stack []string
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(stack) > 0 {
				report("%q are not closed", stack)
			}
			return out
		case html.TextToken:
			text := string(z.Text())
			if len(stack) > 0 && onlyChildren[stack[len(stack)-1]] != "" && strings.TrimSpace(text) != "" {
				report("text %q in %s", text, stack[len(stack)-1])
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			checkStart(t, stack, report)
			for _, a := range t.Attr {
				if a.Key == "id" {
					if ids[a.Val] {
						report("the id %q is given twice", a.Val)
					}
					ids[a.Val] = true
				}
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					report("%s has the attribute %s", t.Data, a.Key)
				}
				if (a.Key == "href" || a.Key == "src") && strings.Contains(strings.ToLower(a.Val), "javascript:") && !strings.Contains(a.Val, "/") {
					report("%s has the unsafe address %q", t.Data, a.Val)
				}
			}
			drawn := t.Type == html.SelfClosingTagToken && slices.Contains(stack, "svg")
			if !slices.Contains(voids, t.Data) && !drawn {
				stack = append(stack, t.Data)
			}
		case html.EndTagToken:
			t := z.Token()
			if len(stack) == 0 || stack[len(stack)-1] != t.Data {
				report("</%s> closes %q", t.Data, stack)
				return out
			}
			stack = stack[:len(stack)-1]
		}
	}
}

func checkStart(t html.Token, stack []string, report func(string, ...any)) {
	if len(stack) == 0 {
		return
	}
	parent := stack[len(stack)-1]
	if only := onlyChildren[parent]; only != "" && !slices.Contains(strings.Fields(only), t.Data) {
		report("%s in %s", t.Data, parent)
	}
	for _, p := range stack {
		if isBlock(t.Data) && t.Data != "small" && slices.Contains(phrasing, p) {
			report("the block %s in %s", t.Data, p)
		}
		if t.Data == "a" && p == "a" {
			report("a link in a link")
		}
	}
	for child, parents := range map[string]string{"li": "ul ol", "tr": "thead tbody", "td": "tr", "th": "tr", "dt": "dl div", "dd": "dl div"} {
		if t.Data == child && !slices.Contains(strings.Fields(parents), parent) {
			report("%s in %s", child, parent)
		}
	}
}
