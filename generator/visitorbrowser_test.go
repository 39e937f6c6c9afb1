package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A visitor has four questions. Each is answered by a walk over the example site, which
// begins at the list of documents.
var questions = []struct {
	name string
	walk func(*visitor)
}{
	{"what applies to me now", func(v *visitor) {
		v.follow("Terms of Service")
		v.reads("Last Updated: 2 February 2026", "Version 2.1.0")
		v.contents("Liability")
		v.sees("Liability")
	}},
	{"what changed since I agreed", func(v *visitor) {
		v.follow("Terms of Service")
		v.follow("All versions and changes")
		v.follow("What changed since", "1.0.0")
		v.at("/terms-of-service/since/1.0.0/")
		v.reads("What changed since version 1.0.0", "Arbitration")
	}},
	{"what changed between two versions", func(v *visitor) {
		v.follow("Terms of Service")
		v.follow("All versions and changes")
		v.follow("Compare two versions")
		v.compares("1.0.0", "2.0.0")
		v.at("/terms-of-service/compare/1.0.0/2.0.0/")
		v.reads("1.0.0", "2.0.0", "Arbitration")
	}},
	{"what will change", func(v *visitor) {
		v.follow("Terms of Service")
		v.reads("A new version applies from 15 January 2027")
		v.follow("What will change")
		v.at("/terms-of-service/changes/2.2.0/")
		v.reads("£500")
	}},
	{"what applied on a certain day", func(v *visitor) {
		v.follow("Terms of Service")
		v.follow("All versions and changes")
		v.follow(onADay)
		v.choosesDay("2024-12-24", "1.1.0")
		v.at("/terms-of-service/1.1.0/")
		v.reads("This version is no longer in force")
	}},
}

// onADay is the link from the changelog to the page that asks for a day.
const onADay = "Which version applied on a day"

// TestVisitor walks the questions with a mouse, with the keyboard alone, and without
// scripts, on a screen and on a telephone.
func TestVisitor(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	browser := startBrowser(t)
	dir := filepath.Join(t.TempDir(), "example")
	if status := run([]string{"init", dir}, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("init exits with %d", status)
	}
	base := serveBuilt(t, filepath.Join(dir, "content"))
	for _, way := range []struct {
		name               string
		keyboard, scripted bool
	}{{"mouse", false, true}, {"keyboard", true, true}, {"mouse without scripts", false, false}, {"keyboard without scripts", true, false}} {
		for _, width := range []int64{1280, 390} {
			for _, q := range questions {
				t.Run(fmt.Sprintf("%s/%d/%s", way.name, width, q.name), func(t *testing.T) {
					t.Parallel()
					v := &visitor{T: t, keyboard: way.keyboard, scripted: way.scripted, base: base}
					defer v.open(browser, screen{width, 800, "light"})()
					q.walk(v)
				})
			}
		}
	}
}

// A visitor walks over a site in a tab, with the mouse or with the keyboard.
type visitor struct {
	*testing.T
	tab                tab
	base               string
	keyboard, scripted bool
}

// open opens the list of documents, and returns what closes the tab.
func (v *visitor) open(browser context.Context, s screen) func() {
	v.Helper()
	ctx, end := chromedp.NewContext(browser)
	if err := chromedp.Do(ctx); err != nil {
		v.Fatalf("open a tab: %v", err)
	}
	var cancel context.CancelFunc
	v.tab.ctx, cancel = context.WithTimeout(ctx, time.Minute)
	v.tab.show(v.T, s)
	v.tab.do(v.T, send(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !v.scripted}),
		chromedp.Navigate(v.base+"/"))
	return func() { cancel(); end() }
}

// pickFirst is an expression for the first link or control that is shown, has the words, and
// stands beside a text with all of near.
const pickFirst = `(() => {
	const [words, near] = %s;
	const text = e => (e.getAttribute("aria-label") ?? e.textContent).replace(/\s+/g, " ").trim();
	return [...document.querySelectorAll("a[href], button, summary, input, select")].find(e => e.checkVisibility() &&
		text(e).startsWith(words) && near.every(n => (e.closest("li, tr, aside, form") ?? e).textContent.includes(n)));
})()`

func picked(words string, near ...string) string {
	args, _ := json.Marshal([]any{words, append([]string{}, near...)})
	return fmt.Sprintf(pickFirst, args)
}

// follow follows the link with the words, and waits until its page is there.
func (v *visitor) follow(words string, near ...string) {
	v.Helper()
	from := v.address()
	v.use(picked(words, near...), fmt.Sprint(words, near))
	v.arrive(from, words)
}

