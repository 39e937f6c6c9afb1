package legal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// A Notice is how long before it applies a change is announced: "15 days", or
// "1 month". The zero Notice is none.
type Notice struct {
	Months, Days int
}

// maxNotice is the longest notice in either unit; more is a slip.
const maxNotice = 1000

// ParseNotice reads a number of days, weeks, months or years, e.g. "30 days".
func ParseNotice(s string) (Notice, error) {
	number, unit, _ := strings.Cut(s, " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > maxNotice {
		return Notice{}, fmt.Errorf("%q is not a notice period", s)
	}
	switch strings.TrimSuffix(unit, "s") {
	case "day":
		return Notice{Days: n}, nil
	case "week":
		return Notice{Days: 7 * n}, nil
	case "month":
		return Notice{Months: n}, nil
	case "year":
		return Notice{Months: 12 * n}, nil
	}
	return Notice{}, fmt.Errorf("%q is not a notice period", s)
}

// String returns n as ParseNotice reads it, weeks and years in the smaller unit.
func (n Notice) String() string {
	switch {
	case n == Notice{}:
		return ""
	case n.Months == 1:
		return "1 month"
	case n.Months > 0:
		return fmt.Sprintf("%d months", n.Months)
	case n.Days == 1:
		return "1 day"
	}
	return fmt.Sprintf("%d days", n.Days)
}

// Longer reports whether n is over later than m, both from day on.
func (n Notice) Longer(m Notice, day Date) bool { return day.Plus(n).After(day.Plus(m)) }

// Plus returns the first day on which what is announced on d may apply. A
// period in months ends on the day of the same number, and where the month has
// none on its last day, as Regulation 1182/71, Article 3(2)(c), counts.
func (d Date) Plus(n Notice) Date {
	d = d.First()
	day := d.Day
	first := time.Date(d.Year, d.Month+time.Month(n.Months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return DateOf(first.AddDate(0, 0, min(day, last)-1+n.Days))
}

// Reasons are those for which a change may apply before its notice period is over.
//
//	benefits-reader    it is to the reader's advantage alone
//	administrative     it is of a purely administrative nature and has no negative effect
//	required-by-law    a law or an authority demands it
//	imminent-danger    it averts an unforeseen and imminent danger, e.g. fraud or malware
//
// The first three are those of Directive (EU) 2018/1972, Article 105(4); the last
// two those of Regulation (EU) 2019/1150, Article 3(4).
var Reasons = []string{"benefits-reader", "administrative", "required-by-law", "imminent-danger"}

func (r *yamlReader) notice(f field) Notice {
	if f.value.Kind != yaml.ScalarNode {
		r.wrongType(f, "a notice period")
		return Notice{}
	}
	n, err := ParseNotice(f.value.Value)
	if err != nil {
		r.problem(r.pos(f.value), "bad-notice", "write a number of days or months, e.g. notice: 30 days", "%v", err)
	}
	return n
}

// oneOf reads a word of a fixed list; another one breaks rule.
func (r *yamlReader) oneOf(f field, rule string, words []string) string {
	s := r.text(f)
	if s != "" && !slices.Contains(words, s) {
		r.problem(r.pos(f.value), rule, "write one of: "+strings.Join(words, ", "), "%s is no %s that is known", quote(s), f.key)
		return ""
	}
	return s
}
