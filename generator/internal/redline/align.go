package redline

import "sort"

// uniquePairs pairs the elements of two sequences whose keys stand once in
// each, in the order of the new one.
func uniquePairs[K comparable](n, m int, oldKey, newKey func(int) K) [][2]int {
	type places struct{ olds, news, old int }
	at := make(map[K]places, n)
	for i := range n {
		p := at[oldKey(i)]
		p.olds++
		p.old = i
		at[oldKey(i)] = p
	}
	for j := range m {
		if p, ok := at[newKey(j)]; ok {
			p.news++
			at[newKey(j)] = p
		}
	}
	var pairs [][2]int
	for j := range m {
		if p := at[newKey(j)]; p.olds == 1 && p.news == 1 {
			pairs = append(pairs, [2]int{p.old, j})
		}
	}
	return pairs
}

// heaviest returns of pairs, which rise in their second part, those with the
// greatest sum of weights that rise in their first part too. Ties go to the
// pairs that come first. It takes O(n log n).
func heaviest(pairs [][2]int, weight func([2]int) int) [][2]int {
	if len(pairs) == 0 {
		return nil
	}
	order := make([]int, len(pairs)) // ranks of the first parts
	sorted := make([]int, len(pairs))
	for i := range pairs {
		sorted[i] = pairs[i][0]
	}
	sort.Ints(sorted)
	for i := range pairs {
		order[i] = sort.SearchInts(sorted, pairs[i][0]) + 1
	}
	// best[r] is the heaviest series that ends at a rank up to r: a Fenwick
	// tree of maxima.
	type series struct{ sum, last int }
	best := make([]series, len(pairs)+1)
	for i := range best {
		best[i].last = -1
	}
	before := make([]int, len(pairs))
	whole := series{0, -1}
	for i := range pairs {
		top := series{0, -1}
		for r := order[i] - 1; r > 0; r -= r & -r {
			if best[r].sum > top.sum {
				top = best[r]
			}
		}
		before[i] = top.last
		mine := series{top.sum + weight(pairs[i]), i}
		for r := order[i]; r <= len(pairs); r += r & -r {
			if mine.sum > best[r].sum {
				best[r] = mine
			}
		}
		if mine.sum > whole.sum {
			whole = mine
		}
	}
	var out [][2]int
	for i := whole.last; i >= 0; i = before[i] {
		out = append(out, pairs[i])
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// pairUp returns the pairs of old and new elements, in order in both, with
// the greatest sum of likenesses; a likeness of 0 is no pair. It takes
// O(n·m), so that the caller bounds both.
func pairUp(n, m int, likeness func(i, j int) float64) [][2]int {
	sum := make([]float64, (n+1)*(m+1)) // of the rest from (i, j)
	value := make([]float64, n*m)
	row := m + 1
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			best := max(sum[(i+1)*row+j], sum[i*row+j+1])
			if v := likeness(i, j); v > 0 {
				value[i*m+j] = v
				best = max(best, v+sum[(i+1)*row+j+1])
			}
			sum[i*row+j] = best
		}
	}
	var pairs [][2]int
	for i, j := 0, 0; i < n && j < m; {
		switch v := value[i*m+j]; {
		case v > 0 && sum[i*row+j] == v+sum[(i+1)*row+j+1]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case sum[i*row+j] == sum[(i+1)*row+j]:
			i++
		default:
			j++
		}
	}
	return pairs
}
