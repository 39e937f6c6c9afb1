package redline

import (
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// Compare returns what changed from old to new. Its cost grows with the size
// of the texts, and with the product of the sizes of what differs up to fixed
// limits; see most and mostPairs.
func Compare(old, new *legal.Version) *Redline { return NewComparer().Compare(old, new) }

// Compare returns what changed from old to new.
func (k *Comparer) Compare(old, new *legal.Version) *Redline {
	k.forget()
	opened := map[[2]*legal.Text]bool{}
	for {
		c := &comparison{Comparer: k, opened: opened}
		olds, news := c.parts(old), c.parts(new)
		if !c.pair(olds, news) {
			continue
		}
		r := c.redline(old, new, olds, news)
		if c.refused == 0 || opened == nil {
			return r
		}
		// What is settled takes from the budget at another time than what is
		// compared: only the latter says what is left.
		opened = nil
	}
}

// pair finds what of olds became what of news. It reports whether that is all:
// if not, some of what was settled is opened now, and is to be paired again.
func (c *comparison) pair(olds, news []*part) bool {
	c.measure(slices.Concat(olds, news)...)
	c.match(olds, news)
	c.order(olds, news)
	c.alignParts(news)
	c.measure(slices.Concat(olds, news)...)
	c.openRest(olds, news)
	c.findMoves(olds, news)
	spreadMoves(leavesOf(olds), leavesOf(news))
	return c.staySettled(news)
}

// redline marks what was paired.
func (c *comparison) redline(old, new *legal.Version, olds, news []*part) *Redline {
	findMost(olds, news)
	r := &Redline{Old: old, New: new, Title: c.compareCell(title(old.Title), title(new.Title))}
	containers := c.mapContainers(news)
	place := places(olds)
	merge(len(olds), len(news), func(j int) int {
		if news[j].pair == nil || news[j].moved != 0 {
			return -1
		}
		return place[news[j].pair]
	}, func(i, j int) {
		r.Sections = append(r.Sections, section(at(olds, i), at(news, j), containers))
	})
	r.Files = files(old, new)
	r.count()
	r.Effort = Effort{c.spent, mostSteps, c.coarse}
	return r
}

// files returns how the attachments of two versions differ.
func files(old, new *legal.Version) []File {
	var out []File
	for _, name := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(old.Attachments, new.Attachments)))) {
		switch was, is := slices.Contains(old.Attachments, name), slices.Contains(new.Attachments, name); {
		case !was:
			out = append(out, File{Insert, name})
		case !is:
			out = append(out, File{Delete, name})
		case old.AttachmentSum(name) != new.AttachmentSum(name):
			out = append(out, File{Equal, name})
		}
	}
	return out
}

func title(s string) []legal.Inline { return legal.Join([]legal.Inline{{Text: s}}) }

func places[T comparable](list []T) map[T]int {
	m := make(map[T]int, len(list))
	for i, v := range list {
		m[v] = i
	}
	return m
}

func at(parts []*part, i int) *part {
	if i < 0 {
		return nil
	}
	return parts[i]
}

// section returns the marks of a section: of both versions, or of one end of
// a move, or of one that came or went. One of a and b may be nil.
func section(a, b *part, containers *containerMap) Section {
	var s Section
	switch {
	case a != nil && b != nil && b.same():
		s = Section{Old: a.section, New: b.section, Same: true}
		s.Blocks = containers.keptBlocks(a.text, b.text)
	case a != nil && b != nil:
		s = Section{Old: a.section, New: b.section}
		s.Blocks = containers.pairedBlocks(a, b)
	case a != nil && a.pair != nil:
		s = Section{Op: MoveFrom, Move: a.moved, Old: a.section, New: a.pair.section}
		s.Blocks = blocks(a.leaves, nil, a.moved, containers)
	case a != nil:
		s = Section{Op: Delete, Old: a.section, Into: a.most.legal()}
		s.Blocks = blocks(a.leaves, nil, 0, containers)
	case b.pair != nil:
		s = Section{Op: MoveTo, Move: b.moved, Old: b.pair.section, New: b.section}
		s.Blocks = blocks(nil, b.leaves, b.moved, containers)
	default:
		s = Section{Op: Insert, New: b.section, From: b.most.legal()}
		s.Blocks = blocks(nil, b.leaves, 0, containers)
	}
	s.title(containers.comparison)
	return s
}

