package site

import (
	"html/template"
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// RedlineHTML returns r as a fragment of HTML for other tools:
//
//	<p>You may <del>cancel</del><ins>terminate</ins> at <a href="https://new">any time</a>.</p>
//	<p><span data-rl="move-to" data-move="m1">Notices <ins>must</ins> …</span></p>
//
// Its text is that of the two versions and nothing else: without ins and
// move-to it reads as the old one, without del and move-from as the new one,
// block by block. Marks stand inside of blocks. Boxes of tasks and labels of
// footnotes are text, as they are typed, and a line that was wrapped between two
// ideographs has its line feed, which CSS Text leaves out and other readers take for
// a space. Links are as their authors wrote them.
func RedlineHTML(r *redline.Redline) []byte {
	texts := textsOf(r.New, r.Old)
	m := &markup{words: WordsIn(""), look: look{Typed: true}, wrapped: wrapped{{}, {}}, numbers: numberItems(texts...), dirs: directionsOf(ltr, texts...)}
	if len(r.Title) > 0 {
		m.look.Shift = 1
		m.titleBlock(redline.Equal, 0, 0, r.Title)
	}
	for i := range r.Sections {
		s := &r.Sections[i]
		m.titleBlock(s.Op, s.Move, 1, s.Title)
		m.typed = [2]*legal.Container{}
		m.blocks(m.partEnds(s.Blocks), nil)
	}
	return m.buf
}

// titleBlock writes a title as a heading, where there is one.
func (m *markup) titleBlock(op redline.Op, move, level int, title []redline.Span) {
	if len(title) == 0 {
		return
	}
	b := &legal.Block{Kind: legal.Heading, Level: level}
	shift := m.look.Shift
	m.look.Shift = 1
	if level == 0 {
		m.look.Shift = 0
	}
	m.heading(&redline.Block{Op: op, Move: move, Old: b, New: b, Cells: []redline.Cell{{Spans: title}}}, b, "")
	m.look.Shift = shift
}

// A RedlineView is a redline as pages and feeds show it.
type RedlineView struct {
	Title    template.HTML // the document's title with its marks, if it changed
	Changed  []SectionLine
	Sections template.HTML
	Figures  string
	Stats    redline.Stats // what the legend explains
	Files    []string      // what became of attachments
	Coarse   string        // says that not all was compared word by word
}

// A SectionLine is a section in the list of those that changed.
type SectionLine struct {
	Href    string
	Title   string
	Remarks []string // e.g. "new section"
	Figures string
}

// viewer returns what writes r on a page of direction dir.
func viewer(w *Words, r *redline.Redline, old, new *source, dir string, look look) *markup {
	texts := textsOf(r.New, r.Old)
	return &markup{words: w, old: old, new: new, numbers: numberItems(texts...), moves: findMoves(r), labelled: map[string]bool{},
		look: look, dirs: directionsOf(dir, texts...), versions: [2]*legal.Version{r.Old, r.New},
		lettered: r.New.Numbered && (look.Anchors || look.Away && !look.Comment)}
}

// view renders r for a page of direction dir. Without anchors the sections that did
// not change are left out.
func view(w *Words, r *redline.Redline, old, new *source, dir string, look look) RedlineView {
	m := viewer(w, r, old, new, dir, look)
	v := RedlineView{Figures: w.Figures(r.Summary()), Stats: r.Stats, Coarse: w.Coarse(r.Effort.Coarse)}
	for _, f := range r.Files {
		v.Files = append(v.Files, w.File(f))
	}
	if r.Old.Title != r.New.Title {
		t := &markup{words: w, labelled: map[string]bool{}, look: m.look}
		t.look.Anchors = false
		t.titleSpans(redline.Equal, 0, r.Title)
		v.Title = t.HTML()
	}
	joined := r.JoinMoves()
	for i := range r.Sections {
		s := &r.Sections[i]
		p := m.redlineSection(r, s, joined)
		if s.Op != redline.MoveFrom && isChanged(s) {
			v.Changed = append(v.Changed, m.sectionLine(s, r.SectionStats(s), p))
		}
	}
	v.Sections = m.HTML()
	return v
}

// isChanged reports whether a section is shown with its text.
func isChanged(s *redline.Section) bool {
	return s.Op != redline.Equal || s.Renamed || s.Changed()
}

func (m *markup) sectionLine(s *redline.Section, stats redline.Stats, anchor string) SectionLine {
	l := SectionLine{Title: clean(m.redlineTitle(s)), Remarks: m.remarks(s)}
	if s.Op == redline.MoveTo {
		stats.Moved = 0 // it is said in words
	}
	if m.look.Anchors {
		l.Href = "#" + anchor
	}
	if stats != (redline.Stats{}) || len(l.Remarks) == 0 {
		l.Figures = m.words.Stats(stats)
	}
	return l
}

// redlineTitle returns what a section is called in a list.
func (m *markup) redlineTitle(s *redline.Section) string {
	switch {
	case s.New != nil:
		return s.New.Title
	case s.Old != nil:
		return s.Old.Title
	}
	return m.words.Opening
}

// remarks says what happened to a section as a whole.
func (m *markup) remarks(s *redline.Section) []string {
	var out []string
	switch s.Op {
	case redline.Insert:
		out = append(out, m.words.NewSection)
	case redline.Delete:
		out = append(out, m.words.Removed)
	case redline.MoveTo:
		out = append(out, m.words.Moved)
	}
	if s.From != nil {
		out = append(out, m.words.SplitFrom(clean(s.From.Title)))
	}
	if s.Into != nil {
		out = append(out, m.words.MergedInto(clean(s.Into.Title)))
	}
	if s.Renamed {
		out = append(out, m.words.Renamed(clean(s.Old.Title)))
	}
	if s.Replaced() {
		out = append(out, m.words.Rewritten)
	}
	return out
}

// redlineSection writes a section and returns its anchor.
func (m *markup) redlineSection(r *redline.Redline, s *redline.Section, joined map[*redline.Block]redline.Block) string {
	anchor := sectionAnchor(r, s)
	if !isChanged(s) {
		if m.look.Anchors {
			m.unchanged(s, anchor)
		}
		return anchor
	}
	m.raw("<section")
	if m.look.Anchors {
		m.attr("id", anchor)
	}
	if m.look.Anchors || m.look.Away {
		m.attr("class", map[redline.Op]string{redline.MoveFrom: "away", redline.MoveTo: "moved"}[s.Op])
	}
	m.within = bothSides
	m.stands(sideOf(s.Op))
	m.within = sideOf(s.Op)
	m.raw(">\n")
	m.redlineHead(s, anchor)
	m.sectionMove(r, s)
	blocks := slices.Clone(s.Blocks)
	for i := range blocks {
		if both, ok := joined[&s.Blocks[i]]; ok {
			blocks[i] = both
		}
	}
	if s.Op == redline.MoveFrom {
		m.raw("<details><summary>")
		m.text(m.words.MovedCopy)
		m.raw("</summary>\n")
	}
	m.section(redline.FoldNotes(joinParts(m.words, blocks)), nil, anchor)
	if s.Op == redline.MoveFrom {
		m.raw("</details>\n")
	}
	m.raw("</section>\n")
	return anchor
}

// sectionAnchor returns a section's anchor on the page of a redline. The ids
// of the old version's sections can be those of the new one's.
func sectionAnchor(r *redline.Redline, s *redline.Section) string {
	switch {
	case s.Op == redline.MoveFrom:
		return moveName(s.Move) + "_from"
	case s.New != nil:
		return s.New.ID
	case s.Old == nil:
		return "opening_text"
	case slices.ContainsFunc(r.New.Sections, func(n *legal.Section) bool { return n.ID == s.Old.ID }):
		return s.Old.ID + "_old"
	}
	return s.Old.ID
}

// unchanged writes a section that did not change as a heading, which leads to
// its text.
func (m *markup) unchanged(s *redline.Section, anchor string) {
	if s.New == nil {
		return
	}
	href, _ := m.new.href("#" + s.New.ID)
	m.raw(`<h2 class="same"`)
	m.attr("id", anchor)
	m.attr("dir", m.dirs.words(s.New.Title))
	m.raw("><a")
	m.attr("href", href)
	m.raw(">")
	m.number(m.numbered(s.New))
	m.text(s.New.Title)
	m.raw(`</a> <span class="tag"` + m.words.lang() + `>`)
	m.text(m.words.Unchanged)
	m.raw("</span></h2>\n")
}

func (m *markup) redlineHead(s *redline.Section, anchor string) {
	dir := ""
	if s.Old != nil || s.New != nil {
		dir = m.dirs.block(&redline.Block{Cells: []redline.Cell{{Spans: s.Title}}})
	}
	if m.look.Anchors {
		m.startHead(dir)
		dir = ""
	}
	m.raw("<h2")
	m.attr("dir", dir)
	m.raw(">")
	if s.Old == nil && s.New == nil {
		m.text(m.words.Opening)
	} else {
		if s.Op != redline.MoveFrom {
			m.number(m.numbered(s.New))
		}
		m.titleSpans(s.Op, s.Move, s.Title)
	}
	m.raw("</h2>")
	if m.look.Anchors {
		m.permalink(anchor, m.redlineTitle(s))
		m.raw("</div>")
	}
	m.raw("\n")
}

// titleSpans writes a title with its marks.
func (m *markup) titleSpans(op redline.Op, move int, title []redline.Span) {
	labelled := m.inMove
	m.inMove = move // so that the title has no label of its own
	m.cell(&redline.Block{Op: op, Move: move, Cells: []redline.Cell{{Spans: title}}}, 0)
	m.inMove = labelled
}

// sectionMove says where a section went or came from, or what it is called.
func (m *markup) sectionMove(r *redline.Redline, s *redline.Section) {
	var words, href string
	switch s.Op {
	case redline.MoveFrom:
		words, href = m.words.SectionMovedTo(clean(titleBefore(r.New, s.New))), "#"+s.New.ID
	case redline.MoveTo:
		words, href = m.words.SectionMovedFrom(clean(titleBefore(r.Old, s.Old))), "#"+moveName(s.Move)+"_from"
	case redline.Insert:
		if words = m.words.IsNew; s.From != nil {
			words = m.words.IsSplit(clean(s.From.Title))
		}
	case redline.Delete:
		if words = m.words.IsRemoved; s.Into != nil {
			words = m.words.IsMerged(clean(s.Into.Title))
		}
	default:
		if !s.Replaced() {
			return
		}
		words = m.words.IsRewritten
	}
	m.raw("<p")
	m.attr("class", "remark")
	m.raw(m.words.lang())
	m.raw(">")
	if href != "" && (m.look.Anchors || m.written != nil) {
		m.raw("<a")
		m.attr("href", href)
		m.raw(">")
		m.text(words)
		m.raw("</a>")
	} else {
		m.text(words)
	}
	m.raw("</p>\n")
}

// titleBefore returns the title of the section before s in v, "" where s is
// the first.
func titleBefore(v *legal.Version, s *legal.Section) string {
	if i := slices.Index(v.Sections, s); i > 0 {
		return v.Sections[i-1].Title
	}
	return ""
}
