package redline

import (
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// A Message is a number of a summary and what it counts, for a sentence in any
// language.
type Message struct {
	Key   string `json:"key"` // e.g. "sections-changed"
	Count int    `json:"count"`
}

// The keys of messages. What stands before the last hyphen is counted, what
// stands after it happened.
const (
	SectionsChanged    = "sections-changed"
	SectionsAdded      = "sections-added"
	SectionsRemoved    = "sections-removed"
	SectionsMoved      = "sections-moved"
	SectionsRenamed    = "sections-renamed"
	WordsAdded         = "words-added"
	WordsRemoved       = "words-removed"
	WordsMoved         = "words-moved"
	LinksChanged       = "links-changed"
	FormatsChanged     = "formats-changed"
	TypographyChanged  = "typography-changed"
	AttachmentsChanged = "attachments-changed"
)

// Messages returns the counts of s that are not zero, in the order in which
// they are said.
func (s Summary) Messages() []Message {
	var out []Message
	for _, m := range []Message{
		{SectionsChanged, s.Changed}, {SectionsAdded, s.Added}, {SectionsRemoved, s.Removed},
		{SectionsMoved, s.Moved}, {SectionsRenamed, s.Renamed},
		{WordsAdded, s.Inserted}, {WordsRemoved, s.Deleted}, {WordsMoved, s.Stats.Moved},
		{LinksChanged, s.Links}, {FormatsChanged, s.Formats}, {TypographyChanged, s.Typography},
		{AttachmentsChanged, s.Files},
	} {
		if m.Count != 0 {
			out = append(out, m)
		}
	}
	return out
}

// noun returns what m counts.
func (m Message) noun() string { return m.Key[:strings.LastIndexByte(m.Key, '-')] }

// Phrases say messages in one language.
type Phrases struct {
	Language language.Tag     // whose plural rules count
	None     string           // that nothing changed
	And      string           // between two counts
	Text     string           // between the counts of sections and those of what is in them
	Whole    map[string]Forms // by the key of a message
	Short    map[string]Forms // the same where the message before counts the same: "1 moved"
}

// Forms are a phrase in the plural forms that its language has, as CLDR names
// them, with {count} for the number. Other is always there.
type Forms map[plural.Form]string

// Say returns s as a sentence without a full stop: "2 sections changed,
// 1 moved; 45 words added, 12 removed, 1 link changed".
func (p *Phrases) Say(s Summary) string {
	messages := s.Messages()
	if len(messages) == 0 {
		return p.None
	}
	var w strings.Builder
	noun := ""
	for _, m := range messages {
		switch {
		case noun == "sections" && m.noun() != noun:
			w.WriteString(p.Text)
		case noun != "":
			w.WriteString(p.And)
		}
		forms := p.Whole[m.Key]
		if short, ok := p.Short[m.Key]; ok && m.noun() == noun {
			forms = short
		}
		noun = m.noun()
		w.WriteString(strings.ReplaceAll(p.form(forms, m.Count), "{count}", strconv.Itoa(m.Count)))
	}
	return w.String()
}

// form returns the form that goes with a number.
func (p *Phrases) form(forms Forms, n int) string {
	if f, ok := forms[plural.Cardinal.MatchPlural(p.Language, n, 0, 0, 0, 0)]; ok {
		return f
	}
	return forms[plural.Other]
}

// English returns the phrases in English.
func English() *Phrases {
	forms := func(one, other string) Forms { return Forms{plural.One: one, plural.Other: other} }
	return &Phrases{
		Language: language.English,
		None:     "no change",
		And:      ", ",
		Text:     "; ",
		Whole: map[string]Forms{
			SectionsChanged:    forms("{count} section changed", "{count} sections changed"),
			SectionsAdded:      forms("{count} section added", "{count} sections added"),
			SectionsRemoved:    forms("{count} section removed", "{count} sections removed"),
			SectionsMoved:      forms("{count} section moved", "{count} sections moved"),
			SectionsRenamed:    forms("{count} section renamed", "{count} sections renamed"),
			WordsAdded:         forms("{count} word added", "{count} words added"),
			WordsRemoved:       forms("{count} word removed", "{count} words removed"),
			WordsMoved:         forms("{count} word moved", "{count} words moved"),
			LinksChanged:       forms("{count} link changed", "{count} links changed"),
			FormatsChanged:     forms("{count} formatting change", "{count} formatting changes"),
			TypographyChanged:  forms("{count} typographic change", "{count} typographic changes"),
			AttachmentsChanged: forms("{count} attachment changed", "{count} attachments changed"),
		},
		Short: map[string]Forms{
			SectionsAdded:   {plural.Other: "{count} added"},
			SectionsRemoved: {plural.Other: "{count} removed"},
			SectionsMoved:   {plural.Other: "{count} moved"},
			SectionsRenamed: {plural.Other: "{count} renamed"},
			WordsRemoved:    {plural.Other: "{count} removed"},
			WordsMoved:      {plural.Other: "{count} moved"},
		},
	}
}
