package site

import (
	"strconv"
	"strings"
	"time"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// SupersededSince says that a version no longer applies.
func (w *Words) SupersededSince(d legal.Date) Sentence {
	return w.say.SupersededSince.sentence(w.onDay(d))
}

// NeverApplied says that a version was replaced by n before it applied.
func (w *Words) NeverApplied(n legal.Number) Sentence { return w.say.NeverApplied.sentence(n) }

// By names the version that took another's place.
func (w *Words) By(n legal.Number) string { return w.say.By.text(n) }

// UpcomingFrom says that a version does not apply yet.
func (w *Words) UpcomingFrom(d legal.Date) Sentence { return w.say.UpcomingFrom.sentence(w.onDay(d)) }

// InForceSince says that a version applies.
func (w *Words) InForceSince(d legal.Date) Sentence { return w.say.InForceSince.sentence(w.Date(d)) }

// ChangesOn announces a version that is upcoming.
func (w *Words) ChangesOn(d legal.Date) Sentence { return w.say.ChangesOn.sentence(w.onDay(d)) }

// SummaryOf is the title of a version's summary, which is folded.
func (w *Words) SummaryOf(v *legal.Version, upcoming bool) Sentence {
	if upcoming {
		return w.say.SummaryWill.sentence(v.Number, w.onDay(v.Effective))
	}
	return w.say.SummaryDid.sentence(v.Number, w.onDay(v.Effective))
}

// LastChanged says in which version a section was last changed.
func (w *Words) LastChanged(n legal.Number, d legal.Date, first bool) Sentence {
	if first {
		return w.say.UnchangedSince.sentence(n, w.Date(d))
	}
	return w.say.LastChanged.sentence(n, w.Date(d))
}

// Minutes says how long a text takes to read.
func (w *Words) Minutes(n int) string {
	if n == 0 {
		return w.ShortRead
	}
	return w.say.Minutes.text(n)
}

// Cite names a version of a document as a citation does.
func (w *Words) Cite(title string, n legal.Number) string { return w.say.Cite.text(title, n) }

// Stale says on a page that v, which it calls upcoming, has taken effect.
func (w *Words) Stale(v *legal.Version) string {
	return w.say.Stale.text(v.Number, w.onDay(v.Effective))
}

// Since says from when a version applied.
func (w *Words) Since(d legal.Date) Sentence { return w.say.Since.sentence(w.Date(d)) }

// From says from when a version will apply.
func (w *Words) From(d legal.Date) Sentence { return w.say.From.sentence(w.onDay(d)) }

// VersionOf returns "Version 1.1.0".
func (w *Words) VersionOf(n legal.Number) string { return w.say.VersionOf.text(n) }

// VersionNamed is VersionOf for a number as it is written.
func (w *Words) VersionNamed(number string) string { return w.say.VersionOf.text(number) }

// ChangedIn is the title of a version's redline.
func (w *Words) ChangedIn(n legal.Number) string { return w.say.ChangedIn.text(n) }

// ChangedSince is the title of the redline from a version to the one in force.
func (w *Words) ChangedSince(n legal.Number) string { return w.say.ChangedSince.text(n) }

// ChangedBetween is the title of the redline between any two versions.
func (w *Words) ChangedBetween(old, new legal.Number) string {
	return w.say.ChangedBetween.text(old, new)
}

// CompareUpTo heads the links to what changed up to the version in force.
func (w *Words) CompareUpTo(n legal.Number) string { return w.say.CompareUpTo.text(n) }

// VisitSince is the link to what changed since a visit; a script fills in its {date}.
func (w *Words) VisitSince() string { return w.say.VisitSince.text("{date}") }

// Versions returns the number of versions of a document.
func (w *Words) Versions(n int) string { return w.say.Versions.text(n) }

// TextPrevails says which text prevails over the one that is shown, by the name of its
// language.
func (w *Words) TextPrevails(language string) string { return w.say.TextPrevails.text(language) }

// Lags says that a translation is of a version of its original, in a language, that is no
// longer in force.
func (w *Words) Lags(language string, of legal.Number, now *legal.Version) Sentence {
	return w.say.Lags.sentence(of, language, now.Number, w.Date(now.Effective))
}

// ReadOriginal is the link to the version of the original that is in force.
func (w *Words) ReadOriginal(language string) string { return w.say.ReadOriginal.text(language) }

// OriginalChanged is the link to what changed in the original since a version.
func (w *Words) OriginalChanged(language string, n legal.Number) string {
	return w.say.OriginalChanged.text(n, language)
}

// SinceVersion returns "Since 1.0.0".
func (w *Words) SinceVersion(n legal.Number) string { return w.say.SinceVersion.text(n) }

// Changelog describes the changelog to search engines.
func (w *Words) Changelog(title string, versions int) string {
	return w.say.Changelog.text(title, versions)
}

// NewestOf says how many of all versions a list has.
func (w *Words) NewestOf(newest, all int) string {
	return w.say.NewestOf.text(strconv.Itoa(newest), all)
}

// ChangesOf returns the heading of the list of a year's versions.
func (w *Words) ChangesOf(year int) string { return w.say.ChangesOf.text(year) }

// FromTo names a part of the versions, or of the time.
func (w *Words) FromTo(first, last string) string { return w.say.FromTo.text(first, last) }

// Shape names a shape on a timeline.
func (w *Words) Shape(shape string) string {
	return map[string]string{"edition": w.Edition, "update": w.Update, "correction": w.Correction, "several": w.SeveralVersions}[shape]
}

// MapSign names a sign on the map of sections and versions.
func (w *Words) MapSign(sign string) string {
	return map[string]string{
		"born": w.NewSection, "split": w.SignSplit, "merged": w.SignMerged, "removed": w.Removed, "moved": w.Moved, "renamed": w.SignRenamed,
		"changed-1": w.SignFew, "changed-2": w.SignMore, "changed-3": w.SignMany,
	}[sign]
}

// MapMore says how many sections a map does not show.
func (w *Words) MapMore(n int) string { return w.say.MapMore.text(n) }

// OnAbout describes the page that tells which version was in force on a day.
func (w *Words) OnAbout(title string) string { return w.say.OnAbout.text(title) }

// OnNone says since when a version is in force.
func (w *Words) OnNone(d legal.Date) Sentence { return w.say.OnNone.sentence(w.Date(d)) }

// OnUpcoming and OnOpen say what is known of a day to come: that a version is to be in
// force on it, and that the one in force now may not be any more.
func (w *Words) OnUpcoming(n legal.Number) string { return w.say.OnUpcoming.text(n) }

// OnOpen says so of the version in force.
func (w *Words) OnOpen(n legal.Number) string { return w.say.OnOpen.text(n) }

// SplitOff and MergedIn say what else became of a section's text, or came to it.
func (w *Words) SplitOff(title string) string { return w.say.SplitOff.text(title) }

// MergedIn names a section that was merged into another.
func (w *Words) MergedIn(title string) string { return w.say.MergedIn.text(title) }

// NewestChangesOf says how many of all changes of a section a page has.
func (w *Words) NewestChangesOf(newest, all int) string {
	return w.say.NewestChangesOf.text(strconv.Itoa(newest), all)
}

// ChangesCount says how many changes there are.
func (w *Words) ChangesCount(n int) string { return w.say.ChangesCount.text(n) }

// SectionAbout describes the page of a section to search engines.
func (w *Words) SectionAbout(section, document string) string {
	return w.say.SectionAbout.text(section, document)
}

// SectionGone says that a version removed a section.
func (w *Words) SectionGone(n legal.Number) string { return w.say.SectionGone.text(n) }

// SectionIDNow says at the address of an id that a section had what it has now.
func (w *Words) SectionIDNow(was, now string) string { return w.say.SectionIDNow.text(was, now) }

// SectionInVersion names the link to a section in a version.
func (w *Words) SectionInVersion(n legal.Number) string { return w.say.SectionInVersion.text(n) }

// IndexAbout describes the list of documents to search engines.
func (w *Words) IndexAbout(organisation string) string { return w.say.IndexAbout.text(organisation) }

// FeedDates begins the content of a feed's entry. Sentences are apart.
func (w *Words) FeedDates(v *legal.Version, first bool) []string {
	out := []string{w.say.FeedDates.text(w.Change(v, first), w.Date(v.Published), w.Date(v.Effective))}
	if v.Material && !first {
		out = append(out, w.Material+w.Stop)
	}
	return out
}

// Change returns what kind of step a version is.
func (w *Words) Change(v *legal.Version, first bool) string {
	if first {
		return w.First
	}
	return [...]string{w.Correction, w.Update, w.Edition}[v.Change]
}

// NotInForceYet answers what changed since a version that is upcoming.
func (w *Words) NotInForceYet(n legal.Number) string { return w.say.NotInForceYet.text(n) }

// About describes a page with a version of a document to search engines.
func (w *Words) About(title, organisation string, updated, effective legal.Date) string {
	if !strings.Contains(title, organisation) {
		title = w.say.TitleOf.text(title, organisation)
	}
	if updated.IsZero() {
		return w.say.About.text(title, w.Date(effective))
	}
	return w.say.AboutUpdated.text(title, w.Date(updated), w.Date(effective))
}

// RedlineAbout describes a page with a redline to search engines.
func (w *Words) RedlineAbout(title, heading, figures string) string {
	return w.say.RedlineAbout.text(title, heading, figures)
}

// LinkTo names the link that a heading offers to itself.
func (w *Words) LinkTo(title string) string { return w.say.LinkTo.text(title) }

// BackTo names the link from a footnote to its reference.
func (w *Words) BackTo(label string) string { return w.say.BackTo.text(label) }

// Task names the state of a check box.
func (w *Words) Task(t legal.Task) string { return [...]string{"", w.TaskOpen, w.TaskDone}[t] }

// MovedTo and MovedFrom mark the two ends of a move.
func (w *Words) MovedTo(title string, same bool) string {
	switch {
	case same:
		return w.MovedWithin
	case title == "":
		return w.MovedToOpening
	}
	return w.say.MovedTo.text(title)
}

// MovedFrom marks the new place of text that moved.
func (w *Words) MovedFrom(title string, same bool) string {
	switch {
	case same:
		return w.MovedFromWithin
	case title == "":
		return w.MovedFromOpening
	}
	return w.say.MovedFrom.text(title)
}

// SectionMovedTo says where a section that stood here is.
func (w *Words) SectionMovedTo(after string) string {
	if after == "" {
		return w.SectionMovedFirst
	}
	return w.say.SectionMovedTo.text(after)
}

// SectionMovedFrom says where a section that is here stood.
func (w *Words) SectionMovedFrom(after string) string {
	if after == "" {
		return w.SectionCameFirst
	}
	return w.say.SectionMovedFrom.text(after)
}

// SplitFrom says of a new section where most of its words come from.
func (w *Words) SplitFrom(title string) string { return w.say.SplitFrom.text(title) }

// MergedInto says of a section that was removed where most of its words went.
func (w *Words) MergedInto(title string) string { return w.say.MergedInto.text(title) }

// IsSplit says at its head that a section is new, but most of its text is not.
func (w *Words) IsSplit(title string) string { return w.say.IsSplit.text(title) }

// IsMerged says at its head that a section was removed, but most of its text
// was not.
func (w *Words) IsMerged(title string) string { return w.say.IsMerged.text(title) }

// Renamed says what a section was called.
func (w *Words) Renamed(old string) string { return w.say.Renamed.text(old) }

// LeadsTo says where words that came or, as was says, went lead.
func (w *Words) LeadsTo(link string, was bool) string {
	if was {
		return w.say.LedTo.text(link)
	}
	return w.say.LeadsTo.text(link)
}

// Picture says that words stand for a picture.
func (w *Words) Picture(src string) string { return w.say.Picture.text(src) }

// Words says how many words there are.
func (w *Words) Words(n int) string { return w.say.Words.text(n) }

// WordsBeside says how many words a draft has, and the version that it changes.
func (w *Words) WordsBeside(n, before int, number legal.Number) string {
	return w.say.WordsBeside.text(n, strconv.Itoa(before), number)
}

// ChangedSinceInForce is the heading of the redline from the version in force
// to a draft.
func (w *Words) ChangedSinceInForce(n legal.Number) string { return w.say.ChangedSinceInForce.text(n) }

// IncludesOf says that a redline shows what a version has changed already.
func (w *Words) IncludesOf(n legal.Number) string { return w.say.IncludesOf.text(n) }

// ChangedSinceNumber is the link to what a draft changes of a released version.
func (w *Words) ChangedSinceNumber(n legal.Number) string { return w.say.ChangedSinceNumber.text(n) }

// Figures returns what changed in numbers.
func (w *Words) Figures(s redline.Summary) string { return w.figures.Say(s) }

// File says what became of an attachment.
func (w *Words) File(f redline.File) string {
	switch f.Op {
	case redline.Insert:
		return w.say.FileAdded.text(f.Name)
	case redline.Delete:
		return w.say.FileRemoved.text(f.Name)
	}
	return w.say.FileChanged.text(f.Name)
}

// Coarse says that passages were too long to be compared word by word; "" if
// there were none.
func (w *Words) Coarse(passages int) string {
	if passages == 0 {
		return ""
	}
	return w.say.Coarse.text(passages)
}

// Stats returns the numbers of one section that changed, or that formatting
// alone did.
func (w *Words) Stats(s redline.Stats) string {
	if s == (redline.Stats{}) {
		return w.FormatOnly
	}
	return w.Figures(redline.Summary{Stats: s})
}

// stamp returns the instant at which d begins in the site's zone, as feeds
// write it (RFC 3339).
func stamp(d legal.Date, zone *time.Location) string {
	return d.In(zone).Format(time.RFC3339)
}
