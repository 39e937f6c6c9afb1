package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var tourFlag = flag.String("tour", "", "folder for pictures of the example's pages, and of the tour that shows them")

// tourPages are the kinds of pages, with what each is.
var tourPages = []struct{ page, name, words string }{
	{"", "documents", "The documents"},
	{"terms-of-service/", "policy", "The version in force, with one upcoming"},
	{"terms-of-service/1.1.0/", "superseded", "A version that is no longer in force"},
	{"terms-of-service/changes/", "changes", "Every version, on a time line and by its sections"},
	{"terms-of-service/changes/2.0.0/", "redline", "What changed in a version"},
	{"terms-of-service/changes/2.0.0/side-by-side/", "side-by-side", "The same, side by side"},
	{"terms-of-service/since/1.0.0/", "since", "What changed since a version"},
	{"terms-of-service/compare/", "compare", "Any two versions"},
	{"terms-of-service/sections/plans-and-payment/", "section", "A section through time"},
	{"terms-of-service/on/", "day", "The version that applied on a day"},
	{"privacy-policy/de/", "translation", "A translation that lags behind its original"},
	{"terms-of-service/draft/", "draft", "A draft, where drafts are shown"},
	{"no/such/page", "missing", "An address that there is not"},
}

// tourViews are the ways in which every page is pictured.
var tourViews = []struct {
	name, words   string
	width, height int64
	scheme, media string
	scale         float64
}{
	{"wide-light", "1280 pixels, light", 1280, 1100, "light", "", 0.75},
	{"wide-dark", "1280 pixels, dark", 1280, 1100, "dark", "", 0.75},
	{"narrow-light", "390 pixels, light", 390, 844, "light", "", 0.6},
	{"narrow-dark", "390 pixels, dark", 390, 844, "dark", "", 0.6},
	{"print", "on paper", 720, 1018, "light", "print", 0.5},
}

// TestTour takes pictures of the pages, where it is asked to.
func TestTour(t *testing.T) {
	if *tourFlag == "" {
		t.Skip("no folder is given by -tour")
	}
	browser := startBrowser(t)
	dir := filepath.Join(t.TempDir(), "example")
	if status := run([]string{"init", dir}, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("init exits with %d", status)
	}
	base := serveBuilt(t, filepath.Join(dir, "content"))
	if err := os.MkdirAll(*tourFlag, 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, end := chromedp.NewContext(browser)
	defer end()
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	p := &tab{ctx: ctx}
	tour := "# A tour\n\nThe pages of the example site, on 1 December 2026, as `go test ./generator -run TestTour -tour docs/tour` pictures them.\n"
	for _, at := range tourPages {
		p.url = base + "/" + at.page
		tour += fmt.Sprintf("\n## %s\n`/%s`\n\n", at.words, at.page)
		for _, v := range tourViews {
			p.show(t, screen{v.width, v.height, v.scheme})
			p.prefer(t, v.media, "prefers-color-scheme", v.scheme)
			p.do(t, chromedp.Navigate(p.url))
			time.Sleep(300 * time.Millisecond) // scripts that are deferred have their say
			p.do(t, send(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: v.width, Height: v.height, DeviceScaleFactor: 1}))
			file := at.name + "-" + v.name + ".webp"
			if err := os.WriteFile(filepath.Join(*tourFlag, file), picture(t, p.ctx, v.width, v.height, v.scale), 0o644); err != nil {
				t.Fatal(err)
			}
			tour += fmt.Sprintf("![%s, %s](%s/%s)\n", at.words, v.words, filepath.Base(*tourFlag), file)
		}
	}
	if err := os.WriteFile(filepath.Clean(*tourFlag)+".md", []byte(tour), 0o644); err != nil {
		t.Fatal(err)
	}
}

// picture returns what the window shows as WebP, scaled.
func picture(t *testing.T, ctx context.Context, width, height int64, scale float64) []byte {
	t.Helper()
	quality := int64(70)
	data, err := chromedp.Run(ctx, func(ctx context.Context, target *chromedp.Target) ([]byte, error) {
		shot, err := cdp.Call(ctx, target, page.CaptureScreenshot, page.CaptureScreenshotParams{
			Format: page.CaptureScreenshotFormatWebp, Quality: &quality,
			Clip: &page.Viewport{Width: float64(width), Height: float64(height), Scale: scale},
		})
		if err != nil {
			return nil, err
		}
		return shot.Data, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}
