package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A cachedSite is a site that is built again after each of many changes.
type cachedSite struct {
	t       *testing.T
	r       *rand.Rand
	dir     string
	content string
	day     int // an index of days
	drafts  bool
}

var cacheDays = []string{"2024-06-01", "2025-01-15", "2025-11-01", "2026-03-01", "2026-11-24", "2027-06-15"}

// cacheChanges are what happens to a site between two builds. A change may leave
// the content with problems that stop a build.
var cacheChanges = map[string]func(*cachedSite){
	"nothing": func(*cachedSite) {},
	"edit":    func(s *cachedSite) { s.rewrite(s.draft(), "\nA new paragraph "+fmt.Sprint(s.r.IntN(100))+".\n") },
	"edit of the same size and time": func(s *cachedSite) {
		file := s.draft()
		info, err := os.Stat(file)
		s.must(err)
		data, err := os.ReadFile(file)
		s.must(err)
		data = bytes.Replace(data, []byte(" a "), []byte(" x "), 1)
		s.must(os.WriteFile(file, data, 0o644))
		s.must(os.Chtimes(file, info.ModTime(), info.ModTime()))
	},
	"touch": func(s *cachedSite) {
		now := time.Now()
		s.must(os.Chtimes(s.pick("*/*.md"), now, now))
	},
	"new section": func(s *cachedSite) {
		n := s.r.IntN(1000)
		s.write(filepath.Join(filepath.Dir(s.draft()), fmt.Sprintf("9%d-more.md", n)), fmt.Sprintf("---\ntitle: More %d\nid: more-%d\n---\nMore.\n", n, n))
	},
	"section removed": func(s *cachedSite) { s.must(os.Remove(s.draft())) },
	"release": func(s *cachedSite) {
		doc := filepath.Base(filepath.Dir(s.draft()))
		run([]string{"release", doc, "--content", s.content, "--update", "--effective", "2026-12-01", "--published", "2026-11-01", "--summary", "Something changed."}, io.Discard, io.Discard)
	},
	"translation": func(s *cachedSite) { s.translate(filepath.Dir(s.draft()), []string{"de", "ar"}[s.r.IntN(2)]) },
	"translation released": func(s *cachedSite) {
		dir := filepath.Dir(s.draft())
		s.translate(dir, "ar")
		run([]string{"release", filepath.Base(dir) + "/ar", "--content", s.content, "--summary", fmt.Sprint("Neu ", s.r.IntN(1000))}, io.Discard, io.Discard)
	},
	"another day":      func(s *cachedSite) { s.day = s.r.IntN(len(cacheDays)) },
	"drafts":           func(s *cachedSite) { s.drafts = !s.drafts },
	"setting":          func(s *cachedSite) { s.rewrite(filepath.Join(s.content, "site.yaml"), "# a remark\n") },
	"another title":    func(s *cachedSite) { s.replace("site.yaml", "title: ", "title: X") },
	"another severity": func(s *cachedSite) { s.replace("site.yaml", "timezone:", "rules: {lost-anchor: warning}\ntimezone:") },
	"frozen file changed and mended": func(s *cachedSite) {
		file := s.pick("*/versions/*/*.md")
		data, err := os.ReadFile(file)
		s.must(err)
		s.rewrite(file, "tampered\n")
		s.build("cached")
		s.write(file, string(data))
	},
	"hidden file": func(s *cachedSite) { s.write(filepath.Join(filepath.Dir(s.draft()), ".DS_Store"), "x") },
	"empty folder": func(s *cachedSite) {
		s.must(os.MkdirAll(filepath.Join(filepath.Dir(s.draft()), "versions", "77.0.0"), 0o755))
	},
	"folders mended": func(s *cachedSite) {
		empty, _ := filepath.Glob(filepath.Join(s.content, "*/versions/77.0.0"))
		for _, dir := range empty {
			s.must(os.Remove(dir))
		}
	},
	"page damaged": func(s *cachedSite) { s.rewrite(s.page(), "<p>damaged") },
	"page removed": func(s *cachedSite) { s.must(os.Remove(s.page())) },
	"note damaged": func(s *cachedSite) {
		if note := s.note(); note != "" {
			data, err := os.ReadFile(note)
			s.must(err)
			data[s.r.IntN(len(data))] ^= 1
			s.must(os.WriteFile(note, data, 0o644))
		}
	},
	"notes of another document": func(s *cachedSite) {
		if from, to := s.note(), s.note(); from != "" && to != "" {
			data, err := os.ReadFile(from)
			s.must(err)
			s.must(os.WriteFile(to, data, 0o644))
		}
	},
	"notes lost":    func(s *cachedSite) { s.must(os.RemoveAll(filepath.Join(s.dir, "cached/.codicil/notes"))) },
	"manifest lost": func(s *cachedSite) { s.must(os.RemoveAll(filepath.Join(s.dir, "cached/.codicil"))) },
	"checkout": func(s *cachedSite) {
		fresh := s.content + "-fresh"
		s.must(os.CopyFS(fresh, os.DirFS(s.content)))
		s.must(os.RemoveAll(s.content))
		s.must(os.Rename(fresh, s.content))
	},
	"restored site": func(s *cachedSite) {
		if _, err := os.Stat(filepath.Join(s.dir, "cached")); err == nil {
			s.must(os.CopyFS(filepath.Join(s.dir, "restored"), os.DirFS(filepath.Join(s.dir, "cached"))))
			s.must(os.RemoveAll(filepath.Join(s.dir, "cached")))
			s.must(os.Rename(filepath.Join(s.dir, "restored"), filepath.Join(s.dir, "cached")))
		}
	},
}

