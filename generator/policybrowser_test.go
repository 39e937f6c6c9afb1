package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestPolicy reads a policy in a real browser.
func TestPolicy(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	browser := startBrowser(t)
	dir := filepath.Join(t.TempDir(), "example")
	if status := run([]string{"init", dir}, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("init exits with %d", status)
	}
	base := serveBuilt(t, filepath.Join(dir, "content"))
	for _, c := range []struct {
		name  string
		check func(*testing.T, *tab)
	}{
		{"place", checkPlace},
		{"folded", checkFolded},
		{"citation", checkCitation},
		{"copy", checkCopy},
		{"definition", checkDefinition},
		{"days left", checkDaysLeft},
		{"paper", checkPaper},
		{"no script", checkNoScript},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := openTab(t, browser, base, "terms-of-service/")
			c.check(t, p)
			for _, what := range p.noise.all() {
				t.Error(what)
			}
		})
	}
}

// openTab opens a page in a tab that is closed when the test ends.
func openTab(t *testing.T, browser context.Context, base, page string) *tab {
	p := &tab{url: base + "/" + page, noise: noise{base: base + "/"}}
	ctx, end := chromedp.NewContext(browser, chromedp.WithListener(p.noise.hear))
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	p.ctx, end = context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(end)
	p.show(t, screen{1280, 800, "light"})
	p.load(t)
	return p
}

// wait waits until expression holds.
func (p *tab) wait(t *testing.T, expression string) {
	t.Helper()
	if err := chromedp.Do(p.ctx, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(5*time.Second))); err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
}

// marked is true where the contents mark the section of an id, and none else; none
// where it is empty.
func marked(id string) string {
	want := "[]"
	if id != "" {
		want = `["#` + id + `"]`
	}
	return `JSON.stringify([...document.querySelectorAll(".contents a[aria-current=location]")].map(a => a.hash)) == '` + want + `'`
}

// checkPlace: the contents mark what is read, also in a jump and at the end, where a
// short section cannot come to the top.
func checkPlace(t *testing.T, p *tab) {
	p.wait(t, marked(""))
	ask[any](t, p, `document.getElementById("liability").scrollIntoView()`)
	p.wait(t, marked("liability"))
	ask[any](t, p, `document.getElementById("your-account").scrollIntoView()`)
	p.wait(t, marked("your-account"))
	ask[any](t, p, `scrollTo(0, document.documentElement.scrollHeight)`)
	p.wait(t, marked("contact"))
	ask[any](t, p, `document.querySelector(".contents a[href='#disputes']").click()`)
	p.wait(t, marked("disputes"))
	ask[any](t, p, `scrollTo(0, 0)`)
	p.do(t, chromedp.KeyEvent(kb.Home)) // the reader moves on
	p.wait(t, marked(""))
}

// checkFolded: on a telephone the contents are folded, stay in the window, say where
// one is, and open and close by key and by choice.
func checkFolded(t *testing.T, p *tab) {
	p.show(t, screens[0])
	p.load(t)
	const shown = `document.querySelector(".contents ol").checkVisibility()`
	if ask[bool](t, p, shown) {
		t.Error("the contents are not folded")
	}
	ask[any](t, p, `document.getElementById("liability").scrollIntoView()`)
	p.wait(t, `document.querySelector(".contents summary").textContent == "ContentsLiability"`)
	if !ask[bool](t, p, `probe.inView(document.querySelector(".contents summary"))`) {
		t.Error("the contents are left behind")
	}
	ask[any](t, p, `document.querySelector(".contents summary").focus()`)
	p.do(t, chromedp.KeyEvent(kb.Enter))
	p.wait(t, shown)
	p.complaints(t, `[...document.querySelectorAll(".contents a")].filter(a => !probe.inView(a)).map(probe.say)`)
	p.do(t, chromedp.KeyEvent(kb.Escape))
	p.wait(t, `!`+shown+` && document.activeElement.localName == "summary"`)
	p.do(t, chromedp.KeyEvent(kb.Enter))
	p.wait(t, shown)
	ask[any](t, p, `document.querySelector(".contents a[href='#your-content']").click()`)
	p.wait(t, `!`+shown)
	p.wait(t, `document.querySelector("#your-content h2").getBoundingClientRect().top > document.querySelector(".contents").getBoundingClientRect().bottom`)
}

// checkCitation: the sign at a heading copies the permanent address of the section in
// this version, and for a text with formatting what it is called.
func checkCitation(t *testing.T, p *tab) {
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		p.do(t, send(browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: name}, Setting: browser.PermissionSettingGranted}))
	}
	ask[any](t, p, `document.querySelector(".anchor[href='#liability']").focus()`)
	p.do(t, chromedp.KeyEvent(kb.Enter))
	p.wait(t, `document.querySelector("[role=status].copied").textContent != ""`)
	const address = "https://legal.larkfield.example/terms-of-service/2.1.0/#liability"
	if got := ask[string](t, p, `navigator.clipboard.readText()`); got != address {
		t.Errorf("copied is %q, want %q", got, address)
	}
	formatted := ask[string](t, p, `navigator.clipboard.read().then(([item]) => item.getType("text/html")).then(blob => blob.text())`)
	for _, want := range []string{"Terms of Service, Version 2.1.0, Liability, ", `href="` + address + `"`} {
		if !strings.Contains(formatted, want) {
			t.Errorf("copied is %q, want %q in it", formatted, want)
		}
	}
	if got := ask[string](t, p, `location.hash`); got != "#liability" {
		t.Errorf("the sign leads to %q", got)
	}
}

