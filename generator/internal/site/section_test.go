package site

import (
	"strings"
	"testing"
)

// A section's page tells what each version did to it, whatever it was called.
func TestSectionPage(t *testing.T) {
	b := buildSite(t, content(), "2026-06-15", Options{})
	for _, c := range []struct{ file, selector, want string }{
		{"terms/sections/fees/index.html", ".steps h2", "Version 2.0.0\nVersion 1.1.0\nVersion 1.0.0"},
		{"terms/sections/usage/index.html", ".steps h2", "Version 2.0.0\nVersion 1.0.0"},
		{"terms/sections/usage/index.html", "h1", "Usage"},
		{"terms/sections/usage/index.html", ".tag", "Upcoming"},
		{"terms/sections/opening_text/index.html", ".steps h2", "Version 1.1.1\nVersion 1.0.0"},
		{"terms/sections/use/index.html", ".message > p", "The section “use” is now “usage”.\nHistory of this section"},
	} {
		if got := b.text(t, c.file, c.selector); got != c.want {
			t.Errorf("%s: %s reads %q, want %q", c.file, c.selector, got, c.want)
		}
	}
	if got := b.text(t, "terms/sections/fees/index.html", ".excerpt ins"); !strings.Contains(got, "14") {
		t.Errorf("inserted is %q", got)
	}
	if got := attribute(find(b.page(t, "terms/sections/usage/index.html"), "header .actions a")[0], "href"); got != "../../index.html#use" {
		t.Errorf("what the section says now is at %q, want it at the id that it has in force", got)
	}
}
