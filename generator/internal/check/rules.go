package check

import "github.com/nanoprompt/codicil/generator/internal/legal"

// A Rule is something that the content keeps.
type Rule struct {
	ID       string
	Severity legal.Severity // where the site's settings say nothing
	Force    Force
	Doc      string // a sentence that says what the rule asks

	find   func(*Review) []legal.Problem    // nil: a document is read by it, or it is of the links
	across func([]*Outline) []legal.Problem // of the links between documents
	base   bool                             // it compares with what was published, and can be asked of any content
}

// Force says what may become of a rule.
type Force int

// The forces of rules.
const (
	Ordinary  Force = iota
	Integrity       // it guards the evidence: the settings cannot weaken it
	Advice          // only check gives it, where the settings do not make it an error
)

func (f Force) String() string { return [...]string{"", "guards the evidence", "advice"}[f] }

// reading is a rule that package legal or ledger holds files to as it reads them.
func reading(rule string, s legal.Severity, f Force, doc string) Rule {
	return Rule{rule, s, f, doc, nil, nil, false}
}

// document is a rule that looks at a document.
func document(rule string, s legal.Severity, f Force, doc string, find func(*legal.Document) []legal.Problem) Rule {
	return Rule{rule, s, f, doc, func(r *Review) []legal.Problem { return find(r.Document) }, nil, false}
}

// review is a rule that looks at a document and what is around it.
func review(rule string, s legal.Severity, f Force, doc string, find func(*Review) []legal.Problem) Rule {
	return Rule{rule, s, f, doc, find, nil, false}
}

// published is a rule that compares with what was published.
func published(rule string, s legal.Severity, f Force, doc string, find func(*Review) []legal.Problem) Rule {
	return Rule{rule, s, f, doc, find, nil, true}
}

// between is a rule of the links between documents.
func between(rule string, s legal.Severity, f Force, doc string, across func([]*Outline) []legal.Problem) Rule {
	return Rule{rule, s, f, doc, nil, across, false}
}

