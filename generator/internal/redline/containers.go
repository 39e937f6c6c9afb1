package redline

import (
	"fmt"
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A containerMap says which list, table or quote of the old text became
// which of the new one, so that what was deleted stands where it was.
type containerMap struct {
	*comparison
	became  map[*legal.Container]*legal.Container
	columns map[[2]*legal.Container][]change // of tables; see columnChanges
	noted   map[*legal.Container]bool        // lists of which it was said what changed
}

// mapContainers learns from the blocks that stayed, the first one first.
func (c *comparison) mapContainers(news []*part) *containerMap {
	m := &containerMap{c, map[*legal.Container]*legal.Container{}, map[[2]*legal.Container][]change{}, map[*legal.Container]bool{}}
	taken := map[*legal.Container]bool{}
	for _, p := range news {
		for _, l := range p.leaves {
			if l == nil || l.pair == nil || l.moved != 0 {
				continue
			}
			for d := range min(len(l.Path), len(l.pair.Path)) {
				old, new := l.pair.Path[d], l.Path[d]
				if old.Kind != new.Kind {
					break
				}
				if m.became[old] == nil && !taken[new] {
					m.became[old], taken[new] = new, true
				}
				if m.became[old] != new {
					break
				}
			}
		}
	}
	return m
}

// path returns where a block that was deleted stands among those of the new
// text.
func (m *containerMap) path(old []*legal.Container) []*legal.Container {
	out := slices.Clone(old)
	for i, c := range old {
		if m.became[c] == nil {
			break
		}
		out[i] = m.became[c]
	}
	return out
}

// changedCells returns the marked cells of a block that was kept. What two blocks
// gave before they give again, as long as the budget allows it; rows are compared
// as their tables ask for.
func (m *containerMap) changedCells(old, new *leaf) []Cell {
	if old.Kind == legal.Row || new.Kind == legal.Row {
		return compareCells(old.Block, new.Block, m)
	}
	pair := [2]*facts{old.facts, new.facts}
	if known, ok := m.pairs[pair]; ok && m.spend(known.steps) {
		m.coarse += known.coarse
		return slices.Clone(known.cells)
	}
	spent, coarse, refused := m.spent, m.coarse, m.refused
	cells := compareCells(old.Block, new.Block, m)
	if m.refused == refused { // else it would be another where more is left
		m.pairs[pair] = outcome{slices.Clone(cells), m.spent - spent, m.coarse - coarse}
	}
	return cells
}

// compareCells returns the marked cells of a block that was kept.
func compareCells(old, new *legal.Block, m *containerMap) []Cell {
	if old.Kind != legal.Row || new.Kind != legal.Row {
		return []Cell{{Spans: m.compareCell(flat(old), flat(new))}}
	}
	var out []Cell
	i, j := 0, 0
	for _, c := range m.columnChanges(old, new) {
		out = m.keptCells(out, old, new, i, c.old[0], j)
		for _, cell := range old.Cells[c.old[0]:c.old[1]] {
			out = append(out, Cell{Delete, wholeCell(Delete, cell)})
		}
		for _, cell := range new.Cells[c.new[0]:c.new[1]] {
			out = append(out, Cell{Insert, wholeCell(Insert, cell)})
		}
		i, j = c.old[1], c.new[1]
	}
	return m.keptCells(out, old, new, i, len(old.Cells), j)
}

func (m *containerMap) keptCells(out []Cell, old, new *legal.Block, i, end, j int) []Cell {
	for ; i < end; i, j = i+1, j+1 {
		out = append(out, Cell{Spans: m.compareCell(old.Cells[i], new.Cells[j])})
	}
	return out
}

// flat returns the text of a block that is compared with one of another kind.
func flat(b *legal.Block) []legal.Inline { return b.Cells[0] }

// columnChanges returns the columns that came and went between the tables
// that two rows stand in, as the first rows that are compared tell.
func (m *containerMap) columnChanges(old, new *legal.Block) []change {
	key := [2]*legal.Container{table(old), table(new)}
	if changes, ok := m.columns[key]; ok && fits(changes, len(old.Cells), len(new.Cells)) {
		return changes
	}
	n, k := len(old.Cells), len(new.Cells)
	if n == k {
		m.columns[key] = nil
		return nil
	}
	a, b := cellTokens(old), cellTokens(new)
	changes := m.compareTokens(a, b)
	m.columns[key] = changes
	return changes
}

func table(b *legal.Block) *legal.Container {
	if len(b.Path) == 0 {
		return nil
	}
	return b.Path[len(b.Path)-1]
}

func cellTokens(b *legal.Block) []token {
	tokens := make([]token, len(b.Cells))
	for i, cell := range b.Cells {
		tokens[i].key = legal.Canonical([]legal.Block{{Cells: [][]legal.Inline{cell}}})
	}
	return tokens
}

// fits reports whether changes lead from n columns to k.
func fits(changes []change, n, k int) bool {
	for _, c := range changes {
		if c.old[1] > n || c.new[1] > k {
			return false
		}
		k -= (c.new[1] - c.new[0]) - (c.old[1] - c.old[0])
	}
	return n == k
}

// notes returns what changed of a block beside its words. What changed of a
// list is said of its first block that is there.
func (m *containerMap) notes(op Op, old, new *legal.Block) []Note {
	var out []Note
	add := func(kind NoteKind, a, b any) {
		if a != b {
			out = append(out, Note{Kind: kind, Old: fmt.Sprint(a), New: fmt.Sprint(b)})
		}
	}
	add(BlockKind, place(old), place(new))
	if old.Kind == new.Kind {
		add(HeadingLevel, old.Level, new.Level)
	}
	add(AnchorID, old.ID, new.ID)
	add(CodeLang, old.Lang, new.Lang)
	a, b := innermost(old, legal.List), innermost(new, legal.List)
	if a != nil && b != nil && !m.noted[b] {
		m.noted[b] = m.noted[b] || op != MoveFrom
		add(ListKind, listKind(a), listKind(b))
		if a.Ordered && b.Ordered {
			add(ListStart, a.Start, b.Start)
		}
	}
	if a, b := innermost(old, legal.Item), innermost(new, legal.Item); a != nil && b != nil {
		add(TaskState, taskState(a), taskState(b))
	}
	if a, b := innermost(old, legal.Table), innermost(new, legal.Table); a != nil && b != nil && new.Header && len(a.Align) == len(b.Align) {
		add(TableAlign, fmt.Sprint(a.Align), fmt.Sprint(b.Align))
	}
	return out
}

// place says what a block is and what it stands in.
func place(b *legal.Block) string {
	s := b.Kind.String()
	for _, c := range slices.Backward(b.Path) {
		if c.Kind != legal.List && c.Kind != legal.Table && c.Kind != legal.Definitions {
			s += " in " + c.Kind.String()
		}
	}
	return s
}

func innermost(b *legal.Block, kind legal.ContainerKind) *legal.Container {
	for _, c := range slices.Backward(b.Path) {
		if c.Kind == kind {
			return c
		}
	}
	return nil
}

func listKind(c *legal.Container) string {
	if c.Ordered {
		return "numbers"
	}
	return "bullets"
}

func taskState(c *legal.Container) string {
	return [...]string{"none", "open", "done"}[c.Task]
}
