package site

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// Words are what the tool itself says on pages and in feeds, in one language:
// templates and code name them and hold none. A full stop is part of what is
// a sentence.
type Words struct {
	Tag      string           // the language
	dayFirst bool             // dates read "14 July 2025"
	figures  *redline.Phrases // what a redline counts

	Skip        string // the link that leads past the page's head
	Documents   string
	Years       string
	Contents    string
	Footer      string // what the page's foot is to a screen reader
	Breadcrumbs string
	LastUpdated string // ends in a colon
	Effective   string
	EffectiveIn string // the same within a sentence
	PublishedIn string
	Version     string
	Published   string
	Permanent   string // the label of a permanent address
	Hash        string
	Record      string // the link to versions.json
	Atom, JSON  string
	Contact     string
	Table       string // what a table that scrolls is to a screen reader

	SeeChanges        string // the link to the redline of a version that was named
	InThisDraft       string // of a section
	Copied            string // what a click on a heading's sign did
	WhatChanged       string // the link to the redline of the version shown
	WhatWill          string // the same, while the version is upcoming
	AllVersions       string
	Changes           string // the changelog
	Upcoming          string
	InForce           string
	Superseded        string
	Replaced          string
	Draft             string
	ToInForce         string // links to the version in force
	ReadVersion       string
	ReadUpcoming      string
	Previous          string
	Next              string
	Unchanged         string
	Sections          string // the heading of the list of changed sections
	UnchangedSections string // before the names of the others; ends in a colon
	Summary           string
	Legend            string
	LegendMoved       string
	LegendFormat      string
	LegendSigns       string
	Inserted          string
	Deleted           string
	InsertedLine      string // what a thematic break is to a screen reader
	DeletedLine       string
	FirstVersion      string
	NoUpcoming        string
	NotYet            string // no version is in force yet
	Unpublished       string
	NotPublished      string
	NoChange          string
	NotFound          string
	NotFoundHelp      string
	FormatOnly        string // where nothing that is counted changed
	DraftNotice       string
	Material          string
	NotMaterial       string
	MovedCopy         string
	NewSection        string
	Removed           string
	Moved             string
	MovedAway         string
	Old, New          string // of a redline's two versions
	FeedTitle         string
	BrowseArchive     string
	ReadDraft         string
	ChangedInDraft    string
	SinceThis         string
	SinceFar          string
	Opening           string // the text before the first section
	NoRoom            string // for a redline in a comment
	TheText           string // a text that has no title
	IsNew             string
	IsRemoved         string
	Rewritten         string
	IsRewritten       string

	SectionHistory   string // the link to a section's page
	SectionNow       string // the link to its text in force
	SectionFirst     string // it is in the first version
	SectionInRedline string
	SectionTooLong   string

	NoDraft    string
	ToDocument string

	// For those who edit a draft.
	Review         string // the heading
	Length         string
	Problems       string
	NoProblem      string
	Error, Warning string
	Hint           string // ends in a colon
	Release        string
	ReleasesAs     string
	MayReleaseAs   string
	Likely         string
	NotDecided     string
	Missing        string
	NothingMissing string
	Command        string
	TextOfDraft    string
}

