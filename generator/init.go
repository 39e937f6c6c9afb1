package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// example is the site of a made-up company that init writes into an empty
// folder: the showcase, and the ground for tests.
//
//go:embed all:example
var example embed.FS

// start is the content that init writes beside what is there already.
//
//go:embed start
var start embed.FS

// editorFiles are the schemas of the content, and the settings that tell VS Code
// of them; templates as the workflows are.
//
//go:embed editor
var editorFiles embed.FS

// An initRequest is what init was asked for.
type initRequest struct {
	dir         string
	ci          string // github, gitlab or empty
	yes, dryRun bool
}

func initCommand() *cobra.Command {
	var r initRequest
	c := &cobra.Command{
		Use:   "init DIR",
		Short: "Write a new site to start from",
		Long: `Init writes a site into DIR. Into an empty folder, or a new one, it writes the
example site of a made-up company: three documents with their histories, and a
README that says how to go on. Beside what is there already it writes the draft
of one document; into a site, only what the site does not have. No file that is
there is changed. Unless the folder is empty, init says what it would write, and
asks for a yes, or for --yes where nobody can be asked.

With it come settings for VS Code: JSON Schemas of site.yaml and of the front
matter, and that what was released is read-only.

With --ci it writes workflows for the host as well, to the top of the git
repository: a review of every change, and the site published on every merge and
on the days on which a version is announced or takes effect.`,
		Example: `  codicil init legal
  codicil init . --ci github`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			r.dir = args[0]
			return initSite(r, terminalOf(c))
		},
	}
	f := c.Flags()
	f.StringVar(&r.ci, "ci", "", "write workflows, too: github or gitlab")
	f.BoolVar(&r.yes, "yes", false, "write into a folder that is not empty without asking")
	f.BoolVar(&r.dryRun, "dry-run", false, "say what would be written, and write nothing")
	c.RegisterFlagCompletionFunc("ci", cobra.FixedCompletions([]string{"github", "gitlab"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func initSite(r initRequest, talk *dialog) error {
	g, err := survey(r.dir)
	if err != nil {
		return err
	}
	files, err := g.files(r.ci)
	if err != nil {
		return err
	}
	write, kept, err := g.missing(files)
	if err != nil {
		return err
	}
	out := talk.out
	if g.kind != "" {
		fmt.Fprintf(out, "%s holds %s\n", g.name(), g.kind)
	}
	if !g.empty || r.dryRun {
		list(out, "Would write", g.top, write)
		list(out, "Is there, and stays", g.top, kept)
	}
	switch {
	case write.Len() == 0:
		fmt.Fprintln(out, "Nothing is missing: nothing was written")
		return nil
	case r.dryRun:
		fmt.Fprintln(out, "Nothing was written")
		return nil
	case !g.empty && !r.yes:
		if !talk.live {
			return fmt.Errorf("%s is not empty: say --yes to write these files into it", g.name())
		}
		if ok, err := talk.confirm("Write them?"); err != nil || !ok {
			return errors.Join(err, says(out, "Nothing was written"))
		}
	}
	if err := os.MkdirAll(g.dir, 0o755); err != nil {
		return err
	}
	if err := tree.Apply(g.top, write); err != nil {
		return fmt.Errorf("write the site: %w", err)
	}
	g.report(out, r.ci)
	return nil
}

func says(w io.Writer, words string) error {
	_, err := fmt.Fprintln(w, words)
	return err
}

// files returns what init writes, from the top of the repository.
func (g *ground) files(host string) (*tree.Tree, error) {
	t := &tree.Tree{}
	var err error
	switch {
	case g.empty:
		err = g.add(t, example, "example", "")
	case !g.site:
		err = g.add(t, start, "start", g.content)
	}
	if err != nil {
		return nil, err
	}
	zone, err := g.settings(t)
	if err != nil {
		return nil, err
	}
	if err := g.addEditor(t); err != nil || host == "" {
		return t, err
	}
	p, err := newPipeline(path.Join(g.prefix, g.content), zone, today(zone))
	if err != nil {
		return nil, err
	}
	made, err := p.files(host)
	if err != nil {
		return nil, err
	}
	for _, name := range made.Paths() {
		data, _ := made.Get(name)
		t.Put(name, data)
	}
	return t, nil
}

// add puts the files below root into the site's folder dir.
func (g *ground) add(t *tree.Tree, files fs.FS, root, dir string) error {
	return fs.WalkDir(files, root, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, p)
		if err != nil {
			return err
		}
		t.Put(path.Join(g.prefix, dir, strings.TrimPrefix(p, root+"/")), data)
		return nil
	})
}

// addEditor puts the settings of VS Code into t.
func (g *ground) addEditor(t *tree.Tree) error {
	entries, err := editorFiles.ReadDir("editor")
	if err != nil {
		return err
	}
	for _, e := range entries {
		source, err := editorFiles.ReadFile("editor/" + e.Name())
		if err != nil {
			return err
		}
		name := e.Name()
		if strings.HasSuffix(name, ".schema.json") {
			t.Put(path.Join(g.prefix, ".vscode/codicil", name), source)
			continue
		}
		page, err := template.New(name).Delims("[[", "]]").Parse(string(source))
		if err != nil {
			return err
		}
		var w bytes.Buffer
		if err := page.Execute(&w, struct{ Content string }{g.content}); err != nil {
			return err
		}
		t.Put(path.Join(g.prefix, ".vscode", name), w.Bytes())
	}
	return nil
}

// settings returns the site's settings as they are, or as they will be in t.
func (g *ground) settings(t *tree.Tree) (legal.Site, error) {
	files, err := fs.Sub(ledger.Overlay(os.DirFS(g.top), t), path.Join(g.prefix, g.content))
	if err != nil {
		return legal.Site{}, err
	}
	lib, _, err := legal.Open(files, g.content)
	if err != nil {
		return legal.Site{}, fmt.Errorf("read the site's settings: %w", err)
	}
	return lib.Site, nil
}

// missing parts files into those to be written, and those that are there.
func (g *ground) missing(files *tree.Tree) (write, kept *tree.Tree, err error) {
	write, kept = &tree.Tree{}, &tree.Tree{}
	for _, p := range files.Paths() {
		data, _ := files.Get(p)
		switch _, err := os.Lstat(filepath.Join(g.top, filepath.FromSlash(p))); {
		case err == nil:
			kept.Put(p, data)
		case errors.Is(err, fs.ErrNotExist):
			write.Put(p, data)
		default:
			return nil, nil, err
		}
	}
	return write, kept, nil
}
