package site

import (
	"fmt"
	"strings"
)

// llms returns llms.txt, which tells language models where to read the documents
// (llmstxt.org): a title, a line on the site, and a list of links to the texts in
// Markdown. What is not needed to answer a question about what applies today stands
// under Optional, which the format lets a reader leave out.
//
//	# Example Legal
//
//	> The legal documents of Example Ltd: what applies now, …
//
//	## Documents
//
//	- [Terms](https://…/terms/terms.md): Last Updated: … · Effective … · Version 1.1.0
//
//	## Optional
//
//	- [Terms: Changes](https://…/terms/changes/)
//	- [Terms: Versions as JSON](https://…/terms/versions.json)
func (b *Builder) llms(entries []Entry) []byte {
	var w, optional strings.Builder
	fmt.Fprintf(&w, "# %s\n\n> %s\n", escapeMarkdown(clean(b.site.Title), ""), escapeMarkdown(b.words.IndexAbout(clean(b.site.Organisation)), ""))
	any := false
	for _, e := range entries {
		if !e.Published {
			continue
		}
		title := escapeMarkdown(clean(e.Title), "")
		names := e.languageNames()
		for _, t := range e.published() {
			if t.Number == "" {
				continue
			}
			if !any {
				fmt.Fprintf(&w, "\n## %s\n\n", b.words.Documents)
			}
			any = true
			name := clean(t.Title)
			if t.Language != e.Language {
				name += " (" + names[t.Language] + ")"
			}
			fmt.Fprintf(&w, "- [%s](%s): %s\n", escapeMarkdown(name, ""), b.address(t.Name+"/"+textName(t.Name)+".md"), b.llmsDates(t))
		}
		fmt.Fprintf(&optional, "- [%s: %s](%s)\n", title, b.words.Changes, b.address(e.Name+"/changes/"))
		fmt.Fprintf(&optional, "- [%s: %s](%s)\n", title, b.words.Record, b.address(e.Name+"/versions.json"))
	}
	if optional.Len() > 0 {
		fmt.Fprintf(&w, "\n## Optional\n\n%s", optional.String())
	}
	return []byte(w.String())
}

func (b *Builder) llmsDates(e Entry) string {
	var dates []string
	if !e.Updated.IsZero() {
		dates = append(dates, b.words.LastUpdated+" "+b.words.Date(e.Updated).Text)
	}
	dates = append(dates, b.words.Effective+" "+b.words.Date(e.Effective).Text, b.words.VersionNamed(e.Number))
	if !e.Upcoming.IsZero() {
		dates = append(dates, b.words.ChangesOn(e.Upcoming).String())
	}
	return strings.Join(dates, " · ")
}
