package legal

import (
	"crypto/sha256"
	"strconv"
	"strings"
)

// A Text is parsed Markdown: its blocks in reading order.
//
// The blocks are flat. What they stand in (lists, quotes, tables) is said by
// their Path, so that two texts can be compared block by block and a block
// still be put back where it belongs. Everything that a reader can see or
// follow is in the blocks: two texts with equal Canonical forms are read and
// rendered alike, and a Text is never changed after it was made.
type Text struct {
	Blocks []Block
	digest [sha256.Size]byte
}

// A Block is the smallest unit of structure that holds words: a paragraph, a
// heading, a row of a table.
//
// A line that was wrapped between two ideographs goes on without a space. Folds are
// where that is, in bytes of the block's text. They say how the text was typed, not
// how it is read, and are no part of its canonical form.
type Block struct {
	Kind   BlockKind
	Level  int          // of a Heading: 1 to 6, as typed
	ID     string       // of a Heading: its explicit id ({#id}), or empty
	Header bool         // of a Row: it heads its table
	Lang   string       // of Code: its info string
	Path   []*Container // from the outermost to the innermost
	Cells  [][]Inline   // of a Row: one a column; of any other: exactly one
	Folds  []int        // of a block with one cell: see above
	Line   int          // in the text that was parsed, from 1
}

// BlockKind says what a Block is.
type BlockKind int

// The kinds of blocks.
const (
	Paragraph BlockKind = iota
	Heading
	Code // a code block; its text keeps its line breaks
	Rule // a thematic break; no words
	HTML // raw HTML, which is shown as the text that it is
	Row  // a row of a table
	Term // a term of a definition list
)

var blockKinds = [...]string{"paragraph", "heading", "code", "rule", "html", "row", "term"}

func (k BlockKind) String() string { return blockKinds[k] }

// A Container is what blocks stand in. Two blocks of one Text stand in the
// same list exactly when their paths hold the same pointer.
type Container struct {
	Kind    ContainerKind
	Ordered bool    // of a List
	Start   int     // of an ordered List: its first number
	Tight   bool    // of a List: its items are set without space between them
	Task    Task    // of an Item
	Align   []Align // of a Table: one a column
	Label   string  // of a Footnote: what it is referred to by
}

// ContainerKind says what a Container is.
type ContainerKind int

// The kinds of containers.
const (
	List ContainerKind = iota
	Item
	Quote
	Table
	Definitions // a definition list: holds Terms and Definitions' Description
	Description // what a term means
	Footnote    // a footnote's text, where it was written
)

var containerKinds = [...]string{"list", "item", "quote", "table", "definitions", "description", "footnote"}

func (k ContainerKind) String() string { return containerKinds[k] }

// Task is the check box of a task list's item.
type Task int

// The states of a task.
const (
	NoTask Task = iota
	OpenTask
	DoneTask
)

// Align is how a table's column is set.
type Align int

// The alignments of a column.
const (
	AlignNone Align = iota
	AlignStart
	AlignCenter
	AlignEnd
)

// An Inline is a run of text with the same attributes. Neighbours with the
// same attributes are one run.
type Inline struct {
	Kind  InlineKind
	Text  string // as seen; of an Image its alternative text; of a Break "\n"
	Style Style
	Link  string // where the run leads to, or empty
	Title string // of a link or an image
	Src   string // of an Image
	Label string // of a NoteRef: the footnote's label
}

// InlineKind says what an Inline is.
type InlineKind int

// The kinds of inlines.
const (
	Plain     InlineKind = iota
	Break                // a line break that was asked for
	Image                //
	NoteRef              // a reference to a footnote; Text is its number
	RawHTML              // raw HTML, which is shown as the text that it is
	Reference            // a link to a part of the document that has no words: it reads what the part is called; see Outline
)

var inlineKinds = [...]string{"plain", "break", "image", "noteref", "html", "reference"}

func (k InlineKind) String() string { return inlineKinds[k] }

// Style is a set of the ways in which text is set off.
type Style uint8

// The styles.
const (
	Emphasis Style = 1 << iota
	Strong
	Strike
	Monospace
)

func (s Style) String() string {
	var names []string
	for i, name := range [...]string{"emphasis", "strong", "strike", "monospace"} {
		if s&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, "+")
}

// Words returns the visible text of b, its cells apart by tabs.
func (b *Block) Words() string {
	var w strings.Builder
	for i, cell := range b.Cells {
		if i > 0 {
			w.WriteByte('\t')
		}
		for _, run := range cell {
			w.WriteString(run.Text)
		}
	}
	return w.String()
}

// Sign returns what is typed before the first words in the innermost container
// of b and is no word of it: the box of a task, the label of a footnote, the colon
// of a description; "" where there is none.
func (b *Block) Sign() string {
	if len(b.Path) == 0 {
		return ""
	}
	c := b.Path[len(b.Path)-1]
	switch {
	case c.Kind == Footnote:
		return "[^" + c.Label + "]: "
	case c.Kind == Description && b.Kind != Term:
		return ": "
	case c.Task == OpenTask:
		return "[ ] "
	case c.Task == DoneTask:
		return "[x] "
	}
	return ""
}

