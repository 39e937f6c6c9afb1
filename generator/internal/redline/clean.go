package redline

import "slices"

// clean turns the least set of changes into what a person would mark: of all
// ways to mark what changed, the one that costs its reader least (settle);
// whole sentences where little of one is left; and marks that begin and end
// where clauses do.
func (c *comparison) clean(a, b []token, changes []change) []change {
	if len(changes) == 0 {
		return nil
	}
	changes = c.settle(a, b, changes)
	changes = replaceSentences(a, b, changes)
	if replaced(a, b, changes) {
		return []change{{[2]int{0, len(a)}, [2]int{0, len(b)}}}
	}
	for i := range changes {
		changes[i] = shift(a, b, changes, i)
	}
	return changes
}

// weights of the classes of tokens: what their loss does to the reader.
var weights = [...]float64{space: 0, sign: 0.1, stopWord: 0.4, character: 0.5, word: 1}

func weigh(tokens []token) float64 {
	var sum float64
	for _, t := range tokens {
		sum += weights[t.class]
	}
	return sum
}

// replaced reports whether so little of two texts is kept, and no sentence
// whole, that marks inside of them would mislead: less than three tenths, or less
// than six in pieces of a few words.
func replaced(a, b []token, changes []change) bool {
	lost, added, runs, words, longest := 0, 0, 0, 0, 0
	whole := false
	for _, k := range keptBetween(len(a), changes) {
		whole = whole || holdsSentence(a, k[0], k[1])
		n := countSpaced(a[k[0]:k[1]])
		words, longest = words+n, max(longest, n)
	}
	for _, c := range changes {
		lost += countTokens(a[c.old[0]:c.old[1]])
		added += countTokens(b[c.new[0]:c.new[1]])
		runs += c.runs()
	}
	if lost == 0 || added == 0 || whole {
		return false
	}
	old, new := countTokens(a), countTokens(b)
	kept := old - lost
	if isWeak(kept, old, new) {
		return old+new > 8
	}
	if old+new <= 12 || longest >= phraseWords || countNamed(a)+countNamed(b) <= 12 && words >= pieceWords {
		return false
	}
	return 20*kept < 6*(old+new) && 10*kept < 6*min(old, new) && words < pieceWords*runs
}

const (
	pieceWords  = 3  // kept words for each run of marks below which they are in pieces
	phraseWords = 10 // words in a row that are worth keeping
)

// isWeak reports whether the words that two blocks share are less than three tenths
// of both, and less than six of the smaller one.
func isWeak(shared, old, new int) bool {
	return 20*shared < 3*(old+new) && 10*shared < 6*min(old, new)
}

// keptBetween returns where tokens were kept in an old text of n tokens.
func keptBetween(n int, changes []change) [][2]int {
	var out [][2]int
	at := 0
	for _, c := range changes {
		out = append(out, [2]int{at, c.old[0]})
		at = c.old[1]
	}
	return append(out, [2]int{at, n})
}

// countNamed is countTokens without numbers: a line with another date is short, and
// the same line if some of its words are.
func countNamed(tokens []token) int {
	return countTokens(slices.DeleteFunc(slices.Clone(tokens), func(t token) bool { return t.class == word && isDigit(t.key[:1]) }))
}

// countSpaced returns the number of words among tokens that have spaces around them.
// What is kept between marks is hard to see in a script that has none.
func countSpaced(tokens []token) int {
	n := 0
	for _, t := range tokens {
		if t.class == word || t.class == stopWord {
			n++
		}
	}
	return n
}

// sentenceWords is the number of words of a sentence that is worth keeping.
const sentenceWords = 5

// holdsSentence reports whether a whole sentence stands between two tokens.
func holdsSentence(a []token, from, to int) bool {
	for i := from; i < to; i++ {
		if beginsSentence(a, i) {
			end := i + sentenceEnd(a, i, to-i)
			if end > i && (end == len(a) || endsSentence(a, end-1)) && countTokens(a[i:end]) >= sentenceWords {
				return true
			}
		}
	}
	return false
}

// replaceSentences joins the changes within a sentence where less than a third
// of it, and of the one that it became, was kept.
func replaceSentences(a, b []token, changes []change) []change {
	var out []change
	taken := 0 // by the sentences before
	for i := 0; i < len(changes); {
		// The changes i to end lie in one sentence, or in several that
		// changes tie together; around them stand kept tokens up to from and to.
		end := i + 1
		for end < len(changes) && !sentenceEnds(a, changes[end-1].old[1], changes[end].old[0]) {
			end++
		}
		group := changes[i:end]
		first, last := group[0], group[len(group)-1]
		before := sentenceStart(a, first.old[0], first.old[0]-taken)
		after := sentenceEnd(a, last.old[1], keptAfter(a, changes, end))
		whole := change{
			[2]int{first.old[0] - before, last.old[1] + after},
			[2]int{first.new[0] - before, last.new[1] + after},
		}
		switch {
		case !rewritten(a, b, group, whole):
			out = append(out, group...)
		case len(out) > 0 && whole.old[0] == taken: // nothing is left between the two
			out[len(out)-1].old[1], out[len(out)-1].new[1] = whole.old[1], whole.new[1]
		default:
			out = append(out, whole)
		}
		i, taken = end, out[len(out)-1].old[1]
	}
	return out
}

// rewritten reports whether the text of whole, in which changes were made,
// became another.
func rewritten(a, b []token, changes []change, whole change) bool {
	old, new := weigh(a[whole.old[0]:whole.old[1]]), weigh(b[whole.new[0]:whole.new[1]])
	lost, added := 0.0, 0.0
	for _, c := range changes {
		lost += weigh(a[c.old[0]:c.old[1]])
		added += weigh(b[c.new[0]:c.new[1]])
	}
	kept := old - lost
	return lost >= 3 && added >= 3 && kept < 0.3*min(old, new)
}

// keptAfter returns how many tokens are kept after the change before end.
func keptAfter(a []token, changes []change, end int) int {
	if end == len(changes) {
		return len(a) - changes[end-1].old[1]
	}
	return changes[end].old[0] - changes[end-1].old[1]
}

// sentenceStart returns how far before at the sentence begins, at most room.
func sentenceStart(a []token, at, room int) int {
	for n := 0; n < room; n++ {
		if beginsSentence(a, at-n) {
			return n
		}
	}
	return room
}

// sentenceEnd returns how far after at the sentence ends, at most room.
func sentenceEnd(a []token, at, room int) int {
	for n := 0; n < room; n++ {
		if at+n > 0 && endsSentence(a, at+n-1) {
			return n
		}
	}
	return room
}

// sentenceEnds reports whether a sentence ends between two changes.
func sentenceEnds(a []token, from, to int) bool {
	for i := from; i < to; i++ {
		if endsSentence(a, i) {
			return true
		}
	}
	return false
}

func beginsSentence(a []token, at int) bool {
	return at == 0 || at >= 2 && a[at-1].class == space && endsSentence(a, at-2)
}

// endsSentence reports whether token i is a sign that ends a sentence or a
// clause that could be one, or the last of a line of code.
func endsSentence(a []token, i int) bool {
	if i+1 < len(a) && a[i+1].line {
		return true
	}
	switch a[i].key {
	case ".", "!", "?", ";":
		return i+1 == len(a) || a[i+1].class == space
	case "。", "！", "？", "；", "।", "؟":
		return true
	}
	return false
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
// sentences, then clauses and what stands in brackets, then words with the space
// after them.
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
	switch tokens[from].key + tokens[to-1].key {
	case "()", "[]", "<>":
		score += 2
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