// WordsIn returns the words in a language. English is the one there is, as the
// region of tag writes it.
func WordsIn(tag string) *Words {
	return &Words{
		Tag:      "en",
		dayFirst: dayFirst(tag),
		figures:  redline.English(),

		Skip:        "Skip to the text",
		Documents:   "Documents",
		Years:       "By year",
		Contents:    "Contents",
		Footer:      "About this page",
		Breadcrumbs: "You are here",
		LastUpdated: "Last Updated:",
		Effective:   "Effective",
		EffectiveIn: "effective",
		PublishedIn: "published",
		Version:     "Version",
		Published:   "Published",
		Permanent:   "Permanent address of this version",
		Hash:        "Hash",
		Record:      "Versions as JSON",
		Atom:        "Changes as Atom feed",
		JSON:        "Changes as JSON feed",
		Contact:     "Contact",
		Table:       "Table that scrolls sideways",

		SeeChanges:        "See every change",
		InThisDraft:       "Changed in this draft",
		Copied:            "The permanent address of this section was copied.",
		WhatChanged:       "What changed in this version",
		WhatWill:          "What will change",
		AllVersions:       "All versions and changes",
		Changes:           "Changes",
		Upcoming:          "Upcoming",
		InForce:           "In force",
		Superseded:        "Superseded",
		Replaced:          "Replaced",
		Draft:             "Draft",
		ToInForce:         "Read the version in force",
		ReadVersion:       "Read this version",
		ReadUpcoming:      "Read the upcoming version",
		Previous:          "Previous version",
		Next:              "Next version",
		Unchanged:         "unchanged",
		Sections:          "What changed",
		UnchangedSections: "Unchanged sections:",
		Summary:           "In short",
		Legend:            "How to read this",
		LegendMoved:       "moved text",
		LegendFormat:      "same words, other formatting",
		LegendSigns:       "other quotation marks, dashes or spaces",
		Inserted:          "inserted text",
		Deleted:           "deleted text",
		InsertedLine:      "inserted line",
		DeletedLine:       "deleted line",
		FirstVersion:      "This is the first version. There is none before it to compare with.",
		NoUpcoming:        "No new version is upcoming.",
		NotYet:            "No version of this document is in force yet.",
		Unpublished:       "This document has not been published yet.",
		NotPublished:      "Not published yet",
		NoChange:          "Nothing has changed since this version: it is the one in force.",
		NotFound:          "Page not found",
		NotFoundHelp:      "There is no page at this address. Every version of a document that was ever published is still here, and can be found from the list of documents.",
		FormatOnly:        "formatting only",
		DraftNotice:       "This is a draft. It is not in force, has not been released, and may change or never apply.",
		Material:          "Material change",
		NotMaterial:       "No material change",
		MovedCopy:         "Show the text that stood here",
		NewSection:        "new section",
		Removed:           "removed",
		Moved:             "moved",
		MovedAway:         "moved away",
		Old:               "From",
		New:               "To",
		FeedTitle:         "Changes",
		BrowseArchive:     "Changes and earlier versions",
		ReadDraft:         "Read the draft",
		ChangedInDraft:    "What would change",
		SinceThis:         "What changed since",
		SinceFar:          "Many versions lie between this one and the one in force, and no page compares the two. The list of changes has the redline of each version since.",
		Opening:           "Opening text",
		NoRoom:            "A comment has no room for what changed. Compare the versions to see it.",
		TheText:           "Text",
		IsNew:             "This section is new.",
		IsRemoved:         "This section was removed.",
		Rewritten:         "rewritten",
		IsRewritten:       "This section was rewritten: hardly a word of it was kept.",

		SectionHistory:   "History of this section",
		SectionNow:       "What it says now",
		SectionFirst:     "in the first version",
		SectionInRedline: "In the comparison of the whole text",
		SectionTooLong:   "The text is too long for this page.",

		NoDraft:    "There is no draft: the working text says what the newest version says. This page shows the draft as soon as the text is edited.",
		ToDocument: "Read the published text",

		Review:         "Review of the draft",
		Length:         "Length",
		Problems:       "Problems",
		NoProblem:      "The check found no problem.",
		Error:          "error",
		Warning:        "warning",
		Hint:           "Hint:",
		Release:        "A release now",
		ReleasesAs:     "would be version",
		MayReleaseAs:   "could be version",
		Likely:         "looks likely",
		NotDecided:     "not decided",
		Missing:        "Still missing",
		NothingMissing: "nothing",
		Command:        "Command",
		TextOfDraft:    "The text of the draft",
	}
}

// dayFirst reports whether English is written with the day before the month
// where tag is spoken.
func dayFirst(tag string) bool {
	region, _ := language.Make(tag).Region()
	switch region.String() {
	case "US", "CA", "PH", "PR", "GU", "ZZ":
		return false
	}
	return true
}

// A Date is a legal date on a page.
type Date struct {
	Text string // in words: July 2025; July 14, 2025
	ISO  string // for machines: 2025-07; 2025-07-14
}

