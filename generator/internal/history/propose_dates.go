package history

import (
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A proposal is a date with what it was taken from.
type proposal struct {
	date   legal.Date
	why    string
	weight int // of the date where others contradict it
}

// proposeDates proposes from when the versions apply and when they were posted.
//
// A version does not apply from an earlier day than the one before it. Where
// the dates contradict that, as many as possible are kept, those that a text
// states before those of commits, and the others follow their neighbours.
func proposeDates(p *Plan, groups []*group) {
	all := make([]proposal, len(groups))
	var before Stated
	for i, g := range groups {
		all[i] = proposeEffective(g, before)
		if !g.first.stated.Date.IsZero() {
			before = g.first.stated
		}
	}
	inOrder(all, groups)
	var posted legal.Date
	for i := range all {
		v, kept := &p.Versions[i], groups[i].state.Date
		v.Effective, v.why.effective = all[i].date, all[i].why
		switch {
		case kept.IsZero():
		case kept.After(all[i].date):
			v.why.published = "the commit is of " + kept.String() + ", after it applied"
		case posted.After(kept):
			v.why.published = "the commit is of " + kept.String() + ", before that of an earlier version"
		default:
			v.Published, v.why.published, posted = kept, "proposed: the commit's date", kept
		}
	}
}

// proposeEffective proposes from when g applies. A date that the version before
// stated as well was not changed with the words, and is not theirs.
func proposeEffective(g *group, before Stated) proposal {
	stated, kept := g.first.stated, g.state.Date
	switch {
	case stated.Date.IsZero() && kept.IsZero():
		return proposal{why: "the text states no date: write it"}
	case stated.Date == before.Date && kept.IsZero():
		return proposal{why: "the text still states that of the version before, and there is no commit: write it"}
	case stated.Date.IsZero():
		return proposal{kept, "proposed: the commit's date, the text states none", 1}
	case stated.Date == before.Date && kept.After(stated.Date):
		return proposal{kept, "proposed: the commit's date; the text still states that of the version before", 1}
	}
	weight := 4
	if stated.Date == before.Date {
		weight = 1
	}
	return proposal{stated.Date, "proposed: the text says “" + stated.Quote + "”", weight}
}

// inOrder makes the dates of all such that none is before the one above it.
func inOrder(all []proposal, groups []*group) {
	keep := heaviest(all)
	var last legal.Date
	for i := range all {
		if all[i].date.IsZero() {
			continue
		}
		if !keep[i] {
			var next legal.Date
			if j := slices.Index(keep[i:], true); j >= 0 {
				next = all[i+j].date
			}
			was := all[i].date
			all[i] = proposal{between(groups[i].state.Date, last, next),
				"proposed to keep the order; " + was.String() + " does not fit, which was " + trimProposed(all[i].why), 1}
		}
		last = all[i].date
	}
}

func trimProposed(why string) string {
	const prefix = "proposed: "
	if len(why) > len(prefix) && why[:len(prefix)] == prefix {
		return why[len(prefix):]
	}
	return why
}

// between returns date where it is between last and next, or the nearer of them.
func between(date, last, next legal.Date) legal.Date {
	switch {
	case !date.IsZero() && !last.After(date) && (next.IsZero() || !date.After(next)):
		return date
	case last.IsZero():
		return next
	}
	return last
}

// heaviest marks the proposals of the greatest weight in all that are in order.
// Of a very long history, those that follow the ones before.
func heaviest(all []proposal) []bool {
	keep := make([]bool, len(all))
	const most = 5000
	best, from := make([]int, len(all)), make([]int, len(all))
	end := -1
	for i := range all {
		if all[i].date.IsZero() {
			continue
		}
		best[i], from[i] = all[i].weight, -1
		for j := max(0, i-most); j < i; j++ {
			if !all[j].date.IsZero() && !all[j].date.After(all[i].date) && best[j]+all[i].weight > best[i] {
				best[i], from[i] = best[j]+all[i].weight, j
			}
		}
		if end < 0 || best[i] >= best[end] {
			end = i
		}
	}
	for i := end; i >= 0; i = from[i] {
		keep[i] = true
	}
	return keep
}
