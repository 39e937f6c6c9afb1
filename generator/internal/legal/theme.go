package legal

import (
	"errors"
	"io/fs"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A Theme is what a site looks like where it does not look as the tool has it. Files are
// named as they stand beside site.yaml.
type Theme struct {
	Logo     string // a picture that stands for the site's title at the top of pages
	LogoDark string // the same on dark paper; empty: Logo
	Icon     string // for browsers' tabs
	Text     string // the families of the text's type, as CSS lists them
	Plain    string // the same of everything around it
	Fonts    []Font
	Light    Colours
	Dark     Colours
}

// A Font is a file with one face of a family.
type Font struct {
	Family, File string
	Weight       string // 400; 100 900 of a file that holds all between
	Italic       bool
}

// Colours are #rrggbb by their names: paper, raised, ink, soft, line, link.
type Colours map[string]string

// colourNames are the colours that a theme may set.
var colourNames = []string{"paper", "raised", "ink", "soft", "line", "link"}

// OwnColours are the colours of the tool's own style sheet on light and on dark paper, with
// those of a redline's marks.
var OwnColours = struct{ Light, Dark Colours }{
	Light: Colours{"paper": "#fdfcf9", "raised": "#f5f2ea", "ink": "#1d1c1a", "soft": "#5d5a54", "line": "#dcd7cb", "link": "#23395b",
		"ins": "#0b5230", "del": "#96201c", "move": "#55408a"},
	Dark: Colours{"paper": "#17181a", "raised": "#202225", "ink": "#e7e3da", "soft": "#a7a297", "line": "#3a3b3d", "link": "#a9c4ea",
		"ins": "#8fd6a8", "del": "#f2a39b", "move": "#c5b3f2"},
}

var (
	themeKeys = []string{"logo", "logo-dark", "icon", "text", "plain", "fonts", "colours", "dark"}
	fontKeys  = []string{"family", "file", "weight", "style"}

	colourPattern = regexp.MustCompile(`^#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$`)
	familyPattern = regexp.MustCompile(`^[\p{L}\p{N} -]{1,60}$`)
	weightPattern = regexp.MustCompile(`^[1-9]\d{0,2}(?: [1-9]\d{0,2})?$`)
)

func (r *yamlReader) theme(t *Theme, f field) {
	for _, f := range r.within(f, "the site's look", themeKeys) {
		switch f.key {
		case "logo":
			t.Logo = r.themeFile(f, "svg", "png", "webp")
		case "logo-dark":
			t.LogoDark = r.themeFile(f, "svg", "png", "webp")
		case "icon":
			t.Icon = r.themeFile(f, "svg", "png")
		case "text":
			t.Text = r.families(f)
		case "plain":
			t.Plain = r.families(f)
		case "fonts":
			t.Fonts = r.fonts(f)
		case "colours":
			t.Light = r.colours(f)
		case "dark":
			t.Dark = r.colours(f)
		}
	}
	r.contrast("colours", OwnColours.Light, t.Light)
	r.contrast("dark", OwnColours.Dark, t.Dark)
}

// themeFile reads the name of a file beside site.yaml of one of the kinds.
func (r *yamlReader) themeFile(f field, kinds ...string) string {
	name := r.text(f)
	if name == "" {
		return ""
	}
	if !attachmentName.MatchString(name) || !slices.Contains(kinds, strings.TrimPrefix(path.Ext(name), ".")) {
		r.problem(r.pos(f.value), "bad-theme", "put the file beside site.yaml and write its name, which ends in ."+strings.Join(kinds, ", ."),
			"%s cannot be the %s", quote(name), f.key)
		return ""
	}
	r.at["theme file "+name] = r.pos(f.value)
	return name
}

// families reads the families of a type, the best first.
func (r *yamlReader) families(f field) string {
	list := r.text(f)
	if list == "" {
		return ""
	}
	var out []string
	for family := range strings.SplitSeq(list, ",") {
		family = strings.TrimSpace(family)
		if n := len(family); n > 1 && (family[0] == '"' || family[0] == '\'') && family[n-1] == family[0] {
			family = family[1 : n-1]
		}
		if !familyPattern.MatchString(family) {
			r.problem(r.pos(f.value), "bad-theme", "write names of type families with commas between them, e.g. "+f.key+": Source Serif 4, Georgia, serif",
				"%s is no type family", quote(family))
			return ""
		}
		if !genericFamilies[family] {
			family = `"` + family + `"`
		}
		out = append(out, family)
	}
	return strings.Join(out, ", ")
}

// genericFamilies are the names that CSS knows itself and that stand without quotation marks.
var genericFamilies = wordSet("serif sans-serif monospace cursive fantasy system-ui ui-serif ui-sans-serif ui-monospace ui-rounded math")

func (r *yamlReader) fonts(f field) []Font {
	var out []Font
	for _, item := range f.value.Content {
		key := f.key + " " + strconv.Itoa(len(out)+1)
		font := Font{Weight: "400"}
		for _, f := range r.within(field{key, r.pos(item), item}, "a font: family and file", fontKeys) {
			switch f.key {
			case "family":
				font.Family = r.families(f)
			case "file":
				font.File = r.themeFile(f, "woff2")
			case "weight":
				font.Weight = r.weight(f)
			case "style":
				font.Italic = r.oneOf(f, "bad-theme", []string{"normal", "italic"}) == "italic"
			}
		}
		if item.Kind == yaml.MappingNode && (font.Family == "" || font.File == "") {
			r.problem(r.pos(item), "bad-theme", "write e.g. {family: Source Serif 4, file: source-serif.woff2}", "a font has a family and a file")
		}
		if font.Family != "" && font.File != "" {
			out = append(out, font)
		}
	}
	return out
}

// weight reads how heavy a font is.
func (r *yamlReader) weight(f field) string {
	if weightPattern.MatchString(f.value.Value) {
		return f.value.Value
	}
	r.problem(r.pos(f.value), "bad-theme", "write a number, e.g. 400, or the least and the greatest, e.g. 100 900", "%s is no weight", quote(f.value.Value))
	return "400"
}

func (r *yamlReader) colours(f field) Colours {
	out := Colours{}
	for _, c := range r.within(f, "colours by their names", colourNames) {
		value := c.value.Value
		if !colourPattern.MatchString(value) {
			r.problem(r.pos(c.value), "bad-theme", `write the colour as e.g. "#23395b", in quotation marks`, "%s is no colour", quote(value))
			continue
		}
		if len(value) == 4 {
			value = "#" + strings.Repeat(value[1:2], 2) + strings.Repeat(value[2:3], 2) + strings.Repeat(value[3:4], 2)
		}
		out[c.key] = strings.ToLower(value)
	}
	return out
}

// legible is the least contrast of text (WCAG 2.2, 1.4.3).
const legible = 4.5

// contrast reports colours that cannot be read on each other. Those of a redline's marks
// stay what they are, and have to be told from the paper as well.
func (r *yamlReader) contrast(key string, own, set Colours) {
	if len(set) == 0 {
		return
	}
	colour := func(name string) string {
		if c := set[name]; c != "" {
			return c
		}
		return own[name]
	}
	for _, paper := range []string{"paper", "raised"} {
		for _, ink := range []string{"ink", "soft", "link", "ins", "del", "move"} {
			if set[paper] == "" && set[ink] == "" || paper == "raised" && own[ink] != "" && !slices.Contains(colourNames, ink) {
				continue
			}
			ratio := Contrast(colour(ink), colour(paper))
			if ratio >= legible {
				continue
			}
			at := r.at[key+"."+ink]
			if set[ink] == "" {
				at = r.at[key+"."+paper]
			}
			r.problem(at, "low-contrast", "take a colour that is further from the other: text needs 4.5 : 1 (WCAG 2.2, 1.4.3)",
				"%s (%s) on %s (%s) can hardly be read: the contrast is %.1f : 1", ink, colour(ink), paper, colour(paper), math.Floor(ratio*10)/10)
		}
	}
}

// Contrast returns the contrast ratio of two colours #rrggbb, from 1 to 21, as WCAG 2.2
// defines it.
func Contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(colour string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, _ := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

// Files returns the names of the theme's files, sorted.
func (t *Theme) Files() []string {
	names := []string{t.Logo, t.LogoDark, t.Icon}
	for _, f := range t.Fonts {
		names = append(names, f.File)
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(name string) bool { return name == "" })
}

// themeFiles reports files of the theme that are not there, or must not be published. With
// one of them the site has no theme.
func (lib *Library) themeFiles(r *yamlReader) error {
	found := len(r.problems)
	defer func() {
		if len(r.problems) > found {
			lib.Site.Theme = Theme{}
		}
	}()
	for _, name := range lib.Site.Theme.Files() {
		pos := r.at["theme file "+name]
		data, err := lib.bytes(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			r.problem(pos, "missing-file", "put it beside site.yaml", "there is no file %s", quote(name))
			continue
		case errors.Is(err, errLarge):
			r.problem(pos, "too-large", "take a smaller one", "%v", err)
			continue
		case err != nil:
			return err
		}
		if path.Ext(name) == ".svg" {
			for _, f := range checkSVG(data) {
				at := position(Canon(data[:f.offset]), maxFile)
				at.File = lib.path(name)
				r.problem(at, f.rule, f.hint, "%s", f.msg)
			}
		}
	}
	return nil
}
