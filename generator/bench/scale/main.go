// Scale measures how a build grows, beside Hugo, which renders the same
// Markdown without comparing anything, and writes what it found as a page.
//
//	go run ./generator/bench/scale -sizes "1000 5000" -page generator/docs/scale.md
//
// Every figure of a build is one of whole processes. What is found of a size is
// kept in the work folder, so that sizes can be measured one by one; the page
// shows all that the same tool gave.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

func main() {
	err := run(os.Args[1:])
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "scale:", err)
		os.Exit(2)
	}
}

// run runs the command. Small processes that are measured, or that measure
// others, are this program again, with the first of its arguments as their name.
func run(args []string) error {
	if len(args) > 0 {
		switch args[0] {
		case "time":
			return timeProcess(args[1:])
		case "list":
			return list(args[1])
		case "write":
			return rewrite(args[1], args[2])
		case "diff":
			return goDiff(args[1], args[2])
		}
	}
	b, err := parse(args)
	if err != nil {
		return err
	}
	return b.measure()
}

// A scale is what the flags ask for.
type scale struct {
	work, codicil, hugo string
	corpora             string
	page                string
	sizes, real         []int
	documents, versions []int // the growth
	runs, growthRuns    int
	pairs               int
	pairLimit           int // seconds
	results             results
}

func parse(args []string) (*scale, error) {
	s := &scale{}
	f := flag.NewFlagSet("scale", flag.ContinueOnError)
	f.StringVar(&s.work, "work", "bin/bench", "folder for what is made; the libraries in it go when they are measured")
	f.StringVar(&s.codicil, "codicil", "bin/codicil", "the tool")
	f.StringVar(&s.corpora, "corpora", "../shared/corpora", "folder of real documents; what needs them is left out where it is missing")
	f.StringVar(&s.page, "page", "", "page to write; its picture lies beside it (default: print the page)")
	f.IntVar(&s.runs, "runs", 5, "alternating runs of each tool")
	f.IntVar(&s.growthRuns, "growth-runs", 3, "runs for a point of the growth")
	f.IntVar(&s.pairs, "pairs", 0, "pairs of real versions to compare with go-diff, spread over all; -1: all")
	f.IntVar(&s.pairLimit, "pair-limit", 60, "seconds after which go-diff is stopped")
	lists := map[string]*[]int{"sizes": &s.sizes, "real": &s.real, "documents": &s.documents, "versions": &s.versions}
	for name, doc := range map[string]string{
		"sizes":     "versions of the libraries to build beside Hugo, e.g. \"1000 5000\"",
		"real":      "versions of the libraries of real documents to build beside Hugo",
		"documents": "documents, of ten versions, whose growth is measured",
		"versions":  "versions of one document whose growth is measured",
	} {
		f.Func(name, doc, func(text string) (err error) {
			*lists[name], err = numbers(text)
			return err
		})
	}
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	for _, p := range []*string{&s.work, &s.codicil} {
		var err error
		if *p, err = filepath.Abs(*p); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func numbers(text string) ([]int, error) {
	var list []int
	for _, field := range strings.Fields(text) {
		n, err := strconv.Atoi(field)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%q is not a number of versions or documents", field)
		}
		list = append(list, n)
	}
	return list, nil
}

// measure measures what was asked for, and writes the page.
func (s *scale) measure() error {
	if err := s.load(); err != nil {
		return err
	}
	if len(s.sizes)+len(s.real) > 0 {
		if err := s.installHugo(); err != nil {
			return err
		}
	}
	for _, step := range []struct {
		of  []int
		run func(n int) error
	}{
		{s.sizes, s.madeSize}, {s.real, s.realSize}, {s.versions, s.growVersions}, {s.documents, s.growDocuments},
	} {
		for _, n := range step.of {
			if err := step.run(n); err != nil {
				return err
			}
			if err := s.save(); err != nil {
				return err
			}
		}
	}
	if s.pairs != 0 {
		if err := s.comparePairs(); err != nil {
			return err
		}
		if err := s.save(); err != nil {
			return err
		}
	}
	return s.writePage()
}
