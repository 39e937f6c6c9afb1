package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// printProblems writes problems as an editor wants them, each with its hint,
// and on a terminal with the line of its source.
func printProblems(w io.Writer, problems []legal.Problem) {
	show := isTerminal(w)
	for _, p := range problems {
		fmt.Fprintln(w, p)
		if show {
			printSource(w, p.Pos)
		}
		if p.Hint != "" {
			fmt.Fprintf(w, "  hint: %s\n", p.Hint)
		}
	}
}

// printSource writes the line at pos with a caret below its column.
func printSource(w io.Writer, pos legal.Pos) {
	if pos.Line == 0 {
		return
	}
	source, err := os.ReadFile(pos.File)
	if err != nil {
		return
	}
	lines := bytes.Split(legal.Canon(source), []byte("\n"))
	if pos.Line > len(lines) {
		return
	}
	text := []rune(strings.ReplaceAll(visible(string(lines[pos.Line-1])), "\t", " "))
	col := max(pos.Col, 1)
	const width = 96
	if start := max(0, col-width/2); len(text) > width && start > 0 {
		text, col = text[min(start, len(text)):], col-start
	}
	if len(text) > width {
		text = text[:width]
	}
	fmt.Fprintf(w, "    %s\n    %s^\n", string(text), strings.Repeat(" ", col-1))
}

// visible drops what would steer the terminal.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0) {
			return '�'
		}
		return r
	}, s)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// count returns "1 version", "2 versions".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// tally says how many problems there are.
func tally(problems []legal.Problem) string {
	errors := 0
	for _, p := range problems {
		if p.Severity == legal.Error {
			errors++
		}
	}
	return count(errors, "error") + ", " + count(len(problems)-errors, "warning")
}
