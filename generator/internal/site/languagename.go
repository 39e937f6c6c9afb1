//go:build !js

package site

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// selfName returns the name of a language in itself.
func selfName(tag string) string {
	t := language.Make(tag)
	name := display.Self.Name(t)
	if name == "" {
		return tag
	}
	if _, confidence := t.Region(); confidence == language.Exact {
		if region := display.Regions(t).Name(t); region != "" && !strings.Contains(name, " ") {
			name += " (" + region + ")"
		}
	}
	return name
}

// nameIn returns the name of a language in the language of w, as it stands in a sentence.
func nameIn(w *Words, tag string) string {
	if namer := display.Languages(w.tag); namer != nil {
		if name := namer.Name(language.Make(tag)); name != "" {
			return name
		}
	}
	return selfName(tag)
}
