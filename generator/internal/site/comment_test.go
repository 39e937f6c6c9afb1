package site

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	nethtml "golang.org/x/net/html"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

func TestGuarded(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"plain: 5 % of $ & more", "plain: 5 % of $ &amp; more"},
		{"ask @team", "ask @&#8288;team"},
		{"mail legal@example.com", "mail legal@example.com"},
		{"@a@b @", "@&#8288;a@b @"},
		{"see #12, org/repo#4, !3", "see <span>#</span>12, org/repo<span>#</span>4, <span>!</span>3"},
		{"GH-1 and high-5", "GH<span>-</span>1 and high-5"},
		{":tada: $5 ~\"bug\" &9", "<span>:</span>tada: <span>$</span>5 <span>~</span>&#34;bug&#34; <span>&amp;</span>9"},
		{"a\n\n/merge", "a&#10;&#10;/merge"},
		{"<b>\x00\xff", "&lt;b&gt;��"},
	} {
		got := strings.ReplaceAll(string(appendGuarded(nil, test.text)), `"`, "&#34;")
		if got != test.want {
			t.Errorf("appendGuarded(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// mention matches what hosts take for a mention or a reference in a text.
var mention = regexp.MustCompile(`(^|\W)@\w|#\d|\bGH-\d|![0-9]|(^|\s)[~%&^$][\w"]|:[a-z_+-]+:`)

// checkComment checks the laws of a comment: it fits, Markdown leaves it as it is,
// its HTML is sound, no line begins with a text, and no text means anything to a host.
func checkComment(t testing.TB, markdown string) *nethtml.Node {
	t.Helper()
	if n := size(markdown); n > CommentLimit {
		t.Errorf("the comment has %d characters", n)
	}
	var rendered bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	if err := md.Convert([]byte(markdown), &rendered); err != nil {
		t.Fatal(err)
	}
	raw := strings.ReplaceAll(markdown, "\n\n", "\n")
	if diff := cmp.Diff(strings.TrimSpace(raw), strings.TrimSpace(rendered.String())); diff != "" {
		t.Errorf("Markdown changes the comment:\n%s", diff[:min(len(diff), 2000)])
	}
	for line := range strings.Lines(markdown) {
		if line != "\n" && line[0] != '<' {
			t.Errorf("a line begins with a text: %q", line)
		}
	}
	for _, f := range faults(markdown) {
		t.Errorf("%s", f)
	}
	root, err := nethtml.Parse(strings.NewReader(markdown))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == nethtml.TextNode && mention.MatchString(n.Data) {
			t.Errorf("a host finds %q in %q", mention.FindString(n.Data), n.Data)
		}
		if n.Type == nethtml.ElementNode && slices.Contains([]string{"a", "img", "input", "script"}, n.Data) {
			t.Errorf("the comment holds the element %s", n.Data)
		}
	}
	return root
}

var hostileTexts = append([]string{
	"@team see #1 and org/repo#2, GH-3, !4, ~bug, %\"later\", $x^2$, :tada:\n\n/merge\n\n[@team]: https://example.com\n\n```\n@team\n\n\n/close\n```\n",
	"</details></ins><script>alert(1)</script>\n\nText with </details> <!-- and --> `code` and ![@pic](javascript:x) [@a #1](https://example.com/@a \"@b #2\").\n\n- a\n  - b\n- [ ] @c\n\n\tcode\n\n\tmore\n",
	"| @a | #1 |\n|---|---|\n| \\| | <br> |\n| x | y |\n\n[^1]: @note\n\nText[^1].\n\nTerm\n: @what\n\n    /label\n\n> @quote\n",
}, redlineTexts...)

func TestRedlineMarkdown(t *testing.T) {
	for _, a := range hostileTexts {
		for _, b := range hostileTexts {
			old, new := readText(a), readText(b)
			old.Title, new.Title = "@team\n\n# Title", "</h3>#1"
			checkComment(t, string(RedlineMarkdown(redline.Compare(old, new), "@old\n\n/merge", "#1")))
		}
	}
}

func TestRedlineMarkdownCorpora(t *testing.T) {
	eachPair(t, func(t *testing.T, old, new *legal.Version) {
		checkComment(t, string(RedlineMarkdown(redline.Compare(old, new), "old", "new")))
	})
}

func FuzzRedlineMarkdown(f *testing.F) {
	for i, a := range hostileTexts {
		f.Add(a, hostileTexts[(i+1)%len(hostileTexts)])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		checkComment(t, string(RedlineMarkdown(redline.Compare(readText(a), readText(b)), a, b)))
	})
}

// What changed is shown, with gaps where it does not follow on what stands before;
// where words lead is told.
func TestRedlineMarkdownShows(t *testing.T) {
	old := "First.\n\nWe may keep it for 30 days.\n\n| A | B |\n|---|---|\n| one | 1 |\n| two | 2 |\n| three | 3 |\n\nLast.\n"
	new := "First.\n\nWe may keep it for 60 days, see [here](/terms/).\n\n| A | B |\n|---|---|\n| one | 1 |\n| two | 2 |\n| three | 4 |\n\nLast.\n"
	root := checkComment(t, string(RedlineMarkdown(redline.Compare(readText(old), readText(new)), "old", "new")))
	details := find(root, "details")[0]
	got := strings.Join(strings.Fields(words(details)), " ")
	want := "… We may keep it for 30 60 days, see here [links to /terms/]. A B … three 3 4"
	if !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A comment that is full says how much was left out: whole sections, and the rest of
// the one that did not fit.
func TestRedlineMarkdownLimit(t *testing.T) {
	long := func(word string) string {
		var w strings.Builder
		for i := range 900 {
			fmt.Fprintf(&w, "%s paragraph number %d says what no other says: %d, @team, and ends 𝒳.\n\n", word, i, i*i)
		}
		return w.String()
	}
	r := redline.Compare(readText(""), readText(long("Every")))
	got := string(RedlineMarkdown(r, "old", "new"))
	root := checkComment(t, got)
	if size(got) < CommentLimit*9/10 {
		t.Errorf("the comment has %d characters, and room for more", size(got))
	}
	text := words(root)
	for _, want := range []string{"more blocks of this section", "A comment has no room for more: 1 changed section left out"} {
		if !strings.Contains(text, want) {
			t.Errorf("the comment does not say %q", want)
		}
	}
	checkComment(t, string(RedlineMarkdown(redline.Compare(readText("a"), readText(strings.Repeat("word ", 60000))), "old", "new")))
}
