package redline

import (
	"encoding/json"
	"fmt"
	"go/parser"
	gotoken "go/token"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// hardPairs are texts made to cost much, each by its size in words, blocks or
// rows.
var hardPairs = []struct {
	name string
	size int
	make func(n int) (old, new string)
}{
	{"a paragraph, a tenth of it changed", 50_000, func(n int) (string, string) {
		r := rand.New(rand.NewPCG(1, 3))
		old := someWords(r, n, 4000)
		return strings.Join(old, " "), strings.Join(changeWords(r, old, 10, 4000), " ")
	}},
	{"a paragraph, rewritten from 60 words", 10_000, func(n int) (string, string) {
		r := rand.New(rand.NewPCG(2, 3))
		return strings.Join(someWords(r, n, 60), " "), strings.Join(someWords(r, n, 60), " ")
	}},
	{"two words in turn", 10_000, func(n int) (string, string) {
		return strings.Repeat("either or ", n/2), strings.Repeat("or or either ", n/3)
	}},
	{"equal items, few of them changed", 5000, func(n int) (string, string) {
		old := make([]string, n)
		for i := range old {
			old[i] = "- The fee is due on the first day of the month."
		}
		new := slices.Clone(old)
		for i := n / 10; i < n; i += n / 7 {
			new[i] = strings.Replace(new[i], "first", "last", 1)
		}
		return strings.Join(old, "\n"), strings.Join(slices.Delete(new, n/2, n/2+3), "\n")
	}},
	{"paragraphs shuffled", 1500, func(n int) (string, string) {
		r := rand.New(rand.NewPCG(3, 3))
		old := someParagraphs(r, n)
		new := slices.Clone(old)
		shuffle(r, new)
		return strings.Join(old, "\n\n"), strings.Join(new, "\n\n")
	}},
	{"paragraphs, half of each rewritten", 1000, func(n int) (string, string) {
		r := rand.New(rand.NewPCG(4, 3))
		old := someParagraphs(r, n)
		new := make([]string, n)
		for i, p := range old {
			new[i] = strings.Join(changeWords(r, strings.Fields(p), 50, 4000), " ")
		}
		return strings.Join(old, "\n\n"), strings.Join(new, "\n\n")
	}},
	{"long paragraphs, rewritten beyond the limit", 80, func(n int) (string, string) {
		r := rand.New(rand.NewPCG(6, 3))
		var old, new []string
		for range n {
			old = append(old, strings.Join(someWords(r, 900, 200), " "))
			new = append(new, strings.Join(someWords(r, 900, 200), " "))
		}
		return strings.Join(old, "\n\n"), strings.Join(new, "\n\n")
	}},
	{"sections, all of them others", 300, func(n int) (string, string) {
		var old, new strings.Builder
		for i := range n {
			fmt.Fprintf(&old, "## Title old%d\n\nWords first%d.\n\n", i, i)
			fmt.Fprintf(&new, "## Name new%d\n\nOther second%d.\n\n", i, i)
		}
		return old.String(), new.String()
	}},
	{"a table with a new column", 1000, func(n int) (string, string) {
		old, new := "| Name | Use |\n|---|---|\n", "| Name | Since | Use |\n|---|---|---|\n"
		for i := range n {
			old += fmt.Sprintf("| name%d | use%d |\n", i, i%50)
			new += fmt.Sprintf("| name%d | %d | use%d |\n", i, 1990+i%30, i%50)
		}
		return old, new
	}},
	{"lists in lists", 90, func(n int) (string, string) {
		var old, new strings.Builder
		for i := range min(n, 90) {
			fmt.Fprintf(&old, "%s- level %d of the list\n", strings.Repeat("  ", i), i)
			fmt.Fprintf(&new, "%s- level %d of the nested list\n", strings.Repeat("  ", i), i)
		}
		return old.String(), new.String()
	}},
	{"a paragraph in Chinese", 20_000, func(n int) (string, string) {
		r := rand.New(rand.NewPCG(5, 3))
		old := make([]rune, n)
		for i := range old {
			old[i] = '一' + rune(r.IntN(2000))
		}
		new := slices.Clone(old)
		for range n / 20 {
			new[r.IntN(n)] = '一' + rune(r.IntN(2000))
		}
		return string(old), string(new)
	}},
}

func someWords(r *rand.Rand, n, vocabulary int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = "w" + strconv.Itoa(r.IntN(vocabulary))
	}
	return out
}

// changeWords returns words with so many of a hundred replaced.
func changeWords(r *rand.Rand, words []string, percent, vocabulary int) []string {
	out := slices.Clone(words)
	for i := range out {
		if r.IntN(100) < percent {
			out[i] = "w" + strconv.Itoa(r.IntN(vocabulary))
		}
	}
	return out
}

func someParagraphs(r *rand.Rand, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = strings.Join(someWords(r, 10+r.IntN(30), 4000), " ")
	}
	return out
}

// TestBounds compares texts made to cost much: both come back, and the steps
// stay within the limit.
func TestBounds(t *testing.T) {
	for _, p := range hardPairs {
		t.Run(p.name, func(t *testing.T) {
			a, b := p.make(p.size / 10)
			r := within(t, a, b)
			same(t, version(a))
			if strings.Contains(a, " ") {
				marksOf(t, r) // no word is marked in part
			}
			if !testing.Short() {
				a, b = p.make(p.size)
				within(t, a, b)
			}
		})
	}
}

