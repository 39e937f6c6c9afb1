// Package ledger freezes versions and proves that they are what was released.
//
// versions.sum, in the content's folder, has one line a frozen version, in
// the order of their releases. Lines are appended and never rewritten:
//
//	privacy-policy 1.0.0 h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
//
// The hash is that of golang.org/x/mod/sumdb/dirhash, "h1:" and the base64 of
// the SHA-256 of this text, which stands beside the version's folder as
// versions/1.0.0.sum, one line a file, sorted by name:
//
//	e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  index.md
//
// A translation is frozen by itself, whenever it is ready, and has lines of its own;
// what proves its original stays as it is:
//
//	privacy-policy/de 1.0.0 h1:…        versions/de/1.0.0/, versions/de/1.0.0.sum
//
// So one line proves the list, the list proves every file, and anybody can
// check it without this tool: in versions/1.0.0, `sha256sum -c ../1.0.0.sum`.
package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// SumFile is the name of the file with the versions' hashes.
const SumFile = "versions.sum"

// Sums is what versions.sum says.
type Sums struct {
	of map[string][]line // the lines of a document, or of a translation
	at map[key]line      // a version's line

	translations map[string][]string // of a document, in the order of their first lines
}

type key struct {
	document string
	number   legal.Number
}

type line struct {
	key
	hash string
	n    int // from 1
}

// Read reads the library's versions.sum. One that is missing is empty.
func Read(lib *legal.Library) (*Sums, []legal.Problem, error) {
	data, err := fs.ReadFile(lib.Files, SumFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("read %s: %w", SumFile, err)
	}
	sums, problems := parse(data, path.Join(lib.Root, SumFile))
	return sums, problems, nil
}

// parse reads the lines of data, the contents of file.
func parse(data []byte, file string) (*Sums, []legal.Problem) {
	s := &Sums{of: map[string][]line{}, at: map[key]line{}, translations: map[string][]string{}}
	var problems []legal.Problem
	n := 0
	for text := range strings.Lines(string(data)) {
		n++
		l, ok := parseLine(strings.TrimRight(text, "\r\n"))
		pos := legal.Pos{File: file, Line: n, Col: 1}
		if !ok {
			problems = append(problems, legal.Problem{Pos: pos, Rule: "bad-sum",
				Msg:  "the line is not DOCUMENT VERSION HASH",
				Hint: "the file is written by release alone: restore it with git restore " + file})
			continue
		}
		if first, ok := s.at[l.key]; ok {
			if first.hash != l.hash {
				problems = append(problems, legal.Problem{Pos: pos, Rule: "duplicate-sum",
					Msg:  fmt.Sprintf("%s %s has another hash in line %d", l.document, l.number, first.n),
					Hint: "a version is released once: find in git which line was there first, and remove the other"})
			}
			continue
		}
		l.n = n
		if last := s.last(l.document); last.number.Compare(l.number) > 0 {
			problems = append(problems, legal.Problem{Pos: pos, Rule: "sum-order",
				Msg:  fmt.Sprintf("%s %s stands below %s, which was released after it", l.document, l.number, last.number),
				Hint: "lines are appended and never moved: restore the file with git restore " + file})
		}
		s.at[l.key] = l
		if folder := legal.Folder(l.document); folder != l.document && s.of[l.document] == nil {
			s.translations[folder] = append(s.translations[folder], l.document)
		}
		s.of[l.document] = append(s.of[l.document], l)
	}
	return s, problems
}

// last returns the last line of a document, zero where it has none.
func (s *Sums) last(document string) line {
	if lines := s.of[document]; len(lines) > 0 {
		return lines[len(lines)-1]
	}
	return line{}
}

func parseLine(text string) (line, bool) {
	fields := strings.Split(text, " ")
	if len(fields) != 3 || !legal.ValidName(fields[0]) {
		return line{}, false
	}
	number, err := legal.ParseNumber(fields[1])
	digest, found := strings.CutPrefix(fields[2], "h1:")
	raw, err2 := base64.StdEncoding.DecodeString(digest)
	if err != nil || err2 != nil || !found || len(raw) != sha256.Size {
		return line{}, false
	}
	return line{key: key{fields[0], number}, hash: fields[2]}, true
}

// format returns l as it stands in the file.
func (l line) format() string {
	return fmt.Sprintf("%s %s %s\n", l.document, l.number, l.hash)
}

// Hash returns the hash that a version was released with, or "".
func (s *Sums) Hash(document string, n legal.Number) string {
	return s.at[key{document, n}].hash
}

// Lines returns the lines of a document as they stand in the file, and after them those
// of its translations.
func (s *Sums) Lines(document string) []string {
	var lines []string
	for _, name := range append([]string{document}, s.translations[document]...) {
		for _, l := range s.of[name] {
			lines = append(lines, l.format())
		}
	}
	return lines
}

// Versions returns the number of versions of a document and its translations.
func (s *Sums) Versions(document string) int {
	n := len(s.of[document])
	for _, name := range s.translations[document] {
		n += len(s.of[name])
	}
	return n
}

// Same reports whether s and t have the same lines.
func (s *Sums) Same(t *Sums) bool { return maps.Equal(s.at, t.at) }

// manifest returns the text of a version's list of files.
func manifest(files []legal.File) []byte {
	var w bytes.Buffer
	for _, f := range files {
		fmt.Fprintf(&w, "%s  %s\n", hex.EncodeToString(f.Sum[:]), f.Name)
	}
	return w.Bytes()
}

// parseManifest reads a list of files; what is no line of one is passed over.
func parseManifest(data []byte) []legal.File {
	var files []legal.File
	for text := range strings.Lines(string(data)) {
		digest, name, _ := strings.Cut(strings.TrimRight(text, "\r\n"), "  ")
		sum, err := hex.DecodeString(digest)
		if err != nil || len(sum) != sha256.Size {
			continue
		}
		files = append(files, legal.File{Name: name, Sum: [sha256.Size]byte(sum)})
	}
	return files
}

// hash returns the hash of a version with this list of files.
func hash(manifest []byte) string {
	sum := sha256.Sum256(manifest)
	return "h1:" + base64.StdEncoding.EncodeToString(sum[:])
}
