package main

import (
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/check"
	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// A releaseRequest is what the flags of release ask for.
type releaseRequest struct {
	content              string
	edition, update      bool
	correction           bool
	effective, published string
	material             string // true, false or empty: as the number says
	summary              string
}

func releaseCommand() *cobra.Command {
	var r releaseRequest
	c := &cobra.Command{
		Use:   "release DOCUMENT",
		Short: "Freeze the working text of a document as a version",
		Long: `Release freezes the working text of a document as its next version: it fills in
the version and date of the sections that changed, copies the files to
versions/NUMBER/ and records their hash in versions.sum. All of this happens or
nothing. What is frozen is published by the next build, and never changes again.

  --edition      must be read whole            1.4.2 → 2.0.0
  --update       can be read as a redline      1.4.2 → 1.5.0
  --correction   fixes an obvious slip         1.4.2 → 1.4.3

The number, the dates and the summary are taken from index.md where they were
written there since the last release.`,
		Example: `  codicil release privacy-policy --update --published 2025-12-01 --effective 2026-01-01`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return release(args[0], r, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	contentFlag(c, &r.content)
	f := c.Flags()
	f.BoolVar(&r.edition, "edition", false, "a new edition, which must be read whole")
	f.BoolVar(&r.update, "update", false, "an update, which can be read as a redline")
	f.BoolVar(&r.correction, "correction", false, "a correction of an obvious slip")
	f.StringVar(&r.effective, "effective", "", "date from which the version applies, e.g. 2026-01-01 or 2026-01")
	f.StringVar(&r.published, "published", "", "date on which it is posted and people are told (default: the effective date)")
	f.StringVar(&r.material, "material", "", "true or false: whether the change matters to readers (default: a correction does not)")
	f.StringVar(&r.summary, "summary", "", "what changed, in plain words (default: what index.md says)")
	c.MarkFlagsMutuallyExclusive("edition", "update", "correction")
	return c
}

// release freezes the working text of the document of that name.
func release(name string, r releaseRequest, stdout, stderr io.Writer) error {
	if err := checkFolder(r.content); err != nil {
		return err
	}
	// Nobody else may release between what is read here and what is written.
	folder, err := tree.Hold(r.content)
	if err != nil {
		return err
	}
	defer folder.Close()
	if folder.Finished() {
		fmt.Fprintln(stderr, "finished a release that had been interrupted")
	}
	lib, err := openFiles(os.DirFS(r.content), rootName(r.content))
	if err != nil {
		return err
	}
	if name, err = lib.document(name); err != nil {
		return err
	}
	doc, problems, err := lib.load(name)
	if err != nil {
		return err
	}
	if problems = lib.all([][]legal.Problem{problems}); legal.Fatal(problems) {
		printProblems(stderr, problems)
		fmt.Fprintf(stderr, "nothing was released\n")
		return errContent
	}
	if !doc.HasDraft() {
		return fmt.Errorf("nothing changed in %s since %s: nothing was released", name, doc.Newest().Number)
	}
	plan, err := r.plan(doc)
	if err != nil {
		return err
	}
	files, err := ledger.Freeze(lib.Library, doc, plan)
	if err != nil {
		return fmt.Errorf("release %s: %w", name, err)
	}
	released, err := rehearse(lib, files, doc, plan, stderr)
	if err != nil {
		return err
	}
	if err := folder.Apply(files); err != nil {
		return fmt.Errorf("release %s: %w", name, err)
	}
	report(stdout, lib, released, files)
	return nil
}

// rehearse reads the content as the release will leave it, and returns the
// document if it has no fault. The rules look at the version as one that nobody
// has seen yet; what they warn of is printed.
func rehearse(lib *library, files *tree.Tree, before *legal.Document, plan ledger.Release, stderr io.Writer) (*legal.Document, error) {
	after, err := openFiles(ledger.Overlay(lib.Files, files), lib.Root)
	if err != nil {
		return nil, err
	}
	name := before.Name
	base := &legal.Document{Name: name, Versions: before.Versions}
	doc, problems, err := after.review(name, &check.Review{Base: base})
	if err != nil {
		return nil, err
	}
	dir := path.Join(lib.Root, name) + "/"
	frozen := dir + legal.VersionsDir + "/" + plan.Number.String() + "/"
	fatal := legal.Fatal(problems)
	problems = slices.DeleteFunc(problems, func(p legal.Problem) bool { return !fatal && !strings.HasPrefix(p.File, frozen) })
	for i := range problems { // where the editor can mend them
		problems[i].File = strings.Replace(problems[i].File, frozen, dir, 1)
	}
	printProblems(stderr, legal.SortProblems(problems))
	if fatal {
		fmt.Fprintf(stderr, "nothing was released\n")
		return nil, errContent
	}
	return doc, nil
}
