package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/site"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// A cache remembers what the last build into a folder made of each document, so
// that one of which nothing changed is not read again. It does so in the notes
// of the folder's stage, one record a document, and can lose any of them: what it
// says is used only if all that the document's pages depend on is the same.
//
// Files are looked at as a version control's index does it: by their sizes and
// times first, and by their bytes where these differ (after a checkout) or could
// not tell (a file that was written just before it was looked at).
type cache struct {
	stage *tree.Stage
	lib   *library
	root  string // the content's folder, for the times of its files
	day   legal.Date
	key   string // of what the pages of every document depend on
	off   bool   // what was remembered is not used
}

// A record is what the cache knows of a document that was built.
type record struct {
	Key      string     // of what its pages depend on beside its own files
	Stamps   string     // of its files' names, sizes and times
	Sure     bool       // no file could have changed since and look the same
	Sources  string     // of its files' bytes
	From     legal.Date // the days on which it looks like this
	Until    legal.Date // the first on which it does not; zero: there is none
	Output   tree.Mark  // of its pages
	Entry    site.Entry
	Problems []legal.Problem

	kept   bool         // the document was not built again
	memory *site.Memory // of its pages, where it was
}

// A pageRecord is what the cache knows of a document's single pages, for when
// the document has changed.
type pageRecord struct {
	Key    string // of what they depend on beside the document's texts
	Sums   string // of the pages
	Memory *site.Memory
}

// entriesOf returns what the records say for the pages that list all documents.
func entriesOf(records []record) []site.Entry {
	entries := make([]site.Entry, len(records))
	for i := range records {
		entries[i] = records[i].Entry
	}
	return entries
}

// problemsOf returns the problems of each document.
func problemsOf(records []record) [][]legal.Problem {
	problems := make([][]legal.Problem, len(records))
	for i := range records {
		problems[i] = records[i].Problems
	}
	return problems
}

// recordFormat changes with what a record means.
const recordFormat = 2

// openCache returns the cache of the folder that stage builds, for one build.
func openCache(stage *tree.Stage, lib *library, r buildRequest, day legal.Date, look string) (*cache, error) {
	tool, err := toolSum(stage)
	if err != nil {
		return nil, err
	}
	settings := struct {
		legal.Site
		Zone string // a Location has no form of its own
	}{lib.Site, lib.Site.Zone.String()}
	key, err := json.Marshal([]any{recordFormat, tool, look, settings, lib.Documents, lib.Root, r.drafts})
	if err != nil {
		return nil, err
	}
	root, err := filepath.Abs(r.content)
	if err != nil {
		return nil, err
	}
	return &cache{stage, lib, root, day, string(key), r.noCache}, nil
}

// toolNote is the note with the tool's hash; no document has its name.
const toolNote = "_tool"

