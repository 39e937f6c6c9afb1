// Package legal holds the content model, reads it from files and reports what
// is wrong in them.
//
// # The files
//
// A library is a folder:
//
//	site.yaml                    the site's settings (Site)
//	versions.sum                 the hashes of the frozen versions (package ledger)
//	privacy-policy/              a document; its folder's name is its address
//	  index.md                   front matter of the version, then the opening text
//	  10-our-role.md             a section; sections are in the order of their names
//	  data-flow.svg              an attachment, which belongs to the version
//	  versions/
//	    1.0.0/                   a frozen version: the same files as released
//	    1.0.0.sum                their hashes (package ledger)
//
// 40-cookies.de.md beside 40-cookies.md is its translation; see translation.go.
//
// A Markdown file begins with front matter: YAML between two lines "---".
//
//	---
//	title: Privacy Policy
//	version: 1.1.0
//	published: 2025-12-01
//	effective: 2026-01-01
//	summary: |
//	  We name the new payment provider.
//	---
//	The opening text.
//
// index.md has title, version, effective and summary (from the second version
// on), and may have published (default: effective), material, reacceptance,
// notice, reason, kind, numbered and reviewed. A section has
// title, and may have id (default: the file's name without number and ending),
// was (earlier ids), version and effective (derived from the history, checked
// where they are given). Unknown keys are problems.
//
// Line ends, a byte order mark and the composition of characters never make
// two texts differ; see Canon.
package legal

import (
	"crypto/sha256"
	"io/fs"
	"maps"
	"slices"
	"time"
)

// A Library is a site's content: its settings and the names of its documents,
// none of which has been read.
type Library struct {
	Site      Site
	Documents []string // the names of the documents' folders, sorted
	Files     fs.FS    // the content
	Root      string   // what the paths in problems begin with, e.g. "content"
}

// Site is what site.yaml says.
type Site struct {
	Title        string
	URL          string // absolute, ends in a slash
	Organisation string // who publishes; default: Title
	Contact      string // an address to write to, or empty
	Language     string // BCP 47; default: en
	Prevails     string // the language of the text that prevails over the others; empty: none does
	Zone         *time.Location
	LastVisit    bool                // pages offer to remember a visit in the browser, and to say what changed since; default: true
	Rules        map[string]string   // a rule's id to error, warning or off
	NoTerms      bool                // uses of defined terms do not lead to their definitions
	Kinds        map[string][]string // of documents, with what each has to say
	Theme        Theme

	at map[string]Pos
}

// Pos returns where a setting's value stands in site.yaml; that of a rule is
// asked for as rules.ID.
func (s *Site) Pos(key string) Pos { return s.at[key] }

// A Document is one legal text with its history.
type Document struct {
	Name     string     // of its folder, and in its address; of a translation with its language: terms/de
	Language string     // of its text, BCP 47
	Versions []*Version // the frozen ones, oldest first
	Draft    *Version   // the working text; nil where there is no index.md

	Translations []*Document // of an original, in the order of their languages
	Original     *Document   // of a translation; nil of an original
}

// A Version is a released state of a document, or its draft.
type Version struct {
	Number      Number // of a draft: what index.md says, which may be that of the newest version
	Title       string
	Published   Date // when it is posted and people are told; default: Effective
	Announced   bool // Published was given
	Effective   Date // from when it applies
	Material    bool // it matters to the reader; see Change
	Reaccept    bool // who accepted an earlier version is to be asked again
	Summary     *Text
	Opening     *Text
	Sections    []*Section
	Attachments []string // file names, sorted
	Dir         string   // its folder in the library's Files
	Change      Change   // what kind of step it is from the version before
	Notice      Notice   // how long before it applies a change is announced; zero: nothing is promised
	Reason      string   // why this version keeps no notice period: one of Reasons, or empty
	Kind        string   // of document: one of the site's Kinds, or empty
	Numbered    bool     // its parts have numbers; see Outline
	Reviewed    Date     // when somebody last found that nothing was to be changed
	Prevails    string   // the language of the text that prevails; empty: as the site says

	Translates Number   // of a translation: the number of the original's version that it is of
	Original   *Version // that version, which may be the draft; nil where there is none

	// Files are all files of the folder, sorted, as they were read; those whose
	// names begin with a dot, which systems leave behind, are none of them.
	Files []File

	meta *meta
	sums map[string][sha256.Size]byte // of the attachments
}

// A File is a file with the SHA-256 of its bytes, zero for what is no regular
// file.
type File struct {
	Name string // within the version's folder, with slashes
	Sum  [sha256.Size]byte
	Unix [sha256.Size]byte // with LF for CRLF, where it holds CRLF
}

// A Section is one titled part of a version.
type Section struct {
	ID        string
	Was       []string // earlier ids
	Title     string
	Body      *Text
	Version   Number // that last changed the section; zero for a draft's change
	Effective Date   // since when the section reads as it does
	File      string // its name in the version's folder
	Base      string // the name of the original's file, without a language

	inherited bool // of a translation: the id is that of the original's file

	meta *meta
}

// Pos returns where the front matter's key stands in the version's index.md,
// or that file's first line.
func (v *Version) Pos(key string) Pos { return v.meta.pos(key) }

// Pos returns where the front matter's key stands in the section's file, or
// that file's first line.
func (s *Section) Pos(key string) Pos { return s.meta.pos(key) }