// Rules returns all rules, in the order of their ids.
func Rules() []Rule {
	return []Rule{
		review("backdated", legal.Warning, Advice, "A change is not dated back to a day before its release.", backdated),
		reading("bad-contact", legal.Error, Ordinary, "The site's contact is an address of mail, a link that leads somewhere, or words."),
		reading("bad-date", legal.Error, Ordinary, "A date is a day or a month of the calendar, without a time."),
		reading("bad-demand", legal.Error, Ordinary, "The settings ask of a kind of document what can be found in one."),
		reading("bad-id", legal.Error, Ordinary, "An id holds the letters a to z, digits and single hyphens."),
		review("bad-kind", legal.Error, Ordinary, "A document is of a kind that is known.", badKind),
		reading("bad-language", legal.Error, Ordinary, "The site's language is a language tag."),
		reading("bad-name", legal.Error, Ordinary, "The name of a folder or file can be an address."),
		reading("bad-notice", legal.Error, Ordinary, "A notice period is a number of days, weeks, months or years."),
		reading("bad-reason", legal.Error, Ordinary, "The reason for which a notice period is not kept is one that the law knows."),
		reading("bad-severity", legal.Error, Ordinary, "The settings make a rule an error, a warning or off, and silence none that guards the evidence."),
		reading("bad-sum", legal.Error, Integrity, "A line of versions.sum holds a document, a version and its hash."),
		reading("bad-theme", legal.Error, Ordinary, "The theme names colours, families of type, and files beside site.yaml of the kinds that they can be."),
		reading("bad-timezone", legal.Error, Ordinary, "The site's time zone is one of the time zone database."),
		reading("bad-url", legal.Error, Ordinary, "The site's url is the address of a site."),
		reading("bad-version", legal.Error, Ordinary, "A version has three numbers: EDITION.UPDATE.CORRECTION."),
		review("check-back", legal.Warning, Advice, "No clause leaves it to readers to look for changes: they are told.", checkBack),
		review("dangling-anchor", legal.Warning, Ordinary, "A link within the document leads to a section or heading that is there.", danglingAnchors),
		between("dangling-link", legal.Warning, Advice, "A link to another document leads to one that is there, and to a section that it has.", danglingLinks),
		review("dangling-reference", legal.Warning, Advice, "A footnote and the target of a link that the text refers to are there.", danglingReferences),
		review("dangling-section", legal.Warning, Advice, "A section that the text refers to by its number is there.", danglingSections),
		document("dates", legal.Error, Integrity, "A version applies from the day on which it is published, or later.", dates),
		review("double-word", legal.Warning, Advice, "No word stands twice in a row.", doubleWords),
		review("duplicate-heading", legal.Warning, Advice, "A title or heading can be told from the others beside it.", duplicateHeadings),
		document("duplicate-id", legal.Error, Ordinary, "An anchor leads to one place: ids, earlier ids and heading ids are told apart.", duplicateIDs),
		reading("duplicate-key", legal.Error, Ordinary, "A setting stands once in its file."),
		reading("duplicate-sum", legal.Error, Integrity, "A version has one hash in versions.sum."),
		document("early-translation", legal.Error, Integrity, "A translation is neither published nor in force before the version of the original that it is of.", earlyTranslations),
		document("effective-order", legal.Error, Integrity, "A version does not apply from an earlier day than the version before it.", effectiveOrder),
		reading("encoding", legal.Error, Integrity, "A text file is UTF-8 without NUL characters."),
		reading("front-matter", legal.Error, Integrity, "A Markdown file begins with its settings between two lines ---."),
		reading("frozen-added", legal.Error, Integrity, "No file is added to a released version."),
		reading("frozen-changed", legal.Error, Integrity, "No file of a released version is changed."),
		reading("frozen-removed", legal.Error, Integrity, "No file of a released version is removed."),
		reading("heading-attribute", legal.Error, Ordinary, "A heading has no attribute but an id."),
		review("heading-level", legal.Warning, Advice, "Headings skip no level.", headingLevels),
		review("lagging-translation", legal.Warning, Advice, "A translation is of the version of the original that is in force.", lagging),
		published("lost-address", legal.Warning, Advice, "With --base: the ids of the version before lead somewhere in a new one.", lostAddresses),
		document("lost-anchor", legal.Warning, Ordinary, "The id of a section that was published leads somewhere, as its own or an earlier one.", lostAnchors),
		published("lost-document", legal.Error, Integrity, "With --base: a document that was published is there.", lostDocuments),
		published("lost-version", legal.Error, Integrity, "With --base: a version that was published is there.", lostVersions),
		reading("low-contrast", legal.Error, Ordinary, "Text can be read on the theme's paper by those who see less: 4.5 : 1 at least."),
		document("material-correction", legal.Error, Integrity, "A correction is not material; a change that matters is an update or an edition.", materialCorrections),
		review("material-words", legal.Warning, Ordinary, "A correction changes no number, date, negation, modal verb, party, link or defined term.", materialWords),
		document("missing-attachment", legal.Error, Ordinary, "A file that the working text links to or shows is beside its sections.", missingAttachments),
		review("missing-changes", legal.Warning, Advice, "A privacy policy, terms and other kinds that the settings name say how people learn of changes.", missingChanges),
		review("missing-contact", legal.Warning, Advice, "A privacy policy, terms and other kinds that the settings name, or their site, say whom to write to.", missingContact),
		reading("missing-effective", legal.Error, Integrity, "A released version says from when it applies."),
		reading("missing-file", legal.Error, Integrity, "A site has its site.yaml and the files of its theme, a document its index.md."),
		review("missing-language", legal.Error, Ordinary, "The text that prevails over its translations, or over its original, is there.", prevailing),
		review("missing-section", legal.Error, Ordinary, "A document has the sections that the settings ask of its kind.", missingSections),
		reading("missing-sum", legal.Error, Integrity, "A released version has a line in versions.sum."),
		document("missing-summary", legal.Error, Ordinary, "Every version after the first says in plain words what changed.", missingSummaries),
		reading("missing-title", legal.Error, Ordinary, "The site, each document and each section have a title."),
		reading("missing-url", legal.Error, Ordinary, "The site says where it will be."),
		reading("missing-version", legal.Error, Integrity, "A version that versions.sum records has its folder."),
		review("mixed-quotes", legal.Warning, Advice, "Quotation marks are straight or curly, not both.", mixedQuotes),
		published("moved-site", legal.Warning, Advice, "With --base: the site stays where it was published.", movedSite),
		reading("nesting", legal.Error, Ordinary, "Lists and quotes stand no more than 100 deep in each other."),
		review("numbering", legal.Warning, Advice, "Numbers that are typed into titles and headings follow each other.", brokenNumbering),
		review("placeholder", legal.Warning, Advice, "Nothing is left that was to be filled in.", placeholders),
		reading("raw-html", legal.Error, Ordinary, "The text holds no raw HTML, which would be shown as it is typed."),
		reading("remote-image", legal.Error, Ordinary, "A picture is a file beside the sections, not one of another site."),
		published("rewritten-history", legal.Error, Integrity, "With --base: no version is put before one that was published.", rewrittenHistory),
		document("section-version", legal.Error, Integrity, "The version and date that a section states are those that follow from the history.", sectionVersions),
		review("short-notice", legal.Error, Ordinary, "A material change applies when the document's notice period is over, or says why it does not wait.", shortNotice),
		published("silent-edit", legal.Error, Integrity, "With --base: what was published reads as it did.", silentEdits),
		review("stale", legal.Warning, Advice, "A privacy policy was published or reviewed within twelve months.", stale),
		reading("sum-order", legal.Error, Integrity, "The lines of a document in versions.sum are in the order of its releases."),
		reading("symlink", legal.Error, Integrity, "The content holds no symbolic links."),
		reading("too-complex", legal.Error, Ordinary, "A paragraph or table holds no more signs than could be meant."),
		reading("too-large", legal.Error, Ordinary, "A file is no larger than 8 MiB."),
		review("typed-date", legal.Warning, Advice, "A date that the text calls its own is one of the front matter.", typedDates),
		review("unannounced", legal.Warning, Advice, "A material change says when people are told of it.", unannounced),
		review("undefined-term", legal.Off, Advice, "A word that is written as a defined term is defined.", undefinedTerms),
		reading("unexpected-file", legal.Error, Ordinary, "The content holds files of the kinds that can be published."),
		reading("unexpected-folder", legal.Error, Ordinary, "A document holds no folder but that of its versions."),
		reading("unknown-key", legal.Error, Ordinary, "A setting is one that is known."),
		reading("unknown-original", legal.Error, Integrity, "A translation is of a version that the original has."),
		reading("unknown-rule", legal.Error, Ordinary, "The settings name rules that are there."),
		document("unreleased-settings", legal.Warning, Ordinary, "Where the words are those of the newest version, so are its number, dates and summary.", unreleasedSettings),
		reading("unsafe-attachment", legal.Error, Integrity, "An attachment is of a kind that runs no code."),
		reading("unsafe-link", legal.Error, Ordinary, "A link leads to a page, an address of mail or a telephone, and runs no code."),
		review("untranslated-section", legal.Error, Ordinary, "A translation has the sections of its original, with their ids and in their order.", untranslated),
		review("unused-anchor", legal.Off, Advice, "A link leads to every id that a heading was given.", unusedAnchors),
		review("unused-footnote", legal.Warning, Advice, "The text refers to every footnote.", unusedFootnotes),
		review("unused-term", legal.Warning, Advice, "A term that is defined is used.", unusedTerms),
		reading("version-order", legal.Error, Integrity, "The working text has no lower number than the newest version."),
		reading("wrong-type", legal.Error, Ordinary, "A setting is of the kind that it should be: text, a date, a list."),
		reading("wrong-version", legal.Error, Integrity, "A released version calls itself by the number of its folder."),
		reading("yaml", legal.Error, Integrity, "The settings can be read as YAML."),
	}
}