// toolSum returns the hash of the running program.
func toolSum(stage *tree.Stage) (string, error) {
	file, err := os.Executable()
	if err != nil {
		return "", err
	}
	info, err := os.Stat(file)
	if err != nil {
		return "", err
	}
	stamp := fmt.Sprintln(file, info.Size(), info.ModTime().UnixNano())
	if sum, ok := strings.CutPrefix(string(stage.Note(toolNote)), stamp); ok && len(sum) == 2*sha256.Size {
		stage.SetNote(toolNote, []byte(stamp+sum))
		return sum, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	sum := hex.EncodeToString(h.Sum(nil))
	stage.SetNote(toolNote, []byte(stamp+sum))
	return sum, nil
}

// documentKey returns the key of a document's record.
func (c *cache) documentKey(name string) string {
	h := sha256.New()
	fmt.Fprintln(h, c.key)
	for _, line := range c.lib.sums.Lines(name) {
		fmt.Fprintln(h, line)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// recall reports whether the build before made of a document what this one would
// make; then its pages are part of this build, and r says what is known of it. Otherwise
// r is the beginning of what is to be remembered once the document is built.
func (c *cache) recall(name string, part *tree.Part, r *record) (known bool, err error) {
	*r = record{Key: c.documentKey(name)}
	if r.Stamps, r.Sure, err = c.stamps(name); err != nil {
		return false, err
	}
	var was record
	if c.off || !unseal(c.stage.Note(name), &was) || was.Key != r.Key || !was.holds(c.day) {
		return false, nil
	}
	if was.Stamps != r.Stamps || !was.Sure {
		sources, err := readSources(c.lib.Files, name)
		if err != nil || sources != was.Sources {
			return false, err
		}
	}
	if kept, err := part.Keep(was.Output); !kept || err != nil {
		return false, err
	}
	was.Stamps, was.Sure, was.kept = r.Stamps, r.Sure, true
	*r = was
	return true, nil
}

// holds reports whether the document looks on day as it did when r was made.
func (r *record) holds(day legal.Date) bool {
	return !r.From.After(day) && (r.Until.IsZero() || r.Until.After(day))
}

// learn completes the record of a document that was built.
func (c *cache) learn(doc *legal.Document, r *record) {
	r.Sources = sourcesOf(doc, c.lib.sums)
	r.From, r.Until = doc.Between(c.day)
}

// pages returns what the build before can give to the pages of a document that
// has changed.
func (c *cache) pages(name string, part *tree.Part) site.Reuse {
	var was pageRecord
	if c.off || !unseal(c.stage.Note(pagesNote(name)), &was) || was.Key != c.key || was.Sums != part.Made() {
		return site.Reuse{}
	}
	return site.Reuse{Memory: was.Memory, Keep: part.KeepFile}
}

// pagesNote is the name of the note of a document's pages; no document has it.
func pagesNote(name string) string { return name + ".pages" }

// keep notes r for the next build.
func (c *cache) keep(name string, part *tree.Part, r *record) error {
	r.Output = part.Mark()
	note, err := seal(r)
	if err != nil {
		return err
	}
	c.stage.SetNote(name, note)
	if r.kept {
		c.stage.SetNote(pagesNote(name), c.stage.Note(pagesNote(name)))
		return nil
	}
	note, err = seal(pageRecord{c.key, r.Output.Sums, r.memory})
	if err != nil {
		return err
	}
	c.stage.SetNote(pagesNote(name), note)
	return nil
}

// seal returns a record as it is kept: the SHA-256 of its JSON, and the JSON.
func seal(record any) ([]byte, error) {
	data, err := json.Marshal(record)
	if err != nil {
		return nil, fmt.Errorf("remember a document: %w", err)
	}
	return fmt.Appendf(nil, "%x\n%s", sha256.Sum256(data), data), nil
}

// unseal is the inverse of seal, and reports whether note is one that was sealed.
func unseal(note []byte, record any) bool {
	sum, data, _ := bytes.Cut(note, []byte("\n"))
	return string(sum) == fmt.Sprintf("%x", sha256.Sum256(data)) && json.Unmarshal(data, record) == nil
}

// settled is how old a file's times must be for a later change to show in them;
// file systems count in steps of up to two seconds.
const settled = 2 * time.Second

// stamps returns a hash of the names, sizes and times of a document's files, and
// whether they are old enough to tell a change.
func (c *cache) stamps(name string) (string, bool, error) {
	h := sha256.New()
	fmt.Fprintln(h, c.root)
	latest := time.Now().Add(-settled)
	sure := true
	var line []byte
	err := walkSources(c.lib.Files, name, func(file string, e fs.DirEntry) error {
		line = append(line[:0], file...)
		if e.IsDir() {
			h.Write(append(line, '\n'))
			return nil
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		changed := changeTime(info)
		sure = sure && info.ModTime().Before(latest) && changed.Before(latest)
		for _, n := range []int64{int64(info.Mode()), info.Size(), info.ModTime().UnixNano(), changed.UnixNano()} {
			line = strconv.AppendInt(append(line, ' '), n, 10)
		}
		h.Write(append(line, '\n'))
		return nil
	})
	return hex.EncodeToString(h.Sum(nil)), sure, err
}

// walkSources calls f for the files and folders of a document, in the order of their
// names. Hidden ones are no part of it.
func walkSources(files fs.FS, name string, f func(file string, e fs.DirEntry) error) error {
	return fs.WalkDir(files, name, func(file string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(e.Name(), ".") && e.IsDir():
			return fs.SkipDir
		case strings.HasPrefix(e.Name(), "."):
			return nil
		}
		return f(file, e)
	})
}

// A source is a file of a document with the SHA-256 of its bytes, or a folder.
type source struct {
	file string
	sum  [sha256.Size]byte
}

// readSources returns the hash of the bytes of a document's files.
func readSources(files fs.FS, name string) (string, error) {
	var all []source
	err := walkSources(files, name, func(file string, e fs.DirEntry) error {
		if e.IsDir() {
			all = append(all, source{file: file})
			return nil
		}
		data, err := fs.ReadFile(files, file)
		all = append(all, source{file, sha256.Sum256(data)})
		return err
	})
	return hashSources(all), err
}

// sourcesOf returns what readSources does for a document that was read with its
// translations, and found to be what was released: the hash in the ledger is that of a
// version's list of files.
func sourcesOf(doc *legal.Document, sums *ledger.Sums) string {
	all := []source{{file: doc.Folder()}}
	for _, t := range doc.Texts() {
		if t.Draft != nil {
			for _, f := range t.Draft.Files {
				all = append(all, source{path.Join(t.Folder(), f.Name), f.Sum})
			}
		}
		if len(t.Versions) > 0 {
			all = append(all, source{file: path.Join(t.Folder(), legal.VersionsDir)}, source{file: legal.VersionsFolder(t.Name)})
		}
		for _, v := range t.Versions {
			sum, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(sums.Hash(t.Name, v.Number), "h1:"))
			list := source{file: v.Dir + ".sum"}
			copy(list.sum[:], sum)
			all = append(all, list, source{file: v.Dir})
			for _, f := range v.Files {
				all = append(all, source{path.Join(v.Dir, f.Name), f.Sum})
			}
		}
	}
	return hashSources(all)
}

// hashSources returns a hash of sources, of which some may be there twice.
func hashSources(all []source) string {
	slices.SortFunc(all, func(a, b source) int { return strings.Compare(a.file, b.file) })
	h := sha256.New()
	for _, s := range slices.Compact(all) {
		fmt.Fprintf(h, "%x  %s\n", s.sum, s.file)
	}
	return hex.EncodeToString(h.Sum(nil))
}
