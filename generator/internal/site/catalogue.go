package site

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
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
func WordsIn(tag string) *Words { return vocabulary(nil).in(tag) }

// A vocabulary holds the words of a site's own catalogues, by language: with what the
// tool says, where they do not say otherwise.
type vocabulary map[string]*Words

// readVocabulary reads a site's own catalogues, which may be nil.
func readVocabulary(own fs.FS) (vocabulary, error) {
	v := vocabulary{}
	if own == nil {
		return v, nil
	}
	files, err := fs.Glob(own, "words/*.yaml")
	for _, file := range files {
		if err := v.read(own, file); err != nil {
			return nil, err
		}
	}
	return v, err
}

func (v vocabulary) read(own fs.FS, file string) error {
	lang := strings.TrimSuffix(path.Base(file), ".yaml")
	if tag, err := language.ParseBase(lang); err != nil || tag.String() != lang {
		return &Fault{file, 1, 1, lang + " is not a language: write two letters, as in pt.yaml"}
	}
	data, err := fs.ReadFile(own, file)
	if err != nil {
		return err
	}
	if _, ok := builtIn[lang]; !ok {
		v[lang], err = parseCatalogue(lang, data)
		return inFile(file, err)
	}
	w := *vocabulary(nil).whole(lang)
	if root, err := parseYAML(data); err != nil {
		return inFile(file, err)
	} else if _, err := w.change(root); err != nil {
		return inFile(file, err)
	}
	v[lang] = &w
	return nil
}

// in returns the words in the language and region of tag, or else in English.
func (v vocabulary) in(tag string) *Words {
	if tag == "" {
		tag = "en"
	}
	t := language.Make(tag)
	base, _ := t.Base()
	region, _ := t.Region()
	if w := v.whole(base.String()); w != nil {
		return w.of(region.String())
	}
	w := *v.whole("en").of("001")
	w.Beside = tag
	return &w
}

// whole returns the words in a language, or nil.
func (v vocabulary) whole(lang string) *Words {
	if w := v[lang]; w != nil {
		return w
	}
	read, ok := builtIn[lang]
	if !ok {
		return nil
	}
	w, err := read()
	if err != nil {
		panic(err) // the tests read every catalogue
	}
	return w
}

// of returns w as a region says it.
func (w *Words) of(region string) *Words {
	if own := w.regions[region]; own != nil {
		return own
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
	return w, inFile(file, err)
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
	missing, err := w.change(root)
	if err == nil && len(missing) > 0 {
		err = faultAt(root, "it lacks %s", strings.Join(missing, ", "))
	}
	return w, err
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

// change reads what a catalogue says otherwise than w, of all regions and of some, and
// returns the keys of what it does not say.
func (w *Words) change(root *yaml.Node) (missing []string, err error) {
	entries, err := entriesOf(root)
	if err != nil {
		return nil, err
	}
	regional := entries["regions"]
	delete(entries, "regions")
	if missing, err = w.fill(maps.Clone(entries)); err != nil {
		return nil, err
	}
	before := w.regions
	w.regions = map[string]*Words{}
	for region, said := range before {
		own := *said
		if _, err := own.fill(maps.Clone(entries)); err != nil {
			return nil, err
		}
		w.regions[region] = &own
	}
	return missing, w.readRegions(regional)
}

// readRegions reads what some regions say otherwise than w.
func (w *Words) readRegions(node *yaml.Node) error {
	if node == nil {
		return nil
	}
	for _, n := range node.Content {
		entries, err := entriesOf(n)
		if err != nil {
			return err
		}
		var regions []string
		if of := entries["of"]; of == nil {
			return faultAt(n, "it does not say of which regions")
		} else if err := of.Decode(&regions); err != nil {
			return err
		}
		delete(entries, "of")
		for _, region := range regions {
			own := *w.of(region)
			if _, err := own.fill(maps.Clone(entries)); err != nil {
				return err
			}
			w.regions[region] = &own
		}
	}
	return nil
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
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		if err == nil {
			err = faultAt(entries[key], "nothing is called %s", key)
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
