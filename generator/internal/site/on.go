package site

import (
	"slices"
	"strconv"
	"time"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// An OnPage tells which version was in force on a day. It lists the periods; a script
// offers a form for the day, and leads to the version:
//
//	privacy-policy/on/?date=2025-03-01
type OnPage struct {
	Frame
	Name    string   // the document's
	Zone    string   // in which days begin
	None    Sentence // says since when a version is in force
	Answers []Answer // for days to come
	Years   []OnYear // newest first
	Folded  bool     // the years are
}

// An Answer tells of a day to come what is known of it.
type Answer struct {
	From string // the first day of the period that it is about
	Text string
	Link Link
}

// An OnYear is the periods that began in a year, newest first.
type OnYear struct {
	Year    string
	Periods []Period
}

// A Period is the time in which a version is in force.
type Period struct {
	From    string // its first day, as 2025-07-01
	Version Link
	Text    string // its first and its last day, in words
	State   string // upcoming or in-force, or empty
	Status  string // the same in words
}

// onAll is how many periods the page lists without folding them by year.
const onAll = 40

// onPage writes the page that tells which version was in force on a day.
func (d *document) onPage() error {
	file := d.path("on/index.html")
	if !d.wants(file) {
		return nil
	}
	p := place{page: file}
	page := OnPage{
		Frame: d.frame(file, d.words.OnDay, d.title, Link{p.to(d.path("changes/")), d.words.Changes}, Link{Text: d.words.OnDay}),
		Name:  d.title,
		Zone:  d.site.Zone.String(),
	}
	page.Canonical = d.address(d.path("on/"))
	page.Description = d.words.OnAbout(d.title)
	page.Scripts = append(page.Scripts, p.to(d.assets["on.js"].path))
	page.Stale = d.stale(file)
	periods := d.periods()
	page.Folded = len(periods) > onAll
	page.None = d.words.OnNone(periods[0].from)
	for i, period := range slices.Backward(periods) {
		if period.state(d) != superseded {
			page.Answers = append(page.Answers, d.answer(p, period))
		}
		year := strconv.Itoa(period.from.Year)
		if last := len(page.Years) - 1; last < 0 || page.Folded && page.Years[last].Year != year {
			page.Years = append(page.Years, OnYear{Year: year})
		}
		y := &page.Years[len(page.Years)-1]
		y.Periods = append(y.Periods, d.shownPeriod(p, periods, i))
	}
	return d.put(file, "on", page)
}

// A period is the time in which a version is in force, which ends where the next
// begins.
type period struct {
	*legal.Version
	from legal.Date // its first day
}

func (p period) state(d *document) state { return d.state(p.Version) }

// periods returns when each version was in force, or will be as far as is known,
// oldest first. A version that never was has none, one that was restored has two.
func (d *document) periods() []period {
	var days []legal.Date
	for _, v := range d.standing.Known {
		days = append(days, v.Effective.First())
	}
	slices.SortFunc(days, legal.Date.Compare)
	var out []period
	for _, day := range slices.Compact(days) {
		var now *legal.Version
		for _, v := range d.standing.Known {
			if !v.Effective.After(day) {
				now = v
			}
		}
		if len(out) == 0 || out[len(out)-1].Version != now {
			out = append(out, period{now, day})
		}
	}
	return out
}

func (d *document) shownPeriod(p place, periods []period, i int) Period {
	at := periods[i]
	out := Period{From: at.from.String(), Version: Link{p.to(d.path(dir(at.Version) + "/")), d.words.VersionOf(at.Number)}}
	out.State, out.Status, _ = d.standingOf(at.Version)
	if out.State == "superseded" {
		out.State, out.Status = "", ""
	}
	first := d.words.Date(at.from).Text
	if i+1 < len(periods) {
		out.Text = d.words.FromTo(first, d.words.Date(dayBefore(periods[i+1].from)).Text)
		return out
	}
	since := d.words.Since(at.from)
	if out.State == "upcoming" {
		since = d.words.From(at.from)
	}
	out.Text = since.Before + since.Date.Text + since.After
	return out
}

func dayBefore(d legal.Date) legal.Date {
	return legal.DateOf(d.In(time.UTC).AddDate(0, 0, -1))
}

// answer tells what is known of days to come in a period.
func (d *document) answer(p place, at period) Answer {
	a := Answer{From: at.from.String(), Text: d.words.OnOpen(at.Number), Link: Link{p.to(d.path("")), d.words.ToInForce}}
	if at.state(d) == upcoming {
		a.Text = d.words.OnUpcoming(at.Number)
		a.Link = Link{p.to(d.path(dir(at.Version) + "/")), d.words.ReadUpcoming}
	}
	return a
}
