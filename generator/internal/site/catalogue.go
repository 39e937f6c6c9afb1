package site

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"strings"
	"sync"
	"unicode"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/templates"
)

// A catalogue holds the words of one language: words/de.yaml among the templates.
// It is YAML: keys are the names of the fields of Words and sentences, in lower case
// with hyphens; values are words, or messages (see message). Four keys hold more:
//
//	months: [Januar, Februar, …]
//	blocks:                        # what blocks are called: one, many, and where
//	  quote: {one: Zitat, many: Zitate, in: im Zitat}
//	figures:                       # what a redline counts; see redline.Phrases
//	  none: keine Änderung
//	  and: ", "
//	  text: "; "
//	  whole: {links-changed: {one: "{count} Link geändert", other: "{count} Links geändert"}, …}
//	  short: {words-removed: {other: "{count} entfernt"}, …}
//	regions:                       # what some regions say otherwise
//	  - of: [AT]
//	    months: [Jänner, Februar, …]
//
// Months and the order of a date are those of CLDR 48.

// WordsIn returns the words in a language, as its region writes them; in English
// where there are none in it.
func WordsIn(tag string) *Words {
	w, err := wordsIn(tag, func(lang string) (*Words, error) {
		if read, ok := builtIn[lang]; ok {
			return read()
		}
		return nil, fs.ErrNotExist
	})
	if err != nil {
		panic(err) // the tests read every catalogue
	}
	return w
}

// builtIn reads the catalogues that the tool holds, each once.
var builtIn = func() map[string]func() (*Words, error) {
	files, err := fs.Glob(templates.Files, "words/*.yaml")
	if err != nil {
		panic(err)
	}
	readers := map[string]func() (*Words, error){}
	for _, file := range files {
		lang := strings.TrimSuffix(path.Base(file), ".yaml")
		readers[lang] = sync.OnceValues(func() (*Words, error) { return readCatalogue(templates.Files, lang) })
	}
	return readers
}()

// wordsIn returns the words in the language and region of tag, or else in English.
// Read returns fs.ErrNotExist for a language without a catalogue.
func wordsIn(tag string, read func(lang string) (*Words, error)) (*Words, error) {
	if tag == "" {
		tag = "en"
	}
	t := language.Make(tag)
	base, _ := t.Base()
	region, _ := t.Region()
	w, err := read(base.String())
	if errors.Is(err, fs.ErrNotExist) {
		english, err := read("en")
		if err != nil {
			return nil, err
		}
		w := *english
		w.Beside = tag
		return &w, nil
	}
	if err != nil {
		return nil, err
	}
	return w.of(region.String())
}