// BodyPos returns where a line of the section's body stands in its file.
func (s *Section) BodyPos(line int) Pos {
	return Pos{File: s.meta.file, Line: s.meta.bodyLine + line - 1, Col: 1}
}

// BodyPos returns where a line of the opening stands in the version's index.md.
func (v *Version) BodyPos(line int) Pos {
	return Pos{File: v.meta.file, Line: v.meta.bodyLine + line - 1, Col: 1}
}

// Given returns the version and effective date that the section's front
// matter states, zero where it does not.
func (s *Section) Given() (Number, Date) { return s.meta.version, s.meta.effective }

// GivenMaterial returns what the front matter says of materiality, if it does.
func (v *Version) GivenMaterial() (material, given bool) {
	if v.meta.material == nil {
		return false, false
	}
	return *v.meta.material, true
}

// GivenReaccept returns what the front matter says of whether who accepted an
// earlier version is to be asked again, if it does.
func (v *Version) GivenReaccept() (reaccept, given bool) {
	if v.meta.reaccept == nil {
		return false, false
	}
	return *v.meta.reaccept, true
}

// AttachmentSum returns the SHA-256 of an attachment, zero where v has none of
// that name.
func (v *Version) AttachmentSum(name string) [sha256.Size]byte { return v.sums[name] }

// Section returns the section that has or had id, or nil. A section's own id
// goes before another's earlier one.
func (v *Version) Section(id string) *Section {
	for _, s := range v.Sections {
		if s.ID == id {
			return s
		}
	}
	for _, s := range v.Sections {
		if slices.Contains(s.Was, id) {
			return s
		}
	}
	return nil
}

// Digest identifies what a reader can see or follow in the section.
func (s *Section) Digest() [sha256.Size]byte {
	h := sha256.New()
	h.Write([]byte(s.Title))
	h.Write([]byte{'\n'})
	d := s.Body.Digest()
	h.Write(d[:])
	return [sha256.Size]byte(h.Sum(nil))
}

// Same reports whether v and w read alike: the same titles, words, structure,
// links and formatting in the same order, and the same attachments.
func (v *Version) Same(w *Version) bool {
	return v.Title == w.Title && v.Numbered == w.Numbered &&
		v.Opening.Digest() == w.Opening.Digest() &&
		slices.EqualFunc(v.Sections, w.Sections, func(a, b *Section) bool {
			return a.ID == b.ID && a.Digest() == b.Digest()
		}) &&
		maps.Equal(v.sums, w.sums)
}

// Version returns the frozen version of that number, or nil.
func (d *Document) Version(n Number) *Version {
	for _, v := range d.Versions {
		if v.Number == n {
			return v
		}
	}
	return nil
}

// Newest returns the newest frozen version, or nil.
func (d *Document) Newest() *Version {
	if len(d.Versions) == 0 {
		return nil
	}
	return d.Versions[len(d.Versions)-1]
}

// Before returns the version before v, or nil where v is the first.
func (d *Document) Before(v *Version) *Version {
	if i := slices.Index(d.Versions, v); i > 0 {
		return d.Versions[i-1]
	}
	return nil
}

// A Standing is what a document is on one day.
type Standing struct {
	Day         Date
	Known       []*Version // that the public knows on that day, oldest first
	InForce     *Version   // the newest whose effective date has come, or nil
	Upcoming    []*Version // those after it that will be in force, the next first
	LastUpdated Date       // the published date of the newest material version among those that are or were in force
}

// On returns the document's standing on day. A version whose published date is
// stated and lies ahead is not known yet; one without is known since it was
// frozen.
func (d *Document) On(day Date) Standing {
	s := Standing{Day: day}
	for _, v := range d.Versions {
		if v.Announced && v.Published.After(day) {
			continue
		}
		s.Known = append(s.Known, v)
		if v.Effective.After(day) {
			// One that applies from the same day was replaced before it applied.
			s.Upcoming = slices.DeleteFunc(s.Upcoming, func(u *Version) bool { return !v.Effective.After(u.Effective) })
			s.Upcoming = append(s.Upcoming, v)
			continue
		}
		s.InForce, s.Upcoming = v, nil
	}
	for _, v := range s.Known {
		if v.Material && !v.Effective.After(day) {
			s.LastUpdated = v.Published
		}
	}
	return s
}

// Between returns the days, around day, on which the standing of d and of its
// translations is that of day: from the first (zero: since ever) to the first on which
// it is not (zero: for ever). Nothing that is said of a document differs between them.
func (d *Document) Between(day Date) (from, until Date) {
	var versions []*Version
	for _, t := range d.Texts() {
		versions = append(versions, t.Versions...)
		if t.Draft != nil {
			versions = append(versions, t.Draft)
		}
	}
	for _, v := range versions {
		for _, turn := range []Date{v.Published.First(), v.Effective.First()} {
			switch {
			case turn.IsZero():
			case !turn.After(day) && turn.After(from):
				from = turn
			case turn.After(day) && (until.IsZero() || until.After(turn)):
				until = turn
			}
		}
	}
	return from, until
}

// HasDraft reports whether the working text says something that no version does, or,
// of a translation, says it of another version of the original.
func (d *Document) HasDraft() bool {
	newest := d.Newest()
	return d.Draft != nil && (newest == nil || d.Draft.Translates != newest.Translates || !d.Draft.Same(newest))
}
