package site

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	treeparse "text/template/parse"

	"go.yaml.in/yaml/v3"
	"golang.org/x/net/html"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/templates"
)

// languages returns those that the tool has a catalogue in.
func languages() []string { return slices.Sorted(maps.Keys(builtIn)) }

// Every catalogue has all words and no more. A message has each plural form of its
// language and no other, and each form has all arguments; but of one or two a
// language can say the number itself.
func TestCatalogues(t *testing.T) {
	for _, lang := range languages() {
		t.Run(lang, func(t *testing.T) {
			w, err := readCatalogue(templates.Files, lang)
			if err != nil {
				t.Fatal(err)
			}
			forms := formsIn(lang)
			for _, m := range messages(w) {
				if !slices.Contains(m.names, "count") {
					for _, p := range []pattern{m.forms[plural.Other], m.month} {
						if p != nil && !slices.Equal(argsOf(p, m.names), slices.Sorted(slices.Values(m.names))) {
							t.Errorf("%s has %q of %q", m.key, argsOf(p, m.names), m.names)
						}
					}
					continue
				}
				for form, p := range m.forms {
					form := plural.Form(form)
					if (p != nil) != forms[form] {
						t.Errorf("%s: form %d of the number is given: %v", m.key, form, p != nil)
					}
					if p == nil {
						continue
					}
					want := slices.Clone(m.names)
					if !slices.Contains(argsOf(p, m.names), "count") && isSingle(form) {
						want = slices.DeleteFunc(want, func(s string) bool { return s == "count" })
					}
					if slices.Sort(want); !slices.Equal(argsOf(p, m.names), want) {
						t.Errorf("%s, form %d: has %q of %q", m.key, form, argsOf(p, m.names), want)
					}
				}
			}
			all := redline.Summary{Changed: 1, Added: 1, Removed: 1, Moved: 1, Renamed: 1, Files: 1,
				Stats: redline.Stats{Inserted: 1, Deleted: 1, Moved: 1, Links: 1, Formats: 1, Typography: 1}}.Messages()
			for _, m := range all {
				checkPhrase(t, m.Key, w.figures.Whole[m.Key], forms)
			}
			if n := len(w.figures.Whole); n != len(all) {
				t.Errorf("there are %d phrases for %d figures", n, len(all))
			}
			for key, phrase := range w.figures.Short {
				if w.figures.Whole[key] == nil {
					t.Errorf("nothing that is counted is called %s", key)
				}
				if len(phrase) > 1 {
					checkPhrase(t, "short "+key, phrase, forms)
				}
			}
			if w.figures.None == "" || w.figures.And == "" || w.figures.Text == "" {
				t.Error("figures lack none, and or text")
			}
			for kind, name := range WordsIn("en").blocks {
				own := w.blocks[kind]
				if own.One == "" || own.Many == "" || (own.In == "") != (name.In == "") {
					t.Errorf("blocks: %s is %+v", kind, own)
				}
			}
			if len(w.blocks) != len(WordsIn("en").blocks) {
				t.Errorf("blocks has %d kinds, want %d", len(w.blocks), len(WordsIn("en").blocks))
			}
		})
	}
}

func checkPhrase(t *testing.T, key string, phrase redline.Forms, forms map[plural.Form]bool) {
	t.Helper()
	for form := range forms {
		if words, ok := phrase[form]; !ok || !isSingle(form) && !strings.Contains(words, "{count}") {
			t.Errorf("%s, form %d: %q", key, form, words)
		}
	}
	if len(phrase) != len(forms) {
		t.Errorf("%s has %d forms, want %d", key, len(phrase), len(forms))
	}
}

// isSingle reports whether a form can do without its number.
func isSingle(form plural.Form) bool {
	return form == plural.Zero || form == plural.One || form == plural.Two
}

// formsIn returns the plural forms of the numbers that pages have.
func formsIn(lang string) map[plural.Form]bool {
	forms := map[plural.Form]bool{}
	for n := range 1000 {
		forms[plural.Cardinal.MatchPlural(language.Make(lang), n, 0, 0, 0, 0)] = true
	}
	return forms
}

type keyed struct {
	*message
	key string
}