// legal returns p's section, nil where p is none or the opening text.
func (p *part) legal() *legal.Section {
	if p == nil {
		return nil
	}
	return p.section
}

// title marks the section's title.
func (s *Section) title(c *comparison) {
	switch {
	case s.Old == nil && s.New == nil:
	case s.Old == nil:
		s.Title = wholeCell(Insert, title(s.New.Title))
	case s.New == nil:
		s.Title = wholeCell(Delete, title(s.Old.Title))
	default:
		s.Renamed = s.Old.Title != s.New.Title
		s.Title = oneEnd(s.Op, c.compareCell(title(s.Old.Title), title(s.New.Title)))
	}
}

// oneEnd returns spans as one end of a move shows them: without what was not
// there yet, or is not there any more.
func oneEnd(op Op, spans []Span) []Span {
	drop := map[Op]Op{MoveFrom: Insert, MoveTo: Delete}[op]
	if drop == Equal {
		return spans
	}
	return slices.DeleteFunc(slices.Clone(spans), func(s Span) bool { return s.Op == drop })
}

// blocks returns the marked blocks of two texts. Move is the id of the move
// that both, being sections, took part in.
func blocks(old, new []*leaf, move int, containers *containerMap) []Block {
	var out []Block
	place := places(old)
	stays := func(j int) int {
		if new[j].head != nil {
			return -1
		}
		i, here := place[new[j].pair]
		if new[j].pair == nil || new[j].moved != 0 || !here {
			return -1
		}
		return i
	}
	// alone marks a leaf of one text that does not stand beside its pair.
	alone := func(o, n *leaf) Block {
		switch {
		case o != nil && o.pair != nil:
			b := pairBlock(MoveFrom, o, o.pair, containers)
			b.Move = moveID(o.moved, move)
			return b
		case o != nil:
			return oneBlock(Delete, o, containers)
		case n.pair != nil:
			b := pairBlock(MoveTo, n.pair, n, containers)
			b.Move = moveID(n.moved, move)
			return b
		}
		return oneBlock(Insert, n, containers)
	}
	merge(len(old), len(new), stays, func(i, j int) {
		switch {
		case i >= 0 && old[i].head != nil, j >= 0 && new[j].head != nil:
			// stands with its head
		case i >= 0 && j >= 0 && len(old[i].more)+len(new[j].more) > 0:
			out = append(out, partBlocks(old[i], new[j], containers, alone)...)
		case i >= 0 && j >= 0:
			out = append(out, pairBlock(Equal, old[i], new[j], containers))
		case i >= 0:
			out = append(out, alone(old[i], nil))
		default:
			out = append(out, alone(nil, new[j]))
		}
	})
	return out
}

// moveID returns the id of a block's own move, or that of its section.
func moveID(own, section int) int {
	if own != 0 {
		return own
	}
	return section
}

func oneBlock(op Op, l *leaf, containers *containerMap) Block {
	b := Block{Op: op}
	if op == Delete {
		b.Old, b.Path = l.Block, containers.path(l.Path)
	} else {
		b.New, b.Path = l.Block, l.Path
	}
	for _, cell := range l.Cells {
		b.Cells = append(b.Cells, Cell{Spans: wholeCell(op, cell)})
	}
	return b
}

// equalCells returns the cells of a block that did not change.
func equalCells(b *legal.Block) []Cell {
	cells := make([]Cell, len(b.Cells))
	for i, runs := range b.Cells {
		spans := make([]Span, len(runs))
		for j, run := range runs {
			spans[j] = Span{Old: run, New: run}
		}
		cells[i].Spans = spans
	}
	return cells
}

func pairBlock(op Op, old, new *leaf, containers *containerMap) Block {
	b := Block{Op: op, Old: old.Block, New: new.Block, Path: new.Path}
	if op == MoveFrom {
		b.Path = containers.path(old.Path)
	}
	b.Notes = containers.notes(op, old.Block, new.Block)
	b.Cells = equalCells(new.Block)
	if old.key != new.key {
		b.Cells = containers.changedCells(old, new)
	}
	for i := range b.Cells {
		b.Cells[i].Spans = oneEnd(op, b.Cells[i].Spans)
	}
	drop := map[Op]Op{MoveFrom: Insert, MoveTo: Delete}[op]
	b.Cells = slices.DeleteFunc(b.Cells, func(c Cell) bool { return drop != Equal && c.Op == drop })
	return b
}
