package legal

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestGlossary: in each text the uses that are found stand in [brackets], and nothing
// else does.
func TestGlossary(t *testing.T) {
	const service = "We run an app (the \"Service\").\n\n"
	for _, c := range []struct{ name, source, want string }{
		{"use", service + "You use the Service daily.", "You use the [Service] daily."},
		{"possessive", service + "The Service's rules and the Service’s users", "The [Service]'s rules and the [Service]’s users"},
		{"after an article", service + "The Service is here; Our Service is there.", "The [Service] is here; Our [Service] is there."},
		{"a sentence's first word", service + "Service is good. So is Service.", "Service is good. So is [Service]."},
		{"lower case", service + "Your service and services.", "Your service and services."},
		{"another word", service + "The Services, Servicemen and self-Service.", "The Services, Servicemen and self-Service."},
		{"hyphen", service + "A Service-related matter, a Service – indeed.", "A Service-related matter, a [Service] – indeed."},
		{"address", service + "See Service.example, @Service and /Service/.", "See Service.example, @Service and /Service/."},
		{"longer name", service + "The Service Provider and Google Service, Terms of Service.", "The Service Provider and Google Service, Terms of Service."},
		{"quoted", service + "The word “Service” here.", "The word “Service” here."},
		{"code", service + "The `Service` and the Service.", "The Service and the [Service]."},
		{"heading", service + "## Use the Service now", "Use the Service now"},
		{"longest", "“Data” means facts. “Personal Data” means facts of people.\n\nPersonal Data and Data, but Personal Data Act.", "[Personal Data] and [Data], but Personal Data Act."},
		{"means", "\"Content\" means what you write.\n\nYour Content is yours.", "Your [Content] is yours."},
		{"bold", "**Content** means what you write.\n\nYour Content is yours.", "Your [Content] is yours."},
		{"run-in heading", "**Content:** be careful.\n\nYour Content is yours.", "Your Content is yours."},
		{"list of definitions", "Content\n: What you write.\n\nYour Content is yours.", "Your [Content] is yours."},
		{"twice", service + "Support (the \"Service\").\n\nUse the Service.", "Use the Service."},
		{"of a part", "For purposes of this section, \"Content\" means text.\n\nYour Content.", "Your Content."},
		{"pronoun", "Larkfield Ltd (\"We\").\n\nThen We agree.", "Then We agree."},
		{"gloss", "Small files (\"cookies\").\n\nThe cookies here.", "The cookies here."},
		{"short name", "Larkfield Ltd (\"Larkfield\").\n\nThen Larkfield agrees.", "Then Larkfield agrees."},
		{"sentence as a term", "A banner (\"We use cookies to make it better for all of you\").\n\nOK.", "OK."},
		{"German", "Unsere Anwendung (nachfolgend „Dienst“).\n\nSie nutzen den Dienst. Der Dienst kostet nichts.", "Sie nutzen den [Dienst]. Der [Dienst] kostet nichts."},
		{"French", "Notre application (ci-après le « Service »).\n\nVous utilisez le Service, l’offre du Service.", "Vous utilisez le [Service], l’offre du [Service]."},
		{"no capitals", "個人情報（以下\"個人\"）。 (\"個人情報\")\n\n個人情報", "個人情報"},
	} {
		text, _ := Parse([]byte(c.source), "a.md", 1)
		g := NewDefiner().Glossary(&Version{Opening: text})
		last := &text.Blocks[len(text.Blocks)-1]
		var w strings.Builder
		prose, at := last.Words(), 0
		for _, u := range g.Uses(last) {
			w.WriteString(prose[at:u.From] + "[" + prose[u.From:u.To] + "]")
			at = u.To
			if u.Block == last || prose[u.From:u.To] != u.Words {
				t.Errorf("%s: %q is a use of %q", c.name, prose[u.From:u.To], u.Words)
			}
		}
		w.WriteString(prose[at:])
		if diff := cmp.Diff(c.want, w.String()); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// FuzzGlossary: every definition and use is of the words that it says.
func FuzzGlossary(f *testing.F) {
	f.Add("An app (the \"Service\").\n\nThe Service's rules.\n\n| a | Service |\n|---|---|\n| b | the Service |")
	f.Add("“Ä’b c” means x.\n\nthe Ä’b c of it")
	f.Fuzz(func(t *testing.T, source string) {
		text, _ := Parse([]byte(source), "a.md", 1)
		g := NewDefiner().Glossary(&Version{Opening: text})
		for i := range text.Blocks {
			b := &text.Blocks[i]
			words := b.Words()
			end := 0
			for _, d := range g.In(b) {
				if words[d.From:d.To] != d.Words {
					t.Errorf("%q is defined at %q", d.Words, words[d.From:d.To])
				}
			}
			for _, u := range g.Uses(b) {
				if u.From < end || words[u.From:u.To] != u.Words {
					t.Errorf("%q is used at %q", u.Words, words[u.From:u.To])
				}
				end = u.To
			}
		}
	})
}
