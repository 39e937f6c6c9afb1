package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// A ground is the folder in which a site is made, and what lies there already.
type ground struct {
	dir     string
	top     string // of the git repository, or dir
	prefix  string // of dir in top, with slashes; empty where they are the same
	content string // the folder of the content, in dir
	empty   bool
	site    bool     // there is a site of ours
	kind    string   // what else is there, for people
	texts   []string // files that look like legal documents of that
}

// survey looks at dir, which need not be there.
func survey(dir string) (*ground, error) {
	g := &ground{dir: dir, content: "content"}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	g.empty = true
	for _, e := range entries {
		g.empty = g.empty && e.Name() == ".git"
	}
	if err := g.findTop(); err != nil {
		return nil, err
	}
	switch {
	case g.has("content", legal.SiteFile), g.has("legal", legal.SiteFile):
		if !g.has("content", legal.SiteFile) {
			g.content = "legal"
		}
		g.site = true
		g.kind = "a site with its content in " + g.content + "/"
	case g.has("hugo.toml"), g.has("hugo.yaml"), g.has("hugo.json"), g.has("config.toml") && g.has("content"):
		g.beside("a site of Hugo")
	case g.has("_config.yml"), g.has("_config.toml"):
		g.beside("a site of Jekyll")
	case g.has("content"):
		g.beside("a folder content/ of something else")
	}
	return g, nil
}

// beside keeps out of the way of another tool, and finds the texts that may be
// ours to keep.
func (g *ground) beside(kind string) {
	g.kind, g.content = kind+": the legal documents go into legal/", "legal"
	for _, dir := range []string{"", "content", "content/*", "_pages", "pages", "_legal"} {
		found, _ := filepath.Glob(filepath.Join(g.dir, dir, "*.md")) // the patterns are right
		for _, p := range found {
			if rel, err := filepath.Rel(g.dir, p); err == nil && legalName.MatchString(filepath.Base(p)) {
				g.texts = append(g.texts, filepath.ToSlash(rel))
			}
		}
	}
}

// legalName matches how files with legal texts are called.
var legalName = regexp.MustCompile(`(?i)privacy|terms|cookie|imprint|impressum|datenschutz|agb|eula|legal|policy`)

func (g *ground) has(name ...string) bool {
	_, err := os.Stat(filepath.Join(append([]string{g.dir}, name...)...))
	return err == nil
}

// name names the folder in messages.
func (g *ground) name() string { return filepath.ToSlash(g.dir) }

// findTop finds the git repository that dir is in, or will be.
func (g *ground) findTop() error {
	abs, err := filepath.Abs(g.dir)
	if err != nil {
		return err
	}
	g.top = g.dir
	for top := abs; ; top = filepath.Dir(top) {
		if _, err := os.Lstat(filepath.Join(top, ".git")); err == nil {
			rel, err := filepath.Rel(top, abs)
			if err != nil {
				return err
			}
			if rel != "." {
				g.top, g.prefix = top, filepath.ToSlash(rel)
			}
			return nil
		}
		if top == filepath.Dir(top) {
			return nil
		}
	}
}

// list prints files, a folder with more than a few of them as one line.
func list(w io.Writer, title, top string, files *tree.Tree) {
	if files.Len() == 0 {
		return
	}
	fmt.Fprintf(w, "%s, in %s:\n", title, filepath.ToSlash(top))
	const few = 4
	in := map[string]int{}
	for _, p := range files.Paths() {
		for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
			in[dir]++
		}
	}
	said := map[string]bool{}
	for _, p := range files.Paths() {
		line := p
		for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
			if in[dir] > few && dir != "." {
				line = fmt.Sprintf("%s/ (%s)", dir, count(in[dir], "file"))
			}
		}
		if !said[line] {
			said[line] = true
			fmt.Fprintf(w, "  %s\n", line)
		}
	}
}

// report says what is to be done next.
func (g *ground) report(w io.Writer, host string) {
	what := "what was missing"
	switch {
	case g.empty:
		what = "an example site"
	case !g.site:
		what = "the draft of a privacy policy"
	}
	flag := ""
	if g.content != "content" {
		flag = " --content " + g.content
	}
	fmt.Fprintf(w, "Wrote %s into %s\n", what, g.name())
	if host != "" && g.prefix != "" {
		fmt.Fprintf(w, "Wrote the workflows to the top of the repository, %s\n", filepath.ToSlash(g.top))
	}
	fmt.Fprintln(w, "Next:")
	if g.name() != "." {
		fmt.Fprintf(w, "  cd %s\n", g.name())
	}
	if !g.site {
		fmt.Fprintf(w, "  %-33s look at it\n", "codicil serve"+flag)
		fmt.Fprintf(w, "  %-33s make it into public/\n", "codicil build"+flag)
	}
	for _, p := range g.texts {
		name := legal.Slug(strings.TrimSuffix(path.Base(p), ".md"))
		if strings.ContainsFunc(p, func(r rune) bool {
			return !strings.ContainsRune("/._-", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}) {
			p = "'" + strings.ReplaceAll(p, "'", `'\''`) + "'"
		}
		fmt.Fprintf(w, "  codicil import markdown %s --document %s    start from the text that is there\n", visible(p), name)
	}
	if !g.empty && !g.site {
		fmt.Fprintf(w, "  echo '%s/** -text' >> .gitattributes    git must not change the line ends of what is released\n", path.Join(g.prefix, g.content))
	}
	if strings.Contains(g.kind, "Jekyll") {
		fmt.Fprintln(w, "  in _config.yml, add legal to exclude:, or Jekyll publishes it as it is")
	}
	switch host {
	case "github":
		fmt.Fprintln(w, "  in the repository's settings, under Pages, choose the source GitHub Actions")
	case "gitlab":
		fmt.Fprintln(w, "  under Build > Pipeline schedules, add a schedule for each night")
	}
	if host != "" && released(version()) == "latest" {
		fmt.Fprintln(w, "  in the workflows, name the version of Codicil that you want: they take the latest")
	}
}
