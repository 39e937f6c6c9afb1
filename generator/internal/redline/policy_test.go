package redline

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
)

// policy is the text that the tests edit: the rules of a made-up lending
// library, with every kind of block that such texts have.
const policy = `Toolshed lends garden and workshop tools to people who live nearby. These rules say what you may expect from us, and what we expect from you. Please read them before your first loan.

Where a rule names a sum or a period, the table of charges at the end of these rules has the figures that apply today.

## 1. Joining

Anybody over the age of eighteen who lives in one of the four parishes can become a Member. You join at the counter or [through our website](https://toolshed.example/join), and you bring a document that shows your address.

Membership begins on the day on which we hand over your card. It runs for a year and is renewed only if you ask us to.

We may refuse an application if somebody at the same address owes us a tool. We tell you the reason in writing, and you can ask the committee to look at it again.

Children may come along when a Member collects a tool. They stay within sight of an adult at all times.

## 2. Borrowing

A Member can have up to five tools at home at the same time. Large machines count as two, and a ladder counts as one whatever its length.

Loans last for a fortnight. You can extend a loan twice by telephone or [in your account](https://toolshed.example/account), unless another Member has reserved the tool.

You collect the following yourself, since our van does not carry them:

- ladders that are longer than three metres
- petrol mowers and everything else that holds fuel
- glass panes and frames of cold houses
- gas bottles, empty or full
- saw blades that have no guard
- anything that two people must lift

Reservations are held at the counter for two working days. After that the tool goes to the next person on the list, and you are told by message.

## 3. Care of the tools

You look after each tool as if it were your own. Clean it, dry it and oil its moving parts before you bring it back.

Never change a tool or take off its guard. If a part seems loose, stop at once and *ring the workshop* before you go on.

Repairs are ours to do. Do not pay somebody else to mend a tool, because we cannot give you that money back.

Blunt edges are no fault of yours. We sharpen every blade between two loans at no charge.

## 4. Safety

Some machines are lent only to a Member who has done our morning course. The course is free, takes three hours and is held on the first Saturday of each month.

Before you start a machine, work through these steps in this order:

1. Read the card that hangs from its handle.
2. Put on the goggles and gloves that came in the box.
3. Check that cable and plug show no damage.
4. Clear the ground of stones, toys and branches.
5. Send children and animals indoors.
6. Start the machine on level ground.

We test all electrical tools twice a year and write the date on a green label. Please do not use a tool whose label is missing; **tell the counter** and we replace it the same day.

An accident must be reported to us within a day, even if nobody was hurt. The report helps us to warn others who use the same model.

## 5. Charges

Loans are free for everybody who has paid the yearly fee. The fee keeps the roof over our heads and buys new tools each spring.

If you bring a tool back late, you pay the daily sum from the table. We never ask for more than the price of the tool.

| Charge | Sum | When it is due |
|---|---|---|
| yearly fee | 24 pounds | on joining |
| reduced fee | 9 pounds | on joining, with proof of income |
| late return | 50 pence | each day after the third |
| lost card | 3 pounds | with the replacement |
| van delivery | 6 pounds | before the van leaves |
| heavy cleaning | 8 pounds | with the next loan |

You can pay by card, by bank transfer or in coins. Receipts are sent by message, or on paper if you wish.

## 6. Loss and damage

Tools wear out, and wear costs you nothing. What we ask for is the cost of damage that comes from carelessness.

If a tool is stolen from you, report it to the police and send us the number of the report. We then charge half of its value, or nothing at all where the shed was locked.

A Member who loses more than two tools in a year may be asked to leave a deposit. The deposit is paid back with the last return.

## 7. What we know about you

We keep your name, your address, your telephone number and a list of your loans. We use these to run the library and for nothing else.

Your loans are deleted three months after the tool came back. Your name and address are deleted a year after your membership has ended, as [our notice on privacy](https://toolshed.example/privacy) explains.

We never sell what we know, and we show it to others only in these cases:

- a court orders us to do so
- the police ask about a stolen tool
- our insurer must settle a claim that you made
- our auditor checks a sample of accounts

You may ask at the counter to see your record. We print it for you within a week, and we correct whatever is wrong.

## 8. Ending a membership

You can leave whenever you like by handing in your card. We do not return part of the yearly fee, but we keep your place for six months in case you change your mind.

We can end a membership if a Member lends our tools to others for money, threatens a volunteer or fails to bring back a tool for eight weeks. We write to you first and give you ten days to answer.

Whoever was excluded may apply again after two years. The committee decides by a simple majority and gives its reasons.

## 9. Complaints

Please speak to the person at the counter first, who can settle most matters at once. If that does not help, write to the committee at [committee@toolshed.example](mailto:committee@toolshed.example).

The committee answers within three weeks. Its answer names the rule that it rests on, and it tells you what you can do next.

Every Member may attend the yearly meeting and raise a complaint there. Put it on the agenda a week ahead so that others can prepare.

## 10. Changes of these rules

The yearly meeting decides on these rules. Changes are posted beside the door and on the website a month before they begin.

A change never applies to a loan that had started before it. If you do not agree with one, you can leave and get back the fee for the months that remain.

The rules that applied on any earlier day can be read [in the archive](https://toolshed.example/rules/archive). We keep all of them, *with the dates* on which they began and ended.
`

