package check

import "strings"

// IDs returns the ids of all rules, sorted.
func IDs() []string {
	var ids []string
	for _, rule := range Rules() {
		ids = append(ids, rule.ID)
	}
	return ids
}

// nearest returns the id that was probably meant by name, or "".
func nearest(name string) string {
	best, least := "", 3
	for _, id := range IDs() {
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
