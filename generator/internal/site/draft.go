package site

import (
	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A DraftReview is what those who edit a draft are told of it, and nobody else. It
// is shown on the draft's page, above the text.
type DraftReview struct {
	Problems []legal.Problem // of the check
	Release  ReleasePlan
}

// A ReleasePlan is what a release of the draft would do.
type ReleasePlan struct {
	Numbers   []PlannedNumber // that it may get: one where it is decided
	Published legal.Date      // zero: it is not decided
	Effective legal.Date
	Missing   []string // what must be decided or mended before
	Command   string   // that releases it, as far as it is decided
}

// A PlannedNumber is the number that a kind of change leads to.
type PlannedNumber struct {
	Number legal.Number
	Kind   string // e.g. "a correction, which fixes an obvious slip"
	Likely bool   // the text looks like this kind
}

// A DraftPart is a DraftReview as the draft's page shows it.
type DraftPart struct {
	*DraftReview
	Words     *Words
	Count     string // how long the draft is
	Published Date
	Effective Date
	Against   string  // the version that the redline compares with; empty: there is none
	Upcoming  *Status // what of this an upcoming version changes already
	View      RedlineView
}

// reviewPart returns what the draft's page in p shows of the review.
func (d *document) reviewPart(p place) *DraftPart {
	r := &DraftPart{
		DraftReview: d.review,
		Words:       d.words,
		Published:   d.words.Date(d.review.Release.Published),
		Effective:   d.words.Date(d.review.Release.Effective),
	}
	now := d.standing.InForce
	if now == nil {
		now = d.Newest()
	}
	if now == nil {
		r.Count = d.words.Words(d.length(d.Draft))
		return r
	}
	r.Count = d.words.WordsBeside(d.length(d.Draft), d.length(now), now.Number)
	r.Against = d.words.ChangedSince(now.Number)
	if now == d.standing.InForce {
		r.Against = d.words.ChangedSinceInForce(now.Number)
	}
	if newest := d.Newest(); newest != now {
		r.Upcoming = &Status{Text: Sentence{Before: d.words.IncludesOf(newest.Number)},
			Links: []Link{{p.to(d.path("draft/changes/")), d.words.ChangedSinceNumber(newest.Number)}}}
	}
	// Without anchors: those on this page are the text's.
	r.View = view(d.words, d.comparer.Compare(now, d.Draft), d.source(p, now, false), d.source(p, d.Draft, false),
		direction(d.site.Language), look{Shift: 1})
	return r
}

// length returns the number of v's words, as a redline counts them.
func (d *document) length(v *legal.Version) int {
	return d.comparer.Compare(&legal.Version{}, v).Stats.Inserted
}

// noDraftPage stands where a draft is shown to its editors while there is none.
func (d *document) noDraftPage() error {
	file := d.path("draft/index.html")
	p := place{page: file}
	page := MessagePage{
		Frame:   d.frame(file, d.words.Draft, d.title, Link{Text: d.words.Draft}),
		Heading: d.title,
		Message: []string{d.words.NoDraft},
		Links:   []Link{{p.to(d.path("")), d.words.ToDocument}},
	}
	page.NoIndex = true
	return d.put(file, "message", page)
}
