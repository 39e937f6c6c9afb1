package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/check"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/generator/internal/site"
)

// ask shows what changed in doc and asks for what neither r nor index.md says.
// An answer that will not do is asked for again.
func (r *releaseRequest) ask(doc *legal.Document, settings legal.Site, talk *dialog) error {
	newest := doc.Newest()
	var marks *redline.Redline
	if newest != nil {
		marks = redline.Compare(newest, doc.Draft)
		fmt.Fprintf(talk.err, "What changed in %s since %s:\n", doc.Name, newest.Number)
		if err := writeTerminal(talk.err, marks); err != nil {
			return err
		}
		fmt.Fprintln(talk.err)
	}
	if err := r.askKind(doc, marks, settings, talk); err != nil {
		return err
	}
	number, err := r.number(doc)
	if err != nil {
		return err
	}
	if err := r.askDates(doc, number, settings, talk); err != nil {
		return err
	}
	if err := r.askMaterial(doc, number, talk); err != nil {
		return err
	}
	if err := r.askReaccept(doc, number, talk); err != nil {
		return err
	}
	return r.askSummary(doc, number, marks, talk)
}

func (r *releaseRequest) askKind(doc *legal.Document, marks *redline.Redline, settings legal.Site, talk *dialog) error {
	newest := doc.Newest()
	if _, given := r.change(); given || newest == nil || doc.Draft.Number.Compare(newest.Number) > 0 {
		return nil
	}
	likely := likelyChange(marks)
	if weighty := check.Weighty(&check.Review{Document: doc, Library: &legal.Library{Site: settings}}); len(weighty) > 0 {
		fmt.Fprintf(talk.err, "Words that weigh more than a correction should:\n")
		for _, w := range weighty[:min(len(weighty), mostWeighty)] {
			fmt.Fprintf(talk.err, "  %s\n", visible(w))
		}
		if more := len(weighty) - mostWeighty; more > 0 {
			fmt.Fprintf(talk.err, "  and %d more\n", more)
		}
	}
	fmt.Fprintf(talk.err, "What kind of change is it?\n%s", listKinds(newest.Number, likely, ""))
	for {
		answer, err := talk.ask("Kind:", likely.String())
		if err != nil {
			return err
		}
		for _, kind := range kinds {
			if strings.HasPrefix(kind.change.String(), strings.ToLower(answer)) {
				r.edition, r.update, r.correction = kind.change == legal.Edition, kind.change == legal.Update, kind.change == legal.Correction
				return nil
			}
		}
		fmt.Fprintln(talk.err, "Answer correction, update or edition, or its first letter.")
	}
}

// askDates asks when people are told, and from when the version applies. No date
// is made up: there is no usual answer to the second.
func (r *releaseRequest) askDates(doc *legal.Document, number legal.Number, settings legal.Site, talk *dialog) error {
	if _, err := r.effectiveDate(doc, number); err == nil || r.effective != "" {
		return err
	}
	published, err := r.publishedDate(doc)
	if err != nil {
		return err
	}
	if published.IsZero() {
		published, err = talk.askDate("On which day is it posted, and are people told?", today(settings), legal.Date{})
		if err != nil {
			return err
		}
		r.published = published.String()
	}
	var from, usual legal.Date
	if newest := doc.Newest(); newest != nil {
		from = newest.Effective
		if notice := doc.Draft.Notice; notice != (legal.Notice{}) {
			usual = published.Plus(notice)
			fmt.Fprintf(talk.err, "The document promises %s of notice: %s is the first day that keeps it.\n", notice, usual)
		} else if days := newest.Published.DaysUntil(newest.Effective); days > 0 {
			fmt.Fprintf(talk.err, "People were told of %s %s before; as long before is %s.\n",
				newest.Number, count(days, "day"), published.Plus(legal.Notice{Days: days}))
		}
	}
	effective, err := talk.askDate(fmt.Sprintf("From which day does %s apply?", number), usual, from)
	r.effective = effective.String()
	return err
}

// mostWeighty is how many places are listed where words weigh.
const mostWeighty = 8

// askDate asks for a date that is not before from.
func (d *dialog) askDate(question string, usual, from legal.Date) (legal.Date, error) {
	for {
		answer, err := d.ask(question, usual.String())
		if err != nil {
			return legal.Date{}, err
		}
		switch date, err := legal.ParseDate(answer); {
		case err != nil:
			fmt.Fprintf(d.err, "%v: write it as 2026-01-31, or as 2026-01 for a month\n", err)
		case from.After(date):
			fmt.Fprintf(d.err, "The version before applies from %s.\n", from)
		default:
			return date, nil
		}
	}
}

func (r *releaseRequest) askMaterial(doc *legal.Document, number legal.Number, talk *dialog) error {
	if _, err := r.materiality(doc); err == nil || r.material != "" {
		return err
	}
	yes, err := talk.confirm(fmt.Sprintf("Does %s matter to readers? Then Last Updated moves.", number))
	r.material = fmt.Sprint(yes)
	return err
}

func (r *releaseRequest) askReaccept(doc *legal.Document, number legal.Number, talk *dialog) error {
	if _, err := r.reacceptance(doc); err == nil || r.reaccept != "" {
		return err
	}
	yes, err := talk.confirm(fmt.Sprintf("Are those who accepted an earlier version asked to accept %s?", number))
	r.reaccept = fmt.Sprint(yes)
	return err
}

// askSummary lets the summary be written, where one is needed and none is there.
func (r *releaseRequest) askSummary(doc *legal.Document, number legal.Number, marks *redline.Redline, talk *dialog) error {
	if r.summary != "" || marks == nil || doc.Draft.Summary != nil && !staleSummary(doc) {
		return nil
	}
	text, err := talk.edit(fmt.Sprintf(`
# Say above what changes in %s %s for its readers, in plain words. Markdown is
# fine; lines that begin with # are left out. An empty text ends the release.
#
# Since %s: %s
`, doc.Name, number, doc.Newest().Number, site.WordsIn("").Figures(marks.Summary())))
	if err != nil {
		return err
	}
	if text == "" {
		return errors.New("the summary is empty: nothing was released")
	}
	r.summary = text
	return nil
}
