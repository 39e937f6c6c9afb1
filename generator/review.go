package main

import (
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
	base, err := openBase(r.base, r.content)
	if err != nil {
		return nil, err
	}
	defer base.Close()
	found := &site.Review{Base: r.base}
	if found.Problems, err = lib.check(today(lib.Site), base); err != nil {
		return nil, err
	}
	if legal.Fatal(found.Problems) && lib.released() {
		return nil, errReleased
	}
	names, files := changedDocuments(base.paths, lib, base.lib)
	for _, name := range names {
		was, err := documentIn(base.lib, name)
		if err != nil {
			return nil, err
		}
		is, err := documentIn(lib.Library, name)
		if err != nil {
			return nil, err
		}
		found.Documents = append(found.Documents, reviewTexts(name, was, is)...)
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

// documentIn reads a document of lib, or returns nil where there is none.
func documentIn(lib *legal.Library, name string) (*legal.Document, error) {
	if !slices.Contains(lib.Documents, name) {
		return nil, nil
	}
	doc, _, err := legal.Load(lib, name)
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
