package legal

import (
	"testing"
	"time"
)

func TestParseNumber(t *testing.T) {
	for _, s := range []string{"1.0.0", "2.13.4", "999999.0.999999"} {
		n, err := ParseNumber(s)
		if err != nil || n.String() != s {
			t.Errorf("ParseNumber(%q) = %v, %v, want it back", s, n, err)
		}
	}
	for _, s := range []string{"", "1", "1.0", "0.1.0", "01.0.0", "1.0.0.0", "1.-1.0", "1.+1.0", "1.0.1000000", "1.0.x", "v1.0.0", " 1.0.0"} {
		if n, err := ParseNumber(s); err == nil {
			t.Errorf("ParseNumber(%q) = %v, want an error", s, n)
		}
	}
}

func TestNumberOrder(t *testing.T) {
	order := []Number{{1, 0, 0}, {1, 0, 1}, {1, 0, 10}, {1, 2, 0}, {1, 10, 0}, {2, 0, 0}}
	for i, a := range order {
		for j, b := range order {
			if got, want := a.Compare(b) < 0, i < j; got != want {
				t.Errorf("%v before %v = %v, want %v", a, b, got, want)
			}
		}
	}
}

func TestNextAndSince(t *testing.T) {
	from := Number{1, 4, 2}
	for c, want := range map[Change]Number{Correction: {1, 4, 3}, Update: {1, 5, 0}, Edition: {2, 0, 0}} {
		if got := from.Next(c); got != want {
			t.Errorf("%v.Next(%v) = %v, want %v", from, c, got, want)
		}
		if got := want.Since(from); got != c {
			t.Errorf("%v.Since(%v) = %v, want %v", want, from, got, c)
		}
	}
}

func TestParseDate(t *testing.T) {
	for _, s := range []string{"2025-07-14", "2025-07", "2024-02-29", "1000-01", "9999-12-31"} {
		d, err := ParseDate(s)
		if err != nil || d.String() != s {
			t.Errorf("ParseDate(%q) = %v, %v, want it back", s, d, err)
		}
	}
	for _, s := range []string{"", "2025", "2025-7-14", "2025-02-29", "2025-13", "2025-00", "2025-07-14T00:00", "14.07.2025", "0999-01"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", s, d)
		}
	}
}

func TestDateOrder(t *testing.T) {
	july, first, second := Date{2025, 7, 0}, Date{2025, 7, 1}, Date{2025, 7, 2}
	if july.Compare(first) != 0 || !second.After(july) || july.After(first) {
		t.Error("a month counts from its first day")
	}
	if got := first.DaysUntil(Date{2026, 7, 1}); got != 365 {
		t.Errorf("DaysUntil = %d, want 365", got)
	}
}

// A date begins at the first instant of its day, which is not always
// midnight and never the day before.
func TestDateBegins(t *testing.T) {
	for _, test := range []struct {
		zone, date, want string
	}{
		{"America/Los_Angeles", "2025-07-14", "2025-07-14T00:00:00-07:00"},
		{"Pacific/Kiritimati", "2025-07", "2025-07-01T00:00:00+14:00"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"}, // clocks went from 00:00 to 01:00
		{"Africa/Cairo", "2025-04-25", "2025-04-25T01:00:00+03:00"},
	} {
		zone, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Fatal(err)
		}
		d, err := ParseDate(test.date)
		if err != nil {
			t.Fatal(err)
		}
		at := d.In(zone)
		if got := at.Format(time.RFC3339); got != test.want {
			t.Errorf("%s begins in %s at %s, want %s", test.date, test.zone, got, test.want)
		}
		if DateOf(at).Compare(d) != 0 || DateOf(at.Add(-time.Second)).Compare(d) >= 0 {
			t.Errorf("%s in %s: %s is not its first instant", test.date, test.zone, at)
		}
	}
}

func TestSlug(t *testing.T) {
	for words, want := range map[string]string{
		"Children's Privacy":  "childrens-privacy",
		"  §2. Who we are — ": "2-who-we-are",
		"Données à caractère": "donnees-a-caractere",
		"第2条 個人情報":            "第2条-個人情報",
		"ข้อกำหนด":            "ข้อกำหนด",
		"???":                 "",
		"AI‑Powered":          "ai-powered",
	} {
		if got := Slug(words); got != want {
			t.Errorf("Slug(%q) = %q, want %q", words, got, want)
		}
	}
}

func TestSafeLink(t *testing.T) {
	for link, want := range map[string]bool{
		"https://example.com": true, "HTTP://EXAMPLE.com": true, "mailto:a@b.c": true, "tel:+44": true,
		"#a": true, "../terms/": true, "a.pdf": true, "?q=a:b": true, "path/with:colon": true, "": true,
		"javascript:alert(1)": false, "JaVa\tScript:alert(1)": false, "\x01javascript:x": false, " javascript:x": false,
		"data:text/html,x": false, "vbscript:x": false, "file:///etc/passwd": false, "blob:x": false,
	} {
		if got := SafeLink(link); got != want {
			t.Errorf("SafeLink(%q) = %v, want %v", link, got, want)
		}
	}
}

func TestContact(t *testing.T) {
	for contact, want := range map[string]bool{
		"legal@example.com": true, "mailto:legal@example.com": true, "tel:+44123": true, "https://example.com/contact": true,
		"Example Ltd, 1 High Street": true, "Phone: +44 123": true,
		"javascript:alert(1)": false, " JAVASCRIPT:alert(1)": false, "java\tscript:alert(1)": false, "data:text/html,x@y": false,
		"javascript: alert(1)": false, "https:": false, "https://": false, "file:///x": false,
	} {
		if got := validContact(contact); got != want {
			t.Errorf("validContact(%q) = %v, want %v", contact, got, want)
		}
	}
}
