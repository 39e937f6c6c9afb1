// Package templates holds the pages' templates, words and assets.
package templates

import "embed"

// Files are the templates (*.tmpl), the assets of the site (assets/), the parts of its
// style sheet (style/), what the pages say in each language (words/), and the style of
// what stands alone (*.css).
//
//go:embed *.tmpl *.css assets style words
var Files embed.FS
