package main

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// example is the site of a made-up company that init writes: the showcase,
// and the ground for tests.
//
//go:embed all:example
var example embed.FS

func initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "Write a new site to start from",
		Long: `Init writes the example site of a made-up company into DIR, which it makes: three
documents with their histories, and a README that says how to go on. A folder
that holds anything is left alone.`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return initSite(args[0], c.OutOrStdout())
		},
	}
}

func initSite(dir string, stdout io.Writer) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s is not empty: name a folder that is, or a new one", dir)
	}
	files, err := exampleFiles()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := tree.Apply(dir, files); err != nil {
		return fmt.Errorf("write the example: %w", err)
	}
	fmt.Fprintf(stdout, `Wrote an example site into %[1]s
Next:
  cd %[1]s
  codicil serve     look at it
  codicil build     make it into public/
`, filepath.ToSlash(dir))
	return nil
}

// exampleFiles returns the example's files as init writes them.
func exampleFiles() (*tree.Tree, error) {
	t := &tree.Tree{}
	err := fs.WalkDir(example, "example", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := example.ReadFile(p)
		if err != nil {
			return err
		}
		t.Put(strings.TrimPrefix(p, "example/"), data)
		return nil
	})
	return t, err
}
