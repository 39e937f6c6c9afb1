package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/nanoprompt/codicil/generator/bench"
	"github.com/nanoprompt/codicil/generator/engine"
	"github.com/nanoprompt/codicil/generator/internal/site"
)

// TestCompare compares versions of a document of seventy in a real browser: by the
// lists, by addresses that mails hold, with the keyboard, and with no script.
func TestCompare(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	browser := startBrowser(t)
	if _, module, err := engine.Read(); err != nil || module == nil {
		t.Skipf("the tool was built without the engine for browsers: run make engine (%v)", err)
	}
	dir := t.TempDir()
	if err := bench.Make(filepath.Join(dir, "content"), bench.Shape{Documents: 1, Versions: 70}, 1); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "public")
	if status := run([]string{"build", "--content", filepath.Join(dir, "content"), "--out", out, "--as-of", "2026-12-01"}, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("build exits with %d", status)
	}
	base := serveFolder(t, out) + "/document-0000/"
	for _, c := range []struct {
		name string
		test func(*picker, *testing.T)
	}{
		{"pages", (*picker).pages}, {"engine", (*picker).engine}, {"addresses", (*picker).addresses},
		{"keyboard", (*picker).keyboard}, {"visit", (*picker).visit}, {"look", (*picker).look},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &picker{tab: openSite(t, browser, base), base: base, out: filepath.Join(out, "document-0000")}
			p.open(t, "compare/index.html")
			p.numbers = ask[[]string](t, p.tab, `[...document.querySelectorAll("[name=from] option")].map(o => o.value).reverse()`)
			if len(p.numbers) != 70 {
				t.Fatalf("%d versions can be picked, want 70", len(p.numbers))
			}
			c.test(p, t)
			for _, what := range p.tab.noise.all() {
				t.Error(what)
			}
		})
	}
}

// openSite opens a tab of its own for a site.
func openSite(t *testing.T, browser context.Context, base string) *tab {
	p := &tab{url: base, noise: noise{base: base[:strings.LastIndexByte(base[:len(base)-1], '/')+1]}}
	ctx, end := chromedp.NewContext(browser, chromedp.WithListener(p.noise.hear))
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	p.ctx, end = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(end)
	p.show(t, screens[3])
	return p
}

// A picker is a reader who compares versions.
type picker struct {
	tab       *tab
	base, out string
	numbers   []string // of the versions, oldest first
}

func (p *picker) open(t *testing.T, address string) {
	t.Helper()
	p.tab.url = p.base + address
	p.tab.load(t)
}

// arrive waits until the tab is at an address.
func (p *picker) arrive(t *testing.T, want string) {
	t.Helper()
	p.until(t, fmt.Sprintf("location.href == %q && document.readyState == 'complete'", p.base+want))
}

