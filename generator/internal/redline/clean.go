package redline

// clean turns the least set of changes into what a person would mark: kept
// words that are fewer and lighter than the changes around them go with
// these, and a text of which little is left is replaced as a whole.
func clean(a, b []token, changes []change) []change {
	for {
		merged := mergeIslands(a, b, changes)
		if len(merged) == len(changes) {
			break
		}
		changes = merged
	}
	if replaced(a, b, changes) {
		return []change{{[2]int{0, len(a)}, [2]int{0, len(b)}}}
	}
	for i := range changes {
		changes[i] = shift(a, b, changes, i)
	}
	return changes
}

// weights of the classes of tokens: what their loss does to the reader.
var weights = [...]float64{space: 0, sign: 0.1, stopWord: 0.4, word: 1}

func weigh(tokens []token) float64 {
	var sum float64
	for _, t := range tokens {
		sum += weights[t.class]
	}
	return sum
}

// mergeIslands joins neighbouring changes with the tokens kept between them
// where those are lighter than each of the two, or no more than signs.
func mergeIslands(a, b []token, changes []change) []change {
	var out []change
	for _, c := range changes {
		last := len(out) - 1
		if last < 0 {
			out = append(out, c)
			continue
		}
		before := out[last]
		island := weigh(a[before.old[1]:c.old[0]])
		least := min(weight(a, b, before), weight(a, b, c))
		if island < 0.35 && least >= 1 || island < 2.6 && island < least {
			out[last].old[1], out[last].new[1] = c.old[1], c.new[1]
			continue
		}
		out = append(out, c)
	}
	return out
}

// weight returns how much a change takes from the old text or adds to the new.
func weight(a, b []token, c change) float64 {
	return max(weigh(a[c.old[0]:c.old[1]]), weigh(b[c.new[0]:c.new[1]]))
}

// replaced reports whether so little of two texts is kept that marks inside
// of them would mislead.
func replaced(a, b []token, changes []change) bool {
	all := max(weigh(a), weigh(b))
	lost := 0.0
	added := 0.0
	for _, c := range changes {
		lost += weigh(a[c.old[0]:c.old[1]])
		added += weigh(b[c.new[0]:c.new[1]])
	}
	kept := min(weigh(a)-lost, weigh(b)-added)
	return lost > 0 && added > 0 && all > 3 && kept < all/4
}

// shift moves a pure insertion or deletion along equal tokens to where it
// reads best: whole sentences and clauses before parts of them.
func shift(a, b []token, changes []change, i int) change {
	c := changes[i]
	tokens, from, to := b, c.new[0], c.new[1]
	switch {
	case c.old[0] == c.old[1] && from < to:
	case c.new[0] == c.new[1]:
		tokens, from, to = a, c.old[0], c.old[1]
	default:
		return c
	}
	left, right := room(a, b, changes, i)
	best, move := -1, 0
	for d := 0; d <= left && (d == 0 || tokens[from-d].key == tokens[to-d].key); d++ {
		if s := cutScore(tokens, from-d, to-d); s > best {
			best, move = s, -d
		}
	}
	for d := 1; d <= right && tokens[from+d-1].key == tokens[to+d-1].key; d++ {
		if s := cutScore(tokens, from+d, to+d); s > best {
			best, move = s, d
		}
	}
	for k := range 2 {
		c.old[k] += move
		c.new[k] += move
	}
	return c
}

// room returns by how many tokens change i can move to either side without
// touching its neighbours.
func room(a, b []token, changes []change, i int) (left, right int) {
	left, right = changes[i].old[0], len(a)-changes[i].old[1]
	left, right = min(left, changes[i].new[0]), min(right, len(b)-changes[i].new[1])
	if i > 0 {
		left = min(left, changes[i].old[0]-changes[i-1].old[1]-1)
	}
	if i+1 < len(changes) {
		right = min(right, changes[i+1].old[0]-changes[i].old[1]-1)
	}
	return max(left, 0), max(right, 0)
}

// cutScore says how natural it is to mark tokens from to to: best are whole
// sentences, then clauses, then words with the space after them.
func cutScore(tokens []token, from, to int) int {
	score := 0
	if from == 0 || tokens[from-1].class == space {
		score += 2
		if from > 1 && isAny(tokens[from-2].key, ".", "!", "?") || from == 0 {
			score += 3
		} else if from > 1 && isAny(tokens[from-2].key, ",", ";", ":") {
			score++
		}
	}
	if tokens[from].class != space {
		score++
	}
	if to == len(tokens) {
		score += 2
	} else if tokens[to-1].class == space {
		score++
	}
	return score
}

func isAny(s string, of ...string) bool {
	for _, o := range of {
		if s == o {
			return true
		}
	}
	return false
}
