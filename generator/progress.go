package main

import (
	"fmt"
	"io"
	"sync"

	"github.com/nanoprompt/codicil/generator/internal/site"
)

// A progress shows which documents are built: on a terminal as they are
// done, with a count that stays on its line; elsewhere as plain lines in the
// order of the documents. Those that are kept as they were are counted alone.
type progress struct {
	w     io.Writer
	live  bool
	names []string

	mu    sync.Mutex
	lines []string // of the documents that are done
	done  []bool
	next  int // the first document whose plain line is not printed
	count int // of those done
}

func newProgress(w io.Writer, names []string) *progress {
	return &progress{w: w, live: isTerminal(w), names: names, lines: make([]string, len(names)), done: make([]bool, len(names))}
}

// finish shows that document i is finished.
func (p *progress) finish(i int, r *record) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.count++
	p.done[i] = true
	if !r.kept {
		p.lines[i] = fmt.Sprintf("  %s: %s\n", p.names[i], describe(&r.Entry))
	}
	if p.live {
		fmt.Fprintf(p.w, "\r\x1b[K%s  [%d/%d]", p.lines[i], p.count, len(p.names))
		return
	}
	for ; p.next < len(p.done) && p.done[p.next]; p.next++ {
		fmt.Fprint(p.w, p.lines[p.next])
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
