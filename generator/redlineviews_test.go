package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"github.com/nanoprompt/codicil/generator/bench"
)

// redlineProbe is what these tests ask a page beside probe.
//
//go:embed testdata/redline.js
var redlineProbe string

// openRedline opens a tab, which ends with the test, at the page of a redline.
func openRedline(t *testing.T, browser context.Context, base, page string) *tab {
	t.Helper()
	p := openTab(t, browser, base, page)
	p.do(t, chromedp.Evaluate[chromedp.Void](redlineProbe))
	return p
}

// goTo leads the tab to another page of the site.
func (p *tab) goTo(t *testing.T, page, base string) {
	t.Helper()
	p.url = base + "/" + page
	p.do(t, chromedp.Navigate("about:blank")) // so that a fragment alone is no reason to stay
	p.load(t)
	p.do(t, chromedp.Evaluate[chromedp.Void](redlineProbe))
}

// buildExample builds the site that init writes and returns its address.
func buildExample(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "example")
	if status := run([]string{"init", dir}, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("init exits with %d", status)
	}
	return serveBuilt(t, filepath.Join(dir, "content"))
}

// sameTexts reports the sections of got that are not among those of a version. A
// redline leaves out those that did not change.
func sameTexts(t *testing.T, what string, got, version []string) {
	t.Helper()
	for _, s := range got {
		s = strings.TrimPrefix(s, "Openingtext")
		if slices.Contains(version, s) {
			continue
		}
		nearest := slices.MaxFunc(version, func(a, b string) int { return shared(a, s) - shared(b, s) })
		n := shared(nearest, s)
		t.Errorf("%s holds a section that the version does not: after %q it says %.200q, not %.200q", what, s[max(0, n-100):n], s[n:], nearest[n:])
	}
}

