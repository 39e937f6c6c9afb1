package site

import (
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A Work is what a page tells search engines of its text, in the words of
// schema.org, as JSON-LD: a data block in the page's head, which no browser runs.
//
// The document and its versions are works of their own. The document's address
// is that of a text that changes: it was published when its first version was, and
// modified on the day that Last Updated says. A version never changes: it has the
// day of its publication alone, the time in which it applies, the work that it is a
// version of, and the one that it was made from.
type Work struct {
	Context    string     `json:"@context,omitempty"`
	Type       string     `json:"@type"`
	ID         string     `json:"@id"`
	URL        string     `json:"url,omitempty"`
	Name       string     `json:"name,omitempty"`
	Language   string     `json:"inLanguage,omitempty"`
	Version    string     `json:"version,omitempty"`
	Status     string     `json:"creativeWorkStatus,omitempty"`
	Published  string     `json:"datePublished,omitempty"`
	Modified   string     `json:"dateModified,omitempty"`
	Applies    string     `json:"temporalCoverage,omitempty"` // an interval, as ISO 8601 writes it
	Publisher  *Publisher `json:"publisher,omitempty"`
	PartOf     *Work      `json:"isPartOf,omitempty"`
	Of         *Work      `json:"exampleOfWork,omitempty"`
	Example    *Work      `json:"workExample,omitempty"`
	From       *Work      `json:"isBasedOn,omitempty"`
	Translated *Work      `json:"translationOfWork,omitempty"`
	Encodings  []Encoding `json:"encoding,omitempty"` // the same text in other forms
}

// A Publisher is who publishes a Work.
type Publisher struct {
	Type  string `json:"@type"`
	Name  string `json:"name"`
	Email string `json:"email,omitempty"`
	URL   string `json:"url,omitempty"`
}

// An Encoding is a file with the text of a Work.
type Encoding struct {
	Type    string `json:"@type"`
	Media   string `json:"encodingFormat"`
	Address string `json:"contentUrl"`
}

const (
	schemaOrg = "https://schema.org"
	kindOfDoc = "DigitalDocument"
)

// siteWork is what the list of documents tells of the site.
func (b *Builder) siteWork() *Work {
	w := b.siteID()
	w.Context, w.URL, w.Language, w.Publisher = schemaOrg, w.ID, b.site.Language, b.publisher()
	return w
}

// siteID names the site in another work.
func (b *Builder) siteID() *Work {
	return &Work{Type: "WebSite", ID: b.address(""), Name: clean(b.site.Title)}
}

func (b *Builder) publisher() *Publisher {
	p := &Publisher{Type: "Organization", Name: clean(b.site.Organisation)}
	contact := b.contact()
	if mail, ok := strings.CutPrefix(contact, "mailto:"); ok {
		p.Email = mail
	} else {
		p.URL = contact
	}
	return p
}

// work is what the document's own page tells, which shows v.
func (d *document) work(v *legal.Version) *Work {
	w := d.documentID()
	d.describe(w, v)
	w.Published, w.Modified = d.standing.Known[0].Published.String(), d.standing.LastUpdated.String()
	w.Example = d.versionID(v)
	if d.Original != nil {
		w.Translated = d.original().documentID()
	}
	return w
}

// versionWork is what the page at v's permanent address tells.
func (d *document) versionWork(v *legal.Version) *Work {
	w := d.versionID(v)
	d.describe(w, v)
	w.Published = v.Published.String()
	w.Of = d.documentID()
	if d.Original != nil {
		w.Translated = d.original().versionID(v.Original)
	}
	if before := d.before(v); before != nil {
		w.From = d.versionID(before)
	}
	return w
}

// describe says of w what is true of v's text wherever it is shown.
func (d *document) describe(w *Work, v *legal.Version) {
	w.Context, w.URL, w.Name, w.Language, w.Version = schemaOrg, w.ID, clean(v.Title), d.site.Language, v.Number.String()
	w.Publisher, w.PartOf = d.publisher(), d.siteID()
	w.Status = "Published"
	if d.state(v) == superseded {
		w.Status = "Obsolete"
	}
	s, applies := d.applies(v)
	switch {
	case !applies:
	case s.until.IsZero():
		w.Applies = s.from.String() + "/.."
	default:
		w.Applies = s.from.String() + "/" + legal.DateOf(s.until.First().In(time.UTC).AddDate(0, 0, -1)).String()
	}
}

func (d *document) documentID() *Work {
	return &Work{Type: kindOfDoc, ID: d.address(d.path("")), Name: d.title}
}

func (d *document) versionID(v *legal.Version) *Work {
	return &Work{Type: kindOfDoc, ID: d.address(d.path(dir(v) + "/")), Version: v.Number.String()}
}

// A Share is how a page looks where somebody links to it (the Open Graph protocol).
type Share struct {
	Type, Title         string
	Locale              string // language_TERRITORY
	Published, Modified string // of an article: RFC 3339
}

// locale returns the language of tag and the territory that it is written as in: the
// likely one where tag names none.
func locale(tag string) string {
	t := language.Make(tag)
	base, _ := t.Base()
	region, _ := t.Region()
	if !region.IsCountry() {
		return base.String()
	}
	return base.String() + "_" + region.String()
}

// share makes page that of an article, which was published on a day and last modified
// on another.
func (d *document) share(page *VersionPage, published, modified legal.Date) {
	s := *page.Share
	s.Type = "article"
	if !published.IsZero() {
		s.Published = stamp(published, d.site.Zone)
	}
	if !modified.IsZero() {
		s.Modified = stamp(modified, d.site.Zone)
	}
	page.Share = &s
}
