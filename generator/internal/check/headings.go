package check

import (
	"regexp"
	"strconv"
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

// A typed number begins a title, heading or paragraph: "3. Fees", "2.1 Late fees",
// "(b) or", "Section 4: Term", "Article 7".
var (
	numbered = regexp.MustCompile(`^(?:(?i:section|article|clause|artikel|abschnitt)\s+|§\s*)?(\d{1,3}(?:\.\d{1,3}){0,4})(?:[.):]\s|\s*[–—:-]\s|\s+\p{Lu}|[.):]?$)`)
)

// typedNumbers returns the numbers that are typed into titles and headings, and at the
// beginning of paragraphs.
func (r *Review) typedNumbers() map[string]bool {
	numbers := map[string]bool{}
	for _, s := range r.Draft.Sections {
		if m := numbered.FindStringSubmatch(s.Title); m != nil {
			numbers[m[1]] = true
		}
	}
	titled := len(numbers) > 0
	passages := r.passages()
	for i := range passages {
		p := &passages[i]
		if m := numbered.FindStringSubmatch(p.prose); m != nil && (p.Kind == legal.Heading || titled) {
			numbers[m[1]] = true
		}
	}
	return numbers
}

// brokenNumbering reports typed numbers of titles and headings that do not follow each
// other: 3 after 1, or 2.2 twice.
func brokenNumbering(r *Review) []legal.Problem {
	if r.Draft == nil {
		return nil
	}
	var problems []legal.Problem
	titles := &sequence{}
	for _, s := range r.Draft.Sections {
		if want, got := titles.next(s.Title); want != "" {
			problems = append(problems, numberingProblem(s.Pos("title"), s.Title, titles.before, want, got))
		}
	}
	passages := r.passages()
	var within *legal.Section
	levels := map[int]*sequence{}
	for i := range passages {
		p := &passages[i]
		if p.section != within {
			within, levels = p.section, map[int]*sequence{}
		}
		if p.Kind != legal.Heading {
			continue
		}
		for level := range levels {
			if level > p.Level {
				delete(levels, level)
			}
		}
		if levels[p.Level] == nil {
			levels[p.Level] = &sequence{}
		}
		if want, got := levels[p.Level].next(p.prose); want != "" {
			problems = append(problems, numberingProblem(p.pos, p.words, levels[p.Level].before, want, got))
		}
	}
	return problems
}

func numberingProblem(pos legal.Pos, title, before, want, got string) legal.Problem {
	return problem(pos, "write "+want+", or leave the numbers out; what refers to "+got+" has to follow",
		"%s is numbered %s after %s", quoted(title), got, before)
}

// A sequence is of numbers that are typed at one level.
type sequence struct {
	last, before string
}

// next takes the next title, and returns what number it should have and what it has
// where these differ. A title without a number begins anew.
func (s *sequence) next(title string) (want, got string) {
	m := numbered.FindStringSubmatch(title)
	if m == nil {
		return "", ""
	}
	s.before, got = s.last, m[1]
	s.last = got
	if s.before == "" {
		return "", ""
	}
	stem, number := split(s.before)
	newStem, newNumber := split(got)
	if stem != newStem || newNumber == number+1 || newNumber == 1 && number > 1 {
		return "", ""
	}
	return stem + strconv.Itoa(number+1), got
}

// split returns a number's last part and what is before it: "2.", 3 for 2.3.
func split(number string) (string, int) {
	i := strings.LastIndexByte(number, '.') + 1
	n, _ := strconv.Atoi(number[i:])
	return number[:i], n
}