func messages(w *Words) []keyed {
	var out []keyed
	say := reflect.ValueOf(&w.say).Elem()
	for i := range say.NumField() {
		out = append(out, keyed{say.Field(i).Addr().Interface().(*message), catalogueKey(say.Type().Field(i).Name)})
	}
	return out
}

// argsOf returns the names of the arguments in p, sorted, each once.
func argsOf(p pattern, names []string) []string {
	var out []string
	for _, part := range p {
		if part.arg >= 0 {
			out = append(out, names[part.arg])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// What is wrong in a catalogue is told with its line.
func TestCatalogueErrors(t *testing.T) {
	good, err := fs.ReadFile(templates.Files, "words/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ old, new, want string }{
		{"skip: Skip to the text\n", "", "it lacks skip"},
		{"skip: Skip", "skipp: x\nskip: Skip", "nothing is called skipp"},
		{"skip: Skip", "skip: x\nskip: Skip", "skip is given twice"},
		{"since: since {date}", "since: since {day}", "{day} is not one of {date}"},
		{"since: since {date}", "since: since {date", "{date} is not one of {date}"},
		{"versions: {one:", "versions: {lots:", `no message with {count} has a form "lots"`},
		{"versions: {one: \"{count} version\", other:", "versions: {one:", "there is no form for other numbers"},
		{"January, ", "", "write 12 names"},
		{"skip: Skip to the text", "skip: [a]", "write words"},
	} {
		text := strings.Replace(string(good), tt.old, tt.new, 1)
		if text == string(good) {
			t.Fatalf("the catalogue has no %q", tt.old)
		}
		if _, err := parseCatalogue("en", []byte(text)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("with %q: %v, want %q", tt.new, err, tt.want)
		}
	}
}

// English says in a catalogue what the redline says by itself.
func TestEnglishFigures(t *testing.T) {
	if got, want := WordsIn("en").figures, redline.English(); !reflect.DeepEqual(got, want) {
		t.Errorf("the catalogue has %+v, want %+v", got, want)
	}
}

// Dates are those of CLDR: testdata/dates.yaml has them for each region with dates
// of its own.
func TestDates(t *testing.T) {
	data, err := os.ReadFile("testdata/dates.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var cldr []struct {
		In    []string
		Dates []string // the 3rd of each month of 2025
		Month string   // January 2025
	}
	if err := yaml.Unmarshal(data, &cldr); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, group := range cldr {
		for _, tag := range group.In {
			w := WordsIn(tag)
			seen[w.Lang] = true
			if got := w.Date(legal.Date{Year: 2025, Month: 1}).Text; got != group.Month {
				t.Errorf("%s: %q, want %q", tag, got, group.Month)
			}
			for i, want := range group.Dates {
				if got := w.Date(date(2025, i+1, 3)).Text; got != want {
					t.Errorf("%s: %q, want %q", tag, got, want)
				}
			}
		}
	}
	if got := slices.Sorted(maps.Keys(seen)); !slices.Equal(got, languages()) {
		t.Errorf("dates in %q were seen, want %q", got, languages())
	}
}

// A language without words has those in English, with the day first.
func TestWordsFallBack(t *testing.T) {
	for _, tt := range []struct{ tag, lang, date string }{
		{"", "en", "March 2, 2025"},
		{"en", "en", "March 2, 2025"},
		{"en-GB", "en", "2 March 2025"},
		{"pt-BR", "en", "2 March 2025"},
		{"zxx", "en", "2 March 2025"},
	} {
		w := WordsIn(tt.tag)
		if got := w.Date(date(2025, 3, 2)).Text; got != tt.date || w.Lang != tt.lang {
			t.Errorf("%q: %q in %s, want %q in %s", tt.tag, got, w.Lang, tt.date, tt.lang)
		}
	}
}

func date(year, month, day int) legal.Date {
	d, err := legal.ParseDate(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	if err != nil {
		panic(err)
	}
	return d
}

// Templates name words that there are.
func TestTemplatesNameWords(t *testing.T) {
	words := reflect.TypeFor[*Words]()
	files, err := fs.Glob(templates.Files, "*.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, file := range files {
		data, err := fs.ReadFile(templates.Files, file)
		if err != nil {
			t.Fatal(err)
		}
		trees := map[string]*treeparse.Tree{}
		tree := treeparse.New(path.Base(file))
		tree.Mode = treeparse.SkipFuncCheck
		if _, err := tree.Parse(string(data), "", "", trees); err != nil {
			t.Fatal(err)
		}
		for _, tree := range trees {
			for _, name := range wordsNamed(reflect.ValueOf(tree.Root)) {
				named++
				_, isMethod := words.MethodByName(name)
				if _, isField := words.Elem().FieldByName(name); !isField && !isMethod {
					t.Errorf("%s names the words %s, which there are none of", file, name)
				}
			}
		}
	}
	if named < 50 {
		t.Errorf("templates were seen to name words %d times only", named)
	}
}

// wordsNamed returns the names that follow Words in the nodes of a template.
func wordsNamed(v reflect.Value) []string {
	var out []string
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			if _, isTree := v.Interface().(*treeparse.Tree); !isTree {
				out = wordsNamed(v.Elem())
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				out = append(out, wordsNamed(v.Field(i))...)
			}
		}
	case reflect.Slice:
		if names, ok := v.Interface().([]string); ok {
			if i := slices.Index(names, "Words"); i >= 0 && i+1 < len(names) {
				out = append(out, names[i+1])
			}
			return out
		}
		for i := range v.Len() {
			out = append(out, wordsNamed(v.Index(i))...)
		}
	}
	return out
}

// What pages say in each language: numbers, dates, and texts in another script.
func TestSentences(t *testing.T) {
	n := legal.Number{Edition: 1, Update: 1}
	july := legal.Date{Year: 2025, Month: 7}
	figures := redline.Summary{Changed: 2, Moved: 1, Stats: redline.Stats{Inserted: 45, Deleted: 12}}
	link := func(w *Words) string { return w.linkChange("https://a.example", "https://b.example") }
	for _, tt := range []struct {
		tag  string
		say  func(*Words) string
		want string
	}{
		{"de", func(w *Words) string { return read(w.InForceSince(date(2025, 7, 14))) }, "Diese Fassung ist seit dem 14. Juli 2025 in Kraft."},
		{"de", func(w *Words) string { return read(w.InForceSince(july)) }, "Diese Fassung ist seit Juli 2025 in Kraft."},
		{"de", func(w *Words) string { return read(w.From(july)) }, "ab dem 1. Juli 2025"},
		{"de", func(w *Words) string { return w.Figures(figures) }, "2 Abschnitte geändert, 1 verschoben; 45 Wörter eingefügt, 12 gestrichen"},
		{"de-AT", func(w *Words) string { return w.Date(date(2025, 1, 1)).Text }, "1. Jänner 2025"},
		{"fr", func(w *Words) string { return read(w.ChangesOn(date(2026, 1, 1))) }, "Une nouvelle version s’applique à compter du 1er janvier 2026."},
		{"fr", func(w *Words) string { return w.Figures(figures) }, "2 sections modifiées, 1 déplacée\u202f; 45 mots ajoutés, 12 supprimés"},
		{"fr", func(w *Words) string { return w.SplitFrom("Frais") }, "détachée de «\u00a0Frais\u00a0»"},
		{"es", func(w *Words) string { return read(w.Since(july)) }, "desde julio de 2025"},
		{"es", func(w *Words) string { return w.Figures(figures) }, "2 secciones modificadas, 1 trasladada; 45 palabras añadidas, 12 suprimidas"},
		{"ja", func(w *Words) string { return read(w.SupersededSince(july)) }, "この版は現在効力がありません。2025年7月1日に新しい版に置き換えられました。"},
		{"ja", func(w *Words) string { return w.Figures(figures) }, "セクション2件を変更、1件を移動。45文字を追加、12文字を削除"},
		{"ja", func(w *Words) string {
			return w.Block(redline.Note{Kind: redline.BlockKind, Old: "heading", New: "paragraph in item in quote"})
		}, "旧: 見出し、新: 引用内のリスト項目"},
		{"ar", func(w *Words) string { return w.VersionOf(n) }, "الإصدار 1.1.0"},
		{"ar", func(w *Words) string {
			return w.Versions(2) + " " + w.Versions(3) + " " + w.Versions(11) + " " + w.Versions(100)
		}, "إصداران 3 إصدارات 11 إصدارًا 100 إصدار"},
		{"ar", func(w *Words) string { return w.Figures(figures) }, "تعديل قسمين، نقل قسم واحد؛ إضافة 45 كلمة، حذف 12 كلمة"},
		{"ar", link, "تغيّر الرابط: \u2068https://a.example\u2069 ← \u2068https://b.example\u2069"},
		{"en", link, "link changed: https://a.example → https://b.example"},
		{"en", func(w *Words) string { return w.Renamed("الرسوم") }, "renamed from “\u2068الرسوم\u2069”"},
	} {
		if got := tt.say(WordsIn(tt.tag)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.tag, got, tt.want)
		}
	}
}

func read(s Sentence) string { return s.Before + s.Date.Text + s.After }

// Where the tool has no words in a site's language, a page says which of its words
// are in English and which are the site's own.
func TestLanguageOfParts(t *testing.T) {
	site := func(lang string) built {
		files := content()
		files["site.yaml"] = &fstest.MapFile{Data: []byte(siteYAML + "language: " + lang + "\n")}
		return buildSite(t, files, "2026-05-01", Options{})
	}
	for _, tt := range []struct{ lang, own string }{{"he", "en"}, {"pt-BR", "en"}, {"ar-EG", "ar-EG"}, {"de-CH", "de-CH"}} {
		b := site(tt.lang)
		for _, part := range []struct{ file, selector, lang string }{
			{"terms/index.html", ".skip", tt.own},
			{"terms/index.html", "p.notice", tt.own},
			{"terms/index.html", "h1", tt.lang},
			{"terms/index.html", ".text p", tt.lang},
			{"terms/index.html", "nav.contents h2", tt.own},
			{"terms/index.html", "nav.contents li", tt.lang},
			{"terms/index.html", "footer.site p", tt.lang},
			{"terms/changes/1.1.0/index.html", "h1", tt.own},
			{"terms/changes/1.1.0/index.html", ".text p", tt.lang},
			{"terms/changes/1.1.0/index.html", ".text .note", tt.own},
			{"terms/changes/1.1.0/index.html", ".summary h2", tt.own},
			{"terms/changes/1.1.0/index.html", ".summary p", tt.lang},
			{"terms/changes/1.1.0/index.html", "p.figures", tt.own},
			{"terms/changes/index.html", "h2", tt.own},
			{"index.html", "h1", tt.own},
			{"index.html", "h2 bdi", tt.lang},
		} {
			found := find(b.page(t, part.file), part.selector)
			if len(found) == 0 {
				t.Errorf("%s: %s has no %s", tt.lang, part.file, part.selector)
			}
			for _, n := range found {
				if got := langOf(n); got != part.lang {
					t.Errorf("%s: %s of %s is in %q, want %q", tt.lang, part.selector, part.file, got, part.lang)
				}
			}
		}
	}
}

// langOf returns the language of n: its own or that of what it stands in.
func langOf(n *html.Node) string {
	for ; n != nil; n = n.Parent {
		if lang := attribute(n, "lang"); lang != "" {
			return lang
		}
	}
	return ""
}

// The style sheet says in each language what screen readers are told of marks.
func TestSpokenWords(t *testing.T) {
	b := buildSite(t, content(), "2026-05-01", Options{})
	var style string
	for file, data := range b {
		if strings.HasSuffix(file, ".css") {
			style = string(data)
		}
	}
	for _, want := range []string{
		`html { --inserted-start: " [inserted:] ";`,
		`html:lang(de) { --inserted-start: " [eingefügt:] ";`,
		`html:lang(ar) { --inserted-start: " [إضافة:] ";`,
	} {
		if !strings.Contains(style, want) {
			t.Errorf("the style sheet has no %s", want)
		}
	}
	for _, name := range []string{"inserted-start", "inserted-end", "deleted-start", "deleted-end", "moved-end"} {
		if !strings.Contains(style, "content: var(--"+name+")") {
			t.Errorf("nothing says %s", name)
		}
	}
}

// A site's own catalogue says otherwise what stands in it, or holds another language.
func TestOwnWords(t *testing.T) {
	english, err := fs.ReadFile(templates.Files, "words/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files := func(own map[string]string) (fstest.MapFS, Options) {
		templates := fstest.MapFS{}
		for name, text := range own {
			templates[name] = &fstest.MapFile{Data: []byte(text)}
		}
		return content(), Options{Templates: templates}
	}
	lib, opts := files(map[string]string{
		"words/en.yaml": "last-updated: \"Last revised:\"\nsince: {day: \"as of {date}\", month: \"as of {date}\"}\n",
		"words/pt.yaml": strings.NewReplacer("Last Updated:", "Última atualização:", "January", "janeiro").Replace(string(english)),
	})
	b := buildSite(t, lib, "2026-05-01", opts)
	if got, want := b.text(t, "terms/index.html", "p.notice"), "Last revised: December 1, 2025"; !strings.HasPrefix(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if _, opts := files(map[string]string{"words/en.yaml": string(english)}); !maps.EqualFunc(buildSite(t, content(), "2026-05-01", opts), buildSite(t, content(), "2026-05-01", Options{}), bytes.Equal) {
		t.Error("a copy of a catalogue changes the site")
	}
	lib["site.yaml"] = &fstest.MapFile{Data: []byte(siteYAML + "language: en-GB\n")}
	b = buildSite(t, lib, "2026-05-01", opts)
	if got, want := b.text(t, "terms/index.html", "p.notice"), "Last revised: 1 December 2025"; !strings.HasPrefix(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	lib["site.yaml"] = &fstest.MapFile{Data: []byte(siteYAML + "language: pt-PT\n")}
	b = buildSite(t, lib, "2026-05-01", opts)
	if got, want := b.text(t, "terms/index.html", "p.notice"), "Última atualização: 1 December 2025"; !strings.HasPrefix(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if body := find(b.page(t, "terms/index.html"), "body")[0]; attribute(body, "lang") != "" {
		t.Error("the body is in another language than the page")
	}

	for _, tt := range []struct{ name, text, want string }{
		{"words/de.yaml", "skip: Weiter\nnotice: x\n", "words/de.yaml:2:9: nothing is called notice"},
		{"words/de.yaml", "skip: Weiter\nsince: seit {day}\n", "words/de.yaml:2:8: since: {day} is not one of {date}"},
		{"words/de.yaml", "skip: [\n", "words/de.yaml:1:1: did not find expected node content"},
		{"words/pt.yaml", "skip: Ir\n", "words/pt.yaml:1:1: it lacks blocks, figures, months"},
		{"words/deutsch.yaml", "skip: Weiter\n", "words/deutsch.yaml:1:1: deutsch is not a language"},
	} {
		lib, opts := files(map[string]string{tt.name: tt.text})
		l, _, err := legal.Open(lib, "content")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := New(l, date(2026, 5, 1), opts); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s with %q: %v, want %q", tt.name, tt.text, err, tt.want)
		}
	}
}

// All words are said somewhere.
func TestWordsAreSaid(t *testing.T) {
	var source strings.Builder
	for _, pattern := range []string{"*.go", "../../*.go", "../../../templates/*.tmpl"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, files, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			source.Write(data)
		}
	}
	words := reflect.TypeFor[Words]()
	for i := range words.NumField() {
		name := words.Field(i).Name
		said := regexp.MustCompile(`(\bw|[wW]ords)\.` + name + `\b`)
		if words.Field(i).IsExported() && !said.MatchString(source.String()) {
			t.Errorf("nothing says %s", name)
		}
	}
	say := reflect.TypeFor[sentences]()
	for i := range say.NumField() {
		if name := say.Field(i).Name; !strings.Contains(source.String(), ".say."+name+".") {
			t.Errorf("nothing says %s", name)
		}
	}
}

func BenchmarkSentence(b *testing.B) {
	w := WordsIn("ar")
	s := redline.Summary{Changed: 2, Moved: 1, Stats: redline.Stats{Inserted: 45, Deleted: 12}}
	b.ReportAllocs()
	for b.Loop() {
		w.Figures(s)
		w.InForceSince(legal.Date{Year: 2025, Month: 7, Day: 14})
	}
}

func BenchmarkWordsIn(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		WordsIn("de-AT")
	}
}