// freshWords stand nowhere in the policy, so that no edit can be taken for
// another.
const freshWords = `amber anchor apricot bagpipe balcony barley beacon bishop bramble
	candle canvas caravan cathedral chimney cinnamon clarinet comet copper cradle
	dagger dolphin domino eclipse elder ember falcon fiddle flannel fossil galaxy
	garnet gazelle ginger glacier granite harbour hazel heather hermit honey iris
	ivory jasmine juniper kestrel kettle lagoon lantern lemon linen lobster magnet
	maple marble meadow mosaic nectar nutmeg oasis olive onyx orchid otter parrot
	pebble pepper pigeon plum quartz quiver raven ribbon saddle saffron sandal
	sparrow sphere thistle thunder tulip turtle umbrella vanilla velvet violin
	walnut willow wizard yarrow zephyr`

// freshSentences are about other things than the policy, one by one.
var freshSentences = []string{
	"Photographs taken during festivals may appear inside annual brochures.",
	"Bicycle trailers require reflective stickers whenever darkness falls.",
	"Compost heaps shelter hedgehogs throughout frosty winters.",
	"Sponsors receive engraved plaques near the southern entrance.",
	"Seed packets travel between neighbouring villages through barter.",
	"Beekeepers inspect hives weekly while swarming continues.",
	"Rainwater barrels supply irrigation hoses along terraced plots.",
	"Musicians rehearsing upstairs lower their volume after dusk.",
	"Archivists digitise faded maps using calibrated scanners.",
	"Electric kilns reach maximum temperature around midnight.",
	"Apprentices observe experienced carpenters throughout autumn.",
	"Parking permits remain valid until December regardless of weather.",
	"Translators convert leaflets into Welsh, Polish and Urdu.",
	"Dogs wearing harnesses accompany visually impaired visitors.",
	"Solar panels generate surplus current exported toward municipal grids.",
	"Greenhouse thermostats trigger ventilation above twenty degrees.",
	"Bakers donate unsold loaves every evening except Sundays.",
	"Historic windmills attract schoolchildren studying renewable energy.",
	"Surveyors marked flood contours with bright orange stakes.",
	"Quarterly newsletters feature recipes, puzzles plus crosswords.",
	"Cyclists crossing footbridges dismount because surfaces become slippery.",
	"Lighthouse keepers logged passing vessels inside leather journals.",
	"Weavers exhibit tapestries depicting medieval harvests.",
	"Orchard ladders lean against sturdy branches, never trunks.",
}

// A piece is a block of the policy, or a section's title. Its texts are
// Markdown without the sign of the list.
type piece struct {
	kind     kindOfPiece
	old, new string
	marks
	// shared says that the words of a piece of one text alone are those of
	// pieces of the other: it was split off, or joined.
	shared bool
}

