// Package site makes every file of the published site out of the content:
// pages, changelogs, redlines, feeds and records. It reads no disk and no
// clock: the same library, day and options give the same bytes.
//
// # The files
//
// Of the site, by Index:
//
//	index.html                  the documents
//	404.html                    for addresses that there are not
//	sitemap.xml, robots.txt     for search engines
//	llms.txt                    for language models
//	assets/codicil.HASH.css     the style sheet; assets/icon.HASH.svg, assets/stale.HASH.js
//
// Of a document, by Document, below its name:
//
//	index.html                  the version in force
//	upcoming/index.html         the next version, or that there is none
//	1.1.0/index.html            a version, at its permanent address
//	NAME.md, NAME.txt           its text alone; see texts.go
//	1.1.0/NAME-1.1.0.md, .txt   the same of a version
//	1.1.0/FILE                  a file that belongs to it
//	changes/index.html          the changelog
//	changes/2024/index.html     the versions of a year, where the changelog would be long
//	changes/1.1.0/index.html    the redline from the version before
//	changes/1.1.0/side-by-side/index.html
//	                            the same in two columns, of the first fifty versions and the editions
//	since/1.0.0/index.html      the redline from that version to the one in force
//	on/index.html               which version was in force on a day
//	sections/ID/index.html      a section's text through all versions
//	sections/ID/2024/index.html the same in a year, where it would be long
//	compare/index.html          any two versions, to be picked
//	compare/1.0.0/1.2.0/index.html  the redline between two of the first versions
//	1.1.0/text.json             a version for browsers that compare (CompareText), where
//	                            the document has pairs of versions without a page
//	versions.json               the record for machines (Record)
//	versions.schema.json        its JSON Schema
//	timemap.link                when each version took effect (Memento)
//	feed.atom, feed.json        the changes, with their redlines
//	draft/index.html            the working text, where drafts are shown
//	draft/changes/index.html    its redline
//
// Of a translation the same, below its language:
//
//	de/index.html               the version of the translation that is in force
//	de/1.0.0/index.html, …
//
// What stands at an address follows from the day: a version that is not
// published on it has no file, and no page names it.
//
// # The pages
//
// Pages are templates, one a kind of page, in base.tmpl. They get typed data
// (Frame and the Page types) and hold no words of their own: those are in
// Words. A text's HTML is written by markup alone.
//
// No page holds a style or a script that runs (Work is data), and a
// Content-Security-Policy forbids both, as well as any request to another host:
// what asks the site itself is a script of its own, or a tool that looks at the page.
// Scripts are files of the site (Frame.Scripts, Stale), deferred, and no page needs
// one to be read. No page but the changelog and the record names more versions than
// its neighbours, so that a release rewrites few pages.
package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// Options say what a site holds beside what is published.
type Options struct {
	Drafts    bool    // show working texts that differ from the newest version
	Templates fs.FS   // files that take the place of the tool's own of the same name; nil: none
	Engine    *Engine // with which browsers compare versions; nil: they cannot
}

// A Builder makes the files of a site. It may be used by several goroutines.
type Builder struct {
	site   legal.Site
	files  fs.FS
	names  []string // of the documents
	day    legal.Date
	opts   Options
	vocab  vocabulary
	words  *Words
	pages  map[string]*template.Template
	assets map[string]asset

	redlineLook []templateFile // of the page of a redline, where the site has templates of its own
	look        string         // a hash of templates and assets
}

// An asset is a file that pages need, at an address that changes with it.
type asset struct {
	path string
	data []byte
}

// New returns a Builder for lib that shows the site of a day.
func New(lib *legal.Library, day legal.Date, opts Options) (*Builder, error) {
	b := &Builder{
		site:   lib.Site,
		files:  lib.Files,
		names:  lib.Documents,
		day:    day,
		opts:   opts,
		pages:  map[string]*template.Template{},
		assets: map[string]asset{},
	}
	if err := b.dress(looks{opts.Templates}); err != nil {
		return nil, err
	}
	if e := opts.Engine; e != nil {
		b.asset(engineScript, engineScript, e.Script)
		b.asset(engineModule, engineModule, e.Module)
		if b.redlineLook != nil {
			look, err := compactJSON(b.redlineLook)
			if err != nil {
				return nil, err
			}
			b.asset(engineLook, engineLook, look)
		}
	}
	return b, nil
}

