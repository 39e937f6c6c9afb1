package history

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A Stated is the date that a text states of itself.
type Stated struct {
	Date  legal.Date
	Kind  StatedKind
	Quote string // where it says so
	Note  string // what is doubtful
}

// StatedKind says of what a text states a date, the weakest first.
type StatedKind int

// The kinds of stated dates.
const (
	Dated     StatedKind = iota // a date alone, below the title
	Updated                     // when it was last changed
	Effective                   // from when it applies
)

// stated returns the date that the text states of itself: in its front matter,
// in an attribute {: datetime="2025-07-14" } as kramdown has it, or in its words.
//
// Of dates of the same kind the first counts, and one from which the text
// applies before one on which it was changed. A date within a sentence counts
// only where the words beside it can mean nothing else, such as "last updated
// on": a policy has many dates that are not its own.
func stated(fields map[string]string, t *legal.Text, attribute string) Stated {
	if s, ok := frontDate(fields, effectiveKeys, Effective); ok {
		return s
	}
	inText := statedIn(t)
	if d, err := legal.ParseDate(attribute); err == nil {
		return withAttribute(inText, d)
	}
	if inText.Kind == Effective && !inText.Date.IsZero() {
		return inText
	}
	for _, front := range []struct {
		keys []string
		kind StatedKind
	}{{updatedKeys, Updated}, {dateKeys, Dated}} {
		if !inText.Date.IsZero() && inText.Kind >= front.kind {
			return inText
		}
		if s, ok := frontDate(fields, front.keys, front.kind); ok {
			return s
		}
	}
	return inText
}

// withAttribute returns what a text states whose words say s, or nothing, and
// whose attribute says d. The words count where the two contradict each other:
// readers saw them.
func withAttribute(s Stated, d legal.Date) Stated {
	month := s.Date.Day == 0 && s.Date.Year == d.Year && s.Date.Month == d.Month
	switch {
	case s.Date.IsZero() || month:
		return Stated{Date: d, Kind: max(s.Kind, Updated), Quote: cmp.Or(s.Quote, "datetime="+d.String())}
	case s.Date != d:
		s.Note = "its words say " + s.Date.String() + ", its attribute datetime " + d.String()
	}
	return s
}

func frontDate(fields map[string]string, keys []string, kind StatedKind) (Stated, bool) {
	for _, key := range keys {
		value := fields[key]
		if value == "" {
			continue
		}
		for _, f := range dates(simple(value)) {
			if !f.two {
				return Stated{Date: f.date, Kind: kind, Quote: key + ": " + plainLine(value)}, true
			}
		}
	}
	return Stated{}, false
}

// How much of a text is looked at: its first blocks, and its last.
const (
	firstBlocks = 40
	lastBlocks  = 4
	titleBlocks = 4 // among which a date may stand alone
)

// statedIn returns the date that the words of t state.
func statedIn(t *legal.Text) Stated {
	var best Stated
	for i := range t.Blocks {
		if i >= firstBlocks && i < len(t.Blocks)-lastBlocks {
			continue
		}
		b := &t.Blocks[i]
		if b.Kind == legal.Code {
			continue
		}
		s, ok := statedBy(b.Words(), i < titleBlocks && len(b.Path) == 0)
		if ok && (best.Date.IsZero() || s.Kind > best.Kind) && !s.Date.IsZero() {
			s.Note = cmp.Or(s.Note, best.Note)
			best = s
		} else if ok && best.Note == "" && s.Date.IsZero() {
			best.Note = s.Note
		}
	}
	return best
}

// statedBy returns the date that one paragraph states, if it does. Where it
// can be read in two ways, the date is none and the note says so.
func statedBy(words string, nearTitle bool) (Stated, bool) {
	if len(words) > 2000 || !strings.ContainsFunc(words, unicode.IsDigit) {
		return Stated{}, false
	}
	s := simple(words)
	var best Stated
	any := false
	all := dates(s)
	for _, f := range all[:min(len(all), 5)] {
		kind, ok := labelled(s, f, nearTitle)
		if !ok || any && kind <= best.Kind {
			continue
		}
		any = true
		best = Stated{Date: f.date, Kind: kind, Quote: plainLine(words)}
		if f.two {
			best.Note = "the date in “" + plainLine(words) + "” can be read in two ways"
		}
	}
	return best, any
}

