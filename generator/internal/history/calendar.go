package history

import (
	"slices"
	"strings"
	"time"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A found is a date with the bytes of the simple text that it stands in.
type found struct {
	date       legal.Date
	start, end int
	two        bool // it can be read in two ways, and date is none
}

// monthOf holds the months' names in simple form.
var monthOf = func() map[string]time.Month {
	of := map[string]time.Month{}
	for _, names := range months {
		m := time.January
		for _, forms := range splitMonths(names) {
			for form := range strings.SplitSeq(forms, "|") {
				of[simple(form)] = m
			}
			m++
		}
	}
	return of
}()

// splitMonths cuts the names at spaces; a form with a space of its own is one
// of the last in its month, and its second word has no place of its own.
func splitMonths(names string) []string {
	parts := strings.Fields(names)
	var out []string
	for _, p := range parts {
		if p == "الأول" || p == "الثاني" || strings.HasPrefix(p, "الأول|") || strings.HasPrefix(p, "الثاني|") {
			out[len(out)-1] += " " + p
			continue
		}
		out = append(out, p)
	}
	return out
}

// joints are what stands between the parts of a date.
var joints = []string{"of", "de", "del", "d", "la", "den", "der", "dia", "г", "року", "da", "do", "ב"}

var ordinals = []string{"st", "nd", "rd", "th", "er", "re", "e", "ere", "eme", "o", "a", "ο", "ter", "go", "º", "ª"}

// dates returns the dates in s, which is in simple form, in their order.
func dates(s string) []found {
	all := tokens(s)
	var out []found
	for i := 0; i < len(all); {
		d, n, two := dateAt(all, i)
		if n == 0 {
			i++
			continue
		}
		out = append(out, found{d, all[i].start, all[i+n-1].end, two})
		i += n
	}
	return out
}

// dateAt returns the date that the tokens at i begin with, and how many they
// are; none where it is no date.
func dateAt(all []token, i int) (d legal.Date, n int, two bool) {
	c := &cursor{all, i}
	for _, form := range []func(*cursor) (legal.Date, bool){
		yearFirst, ideographs, hangul, era, vietnamese, dayFirst, monthFirst, monthYear,
	} {
		c.at = i
		if d, ok := form(c); ok && possible(d) {
			return d, c.at - i, false
		}
	}
	c.at = i
	if d, two, ok := numeric(c); ok && (two || possible(d)) {
		return d, c.at - i, two
	}
	return legal.Date{}, 0, false
}

// possible reports whether d is a day of the calendar in the years of which
// legal texts of the web speak.
func possible(d legal.Date) bool {
	if d.Year < 1600 || d.Year > 2150 || d.Month < 1 || d.Month > 12 {
		return false
	}
	_, err := legal.ParseDate(d.String())
	return err == nil
}

// A cursor reads tokens.
type cursor struct {
	all []token
	at  int
}

func (c *cursor) peek() token {
	if c.at < len(c.all) {
		return c.all[c.at]
	}
	return token{number: -1}
}

// number reads a number of least to most digits.
func (c *cursor) number(least, most int) (int, bool) {
	t := c.peek()
	if t.number < 0 || t.end-t.start < least || t.end-t.start > most {
		return 0, false
	}
	c.at++
	return t.number, true
}

func (c *cursor) year() (int, bool) {
	y, ok := c.number(4, 4)
	if ok && y >= 2400 && y <= 2700 { // of the Buddhist calendar
		y -= 543
	}
	return y, ok
}

func (c *cursor) day() (int, bool) {
	d, ok := c.number(1, 2)
	if t := c.peek(); ok && (slices.Contains(ordinals, t.word) || t.sign == '°') {
		c.at++
	}
	return d, ok && d >= 1 && d <= 31
}

func (c *cursor) month() (time.Month, bool) {
	t := c.peek()
	if t.word == "" {
		return 0, false
	}
	if c.at+1 < len(c.all) {
		if m, ok := monthOf[t.word+" "+c.all[c.at+1].word]; ok && c.all[c.at+1].word != "" {
			c.at += 2
			return m, true
		}
	}
	m, ok := monthOf[t.word]
	if !ok {
		m, ok = monthOf[strings.TrimPrefix(t.word, "ב")] // Hebrew writes "in" before it
	}
	if ok {
		c.at++
	}
	return m, ok
}

// skip passes over signs and joints.
func (c *cursor) skip(signs string) {
	for {
		t := c.peek()
		if t.sign != 0 && strings.ContainsRune(signs, t.sign) || slices.Contains(joints, t.word) {
			c.at++
			continue
		}
		return
	}
}

func (c *cursor) word(want string) bool {
	if c.peek().word != want {
		return false
	}
	c.at++
	return true
}

// yearFirst reads 2025-07-14, 2025/7/14, 2025.07.14, 2025-07 and 2025. július 14.
func yearFirst(c *cursor) (legal.Date, bool) {
	y, ok := c.year()
	if !ok {
		return legal.Date{}, false
	}
	sign := c.peek().sign
	if !strings.ContainsRune("-/.", sign) || sign == 0 {
		sign = ' '
	} else {
		c.at++
	}
	if m, ok := c.month(); ok {
		d, ok := c.day()
		return legal.Date{Year: y, Month: m, Day: d}, ok
	}
	m, ok := c.number(1, 2)
	if !ok || sign == ' ' {
		return legal.Date{}, false
	}
	back := c.at
	if sign == '.' && c.peek().sign == '.' || c.peek().sign == sign {
		c.at++
		if d, ok := c.number(1, 2); ok {
			return legal.Date{Year: y, Month: time.Month(m), Day: d}, true
		}
	}
	c.at = back
	return legal.Date{Year: y, Month: time.Month(m)}, sign == '-' && c.all[back-1].end-c.all[back-1].start == 2
}

// ideographs reads 2025年7月14日 and 2025年7月.
func ideographs(c *cursor) (legal.Date, bool) { return marked(c, "年", "月", "日") }

// hangul reads 2025년 7월 14일.
func hangul(c *cursor) (legal.Date, bool) { return marked(c, "년", "월", "일") }

func marked(c *cursor, year, month, day string) (legal.Date, bool) {
	y, ok := c.year()
	if !ok || !c.word(year) {
		return legal.Date{}, false
	}
	return afterYear(c, y, month, day)
}

func afterYear(c *cursor, y int, month, day string) (legal.Date, bool) {
	m, ok := c.number(1, 2)
	if !ok || !c.word(month) {
		return legal.Date{}, false
	}
	back := c.at
	if d, ok := c.number(1, 2); ok && c.word(day) {
		return legal.Date{Year: y, Month: time.Month(m), Day: d}, true
	}
	c.at = back
	return legal.Date{Year: y, Month: time.Month(m)}, true
}

// eras are the year before the first of each era of Japan.
var eras = map[string]int{"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911}

// era reads 令和7年7月14日 and 平成元年1月8日.
func era(c *cursor) (legal.Date, bool) {
	first := c.peek().word
	c.at++
	before, ok := eras[first+c.peek().word]
	if !ok || first == "" {
		return legal.Date{}, false
	}
	c.at++
	n, ok := c.number(1, 2)
	if !ok {
		if !c.word("元") {
			return legal.Date{}, false
		}
		n = 1
	}
	if !c.word("年") {
		return legal.Date{}, false
	}
	return afterYear(c, before+n, "月", "日")
}

// vietnamese reads 14 tháng 7 năm 2025.
func vietnamese(c *cursor) (legal.Date, bool) {
	d, ok := c.day()
	if !ok || !c.word("thang") {
		return legal.Date{}, false
	}
	m, ok := c.number(1, 2)
	c.skip(",")
	if !ok || !c.word("nam") {
		return legal.Date{}, false
	}
	y, ok := c.year()
	return legal.Date{Year: y, Month: time.Month(m), Day: d}, ok
}

// dayFirst reads 14 July 2025, 14. Juli 2025, 14 de julio de 2025.
func dayFirst(c *cursor) (legal.Date, bool) {
	d, ok := c.day()
	if !ok {
		return legal.Date{}, false
	}
	c.skip(".-/")
	m, ok := c.month()
	if !ok {
		return legal.Date{}, false
	}
	c.skip(",،.-/")
	y, ok := c.year()
	return legal.Date{Year: y, Month: m, Day: d}, ok
}

// monthFirst reads July 14, 2025.
func monthFirst(c *cursor) (legal.Date, bool) {
	m, ok := c.month()
	if !ok {
		return legal.Date{}, false
	}
	c.skip(".")
	d, ok := c.day()
	if !ok {
		return legal.Date{}, false
	}
	c.skip(",،.")
	y, ok := c.year()
	return legal.Date{Year: y, Month: m, Day: d}, ok
}

// monthYear reads July 2025.
func monthYear(c *cursor) (legal.Date, bool) {
	m, ok := c.month()
	if !ok {
		return legal.Date{}, false
	}
	c.skip(",،.")
	y, ok := c.year()
	return legal.Date{Year: y, Month: m}, ok
}

// numeric reads 14.07.2025 and 14/07/2025. With slashes the month comes first
// in some countries: where both could be one, the date is none.
func numeric(c *cursor) (d legal.Date, two, ok bool) {
	a, ok := c.number(1, 2)
	sign := c.peek().sign
	if !ok || sign == 0 || !strings.ContainsRune("./-", sign) {
		return d, false, false
	}
	c.at++
	b, ok := c.number(1, 2)
	if !ok || c.peek().sign != sign {
		return d, false, false
	}
	c.at++
	y, ok := c.year()
	switch {
	case !ok:
		return d, false, false
	case sign == '.' || a > 12 || a == b:
		return legal.Date{Year: y, Month: time.Month(b), Day: a}, false, true
	case b > 12:
		return legal.Date{Year: y, Month: time.Month(a), Day: b}, false, true
	}
	return d, possible(legal.Date{Year: y, Month: time.Month(a), Day: b}), true
}
