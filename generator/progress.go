package main

import (
	"fmt"
	"io"
	"sync"

	"github.com/nanoprompt/codicil/generator/internal/site"
)

// A progress shows which documents are built: on a terminal as they are
// done, with a count that stays on its line; elsewhere as plain lines in the
// order of the documents.
type progress struct {
	w     io.Writer
	live  bool
	names []string

	mu    sync.Mutex
	ready []string
	next  int // the first document whose plain line is not printed
	built int
}

func newProgress(w io.Writer, names []string) *progress {
	return &progress{w: w, live: isTerminal(w), names: names, ready: make([]string, len(names))}
}

// done shows that document i is finished; entry is empty where it failed.
func (p *progress) done(i int, entry *site.Entry) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.built++
	p.ready[i] = fmt.Sprintf("  %s: %s\n", p.names[i], describe(entry))
	if p.live {
		fmt.Fprintf(p.w, "\r\x1b[K%s  [%d/%d]", p.ready[i], p.built, len(p.names))
		return
	}
	for ; p.next < len(p.ready) && p.ready[p.next] != ""; p.next++ {
		fmt.Fprint(p.w, p.ready[p.next])
	}
}

// close ends the live line.
func (p *progress) close() {
	if p.live {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

func describe(entry *site.Entry) string {
	if entry.Name == "" {
		return "not built"
	}
	return fmt.Sprintf("%s, %s", count(entry.Versions, "version"), count(entry.Redlines, "redline"))
}
