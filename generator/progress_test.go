package main

import (
	"strings"
	"testing"
	"time"

	"github.com/nanoprompt/codicil/generator/internal/site"
)

func TestProgressStatus(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var w strings.Builder
	p := &progress{w: &w, names: make([]string, 60), sizes: make([]int, 60), lines: make([]string, 60), done: make([]bool, 60), start: start}
	for i := range p.sizes {
		p.sizes[i] = 10
	}
	p.finish(0, &record{kept: true})
	p.finish(1, &record{Entry: site.Entry{Name: "terms", Versions: 10, Redlines: 18}})
	for _, c := range []struct {
		after time.Duration
		want  string
	}{
		{time.Second, "2 of 60 documents, 20 versions, 18 redlines"},
		{5 * time.Second, "2 of 60 documents, 20 versions, 18 redlines; 2 versions a second, about 5 minutes left"},
	} {
		if got := p.status(start.Add(c.after)); got != c.want {
			t.Errorf("status after %v = %q, want %q", c.after, got, c.want)
		}
	}
	if strings.Count(w.String(), "\n") > 1 {
		t.Errorf("a log of many documents has a line for each:\n%s", w.String())
	}
	for d, want := range map[time.Duration]string{100 * time.Millisecond: "1 second", 89 * time.Second: "89 seconds", 100 * time.Second: "2 minutes"} {
		if got := about(d); got != want {
			t.Errorf("about(%v) = %q, want %q", d, got, want)
		}
	}
}