// until waits until a condition holds, on whatever page the tab comes to.
func (p *picker) until(t *testing.T, condition string) {
	t.Helper()
	for p.tab.ctx.Err() == nil {
		holds, err := chromedp.Run(p.tab.ctx, chromedp.Evaluate[bool](condition))
		if err == nil && holds {
			return
		}
		select {
		case <-p.tab.ctx.Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatalf("%s never holds", condition)
}

// compare picks two versions and presses the button.
func (p *picker) compare(t *testing.T, from, to string) {
	t.Helper()
	p.open(t, "compare/index.html")
	ask[bool](t, p.tab, fmt.Sprintf(`{ const f = document.querySelector("form.compare"); f.elements.from.value = %q; f.elements.to.value = %q;
		setTimeout(() => f.querySelector("button").click()); true }`, from, to))
}

// pages: where a page compares two versions, that is where the button leads, in whatever
// order they were picked.
func (p *picker) pages(t *testing.T) {
	n, now := p.numbers, p.numbers[69]
	for _, c := range []struct{ from, to, want string }{
		{n[30], n[31], "changes/" + n[31] + "/index.html"},
		{n[31], n[30], "changes/" + n[31] + "/index.html"},
		{n[2], n[5], "compare/" + n[2] + "/" + n[5] + "/index.html"},
		{n[60], now, "since/" + n[60] + "/index.html"},
	} {
		p.compare(t, c.from, c.to)
		p.arrive(t, c.want)
	}
	p.compare(t, n[3], n[3])
	p.says(t, "one and the same version")
}

func (p *picker) says(t *testing.T, want string) {
	t.Helper()
	p.until(t, fmt.Sprintf(`document.querySelector("[role=status]").textContent.includes(%q)`, want))
}

// engine: two versions that no page compares are compared in the browser, and the page is
// what the build would have made.
func (p *picker) engine(t *testing.T) {
	from, to := p.numbers[12], p.numbers[40]
	p.compare(t, from, to)
	p.arrive(t, "compare/index.html?from="+from+"&to="+to)
	p.says(t, "made in your browser")
	var texts [2][]byte
	for i, n := range []string{from, to} {
		var err error
		if texts[i], err = os.ReadFile(filepath.Join(p.out, n, "text.json")); err != nil {
			t.Fatal(err)
		}
	}
	want, err := site.Between("document-0000/compare/index.html", texts[0], texts[1], nil)
	if err != nil {
		t.Fatal(err)
	}
	same := fmt.Sprintf(`{ const t = document.createElement("template"); t.innerHTML = %q;
		const of = (root) => ["header", ".text"].map((part) => root.querySelector("article.redline > " + part).outerHTML).join("").replace(' tabindex="-1"', "");
		of(document) == of(t.content) }`, want)
	if !ask[bool](t, p.tab, same) {
		t.Error("the comparison in the browser is not what the build makes")
	}
	if got := ask[string](t, p.tab, `document.activeElement.localName + " " + document.title`); !strings.HasPrefix(got, "h1 What changed from version "+from+" to version "+to+" – ") {
		t.Errorf("the focus and the title are %q", got)
	}
	if got := ask[string](t, p.tab, `document.querySelector("article.redline").dataset.view ?? ""`); got != "marked" {
		t.Errorf("the view is %q: the page's script did not start", got)
	}
	p.tab.do(t, chromedp.Evaluate[chromedp.Void](probe))
	p.tab.complaints(t, "probe.overflow()")
	p.open(t, "since/"+p.numbers[10]+"/index.html") // too far for a page
	ask[bool](t, p.tab, `{ const a = document.querySelector("main a[href*='compare/']"); setTimeout(() => a.click()); true }`)
	p.says(t, "made in your browser")
}

// addresses: those that mails hold lead to what changed, and no other leads anywhere.
func (p *picker) addresses(t *testing.T) {
	near, far := p.numbers[60], p.numbers[10]
	for _, c := range []struct{ address, want string }{
		{"?since=" + near, "since/" + near + "/index.html"},
		{"#since=" + near, "since/" + near + "/index.html"},
		{"index.html?utm=a&since=" + near, "since/" + near + "/index.html"},
		{"?since=" + p.numbers[69], "since/" + p.numbers[69] + "/index.html"}, // which says that nothing changed
		{"compare/index.html?from=" + p.numbers[0] + "&to=" + p.numbers[5], "compare/" + p.numbers[0] + "/" + p.numbers[5] + "/index.html"},
	} {
		p.open(t, c.address)
		p.arrive(t, c.want)
	}
	p.open(t, "?since="+far)
	p.says(t, "made in your browser")
	p.open(t, "?since=99.0.0")
	p.says(t, "There is no such version")
	for _, hostile := range []string{"?since=javascript:alert(1)", "?since=//evil.example", "#since=../../..", "?since=1.0.0%0A", "?since="} {
		p.open(t, hostile)
		if got := ask[string](t, p.tab, "location.href"); got != p.base+hostile {
			t.Errorf("%s leads to %s", hostile, got)
		}
	}
	p.open(t, "compare/index.html?from=<img src=x onerror=alert(1)>&to="+p.numbers[5])
	p.says(t, "There is no such version")
	if n := ask[int](t, p.tab, "document.images.length"); n != 0 {
		t.Errorf("the address put %d pictures into the page", n)
	}
}

// keyboard: the lists and the button are reached and used without a mouse.
func (p *picker) keyboard(t *testing.T) {
	ask[bool](t, p.tab, `document.querySelector("[name=from]").focus(), true`)
	p.tab.press(t, kb.End)  // the first version
	p.tab.press(t, kb.Tab)  // to
	p.tab.press(t, kb.Home) // the newest version
	for range 65 {
		p.tab.press(t, kb.ArrowDown)
	}
	at := p.tab.press(t, kb.Tab)
	if at.Tag != "button" || len(at.Complaints) > 0 {
		t.Fatalf("the focus is at %+v, want the button", at)
	}
	p.tab.do(t, chromedp.KeyEvent(kb.Enter))
	p.arrive(t, "compare/"+p.numbers[0]+"/"+p.numbers[4]+"/index.html")
}

// visit: nothing is kept before the reader asks for it; then the page says what changed.
func (p *picker) visit(t *testing.T) {
	p.open(t, "index.html")
	kept := func() string {
		return ask[string](t, p.tab, `JSON.stringify({...localStorage}) + document.cookie`)
	}
	if got := kept(); got != "{}" {
		t.Fatalf("the page keeps %s before it was asked to", got)
	}
	ask[bool](t, p.tab, `document.querySelector(".visit button").click(), true`)
	if got := kept(); !strings.Contains(got, `\"version\":\"`+p.numbers[69]+`\"`) {
		t.Errorf("the page keeps %s", got)
	}
	ask[bool](t, p.tab, `localStorage.setItem("codicil:/document-0000/", '{"version":"`+p.numbers[60]+`","day":"2025-03-03"}'), true`)
	for range 2 { // the line stays for the day
		p.open(t, "index.html")
		if got := ask[string](t, p.tab, `{ const a = document.querySelector(".changed-since a"); a.getAttribute("href") + " " + a.textContent }`); got !=
			"since/"+p.numbers[60]+"/index.html What changed since your last visit on March 3, 2025" {
			t.Errorf("the page says %q", got)
		}
	}
	ask[bool](t, p.tab, `document.querySelector(".visit button").click(), true`)
	if got := kept(); got != "{}" {
		t.Errorf("what was to be forgotten is kept: %s", got)
	}
	for _, odd := range []string{`{"version":"javascript:1","day":"2025-03-03"}`, `nonsense`, `null`, `{"version":["1.0.0"],"day":1}`} {
		ask[bool](t, p.tab, fmt.Sprintf(`localStorage.setItem("codicil:/document-0000/", %q), true`, odd))
		p.open(t, "index.html")
		if ask[bool](t, p.tab, `document.querySelector(".changed-since") != null`) {
			t.Errorf("%s is taken for a visit", odd)
		}
	}
}

// look: the page reads well, with and without its script.
func (p *picker) look(t *testing.T) {
	checkWidth(t, p.tab)
	checkAccessibility(t, p.tab)
	checkKeyboard(t, p.tab)
	from, to := p.numbers[12], p.numbers[40]
	p.open(t, "compare/index.html?from="+from+"&to="+to)
	p.says(t, "made in your browser")
	checkAccessibility(t, p.tab)
}
