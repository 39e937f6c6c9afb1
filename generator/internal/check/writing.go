package check

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

var (
	// What stands for something that was to be filled in: [COMPANY NAME], [Insert date],
	// {{company}}, <Your Company>, ____, TODO, lorem ipsum.
	placeholderPattern = regexp.MustCompile(`\[(?:\p{Lu}[\p{Lu}&'’-]*(?:[ _/]\p{Lu}[\p{Lu}&'’-]*){1,6}` +
		`|(?:COMPANY|NAME|DATE|ADDRESS|E-?MAIL|PHONE|URL|WEBSITE|PRODUCT|SERVICE|CLIENT|CUSTOMER|AMOUNT|NUMBER|STATE|COUNTRY|CITY|JURISDICTION|PARTY|TITLE|BLANK|PLACEHOLDER|FIRMA|DATUM|ADRESSE|SOCIÉTÉ|NOM)` +
		`|(?i:insert|enter|add|your|company|name of|date|address|e-?mail|hier|einfügen|firma|insérer|votre)[^\[\]]{0,60})\]` +
		`|\{\{[^{}]{1,60}\}\}|<(?i:your|company|insert|name)[ _\w]{0,40}>|_{4,}|\b(?:TODO|FIXME|TBD|TBC)\b|(?i:lorem ipsum)`)
	// Words in brackets that are none: what an edition says of itself.
	noPlaceholder = regexp.MustCompile(`^\[(?:INTENTIONALLY|REDACTED|RESERVED|NOTE|SEE|NOT|NO)\b`)
)

// longBlank is how long a blank to be filled in can be; a longer one is drawn.
const longBlank = 30

// placeholders reports what was to be filled in and was not.
func placeholders(r *Review) []legal.Problem {
	passages := r.passages()
	var problems []legal.Problem
	for i := range passages {
		p := &passages[i]
		for _, m := range placeholderPattern.FindAllStringIndex(p.prose, most-len(problems)) {
			found := p.prose[m[0]:m[1]]
			if noPlaceholder.MatchString(found) || len(found) > longBlank && strings.Trim(found, "_") == "" {
				continue
			}
			problems = append(problems, problem(r.place(p, m[0], m[1]), "write what it stands for",
				"%s holds the placeholder %s", p.where(), quoted(found)))
		}
	}
	return problems
}

var wordPattern = regexp.MustCompile(`[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*`)

// doubleWords reports words that stand twice in a row.
func doubleWords(r *Review) []legal.Problem {
	passages := r.passages()
	repeated := ""
	for _, v := range vocabularies {
		repeated += " " + v.repeated
	}
	var problems []legal.Problem
	for i := range passages {
		p := &passages[i]
		var before []int
		for at := 0; len(problems) < most; {
			m := wordPattern.FindStringIndex(p.prose[at:])
			if m == nil {
				break
			}
			m[0], m[1] = at+m[0], at+m[1]
			word := p.prose[m[0]:m[1]]
			if before != nil && spaced(p.prose[before[1]:m[0]]) && sameWord(p.prose[before[0]:before[1]], word) &&
				!has(repeated, strings.ToLower(word)) {
				problems = append(problems, problem(r.place(p, m[0], m[1]), "remove one of the two, or write what was meant",
					"%s has the word %s twice: %s", p.where(), quoted(word), quoted(around(p.words, before[0], m[1]))))
			}
			before, at = m, m[1]
		}
	}
	return problems
}

func spaced(gap string) bool { return gap != "" && strings.Trim(gap, " \u00a0\n") == "" }

// sameWord reports whether a and b are one word, the second at most in small letters: a
// name as in "Walla Walla" is no slip, nor are initials.
func sameWord(a, b string) bool {
	if !strings.EqualFold(a, b) || utf8.RuneCountInString(b) < 2 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(b)
	return unicode.IsLower(r)
}

// mixedQuotes reports documents that have both straight and curly quotation marks: the
// difference is seen, and a search for one does not find the other.
func mixedQuotes(r *Review) []legal.Problem {
	passages := r.passages()
	var straight, curly marks
	for i := range passages {
		p := &passages[i]
		for at, c := range p.prose {
			switch c {
			case '"':
				if !attribute.MatchString(p.prose[max(0, at-40):at]) {
					straight.add(p, at)
				}
			case '“', '”', '„':
				curly.add(p, at)
			}
		}
	}
	if straight.count == 0 || curly.count == 0 {
		return nil
	}
	few, kind, others := straight, "straight", "curly"
	if curly.count < straight.count {
		few, kind, others = curly, "curly", "straight"
	}
	_, size := utf8.DecodeRuneInString(few.p.prose[few.at:])
	return []legal.Problem{problem(r.place(few.p, few.at, few.at+size), "write all of them in one way",
		"%s has %s quotation marks: %s, while most of the document's are %s",
		few.p.where(), kind, quoted(around(few.p.words, few.at, few.at+size)), others)}
}

// attribute matches what stands before a straight quotation mark of markup.
var attribute = regexp.MustCompile(`\w=(?:"[^" ]*)?$`)

// marks counts quotation marks of one kind, and keeps where the first stands.
type marks struct {
	count int
	p     *passage
	at    int
}

func (m *marks) add(p *passage, at int) {
	if m.count++; m.count == 1 {
		m.p, m.at = p, at
	}
}
