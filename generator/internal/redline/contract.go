package redline

import (
	"strconv"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A Contract is a redline as other tools read it, one operation a run of
// visible text:
//
//	{"version":1,
//	 "summary":"1 section changed; 1 word added, 1 removed, 1 link changed",
//	 "messages":[{"key":"sections-changed","count":1},{"key":"words-added","count":1}, …],
//	 "stats":{"inserted":1,"deleted":1,"moved":0,"links":1,"formats":0,"typography":0},
//	 "sections":[{"id":"ending","title":"Ending","what":["changed"],"stats":{…},
//	              "notes":[{"kind":"level","old":"2","new":"3","blocks":1}]}],
//	 "effort":{"steps":12,"limit":150000000,"coarse":0},
//	 "ops":[{"op":"equal","text":"You may "},
//	        {"op":"delete","text":"cancel"},{"op":"insert","text":"terminate"},
//	        {"op":"equal","text":"any time","fmt":{"link":["https://old","https://new"]}},
//	        {"op":"equal","text":".\n"}]}
//
// What is equal, deleted or moved from is the old text, what is equal,
// inserted or moved to the new one. A block ends with a line feed, a cell of a
// row with a tab. Moves have an id, and stand at both ends.
type Contract struct {
	Version  int        `json:"version"`
	Summary  string     `json:"summary"`  // the messages as a sentence in English
	Messages []Message  `json:"messages"` // the same for other languages
	Stats    Counts     `json:"stats"`
	Sections []Happened `json:"sections"` // the opening text, which has no title, first, if there is one
	Files    []FileWhat `json:"attachments,omitempty"`
	Effort   Spent      `json:"effort"`
	Ops      []Run      `json:"ops"`
}

// Happened says what became of a section: one or more of kept, changed, replaced,
// added, removed, moved, renamed, split (from another), merged (into another).
type Happened struct {
	ID    string   `json:"id,omitempty"` // in the new version, or in the old one of a section that was removed
	Title string   `json:"title,omitempty"`
	Was   string   `json:"was,omitempty"`  // the title of a section that was renamed
	From  string   `json:"from,omitempty"` // the title of the section that one which was added was split from
	Into  string   `json:"into,omitempty"` // the title of the section that one which was removed was merged into
	What  []string `json:"what"`
	Stats Counts   `json:"stats"`
	Notes []Noted  `json:"notes,omitempty"`
}

// Noted is a Note: what changed of blocks beside their words.
type Noted struct {
	Kind   string `json:"kind"` // level, anchor, list, start, align, task, block, language, split or joined
	Old    string `json:"old,omitempty"`
	New    string `json:"new,omitempty"`
	Blocks int    `json:"blocks"` // how many in a row
}

// FileWhat says what became of an attachment: added, removed or changed.
type FileWhat struct {
	Name string `json:"name"`
	What string `json:"what"`
}

// Spent is an Effort.
type Spent struct {
	Steps  int `json:"steps"`
	Limit  int `json:"limit"`
	Coarse int `json:"coarse"`
}

// Counts are the statistics of a Contract: three counts of words, then three of
// changes.
type Counts struct {
	Inserted   int `json:"inserted"`
	Deleted    int `json:"deleted"`
	Moved      int `json:"moved"`
	Links      int `json:"links"`
	Formats    int `json:"formats"`
	Typography int `json:"typography"`
}

// A Run is one operation of a Contract.
type Run struct {
	Op     string  `json:"op"`
	Text   string  `json:"text"`
	Move   string  `json:"move,omitempty"`
	Format *Format `json:"fmt,omitempty"`
}

// A Format says what changed of text that was kept, each from old to new.
type Format struct {
	Link  *[2]string `json:"link,omitempty"`
	Src   *[2]string `json:"src,omitempty"`
	Style *[2]string `json:"style,omitempty"`
}

// Contract returns r for other tools.
func (r *Redline) Contract() Contract {
	w := &contractWriter{}
	w.block(Equal, 0, []Cell{{Spans: r.Title}}, "", "")
	for i := range r.Sections {
		s := &r.Sections[i]
		w.block(s.Op, s.Move, []Cell{{Spans: s.Title}}, "", "")
		w.task = [2]*legal.Container{}
		for j := range s.Blocks {
			b := &s.Blocks[j]
			w.block(b.Op, b.Move, b.Cells, w.before(0, b.Old), w.before(1, b.New))
		}
	}
	w.finish()
	summary := r.Summary()
	c := Contract{
		Version:  1,
		Summary:  English().Say(summary),
		Messages: append([]Message{}, summary.Messages()...), // never null
		Stats:    Counts(r.Stats),
		Effort:   Spent(r.Effort),
		Ops:      w.runs,
	}
	for _, f := range r.Files {
		c.Files = append(c.Files, FileWhat{f.Name, map[Op]string{Insert: "added", Delete: "removed", Equal: "changed"}[f.Op]})
	}
	for i := range r.Sections {
		s := &r.Sections[i]
		if isOpening := s.Old == nil && s.New == nil; s.Op == MoveFrom || isOpening && len(s.Blocks) == 0 {
			continue
		}
		h := s.happened()
		h.Stats = Counts(r.SectionStats(s))
		c.Sections = append(c.Sections, h)
	}
	return c
}

func (s *Section) happened() Happened {
	var h Happened
	of := s.New
	if of == nil {
		of = s.Old
	}
	if of != nil {
		h.ID, h.Title = of.ID, of.Title
	}
	switch s.Op {
	case Insert:
		h.What = []string{"added"}
	case Delete:
		h.What = []string{"removed"}
	case MoveTo:
		h.What = []string{"moved"}
	}
	if s.From != nil {
		h.From = s.From.Title
		h.What = append(h.What, "split")
	}
	if s.Into != nil {
		h.Into = s.Into.Title
		h.What = append(h.What, "merged")
	}
	if s.Renamed {
		h.Was = s.Old.Title
		h.What = append(h.What, "renamed")
	}
	switch {
	case s.Replaced():
		h.What = append(h.What, "replaced")
	case s.Op != Insert && s.Op != Delete && s.Changed():
		h.What = append(h.What, "changed")
	}
	if h.What == nil {
		h.What = []string{"kept"}
	}
	for _, b := range FoldNotes(s.Blocks) {
		if b.Op == MoveFrom {
			continue
		}
		for _, n := range b.Notes {
			h.Notes = append(h.Notes, Noted{n.Kind.String(), n.Old, n.New, n.Blocks})
		}
	}
	return h
}

type contractWriter struct {
	runs []Run
	text strings.Builder     // of the last run
	task [2]*legal.Container // the item of each side whose box was written
}

// before returns the signs that stand before a block's words and are no words
// of it: the box of a task, the label of a footnote.
func (w *contractWriter) before(side int, b *legal.Block) string {
	if b == nil || len(b.Path) == 0 {
		return ""
	}
	c := b.Path[len(b.Path)-1]
	if c == w.task[side] {
		return ""
	}
	w.task[side] = c
	return b.Sign()
}

// block adds the runs of a block, with the signs before it in each text.
func (w *contractWriter) block(op Op, move int, cells []Cell, old, new string) {
	if len(cells) == 0 || len(cells) == 1 && len(cells[0].Spans) == 0 && old == "" && new == "" {
		return
	}
	id := ""
	if move != 0 {
		id = "m" + strconv.Itoa(move)
	}
	if old == new || op == Insert || op == MoveTo {
		w.add(own(op, Equal), new, id, nil)
	} else if op == Delete || op == MoveFrom {
		w.add(own(op, Equal), old, id, nil)
	} else {
		w.add(own(op, Delete), old, id, nil)
		w.add(own(op, Insert), new, id, nil)
	}
	for i, c := range cells {
		for _, s := range c.Spans {
			w.span(op, id, s)
		}
		if i < len(cells)-1 {
			w.add(own(op, c.Op), "\t", id, nil)
		}
	}
	w.add(own(op, Equal), "\n", id, nil)
}

// own returns the operation of a span in a block.
func own(block, span Op) Op {
	if span != Equal {
		return span
	}
	return block
}

func (w *contractWriter) span(block Op, id string, s Span) {
	op := own(block, s.Op)
	switch {
	case op == Delete || op == MoveFrom:
		w.add(op, visible(s.Old), id, nil)
	case s.Op == Equal && block == Equal && differ(visible(s.Old), visible(s.New)):
		w.add(Delete, visible(s.Old), id, nil)
		w.add(Insert, visible(s.New), id, nil)
	case op == Insert:
		w.add(op, visible(s.New), id, nil)
	default:
		w.add(op, visible(s.New), id, formatOf(s))
	}
}

// differ reports whether two texts differ in more than white space.
func differ(a, b string) bool {
	return a != b && strings.Join(strings.Fields(a), "") != strings.Join(strings.Fields(b), "")
}

// visible returns the text of a run as it is typed.
func visible(in legal.Inline) string {
	if in.Kind == legal.NoteRef {
		return "[^" + in.Text + "]"
	}
	if in.Kind == legal.Image {
		return ""
	}
	return in.Text
}

func formatOf(s Span) *Format {
	if s.Old == s.New {
		return nil
	}
	var f Format
	pair := func(a, b string) *[2]string {
		if a == b {
			return nil
		}
		return &[2]string{a, b}
	}
	f.Link = pair(s.Old.Link, s.New.Link)
	f.Src = pair(s.Old.Src, s.New.Src)
	f.Style = pair(s.Old.Style.String(), s.New.Style.String())
	if f == (Format{}) {
		return nil
	}
	return &f
}

// add appends a run, joined with the last where they are alike.
func (w *contractWriter) add(op Op, text, id string, f *Format) {
	if text == "" {
		return
	}
	last := len(w.runs) - 1
	if last < 0 || f != nil || w.runs[last].Format != nil || w.runs[last].Op != op.String() || w.runs[last].Move != id {
		w.finish()
		w.runs = append(w.runs, Run{Op: op.String(), Move: id, Format: f})
	}
	w.text.WriteString(text)
}

// finish gives the last run its text.
func (w *contractWriter) finish() {
	if len(w.runs) > 0 {
		w.runs[len(w.runs)-1].Text = w.text.String()
		w.text.Reset()
	}
}
