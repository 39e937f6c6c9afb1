package site

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// A MessagePage says a few words and where to go on.
type MessagePage struct {
	Frame
	Heading  string
	Message  []string
	Upcoming []Announcement
	Links    []Link
}

// An IndexPage lists the documents.
type IndexPage struct {
	Frame
	Documents []IndexEntry
}

// An IndexEntry is a document in the list of all.
type IndexEntry struct {
	Link     Link
	Notice   Notice
	Upcoming *Sentence
	Words    string // instead of the notice, before a version is in force

	Languages []Language // other than the site's
}

// Index returns the files that belong to no document. Entries may be in any
// order; one without a name is passed over.
func (b *Builder) Index(entries []Entry) (*tree.Tree, error) {
	entries = slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.Name == "" })
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)), cmp.Compare(a.Name, b.Name))
	})
	t := &tree.Tree{}
	compares := slices.ContainsFunc(entries, Entry.compares)
	for _, name := range slices.Sorted(maps.Keys(b.assets)) {
		if !compares && (name == engineScript || name == engineModule || name == engineLook) {
			continue
		}
		t.Put(b.assets[name].path, b.assets[name].data)
	}
	t.Put("robots.txt", b.robots())
	t.Put("sitemap.xml", b.sitemap(entries))
	t.Put("llms.txt", b.llms(entries))
	if err := b.notFound(t); err != nil {
		return nil, err
	}
	return t, b.index(t, entries)
}

// compares reports whether browsers are to compare versions of the document, or of a
// translation.
func (e Entry) compares() bool {
	return e.Engine || slices.ContainsFunc(e.Translations, Entry.compares)
}

func (b *Builder) index(t *tree.Tree, entries []Entry) error {
	const file = "index.html"
	page := IndexPage{Frame: b.frame(file, b.site.Title)}
	page.Canonical = b.address("")
	page.Work = b.siteWork()
	page.Description = b.words.IndexAbout(page.Organisation)
	for _, e := range entries {
		if e.Published || b.opts.Drafts {
			page.Documents = append(page.Documents, b.indexEntry(place{page: file}, e))
		}
	}
	return b.put(t, file, "index", page)
}

func (b *Builder) indexEntry(p place, e Entry) IndexEntry {
	out := IndexEntry{Link: Link{p.to(e.Name + "/"), e.Title}}
	switch {
	case !e.Published:
		out.Words = b.words.Unpublished
	case e.Number == "":
		out.Words = b.words.NotYet
	default:
		out.Notice = Notice{
			Updated:   b.words.Date(e.Updated),
			Effective: b.words.Date(e.Effective),
			Version:   b.words.VersionNamed(e.Number),
		}
	}
	names := e.languageNames()
	for _, t := range e.Translations {
		out.Languages = append(out.Languages, Language{Href: p.to(t.Name + "/"), Tag: t.Language, Dir: direction(t.Language), Name: names[t.Language]})
	}
	if e.Published {
		out.Notice.Links = []Link{{p.to(e.Name + "/changes/"), b.words.BrowseArchive}}
	}
	if !e.Upcoming.IsZero() {
		s := b.words.ChangesOn(e.Upcoming)
		out.Upcoming = &s
	}
	return out
}

// notFound writes the page for addresses that there are not. A host shows it
// at any depth, so its links begin at the host's root.
func (b *Builder) notFound(t *tree.Tree) error {
	const file = "404.html"
	page := MessagePage{
		Frame:   b.frame(file, b.words.NotFound+" – "+b.site.Title),
		Heading: b.words.NotFound,
		Message: []string{b.words.NotFoundHelp},
	}
	page.NoIndex = true
	root := b.rootPath()
	page.Home = root
	page.Style, page.Icon = root+page.Style, root+page.Icon
	if page.Logo != nil {
		page.Logo.Light = root + page.Logo.Light
		if page.Logo.Dark != "" {
			page.Logo.Dark = root + page.Logo.Dark
		}
	}
	page.Links = []Link{{root, b.words.Documents}}
	return b.put(t, file, "message", page)
}

// rootPath returns the path of the site's own address, with slashes at both ends.
func (b *Builder) rootPath() string {
	_, rest, _ := strings.Cut(b.site.URL, "://")
	_, rest, _ = strings.Cut(rest, "/")
	return "/" + rest
}
