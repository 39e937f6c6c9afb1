package legal

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A meta is the front matter of one file. Files of the same bytes share all
// but its name.
type meta struct {
	file     string
	bodyLine int // of the first line after the front matter
	read     bool
	at       map[string]Pos

	title     string
	id        string
	was       []string
	version   Number
	published Date
	effective Date
	summary   string
	material  *bool
	reaccept  *bool
	notice    Notice
	reason    string
	kind      string
	reviewed  Date
	numbered  *bool
	prevails  string

	translates Number
}

func (m *meta) pos(key string) Pos {
	pos, ok := m.at[key]
	if !ok {
		pos = Pos{Line: 1, Col: 1}
	}
	pos.File = m.file
	return pos
}

// The keys that each kind of file may have.
var (
	indexKeys   = []string{"title", "version", "published", "effective", "summary", "material", "reacceptance", "notice", "reason", "kind", "numbered", "reviewed", "prevails"}
	sectionKeys = []string{"title", "id", "was", "version", "effective"}
	siteKeys    = []string{"title", "url", "organisation", "contact", "timezone", "language", "last-visit", "prevails", "kinds", "rules", "theme", "terms"}

	translationKeys = []string{"title", "version", "translates", "published", "effective", "summary", "material"}
)

// A yamlReader gathers the problems of one YAML text.
type yamlReader struct {
	file     string
	line     int // what to add to the text's own lines
	breaks   *lineBreaks
	failed   bool // the text is not YAML
	at       map[string]Pos
	problems []Problem
}

func (r *yamlReader) problem(pos Pos, rule, hint, format string, args ...any) {
	r.problems = append(r.problems, Problem{Pos: pos, Rule: rule, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

func (r *yamlReader) pos(n *yaml.Node) Pos {
	line, col := r.breaks.position(n.Line, n.Column)
	return Pos{File: r.file, Line: line + r.line, Col: col}
}

// front reads the front matter of canonical source and returns the body.
func front(source []byte, file string, keys []string) (*meta, []byte, []Problem) {
	m := &meta{file: file, bodyLine: 1, at: map[string]Pos{}}
	r := &yamlReader{file: file, line: 1, at: m.at}
	head, body, line, ok := splitFront(source)
	if !ok {
		if head == nil {
			r.problem(Pos{file, 1, 1}, "front-matter", "begin the file with a line ---, then title: …, then a line ---",
				"the file has no front matter")
			return m, source, r.problems
		}
		r.problem(Pos{file, 1, 1}, "front-matter", "end the front matter with a line that holds --- alone",
			"the front matter is not closed")
		return m, nil, r.problems
	}
	m.bodyLine = line
	for _, f := range r.fields(head, keys) {
		r.into(m, f)
	}
	m.read = !r.failed
	return m, body, r.problems
}

// splitFront cuts source at its front matter. Head is nil where there is none.
func splitFront(source []byte) (head, body []byte, line int, ok bool) {
	first, rest, found := bytes.Cut(source, []byte("\n"))
	if !found || string(bytes.TrimRight(first, " \t")) != "---" {
		return nil, nil, 0, false
	}
	line = 2
	for at := 0; at < len(rest); {
		end := bytes.IndexByte(rest[at:], '\n')
		if end < 0 {
			end = len(rest) - at
		}
		next := min(at+end+1, len(rest))
		line++
		if string(bytes.TrimRight(rest[at:at+end], " \t")) == "---" {
			return rest[:at:at], rest[next:], line, true
		}
		at = next
	}
	return rest, nil, 0, false
}

// A field is a key with its value.
type field struct {
	key   string
	at    Pos // of the key
	value *yaml.Node
}

// fields returns the known fields of a YAML mapping.
func (r *yamlReader) fields(source []byte, keys []string) []field {
	r.breaks = findBreaks(source)
	root, err := decodeYAML(source)
	if err != nil {
		r.notYAML(source, err)
		return nil
	}
	if len(root.Content) == 0 {
		return nil
	}
	mapping := root.Content[0]
	if mapping.Kind == yaml.ScalarNode && mapping.Value == "" && mapping.ShortTag() == "!!null" {
		return nil // a line --- and nothing else, which has no place
	}
	if mapping.Kind != yaml.MappingNode {
		r.problem(r.pos(mapping), "yaml", "write one setting a line, e.g. title: Privacy Policy", "%s holds no settings", r.what())
		r.failed = true
		return nil
	}
	return r.mapping(mapping, "", keys)
}

// within returns the known fields of a field that holds settings.
func (r *yamlReader) within(f field, what string, keys []string) []field {
	if f.value.Kind != yaml.MappingNode {
		r.wrongType(f, what)
		return nil
	}
	return r.mapping(f.value, f.key+".", keys)
}

// mapping returns the known fields of a mapping, of which r.at has those that begin with
// prefix.
func (r *yamlReader) mapping(mapping *yaml.Node, prefix string, keys []string) []field {
	var fields []field
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		f := field{key.Value, r.pos(key), value}
		switch _, twice := r.at[prefix+f.key]; {
		case key.Kind != yaml.ScalarNode || !slices.Contains(keys, f.key):
			r.problem(f.at, "unknown-key", knownKeys(f.key, keys), "unknown key %s", quote(f.key))
		case twice:
			r.problem(f.at, "duplicate-key", "keep the one that is meant", "the key %s stands here twice", quote(f.key))
		default:
			r.at[prefix+f.key] = r.pos(value)
			fields = append(fields, f)
		}
	}
	return fields
}

func knownKeys(key string, keys []string) string {
	for _, k := range keys {
		if strings.EqualFold(k, key) || alike(k, key) {
			return "did you mean " + k + "?"
		}
	}
	return "known are " + strings.Join(keys, ", ")
}

// alike reports whether a and b differ by one letter left out, added or
// changed, or two exchanged.
func alike(a, b string) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	a, b = a[i:], b[i:]
	switch {
	case a == "" || b == "":
		return len(a)+len(b) <= 1
	case a[1:] == b[1:] || a == b[1:] || a[1:] == b:
		return true
	}
	return len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] && a[2:] == b[2:]
}