// arrive waits until another page is there.
func (v *visitor) arrive(from, why string) {
	v.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		// While one page gives way to the next there is none to ask.
		at, err := chromedp.Run(v.tab.ctx, chromedp.Evaluate[string](`document.readyState == "complete" ? location.href : ""`))
		if err == nil && at != "" && at != from {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	v.Fatalf("%s leads nowhere from %s", why, from)
}

// use clicks what an expression picks, or goes there by the Tab key and presses Enter.
func (v *visitor) use(expression, what string) {
	v.Helper()
	if !v.ask(`!!` + expression) {
		v.Fatalf("%s has no %q", v.address(), what)
	}
	if v.keyboard {
		v.tabTo(expression, what)
		v.tab.do(v.T, chromedp.KeyEvent(kb.Enter))
		return
	}
	type point struct{ X, Y float64 }
	at := ask[point](v.T, &v.tab, `(() => {
		const e = `+expression+`;
		e.scrollIntoView({block: "center", behavior: "instant"});
		const r = e.getClientRects()[0];
		return {X: r.x + Math.min(r.width / 2, 40), Y: r.y + r.height / 2};
	})()`)
	v.tab.do(v.T, chromedp.MouseClickXY(at.X, at.Y))
}

// tabTo presses the Tab key until what an expression picks has the focus.
func (v *visitor) tabTo(expression, what string) {
	v.Helper()
	const most = 400
	for range most {
		v.tab.do(v.T, chromedp.KeyEvent(kb.Tab))
		if v.ask(`document.activeElement == ` + expression) {
			return
		}
	}
	v.Fatalf("the Tab key does not reach %q on %s", what, v.address())
}

func (v *visitor) ask(expression string) bool {
	v.Helper()
	return ask[bool](v.T, &v.tab, expression)
}

func (v *visitor) address() string {
	v.Helper()
	return ask[string](v.T, &v.tab, "location.href")
}

// at wants the page to be at a path.
func (v *visitor) at(path string) {
	v.Helper()
	got, _, _ := strings.Cut(strings.TrimPrefix(v.address(), v.base), "#")
	got, _, _ = strings.Cut(strings.TrimSuffix(got, "index.html"), "?")
	if got != path {
		v.Errorf("this is %s, want %s", got, path)
	}
}

// reads wants the page to say something.
func (v *visitor) reads(words ...string) {
	v.Helper()
	text := strings.Join(strings.Fields(ask[string](v.T, &v.tab, "document.querySelector('main').innerText")), " ")
	for _, w := range words {
		if !strings.Contains(text, w) {
			v.Errorf("%s does not say %q", v.address(), w)
		}
	}
}

// contents goes to a section by the table of contents, which is folded on a telephone.
func (v *visitor) contents(title string) {
	v.Helper()
	if !v.ask(`!!` + picked(title)) {
		v.use(picked("Contents"), "Contents")
	}
	v.use(picked(title), title)
}

// sees wants the heading of a section to be in the window.
func (v *visitor) sees(title string) {
	v.Helper()
	quoted, _ := json.Marshal(title)
	seen := fmt.Sprintf(`[...document.querySelectorAll("h2")].some(e => {
		const r = e.getBoundingClientRect();
		return e.textContent.trim() == %s && r.top >= 0 && r.bottom <= innerHeight;
	})`, quoted)
	deadline := time.Now().Add(10 * time.Second)
	for time.Now().Before(deadline) {
		if v.ask(seen) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	v.Errorf("the section %q is not in the window", title)
}

// compares compares two versions: with scripts by the two pickers, without by the list of
// comparisons.
func (v *visitor) compares(old, new string) {
	v.Helper()
	from := v.address()
	if !v.scripted { // the row of the new version has a link for each old one
		v.use(fmt.Sprintf(`[...document.querySelectorAll("main li a, main td a")].find(e => e.checkVisibility() && e.textContent.trim() == %q &&
			e.closest("li, tr").querySelector("a").textContent.trim() == %q)`, old, new), old+" in the row of "+new)
		v.arrive(from, "comparing")
		return
	}
	for i, number := range []string{old, new} {
		v.chooses(fmt.Sprintf(`[...document.querySelectorAll("main select")].filter(e => e.checkVisibility())[%d]`, i), number)
	}
	v.use(`[...document.querySelectorAll("main form button")].find(e => e.checkVisibility() && e.type == "submit")`, "the form's button")
	v.arrive(from, "comparing")
}

// chooses chooses the option of a picker that begins with a number: by the keyboard, which
// a picker takes from the mouse as well.
func (v *visitor) chooses(picker, number string) {
	v.Helper()
	if v.keyboard {
		v.tabTo(picker, "the picker for "+number)
	} else {
		ask[any](v.T, &v.tab, picker+".focus()")
	}
	chosen := fmt.Sprintf(`%s.selectedOptions[0].textContent.trim().replace(/^\D*/, "").startsWith(%q)`, picker, number)
	v.tab.do(v.T, chromedp.KeyEvent(kb.Home))
	for range ask[int](v.T, &v.tab, picker+".length") {
		if v.ask(chosen) {
			return
		}
		v.tab.do(v.T, chromedp.KeyEvent(kb.ArrowDown))
	}
	v.Fatalf("the picker has no version %s", number)
}

// choosesDay asks for the version of a day: with scripts by the form, without by the list
// of periods.
func (v *visitor) choosesDay(day, number string) {
	v.Helper()
	if !v.scripted {
		v.follow("", number)
		return
	}
	from := v.address()
	const field = `document.querySelector("main form input[type=date]")`
	if v.keyboard {
		v.tabTo(field, "the day")
	} else {
		v.use(field, "the day")
	}
	// English writes the month first; the field takes the digits as they are typed.
	v.tab.do(v.T, chromedp.KeyEvent(day[5:7]+day[8:10]+day[0:4]))
	if got := ask[string](v.T, &v.tab, field+".value"); got != day {
		v.Fatalf("the field holds %q, want %q", got, day)
	}
	v.use(`[...document.querySelectorAll("main form button")].find(e => e.checkVisibility() && e.type == "submit")`, "the form's button")
	v.arrive(from, "asking for a day")
}
