package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/check"
	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/generator/internal/site"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// A releaseRequest is what the flags of release ask for.
type releaseRequest struct {
	content              string
	edition, update      bool
	correction           bool
	effective, published string
	material             string // true, false or empty: as the number says
	summary              string
}

func releaseCommand() *cobra.Command {
	var r releaseRequest
	c := &cobra.Command{
		Use:   "release DOCUMENT",
		Short: "Freeze the working text of a document as a version",
		Long: `Release freezes the working text of a document as its next version: it fills in
the version and date of the sections that changed, copies the files to
versions/NUMBER/ and records their hash in versions.sum. All of this happens or
nothing. What is frozen is published by the next build, and never changes again.

  --edition      must be read whole            1.4.2 → 2.0.0
  --update       can be read as a redline      1.4.2 → 1.5.0
  --correction   fixes an obvious slip         1.4.2 → 1.4.3

The number, the dates and the summary are taken from index.md where they were
written there since the last release.`,
		Example: `  codicil release privacy-policy --update --published 2025-12-01 --effective 2026-01-01`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return release(path.Clean(filepath.ToSlash(args[0])), r, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	contentFlag(c, &r.content)
	f := c.Flags()
	f.BoolVar(&r.edition, "edition", false, "a new edition, which must be read whole")
	f.BoolVar(&r.update, "update", false, "an update, which can be read as a redline")
	f.BoolVar(&r.correction, "correction", false, "a correction of an obvious slip")
	f.StringVar(&r.effective, "effective", "", "date from which the version applies, e.g. 2026-01-01 or 2026-01")
	f.StringVar(&r.published, "published", "", "date on which it is posted and people are told (default: the effective date)")
	f.StringVar(&r.material, "material", "", "true or false: whether the change matters to readers (default: a correction does not)")
	f.StringVar(&r.summary, "summary", "", "what changed, in plain words (default: what index.md says)")
	c.MarkFlagsMutuallyExclusive("edition", "update", "correction")
	return c
}

// release freezes the working text of the document of that name.
func release(name string, r releaseRequest, stdout, stderr io.Writer) error {
	if err := checkFolder(r.content); err != nil {
		return err
	}
	// Nobody else may release between what is read here and what is written.
	folder, err := tree.Hold(r.content)
	if err != nil {
		return err
	}
	defer folder.Close()
	if folder.Finished() {
		fmt.Fprintln(stderr, "finished a release that had been interrupted")
	}
	lib, err := openFiles(os.DirFS(r.content), rootName(r.content))
	if err != nil {
		return err
	}
	name = strings.TrimPrefix(name, path.Clean(filepath.ToSlash(r.content))+"/")
	if !slices.Contains(lib.Documents, name) {
		return fmt.Errorf("there is no document %q; there are: %s", name, strings.Join(lib.Documents, ", "))
	}
	doc, problems, err := lib.load(name)
	if err != nil {
		return err
	}
	if problems = lib.all([][]legal.Problem{problems}); legal.Fatal(problems) {
		printProblems(stderr, problems)
		fmt.Fprintf(stderr, "nothing was released\n")
		return errContent
	}
	if !doc.HasDraft() {
		return fmt.Errorf("nothing changed in %s since %s: nothing was released", name, doc.Newest().Number)
	}
	plan, err := r.plan(doc)
	if err != nil {
		return err
	}
	files, err := ledger.Freeze(lib.Library, doc, plan)
	if err != nil {
		return fmt.Errorf("release %s: %w", name, err)
	}
	released, err := rehearse(lib, files, doc, plan, stderr)
	if err != nil {
		return err
	}
	if err := folder.Apply(files); err != nil {
		return fmt.Errorf("release %s: %w", name, err)
	}
	report(stdout, lib, released, files)
	return nil
}

// plan settles number, dates and summary from the flags and from what was
// written into index.md since the last release.
func (r releaseRequest) plan(doc *legal.Document) (ledger.Release, error) {
	var plan ledger.Release
	var err error
	if plan.Number, err = r.number(doc); err != nil {
		return plan, err
	}
	if plan.Effective, err = r.effectiveDate(doc, plan.Number); err != nil {
		return plan, err
	}
	if plan.Published, err = r.publishedDate(doc); err != nil {
		return plan, err
	}
	if plan.Material, err = r.materiality(doc); err != nil {
		return plan, err
	}
	if strings.ContainsFunc(r.summary, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }) {
		return plan, errors.New("--summary holds a control character")
	}
	plan.Summary = strings.TrimSpace(r.summary)
	newest := doc.Newest()
	if newest != nil && plan.Summary == "" && doc.Draft.Summary != nil && doc.Draft.Summary.Digest() == newest.Summary.Digest() {
		return plan, fmt.Errorf("%s: the summary is still that of %s: say what changed since, or give --summary", doc.Draft.Pos("summary"), newest.Number)
	}
	return plan, nil
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
	case !flag:
		return written, errors.New(suggestion(doc))
	case planned && written != newest.Number.Next(change):
		return written, fmt.Errorf("index.md says version %s, but the next %s is %s: make the two agree",
			written, change, newest.Number.Next(change))
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

// suggestion says which kinds of change there are, and which it may be.
func suggestion(doc *legal.Document) string {
	newest := doc.Newest()
	marks := redline.Compare(newest, doc.Draft)
	likely := likelyChange(marks)
	var w strings.Builder
	fmt.Fprintf(&w, "say what kind of change this is, since %s: %s\n", newest.Number, site.WordsIn("").Figures(marks.Summary()))
	for _, kind := range []struct {
		change legal.Change
		means  string
	}{
		{legal.Correction, "fixes an obvious slip; Last Updated does not move"},
		{legal.Update, "can be read as a redline"},
		{legal.Edition, "must be read whole"},
	} {
		mark := " "
		if kind.change == likely {
			mark = "→"
		}
		fmt.Fprintf(&w, "  %s --%-11s %-8s %s\n", mark, kind.change, newest.Number.Next(kind.change), kind.means)
	}
	fmt.Fprintf(&w, "%s looks likely; the decision is yours", likely)
	return w.String()
}

// likelyChange guesses the kind of a change: an edition where much of the text
// is touched, a correction where all there is are slips of the pen.
func likelyChange(r *redline.Redline) legal.Change {
	sections, touched, slips := 0, 0, true
	for _, s := range r.Sections {
		sections++
		if s.Op != redline.Equal || s.Renamed {
			touched++
		}
		for _, b := range s.Blocks {
			slips = slips && (!b.Changed() || onlySlips(&b))
		}
	}
	switch {
	case touched*3 > sections:
		return legal.Edition
	case touched == 0 && slips && len(r.Files) == 0 && r.Old.Title == r.New.Title && r.Stats.Links == 0 && r.Stats.Moved == 0:
		return legal.Correction
	}
	return legal.Update
}

// onlySlips reports whether all that changed in b looks like slips of the pen:
// signs, or one word for another that is spelt much alike.
func onlySlips(b *redline.Block) bool {
	if b.Op != redline.Equal {
		return false
	}
	for _, c := range b.Cells {
		var old, new string
		for _, s := range append(c.Spans, redline.Span{Op: redline.Equal}) {
			switch s.Op {
			case redline.Delete:
				old += s.Old.Text
			case redline.Insert:
				new += s.New.Text
			default:
				if !isSlip(old, new) {
					return false
				}
				old, new = "", ""
			}
		}
	}
	return true
}

// isSlip reports whether new differs from old in signs alone, or in up to two
// letters of one long word. A number is never a slip, and neither is a short
// word: "may" and "must" are not far apart.
func isSlip(old, new string) bool {
	if strings.ContainsFunc(old+new, unicode.IsNumber) {
		return false
	}
	isSign := func(r rune) bool { return !unicode.IsLetter(r) }
	a, b := []rune(strings.TrimFunc(old, isSign)), []rune(strings.TrimFunc(new, isSign))
	if len(a) == 0 && len(b) == 0 {
		return true
	}
	if min(len(a), len(b)) < 4 || strings.ContainsFunc(string(a)+string(b), isSign) {
		return false
	}
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	return max(len(a), len(b))-start-end <= 2
}

// effectiveDate returns from when the version applies. No date is made up: it
// is given, or was written since the last release.
func (r releaseRequest) effectiveDate(doc *legal.Document, n legal.Number) (legal.Date, error) {
	if r.effective != "" {
		d, err := legal.ParseDate(r.effective)
		if err != nil {
			return d, fmt.Errorf("--effective: %w: write it as 2026-01-31", err)
		}
		return d, nil
	}
	written, newest := doc.Draft.Effective, doc.Newest()
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
	newest := doc.Newest()
	if !doc.Draft.Announced || newest != nil && newest.Announced && newest.Published == doc.Draft.Published {
		return legal.Date{}, nil
	}
	return doc.Draft.Published, nil
}

// materiality returns what index.md is to say of whether the change matters:
// "" for nothing. What was said of an earlier release does not stay.
func (r releaseRequest) materiality(doc *legal.Document) (string, error) {
	switch r.material {
	case "true", "false":
		return r.material, nil
	case "":
	default:
		return "", fmt.Errorf("--material: %q is not true or false", r.material)
	}
	newest := doc.Newest()
	if newest == nil {
		return "", nil
	}
	was, before := newest.GivenMaterial()
	if is, given := doc.Draft.GivenMaterial(); given && before && is == was {
		return "", fmt.Errorf("%s: material: %v is still that of %s: remove the line, or say it of this version with --material=%v",
			doc.Draft.Pos("material"), is, newest.Number, is)
	}
	return "", nil
}

// rehearse reads the content as the release will leave it, and returns the
// document if it has no fault. The rules look at the version as one that nobody
// has seen yet; what they warn of is printed.
func rehearse(lib *library, files *tree.Tree, before *legal.Document, plan ledger.Release, stderr io.Writer) (*legal.Document, error) {
	after, err := openFiles(ledger.Overlay(lib.Files, files), lib.Root)
	if err != nil {
		return nil, err
	}
	name := before.Name
	base := &legal.Document{Name: name, Versions: before.Versions}
	doc, problems, err := after.review(name, &check.Review{Base: base})
	if err != nil {
		return nil, err
	}
	dir := path.Join(lib.Root, name) + "/"
	frozen := dir + legal.VersionsDir + "/" + plan.Number.String() + "/"
	fatal := legal.Fatal(problems)
	problems = slices.DeleteFunc(problems, func(p legal.Problem) bool { return !fatal && !strings.HasPrefix(p.File, frozen) })
	for i := range problems { // where the editor can mend them
		problems[i].File = strings.Replace(problems[i].File, frozen, dir, 1)
	}
	printProblems(stderr, legal.SortProblems(problems))
	if fatal {
		fmt.Fprintf(stderr, "nothing was released\n")
		return nil, errContent
	}
	return doc, nil
}

// report says what was done and what is to be done next.
func report(w io.Writer, lib *library, doc *legal.Document, files *tree.Tree) {
	v := doc.Newest()
	fmt.Fprintf(w, "Released %s %s", doc.Name, v.Number)
	if before := doc.Before(v); before != nil {
		fmt.Fprintf(w, ", %s of %s", article(v.Change), before.Number)
		fmt.Fprintf(w, "\n  what changed  %s", site.WordsIn("").Figures(redline.Compare(before, v).Summary()))
	}
	fmt.Fprintf(w, "\n  published     %s\n  effective     %s\n", v.Published, v.Effective)
	fmt.Fprintf(w, "  material      %s\n", materialWords(doc, v))
	fmt.Fprintf(w, "  frozen in     %s/\n", path.Join(lib.Root, v.Dir))
	fmt.Fprintf(w, "  recorded in   %s\n", path.Join(lib.Root, ledger.SumFile))
	var filled []string
	for _, p := range files.Paths() {
		if path.Dir(p) == doc.Name {
			filled = append(filled, path.Base(p))
		}
	}
	if len(filled) > 0 {
		fmt.Fprintf(w, "  filled in     %s\n", strings.Join(filled, ", "))
	}
	ahead(w, lib, v)
}

// materialWords says whether v matters to readers, and what that does.
func materialWords(doc *legal.Document, v *legal.Version) string {
	if v.Material {
		return "yes: Last Updated will be " + v.Published.String() + " from the day on which it applies"
	}
	if last := doc.On(v.Effective).LastUpdated; !last.IsZero() {
		return "no: Last Updated stays " + last.String()
	}
	return "no"
}

// ahead says what is to be done, and on which days the site must be built.
func ahead(w io.Writer, lib *library, v *legal.Version) {
	now := today(lib.Site)
	fmt.Fprintf(w, "Next: commit all of %s and merge it.", lib.Root)
	hidden := v.Announced && v.Published.After(now)
	if !hidden {
		fmt.Fprintf(w, " The next build publishes the version.")
	}
	fmt.Fprintln(w)
	if hidden {
		fmt.Fprintf(w, "Builds show it from %s, when it is published.\n", v.Published)
	}
	if v.Effective.After(now) {
		fmt.Fprintf(w, "It applies from %s: the site must be built again on that day.\n", v.Effective)
		if !v.Announced {
			fmt.Fprintf(w, "It counts as published on that day, too; give --published if people are told before.\n")
		}
	}
}

func article(c legal.Change) string {
	if c == legal.Correction {
		return "a correction"
	}
	return "an " + c.String()
}
