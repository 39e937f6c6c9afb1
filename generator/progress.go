package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/site"
)

// A progress shows how far a build is: on a terminal each document as it is done,
// and on a line that stays the documents, versions, redlines, the rate and the time
// left; elsewhere plain lines in the order of the documents or, where there are
// many, one line every ten seconds. Documents that are kept as they were are
// counted alone.
type progress struct {
	w     io.Writer
	live  bool
	names []string
	sizes []int // of the documents, in versions
	start time.Time

	mu       sync.Mutex
	lines    []string // of the documents that are done
	done     []bool
	next     int       // the first document whose plain line is not printed
	shown    time.Time // when the last line was
	count    int       // of documents done
	versions int       // of them
	redlines int
	kept     int // versions of documents that were not built
}

// With more documents than this, a log has a line every so often and not one a
// document.
const (
	progressLines = 50
	progressEvery = 10 * time.Second
)

func newProgress(w io.Writer, names []string, sums *ledger.Sums) *progress {
	p := &progress{w: w, live: isTerminal(w), names: names, lines: make([]string, len(names)), done: make([]bool, len(names))}
	for _, name := range names {
		p.sizes = append(p.sizes, sums.Versions(name))
	}
	p.start = time.Now()
	p.shown = p.start
	return p
}

// finish shows that document i is finished.
func (p *progress) finish(i int, r *record) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.count++
	p.done[i] = true
	p.versions += p.sizes[i]
	if r.kept {
		p.kept += p.sizes[i]
	} else {
		p.redlines += r.Entry.Redlines
		p.lines[i] = fmt.Sprintf("  %s: %s\n", p.names[i], describe(&r.Entry))
	}
	switch now := time.Now(); {
	case p.live:
		fmt.Fprintf(p.w, "\r\x1b[K%s  %s", p.lines[i], p.status(now))
	case len(p.names) > progressLines:
		if now.Sub(p.shown) >= progressEvery {
			fmt.Fprintf(p.w, "  %s\n", p.status(now))
			p.shown = now
		}
	default:
		for ; p.next < len(p.done) && p.done[p.next]; p.next++ {
			fmt.Fprint(p.w, p.lines[p.next])
		}
	}
}

// status says how far the build is at a time.
func (p *progress) status(now time.Time) string {
	s := fmt.Sprintf("%d of %s, %s, %s", p.count, count(len(p.names), "document"), count(p.versions, "version"), count(p.redlines, "redline"))
	all := 0
	for _, n := range p.sizes {
		all += n
	}
	passed := now.Sub(p.start)
	built, left := p.versions-p.kept, all-p.versions
	if passed < 2*time.Second || built == 0 || left == 0 {
		return s
	}
	rate := float64(built) / passed.Seconds()
	return s + fmt.Sprintf("; %.0f versions a second, about %s left", rate, about(time.Duration(float64(left)/rate*float64(time.Second))))
}

// about returns a duration in words for people.
func about(d time.Duration) string {
	if d < 90*time.Second {
		return count(max(1, int(d.Round(time.Second)/time.Second)), "second")
	}
	return count(int(d.Round(time.Minute)/time.Minute), "minute")
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
