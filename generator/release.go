package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
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
	reaccept             string // the same
	summary              string
	yes, dryRun          bool
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
written there since the last release. On a terminal, release shows the redline,
asks for what is missing, and freezes after a yes alone; elsewhere it takes what
the flags say.

A translation is released by itself, as DOCUMENT/de. It gets the number of the
original's version that its index.de.md says it translates, and has its dates.`,
		Example: `  codicil release privacy-policy
  codicil release privacy-policy --update --published 2025-12-01 --effective 2026-01-01
  codicil release privacy-policy/de`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return release(args[0], r, terminalOf(c))
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
	f.StringVar(&r.reaccept, "reacceptance", "", "true or false: whether those who accepted an earlier version are asked again (default: an edition does)")
	f.StringVar(&r.summary, "summary", "", "what changed, in plain words (default: what index.md says)")
	f.BoolVar(&r.yes, "yes", false, "ask nothing, on a terminal either")
	f.BoolVar(&r.dryRun, "dry-run", false, "say what would be released, and write nothing")
	c.MarkFlagsMutuallyExclusive("edition", "update", "correction")
	return c
}

// release freezes the working text of the document of that name.
//
// Where somebody is there to answer, it asks before it holds the content: a
// person may think for an hour, and builds must not wait for that. What was
// shown to them is compared with what is there once the content is held.
func release(name string, r releaseRequest, talk *dialog) error {
	if err := checkFolder(r.content); err != nil {
		return err
	}
	var agreed *rehearsal
	if talk.live && !r.yes || r.dryRun {
		lib, err := openLibrary(r.content, talk.err)
		if err != nil {
			return err
		}
		if agreed, err = propose(lib, name, &r, talk); err != nil || agreed == nil {
			return err
		}
	}
	// Nobody else may release between what is read here and what is written.
	folder, err := tree.Hold(r.content)
	if err != nil {
		return err
	}
	defer folder.Close()
	if folder.Finished() {
		fmt.Fprintln(talk.err, "finished a release that had been interrupted")
	}
	lib, err := openFiles(os.DirFS(r.content), rootName(r.content))
	if err != nil {
		return err
	}
	doc, err := readDraft(lib, name, talk.err)
	if err != nil {
		return err
	}
	now, err := rehearse(lib, doc, r, talk.err)
	if err != nil {
		return err
	}
	if agreed != nil && agreed.files.Digest() != now.files.Digest() {
		return errMeanwhile
	}
	if err := folder.Apply(now.files); err != nil {
		return fmt.Errorf("release %s: %w", doc.Name, err)
	}
	now.report(talk.out, "Released")
	now.ahead(talk.out)
	return nil
}

// errMeanwhile says that somebody would release what they have not seen.
var errMeanwhile = errors.New("the content is not what it was when it was shown: nothing was released, look at it again")

// propose asks for what r does not say and shows what the release will do. It
// returns nil where that is all that was asked for, or the answer is no.
func propose(lib *library, name string, r *releaseRequest, talk *dialog) (*rehearsal, error) {
	doc, err := readDraft(lib, name, talk.err)
	if err != nil {
		return nil, err
	}
	if talk.live && !r.yes {
		if err := r.ask(doc, lib.Site, talk); err != nil {
			return nil, err
		}
	}
	planned, err := rehearse(lib, doc, *r, talk.err)
	switch {
	case err != nil:
		return nil, err
	case !planned.doc.Newest().Same(doc.Draft): // of which the redline was shown
		return nil, errMeanwhile
	}
	if r.dryRun {
		planned.report(talk.out, "Would release")
		fmt.Fprintln(talk.out, "Nothing was written.")
		return nil, nil
	}
	planned.report(talk.err, "To release")
	yes, err := talk.confirm("What is frozen never changes again. Release it?")
	if err != nil {
		return nil, err
	}
	if !yes {
		fmt.Fprintln(talk.out, "Nothing was released.")
		return nil, nil
	}
	return planned, nil
}

// readDraft reads the document of that name, if it has a draft and no fault.
func readDraft(lib *library, name string, stderr io.Writer) (*legal.Document, error) {
	name, err := lib.document(name)
	if err != nil {
		return nil, err
	}
	doc, problems, err := lib.text(name)
	if err != nil {
		return nil, err
	}
	if problems = lib.all([][]legal.Problem{problems}); legal.Fatal(problems) {
		printProblems(stderr, problems)
		fmt.Fprintf(stderr, "nothing was released\n")
		return nil, errContent
	}
	if !doc.HasDraft() {
		return nil, fmt.Errorf("nothing changed in %s since %s: nothing was released", name, doc.Newest().Number)
	}
	return doc, nil
}

// A rehearsal is a release that nothing but the writing is missing of.
type rehearsal struct {
	lib   *library
	doc   *legal.Document // as it will be
	files *tree.Tree      // to be written
}

// rehearse plans the release of doc that r asks for, and reads the content as it
// will leave it.
func rehearse(lib *library, doc *legal.Document, r releaseRequest, stderr io.Writer) (*rehearsal, error) {
	plan, err := r.plan(doc)
	if err != nil {
		return nil, err
	}
	files, err := ledger.Freeze(lib.Library, doc, plan)
	if err != nil {
		return nil, fmt.Errorf("release %s: %w", doc.Name, err)
	}
	after, err := readAfter(lib, files, doc, plan, stderr)
	return &rehearsal{lib, after, files}, err
}

// readAfter reads the content as the release will leave it, and returns the
// document if it has no fault. The rules look at the version as one that nobody
// has seen yet; what they warn of is printed.
func readAfter(lib *library, files *tree.Tree, before *legal.Document, plan ledger.Release, stderr io.Writer) (*legal.Document, error) {
	after, err := openFiles(ledger.Overlay(lib.Files, files), lib.Root)
	if err != nil {
		return nil, err
	}
	doc, problems, err := after.review(before.Folder(), &check.Review{Base: frozenOf(original(before))})
	if err != nil {
		return nil, err
	}
	dir := path.Join(lib.Root, before.Folder()) + "/"
	frozen := path.Join(lib.Root, legal.VersionsFolder(before.Name), plan.Number.String()) + "/"
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
	return doc.Text(before.Name), nil
}

// original returns the document that doc is, or is a translation of.
func original(doc *legal.Document) *legal.Document {
	if doc.Original != nil {
		return doc.Original
	}
	return doc
}