// Plain returns the visible text of t, one line a block.
func (t *Text) Plain() string {
	var w strings.Builder
	for i := range t.Blocks {
		w.WriteString(t.Blocks[i].Words())
		w.WriteByte('\n')
	}
	return w.String()
}

// Refers reports whether t holds a Reference.
func (t *Text) Refers() bool {
	for i := range t.Blocks {
		for _, cell := range t.Blocks[i].Cells {
			for j := range cell {
				if cell[j].Kind == Reference {
					return true
				}
			}
		}
	}
	return false
}

// Digest identifies t: two texts share it exactly when they share their
// Canonical form. That of no text is the one of an empty text.
func (t *Text) Digest() [sha256.Size]byte {
	if t == nil {
		return sha256.Sum256(nil)
	}
	return t.digest
}

// NewText returns the text of blocks, which must not be changed afterwards.
func NewText(blocks []Block) *Text {
	return &Text{blocks, sha256.Sum256([]byte(Canonical(blocks)))}
}

// Canonical returns a form of t that two texts share exactly when they have
// the same blocks, containers, words and attributes: what a line was wrapped
// at, the kind of bullet and the spelling of Markdown do not count. One line
// a block:
//
//	+list 3 tight > +item > paragraph |Plain words, |strong|bold|strong link=/terms/|and linked|
//	=list > +item > paragraph |The next item of the same list|
//
// "+" opens a container and "=" goes on in the one of the line before.
func (t *Text) Canonical() string {
	return Canonical(t.Blocks)
}

// Canonical returns the canonical form of blocks, as Text.Canonical does.
func Canonical(blocks []Block) string {
	var w []byte
	var before []*Container
	for i := range blocks {
		w = blocks[i].appendCanonical(w, before)
		w = append(w, '\n')
		before = blocks[i].Path
	}
	return string(w)
}

func (b *Block) appendCanonical(w []byte, before []*Container) []byte {
	same := true
	for i, c := range b.Path {
		same = same && i < len(before) && before[i] == c
		if same {
			w = append(w, '=')
			w = append(w, c.Kind.String()...)
		} else {
			w = append(w, '+')
			w = c.appendCanonical(w)
		}
		w = append(w, " > "...)
	}
	w = append(w, b.Kind.String()...)
	if b.Level > 0 {
		w = append(w, ' ')
		w = strconv.AppendInt(w, int64(b.Level), 10)
	}
	w = appendAttr(w, "id", b.ID)
	w = appendAttr(w, "lang", b.Lang)
	if b.Header {
		w = append(w, " header"...)
	}
	for _, cell := range b.Cells {
		w = append(w, " |"...)
		for _, run := range cell {
			w = run.appendCanonical(w)
		}
	}
	return w
}

func (c *Container) appendCanonical(w []byte) []byte {
	w = append(w, c.Kind.String()...)
	if c.Ordered {
		w = append(w, ' ')
		w = strconv.AppendInt(w, int64(c.Start), 10)
	}
	if c.Tight {
		w = append(w, " tight"...)
	}
	switch c.Task {
	case OpenTask:
		w = append(w, " open"...)
	case DoneTask:
		w = append(w, " done"...)
	}
	for _, a := range c.Align {
		w = append(w, ' ', "-<^>"[a])
	}
	return appendAttr(w, "label", c.Label)
}

func (in *Inline) appendCanonical(w []byte) []byte {
	if in.Kind != Plain {
		w = append(w, in.Kind.String()...)
	}
	w = append(w, in.Style.String()...)
	w = appendAttr(w, "link", in.Link)
	w = appendAttr(w, "title", in.Title)
	w = appendAttr(w, "src", in.Src)
	w = appendAttr(w, "label", in.Label)
	w = append(w, '|')
	w = appendEscaped(w, in.Text)
	return append(w, '|')
}

func appendAttr(w []byte, key, value string) []byte {
	if value == "" {
		return w
	}
	w = append(w, ' ')
	w = append(w, key...)
	w = append(w, '=')
	return appendEscaped(w, value)
}

// appendEscaped appends s so that no two sequences of strings look alike.
func appendEscaped(w []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\n':
			w = append(w, `\n`...)
		case '|', '\\':
			w = append(w, '\\', s[i])
		default:
			w = append(w, s[i])
		}
	}
	return w
}

// IsText reports whether in is shown as the characters of its text.
func (in Inline) IsText() bool { return in.Kind == Plain || in.Kind == RawHTML }

// SameAttributes reports whether a and b differ in nothing but their text.
func (in Inline) SameAttributes(other Inline) bool {
	in.Text, other.Text = "", ""
	return in == other
}

// stays reports whether in is shown without any text of its own.
func (in Inline) stays() bool { return in.Kind == Image || in.Kind == Reference }

// Join returns runs with neighbours of the same attributes made one, and
// empty runs left out: the form in which a Text holds them. Breaks, images
// and references stay what they are.
func Join(runs []Inline) []Inline {
	var out []Inline
	for i := 0; i < len(runs); {
		run := runs[i]
		i++
		if run.Text == "" && !run.stays() {
			continue
		}
		if run.IsText() {
			var more strings.Builder
			for ; i < len(runs) && (runs[i].SameAttributes(run) || runs[i].Text == "" && !runs[i].stays()); i++ {
				more.WriteString(runs[i].Text)
			}
			run.Text += more.String()
		}
		out = append(out, run)
	}
	return out
}
