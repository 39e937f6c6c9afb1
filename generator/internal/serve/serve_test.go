package serve

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

const testPage = `<!DOCTYPE html><html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'"></head><body>WORDS</body></html>`

// A fake is a site of a few files.
type fake struct {
	mu    sync.Mutex
	files map[string]string
	state State
	past  chan struct{} // closed when the state is another one
}

func newFake() *fake {
	page := func(words string) string { return strings.Replace(testPage, "WORDS", words, 1) }
	past := make(chan struct{})
	return &fake{
		past: past,
		files: map[string]string{
			"index.html":         page("home"),
			"terms/index.html":   page("terms"),
			"terms/feed.atom":    "<feed/>",
			"terms/timemap.link": "<x>; rel=self",
			"terms/notes.md":     "# Notes",
			"404.html":           page("nothing here"),
			"assets/style.a.css": "body{}",
		},
		state: State{Token: `1"<`, Changed: past},
	}
}

func (f *fake) preview() Preview {
	return Preview{
		File: func(name string) ([]byte, error) {
			switch data, ok := f.files[name]; {
			case name == "faulty/index.html":
				return nil, ErrNotBuilt
			case name == "broken/index.html":
				return nil, errors.New("<disk>")
			case ok:
				return []byte(data), nil
			}
			return nil, fs.ErrNotExist
		},
		State: func(string) State {
			f.mu.Lock()
			defer f.mu.Unlock()
			return f.state
		},
	}
}

// set changes the state.
func (f *fake) set(token string, faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.past)
	f.past = make(chan struct{})
	f.state = State{token, faults, f.past}
}

func get(handler http.Handler, method, address string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, address, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

func TestHandler(t *testing.T) {
	handler := Handler(newFake().preview())
	for _, c := range []struct {
		path   string
		status int
		body   string
		kind   string
	}{
		{"/", 200, "home", "text/html; charset=utf-8"},
		{"/index.html", 200, "home", "text/html; charset=utf-8"},
		{"/terms/", 200, "terms", "text/html; charset=utf-8"},
		{"/terms", 301, "", ""},
		{"/assets/style.a.css", 200, "body{}", "text/css; charset=utf-8"},
		{"/terms/timemap.link", 200, "<x>; rel=self", "application/link-format"},
		{"/terms/feed.atom", 200, "<feed/>", "application/atom+xml; charset=utf-8"},
		{"/terms/notes.md", 200, "# Notes", "text/markdown; charset=utf-8"},
		{"/nothing", 404, "nothing here", "text/html; charset=utf-8"},
		{"/assets/", 404, "nothing here", "text/html; charset=utf-8"},
		{"/../terms/", 200, "terms", "text/html; charset=utf-8"},
		{"/faulty/", 503, "could not be built yet", "text/html; charset=utf-8"},
		{"/broken/", 500, "&lt;disk&gt;", "text/html; charset=utf-8"},
		{"/.codicil/reload.js", 200, "EventSource", "text/javascript; charset=utf-8"},
		{"/.codicil/overlay.css", 200, "#codicil_faults", "text/css; charset=utf-8"},
		{"/.codicil/manifest", 404, "", ""},
	} {
		w := get(handler, http.MethodGet, "http://localhost:8080"+c.path)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.body) {
			t.Errorf("%s is %d %q, want %d %q", c.path, w.Code, w.Body, c.status, c.body)
		}
		if kind := w.Header().Get("Content-Type"); c.kind != "" && kind != c.kind {
			t.Errorf("%s is of type %q, want %q", c.path, kind, c.kind)
		}
		if head := get(handler, http.MethodHead, "http://localhost:8080"+c.path); c.kind != "" && (head.Code != c.status || head.Body.Len() > 0) {
			t.Errorf("HEAD %s is %d with %d bytes, want %d and none", c.path, head.Code, head.Body.Len(), c.status)
		}
	}
	if to := get(handler, http.MethodGet, "http://localhost//evil.example/../terms").Header().Get("Location"); to != "terms/" {
		t.Errorf("a folder without a slash leads to %q", to)
	}
}

// Only pages of a site that is edited get the script, before their own, and their policy
// allows scripts of the site and nothing more.
func TestFollow(t *testing.T) {
	site := newFake()
	for _, c := range []struct {
		path   string
		follow bool
	}{{"/", true}, {"/nothing", true}, {"/faulty/", true}, {"/terms/notes.md", false}, {"/assets/style.a.css", false}} {
		body := get(Handler(site.preview()), http.MethodGet, "http://localhost:8080"+c.path).Body.String()
		script := strings.Contains(body, `<script src="/.codicil/reload.js" data-token="1&#34;&lt;" defer></script>`)
		policy := strings.Contains(body, `content="default-src 'none'; script-src 'self'; style-src 'self'`)
		if script != c.follow || policy != c.follow {
			t.Errorf("%s has the script: %v, and the policy: %v, want %v:\n%s", c.path, script, policy, c.follow, body)
		}
	}
	scripted := string(follow([]byte(`<head><meta content="default-src 'none'; script-src 'self'; style-src 'self'"></head>`), "1"))
	if !strings.Contains(scripted, `content="default-src 'none'; script-src 'self'; style-src 'self'"`) {
		t.Errorf("a page with a script of its own becomes %s", scripted)
	}
	ordered := string(follow([]byte(`<head><script defer src="a.js"></script></head>`), "1"))
	if reload, own := strings.Index(ordered, "reload.js"), strings.Index(ordered, "a.js"); reload < 0 || reload > own {
		t.Errorf("the page's own script comes first: %s", ordered)
	}
	still := Handler(Preview{File: site.preview().File})
	if body := get(still, http.MethodGet, "http://localhost/").Body.String(); body != site.files["index.html"] {
		t.Errorf("the page of a site that stays as it is was changed:\n%s", body)
	}
	if w := get(still, http.MethodGet, "http://localhost/.codicil/reload.js"); w.Code != http.StatusNotFound {
		t.Errorf("a site that stays as it is has a script: %d", w.Code)
	}
}