// Date returns d in words.
func (w *Words) Date(d legal.Date) Date {
	switch {
	case d.IsZero():
		return Date{}
	case d.Day == 0:
		return Date{fmt.Sprintf("%s %d", d.Month, d.Year), d.String()}
	case w.dayFirst:
		return Date{fmt.Sprintf("%d %s %d", d.Day, d.Month, d.Year), d.String()}
	}
	return Date{fmt.Sprintf("%s %d, %d", d.Month, d.Day, d.Year), d.String()}
}

// A Sentence is words with a date in them.
type Sentence struct {
	Before string
	Date   Date
	After  string
}

// SupersededSince says that a version no longer applies.
func (w *Words) SupersededSince(d legal.Date) Sentence {
	return Sentence{"This version is no longer in force. It was superseded on ", w.onDay(d), "."}
}

// NeverApplied says that a version was replaced by n before it applied.
func (w *Words) NeverApplied(n legal.Number) Sentence {
	return Sentence{Before: "This version never applied: version " + n.String() + " took its place before."}
}

// By names the version that took another's place.
func (w *Words) By(n legal.Number) string { return "by " + n.String() + " before it applied" }

// UpcomingFrom says that a version does not apply yet.
func (w *Words) UpcomingFrom(d legal.Date) Sentence {
	return Sentence{"This version is not in force yet. It applies from ", w.onDay(d), "."}
}

// InForceSince says that a version applies.
func (w *Words) InForceSince(d legal.Date) Sentence {
	return Sentence{"This version is in force since ", w.Date(d), "."}
}

// ChangesOn announces a version that is upcoming.
func (w *Words) ChangesOn(d legal.Date) Sentence {
	return Sentence{"A new version applies from ", w.onDay(d), "."}
}

// SummaryOf is the title of a version's summary, which is folded.
func (w *Words) SummaryOf(v *legal.Version, upcoming bool) Sentence {
	if upcoming {
		return Sentence{"What version " + v.Number.String() + " changes from ", w.onDay(v.Effective), ""}
	}
	return Sentence{"What version " + v.Number.String() + " changed on ", w.onDay(v.Effective), ""}
}

// LastChanged says in which version a section was last changed.
func (w *Words) LastChanged(n legal.Number, d legal.Date, first bool) Sentence {
	if first {
		return Sentence{"Unchanged since " + n.String() + ", ", w.Date(d), ""}
	}
	return Sentence{"Last changed in " + n.String() + ", ", w.Date(d), ""}
}

// Minutes says how long a text takes to read.
func (w *Words) Minutes(n int) string {
	if n == 0 {
		return "Less than a minute to read"
	}
	return "About " + count(n, "minute") + " to read"
}

// Cite names a version of a document as a citation does.
func (w *Words) Cite(title string, n legal.Number) string { return title + ", " + w.VersionOf(n) }

// Stale says on a page that v, which it calls upcoming, has taken effect.
func (w *Words) Stale(v *legal.Version) string {
	return w.VersionOf(v.Number) + " took effect on " + w.onDay(v.Effective).Text +
		", and this page was made before. What it says about which version is in force is out of date."
}

// Since says from when a version applied.
func (w *Words) Since(d legal.Date) Sentence { return Sentence{"since ", w.Date(d), ""} }

// From says from when a version will apply.
func (w *Words) From(d legal.Date) Sentence { return Sentence{"from ", w.onDay(d), ""} }

// onDay returns d as the day on which something happens: a month begins on
// its first.
func (w *Words) onDay(d legal.Date) Date {
	date := w.Date(d)
	if d.Day == 0 {
		date.Text = w.Date(d.First()).Text
	}
	return date
}

// VersionOf returns "Version 1.1.0".
func (w *Words) VersionOf(n legal.Number) string { return w.Version + " " + n.String() }

// ChangedIn is the title of a version's redline.
func (w *Words) ChangedIn(n legal.Number) string { return "What changed in version " + n.String() }

// ChangedSince is the title of the redline from a version to the one in force.
func (w *Words) ChangedSince(n legal.Number) string {
	return "What changed since version " + n.String()
}

// Versions returns the number of versions of a document.
func (w *Words) Versions(n int) string { return count(n, "version") }

