package legal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

var (
	errSecond  = errors.New("text follows after the settings have ended")
	errNoColon = errors.New("could not find expected ':'")
)

// decodeYAML reads the one document of source; that of an empty text has no
// content. A fault of the library is an error like others.
func decodeYAML(source []byte) (root *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	d := yaml.NewDecoder(bytes.NewReader(source))
	root = &yaml.Node{}
	if err := d.Decode(root); err != nil {
		if err == io.EOF {
			return root, nil
		}
		return nil, err
	}
	var second yaml.Node
	switch err := d.Decode(&second); {
	case err == io.EOF:
		return root, nil
	case err == nil || strings.Contains(err.Error(), "expected <document start>"):
		return nil, errSecond
	default:
		return nil, err
	}
}

// notYAML reports a text that cannot be read. The library says where it was
// when it gave up, which may be the start of what it was reading or lines after
// the fault. The fault is in the first line with which, and with all that
// follows, the text can no longer be read; and what the library says of the
// text up to that line says more of it.
func (r *yamlReader) notYAML(source []byte, err error) {
	r.failed = true
	lines := bytes.SplitAfter(source, []byte("\n"))
	if len(lines[len(lines)-1]) == 0 {
		lines = lines[:len(lines)-1]
	}
	n, err := faultLine(source, lines, err)
	msg := err.Error()
	if strings.HasPrefix(msg, "yaml: line ") {
		_, msg, _ = strings.Cut(strings.TrimPrefix(msg, "yaml: line "), ": ")
	}
	msg = strings.TrimPrefix(msg, "yaml: ")
	r.problem(Pos{File: r.file, Line: n + r.line, Col: 1}, "yaml", yamlHint(msg, string(lines[n-1])), "%s is not YAML: %s", r.what(), msg)
}

func (r *yamlReader) what() string {
	if r.line == 0 {
		return "the file"
	}
	return "the front matter"
}

// faultLine returns the line, from 1, after which source cannot be read, and
// what is wrong with the text up to there. A long text is searched by halves,
// which can name the line of a list that was well; of one that no editor
// writes, the line is the library's.
func faultLine(source []byte, lines [][]byte, err error) (int, error) {
	ends := make([]int, len(lines)+1)
	for i, l := range lines {
		ends[i+1] = ends[i] + len(l)
	}
	errs := map[int]error{len(lines): err}
	fails := func(n int) bool {
		errs[n] = readable(source[:ends[n]])
		return errs[n] != nil
	}
	n := len(lines)
	switch {
	case len(source) > 1<<18:
		said := 1
		_, _ = fmt.Sscanf(err.Error(), "yaml: line %d:", &said)
		return max(1, min(said, n)), err
	case len(lines) > 300 || len(source) > 1<<14:
		n = 1 + sort.Search(len(lines)-1, func(i int) bool { return fails(i + 1) })
		return n, errs[n]
	}
	for n > 1 && fails(n-1) {
		n--
	}
	return n, errs[n]
}

// readable returns what is wrong with source as the beginning of settings.
func readable(source []byte) error {
	root, err := decodeYAML(source)
	if err == nil && len(root.Content) > 0 && root.Content[0].Kind != yaml.MappingNode && root.Content[0].ShortTag() != "!!null" {
		return errNoColon
	}
	return err
}

// yamlHint says what to do about msg, which is said of line.
func yamlHint(msg, line string) string {
	text := strings.TrimLeft(line, " \t")
	indent := line[:len(line)-len(text)]
	value := text
	if _, after, ok := strings.Cut(text, ": "); ok {
		value = strings.TrimLeft(after, " \t")
	}
	for _, h := range []struct {
		applies bool
		hint    string
	}{
		{strings.Contains(indent, "\t"), "begin the line with spaces, not with a tab"},
		{msg == errSecond.Error(), "settings end at a line that begins with ... or ---: remove that line, or put the text below the front matter"},
		{strings.Contains(msg, "control characters"), "remove the invisible character, e.g. by typing the line again"},
		{strings.Contains(msg, "end of stream") || strings.Contains(msg, "document indicator"),
			"close the quotation mark that is opened here"},
		{strings.Contains(msg, "',' or"), "close the bracket; text that begins with a bracket goes into quotation marks"},
		{strings.Contains(msg, "escape") || strings.Contains(msg, "hexdecimal"), `write a backslash in "…" twice, or put the text into single quotation marks`},
		{strings.Contains(msg, "mapping values") && indent != "", "begin the line without spaces if it is a setting of its own; put text that holds a colon into quotation marks"},
		{strings.Contains(msg, "mapping values"), "put text that holds a colon into quotation marks"},
		{strings.Contains(msg, "expected ':'"), "write one setting a line, its name, a colon and a space before the value"},
		{strings.Contains(msg, "expected key"), "nothing may follow a closing quotation mark: put text that holds one kind of quotation marks into the other"},
		{value != "" && strings.ContainsAny(value[:1], "@`%&*!>|-?[]{},"), "put text that begins with " + value[:min(1, len(value))] + " into quotation marks"},
	} {
		if h.applies {
			return h.hint
		}
	}
	return "put text that holds a colon, a quote or a # into quotation marks"
}

// YAML breaks lines at characters where no editor does. A lineBreaks turns
// its positions into those of an editor.
type lineBreaks struct {
	starts []Pos // of each of YAML's lines
}

// findBreaks returns nil where the lines are the same.
func findBreaks(source []byte) *lineBreaks {
	if !bytes.ContainsAny(source, "\u0085\u2028\u2029") {
		return nil
	}
	b := &lineBreaks{starts: []Pos{{Line: 1, Col: 1}}}
	line, start := 1, 0
	for i, c := range string(source) {
		switch c {
		case '\n':
			line, start = line+1, i+1
			b.starts = append(b.starts, Pos{Line: line, Col: 1})
		case '\u0085', '\u2028', '\u2029':
			b.starts = append(b.starts, Pos{Line: line, Col: utf8.RuneCount(source[start:i]) + 2})
		}
	}
	return b
}

// position returns the line and column that an editor shows.
func (b *lineBreaks) position(line, col int) (int, int) {
	if b == nil || line > len(b.starts) {
		return line, col
	}
	start := b.starts[line-1]
	return start.Line, start.Col + col - 1
}