func (r *yamlReader) into(m *meta, f field) {
	switch f.key {
	case "title":
		m.title = r.text(f)
	case "id":
		m.id = r.id(f, f.value)
	case "was":
		m.was = r.ids(f)
	case "version":
		m.version = r.number(f)
	case "published":
		m.published = r.date(f)
	case "effective":
		m.effective = r.date(f)
	case "summary":
		m.summary = r.text(f)
	case "material":
		m.material = r.bool(f)
	case "reacceptance":
		m.reaccept = r.bool(f)
	case "notice":
		m.notice = r.notice(f)
	case "reason":
		m.reason = r.oneOf(f, "bad-reason", Reasons)
	case "kind":
		m.kind = r.text(f)
	case "numbered":
		m.numbered = r.bool(f)
	case "reviewed":
		m.reviewed = r.date(f)
	case "prevails":
		m.prevails = r.language(f)
	case "translates":
		m.translates = r.number(f)
	}
}

// text reads a string.
func (r *yamlReader) text(f field) string {
	if f.value.Kind != yaml.ScalarNode {
		r.wrongType(f, "text")
		return ""
	}
	if r.signs(f) {
		return ""
	}
	switch f.value.ShortTag() {
	case "!!str":
		return string(Canon([]byte(f.value.Value)))
	case "!!null":
		return ""
	}
	r.wrongType(f, "text")
	return ""
}

func (r *yamlReader) wrongType(f field, want string) {
	if f.value.Kind != yaml.ScalarNode {
		kind := map[yaml.Kind]string{yaml.MappingNode: "settings", yaml.SequenceNode: "a list", yaml.AliasNode: "a reference"}[f.value.Kind]
		r.problem(r.pos(f.value), "wrong-type", fmt.Sprintf("write it as %s: …", f.key), "%s should be %s, not %s", f.key, want, kind)
		return
	}
	if r.signs(f) {
		return
	}
	kind := map[string]string{"!!int": "a number", "!!float": "a number", "!!bool": "yes or no", "!!timestamp": "a date", "!!null": "empty", "!!str": "text"}[f.value.ShortTag()]
	r.problem(r.pos(f.value), "wrong-type", fmt.Sprintf("put it into quotation marks: %s: %q", f.key, f.value.Value),
		"%s should be %s, but %s is read as %s", f.key, want, f.value.Value, kind)
}