// asset adds the asset that is known by key, at an address that begins with a file's name
// and changes with what it holds.
func (b *Builder) asset(key, file string, data []byte) {
	sum := sha256.Sum256(data)
	ext := path.Ext(file)
	name := strings.TrimSuffix(file, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	b.assets[key] = asset{"assets/" + name, data}
}

// spoken returns the words of the style sheet as its properties, in the languages
// that there are words in; English for all others.
func (b *Builder) spoken() []byte {
	style := b.vocab.in("").spoken("html")
	langs := slices.Concat(slices.Collect(maps.Keys(builtIn)), slices.Collect(maps.Keys(b.vocab)))
	slices.Sort(langs)
	for _, lang := range slices.Compact(langs) {
		if lang != "en" {
			style = append(style, b.vocab.in(lang).spoken("html:lang("+lang+")")...)
		}
	}
	return style
}

func (w *Words) spoken(selector string) []byte {
	var b bytes.Buffer
	quote := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ")
	fmt.Fprintf(&b, "%s {", selector)
	for _, p := range [][2]string{
		{"inserted-start", w.InsertedStart}, {"inserted-end", w.InsertedEnd},
		{"deleted-start", w.DeletedStart}, {"deleted-end", w.DeletedEnd}, {"moved-end", w.MovedEnd},
	} {
		fmt.Fprintf(&b, ` --%s: " %s ";`, p[0], quote.Replace(p[1]))
	}
	b.WriteString(" }\n")
	return b.Bytes()
}

// A Frame is what every page has. Addresses are links from the page, or
// absolute where it is said.
type Frame struct {
	Words        *Words
	Lang, Dir    string
	Site         string // its title
	Organisation string
	Contact      string // a mailto link or an address, or empty
	ContactText  string
	Title        string // of the page, for a browser's tab
	Description  string // for search engines
	Canonical    string // absolute; empty where there is none
	NoIndex      bool   // search engines are to leave the page out
	Style, Icon  string
	Logo         *Logo // nil: the site's title stands in words
	Fonts        bool  // pages load type from the site
	Home         string
	Crumbs       []Link      // the way to the page; the last is the page itself and has no address
	Languages    []Language  // that the document is in; empty where it is in one
	Prevailing   *Prevailing // nil where no other text prevails over this one
	Relations    []Relation
	Scripts      []string // of the page; it says the same without them
	Foot         string   // at the foot of every printed page
	Worker       bool     // a script runs another beside the page
	Stale        *Stale   // nil where nothing that was released will change the page
	Share        *Share   // shown where the page has a canonical address
	Work         *Work    // what search engines are told of the text; nil: nothing
}

// A Link is a link in words.
type Link struct {
	Href, Text string
}

// A Relation is a link from the page as a whole, in its head.
type Relation struct {
	Rel, Lang, Type, Title, Href string
}

// frame returns the Frame of the page in file.
func (b *Builder) frame(file, title string) Frame {
	p := place{page: file}
	f := Frame{
		Words:        b.words,
		Lang:         b.site.Language,
		Dir:          direction(b.site.Language),
		Site:         clean(b.site.Title),
		Organisation: clean(b.site.Organisation),
		Title:        clean(title),
		Style:        p.to(b.assets["codicil.css"].path),
		Icon:         p.to(b.icon()),
		Logo:         b.logo(p),
		Fonts:        len(b.site.Theme.Fonts) > 0,
		Home:         p.to(""),
		ContactText:  clean(b.site.Contact),
	}
	f.Contact = b.contact()
	f.Share = &Share{Type: "website", Title: f.Title, Locale: locale(b.site.Language)}
	return f
}

// contact returns where the organisation can be written to, as a link: "" where
// what the site says is none.
func (b *Builder) contact() string {
	if strings.Contains(b.site.Contact, "@") && !strings.Contains(b.site.Contact, ":") {
		return "mailto:" + b.site.Contact
	}
	if href, ok := (*source)(nil).href(b.site.Contact); ok && hasScheme(href) {
		return href
	}
	return ""
}

// direction returns rtl where a language is written from right to left, ""
// where it is not.
func direction(tag string) string {
	script, _ := language.Make(tag).Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg":
		return "rtl"
	}
	return ""
}

// address returns the absolute address of a file or folder of the site.
func (b *Builder) address(target string) string {
	return place{base: b.site.URL}.to(target)
}

// put renders a page into t.
func (b *Builder) put(t *tree.Tree, file, kind string, data any) error {
	page, err := b.page(file, kind, data)
	if err != nil {
		return err
	}
	t.Put(file, page)
	return nil
}

// page returns a page of a kind.
func (b *Builder) page(file, kind string, data any) ([]byte, error) {
	var w bytes.Buffer
	if err := b.pages[kind].ExecuteTemplate(&w, "base.tmpl", data); err != nil {
		return nil, fmt.Errorf("write %s: %w", file, err)
	}
	return w.Bytes(), nil
}
