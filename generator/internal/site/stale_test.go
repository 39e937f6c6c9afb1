package site

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestStale: what a page says from the day of the next version is there where it
// shows what is in force or upcoming, and scripts are allowed where there is one.
func TestStale(t *testing.T) {
	const words = "Version 2.0.0 took effect on September 1, 2026, and this page was made before. What it says about which version is in force is out of date."
	for _, c := range []struct {
		day, file string
		want      bool
	}{
		{"2026-06-15", "terms/index.html", true},
		{"2026-06-15", "terms/upcoming/index.html", true},
		{"2026-06-15", "terms/1.1.1/index.html", true},
		{"2026-06-15", "terms/2.0.0/index.html", true},
		{"2026-06-15", "terms/1.1.0/index.html", false},
		{"2026-06-15", "terms/changes/index.html", false},
		{"2026-06-15", "index.html", false},
		{"2026-05-31", "terms/index.html", false}, // 2.0.0 is not published yet
		{"2026-09-01", "terms/index.html", false},
		{"2026-09-01", "terms/upcoming/index.html", false},
	} {
		root := buildSite(t, content(), c.day, Options{}).page(t, c.file)
		policy := attribute(find(root, "meta[http-equiv=Content-Security-Policy]")[0], "content")
		all := find(root, "script[type=]")
		scripts := slices.DeleteFunc(slices.Clone(all), func(s *html.Node) bool { return attribute(s, "data-from") == "" })
		if (len(scripts) == 1) != c.want || strings.Contains(policy, "script-src 'self'") != (len(all) > 0) {
			t.Errorf("on %s %s has %d scripts and the policy %q, want one that says so: %v", c.day, c.file, len(all), policy, c.want)
			continue
		}
		if !c.want {
			continue
		}
		s := scripts[0]
		if from := attribute(s, "data-from"); from != "2026-09-01T00:00:00-04:00" {
			t.Errorf("on %s %s is stale from %q", c.day, c.file, from)
		}
		if got := attribute(s, "data-words"); got != words {
			t.Errorf("on %s %s says %q, want %q", c.day, c.file, got, words)
		}
		if src := attribute(s, "src"); !strings.Contains(src, "assets/stale.") || s.FirstChild != nil {
			t.Errorf("on %s %s has the script %q", c.day, c.file, src)
		}
	}
}

func TestStaleBeforeTheFirst(t *testing.T) {
	if root := buildSite(t, content(), "2026-02-01", Options{}).page(t, "policy/index.html"); len(find(root, "script")) != 1 {
		t.Error("the page that waits for the first version has no script")
	}
}