// signs reports a value that begins with & or !, which YAML takes for a sign
// of its own and drops.
func (r *yamlReader) signs(f field) bool {
	sign := ""
	switch tag := f.value.Tag; {
	case f.value.Anchor != "":
		sign = "&" + f.value.Anchor
	case f.value.Style&yaml.TaggedStyle != 0 && !strings.HasPrefix(tag, "!!"):
		sign = tag
	default:
		return false
	}
	r.problem(r.pos(f.value), "wrong-type", fmt.Sprintf("put it into quotation marks: %s: %q", f.key, sign+" "+f.value.Value),
		"%s is a sign of YAML and would not be in the text", quote(sign))
	return true
}

func (r *yamlReader) bool(f field) *bool {
	if f.value.Kind != yaml.ScalarNode || f.value.ShortTag() != "!!bool" {
		r.problem(r.pos(f.value), "wrong-type", "write true or false, without quotation marks", "%s should be true or false, not %s", f.key, quote(f.value.Value))
		return nil
	}
	v := strings.EqualFold(f.value.Value, "true")
	return &v
}

func (r *yamlReader) number(f field) Number {
	if f.value.Kind != yaml.ScalarNode {
		r.wrongType(f, "a version number")
		return Number{}
	}
	n, err := ParseNumber(f.value.Value)
	if err == nil {
		return n
	}
	hint := "a version has three numbers: EDITION.UPDATE.CORRECTION, e.g. 1.0.0"
	if tag := f.value.ShortTag(); tag == "!!float" || tag == "!!int" {
		hint = fmt.Sprintf("YAML reads %s as a number; write all three parts, and quotation marks to be sure: version: %q",
			f.value.Value, threeParts(f.value.Value))
	}
	r.problem(r.pos(f.value), "bad-version", hint, "%v", err)
	return Number{}
}

// threeParts completes what may have been meant as a version number.
func threeParts(s string) string {
	whole, part, _ := strings.Cut(s, ".")
	if n, err := strconv.Atoi(whole); err != nil || n < 1 {
		return "1.0.0"
	}
	if _, err := strconv.Atoi(part); err != nil {
		part = "0"
	}
	return whole + "." + part + ".0"
}

func (r *yamlReader) date(f field) Date {
	if f.value.Kind != yaml.ScalarNode {
		r.wrongType(f, "a date")
		return Date{}
	}
	d, err := ParseDate(f.value.Value)
	if err == nil {
		return d
	}
	hint := "write a date as 2025-07-14, or as 2025-07 for the whole month"
	if len(f.value.Value) > 10 && strings.ContainsAny(f.value.Value[10:], "T :") {
		if _, err := ParseDate(f.value.Value[:10]); err == nil {
			r.problem(r.pos(f.value), "bad-date", "a legal date has no time of day: write "+f.value.Value[:10],
				"%s is more precise than a date", quote(f.value.Value))
			return Date{}
		}
	}
	if calendar.MatchString(f.value.Value) {
		r.problem(r.pos(f.value), "bad-date", hint, "%s is no day of the calendar", quote(f.value.Value))
		return Date{}
	}
	r.problem(r.pos(f.value), "bad-date", hint, "%s is not a date", quote(f.value.Value))
	return Date{}
}

var calendar = regexp.MustCompile(`^\d{4}-\d{2}(-\d{2})?$`)

func (r *yamlReader) id(f field, n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode {
		r.problem(r.pos(n), "wrong-type", idHint(""), "%s should hold an id", f.key)
		return ""
	}
	if !ValidID(n.Value) {
		r.problem(r.pos(n), "bad-id", idHint(n.Value), "%s cannot be an id", quote(n.Value))
		return ""
	}
	return n.Value
}

func (r *yamlReader) ids(f field) []string {
	if f.value.Kind != yaml.SequenceNode {
		r.problem(r.pos(f.value), "wrong-type", fmt.Sprintf("write it in brackets: %s: [%s]", f.key, f.value.Value), "%s should be a list of ids", f.key)
		return nil
	}
	var ids []string
	for _, n := range f.value.Content {
		if id := r.id(f, n); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}
