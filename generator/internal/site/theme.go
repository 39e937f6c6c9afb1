package site

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/templates"
)

// Looks are the files that pages are made with: the site's own, and below them those of
// the tool.
type looks struct {
	own fs.FS // nil: there are none
}

// read returns the file that stands for name.
func (l looks) read(name string) ([]byte, error) {
	if l.own != nil {
		data, err := fs.ReadFile(l.own, name)
		if !errors.Is(err, fs.ErrNotExist) {
			return data, err
		}
	}
	return templates.Files.ReadFile(name)
}

// glob returns the names of the files that match pattern, of both, sorted.
func (l looks) glob(pattern string) ([]string, error) {
	names, err := fs.Glob(templates.Files, pattern)
	if err != nil || l.own == nil {
		return names, err
	}
	own, err := fs.Glob(l.own, pattern)
	names = append(names, own...)
	slices.Sort(names)
	return slices.Compact(names), err
}

// more returns the names of the site's templates that stand for none of the tool's: they
// define blocks of every page anew.
func (l looks) more() ([]string, error) {
	if l.own == nil {
		return nil, nil
	}
	names, err := fs.Glob(l.own, "*.tmpl")
	return slices.DeleteFunc(names, func(name string) bool {
		_, err := fs.Stat(templates.Files, name)
		return err == nil
	}), err
}

// A templateFile is a template as it is written.
type templateFile struct{ Name, Text string }

// templatesOf returns the names of the tool's templates of a kind of page; the first is
// that of every page.
func templatesOf(kind string) []string {
	return []string{"base.tmpl", "pictures.tmpl", kind + ".tmpl"}
}

