package legal

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// A Number is a version's number by the convention Legal Versioning:
// EDITION.UPDATE.CORRECTION. A new edition must be read whole, an update can
// be read as a redline, a correction fixes an obvious slip and can always be
// preferred. The zero Number is no version.
type Number struct {
	Edition, Update, Correction int
}

// ParseNumber reads a number in its one form: three decimal numbers without
// leading zeros, each below a million, the first from 1.
func ParseNumber(s string) (Number, error) {
	parts := strings.Split(s, ".")
	if len(parts) != 3 {
		return Number{}, fmt.Errorf("%q is not a version number", s)
	}
	var n [3]int
	for i, part := range parts {
		v, err := strconv.Atoi(part)
		if err != nil || v < 0 || v >= 1e6 || strconv.Itoa(v) != part {
			return Number{}, fmt.Errorf("%q is not a version number", s)
		}
		n[i] = v
	}
	if n[0] == 0 {
		return Number{}, fmt.Errorf("%q is not a version number: editions count from 1", s)
	}
	return Number{n[0], n[1], n[2]}, nil
}

func (n Number) String() string {
	return fmt.Sprintf("%d.%d.%d", n.Edition, n.Update, n.Correction)
}

// IsZero reports whether n is no version's number.
func (n Number) IsZero() bool { return n == Number{} }

// Compare returns -1, 0 or 1 as n is before, the same as or after m.
func (n Number) Compare(m Number) int {
	return cmp.Or(
		cmp.Compare(n.Edition, m.Edition),
		cmp.Compare(n.Update, m.Update),
		cmp.Compare(n.Correction, m.Correction),
	)
}

// A Change is the kind of step from one version to the next.
type Change int

// The kinds of change.
const (
	Correction Change = iota
	Update
	Edition
)

func (c Change) String() string { return [...]string{"correction", "update", "edition"}[c] }

// Since returns what kind of change n is from the version before, whose
// number is before. A first version is an edition.
func (n Number) Since(before Number) Change {
	switch {
	case n.Edition != before.Edition:
		return Edition
	case n.Update != before.Update:
		return Update
	}
	return Correction
}

// Next returns the number that follows n by a change of kind c.
func (n Number) Next(c Change) Number {
	switch c {
	case Edition:
		return Number{n.Edition + 1, 0, 0}
	case Update:
		return Number{n.Edition, n.Update + 1, 0}
	}
	return Number{n.Edition, n.Update, n.Correction + 1}
}