// A page from elsewhere learns nothing, by whatever way it asks.
func TestGuard(t *testing.T) {
	handler := Handler(newFake().preview())
	for _, c := range []struct {
		method, host string
		header       []string
		status       int
	}{
		{"GET", "localhost:8080", nil, 200},
		{"GET", "LOCALHOST", nil, 200},
		{"GET", "127.0.0.1:8080", nil, 200},
		{"GET", "[::1]:8080", nil, 200},
		{"GET", "evil.example", nil, 403}, // DNS rebinding
		{"GET", "127.0.0.1.evil.example:8080", nil, 403},
		{"GET", "localhost.evil.example", nil, 403},
		{"GET", "192.168.1.2:8080", nil, 403},
		{"GET", "0.0.0.0:8080", nil, 403},
		{"GET", "localhost:8080", []string{"Origin", "http://localhost:8080"}, 200},
		{"GET", "localhost:8080", []string{"Origin", "http://evil.example"}, 403},
		{"GET", "localhost:8080", []string{"Origin", "http://localhost:3000"}, 403},
		{"GET", "localhost:8080", []string{"Origin", "https://localhost:8080"}, 403},
		{"GET", "localhost:8080", []string{"Origin", "null"}, 403},
		{"GET", "localhost:8080", []string{"Sec-Fetch-Site", "same-origin"}, 200},
		{"GET", "localhost:8080", []string{"Sec-Fetch-Site", "none", "Sec-Fetch-Mode", "navigate"}, 200},
		{"GET", "localhost:8080", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}, 403},
		{"GET", "localhost:8080", []string{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "cors"}, 403},
		{"GET", "localhost:8080", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, 200},
		{"GET", "localhost:8080", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}, 403},
		{"POST", "localhost:8080", nil, 405},
		{"PUT", "localhost:8080", nil, 405},
		{"DELETE", "localhost:8080", nil, 405},
		{"OPTIONS", "localhost:8080", []string{"Origin", "http://evil.example"}, 403},
	} {
		for _, path := range []string{"/terms/", "/.codicil/reload.js"} {
			w := get(handler, c.method, "http://"+c.host+path, c.header...)
			if w.Code != c.status {
				t.Errorf("%s %s of %s with %q is %d, want %d", c.method, path, c.host, c.header, w.Code, c.status)
			}
			if c.status != 200 && strings.Contains(w.Body.String(), "terms") {
				t.Errorf("%s %s of %s with %q gives away %q", c.method, path, c.host, c.header, w.Body)
			}
			if w.Header().Get("Access-Control-Allow-Origin") != "" || w.Header().Get("Cross-Origin-Resource-Policy") != "same-origin" {
				t.Errorf("%s of %s lets others read: %v", path, c.host, w.Header())
			}
		}
	}
	if w := get(handler, http.MethodPost, "http://localhost/"); w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("a POST is told to use %q", w.Header().Get("Allow"))
	}
}

// A stream tells what the page has missed, then what comes.
func TestEvents(t *testing.T) {
	site := newFake()
	server := httptest.NewServer(Handler(site.preview()))
	defer server.Close()
	response, err := http.Get(server.URL + "/.codicil/events?page=/terms/&token=old")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("the stream is of type %q", kind)
	}
	lines := bufio.NewScanner(response.Body)
	next := func(want ...string) {
		t.Helper()
		for _, want := range append(want, "") {
			if !lines.Scan() || lines.Text() != want {
				t.Fatalf("the stream says %q, want %q", lines.Text(), want)
			}
		}
	}
	next("retry: 500")
	next("event: reload", `data: 1"<`)
	site.set(`1"<`, Fault{Place: "a.md:1:2", Kind: "error", Message: "</script>\n"})
	next("event: faults", `data: [{"place":"a.md:1:2","kind":"error","message":"\u003c/script\u003e\n"}]`)
	site.set("2")
	next("event: reload", "data: 2")
	next("event: faults", "data: []")
}

func TestManyFaults(t *testing.T) {
	text := encode(make([]Fault, 10_000))
	if n := strings.Count(text, `"kind"`); n != mostFaults+1 || !strings.Contains(text, "and 9800 more") {
		t.Errorf("of 10,000 faults %d are told: …%s", n, text[len(text)-80:])
	}
}

// A port that is taken is no reason to fail, and the end of the context is the
// end of the server, whoever listens to it.
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
	go func() { ended <- Site(ctx, l, newFake().preview()) }()
	response, err := http.Get("http://" + l.Addr().String() + "/.codicil/events?page=/terms/")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	start := time.Now()
	cancel()
	if err := <-ended; err != nil || time.Since(start) > time.Second {
		t.Errorf("the server ends with %v after %v", err, time.Since(start))
	}
}
