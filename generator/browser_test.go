package main

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"io"
	"io/fs"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/nanoprompt/codicil/generator/bench"
	"github.com/nanoprompt/codicil/generator/internal/serve"
)

// probe is what the tests ask a page, in the page's own language.
//
//go:embed testdata/browser.js
var probe string

// axeFile is where .ci/run installs axe-core.
const axeFile = "../bin/node/node_modules/axe-core/axe.min.js"

// The pages that are visited: at least one of each kind.
var (
	examplePages = []string{
		"",
		"cookie-policy/",
		"privacy-policy/",
		"privacy-policy/changes/1.1.0/",
		"privacy-policy/de/", // lags
		"privacy-policy/de/1.0.0/",
		"privacy-policy/de/changes/",
		"privacy-policy/upcoming/", // says that there is none
		"terms-of-service/",
		"terms-of-service/upcoming/",
		"terms-of-service/1.1.0/",
		"terms-of-service/changes/",
		"terms-of-service/changes/1.0.0/", // says that it is the first
		"terms-of-service/changes/2.0.0/", // has a section that moved
		"terms-of-service/changes/2.0.0/side-by-side/",
		"terms-of-service/since/1.0.0/",
		"terms-of-service/compare/",
		"terms-of-service/compare/1.0.0/2.0.0/",
		"terms-of-service/on/",
		"terms-of-service/sections/plans-and-payment/",
		"terms-of-service/sections/arbitration/", // is gone
		"terms-of-service/draft/",
		"terms-of-service/draft/changes/",
		"no/such/page",
	}
	ownPages = []string{
		"",
		"privacy-policy/",
		"privacy-policy/1.0.0/",
		"privacy-policy/changes/",
	}
	longPages = []string{ // of a document with many versions
		"*/",
		"*/changes/",
		"*/changes/20[0-9][0-9]/",
		"*/on/",
		"*/compare/",
		"*/since/1.0.0/",
		"*/sections/*/",
	}
)

// A screen is a window and what its owner prefers.
type screen struct {
	width, height int64
	scheme        string
}

var screens = []screen{
	{390, 844, "light"},
	{390, 844, "dark"},
	{1280, 800, "light"},
	{1280, 800, "dark"},
}

// pageChecks are the checks of every page, in a tab that shows it.
var pageChecks = []struct {
	name  string
	check func(*testing.T, *tab)
}{
	{"scripts", func(t *testing.T, p *tab) { p.complaints(t, "probe.scripts()") }},
	{"width", checkWidth},
	{"accessibility", checkAccessibility},
	{"contents", checkContents},
	{"print", checkPrint},
	{"forced colours", checkForcedColours},
	{"skip link", checkSkipLink},
	{"keyboard", checkKeyboard},
}

// TestPages visits the pages in a real browser: what a reader sees, with or
// without a mouse, on a telephone, in the dark and on paper.
func TestPages(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	browser := startBrowser(t)
	dir := filepath.Join(t.TempDir(), "example")
	if status := run([]string{"init", dir}, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("init exits with %d", status)
	}
	long := filepath.Join(dir, "long")
	if err := bench.Make(long, bench.Shape{Documents: 1, Versions: 160}, 1); err != nil {
		t.Fatal(err)
	}
	for _, site := range []struct {
		name, content string
		pages         []string // patterns, of which the first page that matches is visited
	}{
		{"example", filepath.Join(dir, "content"), examplePages},
		{"own", "../content", ownPages},
		{"long", long, longPages},
	} {
		out := buildSite(t, site.content)
		base := serveFolder(t, out)
		for _, page := range site.pages {
			page = firstPage(t, out, page)
			t.Run(site.name+"/"+cmp.Or(strings.TrimSuffix(page, "/"), "index"), func(t *testing.T) {
				t.Parallel()
				visit(t, browser, base, page)
			})
		}
	}
}

// startBrowser starts Chromium, which ends with the test, and returns the
// context that tabs are opened in.
func startBrowser(t *testing.T) context.Context {
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no chromium: the pages are not visited")
	}
	flags := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.Flag("headless", "new")}
	for _, name := range []string{
		"no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "hide-scrollbars", "disable-dev-shm-usage",
		"disable-background-networking", "disable-component-update", "disable-sync", "disable-extensions",
	} {
		flags = append(flags, chromedp.Flag(name, true))
	}
	allocator, end := chromedp.NewExecAllocator(context.Background(), flags...)
	t.Cleanup(end)
	ctx, end := chromedp.NewContext(allocator)
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start chromium: %v", err)
	}
	return ctx
}

