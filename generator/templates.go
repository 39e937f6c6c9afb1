package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/site"
)

// A templatesFolder is the folder with templates and assets of a site's own, "" where it
// has none.
type templatesFolder string

func templatesFlag(c *cobra.Command, folder *string) {
	c.Flags().StringVar(folder, "templates", "", "folder of templates and assets that replace the tool's own of the same name (default: templates, beside the content, if it is there)")
}

// templatesOf returns the folder that a flag names, or else the one beside the content.
func templatesOf(flag, content string) templatesFolder {
	if flag != "" {
		return templatesFolder(flag)
	}
	folder := filepath.Join(filepath.Dir(filepath.Clean(content)), "templates")
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return ""
	}
	return templatesFolder(folder)
}

func (t templatesFolder) files() fs.FS {
	if t == "" {
		return nil
	}
	return os.DirFS(string(t))
}

// templateFault matches what html/template says of a template: its file, the line and
// perhaps the column.
var templateFault = regexp.MustCompile(`template: (?:"[^"]*"|[^:\s]*:)?\s*([\w-]+\.tmpl):(\d+)(?::(\d+))?: (.*)`)

// problem returns what is wrong with a template of the folder, if err says so.
func (t templatesFolder) problem(err error) (legal.Problem, bool) {
	if fault := (*site.Fault)(nil); t != "" && errors.As(err, &fault) {
		return legal.Problem{
			Pos:  legal.Pos{File: path.Join(filepath.ToSlash(string(t)), fault.File), Line: fault.Line, Col: fault.Col},
			Rule: "template", Msg: fault.Msg,
			Hint: "mend it, or move it away to have the words as the tool says them",
		}, true
	}
	m := templateFault.FindStringSubmatch(err.Error())
	if t == "" || m == nil {
		return legal.Problem{}, false
	}
	if _, err := os.Stat(filepath.Join(string(t), m[1])); err != nil {
		return legal.Problem{}, false
	}
	line, _ := strconv.Atoi(m[2])
	column, _ := strconv.Atoi(m[3])
	return legal.Problem{
		Pos:  legal.Pos{File: path.Join(filepath.ToSlash(string(t)), m[1]), Line: line, Col: max(1, column)},
		Rule: "template", Msg: m[4],
		Hint: "mend it, or move it away to have the page as the tool makes it",
	}, true
}

// report prints the problem that err is, and returns what is left to say.
func (t templatesFolder) report(err error, stderr io.Writer) error {
	p, ok := t.problem(err)
	if !ok {
		return err
	}
	printProblems(stderr, []legal.Problem{p})
	fmt.Fprintln(stderr, "1 error: nothing was built")
	return errContent
}
