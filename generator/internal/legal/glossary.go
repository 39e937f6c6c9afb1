package legal

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Glossary knows the terms that a version defines, and finds where its text uses
// them. A wrong guess would tell the reader that a word means what it does not. So it
// knows those terms alone whose uses look like no other words: names with a capital
// letter, of three letters or more, which one place defines, for the whole document. It
// knows none in scripts that have no capital letters.
type Glossary struct {
	byWord map[string][]*Defined // by the first word, the longest first
	in     map[*Block][]*Defined // by the block that defines them
}

// A Defined is a term with the place that defines it.
type Defined struct {
	DefinedTerm
	ID    string // unlike that of any other
	Block *Block
}

// A Use is a place where a block has the words of a term: in its Words, in bytes.
type Use struct {
	*Defined
	From, To int
}

// maxDefined is how many terms a Glossary knows; no real document comes near.
const maxDefined = 1000

// A Definer finds the terms of a document's versions. It looks once at each text that they
// share.
type Definer struct {
	found map[*Text][]definition
}

// A definition is a term that a block defines.
type definition struct {
	DefinedTerm
	block *Block
}

// NewDefiner returns a Definer that has seen no text yet.
func NewDefiner() *Definer { return &Definer{map[*Text][]definition{}} }

// of returns the terms that t defines.
func (d *Definer) of(t *Text) []definition {
	found, known := d.found[t]
	if known || t == nil {
		return found
	}
	for i := range t.Blocks {
		for _, term := range t.Blocks[i].names() {
			found = append(found, definition{term, &t.Blocks[i]})
		}
	}
	d.found[t] = found
	return found
}

// Glossary returns the terms that v defines.
func (d *Definer) Glossary(v *Version) *Glossary {
	var all []*Defined
	times := map[string]int{}
	texts := []*Text{v.Opening}
	for _, s := range v.Sections {
		texts = append(texts, s.Body)
	}
	for _, t := range texts {
		for _, term := range d.of(t) {
			times[term.Words]++
			all = append(all, &Defined{DefinedTerm: term.DefinedTerm, Block: term.block})
		}
	}
	g := &Glossary{map[string][]*Defined{}, map[*Block][]*Defined{}}
	ids := map[string]bool{"": true}
	for _, d := range all {
		d.ID = Slug(d.Words)
		if times[d.Words] > 1 || ids[d.ID] || len(ids) > maxDefined {
			continue
		}
		ids[d.ID] = true
		first := firstWord(d.Words)
		g.byWord[first] = append(g.byWord[first], d)
		g.in[d.Block] = append(g.in[d.Block], d)
	}
	for _, same := range g.byWord {
		slices.SortStableFunc(same, func(a, b *Defined) int { return cmp.Compare(len(b.Words), len(a.Words)) })
	}
	return g
}

// In returns the terms that b defines, in the order of their places.
func (g *Glossary) In(b *Block) []*Defined {
	found := slices.Clone(g.in[b])
	slices.SortFunc(found, func(a, b *Defined) int { return cmp.Compare(a.From, b.From) })
	return found
}

var (
	// local says that a definition holds for a part of the text alone.
	local = regexp.MustCompile(`(?i)(?:for (?:the )?purposes? of th(?:is|ese)|in this (?:section|clause|paragraph|article)|im sinne dieses|(?:für die|zum) zwecke? dies|aux fins d)`)
	// said follows a term in bold: **Content** means …
	said = regexp.MustCompile(`^\s+(?:(?:shall|also|collectively)\s+)?(?:means?|refers?\s+to|bezeichnet|meint|bedeutet|désigne|signifie)\b`)
)

// names returns the terms that b defines and whose uses are like no other words.
func (b *Block) names() []DefinedTerm {
	if b.Kind == Heading {
		return nil
	}
	prose := b.Prose()
	if local.MatchString(prose) {
		return nil
	}
	var out []DefinedTerm
	for _, d := range b.Definitions() {
		out = append(out, d.Terms...)
	}
	if term, ok := b.boldTerm(prose); ok {
		out = append(out, term)
	}
	slices.SortFunc(out, func(a, b DefinedTerm) int { return cmp.Compare(a.From, b.From) })
	end := 0
	return slices.DeleteFunc(out, func(t DefinedTerm) bool {
		if t.From < end || !isName(t.Words) || shortens(prose[:t.From], t.Words) {
			return true
		}
		end = t.To
		return false
	})
}

// boldTerm returns the term that b begins with in bold and gives a meaning.
func (b *Block) boldTerm(prose string) (DefinedTerm, bool) {
	if b.Kind != Paragraph || len(b.Cells[0]) == 0 {
		return DefinedTerm{}, false
	}
	first := b.Cells[0][0]
	if first.Kind != Plain || first.Style&Strong == 0 || !said.MatchString(prose[len(first.Text):]) {
		return DefinedTerm{}, false
	}
	return DefinedTerm{first.Text, 0, len(first.Text)}, true
}

// shortens reports whether a term is a short form of a name that stands before it, as of
// Larkfield Ltd ("Larkfield"): no reader has to look that up, and it means more than the
// company in other places.
func shortens(before, term string) bool {
	const near = 200
	before = before[max(0, len(before)-near):]
	for {
		i := strings.Index(before, term)
		if i < 0 {
			return false
		}
		last, _ := utf8.DecodeLastRuneInString(before[:i])
		before = before[i+len(term):]
		if next, _ := utf8.DecodeRuneInString(before); !inWord(last) && !inWord(next) {
			return true
		}
	}
}

