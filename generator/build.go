package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/engine"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/site"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// A buildRequest is what the flags of build ask for.
type buildRequest struct {
	content, out string
	asOf         string
	drafts       bool
	templates    string
	noCache      bool
	jobs         int
}

func buildCommand() *cobra.Command {
	var r buildRequest
	var p profile
	c := &cobra.Command{
		Use:   "build",
		Short: "Build the site from the content",
		Long: `Build reads the content, checks it, and writes the site: every version of every
document, its redlines, changelogs and feeds. If a problem is an error, nothing
is written and the published site stays as it is.

The site shows the day of --as-of: which version is in force, which is upcoming,
and what Last Updated says. The same content and day give the same bytes.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := apart(r.content, r.out); err != nil {
				return err
			}
			return p.record(func() error {
				built, err := build(r, c.ErrOrStderr())
				if err == nil {
					built.report(c.OutOrStdout(), r.out)
				}
				return err
			})
		},
	}
	contentFlag(c, &r.content)
	p.flags(c)
	f := c.Flags()
	f.StringVar(&r.out, "out", "public", "folder of the site")
	f.StringVar(&r.asOf, "as-of", "", "day that the site shows, e.g. 2026-01-31 (default: today in the site's time zone)")
	f.BoolVar(&r.drafts, "drafts", false, "publish the drafts as well, marked as such")
	templatesFlag(c, &r.templates)
	f.BoolVar(&r.noCache, "no-cache", false, "build every document, changed or not; the site is the same")
	f.IntVar(&r.jobs, "jobs", 0, "documents built at the same time (default: one a core)")
	return c
}

// A built says what a build made.
type built struct {
	entries []site.Entry
	asOf    legal.Date
	tree.Result
}

// apart refuses a site inside its own content, and the reverse: a build would
// take the one for the other.
func apart(content, out string) error {
	a, err1 := filepath.Abs(content)
	b, err2 := filepath.Abs(out)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		if rel, err := filepath.Rel(pair[0], pair[1]); err == nil && filepath.IsLocal(rel) {
			return fmt.Errorf("--out %s and --content %s lie in each other: build into a folder of its own", out, content)
		}
	}
	return nil
}

// build makes the site.
func build(r buildRequest, stderr io.Writer) (b *built, err error) {
	err = steady(func() error {
		b, err = buildOnce(r, stderr)
		return err
	})
	return b, err
}

// browserEngine returns what browsers compare versions with, or nil where the tool was
// built without.
func browserEngine() (*site.Engine, error) {
	script, module, err := engine.Read()
	if module == nil || err != nil {
		return nil, err
	}
	return &site.Engine{Script: script, Module: module}, nil
}

// buildOnce is the whole flow: documents are read, checked, rendered and let go
// side by side, and what they gave is published in one step, or not at all.
func buildOnce(r buildRequest, stderr io.Writer) (*built, error) {
	lib, err := openLibrary(r.content, stderr)
	if err != nil {
		return nil, err
	}
	day, err := asOf(r.asOf, lib.Site)
	if err != nil {
		return nil, err
	}
	stage, err := tree.NewStage(r.out)
	if err != nil {
		return nil, err
	}
	defer stage.Discard()
	engine, err := browserEngine()
	if err != nil {
		return nil, err
	}
	own := templatesOf(r.templates, r.content)
	pages, err := site.New(lib.Library, day, site.Options{Drafts: r.drafts, Engine: engine, Templates: own.files()})
	if err != nil {
		return nil, own.report(err, stderr)
	}
	memory, err := openCache(stage, lib, r, day, pages.Look())
	if err != nil {
		return nil, fmt.Errorf("open the cache: %w", err)
	}
	records := make([]record, len(lib.Documents))
	show := newProgress(stderr, lib.Documents, lib.sums)
	err = lib.each(r.jobs, func(i int, name string) error {
		defer show.finish(i, &records[i])
		return buildDocument(name, lib, pages, memory, stage.Part(name), &records[i])
	})
	show.close()
	problems := lib.all(problemsOf(records))
	if legal.Fatal(problems) && lib.released() {
		return nil, errReleased
	}
	printProblems(stderr, problems)
	if err != nil {
		return nil, own.report(err, stderr)
	}
	if legal.Fatal(problems) {
		fmt.Fprintf(stderr, "%s: nothing was built, %s is as it was\n", tally(problems), filepath.ToSlash(r.out))
		return nil, errContent
	}
	return publish(pages, records, stage, day, stderr)
}

// buildDocument makes the document's part of the site, or keeps it where nothing
// that it depends on has changed.
func buildDocument(name string, lib *library, pages *site.Builder, memory *cache, part *tree.Part, r *record) error {
	known, err := memory.recall(name, part, r)
	if err != nil {
		return err
	}
	if known {
		return memory.keep(name, part, r)
	}
	doc, problems, err := lib.load(name)
	if r.Problems = problems; err != nil || legal.Fatal(problems) || legal.Fatal(lib.problems) {
		return err
	}
	r.Entry, r.memory, err = pages.Document(doc, lib.sums.Hash, memory.pages(name, part), part.Add)
	if err != nil {
		return fmt.Errorf("build %s: %w", name, err)
	}
	memory.learn(doc, r)
	return memory.keep(name, part, r)
}

// publish adds what is shared by all documents and commits the stage.
func publish(pages *site.Builder, records []record, stage *tree.Stage, day legal.Date, stderr io.Writer) (*built, error) {
	entries := entriesOf(records)
	files, err := pages.Index(entries)
	if err != nil {
		return nil, fmt.Errorf("build the index: %w", err)
	}
	if err := stage.Add(files); err != nil {
		return nil, err
	}
	for _, p := range stage.Leaving() {
		if m := versionPage.FindStringSubmatch(p); m != nil {
			fmt.Fprintf(stderr, "warning: %s %s had a page in the last build, and has none on %s\n", m[1], m[2], day)
		}
	}
	result, err := stage.Commit()
	if err != nil {
		return nil, err
	}
	return &built{entries, day, result}, nil
}

// versionPage matches the permanent page of a version, which should never go.
var versionPage = regexp.MustCompile(`^([^/]+(?:/[A-Za-z-]+)?)/(\d+\.\d+\.\d+)/index\.html$`)

// report says what was built and where to open it.
func (b *built) report(w io.Writer, out string) {
	fmt.Fprintf(w, "Built %s as of %s: ", count(len(b.entries), "document"), b.asOf)
	fmt.Fprintf(w, "%s written, %d unchanged, %d removed\n", count(b.Written, "file"), b.Unchanged, b.Removed)
	if b.Kept > 0 {
		fmt.Fprintf(w, "%s of an earlier build kept, changed by hand since\n", count(b.Kept, "file"))
	}
	fmt.Fprintf(w, "Open %s\n", filepath.Join(out, "index.html"))
}
