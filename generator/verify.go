package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/legal"
)

func verifyCommand() *cobra.Command {
	var content string
	c := &cobra.Command{
		Use:   "verify",
		Short: "Prove that what is frozen is what was released",
		Long: `Verify compares every frozen file with the hashes in versions.sum and in the
version's own list, and names each that was changed, added or removed. It
exits with 1 if there is one.

The proof needs no Codicil: in versions/1.0.0, sha256sum -c ../1.0.0.sum
checks the files, and the hash in versions.sum is the SHA-256 of that list.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return verifyAll(content, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	contentFlag(c, &content)
	return c
}

func verifyAll(content string, stdout, stderr io.Writer) error {
	return steady(func() error { return verifyOnce(content, stdout, stderr) })
}

func verifyOnce(content string, stdout, stderr io.Writer) error {
	lib, err := openLibrary(content, stderr)
	if err != nil {
		return err
	}
	found := make([][]legal.Problem, len(lib.Documents))
	versions := make([]int, len(lib.Documents))
	err = lib.each(0, func(i int, name string) error {
		doc, _, err := legal.Load(lib.Library, name)
		if err != nil {
			return err
		}
		for _, t := range doc.Texts() {
			versions[i] += len(t.Versions)
		}
		found[i], err = ledger.Verify(lib.Library, doc, lib.sums)
		return err
	})
	if err != nil {
		return err
	}
	total := 0
	for _, n := range versions {
		total += n
	}
	problems := lib.all(found)
	if legal.Fatal(problems) && lib.released() {
		return errReleased
	}
	printProblems(stdout, problems)
	if legal.Fatal(problems) {
		fmt.Fprintf(stderr, "%s of %s: %s\n", count(total, "version"), count(len(lib.Documents), "document"), tally(problems))
		return errContent
	}
	fmt.Fprintf(stdout, "%s of %s: every file is as it was released\n", count(total, "version"), count(len(lib.Documents), "document"))
	return nil
}