// checkCopy: text that is copied is the document's alone.
func checkCopy(t *testing.T, p *tab) {
	got := ask[string](t, p, `(() => {
		const range = document.createRange();
		range.selectNodeContents(document.getElementById("liability"));
		getSelection().removeAllRanges();
		getSelection().addRange(range);
		return getSelection().toString();
	})()`)
	if lines := strings.Split(strings.ReplaceAll(got, "\n\n", "\n"), "\n"); lines[0] != "Liability" || !strings.HasPrefix(lines[1], "We are liable") || strings.Contains(got, "#") {
		t.Errorf("copied is %q", got)
	}
}

// checkDefinition: a term shows its definition to the keyboard, to a pointer, which may
// move onto it, and to a first touch; Escape closes it, and the link leads there.
func checkDefinition(t *testing.T, p *tab) {
	const (
		term  = `document.querySelector("#your-account a.term")`
		tip   = `document.querySelector("[role=tooltip]")`
		shown = tip + `?.matches(":popover-open") == true`
		gone  = tip + `?.matches(":popover-open") != true`
	)
	ask[any](t, p, term+`.focus()`)
	p.wait(t, shown)
	if got := ask[string](t, p, `document.getElementById(`+term+`.getAttribute("aria-describedby")).textContent`); !strings.HasPrefix(got, "Larkfield lets you write notebooks") {
		t.Errorf("the definition reads %q", got)
	}
	p.complaints(t, `probe.inView(`+tip+`) ? [] : ["the definition is not in view"]`)
	p.complaints(t, "probe.overflow()")
	if axe, err := os.ReadFile(axeFile); err == nil {
		p.do(t, chromedp.Evaluate[chromedp.Void](string(axe)))
		p.complaints(t, "probe.accessibility()")
	}
	p.do(t, chromedp.KeyEvent(kb.Escape))
	p.wait(t, gone+` && document.activeElement == `+term)

	mouse := func(expression string) {
		at := ask[[]float64](t, p, `(() => { const r = `+expression+`.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()`)
		p.do(t, send(input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: "mouseMoved", X: at[0], Y: at[1]}))
	}
	mouse(term)
	p.wait(t, shown)
	mouse(tip)
	p.do(t, chromedp.Sleep(500*time.Millisecond))
	if !ask[bool](t, p, shown) {
		t.Error("the definition is gone while the pointer is on it")
	}
	mouse(`document.querySelector("h1")`)
	p.wait(t, gone)

	p.do(t, send(emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true}))
	tap := func() {
		at := ask[[]float64](t, p, `(() => { const r = `+term+`.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()`)
		p.do(t,
			send(input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchStart", TouchPoints: []*input.TouchPoint{{X: at[0], Y: at[1]}}}),
			send(input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchEnd", TouchPoints: []*input.TouchPoint{}}))
	}
	tap()
	p.wait(t, shown+` && location.hash == ""`)
	tap()
	p.wait(t, gone+` && location.hash == "#term_service"`)
}

// checkDaysLeft: the reader learns how many days are left, by their own clock.
func checkDaysLeft(t *testing.T, p *tab) {
	for now, want := range map[string]string{
		"2026-12-16T12:00:00Z": "in 30 days",
		"2027-01-13T23:59:00Z": "in 2 days",
		"2027-01-14T00:00:00Z": "tomorrow",
		"2027-01-14T23:59:00Z": "tomorrow",
		"2027-01-15T00:00:00Z": "",
	} {
		p.do(t, send(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: `Date.now = () => Date.parse("` + now + `")`}))
		p.load(t)
		if got := ask[string](t, p, `document.querySelector(".until").textContent`); got != want {
			t.Errorf("at %s the reader has %q, want %q", now, got, want)
		}
	}
}

// checkPaper: every printed page says which version it is of and where that is, and
// nothing that only a screen needs is on it.
func checkPaper(t *testing.T, p *tab) {
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("there is no pdftotext: what is printed is not read")
	}
	var data []byte
	p.do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		printed, err := cdp.Call(ctx, target, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(bool)})
		data = printed.Data
		return err
	}))
	command := exec.Command(pdftotext, "-layout", "-", "-")
	command.Stdin = bytes.NewReader(data)
	out, err := command.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	if len(pages) < 2 {
		t.Fatalf("%d pages, want several", len(pages))
	}
	for i, text := range pages {
		folded := strings.Join(strings.Fields(text), " ")
		for _, want := range []string{"Terms of Service, Version 2.1.0 · https://legal.larkfield.example/terms-of-service/2.1.0/", fmt.Sprintf("%d/%d", i+1, len(pages))} {
			if !strings.Contains(folded, want) {
				t.Errorf("page %d does not say %q: %s", i+1, want, folded)
			}
		}
		for _, none := range []string{"Contents", "Last changed", "What changed", "minutes to read", "Skip to"} {
			if strings.Contains(folded, none) {
				t.Errorf("page %d says %q", i+1, none)
			}
		}
	}
}

// checkNoScript: without script all is there, and the contents open and lead.
func checkNoScript(t *testing.T, p *tab) {
	p.do(t, send(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	for _, s := range []screen{screens[0], screens[2]} {
		p.show(t, s)
		p.do(t, chromedp.Navigate(p.url))
		p.do(t, chromedp.WaitVisible("#contact"))
		if s.width > 1000 {
			p.do(t, chromedp.WaitVisible(".contents a[href='#liability']"))
			continue
		}
		p.do(t, chromedp.Click(".contents summary"), chromedp.WaitVisible(".contents a[href='#liability']"),
			chromedp.Click(".contents a[href='#liability']"), chromedp.WaitVisible("#liability h2"))
		p.do(t, chromedp.Click(".latest summary"), chromedp.WaitVisible(".latest .actions a"))
	}
}
