package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestStale opens a page on the days around the one on which the next version
// applies, from a server and from a folder.
func TestStale(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	browser := startBrowser(t)
	dir := filepath.Join(t.TempDir(), "example")
	if status := run([]string{"init", dir}, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("init exits with %d", status)
	}
	out := filepath.Join(dir, "public")
	args := []string{"build", "--content", filepath.Join(dir, "content"), "--out", out, "--as-of", "2026-12-01"}
	if status := run(args, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("build exits with %d", status)
	}
	server := serveFolder(t, out)
	for _, base := range []string{server + "/", "file://" + filepath.ToSlash(out) + "/"} {
		for _, c := range []struct{ now, want string }{
			{"2027-01-14T23:59:59Z", ""},
			{"2027-01-15T00:00:00Z", "Version 2.2.0 took effect on 15 January 2027, and this page was made before. What it says about which version is in force is out of date."},
		} {
			p := &tab{url: base + "terms-of-service/index.html", noise: noise{base: base}}
			ctx, end := chromedp.NewContext(browser, chromedp.WithListener(p.noise.hear))
			defer end()
			if err := chromedp.Do(ctx); err != nil {
				t.Fatalf("open a tab: %v", err)
			}
			p.ctx, end = context.WithTimeout(ctx, time.Minute)
			defer end()
			p.do(t, send(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
				Source: `Date.now = () => Date.parse("` + c.now + `")`,
			}))
			p.show(t, screens[0])
			p.load(t)
			if got := ask[string](t, p, `document.querySelector(".stale")?.textContent ?? ""`); got != c.want {
				t.Errorf("at %s, %s says %q, want %q", c.now, p.url, got, c.want)
			}
			if base == server+"/" { // axe reads style sheets again, which a browser does not allow from a folder
				t.Run("accessibility", func(t *testing.T) { checkAccessibility(t, p) })
			}
			for _, s := range screens {
				p.show(t, s)
				p.complaints(t, "probe.overflow()")
			}
			for _, what := range p.noise.all() {
				t.Error(what)
			}
		}
	}
}
