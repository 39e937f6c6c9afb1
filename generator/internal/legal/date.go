package legal

import (
	"cmp"
	"fmt"
	"time"
)

// A Date is a civil date of day or month precision. It has no time of day
// and no zone: it begins at 00:00 wherever the site says it is. The zero
// Date is none.
type Date struct {
	Year  int
	Month time.Month
	Day   int // 0: the date is a month, which counts from its first day
}

// ParseDate reads 2025-07-14 or 2025-07. The years 1000 to 9999 are dates.
func ParseDate(s string) (Date, error) {
	for _, layout := range [...]string{time.DateOnly, "2006-01"} {
		t, err := time.Parse(layout, s)
		if err != nil || t.Year() < 1000 {
			continue
		}
		d := Date{Year: t.Year(), Month: t.Month()}
		if layout == time.DateOnly {
			d.Day = t.Day()
		}
		return d, nil
	}
	return Date{}, fmt.Errorf("%q is not a date", s)
}

// DateOf returns the civil date of t in its own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// First returns the day on which d begins: d itself, or a month's first day.
func (d Date) First() Date {
	if d.Day == 0 && !d.IsZero() {
		d.Day = 1
	}
	return d
}

// Compare returns -1, 0 or 1 as d begins before, with or after e.
func (d Date) Compare(e Date) int {
	d, e = d.First(), e.First()
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// After reports whether d begins after e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// In returns the instant at which d begins in loc. Where a clock change
// skips midnight, that is the first instant of the day.
func (d Date) In(loc *time.Location) time.Time {
	d = d.First()
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
	if DateOf(t).Compare(d) < 0 {
		_, t = t.ZoneBounds()
	}
	return t
}

// DaysUntil returns the number of days from d to e, negative where e is
// before d.
func (d Date) DaysUntil(e Date) int {
	return int(e.In(time.UTC).Sub(d.In(time.UTC)) / (24 * time.Hour))
}
