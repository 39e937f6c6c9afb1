package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A History is a real document, with its versions.
type History struct {
	Name  string
	Files []string // of the versions, the oldest first
}

// RealSite is the site.yaml of a library of real documents. It lets pass what
// their authors wrote and an editor would be asked to mend.
const RealSite = `title: Corpora
url: https://corpora.example
rules:
  raw-html: "off"
  unsafe-link: "off"
  duplicate-id: "off"
  dangling-anchor: "off"
  remote-image: "off"
  missing-attachment: "off"
`

// Histories returns the documents that a folder holds: manifest.json lists
// them, and their versions lie below trees/.
func Histories(files fs.FS) ([]History, error) {
	data, err := fs.ReadFile(files, "manifest.json")
	if err != nil {
		return nil, err
	}
	var manifest struct {
		Documents []struct {
			ID      string
			History []struct{ File string }
		}
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		return nil, fmt.Errorf("read manifest.json: %w", err)
	}
	var all []History
	for _, d := range manifest.Documents {
		h := History{Name: legal.Slug(strings.ReplaceAll(d.ID, "__", "-"))}
		for _, v := range d.History {
			if v.File != "" { // where the document was removed for a while
				h.Files = append(h.Files, path.Join("trees", v.File))
			}
		}
		all = append(all, h)
	}
	return all, nil
}

// Real returns the documents' versions: each text as one section, or cut at
// its second-level headings.
func Real(files fs.FS, docs []History, cut bool) Library {
	return func(yield func(*Version, error) bool) {
		for _, d := range docs {
			effective := ""
			for i, name := range d.Files {
				source, err := fs.ReadFile(files, name)
				if err != nil {
					yield(nil, err)
					return
				}
				_, date, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".md"), "_")
				effective = max(effective, date) // histories run backwards at times
				v := &Version{
					Document: d.Name, Title: d.Name, Number: fmt.Sprintf("1.%d.0", i), Effective: effective,
					Summary: fmt.Sprintf("Version %d.", i+1),
				}
				v.cut(string(body(source)), cut)
				if !yield(v, nil) {
					return
				}
			}
		}
	}
}

// Repeat returns the documents again and again, each time with other names,
// until they have so many versions; the last one is not used to its end.
func Repeat(docs []History, versions int) []History {
	var all []History
	for round := 1; versions > 0; round++ {
		before := versions
		for _, d := range docs {
			n := min(versions, len(d.Files))
			if n > 0 {
				all = append(all, History{fmt.Sprintf("r%03d-%s", round, d.Name), d.Files[:n]})
			}
			versions -= n
		}
		if versions == before {
			break
		}
	}
	return all
}

// frontMatter is what real texts begin with at times.
var frontMatter = regexp.MustCompile(`\A\x{feff}?---[ \t]*\r?\n(?s:.*?)\n---[ \t]*(?:\r?\n|\z)`)

// body returns source without its front matter. NUL, which a file of content
// may not hold, is shown as a replacement character.
func body(source []byte) []byte {
	source = frontMatter.ReplaceAll(source, nil)
	return bytes.ToValidUTF8(bytes.ReplaceAll(source, []byte{0}, []byte("\ufffd")), []byte("\ufffd"))
}

var headingLine = regexp.MustCompile(`^## +(.*?)[ #]*$`)

// cut makes text that of v: all of it one section, or what follows each
// second-level heading, and what is before them the opening.
func (v *Version) cut(text string, cut bool) {
	if !cut {
		v.Sections = []Section{{File: "10-text.md", Title: "Text", Body: text}}
		return
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	current, fenced := &v.Opening, false
	taken := map[string]bool{}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		m := headingLine.FindStringSubmatch(strings.TrimRight(line, "\n"))
		if m == nil || fenced || strings.TrimSpace(m[1]) == "" {
			*current += line
			continue
		}
		base := legal.Slug(m[1])
		if !legal.ValidID(base) {
			base = "section"
		}
		id := base
		for k := 2; taken[id]; k++ {
			id = fmt.Sprintf("%s-%d", base, k)
		}
		taken[id] = true
		v.Sections = append(v.Sections, Section{File: fmt.Sprintf("%04d-section.md", len(v.Sections)+1), Title: m[1], ID: id})
		current = &v.Sections[len(v.Sections)-1].Body
	}
}
