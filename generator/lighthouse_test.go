package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The pages that Lighthouse looks at: a policy, a redline and a changelog.
var lighthousePages = []string{"terms-of-service/", "terms-of-service/changes/2.0.0/", "terms-of-service/changes/"}

// wantedScores are Lighthouse's scores of 100. That for performance depends on the
// machine: it is asked for where LIGHTHOUSE is set (make lighthouse).
var wantedScores = map[string]float64{"accessibility": 100, "best-practices": 100, "seo": 100}

const wantedPerformance = 98

// TestLighthouse asks Lighthouse for its scores of pages as a host serves them:
// compressed, over HTTP.
func TestLighthouse(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	node, program := installed(t, "node", "lighthouse/cli/index.js")
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no chromium")
	}
	dir := filepath.Join(t.TempDir(), "example")
	if status := run([]string{"init", dir}, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("init exits with %d", status)
	}
	out := filepath.Join(t.TempDir(), "public")
	args := []string{"build", "--content", filepath.Join(dir, "content"), "--out", out, "--as-of", "2026-12-01"}
	if status := run(args, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("build exits with %d", status)
	}
	server := httptest.NewServer(gzipped(http.FileServer(http.Dir(out))))
	t.Cleanup(server.Close)
	wanted := map[string]float64{}
	for name, score := range wantedScores {
		wanted[name] = score
	}
	if os.Getenv("LIGHTHOUSE") != "" {
		wanted["performance"] = wantedPerformance
	}
	for _, page := range lighthousePages {
		t.Run(strings.Trim(page, "/"), func(t *testing.T) {
			for name, score := range lighthouse(t, node, program, chromium, server.URL+"/"+page, wanted) {
				if score < wanted[name] {
					t.Errorf("%s is %.0f, want at least %.0f", name, score, wanted[name])
				}
			}
		})
	}
}

// lighthouse returns the scores of a page in the wanted categories, and logs what is
// not as good as it could be.
func lighthouse(t *testing.T, node, program, chromium, url string, wanted map[string]float64) map[string]float64 {
	t.Helper()
	var names []string
	for name := range wanted {
		names = append(names, name)
	}
	report := filepath.Join(t.TempDir(), "report.json")
	ctx, end := context.WithTimeout(context.Background(), 3*time.Minute)
	defer end()
	c := exec.CommandContext(ctx, node, program, url, "--quiet", "--no-enable-error-reporting", "--output=json", "--output-path="+report,
		"--only-categories="+strings.Join(names, ","),
		"--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-dev-shm-usage "+
			"--disable-background-networking --disable-component-update --disable-sync --disable-extensions")
	c.Env = append(os.Environ(), "CHROME_PATH="+chromium)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("lighthouse: %v\n%s", err, out)
	}
	data, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	var result struct {
		Categories map[string]struct {
			Score     *float64
			AuditRefs []struct {
				ID     string
				Weight float64
			}
		}
		Audits map[string]struct {
			Title        string
			Score        *float64
			DisplayValue string
			Explanation  string
		}
	}
	if err := json.Unmarshal(data, &result); err != nil {
		t.Fatal(err)
	}
	scores := map[string]float64{}
	for name := range wanted {
		category := result.Categories[name]
		if category.Score == nil {
			t.Fatalf("lighthouse gives no score for %s", name)
		}
		scores[name] = 100 * *category.Score
		said := fmt.Sprintf("%s %.0f", name, scores[name])
		for _, ref := range category.AuditRefs {
			if a := result.Audits[ref.ID]; ref.Weight > 0 && a.Score != nil && *a.Score < 1 {
				said += fmt.Sprintf("\n  %s: %s %s %s", ref.ID, a.Title, a.DisplayValue, a.Explanation)
			}
		}
		t.Log(said)
	}
	return scores
}

// gzipped compresses what h serves, as hosts do.
func gzipped(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Cache-Control", "max-age=31536000")
		z := gzip.NewWriter(w)
		defer z.Close()
		r.Header.Del("Range")
		h.ServeHTTP(gzipWriter{w, z}, r)
	})
}

type gzipWriter struct {
	http.ResponseWriter
	z io.Writer
}

func (w gzipWriter) WriteHeader(status int) {
	w.Header().Del("Content-Length")
	w.ResponseWriter.WriteHeader(status)
}

func (w gzipWriter) Write(data []byte) (int, error) { return w.z.Write(data) }
