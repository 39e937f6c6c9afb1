package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
its working text DOCUMENT@draft or, as a commit has it, REVISION:DOCUMENT; a
translation is named with its language, DOCUMENT/de.

  --format terminal   marks and, on a terminal, colours
  --format markdown   a comment for a pull request, at most 65,536 characters
  --format page       one HTML file to mail, keep or print
  --format html       HTML for other tools
  --format json       JSON for other tools`,
		Example: `  codicil redline privacy-policy@1.0.0 privacy-policy@draft
  codicil redline origin/main:privacy-policy privacy-policy@draft --format markdown
  codicil redline old.md new.md --format page > redline.html`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			return compare(content, format, args[0], args[1], c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	contentFlag(c, &content)
	c.Flags().StringVar(&format, "format", "terminal", "terminal, markdown, page, html or json")
	return c
}

// A reading is a text that was named to be compared.
type reading struct {
	*legal.Version
	site.Named
	language string // of its site, where it has one
	problems []legal.Problem
}

func compare(content, format, old, new string, stdout, stderr io.Writer) error {
	write, ok := map[string]func(io.Writer, *redline.Redline, [2]reading) error{
		"terminal": func(w io.Writer, r *redline.Redline, _ [2]reading) error { return writeTerminal(w, r) },
		"markdown": writeMarkdown,
		"page":     writePage,
		"html":     func(w io.Writer, r *redline.Redline, _ [2]reading) error { return writeHTML(w, r) },
		"json":     func(w io.Writer, r *redline.Redline, _ [2]reading) error { return writeJSON(w, r) },
	}[format]
	if !ok {
		return fmt.Errorf("--format: %q is not terminal, markdown, page, html or json", format)
	}
	var sides [2]reading
	for i, name := range []string{old, new} {
		side, err := readVersion(content, name, stderr)
		if err != nil {
			return err
		}
		if legal.Fatal(side.problems) && format != "json" && format != "html" {
			printProblems(stderr, side.problems)
		}
		sides[i] = side
	}
	return write(stdout, redline.Compare(sides[0].Version, sides[1].Version), sides)
}

// readVersion reads what name stands for: a file, a folder, a version, or the
// working text or a version of a revision. What there is on disk goes first.
func readVersion(content, name string, stderr io.Writer) (reading, error) {
	info, err := os.Stat(name)
	rev, document, isRevision := cutLast(name, ":")
	switch {
	case err == nil && info.IsDir():
		v, problems, err := legal.ReadFolder(os.DirFS(name), filepath.ToSlash(name))
		if err == nil && v == nil {
			err = fmt.Errorf("%s holds no index.md", name)
		}
		return reading{v, site.Named{Name: name}, "", problems}, err
	case err == nil:
		source, err := os.ReadFile(name)
		if err != nil {
			return reading{}, err
		}
		v, problems := legal.ReadFile(source, filepath.ToSlash(name))
		return reading{v, site.Named{Name: name}, "", problems}, nil
	case isRevision:
		return readRevision(content, rev, document)
	case strings.Contains(name, "@"):
		lib, err := openLibrary(content, stderr)
		if err != nil {
			return reading{}, err
		}
		return readReleased(lib, name)
	}
	return reading{}, err
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return "", s, false
}

// readRevision reads a document as a revision of the content has it.
func readRevision(content, rev, document string) (reading, error) {
	if err := checkFolder(content); err != nil {
		return reading{}, err
	}
	files, err := openRevision(content, rev)
	if err != nil {
		return reading{}, err
	}
	defer files.Close()
	lib, err := openFiles(files, rev+":"+rootName(content))
	if err != nil {
		return reading{}, err
	}
	if !strings.Contains(document, "@") {
		document += "@draft"
	}
	side, err := readReleased(lib, strings.TrimPrefix(document, rootName(content)+"/"))
	side.Name += " at " + rev
	return side, err
}

// readReleased reads the version of a document, written as DOCUMENT@VERSION.
func readReleased(lib *library, name string) (reading, error) {
	document, version, _ := strings.Cut(name, "@")
	document, err := lib.document(document)
	if err != nil {
		return reading{}, err
	}
	doc, problems, err := lib.text(document)
	if err != nil {
		return reading{}, err
	}
	if version == "draft" && doc.Draft != nil {
		return reading{doc.Draft, site.Named{Name: "draft", Draft: true}, doc.Language, problems}, nil
	}
	n, err := legal.ParseNumber(version)
	if err != nil {
		return reading{}, fmt.Errorf("%s@%s: %w, e.g. 1.0.0 or draft", document, version, err)
	}
	v := doc.Version(n)
	if v == nil {
		return reading{}, fmt.Errorf("%s has no version %s", document, n)
	}
	return reading{v, site.Named{Name: "version " + n.String()}, doc.Language, nil}, nil
}

func writeMarkdown(w io.Writer, r *redline.Redline, sides [2]reading) error {
	_, err := w.Write(site.RedlineMarkdown(r, sides[0].Name, sides[1].Name))
	return err
}

func writePage(w io.Writer, r *redline.Redline, sides [2]reading) error {
	page, err := site.NewLetter(r, sides[1].language, sides[0].Named, sides[1].Named).HTML()
	if err != nil {
		return err
	}
	_, err = w.Write(page)
	return err
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
