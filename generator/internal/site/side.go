package site

import (
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A side is the texts of a redline that something stands in.
type side uint8

const (
	oldSide side = 1 << iota
	newSide
	bothSides = oldSide | newSide
)

var sideNames = [...]string{oldSide: "old", newSide: "new"}

func sideOf(op redline.Op) side {
	switch op {
	case redline.Delete, redline.MoveFrom:
		return oldSide
	case redline.Insert, redline.MoveTo:
		return newSide
	}
	return bothSides
}

// sides are those of the containers of blocks; nil: all stand in both texts.
type sides map[*legal.Container]side

func (s sides) of(c *legal.Container) side {
	if s == nil {
		return bothSides
	}
	return s[c]
}

// measureSides learns the sides of the containers in blocks.
func (m *markup) measureSides(blocks []redline.Block) {
	m.sides = nil
	if !m.look.Anchors || !slices.ContainsFunc(blocks, func(b redline.Block) bool { return b.Op != redline.Equal }) {
		return
	}
	m.sides = sides{}
	for i := range blocks {
		for _, c := range blocks[i].Path {
			m.sides[c] |= sideOf(blocks[i].Op)
		}
	}
}

// stands writes, into the start tag of a block or of what holds blocks, that it stands in
// one of the two texts alone:
//
//	<li data-in="old"><del>…</del></li>
//
// The views that show one text leave out what is the other's. It is not said again of
// what stands in such an element.
func (m *markup) stands(s side) {
	if s == bothSides || !m.look.Anchors {
		return
	}
	within := m.within
	if parent := m.top(); parent != nil {
		within = parent.side
	}
	if s == within {
		return
	}
	m.raw(` data-in="` + sideNames[s] + `"`)
}
