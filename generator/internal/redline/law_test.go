package redline

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// version reads Markdown as a version, with a section for every heading of
// the second level.
func version(source string) *legal.Version {
	v := &legal.Version{Title: "Terms"}
	parts := strings.Split("\n"+source, "\n## ")
	v.Opening, _ = legal.Parse([]byte(parts[0]), "a.md", 1)
	for _, p := range parts[1:] {
		title, body, _ := strings.Cut(p, "\n")
		s := &legal.Section{Title: title, ID: legal.Slug(title)}
		s.Body, _ = legal.Parse([]byte(body), "a.md", 1)
		v.Sections = append(v.Sections, s)
	}
	return v
}

// laws checks what holds of every redline.
func laws(t *testing.T, old, new *legal.Version) *Redline {
	t.Helper()
	r := Compare(old, new)
	if diff := cmp.Diff(Text(old), r.OldText()); diff != "" {
		t.Errorf("the old text does not come back: want (-), got (+):\n%s", diff)
	}
	if diff := cmp.Diff(Text(new), r.NewText()); diff != "" {
		t.Errorf("the new text does not come back: want (-), got (+):\n%s", diff)
	}
	return r
}

func same(t *testing.T, v *legal.Version) {
	t.Helper()
	if s := Compare(v, v).Summary(); s != (Summary{}) {
		t.Errorf("a text differs from itself: %v", s.Messages())
	}
}

func FuzzCompare(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		old, rest, _ := strings.Cut(string(data), "-- new.md --\n")
		new, _, _ := strings.Cut(rest, "-- want --\n")
		f.Add(old, new)
	}
	f.Add("a b c\n\n- x\n- y\n", "a c\n\n- y\n- x\n")
	f.Add("See [](#a) and [](#b), **[](#c)**.\n", "See [](#b) and [](#b).[](#d)\n\n[](#a)\n")
	f.Add("|a|b|\n|-|-|\n|1|2|\n", "|a|c|b|\n|-|-|-|\n|1|3|2|\n")
	f.Fuzz(func(t *testing.T, a, b string) {
		old, new := version(a), version(b)
		r := laws(t, old, new)
		same(t, old)
		again, _ := json.Marshal(Compare(old, new).Contract())
		first, err := json.Marshal(r.Contract())
		if err != nil || string(first) != string(again) {
			t.Errorf("two comparisons differ (%v)", err)
		}
	})
}

// TestDeterminism compares with one and with eight processors.
func TestDeterminism(t *testing.T) {
	old, new := version(sample), version(strings.NewReplacer("thirty", "forty", "pay", "owe").Replace(sample))
	var got []string
	for _, n := range []int{1, 8} {
		before := runtime.GOMAXPROCS(n)
		data, _ := json.Marshal(Compare(old, new).Contract())
		runtime.GOMAXPROCS(before)
		got = append(got, string(data))
	}
	if got[0] != got[1] {
		t.Error("the result depends on the number of processors")
	}
}

const sample = "You pay within thirty days.\n\n## Fees\n\nYou pay fees. We pay nothing.\n\n- one thing\n- another thing\n\n## End\n\nWords at the end.\n"

// A Comparer that saw other versions before says what Compare does.
func TestComparer(t *testing.T) {
	texts := []string{sample,
		strings.ReplaceAll(sample, "thirty", "forty"),
		strings.ReplaceAll(sample, "thing", "matter"),
		"You owe within forty days.\n\n## End\n\nWords at the end.\n\n## Fees\n\n- another thing\n- one thing\n\nYou pay fees. We pay nothing.\n",
		strings.ReplaceAll(sample, "We pay nothing.", "We pay nothing. You pay what the list of prices says on the day of your order."),
	}
	var versions []*legal.Version
	for _, text := range texts {
		versions = append(versions, version(text))
	}
	// Sections that stay, change, move, and lose blocks to each other.
	const long = "We keep the records of what you ordered for ten years, as the law on taxes asks us to."
	a, b, c := version("One thing.\n\n"+long+"\n").Opening, version("One thing.\n").Opening, version(sample).Opening
	d := version(sample + "\n" + long + "\n").Opening
	for _, bodies := range [][]*legal.Text{{a, c, b}, {b, d, b}, {b, c, b}, {a, d}, {d, a, b}, {a, c, a}, {b, c, a, d}} {
		v := version("")
		for i, body := range bodies {
			v.Sections = append(v.Sections, &legal.Section{ID: fmt.Sprint("s", i), Title: fmt.Sprint("Section ", i), Body: body})
		}
		versions = append(versions, v)
	}
	k := NewComparer()
	for range 2 {
		for _, old := range versions {
			for _, new := range versions {
				got, _ := json.Marshal(k.Compare(old, new).Contract())
				want, _ := json.Marshal(Compare(old, new).Contract())
				if diff := cmp.Diff(string(want), string(got)); diff != "" {
					t.Fatalf("want (-), got (+):\n%s", diff)
				}
			}
		}
	}
}

// TestBothWays compares texts in either order: as many words are marked.
func TestBothWays(t *testing.T) {
	pairs := [][2]string{
		{ // as good: to keep the one "18F" or the other
			"- Publish all source code created or modified by 18F and its contractors publicly.\n",
			"- Publish publicly all source code created or modified by 18F, whether developed in-house by government staff or through contracts negotiated by 18F.\n",
		},
		{ // as good: to pair the item in the middle with the first or the last
			"- Clicky. Web analytics service.\n- Customer.io. Email newsletter service.\n- Google Analytics. Web analytics service.\n",
			"- Customer.io. Transactional email service.\n- Mailchimp. Email newsletter service.\n",
		},
	}
	for _, e := range someEdits(2) {
		pairs = append(pairs, [2]string{e.old, e.new})
	}
	for _, p := range pairs {
		there := Compare(version(p[0]), version(p[1])).Stats
		back := Compare(version(p[1]), version(p[0])).Stats
		if a, b := there.Inserted+there.Deleted, back.Inserted+back.Deleted; a != b {
			t.Errorf("%d words are marked from old to new, %d from new to old:\n%s\n-----\n%s", a, b, p[0], p[1])
		}
	}
}
