package check

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

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
	passages := r.passages()
	for i := range passages {
		p := &passages[i]
		pattern := pointed
		if p.Kind == legal.Heading {
			pattern = numbered
		}
		if m := pattern.FindStringSubmatch(p.prose); m != nil {
			numbers[m[1]] = true
		}
	}
	return numbers
}

// brokenNumbering reports typed numbers that do not follow each other: 3 after 1, 2.2
// twice, or (d) after (b).
func brokenNumbering(r *Review) []legal.Problem {
	if r.Draft == nil {
		return nil
	}
	return append(r.brokenHeadings(), r.brokenParagraphs()...)
}

// brokenHeadings looks at titles, and at the headings of each level.
func (r *Review) brokenHeadings() []legal.Problem {
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
	return s.take(m[1])
}

// take takes the next number.
func (s *sequence) take(number string) (want, got string) {
	s.before, got = s.last, number
	s.last = got
	if s.before == "" {
		return "", ""
	}
	stem, n := split(s.before)
	newStem, is := split(got)
	if stem != newStem || is == n+1 || is == 1 && n > 1 {
		return "", ""
	}
	return stem + strconv.Itoa(n+1), got
}

// split returns a number's last part and what is before it: "2.", 3 for 2.3.
func split(number string) (string, int) {
	i := strings.LastIndexByte(number, '.') + 1
	n, _ := strconv.Atoi(number[i:])
	return number[:i], n
}

// What a paragraph begins with where it is numbered by hand.
var (
	pointed  = regexp.MustCompile(`^(\d{1,3}(?:\.\d{1,3})+)[.)]?\s`)
	lettered = regexp.MustCompile(`^\(([a-z])\)\s`)
)

// brokenParagraphs looks at the paragraphs of each section: those that are numbered below
// the same number, and those with letters, which begin again with (a).
func (r *Review) brokenParagraphs() []legal.Problem {
	passages := r.passages()
	var problems []legal.Problem
	for from := 0; from < len(passages); {
		to := from
		for to < len(passages) && passages[to].section == passages[from].section {
			to++
		}
		// Where much is broken, the numbers are not those of a sequence.
		const few = 2
		if found := broken(passages[from:to]); len(found) <= few {
			problems = append(problems, found...)
		}
		from = to
	}
	return problems
}

func broken(passages []passage) []legal.Problem {
	var problems []legal.Problem
	numbers := map[string]*sequence{}
	letters := letterSequence{}
	for i := range passages {
		p := &passages[i]
		if p.Kind == legal.Heading {
			letters = letterSequence{}
		}
		if p.Kind != legal.Paragraph {
			continue
		}
		if m := pointed.FindStringSubmatch(p.prose); m != nil {
			letters = letterSequence{}
			stem, _ := split(m[1])
			if numbers[stem] == nil || m[1] == stem+"1" {
				numbers[stem] = &sequence{} // it begins, or begins again
			}
			if want, got := numbers[stem].take(m[1]); want != "" {
				problems = append(problems, numberingProblem(p.pos, around(p.words, 0, len(m[0])), numbers[stem].before, want, got))
			}
		}
		if m := lettered.FindStringSubmatch(p.prose); m != nil {
			if before, ok := letters.take(m[1][0]); !ok {
				problems = append(problems, numberingProblem(p.pos, around(p.words, 0, len(m[0])),
					"("+string(before)+")", "("+string(before+1)+")", "("+m[1]+")"))
			}
		}
	}
	return problems
}

// A letterSequence is of paragraphs with letters.
type letterSequence struct {
	last byte
}

// take takes the next letter, and reports whether it follows the one before. Roman numbers,
// and lists that began elsewhere, are passed over.
func (s *letterSequence) take(letter byte) (before byte, ok bool) {
	before = s.last
	follows := letter == before+1 || letter == 'a'
	if !follows && (before == 0 || strings.IndexByte("ivx", letter) >= 0) {
		return before, true
	}
	s.last = letter
	return before, follows
}
