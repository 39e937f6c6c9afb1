package site

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A Record is versions.json: what is known of a document, for machines. Dates
// are civil dates of day or month precision in the named time zone; addresses
// are absolute. Versions are listed the newest first.
//
//	{
//	  "$schema": "versions.schema.json",
//	  "format": 1,
//	  "document": "privacy-policy",
//	  "title": "Privacy Policy",
//	  "url": "https://legal.example.com/privacy-policy/",
//	  "timezone": "Europe/London",
//	  "in_force": "1.0.0",
//	  "upcoming": ["1.1.0"],
//	  "last_updated": "2025-07",
//	  "requires_reacceptance_since": "1.0.0",
//	  "versions": [{"number": "1.1.0", "state": "upcoming", …}, …]
//	}
//
// It says what was so when the site was built. Which version is in force on
// another day follows from the dates: the newest whose effective date has come.
// A version applies from its effective date to the day before effective_until; one
// that another replaced before it applied has the same date twice.
//
// Who accepted requires_reacceptance_since or a later version need not be asked
// again; who accepted an earlier one must be. It is the newest version that requires
// it among those up to the one in force, and the first where none does since.
type Record struct {
	Schema       string          `json:"$schema"`
	Format       int             `json:"format"`
	Document     string          `json:"document"`
	Title        string          `json:"title"`
	Language     string          `json:"language"`
	Organisation string          `json:"organisation"`
	TimeZone     string          `json:"timezone"`
	URL          string          `json:"url"`
	Changes      string          `json:"changes_url"`
	TimeMap      string          `json:"timemap_url,omitempty"`
	InForce      *string         `json:"in_force"`
	Upcoming     []string        `json:"upcoming"`
	LastUpdated  *string         `json:"last_updated"`
	Reaccept     *string         `json:"requires_reacceptance_since"`
	Prevails     string          `json:"prevailing_language,omitempty"`
	Languages    []RecordText    `json:"languages,omitempty"`
	Versions     []RecordVersion `json:"versions"`
}

// A RecordText is a text of the document in a Record: the original or a translation, the
// record's own included.
type RecordText struct {
	Language    string  `json:"language"`
	Translation bool    `json:"translation"`
	InForce     *string `json:"in_force"`
	Of          string  `json:"translates,omitempty"` // of the version in force
	URL         string  `json:"url"`
	Record      string  `json:"record_url"`
}

// A RecordVersion is a version in a Record.
type RecordVersion struct {
	Number    string         `json:"number"`
	Of        string         `json:"translates,omitempty"`
	State     string         `json:"state"`
	Title     string         `json:"title"`
	Published string         `json:"published"`
	Effective string         `json:"effective"`
	Until     *string        `json:"effective_until"`
	Change    string         `json:"change"`
	Material  bool           `json:"material"`
	Reaccept  bool           `json:"requires_reacceptance"`
	Summary   string         `json:"summary,omitempty"`
	URL       string         `json:"url"`
	Redline   string         `json:"redline_url"`
	Since     string         `json:"since_url"`
	Markdown  string         `json:"markdown_url,omitempty"`
	Text      string         `json:"text_url,omitempty"`
	Hash      string         `json:"hash,omitempty"`
	Figures   *RecordFigures `json:"figures,omitempty"`
}

// RecordFigures count what a version changed; it is left out of the first.
type RecordFigures struct {
	Sections struct {
		Changed int `json:"changed"`
		Added   int `json:"added"`
		Removed int `json:"removed"`
		Moved   int `json:"moved"`
		Renamed int `json:"renamed"`
	} `json:"sections"`
	Words struct {
		Inserted int `json:"inserted"`
		Deleted  int `json:"deleted"`
		Moved    int `json:"moved"`
	} `json:"words"`
	Links      int `json:"links"`
	Formats    int `json:"formats"`
	Typography int `json:"typography"`
}

// recordSchema is the JSON Schema of a Record, without its own address.
//
//go:embed versions.schema.json
var recordSchema string

