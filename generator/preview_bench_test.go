package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nanoprompt/codicil/generator/bench"
	"github.com/nanoprompt/codicil/generator/internal/serve"
)

// BenchmarkServeEdit edits a section of a library that is served, by one write,
// and waits for the event that renews the open page, then for the page. The
// times of an edit that it reports are medians. SERVE_CONTENT names a library to
// measure instead of the ones that it makes.
func BenchmarkServeEdit(b *testing.B) {
	for name, shape := range map[string]bench.Shape{
		"documents=50/versions=20":  {Documents: 50, Versions: 50 * 20},
		"documents=1/versions=1000": {Documents: 1, Versions: 1000},
	} {
		b.Run(name, func(b *testing.B) {
			content := filepath.Join(b.TempDir(), "content")
			if err := bench.Make(content, shape, 1); err != nil {
				b.Fatal(err)
			}
			benchServe(b, content)
		})
	}
	if content := os.Getenv("SERVE_CONTENT"); content != "" {
		b.Run("given", func(b *testing.B) { benchServe(b, content) })
	}
}

func benchServe(b *testing.B, content string) {
	base := startServe(b, content)
	documents, err := filepath.Glob(filepath.Join(content, "*", "index.md"))
	if err != nil || len(documents) == 0 {
		b.Fatal("there is no document", err)
	}
	name := filepath.Base(filepath.Dir(documents[len(documents)/2]))
	files, err := filepath.Glob(filepath.Join(content, name, "[0-9]*.md"))
	if err != nil || len(files) == 0 {
		b.Fatal("there is no section", err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = os.WriteFile(files[0], text, 0o644) })
	page := base + "/" + name + "/draft/"
	if err := os.WriteFile(files[0], append(text, "\nThe parties agree.\n"...), 0o644); err != nil {
		b.Fatal(err)
	}
	for !strings.Contains(fetch(b, page), "The parties agree.") {
		runtime.Gosched()
	}
	reloads := follow(b, base, "/"+name+"/draft/")
	<-reloads // the token of nobody's page
	var events, pages []time.Duration
	for b.Loop() {
		edit := fmt.Sprintf("The parties agree on edit %d.", len(events))
		start := time.Now()
		if err := os.WriteFile(files[0], fmt.Appendf(text, "\n%s\n", edit), 0o644); err != nil {
			b.Fatal(err)
		}
		<-reloads
		events = append(events, time.Since(start))
		if body := fetch(b, page); !strings.Contains(body, edit) {
			b.Fatalf("the page is not that of the edit")
		}
		pages = append(pages, time.Since(start))
		for len(reloads) > 0 { // of a file that was seen half written
			<-reloads
		}
	}
	b.ReportMetric(median(events), "ms/event")
	b.ReportMetric(median(pages), "ms/page")
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/1e6, "MB")
}

func median(times []time.Duration) float64 {
	slices.Sort(times)
	return float64(times[len(times)/2].Microseconds()) / 1000
}

// startServe serves content until the test ends, and returns the address once
// every document was read.
func startServe(tb testing.TB, content string) string {
	tb.Helper()
	start := time.Now()
	watch, err := serve.NewWatch(content)
	if err != nil {
		tb.Fatal(err)
	}
	watched := time.Since(start)
	lib, err := openLibrary(content, io.Discard)
	if err != nil {
		tb.Fatal(err)
	}
	p, err := newPreview(lib, serveRequest{content: content, asOf: "2026-12-01"})
	if err != nil {
		tb.Fatal(err)
	}
	l, err := serve.Listen(0)
	if err != nil {
		tb.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.run(ctx, l, watch, io.Discard, io.Discard) }()
	tb.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			tb.Errorf("serve ends with %v", err)
		}
		watch.Close()
	})
	shown := time.Since(start)
	if err := p.survey(ctx); err != nil {
		tb.Fatal(err)
	}
	tb.Logf("watched after %v, shown after %v, all read after %v", watched, shown, time.Since(start))
	return "http://" + l.Addr().String()
}

// follow returns a channel that gets a token each time the page at path is to be
// renewed.
func follow(tb testing.TB, base, path string) chan string {
	tb.Helper()
	response, err := http.Get(base + "/.codicil/events?token=none&page=" + url.QueryEscape(path))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { response.Body.Close() })
	reloads := make(chan string, 1000)
	go func() {
		event := ""
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				event = name
			}
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && event == "reload" {
				reloads <- data
			}
		}
	}()
	return reloads
}

// fetch returns the page at an address.
func fetch(tb testing.TB, address string) string {
	tb.Helper()
	response, err := http.Get(address)
	if err != nil {
		tb.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return string(body)
}
