package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// errNone says that no change of the site has come: next --since exits with
// statusNone.
var errNone = errors.New("no change has come")

// A nextRequest is what the flags of next ask for.
type nextRequest struct {
	content, asOf, since, format string
}

func nextCommand() *cobra.Command {
	var r nextRequest
	c := &cobra.Command{
		Use:   "next",
		Short: "Say on which days the site changes by itself",
		Long: `Next lists the days on which the site changes without a release: a version that
was released is announced, or takes effect. A day begins at 00:00 in the site's
time zone; the site must be built again on it.

With --since DAY, for a scheduled job that knows the day of its last build, it
lists what has come after that day as well, and the exit status says whether
the site must be built:

  0  a change has come
  3  none has come
  1  the content has problems
  2  wrong usage, or the operation failed`,
		Example: `  codicil next
  codicil next --since 2026-12-24 && codicil build`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := oneOf("--format", r.format, "text", "json"); err != nil {
				return err
			}
			return steady(func() error { return next(r, c.OutOrStdout(), c.ErrOrStderr()) })
		},
	}
	contentFlag(c, &r.content)
	f := c.Flags()
	f.StringVar(&r.since, "since", "", "day of the last build: say by the exit status whether a change has come since")
	f.StringVar(&r.asOf, "as-of", "", "day to ask on (default: today in the site's time zone)")
	f.StringVar(&r.format, "format", "text", "text or json")
	return c
}

// oneOf refuses a flag's value that is none of those it may have.
func oneOf(flag, value string, values ...string) error {
	if slices.Contains(values, value) {
		return nil
	}
	last := len(values) - 1
	list := values[0]
	for _, v := range values[1:last] {
		list += ", " + v
	}
	return fmt.Errorf("%s: %q is not %s or %s", flag, value, list, values[last])
}

// A turn is a legal.Turn as next says it.
type turn struct {
	Day      string `json:"day"`
	Document string `json:"document"`
	Version  string `json:"version"`
	Event    string `json:"event"` // published or effective
	Days     int    `json:"days"`  // until then; negative where it has come
}

// A calendar is what next --format json prints.
type calendar struct {
	AsOf      string        `json:"asOf"`
	Zone      string        `json:"timezone"`
	Since     string        `json:"since,omitempty"`
	Next      *string       `json:"next"` // the first day on which the site changes, null where there is none
	Came      []turn        `json:"came"` // after since
	Ahead     []turn        `json:"ahead"`
	Documents []documentDay `json:"documents"`
}

// A documentDay is the next day on which a document's pages change.
type documentDay struct {
	Document string  `json:"document"`
	Next     *string `json:"next"`
}

func next(r nextRequest, stdout, stderr io.Writer) error {
	lib, err := openLibrary(r.content, stderr)
	if err != nil {
		return err
	}
	day, err := asOf(r.asOf, lib.Site)
	if err != nil {
		return err
	}
	since := day
	if r.since != "" {
		if since, err = parseDay("--since", r.since); err != nil {
			return err
		}
	}
	turns := make([][]textTurn, len(lib.Documents))
	found := make([][]legal.Problem, len(lib.Documents))
	err = lib.each(0, func(i int, name string) error {
		doc, problems, err := legal.Load(lib.Library, name)
		if err == nil {
			found[i] = problems
			for _, t := range doc.Texts() {
				for _, turn := range t.Turns(since) {
					turns[i] = append(turns[i], textTurn{turn, t.Name})
				}
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	if problems := lib.all(found); legal.Fatal(problems) {
		if lib.released() {
			return errReleased
		}
		printProblems(stderr, slices.DeleteFunc(problems, func(p legal.Problem) bool { return p.Severity != legal.Error }))
		return errContent
	}
	c := newCalendar(lib, day, turns)
	if r.since != "" {
		c.Since = since.String()
	}
	if err := c.write(stdout, r.format); err != nil {
		return err
	}
	if r.since != "" && len(c.Came) == 0 {
		return errNone
	}
	return nil
}

// A textTurn is a turn of a document or translation.
type textTurn struct {
	legal.Turn
	name string
}

func newCalendar(lib *library, day legal.Date, turns [][]textTurn) *calendar {
	c := &calendar{AsOf: day.String(), Zone: lib.Site.Zone.String(), Came: []turn{}, Ahead: []turn{}, Documents: []documentDay{}}
	for i, name := range lib.Documents {
		d := documentDay{Document: name}
		slices.SortStableFunc(turns[i], func(a, b textTurn) int { return b.Day.DaysUntil(a.Day) })
		for _, t := range turns[i] {
			said := turn{t.Day.String(), t.name, t.Version.Number.String(), "published", day.DaysUntil(t.Day)}
			if t.InForce {
				said.Event = "effective"
			}
			if !t.Day.After(day) {
				c.Came = append(c.Came, said)
				continue
			}
			c.Ahead = append(c.Ahead, said)
			if d.Next == nil {
				d.Next = &said.Day
			}
		}
		c.Documents = append(c.Documents, d)
	}
	byDay := func(a, b turn) int { return a.Days - b.Days }
	slices.SortStableFunc(c.Came, byDay)
	slices.SortStableFunc(c.Ahead, byDay)
	if len(c.Ahead) > 0 {
		c.Next = &c.Ahead[0].Day
	}
	return c
}

func (c *calendar) write(w io.Writer, format string) error {
	if format == "json" {
		return writeIndented(w, c)
	}
	for _, t := range append(slices.Clip(c.Came), c.Ahead...) {
		fmt.Fprintf(w, "%s  %s %s %s %s\n", t.Day, t.Document, t.Version, t.happens(), inDays(t.Days))
	}
	if c.Since != "" && len(c.Came) == 0 {
		fmt.Fprintf(w, "Nothing has changed by itself since %s\n", c.Since)
	} else if c.Since != "" {
		fmt.Fprintf(w, "The site must be built: %s since %s\n", came(len(c.Came)), c.Since)
	}
	if c.Next == nil {
		fmt.Fprintln(w, "No change lies ahead: the site stays as it is until something is released")
		return nil
	}
	fmt.Fprintf(w, "The site changes next on %s, at 00:00 in %s\n", *c.Next, c.Zone)
	return nil
}

// happens says what happens, or happened.
func (t *turn) happens() string {
	words := map[string][2]string{"published": {"is announced", "was announced"}, "effective": {"takes effect", "took effect"}}[t.Event]
	if t.Days < 0 {
		return words[1]
	}
	return words[0]
}

func came(n int) string {
	if n == 1 {
		return "1 change has come"
	}
	return count(n, "change") + " have come"
}

// inDays says how far a day is: "in 12 days", "today", "12 days ago".
func inDays(n int) string {
	switch {
	case n == 0:
		return "today"
	case n == 1:
		return "tomorrow"
	case n == -1:
		return "yesterday"
	case n < 0:
		return count(-n, "day") + " ago"
	}
	return "in " + count(n, "day")
}

// writeIndented writes v as JSON for people and machines.
func writeIndented(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
