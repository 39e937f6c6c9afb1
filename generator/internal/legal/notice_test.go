package legal

import "testing"

func TestNotice(t *testing.T) {
	for s, want := range map[string]Notice{
		"30 days": {Days: 30}, "1 day": {Days: 1}, "2 weeks": {Days: 14}, "1 month": {Months: 1}, "1 year": {Months: 12},
	} {
		got, err := ParseNotice(s)
		if got != want || err != nil {
			t.Errorf("ParseNotice(%q) = %v, %v, want %v", s, got, err, want)
		}
		if again, err := ParseNotice(got.String()); again != got || err != nil {
			t.Errorf("ParseNotice(%q) = %v, %v, want %v", got.String(), again, err, got)
		}
	}
	for _, s := range []string{"", "30", "days", "0 days", "-1 days", "soon", "30  days", "1001 days", "1.5 months", "30 moons"} {
		if got, err := ParseNotice(s); err == nil {
			t.Errorf("ParseNotice(%q) = %v, want an error", s, got)
		}
	}
}

func TestPlus(t *testing.T) {
	for _, c := range []struct{ day, notice, want string }{
		{"2026-01-15", "15 days", "2026-01-30"},
		{"2026-01-31", "1 month", "2026-02-28"},
		{"2024-01-31", "1 month", "2024-02-29"},
		{"2026-12-15", "1 month", "2027-01-15"},
		{"2025-07", "12 months", "2026-07-01"},
		{"2024-02-29", "1 year", "2025-02-28"},
	} {
		day, err := ParseDate(c.day)
		if err != nil {
			t.Fatal(err)
		}
		n, err := ParseNotice(c.notice)
		if err != nil {
			t.Fatal(err)
		}
		if got := day.Plus(n).String(); got != c.want {
			t.Errorf("%s after %s is %s, want %s", c.notice, c.day, got, c.want)
		}
	}
}
