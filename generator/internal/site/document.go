package site

import (
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// An Entry is a document in a few words, for the pages that list all of them
// and for a build's report.
type Entry struct {
	Name      string // of the document's folder
	Title     string
	Published bool // a version of it is known to the public
	Versions  int  // that are known to the public
	Redlines  int  // pages that compare two versions

	Number    string // of the version in force; empty before there is one
	Updated   legal.Date
	Effective legal.Date // of the version in force
	Upcoming  legal.Date // from when the next one applies; zero where there is none
	Modified  legal.Date // the newest date on which anything happened
	Engine    bool       // browsers are to compare its versions

	Language     string  // of the text
	Translations []Entry // of an original
}

// A document is one whose files are being made.
type document struct {
	*Builder
	*legal.Document
	comparer *redline.Comparer
	standing legal.Standing
	hash     Hash
	family   []*document                     // the original and its translations; it is one of them
	selfName string                          // of the language, in itself
	ofs      map[legal.Number]*legal.Version // of a translation: the newest known version that is of one of the original's
	was      Reuse
	memory   *Memory
	texts    map[*legal.Version]string // see says
	lengths  map[*legal.Text]length
	definer  *legal.Definer
	files    *tree.Tree // that were not handed on yet
	held     int        // their bytes
	emit     func(*tree.Tree) error
	only     string       // the one file that is made; empty: all are
	review   *DraftReview // on the draft's page; nil: none
	title    string
	changes  []change // of the known versions, oldest first
	redlines int
	history  []*past                   // see pasts
	cuttings map[cutting]template.HTML // see cutOut
}

// A change is what a version brought, as the changelog and feeds say it.
type change struct {
	*legal.Version
	before  *legal.Version // nil of the first
	figures redline.Summary

	sections []SectionChange
	content  template.HTML // for feeds; of the newest alone, if its page was made
	summary  template.HTML // for feeds
}

// A Hash returns the hash that a version of a document or translation was released with,
// or "".
type Hash func(document string, n legal.Number) string

// Document makes all files of doc and its translations and hands them to emit, some at a
// time, so that a long history is never in memory whole. Pages that were given it by was
// are kept, and not among them.
func (b *Builder) Document(doc *legal.Document, hash Hash, was Reuse, emit func(*tree.Tree) error) (Entry, *Memory, error) {
	all := b.family(doc, hash)
	for _, d := range all {
		d.was, d.emit = was, emit
		if err := d.make(); err != nil {
			return Entry{}, nil, err
		}
	}
	return entryOf(all), all[0].memory, nil
}

func (b *Builder) document(doc *legal.Document, hash Hash) *document {
	d := &document{Builder: b, Document: doc, comparer: redline.NewComparer(), standing: doc.On(b.day), hash: hash,
		memory: newMemory(), texts: map[*legal.Version]string{}, lengths: map[*legal.Text]length{}, definer: legal.NewDefiner(), files: &tree.Tree{},
		cuttings: map[cutting]template.HTML{}}
	d.title = d.currentTitle()
	return d
}

// make makes the files and hands them to emit.
func (d *document) make() error {
	steps := []func() error{d.versionPages, d.changePages, d.inForcePage, d.upcomingPage, d.sincePages,
		d.comparePages, d.changelog, d.sectionPages, d.onPage, d.record, d.timeMap, d.feeds, d.textFiles, d.compareTexts, d.attachments}
	switch {
	case len(d.standing.Known) > 0:
	case d.Original != nil && !d.opts.Drafts:
		return nil
	default:
		steps = []func() error{d.unpublishedPage}
	}
	if d.showsDraft() {
		steps = append(steps, d.draftPages)
	} else if d.review != nil {
		steps = append(steps, d.noDraftPage)
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return d.emit(d.files)
}

// put makes a page of a kind.
func (d *document) put(file, kind string, data any) error {
	if !d.wants(file) {
		return nil
	}
	page, err := d.page(file, kind, data)
	if err != nil {
		return err
	}
	return d.keep(file, page)
}

// emitBytes is how much of a document's files is held before it is handed on.
const emitBytes = 4 << 20

// keep adds a file, and hands on what there is once it is enough.
func (d *document) keep(file string, data []byte) error {
	d.files.Put(file, data)
	if d.held += len(data); d.held < emitBytes {
		return nil
	}
	full := d.files
	d.files, d.held = &tree.Tree{}, 0
	return d.emit(full)
}

// currentTitle returns the title of the version in force, or of what comes
// nearest to it. The title of a draft is not for the public.
func (d *document) currentTitle() string {
	switch {
	case d.standing.InForce != nil:
		return clean(d.standing.InForce.Title)
	case len(d.standing.Upcoming) > 0:
		return clean(d.standing.Upcoming[0].Title)
	case d.opts.Drafts && d.Draft != nil:
		return clean(d.Draft.Title)
	}
	return d.Name
}

func (d *document) showsDraft() bool { return d.opts.Drafts && d.HasDraft() }

func (d *document) entry() Entry {
	e := Entry{
		Name:      d.Name,
		Title:     d.title,
		Published: len(d.standing.Known) > 0,
		Versions:  len(d.standing.Known),
		Redlines:  d.redlines,
		Updated:   d.standing.LastUpdated,
		Engine:    d.hasEngine(),
		Language:  d.site.Language,
	}
	if v := d.standing.InForce; v != nil {
		e.Number, e.Effective = v.Number.String(), v.Effective
	}
	if len(d.standing.Upcoming) > 0 {
		e.Upcoming = d.standing.Upcoming[0].Effective
	}
	for _, v := range d.standing.Known {
		for _, day := range []legal.Date{v.Published, v.Effective} {
			if !day.After(d.day) && day.After(e.Modified) {
				e.Modified = day
			}
		}
	}
	return e
}

// path returns the site's path of a file or folder of the document.
func (d *document) path(name string) string { return d.Name + "/" + name }

// dir returns the folder of a version.
func dir(v *legal.Version) string { return v.Number.String() }

// before returns the known version before v, and after the one after it; nil
// where there is none.
func (d *document) before(v *legal.Version) *legal.Version {
	if i := slices.Index(d.standing.Known, v); i > 0 {
		return d.standing.Known[i-1]
	}
	return nil
}

func (d *document) after(v *legal.Version) *legal.Version {
	if i := slices.Index(d.standing.Known, v); i >= 0 && i+1 < len(d.standing.Known) {
		return d.standing.Known[i+1]
	}
	return nil
}

// A state is what a version is on the day of the site.
type state int

const (
	superseded state = iota
	inForce
	upcoming
	draft
)

func (d *document) state(v *legal.Version) state {
	switch {
	case v == d.Draft:
		return draft
	case v == d.standing.InForce:
		return inForce
	case slices.Contains(d.standing.Upcoming, v):
		return upcoming
	}
	return superseded
}

// replacement returns the version that took v's place before v ever applied,
// or nil.
func (d *document) replacement(v *legal.Version) *legal.Version {
	i := slices.Index(d.standing.Known, v)
	if i < 0 {
		return nil
	}
	for _, w := range slices.Backward(d.standing.Known[i+1:]) {
		if !w.Effective.After(v.Effective) {
			return w
		}
	}
	return nil
}

// updated returns what Last Updated says of v when it is in force.
func (d *document) updated(v *legal.Version) legal.Date {
	var date legal.Date
	for _, w := range d.standing.Known {
		if w.Material {
			date = w.Published
		}
		if w == v {
			break
		}
	}
	return date
}

// source returns v's text as a page shows it.
func (d *document) source(p place, v *legal.Version, here bool) *source {
	s := &source{place: p, doc: d.Name, version: v, names: d.names, here: here, dir: "draft"}
	if v != d.Draft {
		s.dir = dir(v)
	}
	return s
}

// frame returns the Frame of a page of the document. Crumbs lead to it.
func (d *document) frame(file, title, documentTitle string, crumbs ...Link) Frame {
	full := title
	if title != documentTitle {
		full += " – " + documentTitle
	}
	f := d.Builder.frame(file, full+" – "+d.site.Title)
	f.Share.Title = clean(full)
	p := place{page: file}
	f.Languages, f.Relations = d.languages(file)
	f.Prevailing = d.prevailing(file)
	f.Crumbs = []Link{{f.Home, d.words.Documents}, {p.to(d.path("")), clean(documentTitle)}}
	f.Crumbs = append(f.Crumbs, crumbs...)
	f.Crumbs[len(f.Crumbs)-1].Href = ""
	f.Relations = append(f.Relations,
		Relation{Rel: "alternate", Type: "application/atom+xml", Title: d.words.Atom, Href: p.to(d.path("feed.atom"))},
		Relation{Rel: "alternate", Type: "application/feed+json", Title: d.words.JSON, Href: p.to(d.path("feed.json"))},
		Relation{Rel: "alternate", Type: "application/json", Title: d.words.Record, Href: p.to(d.path("versions.json"))},
	)
	return f
}

// attachments publishes the files that belong to the versions.
func (d *document) attachments() error {
	for _, v := range d.standing.Known {
		if err := d.attach(v, d.path(dir(v))); err != nil {
			return err
		}
	}
	return nil
}

func (d *document) attach(v *legal.Version, dir string) error {
	for _, name := range v.Attachments {
		if !d.wants(dir + "/" + name) {
			continue
		}
		data, err := fs.ReadFile(d.Builder.files, path.Join(v.Dir, name))
		if err != nil {
			return fmt.Errorf("read an attachment: %w", err)
		}
		if err := d.keep(dir+"/"+name, data); err != nil {
			return err
		}
	}
	return nil
}

// summaryHTML renders a version's summary.
func (d *document) summaryHTML(p place, v *legal.Version) template.HTML {
	if v.Summary == nil {
		return ""
	}
	s := d.source(p, v, false)
	m := &markup{words: d.words, old: s, new: s, look: look{Shift: 3}, dirs: directionsOf(direction(d.site.Language), v.Summary)}
	if d.words.Beside == "" {
		m.section(marked(v.Summary), nil, "")
		return m.HTML()
	}
	m.raw("<div")
	m.attr("lang", d.words.Beside)
	m.raw(">\n")
	m.section(marked(v.Summary), nil, "")
	m.raw("</div>\n")
	return m.HTML()
}
