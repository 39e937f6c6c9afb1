package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/templates"
)

// An Engine is Between for browsers: a WebAssembly module, and the script of a worker
// that runs it. A page that needs it has a list of versions to pick from, and loads it
// when two are picked which no page compares.
type Engine struct {
	Script, Module []byte
}

// The assets that an Engine is.
const (
	engineScript = "engine.js"
	engineModule = "redline.wasm"
	engineLook   = "redline.json" // the templates, where the site has its own
)

// Between returns what stands in the main element of the page that compares two
// versions, given their CompareTexts, as a page in the site's file of that name would
// hold it. Look are the templates of that page, of a site that has its own, as New
// publishes them; empty: those of the tool.
func Between(page string, old, new, look []byte) ([]byte, error) {
	r := textReader{}
	was, a, err := r.version(old)
	if err != nil {
		return nil, fmt.Errorf("read the old version: %w", err)
	}
	is, b, err := r.version(new)
	if err != nil {
		return nil, fmt.Errorf("read the new version: %w", err)
	}
	if was.Document != is.Document {
		return nil, fmt.Errorf("read the versions: one is of %q, one of %q", was.Document, is.Document)
	}
	t, err := readLook(look)
	if err != nil {
		return nil, fmt.Errorf("read the templates: %w", err)
	}
	d := &document{
		Builder: &Builder{
			site:  legal.Site{Title: is.Document, Language: is.Language},
			names: append(was.Documents, is.Documents...),
			words: WordsIn(is.Language),
		},
		Document: &legal.Document{Name: is.Document},
	}
	view := d.redlineMain(place{page: page}, d.words.ChangedBetween(a.Number, b.Number), a, b)
	view.Words = d.words
	view.View = d.view(place{page: page}, redline.Compare(a, b))
	var w bytes.Buffer
	if err := t.ExecuteTemplate(&w, "main", view); err != nil {
		return nil, fmt.Errorf("write the comparison: %w", err)
	}
	return w.Bytes(), nil
}

// readLook returns the templates that look holds, or those of the tool.
func readLook(look []byte) (*template.Template, error) {
	if len(look) == 0 {
		return template.ParseFS(templates.Files, templatesOf("redline")...)
	}
	var files []templateFile
	if err := json.Unmarshal(look, &files); err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errNoText
	}
	return parseTemplates(files)
}
