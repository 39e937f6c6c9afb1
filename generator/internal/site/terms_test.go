package site

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// termsContent is a document that defines terms in all the ways there are.
func termsContent() map[string]string {
	return map[string]string{
		"index.md":   "---\ntitle: Terms\nversion: 1.0.0\neffective: 2025-07\n---\nWe run an app (the \"**Service**\") for your “Content”.\n",
		"10-a.md":    "---\ntitle: Your Content\n---\nThe Service keeps Content, and the *Service* and [the Service](https://a.example) and the `Service`.\n\n## The Service\n\n- The Service, and\n- the Service again.\n\n| a | b |\n|---|---|\n| the Content | of the Content |\n",
		"20-mean.md": "---\ntitle: Meanings\n---\n“Content” means what you write with the Service.\n\nUnused\n: Never used.\n\nUsed Term\n: Is used.\n",
		"30-use.md":  "---\ntitle: Use\n---\nNote[^1] the Used Term.\n\n[^1]: Of the Service.\n",
	}
}

func TestTerms(t *testing.T) {
	files := content()
	for name := range files {
		if strings.HasPrefix(name, "terms/") {
			delete(files, name)
		}
	}
	for name, text := range termsContent() {
		f := *files["site.yaml"]
		f.Data = []byte(text)
		files["terms/versions/1.0.0/"+name] = &f
	}
	b := buildSite(t, files, "2025-08-01", Options{})
	const file = "terms/index.html"
	root := b.page(t, file)
	var got []string
	for _, a := range find(root, "a.term") {
		got = append(got, a.Parent.Data+": "+words(a)+" "+attribute(a, "href"))
		if at := find(root, attribute(a, "href")); len(at) != 1 || at[0].Data != "dfn" || words(at[0]) != words(a) {
			t.Errorf("%q leads to %d places", words(a), len(at))
		}
	}
	want := []string{
		"p: Service #term_service", "p: Content #term_content",
		"li: Service #term_service",
		"td: Content #term_content",
		"p: Service #term_service",
		"p: Used Term #term_used-term",
		"p: Service #term_service",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := b.text(t, file, "dfn"); got != "Service\nContent\nUsed Term" {
		t.Errorf("defined are %q", got)
	}
	for _, f := range faults(string(b[file])) {
		t.Error(f)
	}

	// The words are those of the text, with or without.
	plain := *files["site.yaml"]
	plain.Data = append(append([]byte{}, plain.Data...), "terms: false\n"...)
	files["site.yaml"] = &plain
	without := buildSite(t, files, "2025-08-01", Options{})
	if diff := cmp.Diff(without.text(t, file, ".text"), b.text(t, file, ".text")); diff != "" {
		t.Error(diff)
	}
	if n := len(find(without.page(t, file), "a.term")) + len(find(without.page(t, file), "dfn")); n != 0 {
		t.Errorf("%d terms are marked where the site wants none", n)
	}
}
