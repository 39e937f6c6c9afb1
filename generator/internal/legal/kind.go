package legal

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// The kinds of documents that are known without the site's settings.
const (
	PrivacyPolicy = "privacy-policy"
	Terms         = "terms"
	OtherKind     = "other"
)

// What documents of a kind can be asked to say, beside sections by their ids ("#cookies").
const (
	SaysChanges = "changes" // how people learn of changes
	SaysContact = "contact" // whom to write to
)

// kinds returns the kinds with what each has to say where the settings name no other:
//
//	privacy-policy   GDPR Art. 13(1)(a), CalOPPA § 22575(b)(3)
//	terms            Directive 93/13/EEC, Annex 1(j): how terms are changed; EU 2019/1150 Art. 3(2)
//
// That a version says from when it applies is asked of every kind: none is released
// without it.
func kinds() map[string][]string {
	return map[string][]string{
		PrivacyPolicy: {SaysChanges, SaysContact},
		Terms:         {SaysChanges, SaysContact},
		OtherKind:     nil,
	}
}

// Asks reports whether documents of a kind have to say what.
func (s *Site) Asks(kind, what string) bool { return slices.Contains(s.Kinds[kind], what) }

// kinds reads what each kind of document has to say.
func (r *yamlReader) kinds(s *Site, f field) {
	if f.value.Kind != yaml.MappingNode {
		r.wrongType(f, "kinds of documents with what they have to say")
		return
	}
	for i := 0; i+1 < len(f.value.Content); i += 2 {
		key, value := f.value.Content[i], f.value.Content[i+1]
		switch {
		case !ValidID(key.Value):
			r.problem(r.pos(key), "bad-id", idHint(key.Value), "%s cannot name a kind", quote(key.Value))
		case value.Kind != yaml.SequenceNode && value.ShortTag() != "!!null":
			r.problem(r.pos(value), "wrong-type", "write it as "+key.Value+": [changes, contact]", "what a kind has to say should be a list")
		default:
			s.Kinds[key.Value] = r.demands(value)
		}
	}
}

// demands reads what documents of one kind have to say.
func (r *yamlReader) demands(list *yaml.Node) []string {
	var out []string
	for _, item := range list.Content {
		id, isSection := strings.CutPrefix(item.Value, "#")
		if item.Value != SaysChanges && item.Value != SaysContact && !(isSection && ValidID(id)) {
			r.problem(r.pos(item), "bad-demand", `write changes, contact or the id of a section, e.g. "#cookies"`,
				"%s is nothing that a document can be asked to say", quote(item.Value))
			continue
		}
		out = append(out, item.Value)
	}
	return out
}
