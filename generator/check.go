package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

func checkCommand() *cobra.Command {
	var content string
	c := &cobra.Command{
		Use:   "check",
		Short: "Report every problem in the content at once",
		Long: `Check reads all documents with their versions and drafts and reports every
problem at once, each as file:line:col: message [rule] with a hint. It exits
with 1 if one is an error. It changes nothing, but for a release that was
interrupted, which every command finishes first.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return checkAll(content, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	contentFlag(c, &content)
	return c
}

func contentFlag(c *cobra.Command, content *string) {
	c.Flags().StringVar(content, "content", "content", "folder of the content")
}

func checkAll(content string, stdout, stderr io.Writer) error {
	return steady(func() error { return checkOnce(content, stdout, stderr) })
}

func checkOnce(content string, stdout, stderr io.Writer) error {
	lib, err := openLibrary(content, stderr)
	if err != nil {
		return err
	}
	found := make([][]legal.Problem, len(lib.Documents))
	err = lib.each(0, func(i int, name string) (err error) {
		_, found[i], err = lib.load(name)
		return err
	})
	if err != nil {
		return err
	}
	problems := lib.all(found)
	if legal.Fatal(problems) && lib.released() {
		return errReleased
	}
	printProblems(stdout, problems)
	if len(problems) == 0 {
		fmt.Fprintf(stdout, "%s checked: no problem\n", count(len(lib.Documents), "document"))
		return nil
	}
	fmt.Fprintf(stderr, "%s checked: %s\n", count(len(lib.Documents), "document"), tally(problems))
	if legal.Fatal(problems) {
		return errContent
	}
	return nil
}
