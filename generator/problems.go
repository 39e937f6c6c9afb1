package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
	"golang.org/x/text/width"

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
	line, ok := sourceLine(pos)
	if !ok {
		return
	}
	text, before := excerpt(line, pos.Col)
	fmt.Fprintf(w, "    %s\n    %s^\n", text, strings.Repeat(" ", before))
}

// sourceLine returns the line at pos, if there is one.
func sourceLine(pos legal.Pos) (string, bool) {
	if pos.Line == 0 {
		return "", false
	}
	source, err := os.ReadFile(pos.File)
	if err != nil {
		return "", false
	}
	lines := bytes.Split(legal.Canon(source), []byte("\n"))
	if pos.Line > len(lines) {
		return "", false
	}
	return string(lines[pos.Line-1]), true
}

// excerpt returns the part of line around the character col, from 1, that fits
// on a terminal, and how many of its columns are before that character.
func excerpt(line string, col int) (text string, before int) {
	signs, at := around(line, col)
	return string(signs), columns(signs[:at])
}

// around returns the same part, and where in it the character is.
func around(line string, col int) (signs []rune, at int) {
	runes := []rune(strings.ReplaceAll(visible(line), "\t", " "))
	at = min(max(col, 1)-1, len(runes))
	const most = 96
	start := 0
	if columns(runes) > most {
		start = at
		for w := 0; start > 0; start-- {
			if w += columns(runes[start-1 : start]); w >= most/2 {
				break
			}
		}
	}
	end := start
	for w := 0; end < len(runes); end++ {
		if w += columns(runes[end : end+1]); w > most {
			break
		}
	}
	return runes[start:end], at - start
}

// columns returns how many columns of a terminal text takes: ideographs and
// emoji take two, combining marks none.
func columns(text []rune) int {
	n := 0
	for _, r := range text {
		switch kind := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case kind == width.EastAsianWide || kind == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
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
