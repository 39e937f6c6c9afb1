package redline

import (
	"slices"
	"testing"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

func TestSay(t *testing.T) {
	tests := []struct {
		s    Summary
		want string
	}{
		{Summary{}, "no change"},
		{Summary{Changed: 2, Moved: 1, Renamed: 1, Stats: Stats{Inserted: 45, Deleted: 12, Links: 1}}, "2 sections changed, 1 moved, 1 renamed; 45 words added, 12 removed, 1 link changed"},
		{Summary{Moved: 2}, "2 sections moved"},
		{Summary{Changed: 1, Stats: Stats{Formats: 2}}, "1 section changed; 2 formatting changes"},
		{Summary{Changed: 1, Stats: Stats{Formats: 1, Typography: 1}}, "1 section changed; 1 formatting change, 1 typographic change"},
		{Summary{Changed: 1, Stats: Stats{Deleted: 1, Moved: 3}}, "1 section changed; 1 word removed, 3 moved"},
		{Summary{Files: 1}, "1 attachment changed"},
	}
	for _, tt := range tests {
		if got := English().Say(tt.s); got != tt.want {
			t.Errorf("Say(%+v) = %q, want %q", tt.s, got, tt.want)
		}
	}
}

// A language has the forms that its numbers ask for, in its own order of words.
func TestSayPolish(t *testing.T) {
	p := &Phrases{
		Language: language.Polish,
		And:      ", ",
		Whole: map[string]Forms{
			WordsAdded:   {plural.One: "dodano {count} słowo", plural.Few: "dodano {count} słowa", plural.Other: "dodano {count} słów"},
			WordsRemoved: {plural.Other: "usunięto {count} słów"},
		},
		Short: map[string]Forms{WordsRemoved: {plural.Other: "usunięto {count}"}},
	}
	for n, want := range map[int]string{1: "dodano 1 słowo", 3: "dodano 3 słowa", 5: "dodano 5 słów", 22: "dodano 22 słowa"} {
		if got := p.Say(Summary{Stats: Stats{Inserted: n}}); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got, want := p.Say(Summary{Stats: Stats{Inserted: 5, Deleted: 7}}), "dodano 5 słów, usunięto 7"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// English has a phrase for every message.
func TestEnglish(t *testing.T) {
	all := Summary{2, 2, 2, 2, 2, 2, Stats{2, 2, 2, 2, 2, 2}}.Messages()
	english := English()
	for _, m := range all {
		if english.Whole[m.Key][plural.One] == "" || english.Whole[m.Key][plural.Other] == "" {
			t.Errorf("English has no phrase for %s", m.Key)
		}
	}
	for key := range english.Short {
		if !slices.ContainsFunc(all, func(m Message) bool { return m.Key == key }) {
			t.Errorf("English has a phrase for %s, which no summary has", key)
		}
	}
}
