package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What kind a document is, its front matter says, or its address and title tell.
func TestKind(t *testing.T) {
	for _, c := range []struct{ tag, name, title, key, want string }{
		{"en", "privacy-policy", "X", "", "privacy-policy"},
		{"en", "privacy", "X", "", "privacy-policy"},
		{"en", "x", "Privacy Notice for Applicants", "", "privacy-policy"},
		{"en", "privacy-policy", "X", "other", "other"},
		{"en", "terms-of-service", "X", "", "terms"},
		{"en", "x", "Terms and Conditions", "", "terms"},
		{"en", "cookie-policy", "Cookie Policy", "", "other"},
		{"en", "subprocessors", "Subprocessors", "", "other"},
		{"de", "x", "Datenschutzerklärung", "", "privacy-policy"},
		{"de", "agb", "Allgemeine Geschäftsbedingungen", "", "terms"},
		{"fr", "x", "Politique de confidentialité", "", "privacy-policy"},
		{"fr", "x", "Conditions générales", "", "terms"},
		{"ja", "x", "利用規約", "terms", "terms"},
	} {
		r := written(t, c.tag, c.name, "Text.")
		r.Draft.Title, r.Draft.Kind = c.title, c.key
		if got := r.kind(); got != c.want {
			t.Errorf("%s %q (%s) is of the kind %s, want %s", c.name, c.title, c.tag, got, c.want)
		}
	}
}

// What a kind has to say is the site's to set: more, less, and of kinds of its own.
func TestAskedOfKinds(t *testing.T) {
	for _, c := range []struct {
		kind string
		asks []string
		want []string
	}{
		{"privacy-policy", []string{"changes", "contact"}, []string{"missing-changes", "missing-contact"}},
		{"privacy-policy", nil, nil},
		{"terms", []string{"contact"}, []string{"missing-contact"}},
		{"imprint", []string{"contact", "#register"}, []string{"missing-contact", "missing-section"}},
		{"other", []string{"changes"}, []string{"missing-changes"}},
	} {
		r := written(t, "en", "document", "Text.")
		r.Library.Site.Kinds[c.kind] = c.asks
		r.Library.Site.Contact = ""
		r.Draft.Kind = c.kind
		var got []string
		for _, p := range Run(r) {
			if strings.HasPrefix(p.Rule, "missing-") || p.Rule == "bad-kind" {
				got = append(got, p.Rule)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("of a %s is asked %q; it says (-want +got):\n%s", c.kind, c.asks, diff)
		}
	}
}
