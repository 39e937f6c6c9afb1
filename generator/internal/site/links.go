package site

import (
	"path"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A place is where links are written: a page of the site, or a feed, which is
// read far from it and holds absolute addresses.
//
// Links between pages are relative and name index.html, so that the same bytes
// work at a host's root, below any path and from a folder on disk, where a
// link to a folder would show a listing. The addresses that people and machines
// are meant to keep (canonical, feeds, the line at a page's foot) do without.
type place struct {
	base string // of absolute addresses, ends in a slash; "" for relative ones
	page string // the page's file, e.g. terms/1.0.0/index.html
}

// to returns the link to target: a file of the site, or a folder with a
// slash at its end, and perhaps a fragment. The site's own is "".
func (p place) to(target string) string {
	target, fragment, found := strings.Cut(target, "#")
	if found {
		fragment = "#" + fragment
	}
	if p.base != "" {
		return p.base + target + fragment
	}
	if target == "" || strings.HasSuffix(target, "/") {
		target += "index.html"
	}
	if target == p.page && fragment != "" {
		return fragment
	}
	return relative(p.page, target) + fragment
}

// scheme and host return what an absolute address of another host, or of the rest of
// the site's own, begins with: nothing in a page, which is read there.
func (p place) scheme() string { return p.base[:max(strings.Index(p.base, "//"), 0)] }

func (p place) host() string {
	at := strings.Index(p.base, "//")
	if at < 0 {
		return ""
	}
	host, _, _ := strings.Cut(p.base[at+2:], "/")
	return p.base[:at+2] + host
}

// relative returns the way from the file page to the file target.
func relative(page, target string) string {
	from, to := strings.Split(page, "/"), strings.Split(target, "/")
	from = from[:len(from)-1]
	for len(from) > 0 && len(to) > 1 && from[0] == to[0] {
		from, to = from[1:], to[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(to, "/")
}

// A source is a text whose links are adapted to the page that shows it. An
// author writes them as seen from the document's folder.
type source struct {
	place   place
	doc     string         // the document's name
	dir     string         // the version's folder in it, e.g. "1.0.0"
	version *legal.Version // whose files the links may name
	names   []string       // of the site's documents
	here    bool           // the page holds the text whole, with its anchors
}

// href returns what the link of a run leads to, and whether it may be
// followed. Without a source a link stays as it was written.
func (s *source) href(link string) (string, bool) {
	if link == "" || !legal.SafeLink(link) {
		return "", false
	}
	if s == nil || hasScheme(link) {
		return encode(link), true
	}
	file, fragment, found := strings.Cut(link, "#")
	if found {
		fragment = "#" + fragment
	}
	switch {
	case strings.HasPrefix(link, "/") && s.isDocument(file):
		return encode(s.place.to(folder(file[1:])) + fragment), true
	case strings.HasPrefix(link, "//"):
		return encode(s.place.scheme() + link), true
	case strings.HasPrefix(link, "/"):
		return encode(s.place.host() + link), true
	case strings.HasPrefix(file, "?") && s.place.base != "":
		return encode(s.place.to(s.doc+"/") + link), true
	case strings.HasPrefix(file, "?"):
		return encode(link), true
	case file == "":
		return encode(s.own(fragment)), true
	}
	if id := s.section(file); id != "" {
		if fragment == "" {
			fragment = "#" + id
		}
		return encode(s.own(fragment)), true
	}
	query := ""
	if i := strings.IndexByte(file, '?'); i >= 0 {
		file, query = file[:i], file[i:]
	}
	return encode(s.place.to(s.target(file)) + query + fragment), true
}

// own returns the link to an anchor of the text itself.
func (s *source) own(fragment string) string {
	if s.here {
		return fragment
	}
	return s.place.to(s.doc + "/" + s.dir + "/" + fragment)
}

// section returns the id of the section whose file is named, as editors name
// it so that the link works where the source is read.
func (s *source) section(file string) string {
	file = strings.TrimPrefix(file, "./")
	for _, section := range s.version.Sections {
		if section.Is(file) {
			return section.ID
		}
	}
	return ""
}

// target returns the file or folder of the site that file means, as seen from
// the document's folder.
func (s *source) target(file string) string {
	name := strings.TrimPrefix(file, "./")
	if slices.Contains(s.version.Attachments, name) {
		return s.doc + "/" + s.dir + "/" + name
	}
	isFolder := strings.HasSuffix(file, "/") || file == ".." || strings.HasSuffix(file, "/..")
	target := path.Join(s.from(name), file)
	if target == "." {
		return ""
	}
	if isFolder {
		return target + "/"
	}
	return folder(target)
}

// from returns the folder as seen from which the link name is written: the document's
// or, of a translation that links to its own pages, that of those.
func (s *source) from(name string) string {
	first, _, _ := strings.Cut(path.Clean(name), "/")
	if first == ".." || first == "." || legal.ValidLanguage(first) {
		return legal.Folder(s.doc)
	}
	return s.doc
}

// isDocument reports whether a link from the site's root is to one of its
// documents: it leads there below any path and from a folder on disk. Any other
// may mean the rest of the host.
func (s *source) isDocument(link string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(link, "/"), "/")
	return slices.Contains(s.names, first)
}

// folder returns target with a slash at its end, unless it names a file.
func folder(target string) string {
	_, err := legal.ParseNumber(path.Base(target))
	if strings.HasSuffix(target, "/") || strings.Contains(path.Base(target), ".") && err != nil {
		return target
	}
	return target + "/"
}

// hasScheme reports whether link begins with a scheme, as mailto: does.
func hasScheme(link string) bool {
	scheme, _, ok := strings.Cut(link, ":")
	return ok && scheme != "" && !strings.ContainsAny(scheme, "/?#")
}