type kindOfPiece int

const (
	titlePiece kindOfPiece = iota
	paragraphPiece
	bulletPiece
	numberPiece
	rowPiece
)

// A draft is the policy in both versions, section by section. The first piece
// of each but the opening is its title. What was not touched is the same piece.
type draft struct {
	r        *rand.Rand
	old, new [][]*piece
	taken    map[int]bool // sections that an edit touched
	phrases  []string     // that no edit has used
	words    []string     // likewise
}

// newDraft returns the policy, not edited yet.
func newDraft(seed uint64) *draft {
	d := &draft{r: rand.New(rand.NewPCG(seed, 7)), taken: map[int]bool{}}
	d.phrases, d.words = slices.Clone(freshSentences), strings.Fields(freshWords)
	shuffle(d.r, d.phrases)
	shuffle(d.r, d.words)
	section := []*piece{}
	for line := range strings.Lines(policy) {
		line = strings.TrimSuffix(line, "\n")
		p := &piece{kind: paragraphPiece, old: line}
		switch {
		case line == "" || strings.HasPrefix(line, "|--"):
			continue
		case strings.HasPrefix(line, "## "):
			d.old = append(d.old, section)
			section = nil
			p = &piece{kind: titlePiece, old: line[3:]}
		case strings.HasPrefix(line, "- "):
			p = &piece{kind: bulletPiece, old: line[2:]}
		case line[0] >= '0' && line[0] <= '9':
			_, text, _ := strings.Cut(line, ". ")
			p = &piece{kind: numberPiece, old: text}
		case line[0] == '|':
			p.kind = rowPiece
		}
		p.new = p.old
		section = append(section, p)
	}
	d.old = append(d.old, section)
	for _, s := range d.old {
		d.new = append(d.new, slices.Clone(s))
	}
	return d
}

