package check

import (
	"embed"
	"fmt"
	"io"
	"strings"

	"golang.org/x/tools/txtar"
)

// examples holds, for every rule, an archive of its name: the reason for the rule, then
// files whose names begin with what they are of,
//
//	bad/       content that breaks the rule
//	good/      content that keeps it
//	base/      with them: what was published before
//	released/  with them: what the hashes in versions.sum are of, where it is not the content
//
// and between them the file "want", with what is said of the bad content. Files that are
// always the same are left out; see scaffold.
//
//go:embed examples/*.txtar
var examples embed.FS

// scaffold is what examples leave out.
const scaffold = `
-- site.yaml --
title: Example
url: https://example.com
contact: legal@example.com
-- code/index.md --
---
title: Code of Conduct
version: 1.0.0
effective: 2026-01-01
---
-- code/10-scope.md --
---
title: Scope
---
This code applies to all members.
`

// exampleDay is the day of the examples.
const exampleDay = "2026-07-01"

// example returns the archive of the rule.
func (rule *Rule) example() (*txtar.Archive, error) {
	data, err := examples.ReadFile("examples/" + rule.ID + ".txtar")
	if err != nil {
		return nil, err
	}
	return txtar.Parse(data), nil
}

// Write writes the rules as Markdown, each with its reason and its examples.
func Write(w io.Writer) error {
	fmt.Fprintf(w, `# The rules

Made by %[1]scodicil check --rules%[1]s from the table of rules; every example is run as a test, on %[2]s.

A problem is an *error*, which stops a build and a release, or a *warning*. The settings of the site change that, but for
the rules that guard the evidence:

%[1]s%[1]s%[1]syaml
rules:
  dangling-anchor: error     # or warning, or "off"
%[1]s%[1]s%[1]s

*Advice* is given by %[1]scodicil check%[1]s alone, so that builds stay quiet; where the settings make it an error, it stops builds as well.
Rules that name %[1]s--base%[1]s compare with what was published: %[1]scodicil check --base origin/main%[1]s.

| rule | | |
| --- | --- | --- |
`, "`", exampleDay)
	for _, rule := range Rules() {
		fmt.Fprintf(w, "| [%s](#%s) | %s | %s |\n", rule.ID, rule.ID, rule.status(), rule.Doc)
	}
	for _, rule := range Rules() {
		a, err := rule.example()
		if err != nil {
			return fmt.Errorf("the rule %s: %w", rule.ID, err)
		}
		fmt.Fprintf(w, "\n## %s\n\n%s %s\n", rule.ID, rule.Doc, strings.TrimSpace(string(a.Comment)))
		for _, f := range a.Files {
			if !aside(a, f) {
				writeExample(w, f)
			}
		}
	}
	return nil
}

// status says what a problem of the rule is.
func (rule *Rule) status() string {
	if rule.Force == Ordinary {
		return rule.Severity.String()
	}
	return rule.Severity.String() + ", " + rule.Force.String()
}

// aside reports whether f stands in the good and the bad content alike, or as it was
// published: what tells the two apart is shown without it.
func aside(a *txtar.Archive, f txtar.File) bool {
	what, name, _ := strings.Cut(f.Name, "/")
	if what == "base" || what == "released" || what == "want" {
		return false
	}
	for _, g := range a.Files {
		other, same, _ := strings.Cut(g.Name, "/")
		if other != what && same == name && string(f.Data) == string(g.Data) {
			return true
		}
	}
	return false
}

func writeExample(w io.Writer, f txtar.File) {
	what, name, _ := strings.Cut(f.Name, "/")
	intro := map[string]string{
		"bad": "Not so, in `%s`:", "good": "But so, in `%s`:", "base": "What was published, in `%s`:",
		"released": "What was released, in `%s`:", "want": "It says:",
	}[what]
	if name != "" {
		intro = fmt.Sprintf(intro, name)
	}
	fence := "```"
	fmt.Fprintf(w, "\n%s\n\n%s\n", intro, fence)
	for line := range strings.Lines(string(f.Data)) {
		if len(line) > mostWide {
			line = line[:20] + "… and so on\n"
		}
		fmt.Fprint(w, line)
	}
	fmt.Fprintln(w, fence)
}

// mostWide is the longest line of an example that is shown whole.
const mostWide = 400
