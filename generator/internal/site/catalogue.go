package site

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"strconv"
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
// Months and the order of a date are those of CLDR 48. A site's own file says otherwise
// what stands in it; in a language that the tool has no words in, it holds all.

// WordsIn returns the words of the tool in a language, as its region writes them; in
// English where there are none in it.
func WordsIn(tag string) *Words {
	w, err := (&vocabulary{}).in(tag)
	if err != nil {
		panic(err) // the tests read every catalogue
	}
	return w
}

// A vocabulary is what the tool says in the languages that it has a catalogue in, and
// what a site's own catalogues say otherwise or in further languages.
type vocabulary struct {
	changed map[string]*yaml.Node // what is said otherwise, by language
	further map[string]*Words
}

// readVocabulary reads a site's own catalogues, which may be nil.
func readVocabulary(own fs.FS) (vocabulary, error) {
	v := vocabulary{map[string]*yaml.Node{}, map[string]*Words{}}
	if own == nil {
		return v, nil
	}
	files, err := fs.Glob(own, "words/*.yaml")
	for _, file := range files {
		if err := v.read(own, file); err != nil {
			return v, err
		}
	}
	return v, err
}

func (v *vocabulary) read(own fs.FS, file string) error {
	lang := strings.TrimSuffix(path.Base(file), ".yaml")
	if tag, err := language.ParseBase(lang); err != nil || tag.String() != lang {
		return &Fault{file, 1, 1, lang + " is not a language: write two letters, as in pt.yaml"}
	}
	if _, ok := builtIn[lang]; !ok {
		w, err := readCatalogue(own, lang)
		v.further[lang] = w
		return err
	}
	data, err := fs.ReadFile(own, file)
	if err != nil {
		return err
	}
	if v.changed[lang], err = parseYAML(data); err == nil {
		_, err = v.in(lang) // so that what is wrong is told now
	}
	return inFile(file, err)
}

// in returns the words in the language and region of tag, or else in English.
func (v *vocabulary) in(tag string) (*Words, error) {
	if tag == "" {
		tag = "en"
	}
	t := language.Make(tag)
	base, _ := t.Base()
	region, _ := t.Region()
	lang, beside := base.String(), ""
	var w *Words
	var err error
	switch read, ok := builtIn[lang]; {
	case ok:
		w, err = read()
	case v.further[lang] != nil:
		w = v.further[lang]
	default:
		lang, beside, region = "en", tag, language.MustParseRegion("001")
		w, err = builtIn[lang]()
	}
	if err == nil {
		w, err = w.of(region.String())
	}
	if err != nil {
		return nil, err
	}
	node := v.changed[lang]
	if node == nil && beside == "" {
		return w, nil
	}
	own := *w
	own.Beside = beside
	if node == nil {
		return &own, nil
	}
	own.regions = nil // those of the site come after what it says of all
	if err := own.change(node); err != nil {
		return nil, err
	}
	return own.of(region.String())
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

// A Fault is what is wrong with a catalogue.
type Fault struct {
	File      string // among the templates, e.g. words/de.yaml
	Line, Col int
	Msg       string
}

func (f *Fault) Error() string { return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Col, f.Msg) }

func faultAt(node *yaml.Node, format string, args ...any) error {
	return &Fault{"", node.Line, node.Column, fmt.Sprintf(format, args...)}
}

// inFile returns err as a Fault of a file.
func inFile(file string, err error) error {
	if err == nil {
		return nil
	}
	fault := &Fault{file, 1, 1, strings.TrimPrefix(err.Error(), "yaml: ")}
	if inner := (*Fault)(nil); errors.As(err, &inner) {
		fault.Line, fault.Col, fault.Msg = inner.Line, inner.Col, inner.Msg
	} else if line, rest, ok := strings.Cut(strings.TrimPrefix(fault.Msg, "line "), ": "); ok {
		if n, err := strconv.Atoi(line); err == nil {
			fault.Line, fault.Msg = n, rest
		}
	}
	return fault
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
		return nil, inFile(file, err)
	}
	return w, nil
}

// parseYAML returns the root of what a catalogue holds.
func parseYAML(data []byte) (*yaml.Node, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, err
	}
	if len(root.Content) != 1 {
		return nil, errors.New("it is empty")
	}
	return root.Content[0], nil
}

// parseCatalogue returns the words that a whole catalogue holds.
func parseCatalogue(lang string, data []byte) (*Words, error) {
	w := &Words{dialect: dialect{Lang: lang, Dir: direction(lang), tag: language.Make(lang)}}
	root, err := parseYAML(data)
	if err != nil {
		return nil, err
	}
	entries, err := entriesOf(root)
	if err != nil {
		return nil, err
	}
	if err := w.takeRegions(entries); err != nil {
		return nil, err
	}
	missing, err := w.fill(entries)
	if err == nil && len(missing) > 0 {
		err = faultAt(root, "it lacks %s", strings.Join(missing, ", "))
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
		return nil, faultAt(node, "write keys with their words")
	}
	entries := map[string]*yaml.Node{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		if entries[key.Value] != nil {
			return nil, faultAt(key, "%s is given twice", key.Value)
		}
		entries[key.Value] = node.Content[i+1]
	}
	return entries, nil
}

// takeRegions takes what regions say otherwise from entries.
func (w *Words) takeRegions(entries map[string]*yaml.Node) error {
	node, ok := entries["regions"]
	if !ok {
		return nil
	}
	delete(entries, "regions")
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
	own := *w
	return &own, own.change(node)
}

// change reads what a node says otherwise than w.
func (w *Words) change(node *yaml.Node) error {
	entries, err := entriesOf(node)
	if err != nil {
		return err
	}
	delete(entries, "of")
	if err := w.takeRegions(entries); err != nil {
		return err
	}
	_, err = w.fill(entries)
	return err
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
			err = faultAt(node, "%s: %s", key, inFile("", e).(*Fault).Msg)
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
			err = faultAt(node, "nothing is called %s", key)
		}
	}
	return missing, err
}

// readWords reads what stands in a catalogue for a field of Words.
func readWords(to any, node *yaml.Node) error {
	switch to := to.(type) {
	case *string:
		if node.Kind != yaml.ScalarNode || node.Value == "" {
			return faultAt(node, "write words")
		}
		*to = node.Value
		return nil
	case *[12]string:
		if len(node.Content) != len(to) {
			return faultAt(node, "write %d names", len(to))
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
