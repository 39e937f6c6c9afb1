package site

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A Timeline is a picture of when versions apply from: a mark each, its shape by what
// kind of step it is, filled if that was material, and as high as it changed many
// words. It says nothing that the list of versions does not say in words. It is SVG,
// measured in the pixels of its own size.
type Timeline struct {
	Width, Height int
	Top           int // where what is drawn begins
	Line          int // where the axis is
	From, To      int // of the part of the axis on which the version in force applies; both 0: none
	Ticks         []Tick
	Marks         []Mark
	Shapes        []Shape // for the legend
}

// A Tick is a date on the axis.
type Tick struct {
	X    int
	Text string
}

// A Mark is a version on a timeline, or several that lie close together.
type Mark struct {
	Href  string
	Title string
	Shape string // edition, update, correction or several
	Class string // of its state: upcoming, in-force, superseded or never; and material
	X, Y  int
	Count int    // of several: how many
	Label string // its number, where it has room
}

// A Shape is a kind of mark in words.
type Shape struct {
	Shape, Class, Text string
}

// The measures of a timeline.
const (
	timelineWidth = 880
	timelineLine  = 118 // where the axis is
	timelineFoot  = 30  // what is below it
	timelineEdge  = 36  // what is free at both ends
	timelineLeast = 14  // the stem of a mark that changed no word
	timelineMost  = 82
	markRoom      = 24 // two marks that are closer are one
	markTop       = 30 // what a mark and its number need above it
	labelRoom     = 46
	tickRoom      = 92
)

// timeline returns the picture of changes for a page in file, or nil where it would
// show nothing. Href returns where a version is listed.
func (d *document) timeline(changes []change, href func(change) string) *Timeline {
	sorted := slices.Clone(changes)
	slices.SortStableFunc(sorted, func(a, b change) int { return a.Effective.Compare(b.Effective) })
	if len(sorted) < 2 || sorted[0].Effective.Compare(sorted[len(sorted)-1].Effective) == 0 {
		return nil
	}
	first, last := sorted[0], sorted[len(sorted)-1]
	t := &Timeline{Width: timelineWidth, Line: timelineLine}
	x := scale{first.Effective, last.Effective, direction(d.site.Language) == "rtl"}
	t.Ticks = d.ticks(x)
	for len(sorted) > 0 {
		n := 1
		for n < len(sorted) && x.distance(sorted[0].Effective, sorted[n].Effective) < markRoom {
			n++
		}
		t.Marks = append(t.Marks, d.mark(x, sorted[:n], href))
		sorted = sorted[n:]
	}
	t.label()
	highest := slices.MinFunc(t.Marks, func(a, b Mark) int { return a.Y - b.Y })
	t.Top = highest.Y - markTop
	t.Height = timelineLine + timelineFoot - t.Top
	t.Shapes = d.shapes(t.Marks)
	if i := slices.IndexFunc(changes, func(c change) bool { return c.Version == d.standing.InForce }); i >= 0 {
		t.From, t.To = x.at(changes[i].Effective), x.end()
		if len(d.standing.Upcoming) > 0 {
			t.To = x.at(d.standing.Upcoming[0].Effective)
		}
		t.From, t.To = min(t.From, t.To), max(t.From, t.To)
		t.Shapes = append(t.Shapes, Shape{"applies", "", d.words.InForce})
	}
	return t
}

// A scale gives dates their places on a timeline.
type scale struct {
	first, last legal.Date
	reversed    bool
}

// width returns how far from the first date d is.
func (s scale) width(d legal.Date) int {
	const room = timelineWidth - 2*timelineEdge
	return s.first.DaysUntil(d) * room / s.first.DaysUntil(s.last)
}

func (s scale) at(d legal.Date) int { return s.place(timelineEdge + s.width(d)) }

// end returns the place of the days after the last.
func (s scale) end() int { return s.place(timelineWidth) }

func (s scale) place(x int) int {
	if s.reversed {
		return timelineWidth - x
	}
	return x
}

func (s scale) distance(a, b legal.Date) int { return s.width(b) - s.width(a) }

