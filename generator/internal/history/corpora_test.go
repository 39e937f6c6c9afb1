package history

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// corpora is where real legal documents with their histories lie.
const corpora = "../../../../shared/corpora"

// A specimen is a document of the corpora.
type specimen struct {
	ID      string
	Lang    string
	Path    string
	History []struct {
		N    int
		File string
		Blob string
		Text *struct {
			Kind, Raw, ISO string
		} `json:"date_in_text"`
	}
}

func specimens(t *testing.T) []specimen {
	data, err := os.ReadFile(filepath.Join(corpora, "manifest.json"))
	if err != nil {
		t.Skip("the corpora are not here")
	}
	var manifest struct{ Documents []specimen }
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	return manifest.Documents
}

// A tally counts dates.
type tally struct{ right, wrong, missed, more, none int }

// The dates that real texts state of themselves are found: with the attribute
// that states it for machines, and without, by the words alone. They differ
// from the manifest where the two contradict each other: it takes the attribute,
// which translators forget, and we the words, which readers saw.
func TestStatedCorpora(t *testing.T) {
	for _, c := range []struct {
		name      string
		attribute bool
		least     float64 // of precision and recall
	}{{"all", true, 0.95}, {"words", false, 0.93}} {
		t.Run(c.name, func(t *testing.T) {
			by := map[string]*tally{}
			total := &tally{}
			for _, d := range specimens(t) {
				source, _, _ := strings.Cut(d.ID, "/")
				for i, v := range d.History {
					if v.File == "" || os.Getenv("CORPORA") != "all" && i%5 > 0 { // where it was removed for a while
						continue
					}
					data, err := os.ReadFile(filepath.Join(corpora, "trees", v.File))
					if err != nil {
						t.Fatal(err)
					}
					got, want := statedBySource(data, c.attribute), ""
					if v.Text != nil {
						want = v.Text.ISO
					}
					key := source + " " + d.Lang
					if by[key] == nil {
						by[key] = &tally{}
					}
					for _, n := range []*tally{by[key], total} {
						n.count(got.Date.String(), want)
					}
					if got.Date.String() != want {
						t.Logf("%s: %q states %s, the manifest %s (%s)", v.File, got.Quote, got.Date, want, got.Note)
					}
				}
			}
			for _, key := range sortedKeys(by) {
				t.Logf("%-50s %+v", key, *by[key])
			}
			precision := float64(total.right) / float64(total.right+total.wrong)
			recall := float64(total.right) / float64(total.right+total.wrong+total.missed)
			t.Logf("precision %.4f, recall %.4f, %+v", precision, recall, *total)
			if precision < c.least || recall < c.least {
				t.Errorf("precision %.4f and recall %.4f should be %.2f", precision, recall, c.least)
			}
		})
	}
}

func (n *tally) count(got, want string) {
	switch {
	case got == want && want == "":
		n.none++
	case got == want:
		n.right++
	case want == "":
		n.more++
	case got == "":
		n.missed++
	default:
		n.wrong++
	}
}

func statedBySource(data []byte, attribute bool) Stated {
	raw, _ := decode(data, "")
	fields, body, _ := cutFront(raw)
	text, _ := dropAttributes(body)
	parsed, _ := legal.Parse(text, "", 1)
	date := ""
	if attribute {
		date = datetime(body)
	}
	return stated(fields, parsed, date)
}
