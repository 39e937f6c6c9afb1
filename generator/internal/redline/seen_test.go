package redline

import (
	"testing"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// What is counted of text that was kept is what a reader sees of it.
func TestSeen(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           Stats
	}{
		{"quotation marks", `Say "yes" - or not.`, "Say “yes” – or not.", Stats{Typography: 3}},
		{"no-break space", "Pay 30 days.", "Pay 30\u00a0days.", Stats{Typography: 1}},
		{"composed letter, which is read as one", "A cafe\u0301 here.", "A caf\u00e9 here.", Stats{}},
		{"ligature", "Your o\ufb03ce.", "Your office.", Stats{Typography: 1}},
		{"signs in a link that changed", `[The "best" ones](https://a.example)`, "[The “best” ones](https://b.example)", Stats{Links: 1, Typography: 2}},
		{"wrapped lines", "One line\nand another.", "One line and another.", Stats{}},
		{"emphasis of a space", "**One** **word** here.", "**One word** here.", Stats{}},
		{"paragraph to heading", "**Our fees**\n\nText.", "### Our fees\n\nText.", Stats{Formats: 1}},
		{"heading to paragraph", "### Our fees\n\nText.", "**Our fees**\n\nText.", Stats{Formats: 1}},
		{"emphasis in a heading", "### Our *fees*\n\nText.", "### Our fees\n\nText.", Stats{Formats: 1}},
		{"bold over a link", "See [our list](https://a.example) of the many providers.", "**See [our list](https://a.example) of the many providers.**", Stats{Formats: 1}},
		{"link of several pieces", "Read [the list of our providers](https://a.example).", "Read [the list of our *providers*](https://b.example).", Stats{Links: 1, Formats: 1}},
		{"code to a quote", "```\nfirst line\nsecond line\n```\n\nTail.", "> first line\n> second line\n\nTail.", Stats{Formats: 1}},
		{"space in code", "```\nkeep = 30\n```", "```\nkeep   =   30\n```", Stats{Typography: 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := laws(t, version(tt.old), version(tt.new))
			if r.Stats != tt.want {
				t.Errorf("%+v, want %+v", r.Stats, tt.want)
			}
			changed := r.Summary().Changed > 0
			if changed != (tt.want != Stats{}) {
				t.Errorf("changed is %v", changed)
			}
		})
	}
}

func TestSign(t *testing.T) {
	tests := []struct {
		old, new string
		want     Sign
	}{
		{"company's", "company’s", Sign{"company", "'", "’", "s"}},
		{" ", "\u00a0", Sign{"", " ", "\u00a0", ""}},
		{"--", "-", Sign{"-", "-", "", ""}},
		{"of\ufb01ce", "of\ufb01ce", Sign{"of\ufb01ce", "", "", ""}},
		{"o\ufb03ce", "office", Sign{"o", "\ufb03", "ffi", "ce"}},
	}
	for _, tt := range tests {
		s := Span{Old: legal.Inline{Text: tt.old}, New: legal.Inline{Text: tt.new}}
		if got := s.Sign(); got != tt.want {
			t.Errorf("%q, %q: %q, want %q", tt.old, tt.new, got, tt.want)
		}
	}
}