// translate writes a translation of a document's working text.
func (s *cachedSite) translate(dir, tag string) {
	s.write(filepath.Join(dir, "index."+tag+".md"), fmt.Sprintf("---\ntitle: Text %d\n---\nWorte.\n", s.r.IntN(100)))
	sections, err := filepath.Glob(filepath.Join(dir, "[0-9]*.md"))
	s.must(err)
	for _, file := range sections {
		if base := strings.TrimSuffix(file, ".md"); !strings.Contains(filepath.Base(base), ".") {
			s.write(base+"."+tag+".md", fmt.Sprintf("---\ntitle: Teil %d\n---\nWorte.\n", s.r.IntN(100)))
		}
	}
}

func (s *cachedSite) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *cachedSite) write(file, data string) { s.must(os.WriteFile(file, []byte(data), 0o644)) }

func (s *cachedSite) rewrite(file, more string) {
	data, err := os.ReadFile(file)
	s.must(err)
	s.write(file, string(data)+more)
}

func (s *cachedSite) replace(file, old, new string) {
	file = filepath.Join(s.content, file)
	data, err := os.ReadFile(file)
	s.must(err)
	s.write(file, strings.Replace(string(data), old, new, 1))
}

// pick returns one of the content's files.
func (s *cachedSite) pick(pattern string) string {
	files, err := filepath.Glob(filepath.Join(s.content, pattern))
	s.must(err)
	return files[s.r.IntN(len(files))]
}

// draft returns a section's file of a working text.
func (s *cachedSite) draft() string { return s.pick("*/[0-9]*.md") }

// page returns a page of the built site.
func (s *cachedSite) page() string {
	files, err := filepath.Glob(filepath.Join(s.dir, "cached/*/*/index.html"))
	s.must(err)
	if len(files) == 0 {
		s.build("cached")
		return s.page()
	}
	return files[s.r.IntN(len(files))]
}

// note returns a note of the built site, "" where there is none.
func (s *cachedSite) note() string {
	files, err := filepath.Glob(filepath.Join(s.dir, "cached/.codicil/notes/*"))
	s.must(err)
	if len(files) == 0 {
		return ""
	}
	return files[s.r.IntN(len(files))]
}

// build builds into a folder and returns what was said of the content.
func (s *cachedSite) build(out string, flags ...string) (status int, said string) {
	args := append([]string{"build", "--content", s.content, "--out", filepath.Join(s.dir, out), "--as-of", cacheDays[s.day]}, flags...)
	if s.drafts {
		args = append(args, "--drafts")
	}
	var stderr strings.Builder
	status = run(args, io.Discard, &stderr)
	for line := range strings.Lines(stderr.String()) {
		if !strings.HasPrefix(line, "  ") && !strings.Contains(line, "had a page in the last build") {
			said += line
		}
	}
	return status, strings.ReplaceAll(said, filepath.Join(s.dir, out), "OUT")
}

func (s *cachedSite) tree(out string) map[string][]byte {
	files, err := readTree(filepath.Join(s.dir, out))
	s.must(err)
	return files
}

// What was remembered never gives another page, another message or another
// status than building all does, whatever happened in between.
func TestCacheGivesTheSameSite(t *testing.T) {
	steps := 60
	if testing.Short() {
		steps = 15
	}
	for _, seed := range []uint64{1, 2} {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			s := &cachedSite{t: t, r: rand.New(rand.NewPCG(seed, seed)), dir: t.TempDir(), day: 4}
			if status := run([]string{"init", filepath.Join(s.dir, "site")}, io.Discard, os.Stderr); status != statusFine {
				t.Fatalf("init exits with %d", status)
			}
			s.content = filepath.Join(s.dir, "site/content")
			names := slices.Sorted(maps.Keys(cacheChanges))
			s.build("cached")
			good := 0
			var trail []string
			for range steps {
				name := names[s.r.IntN(len(names))]
				trail = append(trail, name)
				cacheChanges[name](s)
				status, said := s.build("cached")
				s.must(os.RemoveAll(filepath.Join(s.dir, "whole")))
				wantStatus, want := s.build("whole", "--no-cache", "--jobs", "1")
				if status != wantStatus || said != want {
					t.Fatalf("after %q: exits with %d and says\n%s\nwithout the cache with %d and\n%s", trail, status, said, wantStatus, want)
				}
				if status != statusFine {
					continue
				}
				good++
				if differ := differing(s.tree("cached"), s.tree("whole")); differ != nil {
					t.Fatalf("after %q: %q are not what they are without the cache", trail, differ)
				}
			}
			if good < steps/4 {
				t.Errorf("only %d of %d builds were good", good, steps)
			}
		})
	}
}

// A file that was written a moment ago could be written again and look the
// same; its size and time are not trusted until they are old.
func TestStampsOfFreshFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	if status := run([]string{"init", dir}, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("init exits with %d", status)
	}
	lib, err := openLibrary(filepath.Join(dir, "content"), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	c := &cache{lib: lib}
	if _, sure, err := c.stamps(lib.Documents[0]); sure || err != nil {
		t.Errorf("stamps of new files: sure %v, %v", sure, err)
	}
}

// What was read of a document hashes as its files do on the disk, so that a
// checkout, which gives all files new times, is recognised.
func TestSourcesAfterCheckout(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	if status := run([]string{"init", dir}, io.Discard, os.Stderr); status != statusFine {
		t.Fatalf("init exits with %d", status)
	}
	lib, err := openLibrary(filepath.Join(dir, "content"), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range lib.Documents {
		doc, _, err := lib.load(name)
		if err != nil {
			t.Fatal(err)
		}
		want, err := readSources(lib.Files, name)
		if got := sourcesOf(doc, lib.sums); got != want || err != nil {
			t.Errorf("%s: what was read is %s, the files are %s, %v", name, got, want, err)
		}
	}
}
