package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// formats are the ways in which check writes problems.
var formats = map[string]func(io.Writer, []legal.Problem) error{
	"text":   func(w io.Writer, problems []legal.Problem) error { printProblems(w, problems); return nil },
	"json":   printJSON,
	"github": printAnnotations,
	"sarif":  printSARIF,
}

// A problemJSON is a problem as --format json has it.
type problemJSON struct {
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"`   // from 1; left out where the file as a whole is meant
	Column   int    `json:"column,omitempty"` // in characters, from 1
	Severity string `json:"severity"`         // error or warning
	Rule     string `json:"rule"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
}

// printJSON writes {"problems": […]}.
func printJSON(w io.Writer, problems []legal.Problem) error {
	list := make([]problemJSON, len(problems))
	for i, p := range problems {
		list[i] = problemJSON{p.File, p.Line, p.Col, p.Severity.String(), p.Rule, p.Msg, p.Hint}
	}
	return encodeJSON(w, struct {
		Problems []problemJSON `json:"problems"`
	}{list})
}

func encodeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// printAnnotations writes problems as commands of GitHub's workflows, which shows them
// beside the lines of a pull request:
//
//	::error file=content/terms/10-fees.md,line=4,col=1,title=raw-html::raw HTML …
//
// See https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
func printAnnotations(w io.Writer, problems []legal.Problem) error {
	for _, p := range problems {
		place := "file=" + property.Replace(p.File)
		if p.Line > 0 {
			place += fmt.Sprintf(",line=%d", p.Line)
		}
		if p.Col > 0 {
			place += fmt.Sprintf(",col=%d", p.Col)
		}
		msg := p.Msg
		if p.Hint != "" {
			msg += "\nhint: " + p.Hint
		}
		if _, err := fmt.Fprintf(w, "::%s %s,title=%s::%s\n", p.Severity, place, property.Replace(p.Rule), data.Replace(msg)); err != nil {
			return err
		}
	}
	return nil
}

// What a workflow command escapes in its message, and in its properties, as GitHub's
// own toolkit does.
var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
