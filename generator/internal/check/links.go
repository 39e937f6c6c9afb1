package check

import (
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// An Outline is what links between documents need to know of one: it stays when the
// document is let go.
type Outline struct {
	Name    string
	anchors map[string]bool // of the text that is, or comes next, in force
	pos     legal.Pos       // where an anchor can be mended
	links   []crossLink

	translations []*Outline
}

// A crossLink leads from one document to another.
type crossLink struct {
	document, id string
	text         string // what the link is set on
	where        string // in which section it stands
	frozen       string // in which version; "" in the working text
	elsewhere    bool   // written in full, so that it may be none of a document
	pos          legal.Pos
}

// Outlined returns the outline of a document, with those of its translations.
func Outlined(r *Review) *Outline {
	o := outlined(r)
	for _, t := range r.Translations {
		o.translations = append(o.translations, outlined(&Review{Document: t, Library: r.Library}))
	}
	return o
}

func outlined(r *Review) *Outline {
	o := &Outline{Name: r.Name, anchors: map[string]bool{"": true}}
	current := r.Draft
	if current == nil {
		current = r.Newest()
	}
	if current == nil {
		return o
	}
	o.pos = current.Pos("title")
	for _, s := range current.Sections {
		o.anchors[s.ID] = true
		for _, id := range s.Was {
			o.anchors[id] = true
		}
		for _, a := range legal.Anchors(s) {
			o.anchors[a] = true
		}
	}
	read := map[*legal.Text]bool{}
	for _, v := range r.Versions {
		o.read(v, v.Number.String(), r, read)
	}
	if r.Draft != nil {
		o.read(r.Draft, "", r, map[*legal.Text]bool{})
	}
	return o
}

// SameAnchors reports whether links to the document lead to the same places as with other.
func (o *Outline) SameAnchors(other *Outline) bool {
	return o.Name == other.Name && maps.Equal(o.anchors, other.anchors) && slices.EqualFunc(o.translations, other.translations, (*Outline).SameAnchors)
}

// read notes the links of v that lead to other documents. Texts that were read already,
// which versions share, are passed over.
func (o *Outline) read(v *legal.Version, frozen string, r *Review, read map[*legal.Text]bool) {
	look := func(t *legal.Text, where string, pos func(int) legal.Pos) {
		if read[t] {
			return
		}
		read[t] = true
		for i := range t.Blocks {
			b := &t.Blocks[i]
			for _, run := range slices.Concat(b.Cells...) {
				document, id, ok := crossing(run.Link, o.Name, r.Library.Site.URL)
				if !ok {
					continue
				}
				at := pos(b.Line)
				if frozen == "" {
					p := passage{Block: b, words: b.Words(), pos: at}
					if i := strings.Index(p.words, run.Text); i >= 0 {
						at = r.place(&p, i, i+len(run.Text))
					}
				}
				full := strings.Contains(run.Link, "://")
				o.links = append(o.links, crossLink{document, id, run.Text, where, frozen, full, at})
			}
		}
	}
	look(v.Opening, "the opening text", v.BodyPos)
	for _, s := range v.Sections {
		look(s.Body, "the section "+quoted(s.Title), s.BodyPos)
	}
}

// crossing returns to which document and section of the site a link leads from document
// from, if it leads to the current text of one.
func crossing(link, from, site string) (document, id string, ok bool) {
	if link == "" || strings.HasPrefix(link, "#") {
		return "", "", false
	}
	rest, within := strings.CutPrefix(link, site)
	if site == "" || !within {
		u, err := url.Parse(link)
		if err != nil || u.Scheme != "" || u.Host != "" {
			return "", "", false
		}
		rest = link
	}
	where, id, _ := strings.Cut(rest, "#")
	where, _, _ = strings.Cut(where, "?")
	if !within && !strings.HasPrefix(where, "/") {
		where = path.Join("/", legal.Folder(from), where) // relative to the document's page
	}
	document = strings.Trim(path.Clean("/"+where), "/")
	document = strings.TrimSuffix(document, "/index.html")
	if document == from || !legal.ValidName(document) {
		return "", "", false
	}
	return document, id, true
}

// Links returns the problems of the links between documents: those of working texts that
// lead nowhere, and ids that links of frozen versions lead to and the current text does
// not have any more.
func Links(site legal.Site, outlines []*Outline) []legal.Problem {
	rule := byID()["dangling-link"]
	return rule.links(site, outlines)
}

func (rule *Rule) links(site legal.Site, outlines []*Outline) []legal.Problem {
	severity := rule.severity(site)
	if severity == legal.Off {
		return nil
	}
	problems := rule.across(outlines)
	for i := range problems {
		problems[i].Rule, problems[i].Severity = rule.ID, severity
	}
	return legal.SortProblems(problems)
}

func danglingLinks(documents []*Outline) []legal.Problem {
	known := map[string]*Outline{}
	var outlines []*Outline
	for _, o := range documents {
		outlines = append(append(outlines, o), o.translations...)
	}
	for _, o := range outlines {
		known[o.Name] = o
	}
	var problems []legal.Problem
	said := map[[2]string]bool{}
	for _, o := range outlines {
		for _, l := range o.links {
			to := known[l.document]
			switch {
			case to != nil && to.anchors[l.id], to == nil && l.elsewhere:
			case l.frozen == "" && to == nil:
				problems = append(problems, problem(l.pos, documentHint(l.document, known),
					"%s links %s to /%s/, and there is no such document", l.where, quoted(l.text), l.document))
			case l.frozen == "":
				problems = append(problems, problem(l.pos, "link to a section's id that is there, or give that section its old id: was: ["+l.id+"]",
					"%s links %s to /%s/#%s, and that document has no section %q", l.where, quoted(l.text), l.document, l.id, l.id))
			case to != nil && !said[[2]string{l.document, l.id}]:
				said[[2]string{l.document, l.id}] = true
				problems = append(problems, problem(to.pos, "add to the section that holds its text now: was: ["+l.id+"]",
					"no section has the id %q any more, and %s %s links to it", l.id, o.Name, l.frozen))
			}
		}
	}
	return problems
}

func documentHint(name string, known map[string]*Outline) string {
	for other := range known {
		if distance(name, other) < 3 {
			return "did you mean /" + other + "/?"
		}
	}
	return "the folders beside site.yaml are the documents"
}
