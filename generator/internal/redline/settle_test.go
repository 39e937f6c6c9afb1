package redline

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// someTokens returns up to most tokens of an alphabet of so many words, among
// them signs, spaces and words that say nothing. A key has one class, as in a
// text.
func someTokens(r *rand.Rand, most, alphabet int) []token {
	tokens := make([]token, r.IntN(most+1))
	for i := range tokens {
		n := r.IntN(alphabet)
		tokens[i] = token{key: fmt.Sprint(n), class: class(n % 4)}
	}
	return tokens
}

// edited returns tokens with some of them changed, so that much is kept.
func edited(r *rand.Rand, tokens []token, alphabet, percent int) []token {
	var out []token
	for _, t := range tokens {
		fresh := r.IntN(alphabet)
		other := token{key: fmt.Sprint(fresh), class: class(fresh % 4)}
		switch {
		case r.IntN(100) >= percent:
			out = append(out, t)
		case r.IntN(3) == 0:
			out = append(out, other)
		case r.IntN(2) == 0:
			out = append(out, t, other)
		}
	}
	return out
}

// isSeries reports what is wrong with changes as a series from a to b: they are
// in order, are apart, and what lies between them is equal.
func isSeries(a, b []token, changes []change) error {
	i, j := 0, 0
	kept := func(x, y int) error {
		if x-i != y-j {
			return fmt.Errorf("between %d and %d old tokens stand %d new ones", i, x, y-j)
		}
		for ; i < x; i, j = i+1, j+1 {
			if a[i].key != b[j].key {
				return fmt.Errorf("old token %d and new token %d are kept and differ", i, j)
			}
		}
		return nil
	}
	for n, c := range changes {
		switch {
		case c.old[0] < i || c.new[0] < j:
			return fmt.Errorf("%v stands before the end of the change before it", c)
		case n > 0 && c.old[0] == i && c.new[0] == j:
			return fmt.Errorf("%v touches the change before it", c)
		case c.old[1] < c.old[0] || c.new[1] < c.new[0] || c.old[1] > len(a) || c.new[1] > len(b):
			return fmt.Errorf("%v is no change of %d and %d tokens", c, len(a), len(b))
		case c.old[0] == c.old[1] && c.new[0] == c.new[1]:
			return fmt.Errorf("%v changes nothing", c)
		}
		if err := kept(c.old[0], c.new[0]); err != nil {
			return err
		}
		i, j = c.old[1], c.new[1]
	}
	return kept(len(a), len(b))
}

// priceOf returns what its reader pays for one change.
func priceOf(a, b []token) float64 {
	price := float64(placeCost)
	for _, side := range [][]token{a, b} {
		for _, t := range side {
			price += float64(costs[t.class])
		}
		if len(side) > 0 {
			price += runCost
		}
	}
	return price
}

func priceOfAll(a, b []token, changes []change) float64 {
	price := 0.0
	for _, c := range changes {
		price += priceOf(a[c.old[0]:c.old[1]], b[c.new[0]:c.new[1]])
	}
	return price
}

// cheapest returns the least price at which a becomes b. It is written from
// what a price is, not from how leastCost finds it: a text is kept tokens and
// whole changes, each of any size, and every one is tried.
func cheapest(a, b []token) float64 {
	known := map[[3]int]float64{}
	var from func(i, j, mayChange int) float64
	from = func(i, j, mayChange int) float64 {
		if i == len(a) && j == len(b) {
			return 0
		}
		if v, ok := known[[3]int{i, j, mayChange}]; ok {
			return v
		}
		best := math.Inf(1)
		if i < len(a) && j < len(b) && a[i].key == b[j].key {
			best = from(i+1, j+1, 1)
		}
		for x := i; mayChange == 1 && x <= len(a); x++ {
			for y := j; y <= len(b); y++ {
				if x > i || y > j {
					best = min(best, priceOf(a[i:x], b[j:y])+from(x, y, 0))
				}
			}
		}
		known[[3]int{i, j, mayChange}] = best
		return best
	}
	return from(0, 0, 1)
}

