// Package serve shows a built site on this machine alone, and tells when its
// sources change.
//
// It answers on 127.0.0.1, to requests that name this machine as their host:
// a page from elsewhere must not read drafts through the reader's browser.
package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Listen opens port on 127.0.0.1, or a free one where that is taken.
func Listen(port int) (net.Listener, error) {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err == nil {
		return l, nil
	}
	return net.Listen("tcp", "127.0.0.1:0")
}

// Site serves the files in dir on l until ctx ends, and then finishes what it
// is answering.
func Site(ctx context.Context, l net.Listener, dir string) error {
	server := &http.Server{Handler: Handler(dir), ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve %s: %w", dir, err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := server.Shutdown(last); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stop serving: %w", err)
	}
	return nil
}

// Handler answers requests of this machine with the files in dir, and with
// its 404.html where there is none.
func Handler(dir string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !local(r.Host) {
			http.Error(w, "this address answers to this machine alone", http.StatusForbidden)
			return
		}
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		serveFile(w, r, dir)
	})
}

// local reports whether host, of a request, means this machine.
func local(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	if name == "localhost" {
		return true
	}
	ip := net.ParseIP(strings.Trim(name, "[]"))
	return ip != nil && ip.IsLoopback()
}

func serveFile(w http.ResponseWriter, r *http.Request, dir string) {
	name := path.Clean("/" + r.URL.Path)
	root, err := os.OpenRoot(dir)
	if err != nil {
		http.Error(w, "the site is not built", http.StatusInternalServerError)
		return
	}
	defer root.Close()
	if hidden(name) || !exists(root, name) {
		w.WriteHeader(http.StatusNotFound)
		page, err := os.ReadFile(filepath.Join(dir, "404.html"))
		if err != nil {
			page = []byte("not found\n")
		}
		_, _ = w.Write(page)
		return
	}
	switch path.Ext(name) {
	case ".atom":
		w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	case ".md":
		w.Header().Set("Content-Type", "text/markdown; charset=utf-8")
	}
	http.FileServerFS(root.FS()).ServeHTTP(w, r)
}

// hidden reports whether name is below a folder of the build's own.
func hidden(name string) bool { return strings.Contains(name, "/.") }

// exists reports whether name is a file, or a folder with a page.
func exists(root *os.Root, name string) bool {
	name = strings.TrimPrefix(name, "/")
	if name == "" {
		name = "."
	}
	info, err := root.Stat(name)
	if err == nil && info.IsDir() {
		_, err = root.Stat(path.Join(name, "index.html"))
	}
	return err == nil
}
