package bench

import (
	"fmt"
	"path"
	"strconv"
	"strings"
)

// Hugo writes a library as a site of Hugo that holds the same Markdown, a page
// a version and no page else, in a plain template.
type Hugo struct{ folder }

// NewHugo begins a site of Hugo.
func NewHugo(dir string) (*Hugo, error) {
	h := &Hugo{folder{root: dir}}
	for name, text := range map[string]string{
		"hugo.toml":           hugoSite,
		"layouts/baseof.html": hugoFrame,
		"layouts/page.html":   `{{ define "main" }}{{ .Content }}{{ end }}` + "\n",
	} {
		if err := h.write(name, text); err != nil {
			return nil, err
		}
	}
	return h, nil
}

const hugoSite = `title = "Library"
baseURL = "https://library.example/"
disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"]
buildFuture = true
enableGitInfo = false
`

const hugoFrame = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ .Title }}</title>
</head>
<body>
<h1>{{ .Title }}</h1>
<p>{{ .Date.Format "2 January 2006" }}</p>
{{ block "main" . }}{{ end }}
</body>
</html>
`

// notShortcode keeps Hugo from reading a text's braces as calls of its own.
var notShortcode = strings.NewReplacer("{{<", "{ {<", "{{%", "{ {%")

// Add writes v as a page.
func (h *Hugo) Add(v *Version) error {
	var w strings.Builder
	fmt.Fprintf(&w, "---\ntitle: %s\ndate: %s\n---\n%s", strconv.Quote(v.Title), v.Effective, v.Opening)
	for _, s := range v.Sections {
		fmt.Fprintf(&w, "\n# %s\n\n%s", s.Title, s.Body)
	}
	return h.write(path.Join("content", v.Document, v.Number+".md"), notShortcode.Replace(w.String()))
}

// Close does nothing: every page is written.
func (h *Hugo) Close() error { return nil }
