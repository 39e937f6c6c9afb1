// Package serve shows a site on this machine alone while it is edited.
//
// It answers GET and HEAD on 127.0.0.1, to requests that name this machine as
// their host and come from no other site: a page from elsewhere must not read
// drafts through the reader's browser, be it by a name of its own that leads to
// 127.0.0.1 (DNS rebinding) or by asking for the address itself.
//
// # What is added to pages
//
// A page of a [Preview] gets a script and a style sheet of the server's own, and
// its Content-Security-Policy the permission for them:
//
//	/.codicil/reload.js     follows the events, renews the page and shows faults
//	/.codicil/overlay.css   the look of the faults
//	/.codicil/events        the events: what the page with a token has missed
//
// The events are server-sent ones (HTML, section 9.2) of two types:
//
//	event: reload           the page is not what it was
//	data: TOKEN
//
//	event: faults           all that keeps the site from being built
//	data: [{"place":"content/terms/10-fees.md:3:1","message":"…"}]
//
// Their stream tells states and not changes: it names the token that the page was
// made with, so that nothing is lost while no stream is open.
package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// A Preview is a site that is being edited. Its functions may be called by
// several goroutines.
type Preview struct {
	// File returns a file by its path, e.g. "terms/index.html". The error is
	// fs.ErrNotExist where there is none, and ErrNotBuilt where faults are in
	// its way.
	File func(name string) ([]byte, error)

	// State returns what there is to know of a page; nil: the site stays as it is.
	State func(name string) State
}

// ErrNotBuilt is the error for a file that could not be made from faulty content.
var ErrNotBuilt = errors.New("the content has faults")

// A State is that of a page at one moment.
type State struct {
	Token   string          // another one once the page is not what it was
	Faults  []Fault         // what keeps the site from being built
	Changed <-chan struct{} // closed when the state may be another one
}

// A Fault is something wrong in the content.
type Fault struct {
	Place   string `json:"place"`            // file, line and column
	Kind    string `json:"kind"`             // error or warning
	Message string `json:"message"`          // with its rule
	Source  string `json:"source,omitempty"` // the line of the file
	Column  int    `json:"column,omitempty"` // in the line, of the sign that is meant, from 0
	Hint    string `json:"hint,omitempty"`   // what to do
}

// Listen opens port on 127.0.0.1, or a free one where that is taken.
func Listen(port int) (net.Listener, error) {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err == nil {
		return l, nil
	}
	return net.Listen("tcp", "127.0.0.1:0")
}

// Site shows p on l until ctx ends, and then finishes what it is answering.
// Streams of events end with ctx.
func Site(ctx context.Context, l net.Listener, p Preview) error {
	server := &http.Server{
		Handler:           Handler(p),
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := server.Shutdown(last); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stop serving: %w", err)
	}
	return nil
}

// Handler answers requests of this machine with the files of p, and with its
// 404.html where there is none.
func Handler(p Preview) http.Handler {
	return guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		if name, own := strings.CutPrefix(r.URL.Path, ownPath); own && p.State != nil {
			p.own(w, r, name)
			return
		}
		p.answer(w, r)
	}))
}

// answer answers with a file of the site.
func (p Preview) answer(w http.ResponseWriter, r *http.Request) {
	name := fileOf(r.URL.Path)
	data, token, err := p.read(name)
	if errors.Is(err, fs.ErrNotExist) && path.Base(name) != "index.html" {
		if _, folder := p.File(name + "/index.html"); folder == nil {
			w.Header().Set("Location", path.Base(name)+"/") // relative, so that it leads to no other host
			w.WriteHeader(http.StatusMovedPermanently)
			return
		}
	}
	switch {
	case err == nil && path.Base(name) != "index.html":
		p.send(w, r, name, data)
	case err == nil:
		p.page(w, r, http.StatusOK, data, token)
	case errors.Is(err, fs.ErrNotExist):
		if data, err = p.File("404.html"); err != nil {
			data = bare("Not found")
		}
		p.page(w, r, http.StatusNotFound, data, token)
	case errors.Is(err, ErrNotBuilt):
		p.page(w, r, http.StatusServiceUnavailable, bare("This page could not be built yet"), token)
	default:
		p.page(w, r, http.StatusInternalServerError, bare("The page could not be built: "+err.Error()), token)
	}
}

// read returns a file and the token of its state, which is not newer than it.
func (p Preview) read(name string) (data []byte, token string, err error) {
	if p.State != nil {
		token = p.State(name).Token
	}
	data, err = p.File(name)
	return data, token, err
}

// fileOf returns the file that a path of the site means.
func fileOf(urlPath string) string {
	name := strings.TrimPrefix(path.Clean("/"+urlPath), "/")
	if name == "" || strings.HasSuffix(urlPath, "/") {
		name = path.Join(name, "index.html")
	}
	return name
}

// send answers with a file that is no page.
func (p Preview) send(w http.ResponseWriter, r *http.Request, name string, data []byte) {
	switch path.Ext(name) {
	case ".atom":
		w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	case ".link":
		w.Header().Set("Content-Type", "application/link-format")
	case ".md":
		w.Header().Set("Content-Type", "text/markdown; charset=utf-8")
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}
