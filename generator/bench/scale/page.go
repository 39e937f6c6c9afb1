package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/nanoprompt/codicil/generator/bench"
)

// results is everything that was found so far.
type results struct {
	Tool                string // the hash of its program; those of another are forgotten
	Sizes               []size
	Versions, Documents []point
	Pairs               *comparison
}

// add adds a size, in the place of an older measurement of the same.
func (r *results) add(z size) {
	r.Sizes = slices.DeleteFunc(r.Sizes, func(old size) bool { return old.Name == z.Name })
	r.Sizes = append(r.Sizes, z)
	slices.SortFunc(r.Sizes, func(a, b size) int {
		switch {
		case a.Real == b.Real:
			return cmp.Compare(a.Versions, b.Versions)
		case a.Real:
			return 1
		}
		return -1
	})
}

// put puts a point into a line.
func put(line *[]point, p point) {
	*line = slices.DeleteFunc(*line, func(old point) bool { return old.N == p.N })
	*line = append(*line, p)
	slices.SortFunc(*line, func(a, b point) int { return cmp.Compare(a.N, b.N) })
}

func (s *scale) file() string { return filepath.Join(s.work, "results.json") }

func (s *scale) load() error {
	program, err := os.ReadFile(s.codicil)
	if err != nil {
		return err
	}
	tool := fmt.Sprintf("%x", sha256.Sum256(program))
	data, err := os.ReadFile(s.file())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = os.MkdirAll(s.work, 0o755)
	case err == nil:
		err = json.Unmarshal(data, &s.results)
	}
	if s.results.Tool != tool {
		s.results = results{Tool: tool}
	}
	return err
}

func (s *scale) save() error {
	data, err := json.MarshalIndent(s.results, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(s.file(), data, 0o644)
}

// writePage writes the page and its picture, or prints the page.
func (s *scale) writePage() error {
	page := s.results.markdown()
	if s.page == "" {
		_, err := os.Stdout.Write(page)
		return err
	}
	picture := filepath.Join(filepath.Dir(s.page), "scale.svg")
	return errors.Join(os.WriteFile(s.page, page, 0o644), os.WriteFile(picture, s.results.plot(), 0o644))
}

func (r *results) markdown() []byte {
	var w bytes.Buffer
	fmt.Fprintf(&w, "# How a build grows\n\nMeasured on %s by\n\n", time.Now().Format("2 January 2006"))
	fmt.Fprintf(&w, "    make bench %s\n\non %s.\n\n", r.command(), machine())
	w.WriteString(what)
	if len(r.Sizes) > 0 {
		r.full(&w)
		r.incremental(&w)
	}
	if len(r.Versions)+len(r.Documents) > 0 {
		w.WriteString(growth)
		pointTable(&w, "versions of one document", r.Versions)
		pointTable(&w, "documents of ten versions", r.Documents)
	}
	if r.Pairs != nil {
		r.Pairs.write(&w)
	}
	return w.Bytes()
}

// command returns the settings that give these results.
func (r *results) command() string {
	var made, real, versions, documents []string
	for _, z := range r.Sizes {
		if z.Real {
			real = append(real, fmt.Sprint(z.Versions))
		} else {
			made = append(made, fmt.Sprint(z.Versions))
		}
	}
	for _, p := range r.Versions {
		versions = append(versions, fmt.Sprint(p.N))
	}
	for _, p := range r.Documents {
		documents = append(documents, fmt.Sprint(p.N))
	}
	pairs := 0
	if r.Pairs != nil {
		pairs = r.Pairs.Pairs
	}
	return fmt.Sprintf("SIZES=%q REAL=%q VERSIONS=%q DOCUMENTS=%q PAIRS=%d", strings.Join(made, " "), strings.Join(real, " "),
		strings.Join(versions, " "), strings.Join(documents, " "), pairs)
}

const what = `Codicil builds every page of every version, with redlines, changelogs and feeds; Hugo 0.165.0 renders the text of the
versions alone, from the same Markdown in a plain template, and compares nothing. Both are whole processes that run by turns, on
all cores, from nothing and into an empty folder; before each, the disk writes what it owes. Figures are medians, memory is the
most that was resident. "Writing" is the time in which the files of Codicil's site are written once more, without making them.

The libraries are made: their documents are as long, and change as often and as much, as 61 real ones in 1,418 pairs of versions
did (generator/bench/statistics.go). Others are these real documents, again and again under other names.
`

func (r *results) full(w *bytes.Buffer) {
	w.WriteString("\n## From nothing\n\n")
	w.WriteString("| library | runs | Hugo | Codicil | ratio | memory of Hugo | of Codicil | ratio | Hugo writes | Codicil writes | writing | ratio |\n")
	w.WriteString("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |\n")
	for _, z := range r.Sizes {
		fmt.Fprintf(w, "| %s | %d | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", z.Name, z.Runs,
			seconds(z.Hugo.Seconds), seconds(z.Codicil.Seconds), ratio(z.Codicil.Seconds, z.Hugo.Seconds),
			megabytes(z.Hugo.Memory), megabytes(z.Codicil.Memory), ratio(float64(z.Codicil.Memory), float64(z.Hugo.Memory)),
			z.HugoFiles, z.CodicilFiles, seconds(z.Writing), ratio(z.Codicil.Seconds, z.Writing))
	}
}

func (r *results) incremental(w *bytes.Buffer) {
	w.WriteString(`
## Again

After that, with nothing changed, with a paragraph added to the working text of one document, and with that text released.
"Listing" is the time in which the content is listed with the sizes and times of its files, one after the other.

`)
	w.WriteString("| library | content | listing | no change | ratio | an edit | ratio | a release | ratio |\n")
	w.WriteString("| --- | --: | --: | --: | --: | --: | --: | --: | --: |\n")
	for _, z := range r.Sizes {
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", z.Name, z.Content, seconds(z.Listing),
			seconds(z.Unchanged.Seconds), ratio(z.Unchanged.Seconds, z.Listing),
			seconds(z.Edit.Seconds), ratio(z.Edit.Seconds, z.Listing),
			seconds(z.Release.Seconds), ratio(z.Release.Seconds, z.Listing))
	}
}

