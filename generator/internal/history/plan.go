// Package history makes versions of the history that a text had before: of a
// file in a git repository, or of a row of files.
//
// It works in two steps, since no legal date is ever taken from git without a
// person. The first reads the history and writes a plan, a YAML file in which
// every number and date is a proposal with its reason beside it:
//
//	document: privacy-policy
//	from:
//	  git: ../policies
//	  path: privacy/index.md
//	title: Privacy Policy      # of texts that have none
//	sections: 2                # cut at headings down to this level; 0: nowhere
//	encoding: shift_jis        # of what is not UTF-8; default: windows-1252
//	versions:
//	- number: 1.0.0
//	  published: 2020-04-13    # proposed: the commit's date
//	  effective: 2020-04-14    # proposed: the text says “Effective date: April 14, 2020”
//	  commit: 7a32eef969253f9f57e9d92a09fb98ed720f343b
//	  text: 5d41402abc4b2a76b9719d911017c592a1b2c3d4
//	- number: 1.1.0
//	  effective: 2021-01-01
//	  summary: We name the new payment provider.
//	  commit: 480b2afca9bfab0be4e144845da2fec282450b0f
//	  text: 7d793037a0760186574b0282f2f435e7a1b2c3d4
//	  folded:
//	  - commit: 6f2ee99128a6a18f33b22e6b48536102800c743f
//	    text: 8c7dd922ad47494fc02c388e12c00eac0e1b4bd1
//	    why: white space
//
// text is the id of the file's contents in git. Of files without git it is
// their SHA-256, and file their name; they have no commit, and from has a
// format, markdown or html.
//
// A person edits the plan: corrects numbers, dates and summaries, takes a
// version out, or makes one of a folded commit. The second step makes frozen
// versions of what the plan says then.
//
// A commit is not a version. One that changed nothing that a reader can see or
// follow is folded into the version before it, which takes its form: the text
// of a version is that of the last commit with these words.
package history

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A Plan says which versions a history becomes.
type Plan struct {
	Document string
	Git      string // where the repository is; empty: the texts are files
	Path     string // of the file there
	Markup   string // of files: markdown or html
	Title    string // of texts that have none of their own
	Sections int    // the level of headings down to which texts are cut; 0: nowhere
	Encoding string // of what is not UTF-8; empty: windows-1252
	Versions []Version
	Notes    []string // what a person should know

	read map[string]*prepared // the texts that were read, by their ids
}

// A Version is a text that becomes a version.
type Version struct {
	Number    legal.Number
	Published legal.Date // zero: not stated
	Effective legal.Date
	Summary   string
	Commit    string // that first had these words
	File      string // of a text without git
	Text      string // the id of the contents
	Folded    []Folded
	Pos       legal.Pos // in the plan's file

	why struct{ number, published, effective, commit, text string }
}

// A Folded is a commit that is no version, and why.
type Folded struct {
	Commit, File, Text, Why string

	about string
}

// Format returns p as a file for a person.
func (p *Plan) Format() []byte {
	var w strings.Builder
	w.WriteString(`# What codicil import proposes. Nothing has been written yet.
#
# Numbers, dates and summaries are proposals, each with its reason beside it: a
# commit's date is when the text was kept, which need not be when it was posted
# or from when it applied. Correct them. Take out a version that was none; make
# one of a folded commit by moving its commit and text to an entry of its own.
`)
	for _, n := range p.Notes {
		fmt.Fprintf(&w, "#\n# Note: %s\n", n)
	}
	fmt.Fprintf(&w, "\ndocument: %s\nfrom:\n", scalar(p.Document))
	if p.Git != "" {
		fmt.Fprintf(&w, "  git: %s\n  path: %s\n", scalar(p.Git), scalar(p.Path))
	} else {
		fmt.Fprintf(&w, "  format: %s\n", p.Markup)
	}
	fmt.Fprintf(&w, "title: %s  # of texts that have none of their own\n", scalar(p.Title))
	fmt.Fprintf(&w, "sections: %d  # cut at headings down to this level; 0: nowhere\n", p.Sections)
	if p.Encoding != "" {
		fmt.Fprintf(&w, "encoding: %s\n", scalar(p.Encoding))
	}
	w.WriteString("versions:\n")
	for i := range p.Versions {
		p.Versions[i].format(&w)
	}
	return []byte(w.String())
}

func (v *Version) format(w *strings.Builder) {
	line := func(key, value, why string) {
		if why != "" {
			value += strings.Repeat(" ", max(2, 24-len(key)-len(value))) + "# " + why
		}
		fmt.Fprintf(w, "%s %s\n", key, value)
	}
	w.WriteByte('\n')
	line("- number:", v.Number.String(), v.why.number)
	if v.Published.IsZero() {
		fmt.Fprintf(w, "  # published: not stated%s\n", prefixed("; ", v.why.published))
	} else {
		line("  published:", v.Published.String(), v.why.published)
	}
	line("  effective:", v.Effective.String(), v.why.effective)
	if v.Summary != "" {
		line("  summary:", scalar(v.Summary), "")
	}
	if v.File != "" {
		line("  file:", scalar(v.File), "")
	} else {
		line("  commit:", v.Commit, v.why.commit)
	}
	line("  text:", v.Text, v.why.text)
	if len(v.Folded) > 0 {
		w.WriteString("  folded:\n")
	}
	for _, f := range v.Folded {
		if f.File != "" {
			line("  - file:", scalar(f.File), "")
		} else {
			line("  - commit:", f.Commit, f.about)
		}
		if f.Text != "" {
			line("    text:", f.Text, "")
		}
		line("    why:", scalar(f.Why), "")
	}
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// scalar returns s as a value of YAML.
func scalar(s string) string {
	out, err := yaml.Marshal(strings.TrimSpace(s))
	if err != nil || strings.Count(string(out), "\n") != 1 { // of several lines
		n := yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.DoubleQuotedStyle, Value: s}
		out, _ = yaml.Marshal(&n)
	}
	return strings.TrimSuffix(string(out), "\n")
}

// Renumber numbers the versions: the first is 1.0.0, and change says of every
// other what kind of step it is from the one before.
func (p *Plan) Renumber(change func(i int) legal.Change) {
	for i := range p.Versions {
		v := &p.Versions[i]
		if i == 0 {
			v.Number, v.why.number = legal.Number{Edition: 1}, "proposed: the first"
			continue
		}
		kind := change(i)
		if kind == legal.Edition {
			kind = legal.Update // what must be read whole is for a person to say
		}
		v.Number = p.Versions[i-1].Number.Next(kind)
		v.why.number = map[legal.Change]string{
			legal.Correction: "proposed: a correction, all that changed looks like slips of the pen",
			legal.Update:     "proposed: an update",
		}[kind]
	}
}
