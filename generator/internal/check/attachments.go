package check

import (
	"path"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// missingAttachments reports links and pictures of the working text that lead
// to a file beside the sections that is not there. What is frozen cannot be
// mended and is passed over.
func missingAttachments(doc *legal.Document) []legal.Problem {
	v := doc.Draft
	if v == nil {
		return nil
	}
	var problems []legal.Problem
	look := func(t *legal.Text, pos func(line int) legal.Pos) {
		for _, b := range t.Blocks {
			for _, run := range slices.Concat(b.Cells...) {
				for what, address := range map[string]string{"link": run.Link, "picture": run.Src} {
					if file, here := beside(address); here && !addressed(doc, file) {
						problems = append(problems, problem(pos(b.Line), attachmentHint(v, file),
							"the %s leads to %q, which is not beside the section", what, file))
					}
				}
			}
		}
	}
	if v.Summary != nil {
		look(v.Summary, func(int) legal.Pos { return v.Pos("summary") })
	}
	look(v.Opening, v.BodyPos)
	for _, s := range v.Sections {
		look(s.Body, s.BodyPos)
	}
	return problems
}

// beside returns the file that address names, and whether it is one in the
// document's folder.
func beside(address string) (file string, here bool) {
	if scheme, _, ok := strings.Cut(address, ":"); ok && !strings.ContainsAny(scheme, "/?#") {
		return "", false
	}
	file, _, _ = strings.Cut(address, "#")
	file, _, _ = strings.Cut(file, "?")
	if file == "" || strings.HasPrefix(file, "/") || strings.HasPrefix(file, `\`) {
		return "", false
	}
	file = path.Clean(file)
	return file, file != "." && file != ".." && !strings.HasPrefix(file, "../")
}

// addressed reports whether the document has an address file: an attachment,
// a section, or a page of the document's own.
func addressed(doc *legal.Document, file string) bool {
	if slices.Contains(doc.Draft.Attachments, file) ||
		slices.ContainsFunc(doc.Draft.Sections, func(s *legal.Section) bool { return s.Is(file) }) {
		return true
	}
	first, _, _ := strings.Cut(file, "/")
	if slices.ContainsFunc(original(doc).Translations, func(t *legal.Document) bool { return t.Language == first }) {
		return true
	}
	switch first {
	case doc.Folder() + ".md", doc.Folder() + ".txt":
		return true
	case "changes", "since", "upcoming", "draft", "index.html", "versions.json", "timemap.link", "feed.atom", "feed.json":
		return true
	}
	n, err := legal.ParseNumber(first)
	doc = original(doc)
	return err == nil && (doc.Version(n) != nil || doc.Draft != nil && n == doc.Draft.Number)
}

// original returns the original of doc, or doc itself: links are written as seen from the
// folder that both share.
func original(doc *legal.Document) *legal.Document {
	if doc.Original != nil {
		return doc.Original
	}
	return doc
}

// attachmentHint says what file may have been meant as.
func attachmentHint(v *legal.Version, file string) string {
	for _, name := range v.Attachments {
		if strings.EqualFold(name, file) || strings.EqualFold(name, path.Base(file)) {
			return "did you mean " + name + "?"
		}
	}
	first, _, _ := strings.Cut(file, "/")
	switch {
	case v.Section(file) != nil:
		return "did you mean #" + file + "?"
	case file == "index.md":
		return "link to a section's id, e.g. #fees, or to the document with its folder's name, e.g. /terms/"
	case strings.HasPrefix(file, "www.") || strings.HasSuffix(first, ".com") || strings.HasSuffix(first, ".org"):
		return "did you mean https://" + file + "?"
	}
	return "put the file beside the sections, or write the address in full: https://…"
}
