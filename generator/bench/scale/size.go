package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/nanoprompt/codicil/generator/bench"
)

// day is what the sites show, after the newest version of any library.
const day = "2026-12-01"

// hugoModule is the newest Hugo that builds with the Go of this module.
const hugoModule = "github.com/gohugoio/hugo@v0.165.0"

// installHugo builds Hugo into the work folder, if it is not there.
func (s *scale) installHugo() error {
	bin := filepath.Join(s.work, "bin")
	s.hugo = filepath.Join(bin, "hugo")
	if _, err := os.Stat(s.hugo); err == nil {
		return nil
	}
	fmt.Fprintln(os.Stderr, "install", hugoModule)
	c := exec.Command("go", "install", hugoModule)
	c.Env = append(os.Environ(), "GOBIN="+bin, "CGO_ENABLED=0")
	c.Stderr = os.Stderr
	return c.Run()
}

// A size is what was found of a library.
type size struct {
	Name     string
	Real     bool // of real documents
	Versions int
	Runs     int
	Content  treeSize

	Hugo, Codicil           sample // medians of full builds
	HugoFiles, CodicilFiles treeSize
	Writing                 float64 // seconds for writing what Codicil's build writes
	Listing                 float64 // seconds for listing the content
	Unchanged, Edit         sample  // medians of builds after one
	Release                 sample
}

func (s *scale) madeSize(versions int) error {
	shape := bench.ShapeOf(versions)
	if err := shape.Check(); err != nil {
		return err
	}
	return s.size(size{Name: shape.String(), Versions: versions}, bench.Measured().Library(shape, 1), bench.Site)
}

func (s *scale) realSize(versions int) error {
	files := os.DirFS(s.corpora)
	docs, err := bench.Histories(files)
	if err != nil {
		fmt.Fprintln(os.Stderr, "left out: the real documents are not here")
		return nil
	}
	docs = bench.Repeat(docs, versions)
	z := size{Name: fmt.Sprintf("%s versions, %d real documents", bench.Thousands(versions), len(docs)), Real: true, Versions: versions}
	return s.size(z, bench.Real(files, docs, true), bench.RealSite)
}

// size writes a library for both tools, and measures them with it.
func (s *scale) size(z size, library bench.Library, site string) error {
	dir := filepath.Join(s.work, "library")
	if err := settle(dir); err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintln(os.Stderr, z.Name)
	content, err := bench.NewContent(filepath.Join(dir, "content"), site)
	if err != nil {
		return err
	}
	hugo, err := bench.NewHugo(filepath.Join(dir, "hugo"))
	if err != nil {
		return err
	}
	if err := bench.Write(library, content, hugo); err != nil {
		return err
	}
	if z.Content, err = sizeOf(filepath.Join(dir, "content")); err != nil {
		return err
	}
	z.Runs = s.runs
	for _, step := range []func(dir string, z *size) error{s.full, s.writing, s.unchanged, s.edits, s.releases} {
		if err := step(dir, &z); err != nil {
			return err
		}
	}
	s.results.add(z)
	return nil
}

// build builds the site in dir.
func (s *scale) build(dir string) (sample, error) {
	return s.process(dir, s.codicil, "build", "--drafts", "--as-of", day)
}

// full builds the site with both tools by turns, from nothing. Working texts
// that are not released are shown, so that an edit can be seen later.
func (s *scale) full(dir string, z *size) error {
	public, hugoPublic := filepath.Join(dir, "public"), filepath.Join(dir, "hugo", "public")
	var hugo, codicil []sample
	for range s.runs {
		if err := settle(public, hugoPublic, s.cache()); err != nil {
			return err
		}
		m, err := s.process(dir, s.hugo, "build", "--source", "hugo", "--noBuildLock", "--quiet")
		if err != nil {
			return err
		}
		hugo = append(hugo, m)
		if z.HugoFiles, err = sizeOf(hugoPublic); err != nil {
			return err
		}
		if err := settle(hugoPublic, s.cache()); err != nil {
			return err
		}
		if m, err = s.build(dir); err != nil {
			return err
		}
		codicil = append(codicil, m)
		fmt.Fprintf(os.Stderr, "  Hugo %s, Codicil %s\n", seconds(hugo[len(hugo)-1].Seconds), seconds(m.Seconds))
	}
	z.Hugo, z.Codicil = median(hugo), median(codicil)
	var err error
	z.CodicilFiles, err = sizeOf(public)
	return err
}

// writing writes the bytes of the site once more.
func (s *scale) writing(dir string, z *size) error {
	var all []sample
	again := filepath.Join(dir, "again")
	for range s.runs {
		if err := settle(again); err != nil {
			return err
		}
		out, err := s.self(dir, "write", filepath.Join(dir, "public"), again)
		if err != nil {
			return err
		}
		var one sample
		if err := json.Unmarshal(out, &one.Seconds); err != nil {
			return err
		}
		all = append(all, one)
	}
	z.Writing = median(all).Seconds
	return settle(again)
}

// unchanged builds the site again, and lists the content, by turns.
func (s *scale) unchanged(dir string, z *size) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if _, err := s.build(dir); err != nil { // what a first build after settling may owe
		return err
	}
	var listing, unchanged []sample
	for range s.runs {
		m, err := s.process(dir, self, "list", "content")
		if err != nil {
			return err
		}
		listing = append(listing, m)
		if m, err = s.build(dir); err != nil {
			return err
		}
		unchanged = append(unchanged, m)
	}
	z.Listing, z.Unchanged = median(listing).Seconds, median(unchanged)
	return nil
}

// edits changes the working text of one document, the last, each time.
func (s *scale) edits(dir string, z *size) (err error) {
	z.Edit, err = s.each(dir, func(string, int) error { return nil })
	return err
}

// releases releases that text as well, before the build.
func (s *scale) releases(dir string, z *size) (err error) {
	z.Release, err = s.each(dir, func(document string, n int) error {
		c := exec.Command(s.codicil, "release", document, "--update", "--effective", "2026-11-30", "--summary", fmt.Sprint("Edit ", n, "."))
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	})
	return err
}

// each edits the last document, lets then do its part, and builds.
func (s *scale) each(dir string, then func(document string, n int) error) (sample, error) {
	files, err := filepath.Glob(filepath.Join(dir, "content", "*", "*.md"))
	if err != nil {
		return sample{}, err
	}
	file := files[len(files)-1]
	if strings.HasSuffix(file, "index.md") {
		file = files[len(files)-2]
	}
	var all []sample
	for n := range s.runs {
		f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			return sample{}, err
		}
		_, err = fmt.Fprintf(f, "\nThe parties agree on edit %d.\n", n)
		if err := errors.Join(err, f.Close(), then(filepath.Base(filepath.Dir(file)), n)); err != nil {
			return sample{}, err
		}
		m, err := s.build(dir)
		if err != nil {
			return sample{}, err
		}
		all = append(all, m)
	}
	return median(all), nil
}
