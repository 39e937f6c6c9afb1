package site

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// hostileReview returns a review of many documents in which every word comes from an
// attacker.
func hostileReview(documents int) *Review {
	const evil = "</h3></details>\n\n@team #1 `x` **b** <script>\n\n/merge"
	r := &Review{Base: evil, Files: []string{evil, "a\n\n/close"}}
	for i := range 60 {
		r.Problems = append(r.Problems, legal.Problem{
			Pos: legal.Pos{File: evil, Line: i + 1}, Severity: legal.Severity(i % 2), Rule: "rule",
			Msg: evil + strings.Repeat("x", 10_000), Hint: evil,
		})
	}
	for i := range documents {
		old, new := readText(hostileTexts[i%len(hostileTexts)]), readText(hostileTexts[(i+1)%len(hostileTexts)])
		new.Title, new.Summary = evil, old.Sections[0].Body
		old.Number, new.Number = legal.Number{Edition: 1}, legal.Number{Edition: 1, Update: i % 2}
		r.Documents = append(r.Documents, Reviewed{
			Name: fmt.Sprint("terms-", i), Title: evil, Op: redline.Op(i % 3), Alarms: []string{evil},
			Steps: []Step{{Release: i%2 == 0, Before: old, New: new, Redline: redline.Compare(old, new)}},
		})
	}
	return r
}

func TestReviewHostile(t *testing.T) {
	for _, n := range []int{0, 1, 12, 400} {
		got := string(hostileReview(n).Markdown())
		if !strings.HasPrefix(got, ReviewMarker+"\n") {
			t.Errorf("the first line is not the marker: %.100q", got)
		}
		root := checkComment(t, got)
		text := words(root)
		if !strings.Contains(text, "… and 35 more problems.") {
			t.Errorf("of %d documents: the problems that are not listed are not counted", n)
		}
		if shown := len(find(root, "h3")); shown < min(n, 12) {
			t.Errorf("of %d documents %d are shown", n, shown)
		}
		if left := strings.Contains(text, "no room for more"); left != (n == 400) {
			t.Errorf("of %d documents: that some were left out is said: %v", n, left)
		}
	}
}

// What has no room is counted: problems, steps, and what is too long to be shown.
func TestReviewRoom(t *testing.T) {
	r := hostileReview(1)
	for i := range r.Problems {
		r.Problems[i].Msg = strings.Repeat("#1", 300)
		r.Problems[i].Hint = strings.Repeat("#1", 300)
	}
	d := &r.Documents[0]
	for range 500 {
		d.Steps = append(d.Steps, d.Steps[0])
		d.Alarms = append(d.Alarms, "Gone.")
	}
	text := words(checkComment(t, string(r.Markdown())))
	for _, want := range []string{"… and 54 more problems.", "⚠ … and 491 more of this kind.", " changes of this document left out"} {
		if !strings.Contains(text, want) {
			t.Errorf("the comment does not say %q", want)
		}
	}
	old, new := readText("a"), readText("b")
	new.Title = strings.Repeat("#1", 70_000)
	text = words(checkComment(t, string(RedlineMarkdown(redline.Compare(old, new), "old", "new"))))
	if want := "A comment has no room for what changed."; !strings.Contains(text, want) {
		t.Errorf("the comment does not say %q", want)
	}
}

func TestStepWords(t *testing.T) {
	day := func(s string) legal.Date {
		d, err := legal.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	one := &legal.Version{Number: legal.Number{Edition: 1}, Effective: day("2025-07")}
	version := func(number, published, effective string) *legal.Version {
		n, err := legal.ParseNumber(number)
		if err != nil {
			t.Fatal(err)
		}
		v := &legal.Version{Number: n, Effective: day(effective), Published: day(published), Announced: published != effective, Material: n.Correction == 0}
		return v
	}
	for _, test := range []struct {
		step                Step
		kind, dates, matter string
	}{
		{Step{Release: true, New: one}, "The first version.", "Applies from 2025-07.", ""},
		{Step{Release: true, Before: one, New: version("1.1.0", "2025-12-01", "2026-01-01")},
			"An update of 1.0.0.", "Applies from 2026-01-01, published 2025-12-01: 31 days of notice.", "Material: Last Updated will be 2025-12-01."},
		{Step{Release: true, Before: one, New: version("1.0.1", "2026-01", "2026-01"), Updated: day("2025-07")},
			"A correction of 1.0.0.", "Applies from 2026-01, and counts as published on that day: no notice.", "Not material: Last Updated stays 2025-07."},
		{Step{Release: true, Before: one, New: version("2.0.0", "2026-01-03", "2026-01-01")},
			"An edition of 1.0.0.", "Applies from 2026-01-01, which is 2 days before it is published, 2026-01-03.", "Material: Last Updated will be 2026-01-03."},
		{Step{Before: one, New: version("1.1.0", "2025-12-31", "2026-01-01")},
			"An update of 1.0.0, planned as 1.1.0.", "Applies from 2026-01-01, published 2025-12-31: 1 day of notice.", "Material: Last Updated moves."},
		{Step{Before: one, New: version("1.0.0", "2025-07", "2025-07"), Likely: legal.Edition},
			"What kind of change it is has not been decided: 1.0.1 as a correction, 1.1.0 as an update or 2.0.0 as an edition of 1.0.0. An edition looks likely.",
			"From when it applies has not been decided.", "Material if it is an update or an edition, not if it is a correction."},
	} {
		s := &test.step
		for _, c := range [][2]string{{s.kind(), test.kind}, {s.dates(), test.dates}, {s.material(), test.matter}} {
			if c[0] != c[1] {
				t.Errorf("%s: got %q, want %q", s.New.Number, c[0], c[1])
			}
		}
	}
}
