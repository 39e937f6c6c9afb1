package site

import (
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A Step is a change of a document: a version that is released, or of its draft.
type Step struct {
	Release  bool
	Before   *legal.Version // the newest version that is released before, or nil
	New      *legal.Version // the version or the draft
	Updated  legal.Date     // Last Updated before
	Likely   legal.Change   // what kind of change the draft looks like, where it does not say
	Redline  *redline.Redline
	Together *redline.Summary // of a draft that had changes before: all of them since Before
}

// facts says of a step what it is, from when it applies, and whether it matters.
func (s *Step) facts(w *Words, r *Review, d *Reviewed) string {
	m := newCommentMarkup(w)
	page, words := "draft/", "Preview of the draft"
	if s.Release {
		page, words = "changes/", "Preview of the changelog"
		m.line("h4", "Releases "+s.New.Number.String())
	} else {
		m.line("h4", "Changes the draft")
	}
	m.raw("<ul>\n")
	m.line("li", s.kind())
	m.line("li", s.dates())
	if line := s.material(); line != "" {
		m.line("li", line)
	}
	if s.Together != nil {
		m.line("li", "Together with what the draft held before, since "+s.Before.Number.String()+": "+w.Figures(*s.Together)+".")
	}
	m.raw("</ul>\n")
	if sum := s.New.Summary; sum != nil && (s.Before == nil || s.Before.Summary.Digest() != sum.Digest()) {
		m.raw("<blockquote>\n")
		m.dirs = directionsOf(ltr, sum)
		m.section(marked(sum), nil, "")
		m.raw("</blockquote>\n")
	}
	m.preview(r, d.Name+"/"+page, words)
	return string(m.buf)
}

// numbered reports whether it was decided what version the step makes.
func (s *Step) numbered() bool {
	return s.Release || s.Before == nil || s.New.Number.Compare(s.Before.Number) > 0
}

func (s *Step) kind() string {
	switch {
	case s.New.Original != nil && s.Before != nil && s.Before.Translates == s.New.Translates:
		return "Corrects the translation of " + s.New.Translates.String() + " of the original."
	case s.New.Original != nil:
		return "Translates " + s.New.Translates.String() + " of the original."
	case s.Before == nil && s.Release:
		return "The first version."
	case s.Before == nil:
		return "No version of this document is released yet."
	case s.numbered():
		words := kindOf(s.New.Number.Since(s.Before.Number)) + " of " + s.Before.Number.String()
		if !s.Release {
			words += ", planned as " + s.New.Number.String()
		}
		return words + "."
	}
	n := s.Before.Number
	return "What kind of change it is has not been decided: " + n.Next(legal.Correction).String() + " as a correction, " +
		n.Next(legal.Update).String() + " as an update or " + n.Next(legal.Edition).String() + " as an edition of " + n.String() + ". " +
		kindOf(s.Likely) + " looks likely."
}

func kindOf(c legal.Change) string { return [...]string{"A correction", "An update", "An edition"}[c] }

// dates says from when the step applies, and how long people know before.
func (s *Step) dates() string {
	v := s.New
	if of := v.Original; of != nil {
		switch {
		case v.Effective.IsZero():
			return "Applies from when the original does, which has not been decided."
		case v.Effective == of.Effective:
			return "Applies from " + v.Effective.String() + ", as the original does."
		}
		return "Applies from " + v.Effective.String() + "; the original does from " + of.Effective.String() + "."
	}
	if v.Effective.IsZero() || !s.Release && s.Before != nil && v.Effective == s.Before.Effective {
		return "From when it applies has not been decided."
	}
	words := "Applies from " + v.Effective.String()
	days := v.Published.DaysUntil(v.Effective)
	switch {
	case s.Before == nil: // nobody was told anything else
		return words + "."
	case !v.Announced || v.Published.IsZero():
		return words + ", and counts as published on that day: no notice."
	case days == 0:
		return words + ", published on the same day: no notice."
	case days < 0:
		return words + ", which is " + count(-days, "day") + " before it is published, " + v.Published.String() + "."
	}
	return words + ", published " + v.Published.String() + ": " + count(days, "day") + " of notice."
}

// material says whether the step matters to readers.
func (s *Step) material() string {
	switch {
	case s.New.Original != nil && !s.Release:
		return ""
	case s.Before == nil:
		return ""
	case !s.numbered():
		return "Material if it is an update or an edition, not if it is a correction."
	case !s.New.Material:
		words := "Not material"
		if !s.Updated.IsZero() {
			words += ": Last Updated stays " + s.Updated.String()
		}
		return words + "."
	}
	if !s.Release || s.New.Published.IsZero() {
		return "Material: Last Updated moves."
	}
	return "Material: Last Updated will be " + s.New.Published.String() + "."
}