// ticks returns the dates that are named on the axis: as many first days of months
// or years as have room.
func (d *document) ticks(x scale) []Tick {
	months := func(d legal.Date) int { return d.Year*12 + int(d.Month) - 1 }
	from, to := months(x.first), months(x.last)
	steps := []int{1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200}
	step := steps[len(steps)-1]
	for _, s := range slices.Backward(steps) {
		if (to-from)/s*tickRoom <= timelineWidth-2*timelineEdge {
			step = s
		}
	}
	var out []Tick
	for m := (from + step - 1) / step * step; m <= to; m += step {
		date := legal.Date{Year: m / 12, Month: time.Month(m%12 + 1)}
		if date.Compare(x.first) < 0 || date.After(x.last) {
			continue
		}
		text := d.words.Date(date).Text
		if step%12 == 0 {
			text = fmt.Sprint(date.Year)
		}
		out = append(out, Tick{x.at(date), text})
	}
	return out
}

// mark returns the mark of versions that lie close together, the oldest first.
func (d *document) mark(x scale, changes []change, href func(change) string) Mark {
	c := changes[len(changes)-1]
	m := Mark{Href: href(c), X: x.at(changes[0].Effective), Shape: shapeOf(c), Count: len(changes)}
	words := 0
	var classes []string
	for _, c := range changes {
		words = max(words, changedWords(c.figures.Stats))
		if (c.Material || c.before == nil) && !slices.Contains(classes, "material") {
			classes = append(classes, "material")
		}
	}
	m.Y = timelineLine - stem(words)
	state, _, _ := d.standingOf(c.Version)
	if len(changes) == 1 && d.replacement(c.Version) != nil && state == "superseded" {
		state = "never"
	}
	m.Class = strings.Join(append(classes, state), " ")
	if len(changes) > 1 {
		m.Shape = "several"
		first := changes[0]
		m.Title = strings.Join([]string{d.words.Versions(len(changes)), d.words.FromTo(first.Number.String(), c.Number.String()),
			d.words.FromTo(d.words.Date(first.Effective).Text, d.words.Date(c.Effective).Text)}, " · ")
		return m
	}
	m.Label = c.Number.String()
	e := d.changelogEntry(place{}, c)
	m.Title = strings.Join(nonEmpty(e.Version, e.Status, e.Kind, e.Material, d.words.Effective+" "+e.Effective.Text, e.Figures), " · ")
	return m
}

func shapeOf(c change) string {
	if c.before == nil {
		return "edition"
	}
	return [...]string{"correction", "update", "edition"}[c.Change]
}

// stem returns how high a mark is that changed so many words: ten times the words are
// as much higher each time, up to ten thousand.
func stem(words int) int {
	part := math.Log10(float64(words)+1) / 4
	return timelineLeast + int(math.Round(min(part, 1)*(timelineMost-timelineLeast)))
}

// label leaves the numbers of those marks that have room for one: the newest, and
// before it editions first.
func (t *Timeline) label() {
	order := make([]int, len(t.Marks))
	for i := range order {
		order[i] = i
	}
	rank := func(i int) int {
		switch m := t.Marks[i]; {
		case i == len(t.Marks)-1, strings.Contains(m.Class, "in-force"):
			return 0
		case m.Shape == "edition":
			return 1
		case m.Shape == "update":
			return 2
		}
		return 3
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(rank(i), rank(j)) })
	var labelled []Mark
	for _, i := range order {
		m := &t.Marks[i]
		covers := func(o Mark) bool {
			return o != *m && m.near(o, labelRoom*3/4) && o.Y > m.Y-markTop && o.Y < m.Y+markTop/3
		}
		if m.Label == "" || slices.ContainsFunc(t.Marks, covers) || slices.ContainsFunc(labelled, func(o Mark) bool { return m.near(o, labelRoom) }) {
			m.Label = ""
			continue
		}
		labelled = append(labelled, *m)
	}
}

// near reports whether another mark is closer than room beside m.
func (m *Mark) near(o Mark, room int) bool { return max(o.X-m.X, m.X-o.X) < room }

// shapes returns the kinds of marks that there are, in words.
func (d *document) shapes(marks []Mark) []Shape {
	var out []Shape
	add := func(shape, class, text string) {
		s := Shape{shape, class, text}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, shape := range []string{"edition", "update", "correction", "several"} {
		if slices.ContainsFunc(marks, func(m Mark) bool { return m.Shape == shape }) {
			add(shape, "", d.words.Shape(shape))
		}
	}
	for _, class := range []struct{ name, words string }{{"material", d.words.Material}, {"upcoming", d.words.Upcoming}} {
		if slices.ContainsFunc(marks, func(m Mark) bool { return strings.Contains(m.Class, class.name) }) {
			add("update", class.name, class.words)
		}
	}
	return out
}

// nonEmpty returns those of words that are not empty.
func nonEmpty(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}
