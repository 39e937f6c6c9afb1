package legal

import "slices"

// A Turn is something that happens to a document on a day of its own, without
// a release: a version becomes known to the public, or takes effect.
type Turn struct {
	Day     Date // of day precision
	Version *Version
	InForce bool // the version takes effect; if not, it is announced as upcoming
}

// Turns returns what happens to d after day, the next first. The draft is
// passed over, and so is a version that is replaced before it applies.
func (d *Document) Turns(day Date) []Turn {
	released := Document{Name: d.Name, Versions: d.Versions}
	var turns []Turn
	before := released.On(day)
	for {
		_, next := released.Between(before.Day)
		if next.IsZero() {
			return turns
		}
		after := released.On(next)
		turns = append(turns, before.turns(after)...)
		before = after
	}
}

// turns returns what happened from s to after.
func (s Standing) turns(after Standing) []Turn {
	var turns []Turn
	for _, v := range after.Known {
		switch {
		case v == after.InForce && v != s.InForce:
			turns = append(turns, Turn{Day: after.Day, Version: v, InForce: true})
		case slices.Contains(after.Upcoming, v) && !slices.Contains(s.Known, v):
			turns = append(turns, Turn{Day: after.Day, Version: v})
		}
	}
	return turns
}
