// Package templates holds the pages' templates and assets.
package templates

import "embed"

// Files are the templates (*.tmpl) and the assets (assets/).
//
//go:embed *.tmpl assets
var Files embed.FS
