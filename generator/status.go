package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/generator/internal/site"
)

// A statusRequest is what the flags of status ask for.
type statusRequest struct {
	content, asOf, format string
}

func statusCommand() *cobra.Command {
	var r statusRequest
	c := &cobra.Command{
		Use:   "status [DOCUMENT...]",
		Short: "Say where each document stands, and what its release needs",
		Long: `Status shows for every document, or for those that are named, the version in
force, those that are upcoming, what the draft changes, and what is missing for
its release. It exits with 1 if the content has errors.`,
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("--format", r.format, "text", "json"); err != nil {
				return err
			}
			return steady(func() error { return status(r, slices.Clone(args), c.OutOrStdout(), c.ErrOrStderr()) })
		},
	}
	contentFlag(c, &r.content)
	f := c.Flags()
	f.StringVar(&r.asOf, "as-of", "", "day to ask on (default: today in the site's time zone)")
	f.StringVar(&r.format, "format", "text", "text or json")
	return c
}

// A statusReport is what status --format json prints.
type statusReport struct {
	AsOf      string           `json:"asOf"`
	Documents []documentStatus `json:"documents"`
}

// A documentStatus says where a document stands.
type documentStatus struct {
	Document    string          `json:"document"`
	Title       string          `json:"title,omitempty"`
	InForce     *versionStatus  `json:"inForce"` // null before there is one
	LastUpdated string          `json:"lastUpdated,omitempty"`
	Upcoming    []versionStatus `json:"upcoming"` // the next first
	Released    []versionStatus `json:"released"` // frozen, but not known to the public yet
	Draft       *draftStatus    `json:"draft"`    // null where the working text is that of the newest version
	Problems    problemTally    `json:"problems"`

	Translates   string           `json:"translates,omitempty"` // of a translation in force: which version of the original
	Lags         bool             `json:"lags,omitempty"`       // the original has a newer one in force
	Translations []documentStatus `json:"translations,omitempty"`
}

type versionStatus struct {
	Version   string `json:"version"`
	Published string `json:"published"`
	Effective string `json:"effective"`
	Days      int    `json:"days"` // until it is effective; negative where it is
}

// A draftStatus says what a draft changes since the newest version.
type draftStatus struct {
	Since   string            `json:"since,omitempty"` // the newest version; empty where nothing was released yet
	Figures string            `json:"figures,omitempty"`
	Changes []redline.Message `json:"changes,omitempty"`
	Likely  string            `json:"likely,omitempty"` // edition, update or correction
	Missing []string          `json:"missing"`          // what a release would ask for
}

type problemTally struct {
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
}

