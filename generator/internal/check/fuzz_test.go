package check

import (
	"testing"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// Whatever the content, rules say problems of it: they do not panic, each has a
// place in a file, and columns are within their line.
func FuzzRules(f *testing.F) {
	for _, text := range []string{
		"See [x](#y), [^1] and Section 9.\n\n(\"A\") “b\" TODO aa aa\n",
		"## 1. A\n\n#### 3. B {#b}\n\n(a) c\n\n(c) d\n\n| a | b |\n|---|---|\n| 1 May 2025 | [y](/code/#z) |\n",
		"Last updated: 31. März 2025\n\nwe may change this policy; check this page regularly\n\n[^a]: b\n",
	} {
		for _, tag := range []string{"en", "de", "fr", "ja"} {
			f.Add("---\ntitle: Privacy\nversion: 1.0.1\neffective: 2026-01-01\nnotice: 1 month\n---\n", "---\ntitle: 1. T\n---\n"+text, "We must pay $5.\n", tag)
		}
	}
	f.Fuzz(func(t *testing.T, index, section, old, tag string) {
		files := map[string][]byte{
			"site.yaml":                       []byte("title: X\nurl: https://example.com\nlanguage: en\nrules: {undefined-term: warning, unused-anchor: warning}\n"),
			"privacy/index.md":                []byte(index),
			"privacy/1.md":                    []byte(section),
			"privacy/versions/1.0.0/index.md": []byte("---\ntitle: Privacy\nversion: 1.0.0\neffective: 2026-01-01\n---\n"),
			"privacy/versions/1.0.0/1.md":     []byte("---\ntitle: 1. T\n---\n" + old),
		}
		lib := open(t, files)
		lib.Site.Language = tag
		doc, _, err := legal.Load(lib, "privacy")
		if err != nil {
			t.Skip()
		}
		day, _ := legal.ParseDate(exampleDay)
		base := &legal.Document{Name: "privacy", Versions: doc.Versions}
		r := &Review{Document: doc, Library: lib, Base: base, Day: day, Advice: true}
		problems := append(Run(r), Links(lib.Site, []*Outline{Outlined(r)})...)
		problems = append(problems, Run(&Review{Document: doc, Library: lib, Base: &legal.Document{}, Day: day, Advice: true})...)
		for _, p := range problems {
			lines := r.lines(p.File)
			if p.File == "" || p.Hint == "" || p.Line > len(lines)+1 || p.Line > 0 && p.Line <= len(lines) && p.Col > len([]rune(lines[p.Line-1]))+1 {
				t.Errorf("%v is nowhere", p)
			}
		}
	})
}
