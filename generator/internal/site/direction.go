package site

import (
	"golang.org/x/text/unicode/bidi"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// Text is read from the left or from the right, whatever the language of the
// page is. What stands outermost (a paragraph, a list, a table) says from where,
// unless it is as on the page: by most of its letters in a text that is read from
// the left; in one that is read from the right, where single words and addresses
// in other scripts abound, from the left only if all of its letters are.
const (
	ltr = "ltr"
	rtl = "rtl"
)

// directions are those of a text on a page.
type directions struct {
	page  string // of what the text stands in
	base  string // that most of its letters have
	mixed bool   // some letters of the text are read from the right
	of    map[*legal.Container]string
}

// directionsOf returns the directions of texts on a page of direction page,
// where "" is from the left.
func directionsOf(page string, texts ...*legal.Text) directions {
	var n letters
	for _, t := range texts {
		if t == nil {
			continue
		}
		for i := range t.Blocks {
			for _, cell := range t.Blocks[i].Cells {
				n.addRuns(cell)
			}
		}
	}
	d := directions{page: ltr, base: ltr, mixed: n.right > 0}
	if page == rtl {
		d.page = rtl
	}
	if n.right > n.left {
		d.base = rtl
	}
	return d
}

// directionOf returns the direction of a text with these letters.
func (d *directions) directionOf(n letters) string {
	switch {
	case n.left+n.right == 0:
		return d.base
	case d.base == rtl && n.right > 0, n.right > n.left:
		return rtl
	}
	return ltr
}

// measure learns the directions of the outermost containers of blocks.
func (d *directions) measure(blocks []redline.Block) {
	d.of = nil
	if !d.mixed {
		return
	}
	counts := map[*legal.Container]letters{}
	for i := range blocks {
		if path := blocks[i].Path; len(path) > 0 {
			n := counts[path[0]]
			n.addBlock(&blocks[i])
			counts[path[0]] = n
		}
	}
	d.of = map[*legal.Container]string{}
	for c, n := range counts {
		d.of[c] = d.directionOf(n)
	}
}

// container returns what to say of an outermost container: "" where it is as on
// the page.
func (d *directions) container(c *legal.Container) string {
	if dir, ok := d.of[c]; ok {
		return d.unlessPage(dir)
	}
	return d.unlessPage(d.base)
}

// block returns what to say of a block that stands in no container.
func (d *directions) block(b *redline.Block) string {
	if !d.mixed {
		return d.unlessPage(ltr)
	}
	var n letters
	n.addBlock(b)
	return d.unlessPage(d.directionOf(n))
}

// words returns what to say of words.
func (d *directions) words(s string) string {
	if !d.mixed {
		return d.unlessPage(ltr)
	}
	var n letters
	n.add(s)
	return d.unlessPage(d.directionOf(n))
}

func (d *directions) unlessPage(dir string) string {
	if dir == d.page || d.page == "" {
		return ""
	}
	return dir
}

// letters counts letters by the direction that the Unicode Bidirectional
// Algorithm (UAX 9) gives them.
type letters struct{ left, right int }

func (n *letters) add(s string) {
	for _, r := range s {
		if r < 0x80 {
			if r|0x20 >= 'a' && r|0x20 <= 'z' {
				n.left++
			}
			continue
		}
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			n.left++
		case bidi.R, bidi.AL:
			n.right++
		}
	}
}

func (n *letters) addRuns(runs []legal.Inline) {
	for i := range runs {
		n.add(runs[i].Text)
	}
}

func (n *letters) addBlock(b *redline.Block) {
	for _, c := range b.Cells {
		for _, s := range c.Spans {
			if s.Op == noteOp {
				continue
			}
			if s.Op == redline.Delete || s.Op == redline.MoveFrom {
				n.add(s.Old.Text)
			} else {
				n.add(s.New.Text)
			}
		}
	}
}
