package check

import (
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// duplicateHeadings reports titles that two sections have, and headings that two parts of
// the same part of a section have: nobody can refer to one of them by its name.
func duplicateHeadings(r *Review) []legal.Problem {
	if r.Draft == nil {
		return nil
	}
	const hint = "give one of them a title that tells them apart"
	var problems []legal.Problem
	titles := map[string]int{}
	for _, s := range r.Draft.Sections {
		key := strings.ToLower(strings.TrimSpace(s.Title))
		if titles[key]++; titles[key] == 2 {
			problems = append(problems, problem(s.Pos("title"), hint, "two sections have the title %s", quoted(s.Title)))
		}
	}
	passages := r.passages()
	var open []string // the headings above, by level
	var within *legal.Section
	seen := map[string]int{}
	for i := range passages {
		p := &passages[i]
		if p.Kind != legal.Heading {
			continue
		}
		if p.section != within {
			within, open, seen = p.section, nil, map[string]int{}
		}
		for len(open) < p.Level {
			open = append(open, "")
		}
		open = open[:p.Level-1]
		key := strings.Join(open, "\n") + "\n" + strings.ToLower(strings.TrimSpace(p.words))
		open = append(open, p.words)
		if seen[key]++; seen[key] == 2 && strings.TrimSpace(p.words) != "" {
			problems = append(problems, problem(p.pos, hint, "%s has the heading %s twice", p.where(), quoted(p.words)))
		}
	}
	return problems
}

// headingLevels reports headings that skip a level: below a section's title, which is of
// the first, the headings of the second come, and below these those of the third.
func headingLevels(r *Review) []legal.Problem {
	passages := r.passages()
	var problems []legal.Problem
	var within *legal.Section
	level := 1
	for i := range passages {
		p := &passages[i]
		if p.section != within {
			within, level = p.section, 1
		}
		if p.Kind != legal.Heading || len(p.Path) > 0 {
			continue
		}
		if p.Level > level+1 {
			problems = append(problems, problem(p.pos, "write it with "+strings.Repeat("#", level+1)+": readers of screens find their way by the levels",
				"%s: the heading %s is of level %d, below one of level %d", p.where(), quoted(p.words), p.Level, level))
		}
		level = max(1, p.Level)
	}
	return problems
}
