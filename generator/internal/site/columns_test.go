package site

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// columnBlocks returns the blocks in one column of a redline, without what the
// redline says itself.
func columnBlocks(t *testing.T, fragment, column string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(fragment))
	if err != nil {
		t.Fatal(err)
	}
	for _, own := range append(find(root, ".note"), find(root, ".remark")...) {
		own.Parent.RemoveChild(own)
	}
	var text strings.Builder
	for _, section := range find(root, "section") {
		for _, cell := range find(section, "."+column) {
			if err := html.Render(&text, cell); err != nil {
				t.Fatal(err)
			}
		}
	}
	return sideBlocks(t, text.String())
}

// versionBlocks returns the blocks of the sections of a redline that changed, as
// the page of one of its versions has them.
func versionBlocks(t *testing.T, r *redline.Redline, in side) []string {
	t.Helper()
	m := viewer(WordsIn(""), r, nil, nil, ltr, look{Shift: 1})
	for i := range r.Sections {
		s := &r.Sections[i]
		if !isChanged(s) || sideOf(s.Op)&in == 0 {
			continue
		}
		section, opening := s.New, r.New.Opening
		if in == oldSide {
			section, opening = s.Old, r.Old.Opening
		}
		if section == nil {
			m.raw("<h2>" + m.words.Opening + "</h2>")
			m.section(marked(opening), nil, "opening")
			continue
		}
		m.raw("<h2>")
		m.text(section.Title)
		m.raw("</h2>")
		m.section(marked(section.Body), nil, section.ID)
	}
	return sideBlocks(t, string(m.buf))
}

// checkColumns checks that each column says what its version says, block by block.
func checkColumns(t *testing.T, old, new *legal.Version) {
	t.Helper()
	r := redline.Compare(old, new)
	fragment := string(redlineColumns(WordsIn(""), r, nil, nil, ltr))
	for _, f := range faults(fragment) {
		t.Errorf("%s", f)
	}
	for _, s := range []side{oldSide, newSide} {
		want, got := versionBlocks(t, r, s), columnBlocks(t, fragment, sideNames[s])
		if !slices.Equal(want, got) {
			diff := cmp.Diff(want, got)
			t.Errorf("the column %s: want (-), got (+):\n%s", sideNames[s], diff[:min(len(diff), 2000)])
		}
	}
}

func TestColumns(t *testing.T) {
	for _, a := range redlineTexts {
		for _, b := range redlineTexts {
			checkColumns(t, readText(a), readText(b))
		}
	}
}

func FuzzColumns(f *testing.F) {
	for i, a := range redlineTexts {
		f.Add(a, redlineTexts[(i+1)%len(redlineTexts)])
	}
	f.Fuzz(func(t *testing.T, a, b string) { checkColumns(t, readText(a), readText(b)) })
}

// The law holds of neighbouring versions of real documents.
func TestColumnsCorpora(t *testing.T) { eachPair(t, checkColumns) }

// An item that goes on in a later row has its number once, and in each column the
// one of its text.
func TestColumnsNumbers(t *testing.T) {
	old := readText("1. First\n\n   goes on here with words.\n2. Second thing\n3. Third thing\n")
	new := readText("1. First\n\n   goes on here with other words.\n2. Third thing\n")
	got := string(redlineColumns(WordsIn(""), redline.Compare(old, new), nil, nil, ltr))
	for _, want := range []string{
		`<li class="on"><p>goes on here with words.</p>`,
		`<li value="2"><p><del>Second thing</del></p>`,
		"<div class=\"old\"><ol>\n<li value=\"3\">",
		"<div class=\"new\"><ol>\n<li value=\"2\">",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the columns hold no %s in\n%s", want, got)
		}
	}
}
