package history

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A Frozen is a version as it will be frozen: its files by their names.
type Frozen struct {
	Number legal.Number
	Files  map[string][]byte
}

// Freeze makes the files of the plan's versions. Sources are the contents of
// the plan's texts by their ids; notes say what is not as it was.
func (p *Plan) Freeze(sources map[string][]byte) (all []Frozen, notes []string, err error) {
	f := newFreezer(p, sources)
	for i := range p.Versions {
		files, err := f.version(&p.Versions[i])
		if err != nil {
			return nil, nil, err
		}
		all = append(all, Frozen{p.Versions[i].Number, files})
	}
	return all, f.notes, nil
}

// A freezer makes the files of one plan.
type freezer struct {
	plan    *Plan
	sources map[string][]byte
	read    map[string]*prepared
	ids     ids
	titles  []string
	parts   []Parts
	notes   []string
	said    map[string]legal.Number // the notes, each said of the first version alone
}

func newFreezer(p *Plan, sources map[string][]byte) *freezer {
	if p.read == nil {
		p.read = map[string]*prepared{}
	}
	return &freezer{plan: p, sources: sources, read: p.read, said: map[string]legal.Number{}}
}

func (f *freezer) prepared(id string) (*prepared, error) {
	if p, ok := f.read[id]; ok {
		return p, nil
	}
	source, ok := f.sources[id]
	if !ok {
		return nil, fmt.Errorf("the text %s is not there", short(id))
	}
	p, err := prepare(source, form{f.plan.Encoding, f.plan.Markup == "html"})
	f.read[id] = p
	return p, err
}

func (f *freezer) note(v *Version, words string) {
	if _, ok := f.said[words]; words != "" && !ok {
		f.said[words] = v.Number
		f.notes = append(f.notes, v.Number.String()+": "+words)
	}
}

// version returns the files of v.
func (f *freezer) version(v *Version) (map[string][]byte, error) {
	text, err := f.prepared(v.Text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.Number, err)
	}
	for _, n := range text.notes {
		f.note(v, n)
	}
	parts, note := split(text.text, f.plan.Sections)
	f.note(v, note)
	sections := f.ids.follow(&parts)
	lost := join(&parts.Opening, sections)
	f.note(v, lost)
	tellApart(sections)
	title := cmp.Or(parts.Title, text.title, f.plan.Title)
	files := map[string][]byte{"index.md": indexFile(v, title, parts.Opening)}
	for i, s := range sections {
		files[fmt.Sprintf("%d-%s.md", 10*(i+1), s.id)] = sectionFile(s)
	}
	f.titles, f.parts = append(f.titles, title), append(f.parts, parts)
	return files, nil
}

func indexFile(v *Version, title string, opening []byte) []byte {
	var w bytes.Buffer
	fmt.Fprintf(&w, "---\ntitle: %s\nversion: %s\n", scalar(title), v.Number)
	if !v.Published.IsZero() {
		fmt.Fprintf(&w, "published: %s\n", v.Published)
	}
	fmt.Fprintf(&w, "effective: %s\n", v.Effective)
	if v.Summary != "" {
		fmt.Fprintf(&w, "summary: %s\n", scalar(v.Summary))
	}
	w.WriteString("---\n")
	writeBody(&w, opening)
	return w.Bytes()
}

func sectionFile(s section) []byte {
	var w bytes.Buffer
	fmt.Fprintf(&w, "---\ntitle: %s\nid: %s\n", scalar(s.Title), scalar(s.id))
	if len(s.was) > 0 {
		var was []string
		for _, id := range s.was {
			was = append(was, scalar(id))
		}
		fmt.Fprintf(&w, "was: [%s]\n", strings.Join(was, ", "))
	}
	w.WriteString("---\n")
	writeBody(&w, s.Body)
	return w.Bytes()
}

func writeBody(w *bytes.Buffer, body []byte) {
	if body = bytes.Trim(body, "\n"); len(bytes.TrimSpace(body)) > 0 {
		w.Write(body)
		w.WriteByte('\n')
	}
}

// Texts returns the contents of the plan's texts by their ids.
func (r *Repo) Texts(p *Plan) (map[string][]byte, error) {
	var ids []string
	for i := range p.Versions {
		ids = append(ids, p.Versions[i].Text)
	}
	slices.Sort(ids)
	found, err := r.objects(slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	for i := range p.Versions {
		if v := &p.Versions[i]; found[v.Text] == nil {
			return nil, fmt.Errorf("the repository does not hold the text %s of %s", short(v.Text), v.Number)
		}
	}
	return found, nil
}
