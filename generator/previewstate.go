package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/serve"
)

// follow keeps the preview complete until ctx ends: it reads the documents that
// were not read yet, and turns to the new day at midnight. Failed is told of errors.
func (p *preview) follow(ctx context.Context, failed func(error)) {
	minute := time.NewTicker(time.Minute)
	defer minute.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-p.unread:
			err = p.survey(ctx)
		case <-minute.C:
			err = p.turn()
		}
		if err != nil {
			failed(err)
		}
	}
}

// survey reads every document that was not read yet. Those who look at the list
// of all see it grow.
func (p *preview) survey(ctx context.Context) error {
	p.mu.Lock()
	lib := p.lib
	p.mu.Unlock()
	defer p.broadcast()
	defer every(time.Second, p.broadcast)()
	return lib.each(0, func(_ int, name string) error {
		p.mu.Lock()
		s := p.docs[name]
		wanted := s != nil && !s.known && ctx.Err() == nil
		p.mu.Unlock()
		if !wanted {
			return nil
		}
		defer p.trim()
		s.mu.Lock()
		defer s.mu.Unlock()
		return p.refresh(s)
	})
}

// every calls f again and again until the function that it returns is called.
func every(d time.Duration, f func()) (end func()) {
	ticker, done := time.NewTicker(d), make(chan struct{})
	go func() {
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				f()
			}
		}
	}()
	return func() { close(done) }
}

// patience is how long a fault that is new waits before it is told: an editor
// that is writing a file leaves it empty for a moment.
const patience = 100 * time.Millisecond

// broadcast tells everybody to look at the state again.
func (p *preview) broadcast() {
	p.mu.Lock()
	defer p.mu.Unlock()
	problems := p.problems()
	if !legal.Fatal(problems) {
		p.told = nil
	} else if p.told == nil {
		time.AfterFunc(patience, p.tell)
	} else {
		p.told = faults(problems)
	}
	p.signal()
}

// tell tells the faults that are still there.
func (p *preview) tell() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if problems := p.problems(); legal.Fatal(problems) {
		p.told = faults(problems)
		p.signal()
	}
}

func (p *preview) signal() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// report prints the problems that are new whenever there are others, until ctx
// ends.
func (p *preview) report(ctx context.Context, stdout, stderr io.Writer) {
	var last []legal.Problem
	for {
		p.mu.Lock()
		changed, problems := p.changed, p.problems()
		held := legal.Fatal(problems) && p.told == nil
		p.mu.Unlock()
		if !held && !slices.Equal(problems, last) {
			printProblems(stderr, without(problems, last))
			last = problems
			fmt.Fprintln(stdout, tally(problems))
		}
		select {
		case <-ctx.Done():
			return
		case <-changed:
		}
	}
}

// without returns the problems that are not among known.
func without(problems, known []legal.Problem) []legal.Problem {
	old := map[legal.Problem]bool{}
	for _, p := range known {
		old[p] = true
	}
	return slices.DeleteFunc(slices.Clone(problems), func(p legal.Problem) bool { return old[p] })
}

// State returns the state of a page.
func (p *preview) State(name string) serve.State {
	p.mu.Lock()
	defer p.mu.Unlock()
	count := p.entries
	first, _, _ := strings.Cut(name, "/")
	if s := p.docs[first]; s != nil {
		count = s.count
	}
	return serve.State{
		Token:   fmt.Sprintf("%s-%d-%d", p.started, p.epoch, count),
		Faults:  p.told,
		Changed: p.changed,
	}
}

// problems returns all problems that are known, sorted. The caller holds p.mu.
func (p *preview) problems() []legal.Problem {
	found := [][]legal.Problem{p.lib.problems}
	if p.looks != nil {
		fault, ok := templatesFolder(p.templates).problem(p.looks)
		if !ok {
			fault = legal.Problem{Pos: legal.Pos{File: filepath.ToSlash(p.templates)}, Rule: "template", Msg: p.looks.Error()}
		}
		fault.Hint = "the pages are made with the templates as they were"
		found = append(found, []legal.Problem{fault})
	}
	for _, name := range slices.Sorted(maps.Keys(p.docs)) {
		found = append(found, p.docs[name].problems)
	}
	return legal.SortProblems(slices.Concat(found...))
}

// quoted is how many problems are shown with their lines, which are read for it.
const quoted = 200

// faults returns problems as the server shows them.
func faults(problems []legal.Problem) []serve.Fault {
	out := make([]serve.Fault, len(problems))
	for i, p := range problems {
		f := serve.Fault{Place: p.Pos.String(), Kind: p.Severity.String(), Message: visible(p.Msg) + " [" + p.Rule + "]", Hint: visible(p.Hint)}
		if i < quoted {
			if line, ok := sourceLine(p.Pos); ok {
				signs, at := around(line, p.Col)
				f.Source, f.Column = string(signs), at
			}
		}
		out[i] = f
	}
	return out
}