// firstPage returns the first page of the site in a folder that matches pattern, or pattern
// where it is none.
func firstPage(t *testing.T, dir, pattern string) string {
	t.Helper()
	if !strings.Contains(pattern, "*") {
		return pattern
	}
	found, err := filepath.Glob(filepath.Join(dir, pattern, "index.html"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no page is like %s: %v", pattern, err)
	}
	page, err := filepath.Rel(dir, filepath.Dir(found[0]))
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(page) + "/"
}

// serveBuilt builds content with its drafts and returns the address of the site.
func serveBuilt(t *testing.T, content string) string {
	return serveFolder(t, buildSite(t, content))
}

// buildSite builds content with its drafts and returns the folder of the site.
func buildSite(t *testing.T, content string) string {
	out := filepath.Join(t.TempDir(), "public")
	args := []string{"build", "--content", content, "--out", out, "--as-of", "2026-12-01", "--drafts"}
	if status := run(args, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("build exits with %d", status)
	}
	return out
}

// serveFolder serves the site in a folder until the test ends.
func serveFolder(t *testing.T, dir string) string {
	files := os.DirFS(dir)
	server := httptest.NewServer(serve.Handler(serve.Preview{File: func(name string) ([]byte, error) {
		if info, err := fs.Stat(files, name); err != nil || info.IsDir() {
			return nil, fs.ErrNotExist
		}
		return fs.ReadFile(files, name)
	}}))
	t.Cleanup(server.Close)
	return server.URL
}

// visit opens a page in a tab of its own and checks it.
func visit(t *testing.T, browser context.Context, base, page string) {
	p := &tab{url: base + "/" + page, noise: noise{base: base + "/"}}
	if page == "no/such/page" {
		p.noise.missing = p.url
	}
	ctx, end := chromedp.NewContext(browser, chromedp.WithListener(p.noise.hear))
	defer end()
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	p.ctx, end = context.WithTimeout(ctx, time.Minute)
	defer end()
	p.show(t, screens[0])
	p.load(t)
	for _, c := range pageChecks {
		t.Run(c.name, func(t *testing.T) { c.check(t, p) })
	}
	for _, what := range p.noise.all() {
		t.Error(what)
	}
}

// A tab shows a page of a site.
type tab struct {
	ctx   context.Context
	url   string
	noise noise
}

// load loads the page afresh.
func (p *tab) load(t *testing.T) {
	t.Helper()
	p.do(t, chromedp.Navigate(p.url), chromedp.Evaluate[chromedp.Void](probe))
}

// show changes the window. Tabs in the background have the focus as well.
func (p *tab) show(t *testing.T, s screen) {
	t.Helper()
	p.do(t,
		chromedp.EmulateViewport(s.width, s.height),
		send(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}))
	p.prefer(t, "", "prefers-color-scheme", s.scheme)
}

// prefer emulates a medium, "" for a screen, and a feature of it. Nothing moves
// by itself, so that an answer is about where the page came to rest.
func (p *tab) prefer(t *testing.T, medium, feature, value string) {
	t.Helper()
	p.do(t, send(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: medium,
		Features: []*emulation.MediaFeature{
			{Name: "prefers-reduced-motion", Value: "reduce"},
			{Name: feature, Value: value},
		},
	}))
}