// parseTemplates returns the templates of a kind of page, of which the first is that of
// every page.
func parseTemplates(files []templateFile) (*template.Template, error) {
	t := template.New(files[0].Name)
	for _, f := range files {
		if _, err := associated(t, f.Name).Parse(f.Text); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// associated returns the template of t's set that a file is parsed into.
func associated(t *template.Template, name string) *template.Template {
	if name == t.Name() {
		return t
	}
	return t.New(name)
}

// kinds are the kinds of pages, each with a template.
var kinds = []string{"version", "changelog", "redline", "compare", "section", "on", "message", "index"}

// dress reads the templates, assets and the theme.
func (b *Builder) dress(l looks) error {
	hash := sha256.New()
	if err := b.readWords(l, hash); err != nil {
		return err
	}
	more, err := l.more()
	if err != nil {
		return fmt.Errorf("read the templates: %w", err)
	}
	for _, kind := range kinds {
		var files []templateFile
		for _, name := range slices.Concat(templatesOf(kind), more) {
			source, err := l.read(name)
			if err != nil {
				return fmt.Errorf("read the templates: %w", err)
			}
			fmt.Fprintf(hash, "%s %d %s\n", name, len(source), source)
			files = append(files, templateFile{name, string(source)})
		}
		t, err := parseTemplates(files)
		if err != nil {
			return err // it names the file and the line
		}
		b.pages[kind] = t
		if kind == "redline" && l.own != nil {
			b.redlineLook = files
		}
	}
	if err := b.readAssets(l); err != nil {
		return fmt.Errorf("read the assets: %w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(b.assets)) {
		fmt.Fprintln(hash, name, b.assets[name].path)
	}
	b.look = fmt.Sprintf("%x", hash.Sum(nil))
	return nil
}

// readWords reads the catalogues, and writes those of the site to a hash.
func (b *Builder) readWords(l looks, hash io.Writer) (err error) {
	if b.vocab, err = readVocabulary(l.own); err != nil {
		return err
	}
	b.words = b.vocab.in(b.site.Language)
	if l.own == nil {
		return nil
	}
	names, err := fs.Glob(l.own, "words/*.yaml")
	for _, name := range names {
		source, err := fs.ReadFile(l.own, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(hash, "%s %d %s\n", name, len(source), source)
	}
	return err
}

// Look returns a hash of all that pages are made with beside the content: templates,
// assets and the theme's files.
func (b *Builder) Look() string { return b.look }

func (b *Builder) readAssets(l looks) error {
	names, err := l.glob("assets/*")
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := l.read(name)
		if err != nil {
			return err
		}
		b.asset(path.Base(name), path.Base(name), data)
	}
	if err := b.readTheme(); err != nil {
		return err
	}
	style, err := b.style(l)
	b.asset("codicil.css", "codicil.css", style)
	return err
}

// readTheme adds the theme's files, which do without the tool's of the same use.
func (b *Builder) readTheme() error {
	theme := &b.site.Theme
	for _, name := range theme.Files() {
		data, err := fs.ReadFile(b.files, name)
		if err != nil {
			return err
		}
		b.asset(themed+name, name, data)
	}
	if theme.Icon != "" {
		delete(b.assets, "icon.svg")
	}
	return nil
}

// icon returns the path of the picture for browsers' tabs.
func (b *Builder) icon() string {
	if name := b.site.Theme.Icon; name != "" {
		return b.assets[themed+name].path
	}
	return b.assets["icon.svg"].path
}

// themed begins the names of the theme's files among the assets.
const themed = "theme/"

// themePart is the part of the style sheet that is made from the theme: it comes after the
// tool's own colours, and before what paper and forced colours need.
const themePart = "style/15-theme.css"

// style returns the style sheet: its parts, in the order of their names, and what it says.
func (b *Builder) style(l looks) ([]byte, error) {
	parts, err := l.glob("style/*.css")
	if err != nil {
		return nil, err
	}
	theme := b.themeStyle()
	var style []byte
	for _, part := range parts {
		if part > themePart {
			style, theme = append(style, theme...), ""
		}
		data, err := l.read(part)
		if err != nil {
			return nil, err
		}
		style = append(style, data...)
	}
	return slices.Concat(style, []byte(theme), b.spoken()), nil
}

// themeStyle writes the theme as CSS. Its values are of the forms that package legal lets
// pass.
func (b *Builder) themeStyle() string {
	var w strings.Builder
	t := &b.site.Theme
	for _, f := range t.Fonts {
		style := "normal"
		if f.Italic {
			style = "italic"
		}
		fmt.Fprintf(&w, "@font-face { font-family: %s; src: url(%s) format(\"woff2\"); font-weight: %s; font-style: %s; font-display: swap; }\n",
			f.Family, path.Base(b.assets[themed+f.File].path), f.Weight, style)
	}
	if t.Text != "" {
		fmt.Fprintf(&w, ":root { --book: %s; }\n", t.Text)
	}
	if t.Plain != "" {
		fmt.Fprintf(&w, ":root { --plain: %s; }\n", t.Plain)
	}
	if light := colourRules(t.Light); light != "" {
		fmt.Fprintf(&w, "@media not (prefers-color-scheme: dark) {\n:root {\n%s}\n}\n", light)
	}
	if dark := colourRules(t.Dark); dark != "" {
		fmt.Fprintf(&w, "@media (prefers-color-scheme: dark) {\n:root {\n%s}\n}\n", dark)
	}
	return w.String()
}

// colourRules writes colours as custom properties. News have the colour of links.
func colourRules(c legal.Colours) string {
	var w strings.Builder
	for _, name := range slices.Sorted(maps.Keys(c)) {
		fmt.Fprintf(&w, "\t--%s: %s;\n", name, c[name])
	}
	if link := c["link"]; link != "" {
		fmt.Fprintf(&w, "\t--news: %s;\n\t--news-back: color-mix(in srgb, %[1]s 8%%, var(--paper));\n", link)
	}
	return w.String()
}

// A Logo stands for the site's title.
type Logo struct {
	Light, Dark string // the addresses of its picture; Dark may be empty
}

func (b *Builder) logo(p place) *Logo {
	t := &b.site.Theme
	if t.Logo == "" {
		return nil
	}
	logo := &Logo{Light: p.to(b.assets[themed+t.Logo].path)}
	if t.LogoDark != "" {
		logo.Dark = p.to(b.assets[themed+t.LogoDark].path)
	}
	return logo
}
