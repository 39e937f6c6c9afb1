package check

import "testing"

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
