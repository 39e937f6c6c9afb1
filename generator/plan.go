package main

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// plan settles number, dates and summary from the flags and from what was
// written into index.md since the last release.
func (r releaseRequest) plan(doc *legal.Document) (ledger.Release, error) {
	var plan ledger.Release
	var err error
	if plan.Number, err = r.number(doc); err != nil {
		return plan, err
	}
	plan.Translates = doc.Draft.Translates
	if plan.Effective, err = r.effectiveDate(doc, plan.Number); err != nil {
		return plan, err
	}
	if plan.Published, err = r.publishedDate(doc); err != nil {
		return plan, err
	}
	if plan.Material, err = r.materiality(doc); err != nil {
		return plan, err
	}
	if plan.Reaccept, err = r.reacceptance(doc); err != nil {
		return plan, err
	}
	if strings.ContainsFunc(r.summary, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }) {
		return plan, errors.New("--summary holds a control character")
	}
	plan.Summary = strings.TrimSpace(r.summary)
	if plan.Summary == "" && staleSummary(doc) {
		return plan, fmt.Errorf("%s: the summary is still that of %s: say what changed since, or give --summary", doc.Draft.Pos("summary"), doc.Newest().Number)
	}
	return plan, nil
}

// staleSummary reports whether what index.md says of the change was said of the
// newest version already.
func staleSummary(doc *legal.Document) bool {
	newest := doc.Newest()
	return newest != nil && newest.Summary != nil && doc.Draft.Summary != nil && doc.Draft.Summary.Digest() == newest.Summary.Digest()
}

// number returns the version's number: by flag, or by index.md.
func (r releaseRequest) number(doc *legal.Document) (legal.Number, error) {
	newest, written := doc.Newest(), doc.Draft.Number
	if newest == nil {
		if written.IsZero() {
			written = legal.Number{Edition: 1}
		}
		return written, nil
	}
	planned := written.Compare(newest.Number) > 0
	change, flag := r.change()
	switch {
	case !flag && planned:
		return written, nil
	case !flag && doc.Original != nil:
		return written, fmt.Errorf("say which version of the original it translates now, in %s: version: %s; or, of a slip in the translation alone, --correction",
			doc.Draft.Index(), doc.Original.Newest().Number)
	case !flag:
		return written, errors.New(suggestion(doc))
	case planned && written != newest.Number.Next(change):
		return written, fmt.Errorf("%s says version %s, but the next %s is %s: make the two agree",
			doc.Draft.Index(), written, change, newest.Number.Next(change))
	}
	return newest.Number.Next(change), nil
}

func (r releaseRequest) change() (change legal.Change, given bool) {
	switch {
	case r.edition:
		return legal.Edition, true
	case r.update:
		return legal.Update, true
	}
	return legal.Correction, r.correction
}

// effectiveDate returns from when the version applies. No date is made up: it
// is given, or was written since the last release. A translation needs none: it
// applies from when its original does.
func (r releaseRequest) effectiveDate(doc *legal.Document, n legal.Number) (legal.Date, error) {
	if r.effective != "" {
		d, err := legal.ParseDate(r.effective)
		if err != nil {
			return d, fmt.Errorf("--effective: %w: write it as 2026-01-31", err)
		}
		return d, nil
	}
	written, newest := doc.Draft.Effective, doc.Newest()
	if doc.Original != nil {
		_, given := doc.Draft.GivenDates()
		if newest == nil {
			return given, nil
		}
		if _, before := newest.GivenDates(); given == before {
			given = legal.Date{}
		}
		return given, nil
	}
	if written.IsZero() || newest != nil && written == newest.Effective {
		return written, fmt.Errorf("say from when %s applies: --effective 2026-01-31, or effective: in index.md", n)
	}
	return written, nil
}

// publishedDate returns when the version is posted. The date of an earlier
// release does not stay.
func (r releaseRequest) publishedDate(doc *legal.Document) (legal.Date, error) {
	if r.published != "" {
		d, err := legal.ParseDate(r.published)
		if err != nil {
			return d, fmt.Errorf("--published: %w: write it as 2026-01-31", err)
		}
		return d, nil
	}
	given, _ := doc.Draft.GivenDates()
	if newest := doc.Newest(); newest != nil {
		if before, _ := newest.GivenDates(); before == given {
			return legal.Date{}, nil
		}
	}
	return given, nil
}

// materiality returns what index.md is to say of whether the change matters:
// "" for nothing.
func (r releaseRequest) materiality(doc *legal.Document) (string, error) {
	return decided(doc, "material", r.material, (*legal.Version).GivenMaterial)
}

// reacceptance returns the same of whether readers are asked to accept it again.
func (r releaseRequest) reacceptance(doc *legal.Document) (string, error) {
	return decided(doc, "reacceptance", r.reaccept, (*legal.Version).GivenReaccept)
}

// decided returns what the flag of a name says of a release, "" for nothing. What
// was said of an earlier one in the line of that name does not stay.
func decided(doc *legal.Document, name, flag string, said func(*legal.Version) (is, given bool)) (string, error) {
	switch flag {
	case "true", "false":
		return flag, nil
	case "":
	default:
		return "", fmt.Errorf("--%s: %q is not true or false", name, flag)
	}
	newest := doc.Newest()
	if newest == nil {
		return "", nil
	}
	was, before := said(newest)
	if is, given := said(doc.Draft); given && before && is == was {
		return "", fmt.Errorf("%s: %s: %v is still that of %s: remove the line, or say it of this version with --%s=%v",
			doc.Draft.Pos(name), name, is, newest.Number, name, is)
	}
	return "", nil
}
