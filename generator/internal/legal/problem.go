package legal

import (
	"cmp"
	"fmt"
	"slices"
)

// A Problem is something wrong in the content, for the people who edit it.
type Problem struct {
	Pos
	Severity Severity
	Rule     string // the rule's id, e.g. "bad-date"
	Msg      string // what is wrong, quoting the text; no full stop
	Hint     string // what to do about it
}

// A Pos is a place in a file of the content.
type Pos struct {
	File string // slash-separated, from where the command was run
	Line int    // from 1; 0 where the file as a whole is meant
	Col  int    // in characters, from 1; 0 where the line as a whole is meant
}

// Severity says what a problem does to a build.
type Severity int

// The severities. An Error stops the build, a Warning is printed, and what is
// Off is not said.
const (
	Error Severity = iota
	Warning
	Off
)

func (s Severity) String() string { return [...]string{"error", "warning", "off"}[s] }

func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// String returns the problem's line: file:line:col: message [rule].
func (p Problem) String() string {
	if p.Severity == Warning {
		return fmt.Sprintf("%s: warning: %s [%s]", p.Pos, p.Msg, p.Rule)
	}
	return fmt.Sprintf("%s: %s [%s]", p.Pos, p.Msg, p.Rule)
}

// SortProblems sorts problems by file, line, column, rule and message, and
// drops what is said twice.
func SortProblems(problems []Problem) []Problem {
	slices.SortFunc(problems, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Msg, b.Msg),
		)
	})
	return slices.Compact(problems)
}

// Fatal reports whether a problem is an error.
func Fatal(problems []Problem) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool { return p.Severity == Error })
}
