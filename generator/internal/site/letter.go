package site

import (
	"bytes"
	"fmt"
	"html/template"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/templates"
)

// A Letter is a redline as a file that stands alone: its style is in it, and it asks
// for nothing, so that it can be mailed, kept and printed. It holds the sections that
// changed, and the names of the others.
type Letter struct {
	Words     *Words
	Lang, Dir string
	Name      string // the document's, or that of the new text
	Sides     [2]LetterSide
	Summary   template.HTML // what the new version says that it changed
	View      RedlineView
	Unchanged []string // titles of sections
}

// A LetterSide is one of the texts that a Letter compares.
type LetterSide struct {
	Label, Title, Name   string
	Published, Effective Date
}

// A Named is what people call a text that is compared, e.g. "version 1.0.0".
type Named struct {
	Name  string
	Draft bool // its dates are those of the last version, or plans
}

// NewLetter returns the letter of r in a language, between texts of these names.
func NewLetter(r *redline.Redline, lang string, old, new Named) *Letter {
	w := WordsIn(lang)
	if lang == "" {
		lang = "en"
	}
	l := &Letter{
		Words: w,
		Lang:  lang,
		Dir:   direction(lang),
		Name:  clean(r.New.Title),
		Sides: [2]LetterSide{letterSide(w, w.Old, r.Old, old), letterSide(w, w.New, r.New, new)},
		View:  view(w, r, nil, nil, direction(lang), look{Away: true, Shift: 1}),
	}
	if l.Name == "" {
		l.Name = clean(new.Name)
	}
	if s := r.New.Summary; s != nil && (r.Old.Summary == nil || s.Digest() != r.Old.Summary.Digest()) {
		m := &markup{words: w, look: look{Away: true, Shift: 3}, dirs: directionsOf(l.Dir, s)}
		m.section(marked(s), nil, "")
		l.Summary = m.HTML()
	}
	for i := range r.Sections {
		if s := &r.Sections[i]; !isChanged(s) && s.New != nil && s.New.Title != "" {
			l.Unchanged = append(l.Unchanged, clean(s.New.Title))
		}
	}
	return l
}

func letterSide(w *Words, label string, v *legal.Version, named Named) LetterSide {
	side := LetterSide{Label: label, Title: clean(v.Title), Name: clean(named.Name)}
	if !named.Draft {
		side.Published, side.Effective = w.Date(v.Published), w.Date(v.Effective)
	}
	return side
}

// HTML returns the letter as a file.
func (l *Letter) HTML() ([]byte, error) {
	t, err := template.ParseFS(templates.Files, "letter.tmpl", "letter.css")
	if err != nil {
		return nil, fmt.Errorf("read the templates: %w", err)
	}
	var w bytes.Buffer
	if err := t.ExecuteTemplate(&w, "letter.tmpl", l); err != nil {
		return nil, fmt.Errorf("write the letter: %w", err)
	}
	return w.Bytes(), nil
}