// SinceVersion returns "Since 1.0.0".
func (w *Words) SinceVersion(n legal.Number) string { return "Since " + n.String() }

// Changelog describes the changelog to search engines.
func (w *Words) Changelog(title string, versions int) string {
	return fmt.Sprintf("%s: every version (%d so far), with its dates, a summary and what changed.", title, versions)
}

// NewestOf says how many of all versions a list has.
func (w *Words) NewestOf(newest, all int) string {
	return fmt.Sprintf("The newest %d of %s; all others by year:", newest, count(all, "version"))
}

// ChangesOf returns the heading of the list of a year's versions.
func (w *Words) ChangesOf(year int) string { return fmt.Sprintf("Changes of %d", year) }

// NewestChangesOf says how many of all changes of a section a page has.
func (w *Words) NewestChangesOf(newest, all int) string {
	return fmt.Sprintf("The newest %d of %s; all others by year:", newest, w.ChangesCount(all))
}

// ChangesCount says how many changes there are.
func (w *Words) ChangesCount(n int) string { return count(n, "change") }

// SectionAbout describes the page of a section to search engines.
func (w *Words) SectionAbout(section, document string) string {
	return document + ", “" + section + "”: what the section said over time, and what each version changed of it."
}

// SectionGone says that a version removed a section.
func (w *Words) SectionGone(n legal.Number) string {
	return "This section is not part of the document any more. Version " + n.String() + " removed it."
}

// SectionIDNow says at the address of an id that a section had what it has now.
func (w *Words) SectionIDNow(was, now string) string {
	return "The section “" + was + "” is now “" + now + "”."
}

// SectionInVersion names the link to a section in a version.
func (w *Words) SectionInVersion(n legal.Number) string { return "In version " + n.String() }

// IndexAbout describes the list of documents to search engines.
func (w *Words) IndexAbout(organisation string) string {
	return "The legal documents of " + organisation + ": what applies now, what applied before, and what changed."
}

// FeedDates begins the content of a feed's entry.
func (w *Words) FeedDates(v *legal.Version, first bool) string {
	s := w.Change(v, first) + ", published " + w.Date(v.Published).Text + ", effective " + w.Date(v.Effective).Text + "."
	if v.Material && !first {
		s += " " + w.Material + "."
	}
	return s
}

// Change returns what kind of step a version is.
func (w *Words) Change(v *legal.Version, first bool) string {
	if first {
		return "First version"
	}
	return [...]string{"Correction", "Update", "New edition"}[v.Change]
}

// NotInForceYet answers what changed since a version that is upcoming.
func (w *Words) NotInForceYet(n legal.Number) string {
	return "Version " + n.String() + " is not in force yet."
}

// About describes a page with a version of a document to search engines.
func (w *Words) About(title, organisation string, updated, effective legal.Date) string {
	s := title
	if !strings.Contains(title, organisation) {
		s += " of " + organisation
	}
	s += "."
	if !updated.IsZero() {
		s += " " + w.LastUpdated + " " + w.Date(updated).Text + "."
	}
	return s + " " + w.Effective + " " + w.Date(effective).Text + "."
}

// LinkTo names the link that a heading offers to itself.
func (w *Words) LinkTo(title string) string { return "Permanent link to “" + title + "”" }

// BackTo names the link from a footnote to its reference.
func (w *Words) BackTo(label string) string { return label + ", back to the text" }

// Task names the state of a check box.
func (w *Words) Task(t legal.Task) string { return [...]string{"", "not done", "done"}[t] }

// MovedTo and MovedFrom mark the two ends of a move.
func (w *Words) MovedTo(title string, same bool) string {
	switch {
	case same:
		return "moved within this section"
	case title == "":
		return "moved to the opening text"
	}
	return "moved to “" + title + "”"
}

// MovedFrom marks the new place of text that moved.
func (w *Words) MovedFrom(title string, same bool) string {
	switch {
	case same:
		return "moved from elsewhere in this section"
	case title == "":
		return "moved from the opening text"
	}
	return "moved from “" + title + "”"
}

