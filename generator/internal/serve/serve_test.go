package serve

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func site(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"index.html":         "home",
		"terms/index.html":   "terms",
		"terms/feed.atom":    "<feed/>",
		"404.html":           "nothing here",
		".codicil/manifest":  "secret",
		"empty/.keep":        "",
		"../outside.txt":     "outside",
		"assets/style.a.css": "body{}",
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestHandler(t *testing.T) {
	dir := site(t)
	if err := os.Symlink("../outside.txt", filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	handler := Handler(dir)
	for _, c := range []struct {
		host, path string
		status     int
		body, kind string
	}{
		{"localhost:8080", "/", 200, "home", "text/html"},
		{"127.0.0.1", "/terms/", 200, "terms", "text/html"},
		{"[::1]:8080", "/assets/style.a.css", 200, "body{}", "text/css"},
		{"localhost", "/terms/feed.atom", 200, "<feed/>", "application/atom+xml"},
		{"localhost", "/nothing", 404, "nothing here", ""},
		{"localhost", "/empty/", 404, "nothing here", ""},
		{"localhost", "/.codicil/manifest", 404, "nothing here", ""},
		{"localhost", "/../outside.txt", 404, "nothing here", ""},
		{"localhost", "/link.txt", 404, "nothing here", ""},
		{"evil.example", "/", 403, "this machine alone", ""},
		{"127.0.0.1.evil.example", "/", 403, "this machine alone", ""},
		{"192.168.1.2", "/", 403, "this machine alone", ""},
	} {
		r := httptest.NewRequest(http.MethodGet, "http://localhost"+c.path, nil)
		r.Host = c.host
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.body) {
			t.Errorf("%s%s is %d %q, want %d %q", c.host, c.path, w.Code, w.Body.String(), c.status, c.body)
		}
		if c.kind != "" && !strings.HasPrefix(w.Header().Get("Content-Type"), c.kind) {
			t.Errorf("%s%s is of type %q, want %q", c.host, c.path, w.Header().Get("Content-Type"), c.kind)
		}
		if strings.Contains(w.Body.String(), "secret") || strings.Contains(w.Body.String(), "outside") {
			t.Errorf("%s%s gives away %q", c.host, c.path, w.Body.String())
		}
	}
}

// A port that is taken is no reason to fail, and the end of the context is the
// end of the server.
func TestSite(t *testing.T) {
	first, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	l, err := Listen(first.Addr().(*net.TCPAddr).Port)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Site(ctx, l, site(t)) }()
	response, err := http.Get("http://" + l.Addr().String() + "/terms/")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(response.Body)
	response.Body.Close()
	if string(body) != "terms" {
		t.Errorf("the page is %q", body)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("the server ends with %v", err)
	}
}

// A burst of changes is one call, files that an editor replaces by a rename
// count, and so do those in new folders.
func TestWatch(t *testing.T) {
	dir := site(t)
	ctx, cancel := context.WithCancel(context.Background())
	changed := make(chan struct{}, 100)
	ended := make(chan error, 1)
	go func() { ended <- Watch(ctx, dir, func() { changed <- struct{}{} }) }()
	// The watch may not be there yet: write until it answers, and leave it the
	// time to see that a burst is over.
	write := func(name string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Error(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte("new"), 0o644); err != nil {
			t.Error(err)
		}
	}
	for waiting := true; waiting; {
		write("terms/index.html")
		select {
		case <-changed:
			waiting = false
		case <-time.After(10 * quiet):
		}
	}
	write("terms/.index.md.swp.tmp")
	if err := os.Rename(filepath.Join(dir, "terms/.index.md.swp.tmp"), filepath.Join(dir, "terms/index.html")); err != nil {
		t.Fatal(err)
	}
	<-changed
	write("privacy/versions/new.md")
	<-changed
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("the watch ends with %v", err)
	}
}