func (p *tab) do(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// complaints reports what expression has to say about the page.
func (p *tab) complaints(t *testing.T, expression string) {
	t.Helper()
	for _, c := range ask[[]string](t, p, expression) {
		t.Error(c)
	}
}

// ask evaluates expression, which may be a promise, in the page.
func ask[T any](t *testing.T, p *tab, expression string) T {
	t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// send makes an action of a command of the browser's protocol.
func send[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

// checkWidth: no screen makes the document scroll sideways, nor does a reader
// who doubles the size of the text.
func checkWidth(t *testing.T, p *tab) {
	for _, s := range append(screens, screen{1600, 1000, "light"}) {
		p.show(t, s)
		p.complaints(t, "probe.overflow()")
	}
	p.show(t, screens[0])
	ask[string](t, p, `document.documentElement.style.fontSize = "200%"`)
	p.complaints(t, "probe.overflow()")
	ask[string](t, p, `document.documentElement.style.fontSize = ""`)
}

func checkAccessibility(t *testing.T, p *tab) {
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		t.Skip("there is no axe-core: see .ci/run")
	}
	p.do(t, chromedp.Evaluate[chromedp.Void](string(axe)))
	for _, s := range screens {
		t.Run(fmt.Sprint(s.width, s.scheme), func(t *testing.T) {
			p.show(t, s)
			p.complaints(t, "probe.accessibility()")
		})
	}
	t.Run("forced colours", func(t *testing.T) {
		p.prefer(t, "", "forced-colors", "active")
		p.complaints(t, "probe.accessibility()")
		p.show(t, screens[0])
	})
}

func checkContents(t *testing.T, p *tab) {
	p.show(t, screen{1280, 800, "light"})
	p.complaints(t, "probe.contents()")
}

func checkPrint(t *testing.T, p *tab) {
	p.prefer(t, "print", "prefers-color-scheme", "light")
	p.complaints(t, "probe.navigation()")
	p.complaints(t, "probe.marks()")
}

func checkForcedColours(t *testing.T, p *tab) {
	p.prefer(t, "", "forced-colors", "active")
	p.complaints(t, "probe.marks()")
}

// A stop is where the Tab key stopped.
type stop struct {
	Place          int // among the stops, -1: none of them
	Tag, ID, Class string
	Complaints     []string
}

// press presses a key and returns what then has the focus.
func (p *tab) press(t *testing.T, key string) stop {
	t.Helper()
	p.do(t, chromedp.KeyEvent(key))
	return ask[stop](t, p, "probe.focused()")
}

// checkSkipLink: the first stop is a link that appears and leads past the head.
func checkSkipLink(t *testing.T, p *tab) {
	p.show(t, screens[0])
	p.load(t)
	first := p.press(t, kb.Tab)
	if first.Class != "skip" || len(first.Complaints) > 0 {
		t.Fatalf("the first stop is %+v, want the skip link", first)
	}
	p.do(t, chromedp.KeyEvent(kb.Enter), chromedp.Poll[chromedp.Void](`document.activeElement.localName == "main"`,
		chromedp.WithPollingTimeout(5*time.Second)))
}

// checkKeyboard: the Tab key reaches all that can be used, each with an
// outline, and the text of a section that moved opens.
func checkKeyboard(t *testing.T, p *tab) {
	for _, s := range []screen{screens[0], screens[3]} {
		p.show(t, s)
		p.load(t)
		reached := []int{}
		for range ask[int](t, p, "probe.stops()") + ask[int](t, p, "probe.parts()") {
			at := p.press(t, kb.Tab)
			for _, c := range at.Complaints {
				t.Error(c)
			}
			if at.Tag == "summary" {
				checkDetails(t, p)
			}
			reached = append(reached, at.Place)
		}
		p.complaints(t, fmt.Sprintf("probe.missed(%s)", strings.ReplaceAll(fmt.Sprint(reached), " ", ",")))
	}
}

// checkDetails opens the details whose summary has the focus, and closes them, or the other
// way round.
func checkDetails(t *testing.T, p *tab) {
	was := ask[bool](t, p, "probe.opened()")
	for _, want := range []bool{!was, was} {
		p.press(t, kb.Enter)
		if got := ask[bool](t, p, "probe.opened()"); got != want {
			t.Errorf("after Enter, that the details are open is %v, want %v", got, want)
		}
	}
}

// noise is what the browser says about a page that is not as it should be: a
// line on the console, a request that fails or that goes elsewhere.
type noise struct {
	base    string // with which every address begins
	missing string // the address that is not there on purpose

	mu    sync.Mutex
	lines []string
}

// hear takes an event of the browser.
func (n *noise) hear(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, n.base) && !strings.HasPrefix(e.Request.URL, "data:") { // of a field's own picture
			n.add("the page asks for " + e.Request.URL)
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 && e.Response.URL != n.missing {
			n.add(fmt.Sprintf("%s answers %d", e.Response.URL, e.Response.Status))
		}
	case *network.EventLoadingFailed:
		if e.Canceled && e.BlockedReason == "" {
			return // the page was left before the icon came
		}
		n.add(fmt.Sprintf("a request failed: %s %s", e.ErrorText, e.BlockedReason))
	case *log.EventEntryAdded:
		if n.missing == "" || e.Entry.URL != n.missing {
			n.add("the browser says: " + e.Entry.Text)
		}
	case *runtime.EventConsoleAPICalled:
		n.add(fmt.Sprintf("the console has an entry: %s", e.Type))
	case *runtime.EventExceptionThrown:
		n.add("a script failed: " + e.ExceptionDetails.Text)
	}
}

func (n *noise) add(line string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.lines = append(n.lines, line)
}

func (n *noise) all() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.lines
}