// readCatalogue reads the words in a language.
func readCatalogue(files fs.FS, lang string) (*Words, error) {
	file := "words/" + lang + ".yaml"
	data, err := fs.ReadFile(files, file)
	if err != nil {
		return nil, err
	}
	w, err := parseCatalogue(lang, data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return w, nil
}

// parseCatalogue returns the words that a catalogue holds.
func parseCatalogue(lang string, data []byte) (*Words, error) {
	dir := direction(lang)
	w := &Words{dialect: dialect{Lang: lang, Dir: dir, tag: language.Make(lang)}}
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, err
	}
	if len(root.Content) != 1 {
		return nil, errors.New("it is empty")
	}
	entries, err := entriesOf(root.Content[0])
	if err != nil {
		return nil, err
	}
	if regions, ok := entries["regions"]; ok {
		delete(entries, "regions")
		if err := w.readRegions(regions); err != nil {
			return nil, err
		}
	}
	missing, err := w.fill(entries)
	if err == nil && len(missing) > 0 {
		err = fmt.Errorf("it lacks %s", strings.Join(missing, ", "))
	}
	if err != nil {
		return nil, err
	}
	for region := range w.regions { // so that what is wrong is told now
		if _, err := w.of(region); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// entriesOf returns the entries of a mapping.
func entriesOf(node *yaml.Node) (map[string]*yaml.Node, error) {
	if node.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("line %d: write keys with their words", node.Line)
	}
	entries := map[string]*yaml.Node{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		if entries[key.Value] != nil {
			return nil, fmt.Errorf("line %d: %s is given twice", key.Line, key.Value)
		}
		entries[key.Value] = node.Content[i+1]
	}
	return entries, nil
}

func (w *Words) readRegions(node *yaml.Node) error {
	w.regions = map[string]*yaml.Node{}
	for _, n := range node.Content {
		var r struct {
			Of   []string
			Rest map[string]any `yaml:",inline"`
		}
		if err := n.Decode(&r); err != nil {
			return err
		}
		for _, region := range r.Of {
			w.regions[region] = n
		}
	}
	return nil
}

// of returns w as a region says it.
func (w *Words) of(region string) (*Words, error) {
	node, ok := w.regions[region]
	if !ok {
		return w, nil
	}
	entries, err := entriesOf(node)
	if err != nil {
		return nil, err
	}
	delete(entries, "of")
	own := *w
	_, err = own.fill(entries)
	return &own, err
}

// fill reads entries into w, and returns the keys of what is not among them. It is
// an error if one is left.
func (w *Words) fill(entries map[string]*yaml.Node) (missing []string, err error) {
	take := func(key string, read func(*yaml.Node) error) {
		node, ok := entries[key]
		if !ok {
			missing = append(missing, key)
			return
		}
		delete(entries, key)
		if e := read(node); e != nil && err == nil {
			err = fmt.Errorf("%s: %w", key, e)
		}
	}
	take("blocks", func(n *yaml.Node) error { w.blocks = nil; return n.Decode(&w.blocks) })
	take("figures", w.readFigures)
	words := reflect.ValueOf(w).Elem()
	for _, field := range reflect.VisibleFields(words.Type()) {
		if !field.IsExported() || len(field.Index) > 1 {
			continue
		}
		to := words.FieldByIndex(field.Index).Addr().Interface()
		take(catalogueKey(field.Name), func(n *yaml.Node) error { return readWords(to, n) })
	}
	say := reflect.ValueOf(&w.say).Elem()
	for _, field := range reflect.VisibleFields(say.Type()) {
		m := say.FieldByIndex(field.Index).Addr().Interface().(*message)
		take(catalogueKey(field.Name), func(n *yaml.Node) error {
			*m = message{dialect: &w.dialect}
			return m.compile(n, strings.Fields(field.Tag.Get("args")))
		})
	}
	for key, node := range entries {
		if err == nil {
			err = fmt.Errorf("line %d: nothing is called %s", node.Line, key)
		}
	}
	return missing, err
}

// readWords reads what stands in a catalogue for a field of Words.
func readWords(to any, node *yaml.Node) error {
	switch to := to.(type) {
	case *string:
		if node.Kind != yaml.ScalarNode || node.Value == "" {
			return fmt.Errorf("line %d: write words", node.Line)
		}
		*to = node.Value
		return nil
	case *[12]string:
		if len(node.Content) != len(to) {
			return fmt.Errorf("line %d: write %d names", node.Line, len(to))
		}
	}
	return node.Decode(to)
}

// readFigures reads the phrases of a redline's figures.
func (w *Words) readFigures(node *yaml.Node) error {
	var f struct {
		None, And, Text string
		Whole, Short    map[string]map[string]string
	}
	if err := node.Decode(&f); err != nil {
		return err
	}
	whole, err1 := formsOf(f.Whole)
	short, err2 := formsOf(f.Short)
	w.figures = &redline.Phrases{Language: w.tag, None: f.None, And: f.And, Text: f.Text, Whole: whole, Short: short}
	return errors.Join(err1, err2)
}

func formsOf(phrases map[string]map[string]string) (map[string]redline.Forms, error) {
	out := map[string]redline.Forms{}
	for key, forms := range phrases {
		out[key] = redline.Forms{}
		for name, words := range forms {
			form, ok := pluralForms[name]
			if !ok {
				return nil, fmt.Errorf("%s has a form %q", key, name)
			}
			out[key][form] = words
		}
		if out[key][plural.Other] == "" {
			return nil, fmt.Errorf("%s has no form for other numbers", key)
		}
	}
	return out, nil
}

// catalogueKey returns the key of a field: last-updated for LastUpdated, section-id-now
// for SectionIDNow.
func catalogueKey(field string) string {
	var key []rune
	runes := []rune(field)
	for i, r := range runes {
		begins := i > 0 && (!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if begins && unicode.IsUpper(r) {
			key = append(key, '-')
		}
		key = append(key, unicode.ToLower(r))
	}
	return string(key)
}
