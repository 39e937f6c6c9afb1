package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/check"
	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A checkRequest is what the flags of check ask for.
type checkRequest struct {
	content string
	format  string
	base    string
	asOf    string
	rules   bool
}

func checkCommand() *cobra.Command {
	var r checkRequest
	c := &cobra.Command{
		Use:   "check",
		Short: "Report every problem in the content at once",
		Long: `Check reads all documents with their versions and drafts and reports every
problem at once, each as file:line:col: message [rule] with a hint. It exits
with 1 if one is an error. It changes nothing, but for a release that was
interrupted, which every command finishes first.

With --base it compares with what was published, as a revision of the git
repository has it: nothing that was frozen there may read otherwise or be gone,
and versions that came since are looked at as drafts are.

  --format text      for people, with hints
  --format json      one object with all problems
  --format github    annotations of GitHub's workflows
  --format sarif     SARIF 2.1.0, for code scanning`,
		Example: `  codicil check --base origin/main --format github`,
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if r.rules {
				return check.Write(c.OutOrStdout())
			}
			return checkAll(r, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	contentFlag(c, &r.content)
	f := c.Flags()
	f.StringVar(&r.format, "format", "text", "how problems are written: text, json, github or sarif")
	f.StringVar(&r.base, "base", "", "git revision with what was published, e.g. origin/main")
	f.StringVar(&r.asOf, "as-of", "", "day on which the content is looked at, e.g. 2026-01-31 (default: today in the site's time zone)")
	f.BoolVar(&r.rules, "rules", false, "print the rules with their examples, and check nothing")
	return c
}

func contentFlag(c *cobra.Command, content *string) {
	c.Flags().StringVar(content, "content", "content", "folder of the content")
}

func checkAll(r checkRequest, stdout, stderr io.Writer) error {
	if _, ok := formats[r.format]; !ok {
		return fmt.Errorf("--format: %q is not %s", r.format, strings.Join(slices.Sorted(maps.Keys(formats)), ", "))
	}
	return steady(func() error { return checkOnce(r, stdout, stderr) })
}

func checkOnce(r checkRequest, stdout, stderr io.Writer) error {
	lib, err := openLibrary(r.content, stderr)
	if err != nil {
		return err
	}
	day, err := asOf(r.asOf, lib.Site)
	if err != nil {
		return err
	}
	base, err := openBase(r.base, r.content)
	if err != nil {
		return err
	}
	defer base.Close()
	problems, err := lib.check(day, base)
	if err != nil {
		return err
	}
	if legal.Fatal(problems) && lib.released() {
		return errReleased
	}
	if err := formats[r.format](stdout, problems); err != nil {
		return err
	}
	if len(problems) == 0 && r.format == "text" {
		fmt.Fprintf(stdout, "%s checked: no problem\n", count(len(lib.Documents), "document"))
	}
	if len(problems) > 0 {
		fmt.Fprintf(stderr, "%s checked: %s\n", count(len(lib.Documents), "document"), tally(problems))
	}
	if legal.Fatal(problems) {
		return errContent
	}
	return nil
}

// check returns what all rules find on a day, compared with base, which may be nil.
func (l *library) check(day legal.Date, base *baseline) ([]legal.Problem, error) {
	found := make([][]legal.Problem, len(l.Documents))
	outlines := make([]*check.Outline, len(l.Documents))
	err := l.each(0, func(i int, name string) error {
		was, err := base.document(name)
		if err != nil {
			return err
		}
		r := &check.Review{Base: was, Was: base.site(), Day: day, Advice: true}
		_, found[i], err = l.review(name, r)
		if err == nil {
			outlines[i] = check.Outlined(r)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	gone, err := base.gone(l)
	if err != nil {
		return nil, err
	}
	return legal.SortProblems(slices.Concat(l.all(found), check.Links(l.Site, outlines), gone)), nil
}