// shared returns how many bytes a and b begin with alike.
func shared(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// checkViews holds the views of the redline at base/dir/changes/N/ to the pages of the
// two versions.
func checkViews(t *testing.T, p *tab, base, dir, old, new string) {
	t.Helper()
	texts := map[string][]string{}
	for _, v := range []string{old, new} {
		p.goTo(t, dir+"/"+v+"/", base)
		texts[v] = ask[[]string](t, p, "probe.sections()")
	}
	page := dir + "/changes/" + new + "/"
	p.goTo(t, page, base)
	sections := map[string]int{}
	for _, side := range []string{"old", "new"} {
		sections[side] = ask[int](t, p, `document.querySelectorAll(".text > section:not([data-in=`+side+`])").length`)
	}
	for _, c := range []struct {
		what, at, ask, version string
		sections               int
	}{
		{"the new text", "#clean_text", "probe.sections()", new, sections["old"]},
		{"the left column", "#side_text", `probe.column("old")`, old, sections["new"]},
		{"the right column", "#side_text", `probe.column("new")`, new, sections["old"]},
	} {
		p.goTo(t, page+c.at, base)
		got := ask[[]string](t, p, c.ask)
		if len(got) != c.sections {
			t.Errorf("%s: %s has %d sections, want %d", page, c.what, len(got), c.sections)
		}
		sameTexts(t, page+": "+c.what, got, texts[c.version])
		if side, ok := strings.CutPrefix(c.ask, "probe.column"); ok {
			p.goTo(t, page+"side-by-side/", base)
			if diff := cmp.Diff(got, ask[[]string](t, p, "probe.column"+side)); diff != "" {
				t.Errorf("%s: %s is not that of the page of its own: %s", page, c.what, diff[:min(len(diff), 1000)])
			}
		}
	}
}

// The new text is that of the new version, and side by side stand the old one and
// the new one.
func TestRedlineViews(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	browser := startBrowser(t)
	base := buildExample(t)
	p := openRedline(t, browser, base, "")
	versions := []string{"1.0.0", "1.0.1", "1.1.0", "2.0.0", "2.1.0", "2.2.0"}
	for i := 1; i < len(versions); i++ {
		checkViews(t, p, base, "terms-of-service", versions[i-1], versions[i])
	}

	p.do(t, send(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	p.goTo(t, "terms-of-service/2.0.0/", base)
	want := ask[[]string](t, p, "probe.sections()")
	p.goTo(t, "terms-of-service/changes/2.0.0/#clean_text", base)
	sameTexts(t, "without a script, the new text", ask[[]string](t, p, "probe.sections()"), want)
	if ask[bool](t, p, `document.querySelector(".steps").checkVisibility()`) {
		t.Error("without a script, there are buttons")
	}
}

// The laws hold of real documents.
func TestRedlineViewsCorpora(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	docs := histories(t)
	browser := startBrowser(t)
	every := 10
	if *corporaFlag == "all" {
		every = 1
	}
	var some []bench.History
	for i, d := range docs {
		if i%every == 0 && len(d.Files) > 1 {
			d.Files = d.Files[max(0, len(d.Files)-3):]
			some = append(some, d)
		}
	}
	dir := t.TempDir()
	writeContent(t, filepath.Join(dir, "content"), bench.RealSite, bench.Real(os.DirFS(corpora), some, true))
	base := serveBuilt(t, filepath.Join(dir, "content"))
	p := openRedline(t, browser, base, "")
	for _, d := range some {
		t.Run(d.Name, func(t *testing.T) {
			for i := 1; i < len(d.Files); i++ {
				checkViews(t, p, base, d.Name, "1."+string(rune('0'+i-1))+".0", "1."+string(rune('0'+i))+".0")
			}
		})
	}
}

// By button and by key the reader comes to every change, and is told which it is.
func TestRedlineSteps(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	browser := startBrowser(t)
	base := buildExample(t)
	p := openRedline(t, browser, base, "terms-of-service/changes/2.0.0/")
	type change struct {
		Said, Words  string
		Marked, Seen bool
	}
	at := func() change { return ask[change](t, p, "probe.change()") }

	p.do(t, chromedp.KeyEvent("n"))
	if got := at(); got.Said != "Changes: 16" {
		t.Errorf("a key alone leads the reader who is at no change: %+v", got)
	}
	ask[string](t, p, `document.querySelector(".steps button:last-child").focus(), ""`)
	p.do(t, chromedp.KeyEvent(kb.Enter))
	if got := at(); got.Said != "1 of 16" || !got.Marked || !got.Seen {
		t.Errorf("the button leads to %+v", got)
	}
	if !ask[bool](t, p, `document.querySelector(".keys").checkVisibility()`) {
		t.Error("who uses the keyboard is not told which keys lead on")
	}
	said := map[string]bool{at().Said: true}
	for range 15 {
		p.do(t, chromedp.KeyEvent("n"))
		got := at()
		if said[got.Said] || !got.Marked || !got.Seen {
			t.Errorf("the key leads to %+v", got)
		}
		said[got.Said] = true
	}
	p.do(t, chromedp.KeyEvent("p"))
	if got := at(); got.Said != "15 of 16" || !got.Seen {
		t.Errorf("the key leads back to %+v", got)
	}
	if bars := ask[int](t, p, `document.querySelectorAll(".map rect").length`); bars != 16 {
		t.Errorf("the map has %d bars, want 16", bars)
	}
	p.do(t, chromedp.MouseClickXY(1275, 799))
	if got := at(); got.Said != "16 of 16" || !got.Seen {
		t.Errorf("the end of the map leads to %+v", got)
	}
	for _, what := range p.noise.all() {
		t.Error(what)
	}
}

// Every view reads well: axe finds nothing, nothing scrolls sideways, and what was
// inserted and deleted differs by more than colour, on paper and in forced colours.
func TestRedlineViewsRead(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	browser := startBrowser(t)
	base := buildExample(t)
	for _, view := range []string{"marked", "side", "clean"} {
		t.Run(view, func(t *testing.T) {
			p := openRedline(t, browser, base, "terms-of-service/changes/2.0.0/#"+view+"_text")
			if got := ask[string](t, p, `document.querySelector(".views [aria-current]").hash`); got != "#"+view+"_text" {
				t.Fatalf("the page shows %s", got)
			}
			checkWidth(t, p)
			checkAccessibility(t, p)
			if view != "clean" {
				checkPrint(t, p)
				checkForcedColours(t, p)
			}
			for _, what := range p.noise.all() {
				t.Error(what)
			}
		})
	}
}

// A screen reader is told where an insertion and a deletion begin and end, in every
// view, and a text without marks has none of these words.
func TestRedlineSpoken(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	browser := startBrowser(t)
	base := buildExample(t)
	page := "terms-of-service/changes/2.0.0/"
	for _, c := range []struct{ view, within, want string }{
		{"marked", "#plans-and-payment h2", "[deleted:] Fees [end of deletion] [inserted:] Plans and Payment [end of insertion]"},
		{"side", "#plans-and-payment .old h2", "[deleted:] Fees [end of deletion]"},
		{"side", "#plans-and-payment .new h2", "[inserted:] Plans and Payment [end of insertion]"},
		{"clean", "#plans-and-payment h2", "Plans and Payment"},
		{"marked", "#m2_to + [data-rl]", "Either of us may end this agreement with one month's notice. You do so in the settings of your account. [end of moved text]"},
	} {
		p := openRedline(t, browser, base, page+"#"+c.view+"_text")
		if got := p.spoken(t, c.within); got != c.want {
			t.Errorf("%s: %s is spoken as %q, want %q", c.view, c.within, got, c.want)
		}
		for _, tag := range []struct{ name, role string }{{"ins", "insertion"}, {"del", "deletion"}} {
			if c.view == "marked" && !p.hasRole(t, tag.role) {
				t.Errorf("no %s has the role %s", tag.name, tag.role)
			}
		}
	}
}

// spoken returns the text of an element as the accessibility tree has it.
func (p *tab) spoken(t *testing.T, selector string) string {
	t.Helper()
	var words []string
	for _, n := range p.tree(t, selector) {
		if !n.Ignored && n.Role != nil && string(n.Role.Value) == `"StaticText"` {
			var name string
			if err := json.Unmarshal(n.Name.Value, &name); err != nil {
				t.Fatal(err)
			}
			words = append(words, name)
		}
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// hasRole reports whether something on the page has a role.
func (p *tab) hasRole(t *testing.T, role string) bool {
	t.Helper()
	return slices.ContainsFunc(p.tree(t, ".text"), func(n *accessibility.Node) bool {
		return n.Role != nil && string(n.Role.Value) == `"`+role+`"`
	})
}

// tree returns the nodes below an element in the accessibility tree, in the order in
// which they are read.
func (p *tab) tree(t *testing.T, selector string) []*accessibility.Node {
	t.Helper()
	var nodes []*accessibility.Node
	p.do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		found, err := cdp.Call(ctx, target, runtime.Evaluate, runtime.EvaluateParams{Expression: fmt.Sprintf("document.querySelector(%q)", selector)})
		if err != nil {
			return err
		}
		all, err := cdp.Call(ctx, target, accessibility.QueryAXTree, accessibility.QueryAXTreeParams{ObjectID: found.Result.ObjectID})
		if err != nil {
			return err
		}
		nodes = all.Nodes
		return nil
	}))
	return nodes
}
