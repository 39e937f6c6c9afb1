package legal

import (
	"regexp"
	"strings"
)

// A Definition gives a meaning to one or more terms: (the "Service"), ("we", "us"),
// "Content" means …, or a term of a definition list.
type Definition struct {
	Terms []DefinedTerm
}

// A DefinedTerm is a word, or some, that a definition gives a meaning to: where it stands in
// the Words of its block, in bytes.
type DefinedTerm struct {
	Words    string
	From, To int
}

// KnownDefinitions are the languages whose ways to define a term are known.
const KnownDefinitions = "English, German and French"

var (
	brackets   = regexp.MustCompile(`\(([^()]{1,200})\)`)
	quotation  = regexp.MustCompile(`["“”„«]\s?(\pL[^"“”„«»]{0,60}?)[,.]?\s?["“”»]`)
	meaning    = regexp.MustCompile(`["“”„«]\s?(\pL[^"“”„«»]{0,60}?)[,.]?\s?["“”»]\s+(?:(?:shall|also|collectively)\s+)?(?:means?|refers?\s+to|bezeichnet|meint|bedeutet|désigne|signifie)\b`)
	introduced = regexp.MustCompile(`(?i)^\s*(?:(?:and\s+|or\s+)?(?:the|a|an|each|every|any|together|jointly|collectively|individually|hereinafter|hereafter|also|referred|to|as|in|this|these|our|your|nachfolgend|im|folgenden|auch|gemeinsam|kurz|zusammen|die|der|das|ci-après|dénommée?s?|le|la|les|l'|ensemble|collectivement)[\s,:]+)*["“”„«]`)
)

// Definitions returns what b defines.
func (b *Block) Definitions() []Definition {
	prose := b.Prose()
	if b.Kind == Term && prose != "" {
		return []Definition{{[]DefinedTerm{trimmed(prose)}}}
	}
	var out []Definition
	for _, m := range brackets.FindAllStringSubmatchIndex(prose, -1) {
		inside := prose[m[2]:m[3]]
		if !introduced.MatchString(inside) {
			continue
		}
		var terms []DefinedTerm
		for _, q := range quotation.FindAllStringSubmatchIndex(inside, -1) {
			terms = append(terms, DefinedTerm{inside[q[2]:q[3]], m[2] + q[2], m[2] + q[3]})
		}
		if terms != nil {
			out = append(out, Definition{terms})
		}
	}
	for _, m := range meaning.FindAllStringSubmatchIndex(prose, -1) {
		out = append(out, Definition{[]DefinedTerm{{prose[m[2]:m[3]], m[2], m[3]}}})
	}
	return out
}

// trimmed returns the term that a definition list has.
func trimmed(prose string) DefinedTerm {
	const around = `"“”: `
	words := strings.TrimLeft(prose, around)
	from := len(prose) - len(words)
	words = strings.TrimRight(words, around)
	return DefinedTerm{words, from, from + len(words)}
}

// Prose returns the Words of b with spaces for every byte that stands as code, so that
// both have the same offsets; of code "".
func (b *Block) Prose() string {
	if b.Kind == Code || b.Kind == HTML {
		return ""
	}
	var w strings.Builder
	for i, cell := range b.Cells {
		if i > 0 {
			w.WriteByte('\t')
		}
		for _, run := range cell {
			if run.Style&Monospace != 0 || run.Kind == RawHTML || run.Kind == Image {
				w.WriteString(strings.Repeat(" ", len(run.Text)))
				continue
			}
			w.WriteString(run.Text)
		}
	}
	return w.String()
}
