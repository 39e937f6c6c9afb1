package check

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// compared returns the words that weigh in a change, with their kinds.
func compared(tag, old, new string) []string {
	w := &weigher{vocabulary: vocabularyOf(tag), terms: map[string]bool{"Service": true}}
	return w.compare(old, new, edit{0, len(old), 0, len(new), nil})
}

func TestWeigh(t *testing.T) {
	for _, c := range []struct {
		tag, old, new string
		want          []string
	}{
		{"en", "within 30 days", "within 14 days", []string{kindPeriod}},
		{"en", "a fee of $1,000", "a fee of $1000", nil},
		{"en", "a fee of $10", "a fee of €10", []string{kindMoney}},
		{"en", "within 30 days", "within 30 hours", []string{kindPeriod}},
		{"en", "we may share it", "we will share it", []string{kindModal}},
		{"en", "from 1 May 2026", "from 1 June 2026", []string{kindPeriod}},
		{"en", "we do not sell it", "we do sell it", []string{kindNegation}},
		{"en", "we don't sell it", "we don’t sell it", nil},
		{"en", "shared with Quill", "shared with Acme", []string{kindParty}},
		{"en", "shared with Third parties", "shared with third parties", nil},
		{"en", "shared with partners", "shared with affiliates", []string{kindParty}},
		{"en", "use of the Service", "use of the app", []string{kindTerm}},
		{"en", "write to a@example.com", "write to b@example.com", []string{kindAddress}},
		{"en", "we recieve it", "we receive it", nil},
		{"en", "a U.S. court", "a US court", nil},
		{"en", "three copies", "two copies", []string{kindNumber}},
		{"de", "binnen 30 Tagen", "binnen 14 Tagen", []string{kindPeriod}},
		{"de", "Sie dürfen kündigen", "Sie müssen kündigen", []string{kindModal}},
		{"de", "wir geben keine Daten weiter", "wir geben Daten weiter", []string{kindNegation}},
		{"de", "die Daten der Kunden", "die Daten der Nutzer", []string{kindParty}},
		{"de", "Anschriften und Namen", "Namen und Anschriften", nil},
		{"fr", "nous pouvons vous écrire", "nous devons vous écrire", []string{kindModal}},
		{"fr", "ce n'est pas permis", "c'est permis", []string{kindNegation}},
		{"fr", "sous trente jours", "sous quinze jours", []string{kindPeriod}},
		{"fr", "nos partenaires", "nos sous-traitants", []string{kindParty}},
		{"ja", "30日以内", "14日以内", []string{kindNumber}},
		{"ja", "お客様", "利用者", nil},
	} {
		if got := compared(c.tag, c.old, c.new); !slices.Equal(got, c.want) {
			t.Errorf("%s: from %q to %q: %q, want %q", c.tag, c.old, c.new, got, c.want)
		}
	}
}

func TestTypedDates(t *testing.T) {
	for _, c := range []struct {
		tag, text string
		want      []string
	}{
		{"en", "from May 5, 2025 to 1 June 2026", []string{"2025-05-05", "2026-06-01"}},
		{"en", "in July 2025, on 2025-12-01", []string{"2025-07", "2025-12-01"}},
		{"en", "on the 3rd of March, 2024", []string{"2024-03-03"}},
		{"en", "4/5/2025, 55 May 2025, may 2025", []string{"2025-05"}},
		{"de", "Stand: 1. März 2026, gültig ab 15.07.2026", []string{"2026-03-01", "2026-07-15"}},
		{"fr", "le 1er août 2025", []string{"2025-08-01"}},
		{"en", "nobody", nil},
	} {
		var got []string
		for _, d := range vocabularyOf(c.tag).dates(c.text) {
			got = append(got, d.date.String())
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q: want (-), got (+):\n%s", c.text, diff)
		}
	}
}

// The clauses of each language are found, and others are not.
func TestClauses(t *testing.T) {
	for tag, texts := range map[string]map[string]bool{
		"en": {
			"Please check this page regularly for changes.":                   true,
			"We encourage you to review this Privacy Policy periodically.":    true,
			"You should check back often.":                                    true,
			"We check this page regularly for mistakes of ours and tell you.": false,
			"We review our processors regularly.":                             false,
			"Check the box. We bill you regularly.":                           false,
			"We tell you by email thirty days before a material change.":      false,
			"We may update this policy from time to time and will tell you.":  false,
		},
		"de": {
			"Bitte besuchen Sie diese Seite regelmäßig.":                           true,
			"Wir empfehlen, diese Erklärung regelmäßig durchzusehen und zu lesen.": true,
			"Wir informieren Sie per E-Mail über Änderungen.":                      false,
			"Wir löschen Protokolle regelmäßig.":                                   false,
		},
		"fr": {
			"Nous vous invitons à consulter régulièrement cette page.": true,
			"Nous vous informons par courriel.":                        false,
		},
	} {
		for text, want := range texts {
			got := len(checkBack(written(t, tag, "privacy", text))) > 0
			if got != want {
				t.Errorf("%s: %q is found: %v, want %v", tag, text, got, want)
			}
		}
	}
	for tag, texts := range map[string]map[string]bool{
		"en": {
			"We may change these terms. We send you a message thirty days before.": true,
			"We will notify you before we make changes to this policy.":            true,
			"We may modify this Agreement at our sole discretion.":                 false,
			"We collect data.": false,
		},
		"de": {
			"Wir informieren Sie per E-Mail, bevor wir diese Datenschutzerklärung ändern.": true,
			"Wir können diese Bedingungen jederzeit ändern.":                               false,
		},
		"fr": {
			"Nous vous informerons par courriel de toute modification de cette politique.": true,
			"Nous pouvons modifier les présentes conditions.":                              false,
		},
	} {
		for text, want := range texts {
			if got := len(missingChanges(written(t, tag, "terms", text))) == 0; got != want {
				t.Errorf("%s: %q says how people learn of changes: %v, want %v", tag, text, got, want)
			}
		}
	}
}

func written(t *testing.T, tag, name, text string) *Review {
	t.Helper()
	lib := open(t, map[string][]byte{
		"site.yaml":          []byte("title: X\nurl: https://example.com\nlanguage: " + tag + "\n"),
		name + "/index.md":   []byte("---\ntitle: X\nversion: 1.0.0\neffective: 2026-01-01\n---\n"),
		name + "/10-text.md": []byte("---\ntitle: Text\n---\n" + text + "\n"),
	})
	doc, _, err := legal.Load(lib, name)
	if err != nil {
		t.Fatal(err)
	}
	return &Review{Document: doc, Library: lib, Advice: true}
}

// A document in another language than the site's is read in its own.
func TestLanguage(t *testing.T) {
	const german = "Wir sind der Anbieter der Plattform, und die Daten, die Sie uns mit der Anmeldung geben, sind nicht für Dritte. "
	const japanese = "当社は 個人情報 を 取得 し 利用 します "
	for text, want := range map[string]string{german + german + german + german: "de", "We are here.": "en"} {
		if got := written(t, "en", "x", text).vocabulary(); got != vocabularies[want] {
			t.Errorf("%q is not read as %s", text, want)
		}
	}
	long := ""
	for range 20 {
		long += japanese
	}
	if written(t, "en", "x", long).vocabulary() != nil {
		t.Error("Japanese is read as a language that is known")
	}
}
