package check

import (
	"slices"
	"strings"
)

// IDs returns the ids of all rules, sorted: of those here, and of the faults
// that packages legal and ledger find.
func IDs() []string {
	return slices.Clone(ids)
}

var ids = []string{
	"bad-contact", "bad-date", "bad-id", "bad-kind", "bad-language", "bad-name", "bad-notice", "bad-reason", "bad-severity", "bad-sum", "bad-timezone",
	"bad-url", "bad-version", "dangling-anchor", "dates", "duplicate-id", "duplicate-key", "duplicate-sum",
	"effective-order", "encoding", "front-matter", "frozen-added", "frozen-changed", "frozen-removed",
	"heading-attribute", "lost-anchor", "material-correction", "missing-attachment", "missing-effective", "missing-file",
	"missing-sum", "missing-summary", "missing-title", "missing-url", "missing-version", "nesting", "raw-html",
	"remote-image", "section-version", "sum-order", "symlink", "too-complex", "too-large", "unexpected-file",
	"unexpected-folder", "unknown-key", "unknown-rule", "unreleased-settings", "unsafe-attachment", "unsafe-link", "version-order",
	"wrong-type", "wrong-version", "yaml",
}

// nearest returns the id that was probably meant by name, or "".
func nearest(name string) string {
	best, least := "", 3
	for _, id := range ids {
		if d := distance(strings.ToLower(name), id); d < least {
			best, least = id, d
		}
	}
	return best
}

// distance returns how many letters have to be added, removed or changed to
// make a of b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			next := min(row[j]+1, row[j+1]+1, diagonal+1)
			if a[i] == b[j] {
				next = min(next, diagonal)
			}
			diagonal, row[j+1] = row[j+1], next
		}
	}
	return row[len(b)]
}