func TestLeastCost(t *testing.T) {
	rounds := 6000
	if testing.Short() {
		rounds = 1500
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range rounds {
		alphabet := 2 + r.IntN(9)
		a := someTokens(r, 9, alphabet)
		b := someTokens(r, 9, alphabet)
		if r.IntN(2) == 0 {
			b = edited(r, a, alphabet, 40)
		}
		changes := leastCost(a, b)
		if err := isSeries(a, b, changes); err != nil {
			t.Fatalf("leastCost(%s, %s) = %v: %v", keysOf(a), keysOf(b), changes, err)
		}
		if got, want := priceOfAll(a, b, changes), cheapest(a, b); math.Abs(got-want) > 1e-4 {
			t.Fatalf("leastCost(%s, %s) = %v costs %.3f, want %.3f", keysOf(a), keysOf(b), changes, got, want)
		}
	}
}

func keysOf(tokens []token) string {
	var out []string
	for _, t := range tokens {
		out = append(out, t.key)
	}
	return fmt.Sprintf("%q", out)
}

// longestCommon returns the length of the longest common subsequence.
func longestCommon(a, b []token) int {
	above := make([]int, len(b)+1)
	for i := range a {
		row := make([]int, len(b)+1)
		for j := range b {
			if row[j+1] = max(row[j], above[j+1]); a[i].key == b[j].key {
				row[j+1] = above[j] + 1
			}
		}
		above = row
	}
	return above[len(b)]
}

func markedTokens(changes []change) int {
	n := 0
	for _, c := range changes {
		n += c.old[1] - c.old[0] + c.new[1] - c.new[0]
	}
	return n
}

func TestCompareTokensMarksLeast(t *testing.T) {
	rounds := 3000
	if testing.Short() {
		rounds = 800
	}
	r := rand.New(rand.NewPCG(2, 1))
	for n := range rounds {
		alphabet, most := 1+r.IntN(20), 40
		if n%100 == 0 {
			alphabet, most = 1+r.IntN(400), 600
		}
		a, b := someTokens(r, most, alphabet), someTokens(r, most, alphabet)
		if r.IntN(2) == 0 {
			b = edited(r, a, alphabet, 30)
		}
		changes := new(comparison).compareTokens(a, b)
		if err := isSeries(a, b, changes); err != nil {
			t.Fatalf("compareTokens(%s, %s) = %v: %v", keysOf(a), keysOf(b), changes, err)
		}
		if got, want := markedTokens(changes), len(a)+len(b)-2*longestCommon(a, b); got != want {
			t.Fatalf("compareTokens(%s, %s) = %v marks %d tokens, want %d", keysOf(a), keysOf(b), changes, got, want)
		}
	}
}

// TestCompareTokensLong compares sequences that are too long to be compared
// word by word: with words of their own, with series of their own, and with
// neither.
func TestCompareTokensLong(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	for _, alphabet := range []int{1, 2, 4, 60, 600, 3000, 1 << 30} {
		for _, percent := range []int{1, 10, 50, 100} {
			a := make([]token, 2600)
			for i := range a {
				n := r.IntN(alphabet)
				a[i] = token{key: fmt.Sprint(n), class: class(n % 4)}
			}
			b := edited(r, a, alphabet, percent)
			for len(b) < 2600 { // so that the product stays above most
				b = append(b, token{key: fmt.Sprint(r.IntN(alphabet)), class: word})
			}
			b = append(b, token{key: "last"})
			b = append([]token{{key: "first"}}, b...)
			if len(a)*len(b) <= most {
				t.Fatalf("%d and %d tokens are compared word by word", len(a), len(b))
			}
			c := new(comparison)
			changes := c.compareTokens(a, b)
			if err := isSeries(a, b, changes); err != nil {
				t.Errorf("compareTokens with %d words and %d%% changed: %v", alphabet, percent, err)
			}
			if percent == 1 && alphabet > 60 && markedTokens(changes) > 300 {
				t.Errorf("compareTokens with %d words and 1%% changed marks %d tokens", alphabet, markedTokens(changes))
			}
			if c.spent > mostSteps {
				t.Errorf("compareTokens took %d steps", c.spent)
			}
		}
	}
}

// TestSettleIsSeries settles random changes, as of texts with many repeats.
func TestSettleIsSeries(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	for range 3000 {
		alphabet := 2 + r.IntN(12)
		a := someTokens(r, 60, alphabet)
		b := edited(r, a, alphabet, 5+r.IntN(70))
		c := new(comparison)
		least := c.compareTokens(a, b)
		if len(least) == 0 {
			continue
		}
		settled := c.settle(a, b, least)
		if err := isSeries(a, b, settled); err != nil {
			t.Fatalf("settle(%s, %s) = %v: %v", keysOf(a), keysOf(b), settled, err)
		}
		cleaned := c.clean(a, b, least)
		if err := isSeries(a, b, cleaned); err != nil {
			t.Fatalf("clean(%s, %s) = %v: %v", keysOf(a), keysOf(b), cleaned, err)
		}
	}
}

// What is marked of sentences is a series too, in scripts that put no space after
// the sign that ends one, and in those that do.
func TestCleanSentences(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 2))
	ends := [][]token{{{key: "。", class: sign}}, {{key: ".", class: sign}, {key: " ", class: space}}, {{key: ";", class: sign}}}
	sentences := func(tokens []token, end []token) []token {
		var out []token
		for _, t := range tokens {
			if out = append(out, t); t.key == "0" || t.key == "1" {
				out = append(out, end...)
			}
		}
		return out
	}
	for range 3000 {
		alphabet := 6 + r.IntN(30)
		end := ends[r.IntN(len(ends))]
		tokens := someTokens(r, 80, alphabet)
		a, b := sentences(tokens, end), sentences(edited(r, tokens, alphabet, 20+r.IntN(60)), end)
		c := new(comparison)
		cleaned := c.clean(a, b, c.compareTokens(a, b))
		if err := isSeries(a, b, cleaned); err != nil {
			t.Fatalf("clean(%s, %s) = %v: %v", keysOf(a), keysOf(b), cleaned, err)
		}
	}
}

