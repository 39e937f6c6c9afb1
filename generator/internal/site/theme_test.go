package site

import (
	"regexp"
	"strings"
	"testing"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/templates"
)

// Package legal knows the colours of the style sheet, since it says what can be read on
// what; they can be read themselves.
func TestOwnColours(t *testing.T) {
	sheet, err := templates.Files.ReadFile("style/10-page.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, ok := strings.Cut(string(sheet), "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("the style sheet has no dark colours")
	}
	dark, _, _ = strings.Cut(dark, "\n}\n")
	for _, c := range []struct {
		paper string
		css   string
		own   legal.Colours
	}{{"light", light, legal.OwnColours.Light}, {"dark", dark, legal.OwnColours.Dark}} {
		for name, want := range c.own {
			m := regexp.MustCompile(`--` + name + `: (#\w+);`).FindStringSubmatch(c.css)
			if m == nil || m[1] != want {
				t.Errorf("on %s paper the style sheet has %s %q, legal.OwnColours %s", c.paper, name, m, want)
			}
			if ratio := legal.Contrast(want, c.own["paper"]); ratio < 4.5 && !strings.Contains("paper raised line", name) {
				t.Errorf("on %s paper %s has a contrast of %.2f", c.paper, name, ratio)
			}
		}
	}
}

// The theme stands in the sheet after the tool's own colours and before those of paper, and
// colours of light paper leave those of dark paper alone.
func TestThemePart(t *testing.T) {
	b := &Builder{site: legal.Site{Theme: legal.Theme{Light: legal.Colours{"ink": "#123456"}}}, assets: map[string]asset{}}
	sheet, err := b.style(looks{})
	if err != nil {
		t.Fatal(err)
	}
	css := string(sheet)
	own, theme, print := strings.Index(css, "--ink: #1d1c1a"), strings.Index(css, "--ink: #123456"), strings.Index(css, "@media print")
	if !strings.Contains(css, "@media not (prefers-color-scheme: dark) {\n:root {\n\t--ink: #123456;\n}\n}\n") {
		t.Errorf("the colours of light paper are not its alone:\n%s", css[max(0, theme-100):theme+50])
	}
	if own < 0 || theme < own || print < theme {
		t.Errorf("own colours stand at %d, the theme at %d, print at %d", own, theme, print)
	}
}
