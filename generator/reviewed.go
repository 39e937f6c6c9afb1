package main

import (
	"crypto/sha256"
	"maps"
	"slices"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/generator/internal/site"
)

// reviewTexts returns what became of a document and its translations, of those that
// changed; was or is may be nil.
func reviewTexts(name string, was, is *legal.Document) []site.Reviewed {
	names := map[string]bool{name: true}
	text := func(doc *legal.Document, name string) *legal.Document {
		if doc == nil {
			return nil
		}
		return doc.Text(name)
	}
	for _, doc := range []*legal.Document{was, is} {
		if doc != nil {
			for _, t := range doc.Translations {
				names[t.Name] = true
			}
		}
	}
	var out, changed []site.Reviewed
	for _, name := range slices.Sorted(maps.Keys(names)) {
		d := reviewDocument(name, text(was, name), text(is, name))
		if out = append(out, d); d.Op != redline.Equal || len(d.Alarms)+len(d.Steps) > 0 {
			changed = append(changed, d)
		}
	}
	if len(changed) == 0 {
		return out[:1] // its remark
	}
	return changed
}

// reviewDocument returns what became of a document; was or is may be nil.
func reviewDocument(name string, was, is *legal.Document) site.Reviewed {
	d := site.Reviewed{Name: name}
	if was == nil {
		d.Op, was = redline.Insert, &legal.Document{}
	}
	if is == nil {
		d.Op, d.Title = redline.Delete, titleOf(was)
		return d
	}
	d.Title = titleOf(is)
	d.Alarms = brokenVersions(was, is)
	for _, v := range is.Versions {
		if was.Version(v.Number) == nil {
			d.Steps = append(d.Steps, releaseStep(is, v))
		}
	}
	switch step, changed := draftStep(was, is, len(d.Steps) > 0); {
	case changed:
		d.Steps = append(d.Steps, step)
	case len(d.Steps) == 0 && was.HasDraft() && !is.HasDraft() && is.Newest() != nil:
		d.Remarks = append(d.Remarks, "The draft is taken back: the working text reads as "+is.Newest().Number.String()+" again.")
	case len(d.Steps)+len(d.Alarms) == 0:
		d.Remarks = append(d.Remarks, "Nothing that a reader sees changes.")
	}
	return d
}

func titleOf(doc *legal.Document) string {
	switch {
	case doc == nil:
		return ""
	case doc.Draft != nil:
		return doc.Draft.Title
	case doc.Newest() != nil:
		return doc.Newest().Title
	}
	return ""
}

// brokenVersions says which released versions are not what they were.
func brokenVersions(was, is *legal.Document) []string {
	var out []string
	for _, v := range was.Versions {
		switch w := is.Version(v.Number); {
		case w == nil:
			out = append(out, "Version "+v.Number.String()+", which is released, is gone.")
		case !sameFiles(v, w):
			out = append(out, "The files of version "+v.Number.String()+", which is released, were changed.")
		}
	}
	return out
}

// sameFiles reports whether v and w hold the same files, however git writes their
// line ends on this machine.
func sameFiles(v, w *legal.Version) bool {
	unix := func(f legal.File) legal.File {
		if f.Unix != [sha256.Size]byte{} {
			f.Sum, f.Unix = f.Unix, [sha256.Size]byte{}
		}
		return f
	}
	return slices.EqualFunc(v.Files, w.Files, func(a, b legal.File) bool { return unix(a) == unix(b) })
}

// releaseStep returns the release of v.
func releaseStep(doc *legal.Document, v *legal.Version) site.Step {
	s := site.Step{Release: true, Before: doc.Before(v), New: v}
	if s.Before != nil {
		s.Updated = doc.On(v.Effective).LastUpdated
	}
	s.Redline = redline.Compare(orNothing(s.Before, v), v)
	return s
}

// orNothing returns old or, where there is none, a version without a text.
func orNothing(old, new *legal.Version) *legal.Version {
	if old == nil {
		return &legal.Version{Title: new.Title, Opening: legal.NewText(nil)}
	}
	return old
}

// draftStep returns what changes in the draft: since the last commit before the
// branch or, where the branch released it, since then.
func draftStep(was, is *legal.Document, released bool) (s site.Step, changed bool) {
	if !is.HasDraft() {
		return s, false
	}
	newest := is.Newest()
	s = site.Step{Before: newest, New: is.Draft, Redline: redline.Compare(orNothing(newest, is.Draft), is.Draft)}
	if newest != nil {
		s.Updated = is.On(newest.Effective).LastUpdated
		s.Likely = likelyChange(s.Redline)
	}
	old := newest
	if was.HasDraft() && !released {
		old = was.Draft
	}
	if old == newest {
		return s, true
	}
	if newest != nil {
		all := s.Redline.Summary()
		s.Together = &all
	}
	s.Redline = redline.Compare(old, is.Draft)
	return s, !sameFiles(old, is.Draft)
}
