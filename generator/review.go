package main

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/site"
)

// A reviewRequest is what the flags of review ask for.
type reviewRequest struct {
	content, base, preview string
}

func reviewCommand() *cobra.Command {
	var r reviewRequest
	c := &cobra.Command{
		Use:   "review --base REVISION",
		Short: "Write what a branch changes as a comment for its pull request",
		Long: `Review compares the content with the commit at which the branch left REVISION,
and prints a comment in Markdown: which documents change, what is released and
from when it applies, the redlines, and the problems that check finds. Its first
line is

  ` + site.ReviewMarker + `

by which a CI finds its comment again and writes the new one in its place. The
comment has at most 65,536 characters, and says what has no room in it.

The exit status is 0 if the comment was written, whatever it says: let check
decide whether the branch may be merged.`,
		Example: `  codicil review --base origin/main --preview https://preview.example.com/42/`,
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return review(r, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	contentFlag(c, &r.content)
	f := c.Flags()
	f.StringVar(&r.base, "base", "", "revision that the branch is to be merged into, e.g. origin/main")
	f.StringVar(&r.preview, "preview", "", "address of a site that was built with --drafts")
	c.MarkFlagRequired("base")
	return c
}

func review(r reviewRequest, stdout, stderr io.Writer) error {
	preview, err := previewAddress(r.preview)
	if err != nil {
		return err
	}
	return steady(func() error {
		found, err := findReview(r, stderr)
		if err != nil {
			return err
		}
		found.Preview = preview
		_, err = stdout.Write(found.Markdown())
		return err
	})
}

// previewAddress returns the address of a preview with a slash at its end.
func previewAddress(flag string) (string, error) {
	if flag == "" {
		return "", nil
	}
	u, err := url.Parse(flag)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("--preview: %q is not the address of a site, e.g. https://preview.example.com/42/", flag)
	}
	return strings.TrimSuffix(u.String(), "/") + "/", nil
}

// findReview finds out what the branch changes.
func findReview(r reviewRequest, stderr io.Writer) (*site.Review, error) {
	lib, err := openLibrary(r.content, stderr)
	if err != nil {
		return nil, err
	}
	commit, err := forkPoint(r.content, r.base)
	if err != nil {
		return nil, err
	}
	paths, err := changedSince(r.content, commit)
	if err != nil {
		return nil, err
	}
	before, err := openBefore(r.content, commit)
	if err != nil {
		return nil, err
	}
	defer before.Close()
	found := &site.Review{Base: r.base}
	names, files := changedDocuments(paths, lib, before.library)
	docs := map[string]*legal.Document{}
	if found.Problems, err = reviewProblems(lib, names, docs); err != nil {
		return nil, err
	}
	for _, name := range names {
		was, err := before.load(name)
		if err != nil {
			return nil, err
		}
		found.Documents = append(found.Documents, reviewDocument(name, was, docs[name]))
	}
	for _, file := range files {
		if file != ledger.SumFile || !releases(found.Documents) {
			found.Files = append(found.Files, file)
		}
	}
	return found, nil
}

// releases reports whether a version is released, which adds its line to the ledger.
func releases(documents []site.Reviewed) bool {
	return slices.ContainsFunc(documents, func(d site.Reviewed) bool {
		return slices.ContainsFunc(d.Steps, func(s site.Step) bool { return s.Release })
	})
}

// A beforehand is the content as it was before the branch. It may have been none.
type beforehand struct {
	*revision
	library *legal.Library
}

func openBefore(content, commit string) (*beforehand, error) {
	files, err := openRevision(content, commit)
	if errors.Is(err, errNoFolder) {
		return &beforehand{library: &legal.Library{}}, nil
	}
	if err != nil {
		return nil, err
	}
	// What is wrong with it is no concern of the branch's.
	lib, _, err := legal.Open(files, commit)
	if err != nil {
		files.Close()
		return nil, fmt.Errorf("open the content of %s: %w", commit, err)
	}
	return &beforehand{files, lib}, nil
}

// Close lets go of the revision.
func (b *beforehand) Close() error {
	if b.revision == nil {
		return nil
	}
	return b.revision.Close()
}

// load reads a document, or returns nil where there was none.
func (b *beforehand) load(name string) (*legal.Document, error) {
	if !slices.Contains(b.library.Documents, name) {
		return nil, nil
	}
	doc, _, err := legal.Load(b.library, name)
	return doc, err
}

// changedDocuments returns the documents that paths are of, and the paths that are
// of none, both sorted.
func changedDocuments(paths []string, lib *library, before *legal.Library) (names, files []string) {
	for _, p := range paths {
		name, _, inFolder := strings.Cut(p, "/")
		if inFolder && (slices.Contains(lib.Documents, name) || slices.Contains(before.Documents, name)) {
			names = append(names, name)
		} else {
			files = append(files, p)
		}
	}
	slices.Sort(names)
	slices.Sort(files)
	return slices.Compact(names), slices.Compact(files)
}

// reviewProblems returns what check finds, and fills in docs, which are the documents
// of these names. This is the one place where a review learns of problems.
func reviewProblems(lib *library, names []string, docs map[string]*legal.Document) ([]legal.Problem, error) {
	loaded := make([]*legal.Document, len(lib.Documents))
	found := make([][]legal.Problem, len(lib.Documents))
	err := lib.each(0, func(i int, name string) error {
		doc, problems, err := lib.load(name)
		if found[i] = problems; slices.Contains(names, name) {
			loaded[i] = doc
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, name := range lib.Documents {
		docs[name] = loaded[i]
	}
	problems := lib.all(found)
	if legal.Fatal(problems) && lib.released() {
		return nil, errReleased
	}
	return problems, nil
}
