package check

import (
	"strings"
	"testing"
)

func TestNumbering(t *testing.T) {
	for text, want := range map[string]string{
		"2.1 A\n\n2.2 B\n\n2.3 C":                            "",
		"2.1 A\n\n2.3 C":                                     `"2.3 C" is numbered 2.3 after 2.1`,
		"2.1 A\n\n2.2 B\n\n2.2 C":                            `"2.2 C" is numbered 2.2 after 2.2`,
		"2.1 A\n\n2.1.1 B\n\n2.1.2 C\n\n2.2 D":               "",
		"(a) A\n\n(b) B\n\n(c) C":                            "",
		"(a) A\n\n(b) B\n\n(d) D":                            `"(d) D" is numbered (d) after (b)`,
		"(a) A\n\n(i) B\n\n(ii) C\n\n(b) D":                  "",
		"(a) A\n\n(b) B\n\n2.2 C\n\n(a) D\n\n(b) E":          "",
		"## 1. A\n\n## 2. B\n\n## 4. C":                      `"4. C" is numbered 4 after 2`,
		"## 1. A\n\n### 1.1 B\n\n### 1.2 C\n\n## 2. D":       "",
		"## Section 1: A\n\n## Section 3: B":                 `"Section 3: B" is numbered 3 after 1`,
		"In 2024. 12 people came.\n\n2.5 litres are enough.": "",
		"## 2024 Report\n\n## 2026 Report":                   "",
	} {
		var got []string
		for _, p := range brokenNumbering(written(t, "en", "x", text)) {
			got = append(got, p.Msg)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("of %q is said %q, want %q", text, got, want)
		}
	}
}

// A reference to a section by its number is to one that is there, or to another text.
func TestDanglingSections(t *testing.T) {
	const text = "## 1. A\n\n## 2. B\n\n2.1 C\n\n## 3. C\n\n"
	for reference, want := range map[string]bool{
		"See Section 3.": false, "See Section 4.": true, "See Sections 2 and 3.": false, "See clause 2.1.": false, "See clause 2.2.": true,
		"See Section 512 of the Act.": false, "See Article 6 GDPR.": false, "See Section 9(1)(a) of the Act.": false,
		"See Article 13, 14 and 15 of the Regulation.": false, "See Section 1.5.": false,
	} {
		r := written(t, "en", "x", text+reference)
		if got := len(danglingSections(r)) > 0; got != want {
			t.Errorf("%q is found: %v, want %v", reference, got, want)
		}
	}
}
