package check

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A lexeme is a word, a number or a sign of money in a text.
type lexeme struct {
	text     string
	from, to int
}

var lexemePattern = regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:\p{Lu}\.){2,}|\d+(?:[.,'’]\d+)*|[\p{L}\p{M}]+(?:['’\-][\p{L}\p{M}]+)*|\p{Sc}|%`)

func lexemes(s string) []lexeme {
	var out []lexeme
	for _, m := range lexemePattern.FindAllStringIndex(s, -1) {
		out = append(out, lexeme{s[m[0]:m[1]], m[0], m[1]})
	}
	return out
}

// A weight is a word that weighs, as it is compared.
type weight struct {
	kind, word string
	name       bool // by its capital letter alone
}

// The kinds of words that weigh, as messages name them.
const (
	kindNumber   = "a number"
	kindMoney    = "an amount of money"
	kindPeriod   = "a date or period"
	kindNegation = "a negation"
	kindModal    = "a modal verb"
	kindParty    = "a party or recipient"
	kindTerm     = "a defined term"
	kindAddress  = "an address"
	kindPassage  = "a whole passage"
	kindFile     = "an attached file"
)

// A weigher finds the words that weigh.
type weigher struct {
	*vocabulary                 // nil: of a language that is not known
	terms       map[string]bool // that either version defines
}

// beyond is how many bytes beside an edit are read to tell what its words are of.
const beyond = 80

// weigh returns the words that weigh in text between the offsets from and to; what is
// cut at them counts whole.
func (w *weigher) weigh(text string, from, to int) []weight {
	if from == to {
		return nil
	}
	start, end := max(0, from-beyond), min(len(text), to+beyond)
	all := lexemes(text[start:end])
	for i := range all {
		all[i].from += start
		all[i].to += start
	}
	var out []weight
	for i, t := range all {
		if t.to <= from || t.from >= to {
			continue
		}
		if kind := w.kind(all, i); kind != "" {
			out = append(out, weight{kind, normal(t.text), false})
		} else if w.named(text, t) {
			out = append(out, weight{kindParty, normal(t.text), true})
		}
	}
	return out
}

// normal returns a word as it is compared: 1,000 is 1000, Shall is shall, and U.S. is us.
func normal(word string) string {
	word = strings.ToLower(strings.ReplaceAll(word, "’", "'"))
	if r, _ := utf8.DecodeRuneInString(word); !unicode.IsDigit(r) {
		if len(word) > 2 && word[1] == '.' {
			return strings.ReplaceAll(word, ".", "")
		}
		return word
	}
	return thousands.ReplaceAllString(word, "$1$2")
}

var thousands = regexp.MustCompile(`(\d)[,'](\d{3}\b)`)

// kind returns what kind of weight the lexeme i has, "" for none.
func (w *weigher) kind(all []lexeme, i int) string {
	t := all[i]
	first, _ := utf8.DecodeRuneInString(t.text)
	if strings.Contains(t.text, "@") {
		return kindAddress
	}
	if unicode.IsDigit(first) || unicode.Is(unicode.Sc, first) || first == '%' {
		return w.numberKind(all, i)
	}
	if w.terms[t.text] {
		return kindTerm
	}
	if w.vocabulary == nil {
		return ""
	}
	word := normal(t.text)
	switch {
	case has(w.money, word):
		return kindMoney
	case has(w.modals, word) && !(word == "may" && w.month(t.text) && nextTo(all, i, isNumber)):
		return kindModal
	case has(w.negations, word), strings.HasSuffix(word, "n't"), strings.HasPrefix(word, "n'"):
		return kindNegation
	case has(w.periods, word), w.month(t.text):
		return kindPeriod
	case has(w.numbers, word):
		return w.numberKind(all, i)
	case has(w.parties, word), has(w.entities, word):
		return kindParty
	}
	return ""
}

// named reports whether t is a name, as its capital letter within a sentence tells.
func (w *weigher) named(text string, t lexeme) bool {
	return w.vocabulary != nil && w.capitals && capital(t.text) && within(text, t.from)
}

// numberKind tells numbers by what stands beside them.
func (w *weigher) numberKind(all []lexeme, i int) string {
	money := func(t lexeme) bool {
		r, _ := utf8.DecodeRuneInString(t.text)
		return unicode.Is(unicode.Sc, r) || r == '%' || w.vocabulary != nil && has(w.money, normal(t.text))
	}
	period := func(t lexeme) bool {
		return w.vocabulary != nil && (has(w.periods, normal(t.text)) || w.month(t.text))
	}
	switch {
	case money(all[i]), nextTo(all, i, money):
		return kindMoney
	case nextTo(all, i, period):
		return kindPeriod
	}
	return kindNumber
}

// nextTo reports whether one of the lexemes next to i is such.
func nextTo(all []lexeme, i int, such func(lexeme) bool) bool {
	return i > 0 && such(all[i-1]) || i+1 < len(all) && such(all[i+1])
}

func isNumber(t lexeme) bool { return t.text[0] >= '0' && t.text[0] <= '9' }

// month reports whether word is the name of a month, with its capital letter in
// languages that write one for words that are others otherwise ("may").
func (v *vocabulary) month(word string) bool {
	return v.monthNumber(word) > 0 && (normal(word) != "may" || word == "May")
}

// monthNumber returns 1 to 12, or 0 for what is no month.
func (v *vocabulary) monthNumber(word string) int {
	word = strings.TrimSuffix(normal(word), ".")
	for i, names := range v.months {
		for name := range strings.SplitSeq(names, "/") {
			if name == word {
				return i + 1
			}
		}
	}
	return 0
}

// within reports whether what stands at the offset at is inside of a sentence, so that
// a capital letter there has a reason of its own.
func within(text string, at int) bool {
	before := strings.TrimRight(text[:at], " \u00a0")
	if before == "" {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == ',' || r == ';' || r == ')'
}

func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
