package legal

import "bytes"

// What a text for people never comes near, and what a text made to do harm
// could use up time or the stack with: Markdown's rules are not linear in the
// number of brackets and stars of a paragraph, nor in the depth of lists.
const (
	maxDepth    = 100    // lists and quotes in each other
	maxBrackets = 3000   // opening brackets of one paragraph
	maxStars    = 30000  // signs of emphasis of one paragraph
	maxCells    = 200000 // of all tables: a short row has as many as its table has columns
)

// overLimit returns the first place of source that goes beyond a limit.
func overLimit(source []byte) (f fault, over bool) {
	brackets, stars, paragraph := 0, 0, 0
	columns, cells := 0, 0
	for start := 0; start < len(source); {
		end := len(source)
		if i := bytes.IndexByte(source[start:], '\n'); i >= 0 {
			end = start + i
		}
		line := source[start:end]
		if len(bytes.TrimSpace(line)) == 0 {
			brackets, stars, paragraph = 0, 0, end+1
		}
		if inner := bytes.TrimLeft(line, " \t>"); len(inner) == 0 {
			columns = 0
		} else {
			cells += columns
			columns = max(columns, tableColumns(inner))
		}
		brackets += bytes.Count(line, []byte("["))
		stars += bytes.Count(line, []byte("*")) + bytes.Count(line, []byte("_")) + bytes.Count(line, []byte("~"))
		switch {
		case tooDeep(line):
			return fault{start, "nesting", "lists and quotes stand more than 100 deep in each other",
				"if the signs were meant as a rule, write it as ---"}, true
		case brackets > maxBrackets || stars > maxStars:
			return fault{paragraph, "too-complex", "a paragraph holds thousands of brackets or stars",
				"put an empty line between its parts, or mark it as code"}, true
		case cells > maxCells:
			return fault{paragraph, "too-complex", "a table holds more than 200,000 cells, the empty ones counted",
				"a row has as many cells as its table has columns: split the table, or attach it as a file"}, true
		}
		start = end + 1
	}
	return fault{}, false
}

// tableColumns returns the number of columns where line stands between a
// table's header and its rows, as |---|:--:| does, or 0.
func tableColumns(line []byte) int {
	if len(bytes.Trim(line, "|:- \t\v\f")) > 0 || bytes.IndexByte(line, '-') < 0 {
		return 0
	}
	return bytes.Count(line, []byte("|"))
}

// tooDeep reports whether line, by the signs and the white space that it
// begins with, could stand in more than maxDepth lists and quotes.
func tooDeep(line []byte) bool {
	text := bytes.TrimLeft(line, " \t>-*+.):0123456789")
	head := line[:len(line)-len(text)]
	signs := 0
	for i, c := range head {
		if c == '>' || bytes.IndexByte([]byte("-*+.):"), c) >= 0 && (i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t') {
			signs++
		}
	}
	indent := len(head) - len(bytes.TrimLeft(head, " \t"))
	switch {
	case indent > 4*maxDepth && signs > 0:
		return true
	case signs <= maxDepth:
		return false
	}
	return !isRule(line)
}

// isRule reports whether line holds one kind of sign and white space alone.
func isRule(line []byte) bool {
	signs := bytes.ReplaceAll(bytes.ReplaceAll(line, []byte(" "), nil), []byte("\t"), nil)
	return signs[0] != '>' && len(bytes.Trim(signs, string(signs[:1]))) == 0
}

// literal returns source as a Text of one code block.
func literal(source []byte) *Text {
	return NewText([]Block{{Kind: Code, Line: 1, Cells: [][]Inline{{{Text: string(source)}}}}})
}
