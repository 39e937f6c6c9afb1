package legal

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ValidID reports whether id can be an anchor that people type and that
// never has to be escaped in an address: lower-case letters a to z, digits
// and single hyphens between them, at most 100 characters.
func ValidID(id string) bool {
	if id == "" || len(id) > 100 || id[0] == '-' || id[len(id)-1] == '-' || strings.Contains(id, "--") {
		return false
	}
	for _, r := range id {
		if r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}

// Slug makes an id of words: "Children's Privacy" gives "childrens-privacy".
// Letters lose their accents; letters that are not Latin are kept, since an
// anchor of them is better than none. It returns "" where nothing is left.
func Slug(words string) string {
	var w strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(words)) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && w.Len() > 0 {
				w.WriteByte('-')
			}
			gap = false
			w.WriteRune(r)
		case r >= 0x300 && r <= 0x36f || r == '\'' || r == '’':
		case unicode.IsMark(r): // a vowel, where it is not an accent
			w.WriteRune(r)
		default:
			gap = true
		}
		if w.Len() > 80 {
			break
		}
	}
	return norm.NFC.String(w.String())
}

// idHint says how id should be written.
func idHint(id string) string {
	const rule = "an id holds a to z, 0 to 9 and single hyphens"
	if slug := Slug(id); ValidID(slug) && slug != id {
		return rule + ", e.g. " + slug
	}
	return rule
}

// Anchors returns the anchor of each block of the section's body: "" but for
// headings. A heading's anchor is its own id, or the section's with the words
// of the heading: it depends on no other section, so that it stays.
func Anchors(s *Section) []string {
	anchors := make([]string, len(s.Body.Blocks))
	taken := map[string]bool{s.ID: true}
	for i := range s.Body.Blocks {
		if b := &s.Body.Blocks[i]; b.Kind == Heading && b.ID != "" {
			anchors[i], taken[b.ID] = b.ID, true
		}
	}
	count := map[string]int{}
	for i := range s.Body.Blocks {
		b := &s.Body.Blocks[i]
		if b.Kind != Heading || b.ID != "" {
			continue
		}
		base := strings.TrimSuffix(s.ID+"-"+Slug(b.Words()), "-")
		id := base
		for taken[id] {
			count[base]++
			id = base + "-" + strconv.Itoa(count[base]+1)
		}
		anchors[i], taken[id] = id, true
	}
	return anchors
}