func within(t *testing.T, old, new string) *Redline {
	t.Helper()
	r := laws(t, version(old), version(new))
	if r.Effort.Steps > mostSteps || r.Effort.Limit != mostSteps {
		t.Errorf("it took %d steps of %d", r.Effort.Steps, mostSteps)
	}
	if r.Summary() == (Summary{}) {
		t.Error("no change is found")
	}
	return r
}

// BenchmarkCompare compares the same texts at a half and the whole of their
// size, so that the growth is seen.
func BenchmarkCompare(b *testing.B) {
	for _, p := range hardPairs {
		for _, size := range []int{p.size / 2, p.size} {
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(p.name, " ", "_"), size), func(b *testing.B) {
				x, y := p.make(size)
				old, new := version(x), version(y)
				b.ReportAllocs()
				steps := 0
				for b.Loop() {
					steps = Compare(old, new).Effort.Steps
				}
				b.ReportMetric(float64(steps), "steps/op")
			})
		}
	}
}

// contract returns what other tools are given of a comparison.
func contract(t *testing.T, old, new string) string {
	t.Helper()
	data, err := json.Marshal(Compare(version(old), version(new)).Contract())
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestSameBytes compares with one and many processors, with much and no
// garbage collected, and while other texts are compared.
func TestSameBytes(t *testing.T) {
	all := someEdits(1)
	pairs := [][2]string{{sample, strings.ToUpper(sample)}}
	for _, e := range all[len(all)-3:] {
		pairs = append(pairs, [2]string{e.old, e.new})
	}
	for _, p := range hardPairs {
		a, b := p.make(max(p.size/200, 4))
		pairs = append(pairs, [2]string{a, b})
	}
	want := make([]string, len(pairs))
	for i, p := range pairs {
		want[i] = contract(t, p[0], p[1])
	}
	check := func(t *testing.T) {
		for i, p := range pairs {
			if got := contract(t, p[0], p[1]); got != want[i] {
				t.Errorf("the contract of pair %d is another", i)
			}
		}
	}
	for _, way := range []struct{ processors, collection int }{{1, 10}, {8, -1}} {
		t.Run(fmt.Sprintf("processors %d, collection %d", way.processors, way.collection), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(way.processors))
			defer debug.SetGCPercent(debug.SetGCPercent(way.collection))
			check(t)
		})
	}
	t.Run("at once", func(t *testing.T) {
		var wg sync.WaitGroup
		got := make([]string, len(pairs))
		for i, p := range pairs {
			wg.Go(func() {
				data, _ := json.Marshal(Compare(version(p[0]), version(p[1])).Contract())
				got[i] = string(data)
			})
		}
		wg.Wait()
		for i := range pairs {
			if got[i] != want[i] {
				t.Errorf("the contract of pair %d is another", i)
			}
		}
	})
}

// TestImports wants that nothing that a comparison does can depend on more
// than the two texts.
func TestImports(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) == 0 {
		t.Fatal("there are no files")
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(gotoken.NewFileSet(), name, source, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			switch path, _ := strconv.Unquote(spec.Path.Value); path {
			case "time", "math/rand", "math/rand/v2", "os", "runtime", "runtime/debug":
				t.Errorf("%s imports %q", name, path)
			}
		}
	}
}

// TestLinksAlone compares texts that differ in what their links point to, and
// in nothing else: each is listed once, and no word is marked.
func TestLinksAlone(t *testing.T) {
	links := linkSyntax.FindAllStringSubmatchIndex(policy, -1)
	for set := 1; set < 1<<len(links); set += 5 {
		changed, want := policy, []string{}
		for i, m := range slices.Backward(links) {
			if set>>i&1 == 1 {
				changed = changed[:m[4]] + fmt.Sprintf("https://new.example/%d", i) + changed[m[5]:]
				want = append([]string{policy[m[4]:m[5]] + " → " + fmt.Sprintf("https://new.example/%d", i)}, want...)
			}
		}
		if len(want) > 3 && testing.Short() {
			continue
		}
		r := laws(t, version(policy), version(changed))
		if got := changedLinks(r); !slices.Equal(got, want) {
			t.Errorf("changed links = %q, want %q", got, want)
		}
		if s := r.Stats; s != (Stats{Links: len(want)}) {
			t.Errorf("statistics = %+v, want %d links and nothing else", s, len(want))
		}
	}
}

func changedLinks(r *Redline) []string {
	var out []string
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			for _, c := range b.Cells {
				for _, span := range c.Spans {
					if span.Op != Equal {
						out = append(out, span.Op.String())
					} else if span.Old.Link != span.New.Link {
						out = append(out, span.Old.Link+" → "+span.New.Link)
					}
				}
			}
		}
	}
	return out
}

// TestLinkUnderEdits changes a link on words beside which others change.
func TestLinkUnderEdits(t *testing.T) {
	old := version("Please read [the rules of the house](https://example.com/a) before you come.")
	new := version("Please read [the rules of the old house](https://example.com/b) before you leave.")
	r := laws(t, old, new)
	m := marksOf(t, r)
	if got, want := strings.Join(m.Links, " "), "the rules of the house"; got != want {
		t.Errorf("words with another link = %q, want %q", got, want)
	}
	if r.Stats.Links != 1 || r.Stats.Inserted != 2 || r.Stats.Deleted != 1 {
		t.Errorf("statistics = %+v, want 1 link, 2 words inserted, 1 deleted", r.Stats)
	}
}
