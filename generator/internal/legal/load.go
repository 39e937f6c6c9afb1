package legal

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Load reads a document of lib: its frozen versions, its working text, and both of its
// translations. A
// file with a fault is read as far as that goes, so that one run finds the
// problems of all. An error is one of reading, not of content.
func Load(lib *Library, name string) (*Document, []Problem, error) {
	r, err := NewReader(lib, name)
	if err != nil {
		return nil, nil, err
	}
	return r.Read()
}

// A loader reads one document. Equal files of its versions are parsed once.
type loader struct {
	lib      *Library
	tag      string   // the language of the translation that is read; empty: the original is
	tags     []string // the document's languages but the original's
	parsed   map[source]parsed
	texts    map[[sha256.Size]byte]*Text
	safe     map[[sha256.Size]byte]bool // the pictures that were looked at
	problems []Problem
}

func newLoader(lib *Library) *loader {
	return &loader{
		lib:    lib,
		parsed: map[source]parsed{},
		texts:  map[[sha256.Size]byte]*Text{},
		safe:   map[[sha256.Size]byte]bool{},
	}
}

// A source is a Markdown file's bytes, by their hash, as the kind of file that it is.
type source struct {
	sum               [sha256.Size]byte
	index, translated bool
}

// A parsed is a Markdown file that has no fault in itself.
type parsed struct {
	meta *meta
	body *Text
}

func (l *loader) problem(pos Pos, rule, msg, hint string) {
	l.problems = append(l.problems, Problem{Pos: pos, Rule: rule, Msg: msg, Hint: hint})
}

// VersionsDir is the folder in a document's that holds its frozen versions.
const VersionsDir = "versions"

func (l *loader) versions(doc *Document) error {
	dir := VersionsFolder(doc.Name)
	entries, err := fs.ReadDir(l.lib.Files, dir)
	if err != nil && !isNotExist(err) {
		return err
	}
	for _, e := range entries {
		pos := Pos{File: l.lib.path(path.Join(dir, e.Name()))}
		n, err := ParseNumber(e.Name())
		switch {
		case e.Type()&fs.ModeSymlink != 0:
			l.problems = append(l.problems, symlink(pos))
		case !e.IsDir() && strings.HasSuffix(e.Name(), ".sum"), e.IsDir() && l.tag == "" && slices.Contains(l.tags, e.Name()):
		case !e.IsDir() || err != nil:
			l.problem(pos, "unexpected-file", "the folder of frozen versions holds something that is none",
				"remove it; a version is frozen by: codicil release "+doc.Name)
		default:
			v, err := l.version(path.Join(dir, e.Name()))
			if err != nil {
				return err
			}
			if v == nil {
				continue
			}
			l.frozen(v, n)
			doc.Versions = append(doc.Versions, v)
		}
	}
	slices.SortFunc(doc.Versions, func(a, b *Version) int { return a.Number.Compare(b.Number) })
	return nil
}

