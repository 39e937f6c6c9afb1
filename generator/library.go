package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nanoprompt/codicil/generator/internal/check"
	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// A library is the content with its ledger, as every command opens it.
type library struct {
	*legal.Library
	sums     *ledger.Sums
	problems []legal.Problem
}

// openLibrary opens the content in dir. A release that was interrupted there
// is finished first, or undone if it had not been decided.
func openLibrary(dir string, stderr io.Writer) (*library, error) {
	if err := checkFolder(dir); err != nil {
		return nil, err
	}
	finished, err := tree.Recover(dir)
	if err != nil {
		return nil, fmt.Errorf("finish the release that was interrupted: %w", err)
	}
	if finished {
		fmt.Fprintln(stderr, "finished a release that had been interrupted")
	}
	return openFiles(os.DirFS(dir), rootName(dir))
}

func checkFolder(dir string) error {
	if info, err := os.Stat(dir); err != nil {
		return fmt.Errorf("open the content: %w", err)
	} else if !info.IsDir() {
		return fmt.Errorf("open the content: %s is not a folder", dir)
	}
	return nil
}

// rootName returns what the paths in messages begin with.
func rootName(dir string) string { return filepath.ToSlash(filepath.Clean(dir)) }

// errReleased says that a release came between while the content was read.
var errReleased = errors.New("the content was released from while it was read")

// steady calls f, and again as long as a release comes between its readings.
func steady(f func() error) error {
	const tries = 5
	for n := 1; ; n++ {
		if err := f(); !errors.Is(err, errReleased) || n == tries {
			return err
		}
	}
}

// released reports whether the ledger is not what it was when l was opened.
func (l *library) released() bool {
	sums, _, err := ledger.Read(l.Library)
	return err != nil || !sums.Same(l.sums)
}

// document returns the document that name means: its own name or, as shells
// complete it, its folder's path.
func (l *library) document(name string) (string, error) {
	name = strings.TrimPrefix(path.Clean(filepath.ToSlash(name)), l.Root+"/")
	if !slices.Contains(l.Documents, legal.Folder(name)) || !legal.ValidName(name) {
		return "", l.noDocument(name, l.Documents)
	}
	return name, nil
}

func (l *library) noDocument(name string, there []string) error {
	return fmt.Errorf("there is no document %q; there are: %s", name, strings.Join(there, ", "))
}

// text returns the document or translation of that name, which is read with the others of
// its document.
func (l *library) text(name string) (*legal.Document, []legal.Problem, error) {
	doc, problems, err := l.load(legal.Folder(name))
	if err != nil {
		return nil, nil, err
	}
	t := doc.Text(name)
	if t == nil {
		var there []string
		for _, t := range doc.Texts() {
			there = append(there, t.Name)
		}
		return nil, nil, l.noDocument(name, there)
	}
	return t, problems, nil
}

// load reads a document and finds what is wrong with it and its evidence.
func (l *library) load(name string) (*legal.Document, []legal.Problem, error) {
	return l.review(name, &check.Review{})
}

// review reads a document and finds what is wrong with it, as r asks.
func (l *library) review(name string, r *check.Review) (*legal.Document, []legal.Problem, error) {
	doc, problems, err := legal.Load(l.Library, name)
	if err != nil {
		return nil, nil, err
	}
	broken, err := ledger.Verify(l.Library, doc, l.sums)
	if err != nil {
		return nil, nil, err
	}
	return doc, l.judge(doc, append(problems, broken...), r), nil
}

// judge returns the problems of a document that was read with problems, with
// those that the rules find, as r asks.
func (l *library) judge(doc *legal.Document, problems []legal.Problem, r *check.Review) []legal.Problem {
	r.Document, r.Library = doc, l.Library
	problems = check.Apply(l.Site, problems)
	r.Broken = !check.Readable(problems)
	return legal.SortProblems(append(problems, check.Run(r)...))
}

// each calls f for every document, side by side in as many goroutines as
// jobs says (0: one a core), and returns the first error in their order. The
// documents with the most versions come first, so that none is left to one core
// in the end.
func (l *library) each(jobs int, f func(i int, name string) error) error {
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	errs := make([]error, len(l.Documents))
	next := make(chan int)
	var wait sync.WaitGroup
	for range min(jobs, max(1, len(l.Documents))) {
		wait.Go(func() {
			for i := range next {
				errs[i] = f(i, l.Documents[i])
			}
		})
	}
	order := make([]int, len(l.Documents))
	for i := range order {
		order[i] = i
	}
	versions := func(i int) int { return l.sums.Versions(l.Documents[i]) }
	slices.SortStableFunc(order, func(i, j int) int { return versions(j) - versions(i) })
	for _, i := range order {
		next <- i
	}
	close(next)
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// today returns the day it is in the site's time zone.
func today(site legal.Site) legal.Date {
	return legal.DateOf(time.Now().In(site.Zone))
}

// asOf reads the --as-of flag: a day, or today where it is empty.
func asOf(flag string, site legal.Site) (legal.Date, error) {
	if flag == "" {
		return today(site), nil
	}
	return parseDay("--as-of", flag)
}

// parseDay reads a flag's day.
func parseDay(flag, value string) (legal.Date, error) {
	d, err := legal.ParseDate(value)
	if err != nil {
		return d, fmt.Errorf("%s: %w: write it as 2026-01-31", flag, err)
	}
	return d.First(), nil
}

// all returns the library's problems with those found in its documents, sorted.
func (l *library) all(found [][]legal.Problem) []legal.Problem {
	problems := l.problems
	for _, p := range found {
		problems = append(problems, p...)
	}
	return legal.SortProblems(problems)
}

// openFiles opens the content in files, whose paths begin with root in messages.
func openFiles(files fs.FS, root string) (*library, error) {
	lib, problems, err := legal.Open(files, root)
	if err != nil {
		return nil, fmt.Errorf("open the content: %w", err)
	}
	sums, broken, err := ledger.Read(lib)
	if err != nil {
		return nil, err
	}
	problems = append(problems, broken...)
	problems = append(problems, ledger.Missing(lib, sums)...)
	problems = append(problems, check.Settings(lib.Site)...)
	return &library{lib, sums, check.Apply(lib.Site, problems)}, nil
}