// SectionMovedTo says where a section that stood here is.
func (w *Words) SectionMovedTo(after string) string {
	if after == "" {
		return "Moved: this section now comes first."
	}
	return "Moved: this section now comes after “" + after + "”."
}

// SectionMovedFrom says where a section that is here stood.
func (w *Words) SectionMovedFrom(after string) string {
	if after == "" {
		return "Moved: this section came first."
	}
	return "Moved: this section came after “" + after + "”."
}

// SplitFrom says of a new section where most of its words come from.
func (w *Words) SplitFrom(title string) string { return "split from “" + title + "”" }

// MergedInto says of a section that was removed where most of its words went.
func (w *Words) MergedInto(title string) string { return "merged into “" + title + "”" }

// IsSplit says at its head that a section is new, but most of its text is not.
func (w *Words) IsSplit(title string) string {
	return "This section is new. Most of its text comes from “" + title + "”."
}

// IsMerged says at its head that a section was removed, but most of its text
// was not.
func (w *Words) IsMerged(title string) string {
	return "This section was removed. Most of its text is now in “" + title + "”."
}

// Renamed says what a section was called.
func (w *Words) Renamed(old string) string { return "renamed from “" + old + "”" }

// LeadsTo says where words that came or, as was says, went lead.
func (w *Words) LeadsTo(link string, was bool) string {
	if was {
		return "linked to " + link
	}
	return "links to " + link
}

// Picture says that words stand for a picture.
func (w *Words) Picture(src string) string { return "picture " + src }

// LeftOut says that sections were left out of a comment, all or in part.
func (w *Words) LeftOut(sections int) string {
	return "A comment has no room for more: " + count(sections, "changed section") + " left out, as a whole or from where it is said. Compare the versions to see them."
}

// MoreLeftOut says how many blocks of a section were left out of a comment.
func (w *Words) MoreLeftOut(blocks int) string {
	return "… and " + count(blocks, "more block") + " of this section, for which a comment has no room."
}

// Words says how many words there are.
func (w *Words) Words(n int) string { return count(n, "word") }

// WordsBeside says how many words a draft has, and the version that it changes.
func (w *Words) WordsBeside(n, before int, number legal.Number) string {
	return w.Words(n) + "; version " + number.String() + " has " + strconv.Itoa(before)
}

// ChangedSinceInForce is the heading of the redline from the version in force
// to a draft.
func (w *Words) ChangedSinceInForce(n legal.Number) string {
	return "What would change from version " + n.String() + ", which is in force"
}

// IncludesOf says that a redline shows what a version has changed already.
func (w *Words) IncludesOf(n legal.Number) string {
	return "This includes what version " + n.String() + ", which is released, will change."
}

// ChangedSinceNumber is the link to what a draft changes of a released version.
func (w *Words) ChangedSinceNumber(n legal.Number) string {
	return "What the draft changes of " + n.String()
}

// Figures returns what changed in numbers.
func (w *Words) Figures(s redline.Summary) string { return w.figures.Say(s) }

// File says what became of an attachment.
func (w *Words) File(f redline.File) string {
	return "Attachment " + f.Name + " " + map[redline.Op]string{redline.Insert: "added", redline.Delete: "removed", redline.Equal: "changed"}[f.Op] + "."
}

// Coarse says that passages were too long to be compared word by word; "" if
// there were none.
func (w *Words) Coarse(passages int) string {
	switch passages {
	case 0:
		return ""
	case 1:
		return "One passage is too long and too different to be compared word by word: it is shown as replaced."
	}
	return strconv.Itoa(passages) + " passages are too long and too different to be compared word by word: they are shown as replaced."
}

// Stats returns the numbers of one section that changed, or that formatting
// alone did.
func (w *Words) Stats(s redline.Stats) string {
	if s == (redline.Stats{}) {
		return w.FormatOnly
	}
	return w.Figures(redline.Summary{Stats: s})
}

// count returns "1 version" or "2 versions".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// stamp returns the instant at which d begins in the site's zone, as feeds
// write it (RFC 3339).
func stamp(d legal.Date, zone *time.Location) string {
	return d.In(zone).Format(time.RFC3339)
}
