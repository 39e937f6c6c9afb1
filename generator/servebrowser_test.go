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
)

// TestServe edits a document while a real browser shows its draft.
func TestServe(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	browser := startBrowser(t)
	for _, s := range screens {
		t.Run(fmt.Sprint(s.width, s.scheme), func(t *testing.T) {
			e := openDraft(t, browser, s)
			t.Run("page", func(t *testing.T) { checkReadable(t, e.tab) })
			t.Run("edit", e.edit)
			t.Run("details", e.details)
			t.Run("fault", e.fault)
			t.Run("mended behind", e.mendedBehind)
			t.Run("hostile", e.hostile)
			t.Run("no draft", e.noDraft)
			for _, what := range e.tab.noise.all() {
				t.Error(what)
			}
		})
	}
}

// An author has a section open in one window and its draft in the other.
type author struct {
	tab     *tab
	content string
	file    string // of the section
	text    string // of the file
	edits   int
}

// openDraft serves the example site and opens the draft of its terms.
func openDraft(t *testing.T, browser context.Context, s screen) *author {
	dir := filepath.Join(t.TempDir(), "example")
	if status := run([]string{"init", dir}, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("init exits with %d", status)
	}
	e := &author{content: filepath.Join(dir, "content")}
	e.file = filepath.Join(e.content, "terms-of-service", "25-your-content.md")
	text, err := os.ReadFile(e.file)
	if err != nil {
		t.Fatal(err)
	}
	e.text = string(text)
	base := startServe(t, e.content)
	e.tab = &tab{url: base + "/terms-of-service/draft/", noise: noise{base: base + "/"}}
	ctx, end := chromedp.NewContext(browser, chromedp.WithListener(e.tab.noise.hear))
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	e.tab.ctx, end = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(end)
	e.tab.show(t, s)
	e.tab.load(t)
	return e
}

// save writes the section, replacing the file as many editors do.
func (e *author) save(t *testing.T, text string) {
	t.Helper()
	temporary := filepath.Join(filepath.Dir(e.file), ".section.tmp")
	if err := os.WriteFile(temporary, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(temporary, e.file); err != nil {
		t.Fatal(err)
	}
}

// until waits for a condition on the page.
func (e *author) until(t *testing.T, condition string) {
	t.Helper()
	if err := chromedp.Do(e.tab.ctx, chromedp.Poll[chromedp.Void](condition, chromedp.WithPollingTimeout(20*time.Second))); err != nil {
		t.Fatalf("%s: %v", condition, err)
	}
}

// place is where the section after the edited one begins in the window.
const place = `document.getElementById("plans-and-payment").getBoundingClientRect().top`

// edit: the page shows the new text without being loaded again, at the same
// place and with the same focus, though the text above has grown.
func (e *author) edit(t *testing.T) {
	e.tab.do(t, chromedp.Evaluate[chromedp.Void](`
		window.stays = true;
		document.getElementById("plans-and-payment").scrollIntoView({behavior: "instant"});
		document.querySelector("#plans-and-payment a").focus({preventScroll: true});`))
	before, focus := ask[float64](t, e.tab, place), ask[string](t, e.tab, "document.activeElement.outerHTML")
	if y := ask[float64](t, e.tab, "scrollY"); y < 1000 {
		t.Fatalf("the page is scrolled to %v alone", y)
	}
	e.edits++
	e.text += fmt.Sprintf("\nThe parties agree on edit %d, which is long enough to take more than one line of the page.\n", e.edits)
	e.save(t, e.text)
	e.until(t, fmt.Sprintf(`document.querySelector(".text").textContent.includes("edit %d,")`, e.edits))
	e.until(t, `!!document.querySelector(".contents [aria-current=location]")`) // the page's own scripts run again
	if after := ask[float64](t, e.tab, place); after < before-1 || after > before+1 {
		t.Errorf("the section was at %v in the window, and is at %v", before, after)
	}
	if now := ask[string](t, e.tab, "document.activeElement.outerHTML"); now != focus {
		t.Errorf("the focus was on %s, and is on %s", focus, now)
	}
	if !ask[bool](t, e.tab, "window.stays") {
		t.Error("the page was loaded again")
	}
	if !ask[bool](t, e.tab, fmt.Sprintf(`document.querySelector(".changes ins").closest(".changes").textContent.includes("edit %d,")`, e.edits)) {
		t.Error("the redline does not show the edit")
	}
}

// details: what the reader closed stays closed.
func (e *author) details(t *testing.T) {
	e.tab.do(t, chromedp.Evaluate[chromedp.Void](`document.querySelector(".changes").open = false`))
	e.edit(t)
	if ask[bool](t, e.tab, `document.querySelector(".changes").open`) {
		t.Error("the redline was closed, and is open")
	}
	e.tab.do(t, chromedp.Evaluate[chromedp.Void](`document.querySelector(".changes").open = true`))
}

const (
	opened = `document.getElementById("codicil_faults").open`
	button = `document.getElementById("codicil_open")`
)

// fault: it is shown over the last good page with all that helps to mend it, can
// be used by keyboard alone, and goes away.
func (e *author) fault(t *testing.T) {
	page := ask[string](t, e.tab, `document.querySelector(".text").textContent`)
	e.save(t, strings.Replace(e.text, "title:", "titel:", 1))
	e.until(t, opened)
	text := ask[string](t, e.tab, `document.getElementById("codicil_faults").textContent`)
	for _, want := range []string{"25-your-content.md:2:1", `unknown key "titel" [unknown-key]`, "titel: Your Content", "did you mean title?"} {
		if !strings.Contains(text, want) {
			t.Errorf("the overlay does not say %q: %q", want, text)
		}
	}
	if ask[string](t, e.tab, `document.querySelector(".text").textContent`) != page {
		t.Error("the last good page is gone")
	}
	if role := ask[string](t, e.tab, `document.activeElement.closest("[role]").getAttribute("role")`); role != "alertdialog" {
		t.Errorf("the focus is in a %q, want the dialog", role)
	}
	e.tab.do(t, chromedp.Evaluate[chromedp.Void](probe))
	checkOverlay(t, e.tab)
	e.tab.press(t, kb.Escape)
	e.until(t, `!`+opened+` && document.activeElement == `+button)
	e.tab.press(t, kb.Enter)
	e.until(t, opened)
	e.tab.press(t, kb.Escape)
	e.until(t, `!`+opened)
	e.save(t, e.text)
	e.until(t, button+`.hidden`)
	if ask[bool](t, e.tab, opened) {
		t.Error("the overlay of a mended fault is there")
	}
}

// checkOverlay: all of it can be reached, seen and read.
func checkOverlay(t *testing.T, p *tab) {
	for range 3 {
		if at := p.press(t, kb.Tab); len(at.Complaints) > 0 && at.Tag != "body" {
			t.Errorf("with the Tab key: %q", at.Complaints)
		}
		if !ask[bool](t, p, `document.activeElement == document.body || document.activeElement.closest("dialog") != null`) {
			t.Error("the Tab key leads behind the overlay")
		}
	}
	checkReadable(t, p)
}

// checkReadable: what the tab shows now has its place and can be read by all.
func checkReadable(t *testing.T, p *tab) {
	p.complaints(t, "probe.overflow()")
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		return // checkAccessibility says so
	}
	p.do(t, chromedp.Evaluate[chromedp.Void](string(axe)))
	p.complaints(t, "probe.accessibility()")
}

