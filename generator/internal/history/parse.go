package history

import (
	"cmp"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A planReader reads a plan and gathers its problems.
type planReader struct {
	file     string
	problems []legal.Problem
}

// ParsePlan reads a plan; file is its name in problems.
func ParsePlan(source []byte, file string) (*Plan, []legal.Problem) {
	r := &planReader{file: file}
	p := &Plan{}
	root, err := readYAML(source)
	switch {
	case err != nil:
		r.problem(nil, "put text that holds a colon, a quote or a # into quotation marks", "the plan is not YAML: %v", err)
		return nil, r.problems
	case root == nil:
		r.problem(nil, "write one with codicil import git", "the plan is empty")
		return nil, r.problems
	}
	r.mapping(root, map[string]func(*yaml.Node){
		"document": func(n *yaml.Node) { p.Document = r.text(n) },
		"from": func(n *yaml.Node) {
			r.mapping(n, map[string]func(*yaml.Node){
				"git":    func(n *yaml.Node) { p.Git = r.text(n) },
				"path":   func(n *yaml.Node) { p.Path = r.text(n) },
				"format": func(n *yaml.Node) { p.Markup = r.text(n) },
			})
		},
		"title":    func(n *yaml.Node) { p.Title = r.text(n) },
		"sections": func(n *yaml.Node) { p.Sections = r.level(n) },
		"encoding": func(n *yaml.Node) { p.Encoding = r.encoding(n) },
		"versions": func(n *yaml.Node) { p.Versions = r.versions(n) },
	})
	r.whole(root, p)
	return p, r.problems
}

// readYAML returns the mapping in source, nil where there is none.
func readYAML(source []byte) (root *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil { // the library panics at some damage
			err = fmt.Errorf("%v", p)
		}
	}()
	var doc yaml.Node
	if err := yaml.Unmarshal(legal.Canon(source), &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	return doc.Content[0], nil
}

func (r *planReader) problem(n *yaml.Node, hint, format string, args ...any) {
	pos := legal.Pos{File: r.file}
	if n != nil {
		pos.Line, pos.Col = n.Line, n.Column
	}
	r.problems = append(r.problems, legal.Problem{Pos: pos, Rule: "plan", Msg: fmt.Sprintf(format, args...), Hint: hint})
}

func (r *planReader) mapping(n *yaml.Node, fields map[string]func(*yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.problem(n, "known are "+strings.Join(sortedKeys(fields), ", "), "here should stand settings")
		return
	}
	taken := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		read, ok := fields[key.Value]
		switch {
		case !ok:
			r.problem(key, "known are "+strings.Join(sortedKeys(fields), ", "), "unknown key %q", plainLine(key.Value))
		case taken[key.Value]:
			r.problem(key, "keep the one that is meant", "the key %q stands here twice", key.Value)
		default:
			taken[key.Value] = true
			read(value)
		}
	}
}

func (r *planReader) text(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode {
		r.problem(n, "write one value", "here should stand text")
		return ""
	}
	if n.ShortTag() == "!!null" {
		return ""
	}
	return strings.TrimSpace(n.Value)
}

func (r *planReader) level(n *yaml.Node) int {
	if len(n.Value) == 1 && n.Value >= "0" && n.Value <= "6" {
		return int(n.Value[0] - '0')
	}
	r.problem(n, "write 0 to 6", "%q is not a level of headings", plainLine(n.Value))
	return 0
}

func (r *planReader) encoding(n *yaml.Node) string {
	name := r.text(n)
	if name != "" && !ValidEncoding(name) {
		r.problem(n, "write a name that the web knows, e.g. shift_jis, gbk, windows-1251", "there is no encoding %q", plainLine(name))
	}
	return name
}

func (r *planReader) date(n *yaml.Node) legal.Date {
	s := r.text(n)
	if s == "" {
		return legal.Date{}
	}
	d, err := legal.ParseDate(s)
	if err != nil {
		r.problem(n, "write a date as 2025-07-14, or as 2025-07 for the whole month", "%q is not a date", plainLine(s))
	}
	return d
}

func (r *planReader) number(n *yaml.Node) legal.Number {
	number, err := legal.ParseNumber(r.text(n))
	if err != nil {
		r.problem(n, "a version has three numbers: EDITION.UPDATE.CORRECTION, e.g. 1.0.0", "%v", err)
	}
	return number
}

