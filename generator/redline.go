package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/generator/internal/site"
)

func redlineCommand() *cobra.Command {
	var content, format string
	c := &cobra.Command{
		Use:   "redline OLD NEW",
		Short: "Show what changed between two texts",
		Long: `Redline compares two Markdown files, two folders of sections, or two versions
of a document, and shows what changed. A version is written DOCUMENT@VERSION,
its working text DOCUMENT@draft.`,
		Example: `  codicil redline privacy-policy@1.0.0 privacy-policy@draft
  codicil redline old.md new.md --format html > redline.html`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			return compare(content, format, args[0], args[1], c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	contentFlag(c, &content)
	c.Flags().StringVar(&format, "format", "terminal", "terminal, json or html")
	return c
}

func compare(content, format, old, new string, stdout, stderr io.Writer) error {
	write, ok := map[string]func(io.Writer, *redline.Redline) error{
		"terminal": writeTerminal,
		"json":     writeJSON,
		"html":     writeHTML,
	}[format]
	if !ok {
		return fmt.Errorf("--format: %q is not terminal, json or html", format)
	}
	var versions [2]*legal.Version
	for i, name := range []string{old, new} {
		v, problems, err := readVersion(content, name, stderr)
		if err != nil {
			return err
		}
		if legal.Fatal(problems) && format == "terminal" {
			printProblems(stderr, problems)
		}
		versions[i] = v
	}
	return write(stdout, redline.Compare(versions[0], versions[1]))
}

// readVersion reads what name stands for: a version, a folder or a file.
func readVersion(content, name string, stderr io.Writer) (*legal.Version, []legal.Problem, error) {
	if document, version, ok := strings.Cut(name, "@"); ok {
		if _, err := os.Stat(name); err != nil {
			return readReleased(content, document, version, stderr)
		}
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	if info.IsDir() {
		v, problems, err := legal.ReadFolder(os.DirFS(name), filepath.ToSlash(name))
		if err == nil && v == nil {
			err = fmt.Errorf("%s holds no index.md", name)
		}
		return v, problems, err
	}
	source, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, err
	}
	v, problems := legal.ReadFile(source, filepath.ToSlash(name))
	return v, problems, nil
}

func readReleased(content, document, version string, stderr io.Writer) (*legal.Version, []legal.Problem, error) {
	lib, err := openLibrary(content, stderr)
	if err != nil {
		return nil, nil, err
	}
	if !slices.Contains(lib.Documents, document) {
		return nil, nil, fmt.Errorf("there is no document %q; there are: %s", document, strings.Join(lib.Documents, ", "))
	}
	doc, problems, err := lib.load(document)
	if err != nil {
		return nil, nil, err
	}
	if version == "draft" && doc.Draft != nil {
		return doc.Draft, problems, nil
	}
	n, err := legal.ParseNumber(version)
	if err != nil {
		return nil, nil, fmt.Errorf("%s@%s: %w, e.g. 1.0.0 or draft", document, version, err)
	}
	v := doc.Version(n)
	if v == nil {
		return nil, nil, fmt.Errorf("%s has no version %s", document, n)
	}
	return v, nil, nil
}

func writeJSON(w io.Writer, r *redline.Redline) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(r.Contract())
}

func writeHTML(w io.Writer, r *redline.Redline) error {
	_, err := w.Write(site.RedlineHTML(r))
	return err
}
