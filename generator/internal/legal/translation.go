package legal

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// # Translations
//
// A file NAME.LANG.md beside the original's is that file in another language, and
// index.LANG.md makes a translation of the document:
//
//	privacy-policy/
//	  index.md, 40-cookies.md          the original, in the site's language
//	  index.de.md, 40-cookies.de.md    the German translation
//	  flow.svg, flow.de.svg            the second belongs to the translation alone
//	  versions/1.0.0/                  a version of the original
//	  versions/de/1.0.0/               a version of the translation, frozen by itself
//
// A translation is a Document with versions of its own, named by the document and
// its language: privacy-policy/de. Its version has the number of the original's that
// it translates, or names that with translates:. What its index.LANG.md does not say
// of dates follows from the original's version, and so do the ids of its sections,
// which are those of the files of the same names.

// Texts returns d and, where d is an original, its translations after it.
func (d *Document) Texts() []*Document { return append([]*Document{d}, d.Translations...) }

// Text returns the one of d's texts that is named, as privacy-policy/de, or nil.
func (d *Document) Text(name string) *Document {
	for _, t := range d.Texts() {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// Folder returns the name of the document's folder, which a translation shares with
// its original.
func (d *Document) Folder() string { return Folder(d.Name) }

// Folder returns the folder of the document or translation of that name.
func Folder(name string) string {
	folder, _, _ := strings.Cut(name, "/")
	return folder
}

// VersionsFolder returns the folder that holds the frozen versions of the document or
// translation of that name.
func VersionsFolder(name string) string {
	folder, tag, _ := strings.Cut(name, "/")
	return path.Join(folder, VersionsDir, tag)
}

// ValidName reports whether name can be that of a document, or of a translation.
func ValidName(name string) bool {
	folder, tag, translated := strings.Cut(name, "/")
	return ValidID(folder) && (!translated || ValidLanguage(tag))
}

// reserved are the addresses below a document's that could be languages.
var reserved = []string{"map", "on"}

// ValidLanguage reports whether tag can name a translation: it is a language tag of
// BCP 47, written as that recommends, without extensions.
func ValidLanguage(tag string) bool {
	t, err := language.Parse(tag)
	if err != nil || t.String() != tag || len(t.Extensions()) > 0 || slices.Contains(reserved, tag) {
		return false
	}
	switch base, _, _ := strings.Cut(tag, "-"); base {
	case "und", "mul", "mis", "zxx", "x", "i":
		return false
	}
	return true
}

// languageOf returns the language in a file's name, as that of 40-cookies.de.md is de,
// and the name without it.
func languageOf(name string) (tag, base string) {
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	i := strings.LastIndexByte(stem, '.')
	if i <= 0 || !ValidLanguage(stem[i+1:]) {
		return "", name
	}
	return stem[i+1:], stem[:i] + ext
}

// LanguageOf returns the language in a file's name, or "".
func LanguageOf(name string) string {
	tag, _ := languageOf(name)
	return tag
}

// TranslatedName returns the name of the translation of the original's file name.
func TranslatedName(name, tag string) string {
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + tag + ext
}

// Is reports whether file names the section: its own file or, of a translation, the
// original's.
func (s *Section) Is(file string) bool { return file == s.File || file == s.Base }

// named returns the name that a file of the original has in the language that is read.
func (l *loader) named(name string) string {
	if l.tag == "" {
		return name
	}
	return TranslatedName(name, l.tag)
}

// base returns the name of the original's file that name is a translation of.
func (l *loader) base(name string) string {
	if tag, base := languageOf(name); tag != "" && tag == l.tag {
		return base
	}
	return name
}

// Languages returns the languages into which a document is translated, sorted: those of
// the Markdown files in its folder but that of the site.
func (lib *Library) Languages(document string) ([]string, error) {
	entries, err := fs.ReadDir(lib.Files, document)
	if err != nil {
		return nil, err
	}
	var tags []string
	for _, e := range entries {
		tag, base := languageOf(e.Name())
		if tag != "" && tag != lib.Site.Language && strings.HasSuffix(base, ".md") && !e.IsDir() {
			tags = append(tags, tag)
		}
	}
	slices.Sort(tags)
	return slices.Compact(tags), nil
}

// A part says what a file of the working text is to the language that is read.
type part int

const (
	own    part = iota
	other       // it is of another language
	shared      // it is the original's, and of a translation if that links to it
)

// partOf returns what the file name of the working text is.
func (l *loader) partOf(name string) part {
	tag, _ := languageOf(name)
	if !slices.Contains(l.tags, tag) {
		tag = ""
	}
	switch {
	case tag == l.tag:
		return own
	case tag == "" && !strings.HasSuffix(name, ".md"):
		return shared
	}
	return other
}

// attachShared takes those of the original's attachments that v's text links to or
// shows.
func (l *loader) attachShared(v *Version, names []string) error {
	if len(names) == 0 {
		return nil
	}
	linked := map[string]bool{}
	for _, t := range v.texts() {
		for i := range t.Blocks {
			for _, cell := range t.Blocks[i].Cells {
				for _, run := range cell {
					linked[linkedFile(run.Link)], linked[linkedFile(run.Src)] = true, true
				}
			}
		}
	}
	for _, name := range names {
		if !linked[name] {
			continue
		}
		if err := l.attachment(v, path.Join(v.Dir, name)); err != nil {
			return err
		}
	}
	return nil
}

func (v *Version) texts() []*Text {
	texts := []*Text{v.Opening}
	if v.Summary != nil {
		texts = append(texts, v.Summary)
	}
	for _, s := range v.Sections {
		texts = append(texts, s.Body)
	}
	return texts
}

// linkedFile returns the file that a link names.
func linkedFile(link string) string {
	file, _, _ := strings.Cut(link, "#")
	file, _, _ = strings.Cut(file, "?")
	return strings.TrimPrefix(file, "./")
}

// follow gives the versions of the translation t what follows from the original's.
func (l *loader) follow(t *Document) {
	var before *Version
	for _, v := range t.Versions {
		l.followVersion(t, v, before)
		before = v
	}
	if t.Draft != nil {
		l.followVersion(t, t.Draft, before)
	}
}

func (l *loader) followVersion(t *Document, v, before *Version) {
	v.Translates = v.meta.translates
	if v.Translates.IsZero() {
		v.Translates = v.Number
	}
	if v == t.Draft && v.meta.translates.IsZero() && v.meta.version.IsZero() {
		v.Translates = t.Original.first(before)
	}
	if v.Number.IsZero() {
		v.Number = v.Translates
	}
	v.Original = t.Original.Version(v.Translates)
	if d := t.Original.Draft; v == t.Draft && v.Original == nil && d != nil && d.Number == v.Translates {
		v.Original = d
	}
	at := v.Pos("version")
	if !v.meta.translates.IsZero() {
		at = v.Pos("translates")
	}
	if before != nil && before.Translates.Compare(v.Translates) > 0 {
		l.problem(at, "version-order", fmt.Sprintf("it translates %s of the original, but %s translates %s already", v.Translates, before.Number, before.Translates),
			"translate that version of the original or a later one")
	}
	if v.Original == nil {
		l.problem(at, "unknown-original", fmt.Sprintf("the original has no version %s that this could be a translation of", v.Translates),
			"write the number of the original's version: translates: "+t.Original.first(before).String())
		return
	}
	v.inherit(v.Original)
	v.inheritIDs(v.Original)
	if d := t.Original.Draft; v == t.Draft && d != nil { // what is translated ahead of a release
		v.inheritIDs(d)
	}
}

// first returns the number of d's version that a translation without a number is of:
// that which the one before translated or, of the first, the newest.
func (d *Document) first(before *Version) Number {
	switch {
	case before != nil:
		return before.Translates
	case d.Newest() != nil:
		return d.Newest().Number
	case d.Draft != nil && !d.Draft.Number.IsZero():
		return d.Draft.Number
	}
	return Number{Edition: 1}
}

// inherit gives v, a translation of w, what its files do not say.
func (v *Version) inherit(w *Version) {
	if v.meta.effective.IsZero() {
		v.Effective = w.Effective
	}
	if v.meta.published.IsZero() {
		v.Published, v.Announced = w.Published, w.Announced
	}
	v.Kind, v.Prevails, v.Numbered = w.Kind, w.Prevails, w.Numbered
}

// inheritIDs gives the sections of v that have the ids of their files' names those of w's
// files of the same names.
func (v *Version) inheritIDs(w *Version) {
	files := map[string]*Section{}
	for _, s := range w.Sections {
		files[s.File] = s
	}
	for _, s := range v.Sections {
		of := files[s.Base]
		if of == nil || s.inherited {
			continue
		}
		s.inherited = true
		if s.meta.id == "" {
			s.ID = of.ID
		}
		if s.meta.was == nil {
			s.Was = of.Was
		}
	}
}

// GivenDates returns the dates that the version's own front matter states, zero where
// it does not.
func (v *Version) GivenDates() (published, effective Date) {
	return v.meta.published, v.meta.effective
}

// Index returns the name of the file that holds the version's settings.
func (v *Version) Index() string { return path.Base(v.meta.file) }

// Behind returns the version of the original of d that is in force on day, where that is
// newer than the one that d's version in force translates; else, and of an original, nil.
func (d *Document) Behind(day Date) *Version {
	if d.Original == nil {
		return nil
	}
	now, is := d.Original.On(day).InForce, d.On(day).InForce
	if now == nil || is == nil || now.Number.Compare(is.Translates) <= 0 {
		return nil
	}
	return now
}

// anySince reports whether is holds for a version of d that new, a version of a
// translation, brings and the one before it did not.
func (d *Document) anySince(old, new *Version, is func(*Version) bool) bool {
	return slices.ContainsFunc(d.Versions, func(w *Version) bool {
		return w.Number.Compare(old.Translates) > 0 && w.Number.Compare(new.Translates) <= 0 && is(w)
	})
}