func (r *planReader) object(n *yaml.Node) string {
	s := r.text(n)
	if !validObject.MatchString(s) {
		r.problem(n, "write all its letters, as the plan had it", "%q is not the id of an object", plainLine(s))
		return ""
	}
	return s
}

func (r *planReader) versions(n *yaml.Node) []Version {
	if n.Kind != yaml.SequenceNode {
		r.problem(n, "write a list: each version begins with - number:", "here should stand versions")
		return nil
	}
	var all []Version
	for _, item := range n.Content {
		v := Version{Pos: legal.Pos{File: r.file, Line: item.Line, Col: item.Column}}
		at, dated := item, false
		r.mapping(item, map[string]func(*yaml.Node){
			"number":    func(n *yaml.Node) { v.Number, at = r.number(n), n },
			"published": func(n *yaml.Node) { v.Published = r.date(n) },
			"effective": func(n *yaml.Node) { v.Effective, dated = r.date(n), r.text(n) != "" },
			"summary":   func(n *yaml.Node) { v.Summary = r.text(n) },
			"commit":    func(n *yaml.Node) { v.Commit = r.object(n) },
			"file":      func(n *yaml.Node) { v.File = r.text(n) },
			"text":      func(n *yaml.Node) { v.Text = r.object(n) },
			"folded":    func(*yaml.Node) {}, // what is folded is for people
		})
		if len(all) > 0 {
			r.after(at, &all[len(all)-1], &v)
		}
		r.complete(at, &v, dated)
		all = append(all, v)
	}
	return all
}

// complete reports what a version lacks.
func (r *planReader) complete(n *yaml.Node, v *Version, dated bool) {
	switch {
	case v.Number.IsZero():
	case !dated:
		r.problem(n, "write effective: 2025-07-14", "%s does not say from when it applies", v.Number)
	case v.Text == "":
		r.problem(n, "write text: and the id of its contents", "%s does not say which text it is", v.Number)
	case !v.Effective.IsZero() && v.Published.After(v.Effective):
		r.problem(n, "take published out, or let it apply from "+v.Published.String()+" or later",
			"%s applies from %s, before it is published on %s", v.Number, v.Effective, v.Published)
	}
}

// after reports what of v does not follow upon the version before.
func (r *planReader) after(n *yaml.Node, before, v *Version) {
	switch {
	case v.Number.IsZero():
	case v.Number.Compare(before.Number) <= 0:
		r.problem(n, "number it "+before.Number.Next(legal.Update).String()+" or higher", "%s stands below %s", v.Number, before.Number)
	case !v.Effective.IsZero() && before.Effective.After(v.Effective):
		r.problem(n, "let it apply from "+before.Effective.String()+" or later, or put the versions in another order",
			"%s applies from %s, before %s (from %s)", v.Number, v.Effective, before.Number, before.Effective)
	case !v.Published.IsZero() && before.Published.After(v.Published):
		r.problem(n, "say when it was posted: on "+before.Published.String()+" or later, or take published out",
			"%s is published on %s, before %s was (on %s)", v.Number, v.Published, before.Number, before.Published)
	case v.Summary == "":
		r.problem(n, "write summary: and what changed, in plain words", "%s does not say what changed", v.Number)
	}
}

// whole reports what the plan as a whole lacks.
func (r *planReader) whole(n *yaml.Node, p *Plan) {
	switch {
	case !legal.ValidID(p.Document) || p.Document == "assets":
		r.problem(n, "it is the document's address: a to z, 0 to 9 and single hyphens, e.g. privacy-policy", "%q cannot be a document's name", plainLine(p.Document))
	case p.Git == "" && p.Markup != "markdown" && p.Markup != "html":
		r.problem(n, "from: has git: and path:, or format: markdown or html", "the plan does not say where the texts are from")
	case p.Title == "":
		r.problem(n, "write title: and the document's title", "the plan has no title for texts without one")
	case len(p.Versions) == 0:
		r.problem(n, "each version begins with - number:", "the plan has no versions")
	case p.Git == "":
		for _, v := range p.Versions {
			if v.File == "" {
				r.problems = append(r.problems, legal.Problem{Pos: v.Pos, Rule: "plan",
					Msg: fmt.Sprintf("%s does not say which file it is", cmp.Or(v.Number.String(), "a version")), Hint: "write file: and its name"})
			}
		}
	}
}
