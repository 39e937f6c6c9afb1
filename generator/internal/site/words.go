package site

import (
	"strconv"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// Words are what the tool itself says on pages and in feeds, in one language:
// templates and code name them and hold none. A full stop is part of what is
// a sentence. They are read from a catalogue, where LastUpdated is called
// last-updated.
type Words struct {
	dialect
	say     sentences
	figures *redline.Phrases     // what a redline counts
	blocks  map[string]blockName // by their kinds
	regions map[string]*Words    // what some of them say otherwise

	Months   [12]string
	FirstDay string // of a month, in a date
	Comma    string // between the items of a list, with its space
	Stop     string // ends a sentence

	Skip        string // the link that leads past the page's head
	Documents   string
	Years       string
	Contents    string
	Breadcrumbs string
	LastUpdated string // ends in a colon
	Effective   string
	EffectiveIn string // the same within a sentence
	PublishedIn string
	Published   string
	Permanent   string // the label of a permanent address
	Hash        string
	Record      string // the link to versions.json
	Atom, JSON  string
	Markdown    string // the links to the same text without a page around it
	PlainText   string
	Table       string // what a table that scrolls is to a screen reader

	SeeChanges        string // the link to the redline of a version that was named
	InThisDraft       string // of a section
	Copied            string // what a click on a heading's sign did
	ShortRead         string // a text takes less than a minute to read
	WhatChanged       string // the link to the redline of the version shown
	WhatWill          string // the same, while the version is upcoming
	AllVersions       string
	Changes           string // the changelog
	Upcoming          string
	InForce           string
	Superseded        string
	Replaced          string
	Draft             string
	ToInForce         string // links to the version in force
	ReadVersion       string
	ReadUpcoming      string
	Previous          string
	Next              string
	Unchanged         string
	Sections          string // the heading of the list of changed sections
	UnchangedSections string // before the names of the others; ends in a colon
	Summary           string
	Legend            string // ends in a colon
	LegendMoved       string
	LegendFormat      string
	LegendSigns       string
	Inserted          string
	Deleted           string
	InsertedStart     string // what says where an insertion begins to a screen reader
	InsertedEnd       string
	DeletedStart      string
	DeletedEnd        string
	MovedEnd          string
	InsertedLine      string // what a thematic break is to a screen reader
	DeletedLine       string
	FirstVersion      string
	NoUpcoming        string
	NotYet            string // no version is in force yet
	Unpublished       string
	NotPublished      string
	NoChange          string
	NotFound          string
	NotFoundHelp      string
	FormatOnly        string // where nothing that is counted changed
	DraftNotice       string
	Material          string
	NotMaterial       string
	MovedCopy         string
	NewSection        string
	Removed           string
	Moved             string
	MovedAway         string
	Old, New          string // of a redline's two versions
	FeedTitle         string
	BrowseArchive     string
	ReadDraft         string
	ChangedInDraft    string
	SinceThis         string
	SinceFar          string
	Opening           string // the text before the first section
	TheText           string // a text that has no title
	IsNew             string
	IsRemoved         string
	Rewritten         string
	IsRewritten       string

	Timeline        string // what the picture is to a screen reader
	Map             string // the heading of the map of sections and versions
	MapHint         string // what it shows
	MapSection      string // the head of its first column
	ReadMap         string // the link to it
	SignSplit       string // its signs, beside those that Removed and its kin name
	SignMerged      string
	SignRenamed     string
	SignFew         string // of a change: how many words
	SignMore        string
	SignMany        string
	SeveralVersions string // one mark on a timeline

	OnDay    string // the page that tells which version was in force on a day, and the link to it
	OnLabel  string // of its form
	OnButton string

	SectionHistory   string // the link to a section's page
	SectionNow       string // the link to its text in force
	SectionFirst     string // it is in the first version
	SectionInRedline string
	SectionTooLong   string

	CompareVersions string
	Compare         string // what a button does
	CompareOthers   string
	CompareHere     string // in the browser, with the version in force
	ComparePages    string // before the redlines that have pages
	CompareVersion  string // heads the numbers of versions
	CompareFrom     string // before the numbers of earlier versions
	CompareFew      string // a list leaves versions out
	CompareSame     string
	CompareUnknown  string
	CompareFar      string // no page compares two versions, and no browser can
	CompareWait     string
	CompareDone     string
	CompareFailed   string
	CompareDisk     string

	VisitOffer  string // to remember a visit in the browser
	VisitKept   string
	VisitForget string

	TaskNone, TaskOpen, TaskDone string // states of a check box
	Bullets, Numbers             string // kinds of lists
	Correction, Update, Edition  string // kinds of versions
	First                        string
	MovedWithin                  string // both ends of a move
	MovedFromWithin              string
	MovedToOpening               string
	MovedFromOpening             string
	SectionMovedFirst            string
	SectionCameFirst             string
	ColumnsAligned               string // notes of a redline
	SplitBlock                   string
	JoinedBlock                  string
	NowItalic, NotItalic         string
	NowBold, NotBold             string
	NowStruck, NotStruck         string
	NowCode, NotCode             string
	NoSign, Space, NoBreakSpace  string // what cannot be seen
	NarrowSpace, OtherSpace      string

	View           string // what the choice between the three views of a redline is
	ViewMarked     string
	ViewSide       string
	ViewClean      string
	NextChange     string
	PreviousChange string
	ChangeOf       string // {at} stands for the change at hand, {all} for how many there are
	ChangeTotal    string // the same where none is at hand
	ChangeKeys     string // which keys do the same: N and P in every language
	IsTranslation  string
	Languages      string // what the list of a document's languages is to a screen reader

	NoDraft    string
	ToDocument string

	// For those who edit a draft.
	Review         string // the heading
	Length         string
	Problems       string
	NoProblem      string
	Error, Warning string
	Hint           string // ends in a colon
	Release        string
	ReleasesAs     string
	MayReleaseAs   string
	Likely         string
	NotDecided     string
	Missing        string
	NothingMissing string
	Command        string
	TextOfDraft    string
}

// sentences are what the tool says with values in it. A tag names the arguments
// of each.
type sentences struct {
	Date  message `args:"day month year"`
	Month message `args:"month year"`

	SupersededSince  message `args:"date"`
	NeverApplied     message `args:"version"`
	By               message `args:"version"`
	UpcomingFrom     message `args:"date"`
	InForceSince     message `args:"date"`
	ChangesOn        message `args:"date"`
	SummaryWill      message `args:"version date"`
	SummaryDid       message `args:"version date"`
	LastChanged      message `args:"version date"`
	UnchangedSince   message `args:"version date"`
	Minutes          message `args:"count"`
	Cite             message `args:"title version"`
	Stale            message `args:"version date"`
	Since            message `args:"date"`
	From             message `args:"date"`
	VersionOf        message `args:"version"`
	ChangedIn        message `args:"version"`
	ChangedSince     message `args:"version"`
	ChangedBetween   message `args:"old new"`
	CompareUpTo      message `args:"version"`
	VisitSince       message `args:"date"`
	Versions         message `args:"count"`
	SinceVersion     message `args:"version"`
	Changelog        message `args:"title count"`
	NewestOf         message `args:"newest count"`
	ChangesOf        message `args:"year"`
	FromTo           message `args:"first last"`
	MapMore          message `args:"count"`
	OnAbout          message `args:"title"`
	OnNone           message `args:"date"`
	OnUpcoming       message `args:"version"`
	OnOpen           message `args:"version"`
	SplitOff         message `args:"title"`
	MergedIn         message `args:"title"`
	NewestChangesOf  message `args:"newest count"`
	ChangesCount     message `args:"count"`
	SectionAbout     message `args:"section document"`
	SectionGone      message `args:"version"`
	SectionIDNow     message `args:"was now"`
	SectionInVersion message `args:"version"`
	IndexAbout       message `args:"organisation"`
	FeedDates        message `args:"kind published effective"`
	NotInForceYet    message `args:"version"`
	TitleOf          message `args:"title organisation"`
	About            message `args:"title effective"`
	AboutUpdated     message `args:"title updated effective"`
	RedlineAbout     message `args:"title heading figures"`

	LinkTo           message `args:"title"`
	BackTo           message `args:"label"`
	MovedTo          message `args:"title"`
	MovedFrom        message `args:"title"`
	SectionMovedTo   message `args:"title"`
	SectionMovedFrom message `args:"title"`
	SplitFrom        message `args:"title"`
	MergedInto       message `args:"title"`
	IsSplit          message `args:"title"`
	IsMerged         message `args:"title"`
	Renamed          message `args:"title"`
	LeadsTo          message `args:"link"`
	LedTo            message `args:"link"`
	Picture          message `args:"link"`
	FileAdded        message `args:"name"`
	FileRemoved      message `args:"name"`
	FileChanged      message `args:"name"`
	Coarse           message `args:"count"`

	TextPrevails    message `args:"language"`
	Lags            message `args:"of language now date"`
	ReadOriginal    message `args:"language"`
	OriginalChanged message `args:"of language"`

	Words               message `args:"count"`
	WordsBeside         message `args:"count before version"`
	ChangedSinceInForce message `args:"version"`
	IncludesOf          message `args:"version"`
	ChangedSinceNumber  message `args:"version"`

	Became             message `args:"old new"`
	LinkAdded          message `args:"link"`
	LinkRemoved        message `args:"link"`
	LinkChanged        message `args:"old new"`
	PictureChanged     message `args:"old new"`
	DescriptionChanged message `args:"old new"`
	TitleChanged       message `args:"old new"`
	HeadingLevel       message `args:"old new"`
	AnchorAdded        message `args:"name"`
	AnchorRemoved      message `args:"name"`
	AnchorChanged      message `args:"old new"`
	ListKind           message `args:"old new"`
	ListStart          message `args:"old new"`
	TaskState          message `args:"old new"`
	CodeLanguage       message `args:"old new"`
	BlockKind          message `args:"old new"`
	BlockKinds         message `args:"count old new"`
	BlockIn            message `args:"block place"`
	BlockLevel         message `args:"block level"`
	SplitBlocks        message `args:"count"`
	AlsoNext           message `args:"note count"`
}

// A Date is a legal date on a page.
type Date struct {
	Text  string // in words: July 2025; July 14, 2025
	ISO   string // for machines: 2025-07; 2025-07-14
	month bool   // the text names no day
}

// Date returns d in words.
func (w *Words) Date(d legal.Date) Date {
	if d.IsZero() {
		return Date{}
	}
	month, year := w.Months[d.Month-1], strconv.Itoa(d.Year)
	if d.Day == 0 {
		return Date{w.say.Month.text(month, year), d.String(), true}
	}
	day := strconv.Itoa(d.Day)
	if d.Day == 1 {
		day = w.FirstDay
	}
	return Date{w.say.Date.text(day, month, year), d.String(), false}
}

// onDay returns d as the day on which something happens: a month begins on
// its first.
func (w *Words) onDay(d legal.Date) Date {
	date := w.Date(d)
	if d.Day == 0 {
		date.Text, date.month = w.Date(d.First()).Text, false
	}
	return date
}

// A Sentence is words with a date in them.
type Sentence struct {
	Before string
	Date   Date
	After  string
}
