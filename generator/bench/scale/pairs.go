package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"

	"github.com/nanoprompt/codicil/generator/bench"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A comparison is what was found of pairs of real versions: ours of all of
// them, go-diff's of some.
type comparison struct {
	All     int
	History contest // all of a document's with one Comparer, as a build does
	Alone   contest // each by itself, nothing learnt from the others

	Pairs   int
	Peer    contest
	Limit   int     // seconds
	Stopped int     // pairs at which go-diff was stopped, and counted with the limit
	Ratio   float64 // of the pair in the middle, by itself
}

// A contest is the seconds of several comparisons.
type contest struct{ Total, Longest float64 }

func (c *contest) add(seconds float64) {
	c.Total += seconds
	c.Longest = max(c.Longest, seconds)
}

// comparePairs compares neighbouring versions of the real documents. Both
// comparisons get texts that were read before.
func (s *scale) comparePairs() error {
	files := os.DirFS(s.corpora)
	docs, err := bench.Histories(files)
	if err != nil {
		fmt.Fprintln(os.Stderr, "left out: the real documents are not here")
		return nil
	}
	dir := filepath.Join(s.work, "pairs")
	if err := settle(dir); err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	content, err := bench.NewContent(dir, bench.RealSite)
	if err != nil {
		return err
	}
	if err := bench.Write(bench.Real(files, docs, true), content); err != nil {
		return err
	}
	lib, _, err := legal.Open(os.DirFS(dir), "content")
	if err != nil {
		return err
	}
	c := &comparison{Limit: s.pairLimit}
	for _, d := range docs {
		c.All += len(d.Files) - 1
	}
	chosen := spread(c.All, s.pairs)
	var ratios []float64
	n := 0
	for _, name := range lib.Documents {
		doc, _, err := legal.Load(lib, name)
		if err != nil {
			return err
		}
		k := redline.NewComparer()
		for i := 1; i < len(doc.Versions); i++ {
			old, new := doc.Versions[i-1], doc.Versions[i]
			c.History.add(timed(func() { k.Compare(old, new) }))
			alone := timed(func() { redline.Compare(old, new) })
			c.Alone.add(alone)
			if n++; !chosen(n - 1) {
				continue
			}
			peer, err := s.peer(c, redline.Text(old), redline.Text(new))
			if err != nil {
				return fmt.Errorf("compare %s %s: %w", name, new.Number, err)
			}
			ratios = append(ratios, peer/alone)
		}
	}
	slices.Sort(ratios)
	c.Ratio = ratios[len(ratios)/2]
	s.results.Pairs = c
	return nil
}

// spread chooses so many of all, evenly; a negative number is all of them.
func spread(all, some int) func(n int) bool {
	if some < 0 || some > all {
		some = all
	}
	return func(n int) bool { return (n+1)*some/all > n*some/all }
}

func timed(f func()) float64 {
	start := time.Now()
	f()
	return time.Since(start).Seconds()
}

// peer adds the seconds that go-diff takes to c, and returns them. It runs in a
// process of its own, since it can be stopped in no other way that leaves its
// result as it is.
func (s *scale) peer(c *comparison, old, new string) (seconds float64, err error) {
	var names [2]string
	for i, text := range []string{old, new} {
		names[i] = filepath.Join(s.work, "pairs", fmt.Sprintf("text-%d", i))
		if err := os.WriteFile(names[i], []byte(text), 0o644); err != nil {
			return 0, err
		}
	}
	program, err := os.Executable()
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(s.pairLimit)*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, program, "diff", names[0], names[1]).Output()
	switch {
	case ctx.Err() != nil:
		c.Stopped++
		seconds, err = float64(s.pairLimit), nil
	case err == nil:
		err = json.Unmarshal(out, &seconds)
	}
	c.Pairs++
	c.Peer.add(seconds)
	return seconds, err
}

// goDiff compares the words of two texts with go-diff and its semantic
// clean-up, without a limit of time, and prints the seconds. Telling the words
// apart is counted, as it is of our comparison.
func goDiff(oldFile, newFile string) error {
	old, err := os.ReadFile(oldFile)
	if err != nil {
		return err
	}
	new, err := os.ReadFile(newFile)
	if err != nil {
		return err
	}
	took := timed(func() { wordDiff(string(old), string(new)) })
	return json.NewEncoder(os.Stdout).Encode(took)
}

// wordDiff returns what go-diff says of two texts. It knows characters alone,
// so every word is one to it, the same for the same.
func wordDiff(old, new string) []diffmatchpatch.Diff {
	const first, halves = 0x100, 0xd800 // 0x800 halves of pairs are no characters
	var words []string
	known := map[string]rune{}
	encode := func(text string) []rune {
		var list []rune
		for text != "" {
			w := text[:wordEnd(text)]
			text = text[len(w):]
			r, ok := known[w]
			if !ok {
				if r = rune(first + len(words)); r >= halves {
					r += 0x800
				}
				known[w] = r
				words = append(words, w)
			}
			list = append(list, r)
		}
		return list
	}
	a, b := encode(old), encode(new)
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0
	diffs := dmp.DiffCleanupSemantic(dmp.DiffMainRunes(a, b, false))
	for i, d := range diffs {
		var w strings.Builder
		for _, r := range d.Text {
			if r >= halves {
				r -= 0x800
			}
			w.WriteString(words[r-first])
		}
		diffs[i].Text = w.String()
	}
	return diffs
}

// wordEnd returns where the first word of text ends: letters and digits, white
// space, or one other character.
func wordEnd(text string) int {
	kind := -1
	for i, r := range text {
		k := 0
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || r == '_':
			k = 1
		case unicode.IsSpace(r):
			k = 2
		}
		if i > 0 && (k != kind || k == 0) {
			return i
		}
		kind = k
	}
	return len(text)
}
