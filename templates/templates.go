// Package templates holds the pages' templates and assets.
package templates

import "embed"

// Files are the templates (*.tmpl), the assets of the site (assets/), and the style
// of what stands alone (*.css).
//
//go:embed *.tmpl *.css assets
var Files embed.FS
