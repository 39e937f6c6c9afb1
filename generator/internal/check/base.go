package check

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// silentEdits reports frozen versions of which files are not what they were in the base.
// The ledger finds what was changed beside it; this finds also what was changed in both.
func silentEdits(r *Review) []legal.Problem {
	if r.Base == nil {
		return nil
	}
	var problems []legal.Problem
	for _, was := range r.Base.Versions {
		if is := r.Version(was.Number); is != nil && !sameFiles(was, is) {
			problems = append(problems, r.silentEdit(was, is))
		}
	}
	return problems
}

func sameFiles(a, b *legal.Version) bool {
	return slices.EqualFunc(a.Files, b.Files, func(f, g legal.File) bool {
		return f.Name == g.Name && (f.Sum == g.Sum || f.Sum == g.Unix || f.Unix == g.Sum)
	})
}

// silentEdit says what was changed, with the first words of it.
func (r *Review) silentEdit(was, is *legal.Version) legal.Problem {
	const hint = "what was published stays as it was: restore the folder from the base, edit the working text, and release a new version"
	for _, s := range redline.Compare(was, is).Sections {
		for i := range s.Blocks {
			b := &s.Blocks[i]
			found, old, new := edits(b)
			if len(found) == 0 {
				continue
			}
			e := found[0]
			pos, where := is.Pos("title"), "the opening text"
			if s.New != nil {
				pos, where = s.New.Pos("title"), "the section "+quoted(s.New.Title)
			}
			if b.New != nil && s.New != nil {
				p := passage{Block: b.New, words: new, pos: s.New.BodyPos(b.New.Line)}
				pos = r.place(&p, e.newAt, e.newTo)
			}
			before, after := quoted(around(old, e.oldAt, e.oldTo)), quoted(around(new, e.newAt, e.newTo))
			if before == after && len(e.notes) > 0 {
				return problem(pos, hint, "%s is published, and was changed in %s: %s: %s", is.Number, where, after, e.notes[0])
			}
			return problem(pos, hint, "%s is published, and its words were changed in %s: %s became %s", is.Number, where, before, after)
		}
	}
	for _, f := range was.Files {
		i := slices.IndexFunc(is.Files, func(g legal.File) bool { return g.Name == f.Name })
		pos := is.Pos("title")
		pos.File = strings.TrimSuffix(pos.File, is.Index()) + f.Name
		switch {
		case i < 0:
			pos.Line, pos.Col = 0, 0
			return problem(pos, hint, "%s is published, and its file %s was removed", is.Number, f.Name)
		case is.Files[i].Sum != f.Sum:
			return problem(legal.Pos{File: pos.File}, hint, "%s is published, and its file %s was changed", is.Number, f.Name)
		}
	}
	return problem(is.Pos("title"), hint, "%s is published, and files were added to it", is.Number)
}

// lostVersions reports versions of the base that are not there any more.
func lostVersions(r *Review) []legal.Problem {
	if r.Base == nil || r.Newest() == nil && r.Draft == nil {
		return nil // the document is gone as a whole
	}
	var problems []legal.Problem
	for _, was := range r.Base.Versions {
		if r.Version(was.Number) == nil {
			dir := path.Dir(was.Pos("title").File)
			problems = append(problems, problem(legal.Pos{File: dir},
				"bring the folder and its line in versions.sum back from the base: an address that was published stays",
				"%s %s was published, and is gone", r.Name, was.Number))
		}
	}
	return problems
}

// rewrittenHistory reports versions that were put before one that was published already.
func rewrittenHistory(r *Review) []legal.Problem {
	if r.Base == nil || r.Base.Newest() == nil {
		return nil
	}
	newest := r.Base.Newest()
	var problems []legal.Problem
	for _, v := range r.Versions {
		if r.fresh(v) && v.Number.Compare(newest.Number) < 0 {
			problems = append(problems, problem(v.Pos("version"),
				"release it with a number after "+newest.Number.String()+": the history that was published stays",
				"%s was put into the history before %s, which is published already", v.Number, newest.Number))
		}
	}
	return problems
}

// lostDocuments reports a document that was published in the base and is gone.
func lostDocuments(r *Review) []legal.Problem {
	if r.Base == nil || r.Base.Newest() == nil || r.Newest() != nil || r.Draft != nil {
		return nil
	}
	was := r.Base.Newest()
	dir, _, _ := strings.Cut(was.Pos("title").File, "/"+legal.VersionsDir+"/")
	hint := "keep the folder's name, which is the address; its title can be any other"
	if r.Original != nil {
		hint = "bring its files back from the base, " + was.Index() + " and all of versions/" + r.Language + ": an address that was published stays"
	}
	return []legal.Problem{problem(legal.Pos{File: dir}, hint,
		"%s was published at /%s/ in %s, and is gone", quoted(was.Title), r.Name, versions(len(r.Base.Versions)))}
}

func versions(n int) string {
	if n == 1 {
		return "1 version"
	}
	return fmt.Sprintf("%d versions", n)
}

// lostAddresses reports ids that the newest version of the base had, and that lead nowhere
// in the one that takes its place.
func lostAddresses(r *Review) []legal.Problem {
	if r.Base == nil || r.Base.Newest() == nil || r.Newest() == nil {
		return nil
	}
	was, is := r.Base.Newest(), r.Newest()
	if is.Number == was.Number {
		return nil
	}
	var problems []legal.Problem
	for _, s := range was.Sections {
		for _, id := range append([]string{s.ID}, s.Was...) {
			if is.Section(id) == nil {
				problems = append(problems, problem(is.Pos("title"),
					"if another section holds its text now, add to that one: was: ["+id+"]; if the section was removed, all is well",
					"/%s/#%s was the section %s in %s, and leads nowhere in %s", r.Name, id, quoted(s.Title), was.Number, is.Number))
			}
		}
	}
	return problems
}

// movedSite reports a site of which the address was changed, and with it that of every
// page. It is said of the settings, once.
func movedSite(r *Review) []legal.Problem {
	site := &r.Library.Site
	if r.Was == nil || r.Was.URL == "" || r.Was.URL == site.URL {
		return nil
	}
	return []legal.Problem{problem(site.Pos("url"),
		"if it moves, let the old addresses lead to the new ones for good; else write url: "+r.Was.URL,
		"the site was published at %s, and would be at %s: links to it would lead nowhere", r.Was.URL, site.URL)}
}