const growth = `
## Growth

![Seconds and bytes against versions and documents](scale.svg)

`

func pointTable(w *bytes.Buffer, of string, line []point) {
	if len(line) == 0 {
		return
	}
	fmt.Fprintf(w, "| %s | build | written | for each |\n| --: | --: | --: | --: |\n", of)
	for _, p := range line {
		n := float64(p.N)
		fmt.Fprintf(w, "| %s | %s | %s | %.2f ms, %.1f kB |\n", bench.Thousands(p.N), seconds(p.Seconds), megabytes(p.Bytes),
			1000*p.Seconds/n, float64(p.Bytes)/n/1000)
	}
	w.WriteByte('\n')
}

func (c *comparison) write(w *bytes.Buffer) {
	fmt.Fprintf(w, `
## Comparing

The %s pairs of neighbouring versions of the real documents; of go-diff 1.4.0, which compares the words of the whole texts with its
semantic clean-up and no limit of time, %s of them, spread evenly. Reading the texts is not counted, telling their words apart is.

| | a pair on average | longest pair | go-diff takes, on average |
| --- | --: | --: | --: |
`, bench.Thousands(c.All), bench.Thousands(c.Pairs))
	peer := c.Peer.Total / float64(c.Pairs)
	for _, row := range []struct {
		what string
		contest
	}{{"Codicil, each document's pairs together, as a build does", c.History}, {"Codicil, each pair alone", c.Alone}} {
		mean := row.Total / float64(c.All)
		fmt.Fprintf(w, "| %s | %s | %s | %.1f × |\n", row.what, seconds(mean), seconds(row.Longest), peer/mean)
	}
	fmt.Fprintf(w, "| go-diff | %s | %s | |\n\nOf the pair in the middle, alone, go-diff takes %.1f ×.", seconds(peer), seconds(c.Peer.Longest), c.Ratio)
	if c.Stopped > 0 {
		fmt.Fprintf(w, " At %d pairs it was stopped after %d seconds, which are counted.", c.Stopped, c.Limit)
	}
	w.WriteByte('\n')
}

func (t treeSize) String() string {
	return bench.Thousands(t.Files) + " files, " + megabytes(t.Bytes)
}

func seconds(s float64) string {
	if s < 0.01 {
		return fmt.Sprintf("%.1f ms", 1000*s)
	} else if s < 1 {
		return fmt.Sprintf("%.0f ms", 1000*s)
	}
	return fmt.Sprintf("%.1f s", s)
}

func megabytes(n int64) string {
	if n < 10e6 {
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return bench.Thousands(int(n/1e6)) + " MB"
}

func ratio(a, b float64) string { return fmt.Sprintf("%.2f", a/b) }

var (
	model  = regexp.MustCompile(`(?m)^model name\s*: (.*)$`)
	memory = regexp.MustCompile(`(?m)^MemTotal:\s*(\d+)\d{6} kB$`)
	system = regexp.MustCompile(`(?m)^PRETTY_NAME="?(.*?)"?$`)
)

// machine describes this machine, as far as it says what it is.
func machine() string {
	parts := []string{fmt.Sprintf("%d cores", runtime.NumCPU())}
	for _, about := range []struct {
		file    string
		pattern *regexp.Regexp
		format  string
	}{
		{"/proc/cpuinfo", model, "%s"},
		{"/proc/meminfo", memory, "%s GB of memory"},
		{"/etc/os-release", system, "%s"},
	} {
		data, err := os.ReadFile(about.file)
		if m := about.pattern.FindSubmatch(data); err == nil && m != nil {
			parts = append(parts, fmt.Sprintf(about.format, m[1]))
		}
	}
	return strings.Join(append(parts, runtime.GOOS+"/"+runtime.GOARCH, runtime.Version()), ", ")
}
