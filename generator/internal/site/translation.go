package site

import (
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A Language is a way to a page, or to the document, in another language.
type Language struct {
	Href, Tag, Dir string
	Name           string // in itself
	Here           bool   // it is that of the page
}

// A Prevailing says of a page that the text in another language prevails.
type Prevailing struct {
	Translation string // says that the page's text is a translation; of an original empty
	Link        Link   // to the text that prevails; without an address where it is not published
}

// family returns doc and its translations as their files are made.
func (b *Builder) family(doc *legal.Document, hash Hash) []*document {
	var all []*document
	memory := newMemory()
	for _, t := range doc.Texts() {
		d := b.in(t.Language).document(t, hash)
		d.memory = memory
		d.ofs = map[legal.Number]*legal.Version{}
		for _, v := range d.standing.Known {
			d.ofs[v.Translates] = v
		}
		all = append(all, d)
	}
	var tags []string
	for _, d := range all {
		tags = append(tags, d.site.Language)
	}
	for i, name := range selfNames(tags) {
		all[i].family, all[i].selfName = all, name
	}
	return all
}

// in returns b for a text in a language.
func (b *Builder) in(tag string) *Builder {
	if tag == "" || tag == b.site.Language {
		return b
	}
	other := *b
	other.site.Language = tag
	other.words = b.vocab.in(tag)
	return &other
}

// entryOf returns the entry of a document with those of its translations.
func entryOf(family []*document) Entry {
	e := family[0].entry()
	for _, d := range family[1:] {
		if d.shown() {
			e.Translations = append(e.Translations, d.entry())
		}
	}
	return e
}

// shown reports whether d has pages.
func (d *document) shown() bool { return len(d.standing.Known) > 0 || d.opts.Drafts }

// original returns the one of the family that the others are translations of.
func (d *document) original() *document { return d.family[0] }

// languages returns the ways from the page in file to the other languages, and the
// relations to the same page in them.
func (d *document) languages(file string) ([]Language, []Relation) {
	if len(d.family) < 2 {
		return nil, nil
	}
	var all []Language
	var same []Relation
	p := place{page: file}
	for _, o := range d.family {
		if !o.shown() {
			continue
		}
		target, exact := d.counterpart(file, o)
		l := Language{Href: p.to(o.path(target)), Tag: o.site.Language, Dir: direction(o.site.Language), Name: o.selfName, Here: o == d}
		all = append(all, l)
		if !exact || len(o.standing.Known) == 0 {
			continue
		}
		address := o.address(o.path(target))
		same = append(same, Relation{Rel: "alternate", Lang: l.Tag, Href: address})
		if o.Original == nil {
			same = append(same, Relation{Rel: "alternate", Lang: "x-default", Href: address})
		}
	}
	if len(all) < 2 {
		return nil, nil
	}
	if slices.IndexFunc(same, func(r Relation) bool { return r.Lang != d.site.Language && r.Lang != "x-default" }) < 0 {
		same = nil
	}
	return all, same
}

// counterpart returns where o shows what the page in file shows of d, below o's address,
// and whether there is such a page: if not, it returns o's own address.
func (d *document) counterpart(file string, o *document) (target string, same bool) {
	rest := strings.TrimSuffix(strings.TrimPrefix(file, d.path("")), "index.html")
	if o == d || len(o.standing.Known) == 0 {
		return rest, o == d
	}
	kind, id, _ := strings.Cut(strings.TrimSuffix(rest, "/"), "/")
	switch {
	case rest == "" || rest == "changes/":
		return rest, true
	case kind == "sections" && o.hasSection(id):
		return rest, true
	case id != "":
		return "", false
	}
	n, err := legal.ParseNumber(kind)
	if err != nil {
		return "", false
	}
	if v := d.sameVersion(n, o); v != nil {
		return dir(v) + "/", true
	}
	return "", false
}

// hasSection reports whether the text that is current has the section.
func (d *document) hasSection(id string) bool {
	v := d.standing.Known[len(d.standing.Known)-1]
	return slices.ContainsFunc(v.Sections, func(s *legal.Section) bool { return s.ID == id })
}

// sameVersion returns the version of o that says what d's version n does, or nil.
func (d *document) sameVersion(n legal.Number, o *document) *legal.Version {
	if d.Original != nil {
		v := d.Version(n)
		if v == nil {
			return nil
		}
		n = v.Translates
	}
	if o.Original != nil {
		return o.ofs[n]
	}
	if v := o.Version(n); v != nil && slices.Contains(o.standing.Known, v) {
		return v
	}
	return nil
}

// prevailing says on the page in file which text prevails over it.
func (d *document) prevailing(file string) *Prevailing {
	tag := d.prevails()
	if tag == "" || tag == d.site.Language {
		return nil
	}
	out := &Prevailing{Link: Link{Text: d.words.TextPrevails(nameIn(d.words, tag))}}
	if d.Original != nil {
		out.Translation = d.words.IsTranslation
	}
	for _, o := range d.family {
		if o.site.Language == tag && len(o.standing.Known) > 0 {
			target, _ := d.counterpart(file, o)
			out.Link.Href = place{page: file}.to(o.path(target))
			return out
		}
	}
	return nil
}

// prevails returns the language of the text that prevails, or "".
func (d *document) prevails() string {
	o := d.original()
	tag := ""
	switch {
	case o.standing.InForce != nil:
		tag = o.standing.InForce.Prevails
	case len(o.standing.Upcoming) > 0:
		tag = o.standing.Upcoming[0].Prevails
	case o.Draft != nil:
		tag = o.Draft.Prevails
	}
	if tag == "" {
		tag = d.site.Prevails
	}
	return tag
}

// lag says on a page of a translation that its original has a newer version in force,
// and leads to that and to what changed; nil where it does not lag.
func (d *document) lag(p place) *Status {
	now := d.Behind(d.day)
	if now == nil {
		return nil
	}
	o, of := d.original(), d.standing.InForce.Translates
	name := nameIn(d.words, o.site.Language)
	return &Status{Kind: "lagging", Text: d.words.Lags(name, of, now), Links: []Link{
		{p.to(o.path("")), d.words.ReadOriginal(name)},
		{p.to(o.path("since/" + of.String() + "/")), d.words.OriginalChanged(name, of)},
	}}
}
