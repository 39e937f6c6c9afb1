package tree

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
)

// A journal is a change that is to be made as a whole.
type journal struct {
	durable bool // made by Apply: files and folders are synced
	changes []change
}

// A change is a file that becomes another: new if there was none before,
// removed if there is none after.
type change struct {
	path          string
	before, after sum
}

func (c change) isNew() bool     { return c.before == sum{} }
func (c change) isRemoval() bool { return c.after == sum{} }

const (
	headerCommit = "codicil journal 1 commit"
	headerApply  = "codicil journal 1 apply"
)

// format returns the sealed text of j.
func (j journal) format() []byte {
	var b bytes.Buffer
	header := headerCommit
	if j.durable {
		header = headerApply
	}
	fmt.Fprintln(&b, header)
	for _, c := range j.changes {
		fmt.Fprintln(&b, c.before, c.after, c.path)
	}
	fmt.Fprintln(&b, "seal", sumOf(b.Bytes()))
	return b.Bytes()
}

// errTorn says that a journal was not written to its end.
var errTorn = errors.New("journal is torn")

// parseJournal is the inverse of format. It returns errTorn for a journal that is
// not sealed; a sealed one that it cannot read is another error.
func parseJournal(data []byte) (journal, error) {
	end := bytes.LastIndexByte(bytes.TrimSuffix(data, []byte("\n")), '\n') + 1
	if string(data[end:]) != fmt.Sprintln("seal", sumOf(data[:end])) {
		return journal{}, errTorn
	}
	header, lines, _ := strings.Cut(string(data[:end]), "\n")
	if header != headerCommit && header != headerApply {
		return journal{}, fmt.Errorf("unknown journal %q, written by another release of codicil", header)
	}
	j := journal{durable: header == headerApply}
	for line := range strings.Lines(lines) {
		c, err := parseChange(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return journal{}, err
		}
		j.changes = append(j.changes, c)
	}
	return j, nil
}

func parseChange(line string) (change, error) {
	field := strings.SplitN(line, " ", 3)
	if len(field) != 3 || !ValidPath(field[2]) && field[2] != manifestFile {
		return change{}, fmt.Errorf("bad journal line %q", line)
	}
	before, err1 := parseSum(field[0])
	after, err2 := parseSum(field[1])
	return change{field[2], before, after}, errors.Join(err1, err2)
}

// inOrder sorts changes into the order in which they are to be made: removals
// that make room for a written file, new files, replaced files, other removals;
// the deepest first in each, then by path.
func inOrder(changes []change) {
	written := writtenPaths(changes)
	folders := foldersOf(written)
	rank := func(c change) int {
		switch {
		case c.isRemoval() && (folders[c.path] || below(c.path, written)):
			return 0
		case c.isRemoval():
			return 3
		case c.isNew():
			return 1
		default:
			return 2
		}
	}
	slices.SortFunc(changes, func(a, b change) int {
		return cmp.Or(
			rank(a)-rank(b),
			strings.Count(b.path, "/")-strings.Count(a.path, "/"),
			strings.Compare(a.path, b.path))
	})
}

// writtenPaths returns the paths that changes leave with a new file.
func writtenPaths(changes []change) map[string]bool {
	written := map[string]bool{}
	for _, c := range changes {
		if !c.isRemoval() {
			written[c.path] = true
		}
	}
	return written
}

// foldersOf returns all folders in which the paths lie, without the root.
func foldersOf(paths map[string]bool) map[string]bool {
	folders := map[string]bool{}
	for p := range paths {
		for dir := path.Dir(p); dir != "." && !folders[dir]; dir = path.Dir(dir) {
			folders[dir] = true
		}
	}
	return folders
}

// below reports whether p lies below one of the paths.
func below(p string, paths map[string]bool) bool {
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if paths[dir] {
			return true
		}
	}
	return false
}
