package legal

import (
	"errors"
	"io/fs"
	"net/url"
	"path"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

// Open reads a library's settings and lists its documents. Root is what the
// paths in problems begin with.
func Open(files fs.FS, root string) (*Library, []Problem, error) {
	lib := &Library{Files: files, Root: root}
	problems, err := lib.readSite()
	if err != nil {
		return nil, nil, err
	}
	more, err := lib.list()
	if err != nil {
		return nil, nil, err
	}
	return lib, SortProblems(append(problems, more...)), nil
}

// SiteFile is the name of the file with the site's settings.
const SiteFile = "site.yaml"

func (lib *Library) readSite() ([]Problem, error) {
	lib.Site = Site{Language: "en", Zone: time.UTC, LastVisit: true, Rules: map[string]string{}, Kinds: kinds()}
	file := lib.path(SiteFile)
	source, problems, err := lib.read(SiteFile)
	if errors.Is(err, fs.ErrNotExist) {
		return []Problem{{Pos: Pos{File: file}, Rule: "missing-file", Msg: "the site has no settings",
			Hint: "write the file with title: … and url: https://…"}}, nil
	}
	if err != nil || problems != nil {
		return problems, err
	}
	r := &yamlReader{file: file, at: map[string]Pos{}}
	for _, f := range r.fields(source, siteKeys) {
		r.intoSite(&lib.Site, f)
	}
	if _, ok := r.at["title"]; !ok && !r.failed {
		r.problem(Pos{file, 1, 1}, "missing-title", "add a line title: …", "the site has no title")
	}
	if _, ok := r.at["url"]; !ok && !r.failed {
		r.problem(Pos{file, 1, 1}, "missing-url", "add a line url: …", "the site has no url")
	}
	lib.Site.at = r.at
	if err := lib.themeFiles(r); err != nil {
		return nil, err
	}
	if lib.Site.Organisation == "" {
		lib.Site.Organisation = lib.Site.Title
	}
	return r.problems, nil
}

func (r *yamlReader) intoSite(s *Site, f field) {
	switch f.key {
	case "title":
		s.Title = r.text(f)
	case "url":
		s.URL = r.url(f)
	case "organisation":
		s.Organisation = r.text(f)
	case "contact":
		s.Contact = r.contact(f)
	case "timezone":
		s.Zone = r.zone(f)
	case "language":
		s.Language = r.language(f)
	case "last-visit":
		if b := r.bool(f); b != nil {
			s.LastVisit = *b
		}
	case "kinds":
		r.kinds(s, f)
	case "theme":
		r.theme(&s.Theme, f)
	case "prevails":
		s.Prevails = r.language(f)
	case "rules":
		r.rules(s, f)
	case "terms":
		terms := r.bool(f)
		s.NoTerms = terms != nil && !*terms
	}
}

func (r *yamlReader) url(f field) string {
	s := r.text(f)
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		r.problem(r.pos(f.value), "bad-url", "write where the site will be, e.g. url: https://legal.example.com/", "%s is not the address of a site", quote(s))
		return ""
	}
	return strings.TrimSuffix(u.String(), "/") + "/"
}

func (r *yamlReader) contact(f field) string {
	s := r.text(f)
	if !validContact(s) {
		r.problem(r.pos(f.value), "bad-contact", "write an address, e.g. legal@example.com, or a link, e.g. https://example.com/contact", "%s is not a safe link", quote(s))
		return ""
	}
	return s
}

// validContact reports whether s is words, an address of mail, or a link that
// leads somewhere and is safe.
func validContact(s string) bool {
	if !SafeLink(s) {
		name, words, _ := strings.Cut(s, ": ")
		return words != "" && !runs[strings.ToLower(strings.Map(dropControl, name))]
	}
	u, err := url.Parse(s)
	return err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host != ""
}

// runs holds the schemes of links that run or read what they are given.
var runs = map[string]bool{"javascript": true, "vbscript": true, "data": true, "blob": true, "file": true}

func (r *yamlReader) zone(f field) *time.Location {
	name := r.text(f)
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		r.problem(r.pos(f.value), "bad-timezone", "write a name of the time zone database, e.g. Europe/Berlin or UTC", "%s is not a time zone", quote(name))
		return time.UTC
	}
	return zone
}

func (r *yamlReader) language(f field) string {
	s := r.text(f)
	tag, err := language.Parse(s)
	if err != nil {
		r.problem(r.pos(f.value), "bad-language", "write a language tag, e.g. en or pt-BR", "%s is not a language", quote(s))
		return "en"
	}
	return tag.String()
}

func (r *yamlReader) rules(s *Site, f field) {
	if f.value.Kind != yaml.MappingNode {
		r.wrongType(f, "rules with their severity")
		return
	}
	for i := 0; i+1 < len(f.value.Content); i += 2 {
		key, value := f.value.Content[i], f.value.Content[i+1]
		switch value.Value {
		case "error", "warning", "off":
			s.Rules[key.Value] = value.Value
			r.at["rules."+key.Value] = r.pos(key)
		default:
			r.problem(r.pos(value), "bad-severity", "write error, warning or \"off\"", "%s is not a severity", quote(value.Value))
		}
	}
}

// list finds the documents: every folder but hidden ones.
func (lib *Library) list() ([]Problem, error) {
	entries, err := fs.ReadDir(lib.Files, ".")
	if err != nil {
		return nil, err
	}
	var problems []Problem
	for _, e := range entries {
		pos := Pos{File: lib.path(e.Name())}
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.Type()&fs.ModeSymlink != 0:
			problems = append(problems, symlink(pos))
		case !e.IsDir():
		case !ValidID(e.Name()):
			problems = append(problems, Problem{Pos: pos, Rule: "bad-name",
				Msg: "the folder's name cannot be an address", Hint: idHint(e.Name())})
		case e.Name() == "assets":
			problems = append(problems, Problem{Pos: pos, Rule: "bad-name",
				Msg: "the address /assets/ belongs to the site's own files", Hint: "give the document's folder another name"})
		default:
			lib.Documents = append(lib.Documents, e.Name())
		}
	}
	return problems, nil
}

func symlink(pos Pos) Problem {
	return Problem{Pos: pos, Rule: "symlink", Msg: "a symbolic link could lead outside of the content", Hint: "put the file itself here"}
}

func (lib *Library) path(name string) string { return path.Join(lib.Root, name) }