func shuffle[T any](r *rand.Rand, list []T) {
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

// markdown returns one of the texts of a draft.
func markdown(sections [][]*piece, text func(*piece) string) string {
	var w strings.Builder
	for _, s := range sections {
		last := titlePiece
		number := 0
		for _, p := range s {
			if p.kind != last || p.kind <= paragraphPiece {
				w.WriteString("\n")
				number = 0
			}
			number++
			switch p.kind {
			case titlePiece:
				w.WriteString("## ")
			case bulletPiece:
				w.WriteString("- ")
			case numberPiece:
				fmt.Fprintf(&w, "%d. ", number)
			}
			w.WriteString(text(p) + "\n")
			if p.kind == rowPiece && number == 1 {
				w.WriteString("|" + strings.Repeat("---|", strings.Count(text(p), "|")-1) + "\n")
			}
			last = p.kind
		}
	}
	return w.String()
}

// edit returns what was done to d.
func (d *draft) edit(name string) edit {
	e := edit{
		name: name,
		old:  markdown(d.old, func(p *piece) string { return p.old }),
		new:  markdown(d.new, func(p *piece) string { return p.new }),
	}
	in := map[*piece]bool{}
	for _, p := range slices.Concat(d.new...) {
		in[p] = true
	}
	for _, p := range slices.Concat(d.old...) {
		switch {
		case in[p]:
			e.want.Deleted = append(e.want.Deleted, p.Deleted...)
		case !p.shared:
			e.want.Deleted = append(e.want.Deleted, wordsOf(p.old)...)
		}
		delete(in, p)
	}
	for _, p := range slices.Concat(d.new...) {
		if in[p] && !p.shared {
			p.Inserted = wordsOf(p.new)
		}
		e.want.Inserted = append(e.want.Inserted, p.Inserted...)
		e.want.Moved = append(e.want.Moved, p.Moved...)
		e.want.Links = append(e.want.Links, p.Links...)
		e.want.Formats = append(e.want.Formats, p.Formats...)
		e.want.Notes = append(e.want.Notes, p.Notes...)
	}
	return e
}

// replace changes text of p from at on, once, and says so of its words.
func (p *piece) replace(at int, old, new string) {
	p.new = p.new[:at] + new + p.new[at+len(old):]
	p.Deleted = append(p.Deleted, wordsOf(old)...)
	p.Inserted = append(p.Inserted, wordsOf(new)...)
}

var (
	linkSyntax = regexp.MustCompile(`\[([^\]]*)\]\(([^)]*)\)`)
	emphasis   = regexp.MustCompile(`\*+([^*]+)\*+`)
	sentence   = regexp.MustCompile(`[^.;]+(?:[.;]\S+[^.;]*)*[.;](?: |$)`)
	plainWord  = regexp.MustCompile(`\b[a-z]{3,}\b`)
	// aWord is what a word is, said once more and in another way than cut
	// does: letters and digits, with single signs inside.
	aWord = regexp.MustCompile(`[\p{L}\p{M}\p{N}]+(?:['’.\-‑][\p{L}\p{M}\p{N}]+)*`)
)

// wordsOf returns the visible words of Markdown.
func wordsOf(source string) []string {
	return aWord.FindAllString(strings.ReplaceAll(linkSyntax.ReplaceAllString(source, "$1"), "*", ""), -1)
}

// sentences returns where the sentences of a paragraph are, each with the
// space after it.
func (p *piece) sentences() [][]int { return sentence.FindAllStringIndex(p.old, -1) }

// lesser returns those of the sentences that hold less than half of the words.
func (p *piece) lesser() [][]int {
	return slices.DeleteFunc(p.sentences(), func(s []int) bool {
		return 2*len(wordsOf(p.old[s[0]:s[1]])) >= len(wordsOf(p.old))
	})
}

// plainWords returns where words are that stand in no link and no emphasis.
func (p *piece) plainWords() [][]int {
	masked := p.old
	for _, syntax := range []*regexp.Regexp{linkSyntax, emphasis} {
		masked = syntax.ReplaceAllStringFunc(masked, func(s string) string { return strings.Repeat("*", len(s)) })
	}
	return plainWord.FindAllStringIndex(masked, -1)
}

// A spot is the place of a piece.
type spot struct{ section, at int }

// pick returns a piece that suits, of a section that no edit touched, and takes
// the section.
func (d *draft) pick(suits func(p *piece, s spot) bool) (*piece, spot) {
	var spots []spot
	for i, s := range d.old {
		for j, p := range s {
			if !d.taken[i] && suits(p, spot{i, j}) {
				spots = append(spots, spot{i, j})
			}
		}
	}
	s := spots[d.r.IntN(len(spots))]
	d.taken[s.section] = true
	return d.old[s.section][s.at], s
}

// paragraph picks a paragraph of at least so many sentences.
func (d *draft) paragraph(sentences int) (*piece, spot) {
	return d.pick(func(p *piece, _ spot) bool { return p.kind == paragraphPiece && len(p.sentences()) >= sentences })
}

// item picks an item, or a row below the head of its table.
func (d *draft) item(kinds ...kindOfPiece) (*piece, spot) {
	return d.pick(func(p *piece, s spot) bool {
		return slices.Contains(kinds, p.kind) && (p.kind != rowPiece || d.old[s.section][s.at-1].kind == rowPiece)
	})
}

// fresh returns n words, or sentences, that stand nowhere in the policy and in
// no other edit of this draft.
func (d *draft) fresh(n int) string {
	out := d.words[:n]
	d.words = d.words[n:]
	return strings.Join(out, " ")
}

func (d *draft) sentence() string {
	out := d.phrases[0]
	d.phrases = d.phrases[1:]
	return out
}

func (d *draft) insert(s spot, p ...*piece) {
	d.new[s.section] = slices.Insert(d.new[s.section], s.at, p...)
}

func (d *draft) remove(s spot) {
	d.new[s.section] = slices.Delete(d.new[s.section], s.at, s.at+1)
}