// pronouns stand for somebody wherever they are, and begin sentences.
var pronouns = strings.Fields("I Me My We Us Our Ours You Your Yours They Them Their He She It Its Who This That These Those The A An And Or " +
	"Wir Uns Unser Unsere Sie Ihnen Ihr Ihre Ihren Du Dich Dein Er Es Ich Nous Notre Nos Vous Votre Vos Moi Je Il Elle Ils Elles On")

// small words need no capital letter in a name.
var small = strings.Fields("of the and or for to in on by with de du des la le les et für und der die das von zu zur zum")

// isName reports whether words are a name with capital letters.
func isName(words string) bool {
	const most = 6
	all := strings.Fields(words)
	if len(all) == 0 || len(all) > most || utf8.RuneCountInString(words) < 3 || slices.Contains(pronouns, words) {
		return false
	}
	for i, w := range all {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && (i == 0 || !unicode.IsDigit(r) && !slices.Contains(small, w)) {
			return false
		}
	}
	for _, r := range words {
		if !inWord(r) && !strings.ContainsRune(" -'’&/", r) || unspaced(r) {
			return false
		}
	}
	last, _ := utf8.DecodeLastRuneInString(words)
	return inWord(last)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }

// firstWord returns what s has before the first sign that is none of a word's.
func firstWord(s string) string {
	return s[:len(s)-len(strings.TrimLeftFunc(s, inWord))]
}

// Uses returns where b uses terms that other blocks define.
func (g *Glossary) Uses(b *Block) []Use {
	if len(g.byWord) == 0 || b.Kind == Heading {
		return nil
	}
	prose := b.Prose()
	var out []Use
	for at := 0; at < len(prose); {
		word := firstWord(prose[at:])
		if word == "" {
			_, size := utf8.DecodeRuneInString(prose[at:])
			at += size
			continue
		}
		end := at + len(word)
		for _, d := range g.byWord[word] {
			if strings.HasPrefix(prose[at:], d.Words) && !continuesWord(prose[at+len(d.Words):]) {
				end = at + len(d.Words)
				if d.Block != b && isUse(prose, at, end) {
					out = append(out, Use{d, at, end})
				}
				break
			}
		}
		at = end
	}
	return out
}

// continuesWord reports whether rest goes on in the word that is before it.
func continuesWord(rest string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case rest == "":
		return false
	case inWord(r):
		return true
	case r == '\'' || r == '’': // of Service's, but not of l'Offre
		after := firstWord(rest[size:])
		return after != "" && after != "s"
	case r == '.' || r == '-' || r == '‑' || r == '@' || r == '/' || r == '_' || r == '+':
		return firstWord(rest[size:]) != "" || r == '@' || r == '_'
	}
	return false
}

// isUse reports whether the words of a term at from are that term: not quoted, no part
// of a longer name, and no common word that begins a sentence.
func isUse(prose string, from, to int) bool {
	before, after := prose[:from], prose[to:]
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	if strings.ContainsRune(`"“”„‟«»-‑@/_#.'’`, last) && before != "" || strings.ContainsRune(`"“”„‟«»`, next) {
		return false
	}
	return !follows(before) && !goesOn(after) && (within(before) || severalCapitals(prose[from:to]))
}

// determiners may have a capital letter before a name and are no part of it.
var determiners = strings.Fields("The A An Our Your Their His Her Its This That These Those Such Each Any Every All No Some Other If When Where While By In Of For With To From " +
	"Under Upon Unless Using And Or Der Die Das Den Dem Des Ein Eine Einen Einem Einer Unser Unsere Ihr Ihre Dieser Diese Dieses Le La Les Un Une Des Nos Notre Vos Votre Ce Cette Ces")

// follows reports whether what is before goes on into the name that comes next, as
// Google does in Google Services, and Terms of in Terms of Service.
func follows(before string) bool {
	rest, ok := strings.CutSuffix(before, " ")
	if !ok {
		return false
	}
	word := lastWord(rest)
	if word == "of" || word == "de" || word == "&" {
		rest = strings.TrimSuffix(strings.TrimSuffix(rest, word), " ")
		word = lastWord(rest)
	}
	return startsUpper(word) && !slices.Contains(determiners, word)
}

// goesOn reports whether the name before goes on in after, as Service does in Service
// Provider.
func goesOn(after string) bool {
	rest, ok := strings.CutPrefix(after, " ")
	if !ok {
		return false
	}
	for _, joint := range []string{"of ", "de ", "& "} {
		if more, ok := strings.CutPrefix(rest, joint); ok {
			rest = more
		}
	}
	return startsUpper(rest)
}

func lastWord(s string) string {
	if strings.HasSuffix(s, "&") {
		return "&"
	}
	return s[len(strings.TrimRightFunc(s, func(r rune) bool { return inWord(r) || r == '-' || r == '’' || r == '\'' })):]
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// within reports whether what is before lets a sentence go on.
func within(before string) bool {
	before = strings.TrimRight(before, " \u00a0")
	r, _ := utf8.DecodeLastRuneInString(before)
	return before != "" && (inWord(r) || r == ',' || r == ';' || r == ')')
}

// severalCapitals reports whether a name begins no sentence as a common word would: it
// has another capital letter, as Personal Data and GDPR have.
func severalCapitals(name string) bool {
	n := 0
	for _, r := range name {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n > 1
}
