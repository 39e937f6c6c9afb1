package site

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// sideBlocks returns the blocks of a redline's fragment as one of its texts has
// them: without what is marked with the operations of the other.
func sideBlocks(t testing.TB, fragment string, without ...string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(fragment))
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	var text strings.Builder
	flush := func() {
		if line := strings.Join(strings.Fields(text.String()), " "); line != "" {
			blocks = append(blocks, line)
		}
		text.Reset()
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
			return
		}
		if slices.Contains(without, n.Data) || slices.Contains(without, attribute(n, "data-rl")) {
			return
		}
		switch {
		case n.Data == "br", n.Data == "td", n.Data == "th":
			text.WriteByte(' ')
		case isBlock(n.Data):
			flush()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if isBlock(n.Data) && n.Data != "td" && n.Data != "th" {
			flush()
		}
	}
	walk(root)
	flush()
	return blocks
}

// checkRedlineHTML checks that the fragment is sound, and that without its
// insertions it reads as the old version, without its deletions as the new one.
func checkRedlineHTML(t testing.TB, old, new *legal.Version) {
	t.Helper()
	fragment := string(RedlineHTML(redline.Compare(old, new)))
	for _, f := range faults(fragment) {
		if !strings.HasPrefix(f, "holds the character") { // which are as they are typed
			t.Errorf("%s", f)
		}
	}
	for _, c := range []struct {
		v       *legal.Version
		without []string
	}{{old, []string{"ins", "move-to"}}, {new, []string{"del", "move-from"}}} {
		want := sideBlocks(t, string(RedlineHTML(redline.Compare(c.v, c.v))))
		if diff := cmp.Diff(want, sideBlocks(t, fragment, c.without...)); diff != "" {
			t.Errorf("without %q: want (-), got (+):\n%s", c.without, diff[:min(len(diff), 2000)])
		}
	}
}

func readText(source string) *legal.Version {
	v, _ := legal.ReadFile([]byte(source), "a.md")
	return v
}

var redlineTexts = []string{
	"All data is encrypted in transit. Most data is not encrypted at rest, since we must read it.\n\nFor more about security, see our overview.\n\n- One thing is here.\n- Another thing is there.\n",
	"All data is encrypted in transit.\n\nMost data of old products is not encrypted at rest, since we must read it. For more about security, see our overview.\n\n1. Another thing is there.\n2. One thing is here.\n",
	"| A | B |\n|---|---|\n| one | two |\n\nTerm\n: What it means.\n\n> Quoted words of some length stand here.\n\n```\ncode stands here\n```\n\nNote[^1].\n\n[^1]: The note.\n",
	"| A | New | B |\n|---|---|---|\n| one | x | three |\n\nQuoted words of some length stand here.\n\ncode stands here\n\n- [x] done\n- [ ] open\n",
	"We answer within a month.\n\nAll data is encrypted in transit. Interest accrues. Most data is not encrypted at rest, since we must read it.\n",
	"当社は、お客様の情報を\n安全に保管します。請求書は**別の\n会社**が処理します。\n\n契約は一か月前の\n通知で終了します。\n",
	"契約は一か月前の通知で\n終了します。\n\n当社は、お客様の\n情報を保管します。\n請求書は別の会社が処理します。\n",
	"当社は、お客様の情報を安全に\n保管します。\n\n請求書は**別の会社**が\n処理します。契約は一か月前の\n通知で終了します。\n",
	"See [](#a), **[](#b)** and [](c.md#d) of it.\n\n- [](#a)\n\n| [](#a) | B |\n|---|---|\n| x | [](#b) |\n",
	"See [](#b), **[](#b)** and [](c.md) of it.\n\n[](#a)\n\n- [](#a)\n- x\n",
}

func TestRedlineHTML(t *testing.T) {
	for _, a := range redlineTexts {
		for _, b := range redlineTexts {
			checkRedlineHTML(t, readText(a), readText(b))
		}
	}
}

// A line that was wrapped between two ideographs is written as it was typed, in each
// of the texts, since tools take it for a space.
func TestRedlineHTMLWrapped(t *testing.T) {
	for _, test := range []struct{ old, new, want string }{
		{"情報を\n保管します。", "情報を\n保管します。", "<p>情報を\n保管します。</p>"},
		{"情報を\n保管します。", "情報を保管\nします。", "<p>情報を<del>\n</del>保管<ins>\n</ins>します。</p>"},
		{"", "情報を\n保管します。", "<p><ins>情報を\n保管します。</ins></p>"},
	} {
		got := string(RedlineHTML(redline.Compare(readText(test.old), readText(test.new))))
		if got = strings.TrimSpace(got); got != test.want {
			t.Errorf("%q to %q: got %q, want %q", test.old, test.new, got, test.want)
		}
	}
}

func FuzzRedlineHTML(f *testing.F) {
	for i, a := range redlineTexts {
		f.Add(a, redlineTexts[(i+1)%len(redlineTexts)])
	}
	f.Fuzz(func(t *testing.T, a, b string) { checkRedlineHTML(t, readText(a), readText(b)) })
}

// The laws hold of neighbouring versions of real documents, all of them where
// CORPORA is set to all.
func TestRedlineHTMLCorpora(t *testing.T) {
	eachPair(t, func(t *testing.T, old, new *legal.Version) { checkRedlineHTML(t, old, new) })
}

// eachPair calls check for neighbouring versions of real documents.
func eachPair(t *testing.T, check func(t *testing.T, old, new *legal.Version)) {
	folders, _ := filepath.Glob("../../../../shared/corpora/trees/*/*")
	if len(folders) == 0 {
		t.Skip("the corpora are not here")
	}
	every := 12
	switch {
	case os.Getenv("CORPORA") == "all":
		every = 1
	case testing.Short():
		every = 60
	}
	n := 0
	for _, folder := range folders {
		files, _ := filepath.Glob(folder + "/*.md")
		for i := 1; i < len(files); i++ {
			if n++; n%every != 0 {
				continue
			}
			old, err1 := os.ReadFile(files[i-1])
			new, err2 := os.ReadFile(files[i])
			if err1 != nil || err2 != nil {
				t.Fatal(err1, err2)
			}
			t.Run(filepath.Base(folder)+"/"+filepath.Base(files[i]), func(t *testing.T) {
				check(t, readText(string(old)), readText(string(new)))
			})
		}
	}
}
