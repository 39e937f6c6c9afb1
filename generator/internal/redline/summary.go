package redline

import (
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A Summary counts what a redline shows, for a sentence in words.
type Summary struct {
	Changed, Added, Removed, Moved, Renamed int            // sections
	Files                                   int            // attachments that came, went or changed
	Stats                                   `json:"Stats"` // else JSON would lose its Moved
}

// Summary returns the counts of r. A section that moved or was renamed counts
// as changed as well only if its text changed.
func (r *Redline) Summary() Summary {
	s := Summary{Files: len(r.Files), Stats: r.Stats}
	for i := range r.Sections {
		sec := &r.Sections[i]
		switch sec.Op {
		case Insert:
			s.Added++
			continue
		case Delete:
			s.Removed++
			continue
		case MoveFrom:
			continue
		case MoveTo:
			s.Moved++
		}
		if sec.Renamed {
			s.Renamed++
		}
		if sec.Changed() {
			s.Changed++
		}
	}
	return s
}

// Changed reports whether anything of the section's text changed; its title
// and place are not its text.
func (s *Section) Changed() bool {
	for i := range s.changedBlocks() {
		b := &s.Blocks[i]
		if b.Changed() || b.Op != Equal && s.Move == 0 || b.Op != Equal && b.Move != s.Move {
			return true
		}
	}
	return false
}

// changedBlocks returns the blocks of s among which something can have changed.
func (s *Section) changedBlocks() []Block {
	if s.Same {
		return nil
	}
	return s.Blocks
}

// Replaced reports whether the section is in both versions, but hardly a word
// of it was kept: it was rewritten, or is in another language.
func (s *Section) Replaced() bool {
	if s.Op == Insert || s.Op == Delete || min(s.Stats.Inserted, s.Stats.Deleted) < replacedWords {
		return false
	}
	kept, most := 0, min(s.Stats.Inserted, s.Stats.Deleted)/10
	for i := range s.Blocks {
		for _, c := range s.Blocks[i].Cells {
			if c.Op == Equal && kept <= most {
				kept += countWords(c.Spans, Equal)
			}
		}
	}
	return kept <= most
}

// replacedWords is the least number of words that a section that was replaced
// lost, and gained.
const replacedWords = 20

// Changed reports whether b's words, their attributes or b itself changed; a
// block that only moved did not.
func (b *Block) Changed() bool {
	if b.Op == Insert || b.Op == Delete || len(b.Notes) > 0 {
		return true
	}
	for _, c := range b.Cells {
		if c.Op != Equal {
			return true
		}
		for _, s := range c.Spans {
			if seen := b.Seen(s); s.Op != Equal || seen.Old != seen.New {
				return true
			}
		}
	}
	return false
}

// count fills in the statistics.
func (r *Redline) count() {
	r.Stats = Stats{}
	r.Stats.spans(&Block{}, r.Title)
	for i := range r.Sections {
		s := &r.Sections[i]
		s.Stats = Stats{}
		s.Stats.spans(&Block{Op: s.Op}, s.Title)
		for j := range s.changedBlocks() {
			b := &s.Blocks[j]
			if b.Op == Equal && !b.Changed() {
				continue
			}
			if b.Op != MoveFrom {
				s.Stats.Formats += len(b.Notes)
			}
			for _, c := range b.Cells {
				s.Stats.spans(b, c.Spans)
			}
		}
		r.Stats.add(s.Stats)
	}
}

func (s *Stats) add(t Stats) {
	s.Inserted += t.Inserted
	s.Deleted += t.Deleted
	s.Moved += t.Moved
	s.Links += t.Links
	s.Formats += t.Formats
	s.Typography += t.Typography
}

// spans counts what a cell of b shows. What moved is counted where it is now.
func (s *Stats) spans(b *Block, spans []Span) {
	s.Inserted += countWords(spans, Insert)
	s.Deleted += countWords(spans, Delete)
	if b.Op == MoveTo {
		s.Moved += countWords(spans, Equal)
	}
	if b.Op == MoveFrom {
		return
	}
	var last look
	for _, span := range spans {
		if span.Op != Equal {
			continue
		}
		seen := b.Seen(span)
		if sign := seen.Sign(); sign.Old != sign.New {
			s.Typography++
		}
		if span.IsBlank() {
			continue // a link may go on after it
		}
		l := lookOf(seen)
		if l.link != last.link && l.link[0] != l.link[1] {
			s.Links++
		}
		if l.format != last.format && l.format != (format{}) {
			s.Formats++
		}
		last = l
	}
}

// A look is how a run that was kept changed, but for its signs. Neighbours with
// the same look are one change.
type look struct {
	link [2]string
	format
}

type format struct {
	gained, lost legal.Style
	titles       [2]string // of links and images
	alts         [2]string // the words of an image
}

func lookOf(s Span) look {
	l := look{link: [2]string{s.Old.Link + "\n" + s.Old.Src, s.New.Link + "\n" + s.New.Src}}
	l.gained, l.lost = s.New.Style&^s.Old.Style, s.Old.Style&^s.New.Style
	if s.Old.Title != s.New.Title {
		l.titles = [2]string{s.Old.Title, s.New.Title}
	}
	if s.New.Kind == legal.Image && s.Old.Text != s.New.Text {
		l.alts = [2]string{s.Old.Text, s.New.Text}
	}
	return l
}

// SectionStats returns the statistics of s, one of r's sections that is in the new
// version or was removed: of one that moved, those of both its ends.
func (r *Redline) SectionStats(s *Section) Stats {
	stats := s.Stats
	if s.Op != MoveTo {
		return stats
	}
	for i := range r.Sections {
		if from := &r.Sections[i]; from.Op == MoveFrom && from.Move == s.Move {
			stats.add(from.Stats)
		}
	}
	return stats
}

// countWords counts the words of one operation.
func countWords(spans []Span, op Op) int {
	if !slices.ContainsFunc(spans, func(s Span) bool { return s.Op == op }) {
		return 0
	}
	var w strings.Builder
	for _, s := range spans {
		if s.Op != op {
			w.WriteByte(' ')
			continue
		}
		if op == Delete {
			w.WriteString(s.Old.Text)
		} else {
			w.WriteString(s.New.Text)
		}
	}
	return numWords(w.String())
}
