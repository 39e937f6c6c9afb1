package redline

import (
	"slices"
	"strings"
)

// A Summary counts what a redline shows, for a sentence in words.
type Summary struct {
	Changed, Added, Removed, Moved, Renamed int // sections
	Files                                   int // attachments that came, went or changed
	Stats
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

// IsZero reports whether nothing changed.
func (s Summary) IsZero() bool { return s == Summary{} }

// Changed reports whether anything of the section's text changed; its title
// and place are not its text.
func (s *Section) Changed() bool {
	for i := range s.Blocks {
		b := &s.Blocks[i]
		if b.Changed() || b.Op != Equal && s.Move == 0 || b.Op != Equal && b.Move != s.Move {
			return true
		}
	}
	return false
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
			if s.Op != Equal || s.Old != s.New {
				return true
			}
		}
	}
	return false
}

// count fills in the statistics.
func (r *Redline) count() {
	r.Stats = Stats{}
	r.Stats.spans(Equal, r.Title)
	for i := range r.Sections {
		s := &r.Sections[i]
		s.Stats = Stats{}
		s.Stats.spans(s.Op, s.Title)
		for j := range s.Blocks {
			b := &s.Blocks[j]
			if b.Op != MoveFrom {
				s.Stats.Formats += len(b.Notes)
			}
			for _, c := range b.Cells {
				s.Stats.spans(b.Op, c.Spans)
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
}

// spans counts what a cell shows that stands in a block of operation op. What
// moved is counted where it is now.
func (s *Stats) spans(op Op, spans []Span) {
	s.Inserted += countWords(spans, Insert)
	s.Deleted += countWords(spans, Delete)
	if op == MoveTo {
		s.Moved += countWords(spans, Equal)
	}
	if op == MoveFrom {
		return
	}
	var last [2]string
	for _, span := range spans {
		link := [2]string{span.Old.Link + "\n" + span.Old.Src, span.New.Link + "\n" + span.New.Src}
		switch {
		case span.Op != Equal:
			continue
		case link[0] != link[1]:
			if link != last {
				s.Links++
			}
		case span.Old != span.New && strings.TrimSpace(span.New.Text) != "":
			s.Formats++
		}
		last = link
	}
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