// record writes the record and, beside it, its schema.
func (d *document) record() error {
	if !d.wants(d.path("versions.json")) && !d.wants(d.path("versions.schema.json")) {
		return nil
	}
	r := Record{
		Schema:       "versions.schema.json",
		Format:       1,
		Document:     d.Name,
		Title:        d.title,
		Language:     d.site.Language,
		Organisation: clean(d.site.Organisation),
		TimeZone:     d.site.Zone.String(),
		URL:          d.address(d.path("")),
		Changes:      d.address(d.path("changes/")),
		Upcoming:     []string{},
	}
	if v := d.standing.InForce; v != nil {
		n := v.Number.String()
		r.InForce = &n
	}
	if !d.standing.LastUpdated.IsZero() {
		s := d.standing.LastUpdated.String()
		r.LastUpdated = &s
	}
	for _, v := range d.standing.Upcoming {
		r.Upcoming = append(r.Upcoming, v.Number.String())
	}
	if v := d.accepted(); v != nil {
		n := v.Number.String()
		r.Reaccept = &n
	}
	if slices.ContainsFunc(d.standing.Known, d.isMemento) {
		r.TimeMap = d.address(d.path("timemap.link"))
	}
	for _, c := range slices.Backward(d.changes) {
		r.Versions = append(r.Versions, d.recordVersion(c))
	}
	if r.Languages = d.recordTexts(); r.Languages != nil {
		r.Prevails = d.prevails()
	}
	data, err := encodeJSON(r)
	if err != nil {
		return err
	}
	if err := d.keep(d.path("versions.json"), data); err != nil {
		return err
	}
	address, err := json.Marshal(d.address(d.path("versions.schema.json")))
	if err != nil {
		return err
	}
	if err := d.keep(d.path("versions.schema.json"), []byte(strings.Replace(recordSchema, `"versions.schema.json"`, string(address), 1))); err != nil {
		return err
	}
	return nil
}

// recordTexts returns the document's texts, nil where there is one.
func (d *document) recordTexts() []RecordText {
	var texts []RecordText
	for _, o := range d.family {
		if len(o.standing.Known) == 0 {
			continue
		}
		t := RecordText{Language: o.site.Language, Translation: o.Original != nil, URL: o.address(o.path("")), Record: o.address(o.path("versions.json"))}
		if v := o.standing.InForce; v != nil {
			n := v.Number.String()
			t.InForce = &n
			if t.Translation {
				t.Of = v.Translates.String()
			}
		}
		texts = append(texts, t)
	}
	if len(texts) < 2 {
		return nil
	}
	return texts
}

// accepted returns the oldest version of which an acceptance still holds, or nil
// before any is in force.
func (d *document) accepted() *legal.Version {
	if d.standing.InForce == nil {
		return nil
	}
	var since *legal.Version
	for _, v := range d.standing.Known {
		if since == nil || v.Reaccept {
			since = v
		}
		if v == d.standing.InForce {
			break
		}
	}
	return since
}

func (d *document) recordVersion(c change) RecordVersion {
	state, _, _ := d.standingOf(c.Version)
	r := RecordVersion{
		Number:    c.Number.String(),
		State:     state,
		Title:     clean(c.Title),
		Published: c.Published.String(),
		Effective: c.Effective.String(),
		Change:    c.Change.String(),
		Material:  c.Material,
		Reaccept:  c.Reaccept,
		URL:       d.address(d.path(dir(c.Version) + "/")),
		Redline:   d.address(d.path("changes/" + dir(c.Version) + "/")),
		Since:     d.address(d.path("since/" + dir(c.Version) + "/")),
		Hash:      d.hash(d.Name, c.Number),
	}
	for i, target := range []*string{&r.Markdown, &r.Text} {
		if file := d.textFile(c.Version, textKinds[i].ending); file != "" {
			*target = d.address(file)
		}
	}
	if s, _ := d.applies(c.Version); !s.until.IsZero() {
		until := s.until.String()
		r.Until = &until
	}
	if d.Original != nil {
		r.Of = c.Translates.String()
	}
	if c.Summary != nil {
		r.Summary = summaryText(c.Summary)
	}
	if c.before != nil {
		r.Figures = recordFigures(c.figures)
	}
	return r
}

// summaryText returns a summary without markup, one line a paragraph.
func summaryText(t *legal.Text) string { return clean(strings.TrimSpace(t.Plain())) }

func recordFigures(s redline.Summary) *RecordFigures {
	f := &RecordFigures{Links: s.Links, Formats: s.Formats, Typography: s.Typography}
	f.Sections.Changed, f.Sections.Added, f.Sections.Removed = s.Changed, s.Added, s.Removed
	f.Sections.Moved, f.Sections.Renamed = s.Moved, s.Renamed
	f.Words.Inserted, f.Words.Deleted, f.Words.Moved = s.Inserted, s.Deleted, s.Stats.Moved
	return f
}

// encodeJSON returns v as JSON for machines and people: indented, with
// letters as they are.
func encodeJSON(v any) ([]byte, error) {
	var w bytes.Buffer
	e := json.NewEncoder(&w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode JSON: %w", err)
	}
	return w.Bytes(), nil
}
