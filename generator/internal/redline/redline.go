// Package redline compares two versions of a legal text and says what changed
// as a lawyer marks it: deletions, insertions, moves, and changes of links and
// formatting on text that was kept.
//
// The result is a value. It holds both texts whole: what is not an insertion
// is the old one, what is not a deletion the new one, block by block and
// attribute by attribute (OldText and NewText give them back). It knows
// nothing of HTML, and depends on nothing but the two texts: no clock, no
// order of maps, no speed of the machine.
package redline

import "github.com/nanoprompt/codicil/generator/internal/legal"

// A Redline is what changed from an old version to a new one.
type Redline struct {
	Old, New *legal.Version
	Title    []Span    // the document's title
	Sections []Section // the opening text first, then in an order that keeps that of both versions
	Files    []File    // the attachments that are not the same, by name
	Stats    Stats
	Effort   Effort
}

// A File is an attachment that came (Insert), went (Delete) or has other
// contents (Equal).
type File struct {
	Op   Op
	Name string
}

// Effort is what a comparison took, in steps that are the same on every
// machine. Where it would have taken more than the limit, passages were marked
// by simpler rules, or replaced as a whole.
type Effort struct {
	Steps, Limit int
	Coarse       int // passages that were replaced as a whole
}

// A Section is one section of either version or both. A section that moved
// among the others stands twice: where it was (MoveFrom) and where it is
// (MoveTo).
type Section struct {
	Op       Op
	Move     int            // joins MoveFrom to its MoveTo; 0: none
	Old, New *legal.Section // nil where there is none; both nil: the opening text
	Title    []Span
	Renamed  bool           // its title changed
	Same     bool           // it stayed where it was and its text is the same; only its title can have changed
	From     *legal.Section // of one that is new: the old one that most of its words come from, or nil
	Into     *legal.Section // of one that was removed: the new one that most of its words went to, or nil
	Blocks   []Block        // in an order that keeps that of both texts
	Stats    Stats
}

// A Block is one block of either text or both. One that was split stands as
// several in a row with the same Old, each with its part of the old words;
// blocks that were joined stand as several in a row with the same New. All but
// the first of them have a note that says so.
type Block struct {
	Op       Op
	Move     int          // joins MoveFrom to its MoveTo; 0: none
	Old, New *legal.Block // Old is nil on Insert, New on Delete; MoveFrom and MoveTo have both
	Path     []*legal.Container
	Cells    []Cell // one, but a row's: one a column
	Notes    []Note // what changed of the block itself
}

// A Cell is the text of a block, or a cell of a row.
type Cell struct {
	Op    Op // Insert and Delete: the whole cell (a column) came or went
	Spans []Span
}

// A Span is a run of text that was kept, deleted or inserted, with its
// attributes in each version. On Equal, Old and New differ at most in
// attributes (link, style) and typography (white space, quotes, dashes).
type Span struct {
	Op       Op // Equal, Delete or Insert
	Old, New legal.Inline
}

// Op says to which text something belongs.
type Op int

// The operations. MoveFrom belongs to the old text, MoveTo to the new one.
const (
	Equal Op = iota
	Delete
	Insert
	MoveFrom
	MoveTo
)

var opNames = [...]string{"equal", "delete", "insert", "move-from", "move-to"}

func (o Op) String() string { return opNames[o] }

// A Note is a change of a block itself, not of its words.
type Note struct {
	Kind     NoteKind
	Old, New string // for people, e.g. "2" and "3" for a heading's level
	Blocks   int    // how many neighbouring blocks it is said of, after FoldNotes
}

// NoteKind says what of a block changed.
type NoteKind int

// The changes of blocks.
const (
	HeadingLevel NoteKind = iota
	AnchorID
	ListKind   // bullets or numbers
	ListStart  // the first number
	TableAlign // of columns
	TaskState  // done or open
	BlockKind  // e.g. a paragraph became an item or a quote
	CodeLang
	Split  // from the block before
	Joined // to the block before
)

var noteNames = [...]string{"level", "anchor", "list", "start", "align", "task", "block", "language", "split", "joined"}

func (k NoteKind) String() string { return noteNames[k] }

// Stats counts what changed.
type Stats struct {
	Inserted, Deleted, Moved int // words
	Links                    int // kept runs whose link changed
	Formats                  int // kept runs or blocks whose formatting changed
	Typography               int // kept runs whose quotation marks, dashes, spaces or forms of letters changed
}
