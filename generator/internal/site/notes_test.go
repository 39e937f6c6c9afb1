package site

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// viewOf returns the redline of two texts as a page shows it.
func viewOf(t *testing.T, old, new string) *html.Node {
	t.Helper()
	v := view(WordsIn(""), redline.Compare(readText(old), readText(new)), nil, nil, ltr, look{Anchors: true, Shift: 1})
	return parse(t, string(v.Sections))
}

func parse(t *testing.T, page string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// A note is said once, where what it is about ends.
func TestNotes(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           []string // the blocks that have notes, marks and signs as words
	}{
		{"paragraphs became items", "One thing is here.\n\nTwo things are there.\n\nThree things are gone.\n", "- One thing is here.\n- Two things are there.\n- Three things are gone.\n",
			[]string{"[3 paragraphs became list items] One thing is here."}},
		{"with one that came between", "One thing is here.\n\nThree things are gone.\n", "- One thing is here.\n- An item that is wholly new.\n- Three things are gone.\n",
			[]string{"[2 paragraphs became list items] One thing is here."}},
		{"with one that stayed between", "One thing is here.\n\n- It stays an item.\n\nThree things are gone.\n", "- One thing is here.\n- It stays an item.\n- Three things are gone.\n",
			[]string{"One thing is here. [was a paragraph, now a list item]", "Three things are gone. [was a paragraph, now a list item]"}},
		{"paragraphs became parts of an item", "- One item is here.\n\nOne paragraph is here.\n\nTwo paragraphs are there.\n", "- One item is here.\n\n  One paragraph is here.\n\n  Two paragraphs are there.\n",
			[]string{"[2 paragraphs became parts of a list item] One paragraph is here."}},
		{"an item's second paragraph left it", "- One item is here.\n\n  One paragraph is here.\n", "- One item is here.\n\nOne paragraph is here.\n",
			[]string{"One paragraph is here. [was part of a list item, now a paragraph]"}},
		{"items of another level", "- All of the things:\n- One thing is here.\n- Two things are there.\n", "- All of the things:\n  - One thing is here.\n  - Two things are there.\n",
			[]string{"[2 list items became list items of level 2] One thing is here."}},
		{"tasks that were done", "- [ ] One thing\n- [ ] Two things\n- [ ] Three things\n", "- [x] One thing\n- [x] Two things\n- [x] Three things\n",
			[]string{"[check box: not done → done, here and in the next 2 blocks] One thing"}},
		{"a bold paragraph became a heading", "**Our fees**\n\nText.\n", "## Our fees\n\nText.\n",
			[]string{"Our fees [was a paragraph, now a heading]"}},
		{"code became a quote", "```\nfirst line\n\nsecond line\n```\n\nTail.\n", "> first line\n>\n> second line\n\nTail.\n",
			[]string{"first line [was code, now a quotation]", "[split from the paragraph before] second line"}},
		{"a paragraph became three", "One thing is here, as we said. Two things are there, as you know. Three things are gone, as all know.\n",
			"One thing is here, as we said.\n\nTwo things are there, as you know.\n\nThree things are gone, as all know.\n",
			[]string{"[2 paragraphs split from the one before] Two things are there, as you know."}},
		{"a link of several pieces", "Read [the list of our providers](https://a.example) now.", "Read [the list of our *providers* abroad](https://b.example) now.",
			[]string{"Read the list of our providers [now italic] {+abroad+} [link changed: https://a.example → https://b.example] now."}},
		{"a link that lost its last words", "Read [our list of providers abroad](https://a.example) now.", "Read [our list of providers](https://b.example) now.",
			[]string{"Read our list of providers [-abroad-] [link changed: https://a.example → https://b.example] now."}},
		{"two links that changed alike", "See [one](https://a.example) or [two](https://a.example).", "See [one](https://b.example) or [two](https://b.example).",
			[]string{"See one [link changed: https://a.example → https://b.example] or two [link changed: https://a.example → https://b.example]."}},
		{"quotation marks", "Say \"yes\" - it is the user's.", "Say “yes” – it is the user’s.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			root := viewOf(t, tt.old, tt.new)
			for _, tag := range []string{"h3", "p", "li"} {
				for _, n := range find(root, tag) {
					if len(find(n, ".note")) > 0 && len(find(n, "ul")) == 0 && len(find(n, "p")) == 0 {
						got = append(got, strings.TrimSpace(markedWords(n)))
					}
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
		})
	}
}

// markedWords returns the words of n with the marks of its ins and del.
func markedWords(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var w strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.WriteString(markedWords(c))
	}
	switch n.Data {
	case "ins":
		return "{+" + w.String() + "+}"
	case "del":
		return "[-" + w.String() + "-]"
	}
	return w.String()
}

// Signs that changed are marked, and say what they were.
func TestSigns(t *testing.T) {
	root := viewOf(t, "Pay the company's \"fees\" in 30 days.", "Pay the company’s “fees” in 30\u00a0days.")
	var got []string
	for _, n := range find(root, ".sign") {
		got = append(got, markedWords(n)+": "+attribute(n, "title"))
	}
	want := []string{"company’s: ' → ’", "“: \" → “", "”: \" → ”", "\u00a0: space → no-break space"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	for _, mark := range []string{"ins", "del", ".note", ".fmt"} {
		if n := len(find(root, mark)); n != 0 {
			t.Errorf("%d %s beside the signs", n, mark)
		}
	}
}

// Every insertion and deletion can be linked to, once, and both ends of a move
// lead to each other.
func TestMarksCanBeLinkedTo(t *testing.T) {
	root := viewOf(t, "See our [list](https://a.example) of all of the things.\n\nSome words stay where they are in this text, and are not moved.\n\nThe paragraph that is to be moved, which holds a good many words, stands here.\n",
		"The paragraph that is to be moved, which holds a good many words, stands here.\n\nSome words stay where they are in this text, and are not moved.\n")
	ids := map[string]int{}
	for _, tag := range []string{"ins", "del"} {
		for _, n := range find(root, tag) {
			ids[attribute(n, "id")]++
		}
	}
	want := map[string]int{"change_1": 1, "": 2} // the deletion goes on in the link, and after it
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("ids: want (-), got (+):\n%s", diff)
	}
	for _, n := range find(root, "a.note") {
		other := strings.TrimPrefix(attribute(n, "href"), "#")
		if back := find(root, "#"+other); len(back) != 1 || attribute(back[0], "href") != "#"+attribute(n, "id") {
			t.Errorf("%s does not lead back to %s", other, attribute(n, "id"))
		}
	}
	if n := len(find(root, "a.note")); n != 2 {
		t.Errorf("%d ends of moves, want 2", n)
	}
}