// labelled says of what the date f in s is, if of the text itself.
func labelled(s string, f found, nearTitle bool) (StatedKind, bool) {
	before, after := s[:f.start], s[f.end:]
	rest := letters(before) + letters(after)
	for _, l := range []struct {
		kind  StatedKind
		words []label
	}{{Effective, effectiveLabels}, {Updated, updatedLabels}} {
		for _, w := range l.words {
			if w.beside(before, after, rest) {
				return l.kind, true
			}
		}
	}
	return Dated, nearTitle && rest <= 12 && !strings.ContainsFunc(before+after, unicode.IsDigit)
}

// A label is a phrase in simple form; a weak one counts in short texts alone.
type label struct {
	words string
	weak  bool
}

func labels(of []string) []label {
	var all []label
	for _, w := range of {
		words, weak := strings.CutPrefix(w, "~")
		all = append(all, label{simple(words), weak})
	}
	return all
}

var effectiveLabels, updatedLabels = labels(effectiveWords), labels(updatedWords)

// How far a label may stand from its date, in letters, and how many letters
// a text may have beside the date to be about nothing else.
const (
	nearLetters  = 25
	shortLetters = 60
	weakLetters  = 40
)

// beside reports whether l stands beside the date between before and after, in
// a text with rest letters more.
func (l label) beside(before, after string, rest int) bool {
	if l.weak && rest-letters(l.words) > weakLetters {
		return false
	}
	if i := l.last(before); i >= 0 && letters(before[i+len(l.words):]) <= nearLetters && !strings.ContainsAny(before[i:], ".;") {
		return true
	}
	i := l.first(after)
	if unicode.In(firstRune(l.words), unicode.Latin, unicode.Cyrillic, unicode.Greek) {
		return i >= 0 && rest-letters(l.words) <= 8 // languages that put it before
	}
	return i >= 0 && rest <= shortLetters && letters(after[:i]) <= nearLetters/2
}

// last returns where l stands last in s as words of its own, or -1.
func (l label) last(s string) int {
	for end := len(s); ; {
		i := strings.LastIndex(s[:end], l.words)
		if i < 0 || l.apart(s, i) {
			return i
		}
		end = i + len(l.words) - 1
	}
}

func (l label) first(s string) int {
	for from := 0; ; {
		i := strings.Index(s[from:], l.words)
		if i < 0 {
			return -1
		}
		if i += from; l.apart(s, i) {
			return i
		}
		from = i + 1
	}
}

// apart reports whether the letters before and after l at i in s belong to
// other words. Scripts without spaces, and those that join words, have none.
func (l label) apart(s string, i int) bool {
	if first := firstRune(l.words); !unicode.In(first, unicode.Latin, unicode.Cyrillic, unicode.Greek) {
		return true
	}
	before, after := []rune(s[:i]), s[i+len(l.words):]
	return (len(before) == 0 || !unicode.IsLetter(before[len(before)-1])) && !unicode.IsLetter(firstRune(after))
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// attributeDate matches the date of an attribute list {: datetime="2025-07-14" }.
var attributeDate = regexp.MustCompile(`\{:[^{}\n]*\bdatetime="(\d{4}-\d{2}-\d{2})"[^{}\n]*\}`)

// datetime returns the date of the first attribute datetime in the first lines
// of source, or "".
func datetime(source []byte) string {
	lines := slices.Collect(strings.Lines(string(source[:min(len(source), 4000)])))
	for _, line := range lines[:min(len(lines), 30)] {
		if m := attributeDate.FindStringSubmatch(line); m != nil {
			return m[1]
		}
	}
	return ""
}
