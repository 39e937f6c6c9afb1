//go:build !js

package site

import (
	"cmp"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// selfName returns the name of a language in itself, without its region where plain.
func selfName(tag string, plain bool) string {
	if name := display.Self.Name(plainly(tag)); plain && name != "" {
		return name
	}
	t := language.Make(tag)
	name := display.Self.Name(t)
	if region, confidence := t.Region(); confidence == language.Exact {
		if words := display.Regions(t); words != nil && name == display.Self.Name(plainly(tag)) {
			name += " (" + words.Name(region) + ")"
		}
	}
	return cmp.Or(name, tag)
}

// plainly returns the language of tag and its script.
func plainly(tag string) language.Tag {
	base, script, _ := language.Make(tag).Raw()
	t, err := language.Compose(base, script)
	if err != nil {
		return language.Make(tag)
	}
	return t
}

// selfNames returns the names of languages, each in itself, so that they can be told
// apart.
func selfNames(tags []string) []string {
	count := map[language.Tag]int{}
	for _, tag := range tags {
		count[plainly(tag)]++
	}
	var names []string
	for _, tag := range tags {
		names = append(names, selfName(tag, count[plainly(tag)] == 1))
	}
	return names
}

// nameIn returns the name of a language in the language of w, as it stands in a sentence.
func nameIn(w *Words, tag string) string {
	if namer := display.Languages(w.tag); namer != nil {
		if name := namer.Name(plainly(tag)); name != "" {
			return name
		}
	}
	return selfName(tag, true)
}