func isNotExist(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// frozen holds the version in the folder of number n to that number.
func (l *loader) frozen(v *Version, n Number) {
	if v.Number != n {
		l.problem(v.Pos("version"), "wrong-version",
			fmt.Sprintf("the version frozen as %s calls itself %s", n, v.Number), "restore the file as it was released")
	}
	if l.tag == "" && v.Effective.IsZero() && v.meta.at["effective"] == (Pos{}) {
		l.problem(v.Pos("effective"), "missing-effective", "the version does not say from when it applies", "restore the file as it was released")
	}
	v.Number = n
}

func (l *loader) draft(doc *Document) error {
	v, err := l.version(doc.Folder())
	if err != nil || v == nil {
		return err
	}
	doc.Draft = v
	newest := doc.Newest()
	if newest == nil {
		return nil
	}
	if v.Number.IsZero() {
		v.Number = newest.Number
	}
	if v.Number.Compare(newest.Number) < 0 {
		l.problem(v.Pos("version"), "version-order",
			fmt.Sprintf("the working text calls itself %s, but %s is released already", v.Number, newest.Number),
			"write version: "+newest.Number.String()+"; the next release gives it its number")
	}
	return nil
}

// version reads the files of dir as a version, or nil where there is no
// index.md and something says so.
func (l *loader) version(dir string) (*Version, error) {
	entries, err := fs.ReadDir(l.lib.Files, dir)
	if err != nil {
		return nil, err
	}
	index := l.named("index.md")
	v := &Version{Dir: dir, Opening: NewText(nil), meta: &meta{file: l.lib.path(path.Join(dir, index)), at: map[string]Pos{}}}
	working := !inVersion(dir + "/")
	var sharedNames []string
	found := false
	for _, e := range entries {
		name := e.Name()
		file := path.Join(dir, name)
		pos := Pos{File: l.lib.path(file)}
		read := len(v.Files)
		switch {
		case strings.HasPrefix(name, "."), name == VersionsDir && !strings.Contains(dir, "/") && e.IsDir():
			continue
		case e.Type()&fs.ModeSymlink != 0:
			l.problems = append(l.problems, symlink(pos))
		case e.IsDir():
			l.problem(pos, "unexpected-folder", "a document holds files, not folders", "move its files beside the sections")
		case !e.Type().IsRegular():
			l.problem(pos, "unexpected-file", "this is not a file that can be published", "remove it")
		case working && l.partOf(name) == shared && l.tag != "":
			sharedNames = append(sharedNames, name)
			continue
		case working && l.partOf(name) != own:
			continue
		case name == index:
			found = true
			err = l.index(v, file)
		case strings.HasSuffix(name, ".md"):
			err = l.section(v, file)
		default:
			err = l.attachment(v, file)
		}
		if err == nil && len(v.Files) == read {
			err = l.note(v, file)
		}
		if err != nil {
			return nil, err
		}
	}
	if !found {
		l.noIndex(v.meta.file)
		return nil, nil
	}
	if err := l.attachShared(v, sharedNames); err != nil {
		return nil, err
	}
	slices.SortStableFunc(v.Sections, func(a, b *Section) int { return compareNames(a.Base, b.Base) })
	slices.Sort(v.Attachments)
	slices.SortFunc(v.Files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return v, nil
}

func (l *loader) noIndex(file string) {
	if l.tag == "" {
		l.problem(Pos{File: file}, "missing-file", "the document has no index.md",
			"write the file with the document's title, version and effective date")
		return
	}
	l.problem(Pos{File: file}, "missing-file", "the translation has no "+path.Base(file),
		"write the file with the title in that language and the version of the original that it translates; files whose names end in ."+l.tag+".md belong to it")
}

func (l *loader) index(v *Version, file string) error {
	keys := indexKeys
	if l.tag != "" {
		keys = translationKeys
	}
	p, err := l.markdown(v, file, keys)
	if err != nil || p.meta == nil {
		return err
	}
	m := p.meta
	v.meta = m
	v.Title, v.Number, v.Published, v.Effective = m.title, m.version, m.published, m.effective
	v.Notice, v.Reason, v.Kind, v.Reviewed, v.Prevails = m.notice, m.reason, m.kind, m.reviewed, m.prevails
	v.Numbered = m.numbered != nil && *m.numbered
	v.Announced = !v.Published.IsZero()
	if !v.Announced {
		v.Published = v.Effective
	}
	if strings.TrimSpace(m.summary) != "" {
		at := m.pos("summary")
		v.Summary = l.text([]byte(m.summary), at.File, at.Line+1)
	}
	v.Opening = p.body
	return nil
}

// markdown reads and parses a Markdown file of v. One that cannot be read as
// text has no meta.
func (l *loader) markdown(v *Version, file string, keys []string) (parsed, error) {
	data, f, err := l.file(v, file)
	name := l.lib.path(file)
	if err != nil {
		return parsed{}, err
	}
	if data == nil {
		l.problems = append(l.problems, tooLarge(name))
		return parsed{}, nil
	}
	key := source{f.Sum, path.Base(file) == l.named("index.md"), l.tag != ""}
	if p, ok := l.parsed[key]; ok {
		m := *p.meta
		m.file = name
		return parsed{&m, p.body}, nil
	}
	before := len(l.problems)
	text, problems := decode(data, name)
	l.problems = append(l.problems, problems...)
	m, body, problems := front(text, name, keys)
	l.problems = append(l.problems, problems...)
	l.needTitle(m)
	p := parsed{m, l.text(body, name, m.bodyLine)}
	if len(l.problems) == before {
		l.parsed[key] = p
	}
	return p, nil
}

func (l *loader) needTitle(m *meta) {
	if strings.TrimSpace(m.title) == "" && m.read && !slices.ContainsFunc(l.problems, func(p Problem) bool { return p.Pos == m.pos("title") }) {
		l.problem(m.pos("title"), "missing-title", "the file has no title", "add a line title: … to its front matter")
	}
}

func (l *loader) section(v *Version, file string) error {
	p, err := l.markdown(v, file, sectionKeys)
	if err != nil || p.meta == nil {
		return err
	}
	m := p.meta
	s := &Section{ID: m.id, Was: m.was, Title: m.title, File: path.Base(file), Base: l.base(path.Base(file)), meta: m}
	if s.ID == "" {
		s.ID = fileID(s.Base)
		if !ValidID(s.ID) {
			hint := "rename the file, e.g. 10-our-role.md, or give it an id: in its front matter"
			if strings.Contains(s.ID, ".") {
				hint = "if it is a translation, write its language as a tag, e.g. 10-our-role.pt-BR.md; if not, without the dot, e.g. 10-our-role.md"
			}
			l.problem(Pos{File: m.file}, "bad-name", "the file's name cannot be an anchor", hint)
			s.ID = cmp.Or(Slug(s.ID), "section")
		}
	}
	s.Body = p.body
	v.Sections = append(v.Sections, s)
	return nil
}

// text parses body, or takes the text that was parsed from the same bytes.
func (l *loader) text(body []byte, file string, line int) *Text {
	key := sha256.Sum256(body)
	if t, ok := l.texts[key]; ok {
		return t
	}
	t, problems := Parse(body, file, line)
	if inVersion(file) {
		// What is frozen cannot be mended; what is said of it is a word of
		// warning, and is said of the first version alone.
		for i := range problems {
			problems[i].Severity = Warning
		}
	}
	l.problems = append(l.problems, problems...)
	l.texts[key] = t
	return t
}

var numberPrefix = regexp.MustCompile(`^\d+[-_. ]+`)

// fileID returns a section's id as its file's name gives it.
func fileID(name string) string {
	return numberPrefix.ReplaceAllString(strings.TrimSuffix(name, ".md"), "")
}

// compareNames orders file names by the number that they begin with, then
// by their bytes: 9-a.md, 10-a.md, a.md.
func compareNames(a, b string) int {
	return cmp.Or(cmp.Compare(leadingNumber(a), leadingNumber(b)), strings.Compare(a, b))
}

func leadingNumber(name string) int {
	digits := name[:len(name)-len(strings.TrimLeft(name, "0123456789"))]
	n, err := strconv.Atoi(digits)
	if err != nil {
		return int(^uint(0) >> 1)
	}
	return n
}

// derive fills in what follows from the history: what kind of change each
// version is, whether it is material or to be accepted again, and since when each section reads as
// it does.
func derive(doc *Document) {
	var before *Version
	all := doc.Versions
	if doc.Draft != nil {
		all = append(slices.Clip(all), doc.Draft)
	}
	for _, v := range all {
		v.Change = Edition
		if before != nil {
			v.Change = v.Number.Since(before.Number)
		}
		v.Material = v.Change != Correction
		if before != nil && v.Translates != before.Translates {
			v.Material = doc.Original.anySince(before, v, func(w *Version) bool { return w.Material })
		}
		if m, given := v.GivenMaterial(); given {
			v.Material = m
		}
		v.Reaccept = v.Change == Edition && v.Material
		if before != nil && v.Translates != before.Translates {
			v.Reaccept = doc.Original.anySince(before, v, func(w *Version) bool { return w.Reaccept })
		}
		if m, given := v.GivenReaccept(); given {
			v.Reaccept = m
		}
		for _, s := range v.Sections {
			s.Version, s.Effective = v.Number, v.Effective
			if old := before.predecessor(s); old != nil && old.Digest() == s.Digest() {
				s.Version, s.Effective = old.Version, old.Effective
			} else if v == doc.Draft {
				s.Version, s.Effective = Number{}, Date{}
			}
		}
		before = v
	}
}

// predecessor returns the section of v that s continues, or nil.
func (v *Version) predecessor(s *Section) *Section {
	if v == nil {
		return nil
	}
	for _, id := range append([]string{s.ID}, s.Was...) {
		for _, old := range v.Sections {
			if old.ID == id {
				return old
			}
		}
	}
	return nil
}
