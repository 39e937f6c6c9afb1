package history

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A section is a part with its place in the history.
type section struct {
	Part
	id  string
	was []string
}

// ids gives sections their ids, version by version, so that an address that a
// reader may have kept leads to the same text in every version.
type ids struct {
	before []section
	again  map[string]int // how often an id was asked for again in a version
	count  int            // of the sections that were numbered, since their titles make no id
}

// follow returns the sections of p with their ids. A section whose heading was
// changed gets an id of its new words, as other systems give it, and keeps the
// ones before as earlier ids.
func (n *ids) follow(p *Parts) []section {
	old := n.match(p.Sections)
	all := make([]section, len(p.Sections))
	taken := map[string]bool{}
	n.again = map[string]int{}
	for i, part := range p.Sections { // those that keep their ids go first
		all[i].Part = part
		if o := old[i]; o != nil {
			all[i].was = slices.Clone(o.was)
			if o.Title == part.Title && part.ID == o.ID || !legal.ValidID(wish(part)) {
				all[i].id, taken[o.id] = o.id, true
			}
		}
	}
	for i := range all {
		s := &all[i]
		if s.id != "" {
			continue
		}
		s.id = n.fresh(wish(s.Part), taken)
		taken[s.id] = true
		if o := old[i]; o != nil && o.id != s.id {
			s.was = append(s.was, o.id)
		}
	}
	for i := range all {
		all[i].was = slices.DeleteFunc(all[i].was, func(id string) bool {
			lost := taken[id]
			taken[id] = true
			return lost
		})
	}
	n.before = all
	return all
}

// wish returns the id that a part's heading asks for.
func wish(p Part) string {
	if legal.ValidID(p.ID) {
		return p.ID
	}
	id := legal.Slug(p.Title)
	for len(id) > 80 {
		cut := strings.LastIndexByte(id, '-')
		if cut < 0 {
			break
		}
		id = id[:cut]
	}
	return id
}

// fresh returns id, or one like it that is not taken.
func (n *ids) fresh(id string, taken map[string]bool) string {
	if !legal.ValidID(id) {
		n.count++
		id = fmt.Sprintf("section-%d", n.count)
	}
	base := id
	for taken[id] {
		n.again[base]++
		id = fmt.Sprintf("%s-%d", base, n.again[base]+1)
	}
	return id
}

// match returns, for each part, the section of the version before that it
// continues, or nil: the one with its id, its heading, its words, or most of
// them.
func (n *ids) match(parts []Part) []*section {
	old := make([]*section, len(parts))
	used := make([]bool, len(n.before))
	for _, key := range []func(p *Part, id string) string{
		func(_ *Part, id string) string { return id },
		func(p *Part, _ string) string { return p.Title + "\n" + p.bare },
		func(p *Part, _ string) string { return p.Title },
		func(p *Part, _ string) string { return strings.ToLower(p.Title) },
		func(p *Part, _ string) string { return p.bare },
	} {
		left := map[string][]int{}
		for j := range n.before {
			if s := &n.before[j]; !used[j] {
				k := key(&s.Part, s.id)
				left[k] = append(left[k], j)
			}
		}
		for i := range parts {
			k := key(&parts[i], parts[i].ID)
			if all := left[k]; old[i] == nil && k != "" && len(all) > 0 {
				old[i], used[all[0]], left[k] = &n.before[all[0]], true, all[1:]
			}
		}
	}
	n.matchWords(parts, old, used)
	return old
}

// matchWords matches what is left by its words, the likest first.
func (n *ids) matchWords(parts []Part, old []*section, used []bool) {
	type pair struct {
		i, j  int
		alike float64
	}
	bags, before := map[int]map[string]int{}, map[int]map[string]int{}
	for i := range parts {
		if old[i] == nil {
			bags[i] = bag(parts[i].Body)
		}
	}
	for j := range n.before {
		if !used[j] {
			before[j] = bag(n.before[j].Body)
		}
	}
	const most = 20000 // of pairs, beyond which a text was written anew
	if len(bags)*len(before) > most {
		return
	}
	var pairs []pair
	for i, a := range bags {
		for j, b := range before {
			if alike := overlap(a, b); alike >= 0.6 {
				pairs = append(pairs, pair{i, j, alike})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		switch {
		case a.alike > b.alike:
			return -1
		case a.alike < b.alike:
			return 1
		case a.i != b.i:
			return a.i - b.i
		}
		return a.j - b.j
	})
	for _, p := range pairs {
		if old[p.i] == nil && !used[p.j] {
			old[p.i], used[p.j] = &n.before[p.j], true
		}
	}
}

// bag counts the words of a body; of scripts without spaces, its pairs of
// characters.
func bag(body []byte) map[string]int {
	counts := map[string]int{}
	for word := range strings.FieldsSeq(strings.ToLower(string(body))) {
		if len(word) < 40 {
			counts[word]++
			continue
		}
		runes := []rune(word)
		for i := range len(runes) - 1 {
			counts[string(runes[i:i+2])]++
		}
	}
	return counts
}

// overlap returns how much of the words of a and b they share, from 0 to 1.
func overlap(a, b map[string]int) float64 {
	both, all := 0, 0
	for word, n := range a {
		both += min(n, b[word])
		all += n
	}
	for _, n := range b {
		all += n
	}
	if all < 16 { // too few to say
		return 0
	}
	return 2 * float64(both) / float64(all)
}
