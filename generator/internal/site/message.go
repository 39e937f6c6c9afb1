package site

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A message is what the tool says with values in it, compiled from a catalogue:
//
//	changed-since: What changed since version {version}
//	versions: {one: "{count} version", other: "{count} versions"}
//	in-force-since: {day: in Kraft seit dem {date}, month: in Kraft seit {date}}
//
// A number named count chooses the plural form, as CLDR has them. A date chooses
// between day and month, where a language says the two otherwise.
type message struct {
	*dialect
	names []string   // of the arguments
	forms [6]pattern // by plural.Form; nil: as other
	month pattern    // with a date that is a month; nil: as with a day
}

// A dialect is what the messages of a language share.
type dialect struct {
	Lang string // of the words; a site can be in a language that there are none of
	Dir  string // rtl where they are read from the right, or empty
	// Beside is the language that they stand in for, which has none; mostly empty.
	Beside string
	tag    language.Tag // whose plural rules count
}

// lang returns the attribute of the words where what stands around them is in
// another language.
func (d *dialect) lang() string {
	if d.Beside == "" {
		return ""
	}
	return ` lang="` + d.Lang + `"`
}

// A pattern is text and arguments, by turns.
type pattern []part

type part struct {
	text string
	arg  int // its index; -1 for text
}

// pluralForms are the names of the plural forms in catalogues.
var pluralForms = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// compile reads what a catalogue has for m, whose arguments are named.
func (m *message) compile(node *yaml.Node, names []string) error {
	m.names = names
	if node.Kind != yaml.MappingNode {
		return m.compilePattern(&m.forms[plural.Other], node)
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i].Value, node.Content[i+1]
		form, isPlural := pluralForms[key]
		to := &m.forms[form]
		switch {
		case isPlural && slices.Contains(names, "count"), key == "day" && slices.Contains(names, "date"):
		case key == "month" && slices.Contains(names, "date"):
			to = &m.month
		default:
			return faultAt(value, "no message with {%s} has a form %q", strings.Join(names, "}, {"), key)
		}
		if err := m.compilePattern(to, value); err != nil {
			return err
		}
	}
	if m.forms[plural.Other] == nil {
		return faultAt(node, "there is no form for other numbers")
	}
	return nil
}

func (m *message) compilePattern(to *pattern, node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode || node.Value == "" {
		return faultAt(node, "write words")
	}
	rest := node.Value
	for rest != "" {
		text, after, found := strings.Cut(rest, "{")
		if text != "" {
			*to = append(*to, part{text, -1})
		}
		if !found {
			break
		}
		name, after, closed := strings.Cut(after, "}")
		arg := slices.Index(m.names, name)
		if !closed || arg < 0 {
			return faultAt(node, "{%s} is not one of {%s}", name, strings.Join(m.names, "}, {"))
		}
		*to = append(*to, part{"", arg})
		rest = after
	}
	return nil
}

// text returns m with its arguments: numbers, dates, numbers of versions, and
// strings.
func (m *message) text(args ...any) string {
	var w strings.Builder
	for _, p := range m.pattern(args) {
		w.WriteString(m.part(p, args))
	}
	return w.String()
}

// sentence is text, parted at its date.
func (m *message) sentence(args ...any) Sentence {
	var s Sentence
	var w strings.Builder
	for _, p := range m.pattern(args) {
		if p.arg >= 0 && s.Date.ISO == "" {
			if date, ok := args[p.arg].(Date); ok {
				s.Before, s.Date = w.String(), date
				w.Reset()
				continue
			}
		}
		w.WriteString(m.part(p, args))
	}
	if s.Date.ISO == "" {
		s.Before = w.String()
	} else {
		s.After = w.String()
	}
	return s
}

// pattern returns the form that goes with the arguments.
func (m *message) pattern(args []any) pattern {
	for i, name := range m.names {
		switch arg := args[i].(type) {
		case int:
			if name != "count" {
				continue
			}
			if form := m.forms[plural.Cardinal.MatchPlural(m.tag, arg, 0, 0, 0, 0)]; form != nil {
				return form
			}
		case Date:
			if arg.month && m.month != nil {
				return m.month
			}
		}
	}
	return m.forms[plural.Other]
}

func (m *message) part(p part, args []any) string {
	if p.arg < 0 {
		return p.text
	}
	switch arg := args[p.arg].(type) {
	case int:
		return strconv.Itoa(arg)
	case Date:
		return arg.Text
	case legal.Number:
		return arg.String()
	case string:
		return m.isolate(arg)
	}
	panic(fmt.Sprintf("a message was given %T", args[p.arg]))
}

// isolate returns s so that it stands in a sentence as one, where it is read in
// the other direction than the sentence (UAX 9, section 2.7).
func (d *dialect) isolate(s string) string {
	var n letters
	n.add(s)
	if d.Dir == rtl && n.left > 0 || d.Dir != rtl && n.right > 0 {
		return "\u2068" + s + "\u2069"
	}
	return s
}
