package bench

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The same shape and seed give the same bytes, for both tools.
func TestSameBytes(t *testing.T) {
	shape := Shape{Documents: 5, Versions: 60, Longest: 20}
	write := func(seed uint64) string {
		dir := t.TempDir()
		content, err1 := NewContent(filepath.Join(dir, "content"), Site)
		hugo, err2 := NewHugo(filepath.Join(dir, "hugo"))
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if err := Write(Measured().Library(shape, seed), content, hugo); err != nil {
			t.Fatal(err)
		}
		return digest(t, dir)
	}
	const want = "b5764cb938fb087f" // another one makes older figures incomparable
	if got := write(1); got != want {
		t.Errorf("seed 1 gives %s, want %s", got, want)
	}
	if write(2) == want {
		t.Error("seed 2 gives the same as seed 1")
	}
}

func digest(t *testing.T, dir string) string {
	h := sha256.New()
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, p))
		fmt.Fprintf(h, "%s %d %s\n", p, len(data), data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil))[:16]
}

// The kept figures are those of the real pairs.
func TestMeasured(t *testing.T) {
	pairs, err := os.Open("../../../shared/corpora/pairs.jsonl")
	if err != nil {
		t.Skip("the corpora are not here")
	}
	defer pairs.Close()
	want, err := Measure(pairs)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, Measured()); diff != "" {
		t.Errorf("the kept statistics are not those of the pairs (-want +kept):\n%s", diff)
	}
}

// What is made changes about as much as it should.
func TestLibraryStatistics(t *testing.T) {
	s := Measured()
	var pairs, same float64
	var changed []float64
	distinct, all := map[string]bool{}, 0
	known, words := map[string]bool{}, 0
	var before *Version
	for v, err := range s.Library(Shape{Documents: 60, Versions: 600}, 1) {
		if err != nil {
			t.Fatal(err)
		}
		if before == nil || before.Document != v.Document {
			words += len(text(v))
		}
		for _, sec := range v.Sections {
			distinct[v.Document+sec.Body] = true
			all++
		}
		for _, w := range text(v) {
			known[w] = true
		}
		if before != nil && before.Document == v.Document {
			pairs++
			if d := difference(text(before), text(v)); d > 0 {
				changed = append(changed, d)
			} else {
				same++
			}
		}
		before = v
	}
	got := quantilesOf(changed)
	total := 0
	for _, size := range s.Sizes {
		total += size.Words
	}
	for _, c := range []struct {
		what      string
		got, want float64
		part      float64 // that it may be off by
	}{
		{"pairs with the same words", same / pairs, s.Nothing + s.Space + s.Links + s.Format, 0.2},
		{"change in the middle", got[4], s.Changed[4], 0.5},
		{"change at three quarters", got[5], s.Changed[5], 0.5},
		{"change at nine tenths", got[6], s.Changed[6], 0.5},
		{"words of a document", float64(words) / 60, float64(total) / float64(len(s.Sizes)), 0.25},
		{"distinct sections", float64(len(distinct)) / float64(all), 0.31, 0.3}, // 23 to 39 % in real histories
	} {
		if math.Abs(c.got-c.want) > c.part*c.want {
			t.Errorf("%s: %.3f, want about %.3f", c.what, c.got, c.want)
		}
		t.Logf("%s: %.3f, want about %.3f", c.what, c.got, c.want)
	}
	if len(known) < 1000 {
		t.Errorf("the texts have %d different words", len(known))
	}
}

// text returns the words of v, without marks and targets of links.
func text(v *Version) []string {
	var list []string
	for _, s := range v.Sections {
		for _, w := range strings.Fields(s.Title + " " + s.Body) {
			w, _, _ = strings.Cut(w, "](")
			list = append(list, strings.Trim(w, "*[|-#"))
		}
	}
	return list
}

// difference returns the part of the words of both texts that the other has not.
func difference(a, b []string) float64 {
	count := map[string]int{}
	for _, w := range a {
		count[w]++
	}
	for _, w := range b {
		count[w]--
	}
	n := 0
	for _, c := range count {
		n += max(c, -c)
	}
	return float64(n) / float64(len(a)+len(b))
}

func TestShape(t *testing.T) {
	for _, versions := range []int{10, 100, 1_000, 5_000, 20_000, 80_000, 100_000} {
		s := ShapeOf(versions)
		n, longest := 0, 0
		for i := range s.Documents {
			n += s.versions(i)
			longest = max(longest, s.versions(i))
		}
		if err := s.Check(); err != nil || n != versions || s.Longest > 0 && longest != s.Longest {
			t.Errorf("%v has %d versions, the first document %d: %v", s, n, longest, err)
		}
	}
	for _, s := range []Shape{{}, {Documents: 3, Versions: 2}, {Documents: 1, Versions: 5, Longest: 4}, {Documents: 2, Versions: 5, Longest: 5}} {
		if s.Check() == nil {
			t.Errorf("%+v passes", s)
		}
	}
}

// Repeated documents have other names, and as many versions as asked for.
func TestRepeat(t *testing.T) {
	docs := []History{{"a", []string{"1", "2"}}, {"b", []string{"3"}}}
	want := []History{{"r001-a", []string{"1", "2"}}, {"r001-b", []string{"3"}}, {"r002-a", []string{"1"}}}
	if diff := cmp.Diff(want, Repeat(docs, 4)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := Repeat(nil, 4); got != nil {
		t.Errorf("nothing gives %v", got)
	}
}
