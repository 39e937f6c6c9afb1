package check

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// typedDates reports dates that the text calls its own, as in "Last updated: 1 May 2025",
// where the front matter has others. What the page shows comes from the front matter.
func typedDates(r *Review) []legal.Problem {
	v := r.vocabulary()
	if v == nil || r.Draft == nil {
		return nil
	}
	own := regexp.MustCompile(`(?i)(?:` + v.updated + `|` + v.effective + `)\s*[:.]?\s*$`)
	passages := r.passages()
	var problems []legal.Problem
	for i := range passages {
		p := &passages[i]
		for _, d := range v.dates(p.prose) {
			if len(problems) == most {
				return problems
			}
			before := p.prose[max(0, d.from-60):d.from]
			before = before[strings.LastIndexAny(before, ".;)")+1:]
			if !own.MatchString(strings.TrimRight(before, "*_ \u00a0")) || r.dated(d.date) || nested(p, before) {
				continue
			}
			problems = append(problems, problem(r.place(p, d.from, d.to),
				"leave the date out: the page shows those of the front matter; or write there what is meant",
				"%s says %s, but index.md says %s", p.where(), quoted(strings.TrimSpace(before)+" "+p.prose[d.from:d.to]), r.said()))
		}
	}
	return problems
}

// nested reports whether the words before a date speak of something else than the document:
// more than a few stand before those that announce the date.
func nested(p *passage, before string) bool {
	return len(lexemes(before)) > 8 && p.Kind != legal.Heading
}

// dated reports whether d is a date that the working text may call its own: those of
// its front matter, or the day on which the document was last updated.
func (r *Review) dated(d legal.Date) bool {
	same := func(own legal.Date) bool {
		return own.Year == d.Year && own.Month == d.Month && (own.Day == d.Day || own.Day == 0 || d.Day == 0)
	}
	if same(r.Draft.Effective) || same(r.Draft.Published) {
		return true
	}
	for _, v := range r.Versions {
		if v.Material && v == r.lastMaterial() && (same(v.Published) || same(v.Effective)) {
			return true
		}
	}
	return false
}

// lastMaterial returns the newest version that matters to readers, or nil.
func (r *Review) lastMaterial() *legal.Version {
	for i := len(r.Versions) - 1; i >= 0; i-- {
		if r.Versions[i].Material {
			return r.Versions[i]
		}
	}
	return nil
}

// said returns the dates of the front matter for a message.
func (r *Review) said() string {
	d := r.Draft
	switch {
	case d.Effective.IsZero():
		return "none"
	case d.Announced:
		return fmt.Sprintf("published: %s, effective: %s", d.Published, d.Effective)
	}
	return "effective: " + d.Effective.String()
}

// A typedDate is a date in words, from the byte offset from to to.
type typedDate struct {
	date     legal.Date
	from, to int
}

var (
	isoDate    = regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})\b`)
	monthFirst = regexp.MustCompile(`(\pL{3,10})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})\b`)
	dayFirst   = regexp.MustCompile(`\b(\d{1,2})(?:\.|st|nd|rd|th|er|e)?\s+(?:of\s+)?(\pL{3,10})\.?,?\s+(\d{4})\b`)
	dotted     = regexp.MustCompile(`\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b`)
)

// dates returns the dates in s that can be read in one way only: 4/5/2025 is not one.
func (v *vocabulary) dates(s string) []typedDate {
	var out []typedDate
	add := func(year, day string, month int, from, to int) {
		y, _ := strconv.Atoi(year)
		d, _ := strconv.Atoi(day)
		date := legal.Date{Year: y, Month: time.Month(month), Day: d}
		overlaps := slices.ContainsFunc(out, func(t typedDate) bool { return from < t.to && t.from < to })
		if len(out) < most && month >= 1 && month <= 12 && d <= 31 && y >= 1900 && y <= 2200 && !overlaps {
			out = append(out, typedDate{date, from, to})
		}
	}
	group := func(m []int, i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return s[m[2*i]:m[2*i+1]]
	}
	for _, m := range isoDate.FindAllStringSubmatchIndex(s, -1) {
		month, _ := strconv.Atoi(group(m, 2))
		add(group(m, 1), group(m, 3), month, m[0], m[1])
	}
	for _, m := range dotted.FindAllStringSubmatchIndex(s, -1) {
		month, _ := strconv.Atoi(group(m, 2))
		add(group(m, 3), group(m, 1), month, m[0], m[1])
	}
	for _, m := range dayFirst.FindAllStringSubmatchIndex(s, -1) {
		add(group(m, 3), group(m, 1), v.monthNumber(group(m, 2)), m[0], m[1])
	}
	for _, m := range monthFirst.FindAllStringSubmatchIndex(s, -1) {
		if unicode.IsDigit(lastRune(strings.TrimRight(s[:m[0]], " .\u00a0"))) {
			continue // the day stands before the month
		}
		add(group(m, 3), group(m, 2), v.monthNumber(group(m, 1)), m[0], m[1])
	}
	return out
}

func lastRune(s string) rune {
	r := ' '
	for _, c := range s[max(0, len(s)-4):] {
		r = c
	}
	return r
}
