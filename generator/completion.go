package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// addCompletions tells shells what the arguments of root's commands can be.
func addCompletions(root *cobra.Command) {
	for _, c := range root.Commands() {
		switch c.Name() {
		case "release":
			c.ValidArgsFunction = func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
				if len(args) > 0 {
					return nil, cobra.ShellCompDirectiveNoFileComp
				}
				return documentsOf(c), cobra.ShellCompDirectiveNoFileComp
			}
		case "status":
			c.ValidArgsFunction = func(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
				return documentsOf(c), cobra.ShellCompDirectiveNoFileComp
			}
		case "redline":
			c.ValidArgsFunction = completeVersions
		case "init", "man":
			c.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
				return nil, cobra.ShellCompDirectiveFilterDirs
			}
		default:
			c.ValidArgsFunction = cobra.NoFileCompletions
		}
		for _, flag := range []string{"content", "out"} {
			if c.Flags().Lookup(flag) != nil {
				c.MarkFlagDirname(flag)
			}
		}
		if c.Name() == "next" || c.Name() == "status" {
			c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
		}
	}
}

// documentsOf returns the names of the documents in the content that c is about.
func documentsOf(c *cobra.Command) []string {
	lib, _, err := legal.Open(os.DirFS(c.Flag("content").Value.String()), "")
	if err != nil {
		return nil
	}
	var names []string
	for _, name := range lib.Documents {
		names = append(names, name)
		if tags, err := lib.Languages(name); err == nil {
			for _, tag := range tags {
				names = append(names, name+"/"+tag)
			}
		}
	}
	return names
}

// completeVersions completes DOCUMENT@VERSION. Where there is no such document,
// the shell goes on with files. Bash breaks words at @: it has given the document
// and the sign as arguments, and wants the version alone.
func completeVersions(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	name, _, ok := strings.Cut(word, "@")
	prefix := name + "@"
	if n := len(args); n >= 2 && args[n-1] == "@" {
		name, prefix, ok = args[n-2], "", true
	}
	var out []string
	if !ok {
		for _, d := range documentsOf(c) {
			out = append(out, d+"@")
		}
		return out, cobra.ShellCompDirectiveNoSpace
	}
	folders, err := os.ReadDir(filepath.Join(c.Flag("content").Value.String(), legal.VersionsFolder(name)))
	if err != nil {
		return nil, cobra.ShellCompDirectiveDefault
	}
	for _, f := range folders {
		if _, err := legal.ParseNumber(f.Name()); err == nil && f.IsDir() {
			out = append(out, prefix+f.Name())
		}
	}
	return append(out, prefix+"draft"), cobra.ShellCompDirectiveNoFileComp
}

func manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man DIR",
		Short: "Write the manual pages",
		Long: `Man writes a page of the manual for every command into DIR, which must exist. The
environment's SOURCE_DATE_EPOCH sets their date.`,
		Example: `  codicil man /usr/local/share/man/man1`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			root := c.Root()
			root.DisableAutoGenTag = true
			header := &doc.GenManHeader{Title: "CODICIL", Section: "1", Source: "Codicil", Manual: "Codicil"}
			if err := doc.GenManTree(root, header, args[0]); err != nil {
				return fmt.Errorf("write the manual: %w", err)
			}
			return nil
		},
	}
}