func status(r statusRequest, names []string, stdout, stderr io.Writer) error {
	lib, err := openLibrary(r.content, stderr)
	if err != nil {
		return err
	}
	for i := range names {
		name, err := lib.document(names[i])
		if err != nil {
			return err
		}
		names[i] = legal.Folder(name) // a translation stands beside its original
	}
	if len(names) > 0 {
		lib.Documents = names
	}
	day, err := asOf(r.asOf, lib.Site)
	if err != nil {
		return err
	}
	report := statusReport{day.String(), make([]documentStatus, len(lib.Documents))}
	err = lib.each(0, func(i int, name string) error {
		doc, problems, err := lib.load(name)
		if err == nil {
			report.Documents[i] = statusOf(doc, day, problems)
			for _, t := range doc.Translations {
				report.Documents[i].Translations = append(report.Documents[i].Translations, statusOf(t, day, problems))
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	failed := legal.Fatal(lib.problems)
	for _, d := range report.Documents {
		failed = failed || d.failed()
	}
	if failed && lib.released() {
		return errReleased
	}
	printProblems(stderr, lib.problems)
	if err := report.write(stdout, r.format); err != nil {
		return err
	}
	if failed {
		return errContent
	}
	return nil
}

// failed reports whether the document or a translation of it has errors.
func (s *documentStatus) failed() bool {
	return s.Problems.Errors > 0 || slices.ContainsFunc(s.Translations, func(t documentStatus) bool { return t.failed() })
}

func statusOf(doc *legal.Document, day legal.Date, problems []legal.Problem) documentStatus {
	s := documentStatus{Document: doc.Name, Upcoming: []versionStatus{}, Released: []versionStatus{}}
	for _, p := range problemsOfText(doc, problems) {
		if p.Severity == legal.Error {
			s.Problems.Errors++
		} else {
			s.Problems.Warnings++
		}
	}
	version := func(v *legal.Version) versionStatus {
		return versionStatus{v.Number.String(), v.Published.String(), v.Effective.String(), day.DaysUntil(v.Effective)}
	}
	standing := doc.On(day)
	s.LastUpdated = standing.LastUpdated.String()
	if v := standing.InForce; v != nil {
		in := version(v)
		s.Title, s.InForce = v.Title, &in
	} else if doc.Draft != nil {
		s.Title = doc.Draft.Title
	}
	for _, v := range standing.Upcoming {
		s.Upcoming = append(s.Upcoming, version(v))
	}
	for _, v := range doc.Versions {
		if v.Announced && v.Published.After(day) {
			s.Released = append(s.Released, version(v))
		}
	}
	if doc.HasDraft() {
		s.Draft = draftOf(doc)
	}
	if doc.Original != nil && standing.InForce != nil {
		s.Translates, s.Lags = standing.InForce.Translates.String(), doc.Behind(day) != nil
	}
	return s
}

// draftOf says what doc's draft changes, and what its release needs.
func draftOf(doc *legal.Document) *draftStatus {
	d := &draftStatus{Missing: missing(doc)}
	newest := doc.Newest()
	if newest == nil {
		return d
	}
	marks := redline.Compare(newest, doc.Draft)
	d.Since = newest.Number.String()
	d.Figures = site.WordsIn("").Figures(marks.Summary())
	d.Changes = marks.Summary().Messages()
	d.Likely = likelyChange(marks).String()
	return d
}

// missing says what a release of doc's draft would ask for. It asks what release
// does, with no flag given.
func missing(doc *legal.Document) []string {
	var r releaseRequest
	out := []string{}
	number, err := r.number(doc)
	if err != nil {
		out = append(out, "the kind of change")
	}
	if _, err := r.effectiveDate(doc, number); err != nil {
		out = append(out, "the effective date")
	}
	if newest := doc.Newest(); newest != nil && (doc.Draft.Summary == nil || staleSummary(doc)) {
		out = append(out, "a summary")
	}
	if _, err := r.materiality(doc); err != nil {
		out = append(out, "whether it is material")
	}
	if _, err := r.reacceptance(doc); err != nil {
		out = append(out, "whether it is to be accepted again")
	}
	return out
}

func (r *statusReport) write(w io.Writer, format string) error {
	if format == "json" {
		return writeIndented(w, r)
	}
	for i := range r.Documents {
		if i > 0 {
			fmt.Fprintln(w)
		}
		r.Documents[i].write(w)
		for _, t := range r.Documents[i].Translations {
			fmt.Fprintln(w)
			t.write(w)
		}
	}
	return nil
}

func (s *documentStatus) write(w io.Writer) {
	fmt.Fprintf(w, "%s  %s\n", s.Document, visible(s.Title))
	line := func(label, format string, args ...any) {
		fmt.Fprintf(w, "  %-9s  %s\n", label, fmt.Sprintf(format, args...))
	}
	switch v := s.InForce; {
	case v == nil:
		line("in force", "none")
	case s.LastUpdated != "":
		line("in force", "%s since %s, Last Updated %s", v.Version, v.Effective, s.LastUpdated)
	default:
		line("in force", "%s since %s", v.Version, v.Effective)
	}
	switch {
	case s.Lags:
		line("original", "%s is translated; a newer one is in force", s.Translates)
	case s.Translates != "":
		line("original", "%s, which is in force, is translated", s.Translates)
	}
	for _, v := range s.Upcoming {
		line("upcoming", "%s from %s, %s", v.Version, v.Effective, inDays(v.Days))
	}
	for _, v := range s.Released {
		line("released", "%s, to be announced on %s; from %s, %s", v.Version, v.Published, v.Effective, inDays(v.Days))
	}
	if s.Draft == nil {
		line("draft", "none: the working text is what was released")
	} else {
		s.Draft.write(line)
	}
	if p := s.Problems; p != (problemTally{}) {
		line("problems", "%s, %s; codicil check says which", count(p.Errors, "error"), count(p.Warnings, "warning"))
	}
}

func (d *draftStatus) write(line func(label, format string, args ...any)) {
	if d.Since == "" {
		line("draft", "nothing was released yet")
	} else {
		line("draft", "since %s: %s; looks like %s", d.Since, d.Figures, withArticle(d.Likely))
	}
	if len(d.Missing) == 0 {
		line("missing", "nothing")
		return
	}
	line("missing", "%s", strings.Join(d.Missing, ", "))
}
