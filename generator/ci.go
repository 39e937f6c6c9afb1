package main

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"time"

	"golang.org/x/mod/semver"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// workflows holds, per host, what init --ci writes. They are templates with
// [[ and ]], since the hosts use braces themselves.
//
//go:embed ci
var workflows embed.FS

// ciPlaces says where a host looks for its files, from the repository's top.
var ciPlaces = map[string]string{
	"github": ".github/workflows/",
	"gitlab": ".",
}

// A pipeline is what the workflows are filled with. Paths are from the
// repository's top.
type pipeline struct {
	Tool    string // what go install gets
	Go      string // the version of Go
	Content string
	Flag    string // names the content to commands, where it is not content/
	Zone    string
	Crons   []string // when a day begins in the site's time zone, in UTC
}

// newPipeline returns the pipeline of a site with its content in that folder of a
// repository. Commands run at the repository's top, so that problems have the
// paths by which a host knows the files.
func newPipeline(content string, site legal.Site, day legal.Date) (pipeline, error) {
	p := pipeline{
		Tool:    "github.com/nanoprompt/codicil/generator@" + released(version()),
		Go:      "1.26",
		Content: content,
		Zone:    site.Zone.String(),
		Crons:   crons(site.Zone, day.Year),
	}
	if content != "content" {
		p.Flag = " --content " + content
	}
	if !plainPath.MatchString(p.Content) {
		return p, fmt.Errorf("--ci: the path %s would need quoting in scripts: give the folder a plain name", p.Content)
	}
	return p, nil
}

// plainPath matches a path that YAML and shells take as it is.
var plainPath = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._/-]*$`)

// released returns the version to pin: the tool's own, if it was released.
func released(version string) string {
	if semver.IsValid(version) && semver.Build(version) == "" && !regexp.MustCompile(`\d{14}-[0-9a-f]{12}$`).MatchString(version) {
		return version
	}
	return "latest"
}

// crons returns when a scheduled job runs: ten minutes into each day of zone,
// for each distance from UTC that it has in a year. Where a clock is changed
// one of two runs is an hour off, and next says that there is nothing to do.
func crons(zone *time.Location, year int) []string {
	var out []string
	for month := time.January; month <= time.December; month++ {
		start := time.Date(year, month, 15, 0, 10, 0, 0, zone).UTC()
		if c := fmt.Sprintf("%d %d * * *", start.Minute(), start.Hour()); !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// files returns a host's files, from the repository's top.
func (p pipeline) files(host string) (*tree.Tree, error) {
	place, ok := ciPlaces[host]
	if !ok {
		return nil, fmt.Errorf("--ci: %q is not github or gitlab", host)
	}
	t := &tree.Tree{}
	err := fs.WalkDir(workflows, "ci/"+host, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		source, err := workflows.ReadFile(name)
		if err != nil {
			return err
		}
		page, err := template.New(name).Delims("[[", "]]").Option("missingkey=error").Parse(string(source))
		if err != nil {
			return err
		}
		var w bytes.Buffer
		if err := page.Execute(&w, p); err != nil {
			return err
		}
		base := path.Base(name)
		if host == "gitlab" {
			base = "." + base // embed passes over files with a dot
		}
		t.Put(strings.TrimPrefix(path.Join(place, base), "./"), w.Bytes())
		return nil
	})
	return t, err
}