// rises reports whether pairs are in order in both parts.
func rises(pairs [][2]int) bool {
	for i := 1; i < len(pairs); i++ {
		if pairs[i][0] <= pairs[i-1][0] || pairs[i][1] <= pairs[i-1][1] {
			return false
		}
	}
	return true
}

// heaviestOfAll returns the greatest sum of weights of any of the subsets of
// pairs that rise in both parts.
func heaviestOfAll(pairs [][2]int, weight func([2]int) int) int {
	best := 0
	for set := range 1 << len(pairs) {
		var some [][2]int
		sum := 0
		for i, p := range pairs {
			if set>>i&1 == 1 {
				some = append(some, p)
				sum += weight(p)
			}
		}
		if sum > best && rises(some) {
			best = sum
		}
	}
	return best
}

func TestHeaviest(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	for range 600 {
		var pairs [][2]int
		weights := map[[2]int]int{}
		for j := range r.IntN(11) {
			p := [2]int{r.IntN(8), j}
			pairs = append(pairs, p)
			weights[p] = 1 + r.IntN(1+r.IntN(20))
		}
		weight := func(p [2]int) int { return weights[p] }
		got := heaviest(pairs, weight)
		sum := 0
		for _, p := range got {
			sum += weights[p]
			if !slices.Contains(pairs, p) {
				t.Fatalf("heaviest(%v) = %v: %v is none of them", pairs, got, p)
			}
		}
		if want := heaviestOfAll(pairs, weight); sum != want || !rises(got) {
			t.Fatalf("heaviest(%v) = %v weighs %d, want %d and rising; weights %v", pairs, got, sum, want, weights)
		}
	}
}

func TestUniquePairs(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	for range 1500 {
		letters := 1 + r.IntN(14)
		text := func() []byte {
			out := make([]byte, r.IntN(12))
			for i := range out {
				out[i] = 'a' + byte(r.IntN(letters))
			}
			return out
		}
		a, b := text(), text()
		var all [][2]int
		for j, y := range b {
			for i, x := range a {
				if x == y && timesIn(a, x) == 1 && timesIn(b, y) == 1 {
					all = append(all, [2]int{i, j})
				}
			}
		}
		got := uniquePairs(len(a), len(b), func(i int) byte { return a[i] }, func(j int) byte { return b[j] })
		if !slices.Equal(got, all) {
			t.Fatalf("uniquePairs(%q, %q) = %v, want %v", a, b, got, all)
		}
	}
}

func timesIn(text []byte, letter byte) int {
	n := 0
	for _, b := range text {
		if b == letter {
			n++
		}
	}
	return n
}

func TestPairUp(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	for range 1500 {
		n, m := r.IntN(6), r.IntN(6)
		var like [6][6]float64
		for i := range n {
			for j := range m {
				if r.IntN(3) > 0 {
					like[i][j] = r.Float64()
				}
				if r.IntN(4) == 0 {
					like[i][j] = 0.5 // so that some are equal
				}
			}
		}
		var best func(i, j int) float64
		best = func(i, j int) float64 {
			if i == n || j == m {
				return 0
			}
			v := max(best(i+1, j), best(i, j+1))
			if like[i][j] > 0 {
				v = max(v, like[i][j]+best(i+1, j+1))
			}
			return v
		}
		got := pairUp(n, m, func(i, j int) float64 { return like[i][j] })
		sum := 0.0
		for _, p := range got {
			if like[p[0]][p[1]] == 0 {
				t.Fatalf("pairUp(%v) pairs %v, which are not alike", like, p)
			}
			sum += like[p[0]][p[1]]
		}
		if want := best(0, 0); math.Abs(sum-want) > 1e-9 || !rises(got) {
			t.Fatalf("pairUp(%v) = %v sums to %g, want %g and in order", like, got, sum, want)
		}
	}
}
