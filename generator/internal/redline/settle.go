package redline

// settle decides anew, where changes lie close together, what was kept between
// them: of all alignments, the one that costs its reader least. A deleted or
// inserted word costs 1, a word that says nothing by itself less; each run of
// marks costs runCost, since the eye must stop and go on; a word that is kept
// costs nothing. So an island of few words between two changes is given up,
// and of two ways to keep as many words the one with fewer marks is taken.
//
// It is Gotoh's alignment with affine gap costs (Journal of Molecular Biology
// 162, 1982), within the regions that the least set of changes leaves open.
func (c *comparison) settle(a, b []token, changes []change) []change {
	var out []change
	for i := 0; i < len(changes); {
		end := i + 1
		for end < len(changes) && weigh(a[changes[end-1].old[1]:changes[end].old[0]]) < regionGap {
			end++
		}
		first, last := changes[i], changes[end-1]
		n, m := last.old[1]-first.old[0], last.new[1]-first.new[0]
		switch {
		case end == i+1 && (first.old[0] == first.old[1] || first.new[0] == first.new[1]):
			out = append(out, first)
		case n*m > mostCells || !c.spend(n*m):
			out = append(out, changes[i:end]...)
		default:
			for _, ch := range leastCost(a[first.old[0]:last.old[1]], b[first.new[0]:last.new[1]]) {
				for k := range 2 {
					ch.old[k] += first.old[0]
					ch.new[k] += first.new[0]
				}
				out = append(out, ch)
			}
		}
		i = end
	}
	for {
		merged := mergeIslands(a, b, out)
		if len(merged) == len(out) {
			return merged
		}
		out = merged
	}
}

const (
	// regionGap is the weight of kept words beyond which nothing is decided anew.
	regionGap = 12
	// runCost is the cost of a run of marks, in words.
	runCost = 1
	// placeCost is the cost of a place with marks: of two ways that cost as
	// much, the one that replaces is read before the one that deletes here and
	// inserts there.
	placeCost = 0.05
	// mostCells is the largest product of two lengths that one region may have.
	mostCells = 1_000_000
)

// costs of the classes of tokens when they are marked.
var costs = [...]float32{space: 0.01, sign: 0.1, stopWord: 0.7, character: 0.5, word: 1}

// The states of an alignment after its last step.
const (
	kept = iota
	deleting
	inserting
)

// leastCost returns the changes from a to b that cost least. It takes
// O(len(a)·len(b)) time and space.
func leastCost(a, b []token) []change {
	n, m := len(a), len(b)
	const far = 1e30
	// cost[s][j] is that of the best alignment of a[:i] and b[:j] that ends in
	// state s; from holds the state before, two bits a state.
	var cost, above [3][]float32
	for s := range 3 {
		cost[s], above[s] = make([]float32, m+1), make([]float32, m+1)
	}
	from := make([]uint8, (n+1)*(m+1))
	for i := 0; i <= n; i++ {
		above, cost = cost, above
		for j := 0; j <= m; j++ {
			best := [3]float32{far, far, far}
			var came uint8
			if i == 0 && j == 0 {
				best[kept] = 0
			}
			if i > 0 && j > 0 && a[i-1].key == b[j-1].key {
				s := least(above[kept][j-1], above[deleting][j-1], above[inserting][j-1])
				best[kept] = above[s][j-1]
				came |= uint8(s)
			}
			if i > 0 { // a deletion comes before the insertion that replaces it
				s := least(above[kept][j]+placeCost+runCost, above[deleting][j], far)
				best[deleting] = min(above[kept][j]+placeCost+runCost, above[deleting][j]) + costs[a[i-1].class]
				came |= uint8(s) << 2
			}
			if j > 0 {
				s := least(cost[kept][j-1]+placeCost+runCost, cost[deleting][j-1]+runCost, cost[inserting][j-1])
				best[inserting] = min(cost[kept][j-1]+placeCost+runCost, cost[deleting][j-1]+runCost, cost[inserting][j-1]) + costs[b[j-1].class]
				came |= uint8(s) << 4
			}
			for s := range 3 {
				cost[s][j] = best[s]
			}
			from[i*(m+1)+j] = came
		}
	}
	return trace(a, b, from, least(cost[kept][m], cost[deleting][m], cost[inserting][m]))
}

// least returns the index of the least of three, the first of equals.
func least(x, y, z float32) int {
	switch {
	case x <= y && x <= z:
		return 0
	case y <= z:
		return 1
	}
	return 2
}

// trace follows the states back from the end and returns the changes.
func trace(a, b []token, from []uint8, state int) []change {
	var out []change
	i, j := len(a), len(b)
	open := change{[2]int{i, i}, [2]int{j, j}}
	flush := func() {
		if open.old[0] < open.old[1] || open.new[0] < open.new[1] {
			out = append(out, open)
		}
	}
	for i > 0 || j > 0 {
		before := int(from[i*(len(b)+1)+j]>>(2*state)) & 3
		switch state {
		case kept:
			flush()
			i, j = i-1, j-1
			open = change{[2]int{i, i}, [2]int{j, j}}
		case deleting:
			i--
			open.old[0] = i
		case inserting:
			j--
			open.new[0] = j
		}
		state = before
	}
	flush()
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// mergeIslands joins neighbouring changes with what was kept between them where
// that is easier to read: where a run of marks less weighs more than the words
// that are marked for it, and where an island of one or two words would stand
// between two changes of several. Two words that were each replaced by one stay
// two changes, and so do the end of a sentence and the start of the next.
func mergeIslands(a, b []token, changes []change) []change {
	out := changes[:1:1]
	for _, c := range changes[1:] {
		last := &out[len(out)-1]
		if joins(a, b, *last, c) {
			last.old[1], last.new[1] = c.old[1], c.new[1]
			continue
		}
		out = append(out, c)
	}
	return out
}

func joins(a, b []token, l, r change) bool {
	island := a[l.old[1]:r.old[0]]
	words := countTokens(island)
	if words > 4 || words > 0 && sentenceEnds(a, l.old[1], r.old[0]) {
		return false
	}
	ld, li := countTokens(a[l.old[0]:l.old[1]]), countTokens(b[l.new[0]:l.new[1]])
	rd, ri := countTokens(a[r.old[0]:r.old[1]]), countTokens(b[r.new[0]:r.new[1]])
	saved := l.runs() + r.runs() - 2
	switch {
	case words == 0:
		return saved > 0
	case max(ld, li, rd, ri) <= 1:
		return false
	case words <= 2 && ld+li >= 3 && rd+ri >= 3:
		return true
	}
	cost := 0.0
	for _, t := range island {
		cost += 2 * float64(costs[t.class])
	}
	return 2*float64(saved) > cost
}

// runs returns the number of runs of marks that c is shown by.
func (c change) runs() int {
	n := 0
	if c.old[0] < c.old[1] {
		n++
	}
	if c.new[0] < c.new[1] {
		n++
	}
	return n
}

// countTokens returns the number of words among tokens; two characters that
// stand for themselves count as one.
func countTokens(tokens []token) int {
	halves := 0
	for _, t := range tokens {
		switch t.class {
		case character:
			halves++
		case stopWord, word:
			halves += 2
		}
	}
	return (halves + 1) / 2
}
