// Package templates holds the pages' templates and assets.
package templates

import "embed"

// Files are the templates (*.tmpl), the assets of the site (assets/), the parts of its
// style sheet (style/), and the style of what stands alone (*.css).
//
//go:embed *.tmpl *.css assets style
var Files embed.FS
