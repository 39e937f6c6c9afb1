package legal

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#ffffff", "#ffffff", 1}, {"#767676", "#ffffff", 4.54}, {"#ff0000", "#ffffff", 4.00}} {
		if got := Contrast(c.a, c.b); got < c.want-0.005 || got > c.want+0.005 {
			t.Errorf("%s on %s has a contrast of %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func themed(t *testing.T, theme string, files ...string) (Theme, []string) {
	t.Helper()
	fsys := fstest.MapFS{"site.yaml": {Data: []byte("title: T\nurl: https://example.com\ntheme:\n  " + strings.ReplaceAll(theme, "\n", "\n  ") + "\n")}}
	for _, f := range files {
		fsys[f] = &fstest.MapFile{Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`)}
	}
	lib, problems, err := Open(fsys, "content")
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, p := range problems {
		rules = append(rules, p.Rule)
	}
	return lib.Site.Theme, rules
}

func TestTheme(t *testing.T) {
	theme, rules := themed(t, "text: '\"Own Serif\", \"Été 2\", serif'\ncolours: {paper: '#FFF'}\nfonts: [{family: Own Serif, file: a.woff2, style: italic}]", "a.woff2")
	want := Theme{Text: `"Own Serif", "Été 2", serif`, Light: Colours{"paper": "#ffffff"},
		Fonts: []Font{{Family: `"Own Serif"`, File: "a.woff2", Weight: "400", Italic: true}}}
	if diff := cmp.Diff(want, theme); diff != "" || rules != nil {
		t.Errorf("the theme (-want +got), with the problems %q:\n%s", rules, diff)
	}
}

// Nothing of a theme can be more than it is: CSS, another file, a script.
func TestHostileTheme(t *testing.T) {
	for theme, want := range map[string]string{
		"text: 'serif; } * { display: none'": "bad-theme",
		"text: url(https://x)":               "bad-theme",
		"plain: \"a\\\\\"":                   "bad-theme",
		"colours: {ink: 'red'}":              "bad-theme",
		"colours: {ink: '#12'}":              "bad-theme",
		"colours: {pen: '#123456'}":          "unknown-key",
		"colours: [1]":                       "wrong-type",
		"logo: ../secret.svg":                "bad-theme",
		"logo: secret.html":                  "bad-theme",
		"logo: a.svg":                        "unsafe-attachment",
		"logo: b.svg":                        "missing-file",
		"fonts: [a]":                         "wrong-type",
		"fonts: [{file: a.woff2}]":           "bad-theme",
		"fonts: [{family: A, file: a.woff2, weight: '1; }'}]": "bad-theme",
		"dark: {paper: '#ffffff'}":                            "low-contrast",
	} {
		if _, rules := themed(t, theme, "a.svg", "a.woff2"); len(rules) == 0 || rules[0] != want {
			t.Errorf("%s breaks %q, want %s", theme, rules, want)
		}
	}
}