// mendedBehind: an overlay that nobody closed goes by itself.
func (e *author) mendedBehind(t *testing.T) {
	e.save(t, strings.Replace(e.text, "title:", "titel:", 1))
	e.until(t, opened)
	e.save(t, e.text)
	e.until(t, `!`+opened+` && `+button+`.hidden`)
}

// hostile: what the content says is text, in the overlay and in the review.
func (e *author) hostile(t *testing.T) {
	const attack = `<img src=x onerror="window.stays = 'no'"><script>window.stays = "no"</script>`
	e.save(t, e.text+"\n"+attack+"\n")
	e.until(t, opened)
	if !ask[bool](t, e.tab, `document.querySelector("#codicil_faults pre").textContent.includes("<img src=x")`) {
		t.Error("the overlay does not quote the line")
	}
	e.tab.load(t)
	e.until(t, opened)
	for _, selector := range []string{"#codicil_faults img", ".review img", "#codicil_faults script", "body script"} {
		if ask[bool](t, e.tab, `document.querySelector("`+selector+`") != null`) {
			t.Errorf("the page has a %s", selector)
		}
	}
	if ask[bool](t, e.tab, `window.stays == "no"`) {
		t.Error("a script of the content ran")
	}
	e.save(t, e.text)
	e.until(t, `!`+opened)
}

// noDraft: an edit that is undone leaves a page that follows the next one.
func (e *author) noDraft(t *testing.T) {
	name := filepath.Join(e.content, "cookie-policy", "10-our-cookies.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	e.tab.url = strings.Replace(e.tab.url, "terms-of-service", "cookie-policy", 1)
	e.tab.load(t)
	e.until(t, `document.querySelector("main").textContent.includes("There is no draft")`)
	if err := os.WriteFile(name, append(text, "\nA new line.\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	e.until(t, `document.querySelector(".changes ins")?.textContent.includes("A new line.")`)
}
