package history

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A Log is the history of one file, as the readers of its main line saw it:
// what a side branch did is there when it was merged, and not before.
type Log struct {
	Repo   string   // where the repository is, as it was named
	Head   string   // the commit that the history ends with
	Path   string   // the file's path there
	States []State  // oldest first
	Notes  []string // what a person should know of it
}

// A State is what one commit, or one file, made of the text.
type State struct {
	Commit  string // the commit's id; empty for a file
	Path    string // of the file
	Blob    string // the id of its contents, or the SHA-256 of a file; empty where there are none
	Date    legal.Date
	Subject string
	Source  []byte
	Gone    string // why there is no source
	Renamed string // the path before, where the commit moved the file
}

// ReadLog reads the history of the file at name up to rev. It follows the
// first parents, and the file through renames.
func (r *Repo) ReadLog(rev, name string) (*Log, error) {
	name, err := cleanPath(name)
	if err != nil {
		return nil, err
	}
	head, err := r.commit(rev)
	if err != nil {
		return nil, err
	}
	l := &Log{Repo: r.dir, Head: head, Path: name}
	if l.States, err = r.follow(head, name); err != nil {
		return nil, err
	}
	if len(l.States) == 0 {
		return nil, fmt.Errorf("the history of %q has no file %q: give its path from the repository's root", rev, name)
	}
	if err := r.fill(l); err != nil {
		return nil, err
	}
	r.notes(l)
	return l, nil
}

// cleanPath refuses what cannot be the path of a file in a repository.
func cleanPath(name string) (string, error) {
	clean := path.Clean(strings.TrimPrefix(name, "./"))
	switch {
	case strings.HasPrefix(name, "-"):
		return "", fmt.Errorf("%q is not a path: it begins with a dash", name)
	case name == "" || clean == "." || strings.HasPrefix(clean, "/") || clean == ".." || strings.HasPrefix(clean, "../"):
		return "", fmt.Errorf("%q is not the path of a file, from the repository's root", name)
	case strings.ContainsRune(name, 0):
		return "", errors.New("a path cannot hold NUL")
	}
	return clean, nil
}

// maxRenames is how often a file is looked for under an earlier name.
const maxRenames = 500

// follow returns the states of the file at name up to the commit at, oldest
// first. A file that was added is asked for an earlier name: git's own --follow
// stops where a file was removed and added again.
func (r *Repo) follow(at, name string) ([]State, error) {
	var states []State // newest first
	for range maxRenames {
		steps, err := r.steps(at, name)
		if err != nil {
			return nil, err
		}
		at = ""
		for _, s := range steps {
			if s.added && s.parent != "" {
				if s.Renamed, err = r.renamedFrom(s.parent, s.Commit, name); err != nil {
					return nil, err
				}
			}
			states = append(states, s.State)
			if s.Renamed != "" {
				at, name = s.parent, s.Renamed
				break
			}
		}
		if at == "" {
			slices.Reverse(states)
			return states, nil
		}
	}
	return nil, fmt.Errorf("the file was renamed more than %d times", maxRenames)
}

// A step is a state with what is needed to go on behind it.
type step struct {
	State
	parent string
	added  bool
}

// steps returns what the commits up to at did to the file at name, newest
// first.
func (r *Repo) steps(at, name string) ([]step, error) {
	out, err := r.run("log", "-z", "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev", "--no-renames",
		"--no-ext-diff", "--no-textconv", "--no-relative", "--no-show-signature", "--no-notes", "--no-color", "--format=%x00%H %cI %P",
		"--end-of-options", at, "--", name)
	if err != nil {
		return nil, err
	}
	var steps []step
	tokens := strings.Split(string(out), "\x00")
	var s step
	for i := 0; i < len(tokens); i++ {
		token := strings.TrimLeft(tokens[i], "\n")
		fields := strings.Fields(token)
		switch {
		case len(fields) >= 1 && validObject.MatchString(fields[0]):
			s = step{State: State{Commit: fields[0], Path: name}}
			s.read(fields[1:])
		case strings.HasPrefix(token, ":") && len(fields) == 5 && i+1 < len(tokens):
			i++
			if tokens[i] == name {
				s.changed(fields)
				steps = append(steps, s)
			}
		}
	}
	return steps, nil
}

// read takes the commit's date and first parent.
func (s *step) read(fields []string) {
	if len(fields) > 0 {
		if t, err := time.Parse(time.RFC3339, fields[0]); err == nil {
			s.Date = legal.DateOf(t)
			fields = fields[1:]
		}
	}
	if len(fields) > 0 && validObject.MatchString(fields[0]) {
		s.parent = fields[0]
	}
}

// changed takes a line of git's raw format: :MODE MODE BLOB BLOB STATUS.
func (s *step) changed(fields []string) {
	switch mode := fields[1]; {
	case fields[4] == "D":
		s.Gone = "the file was removed"
	case mode == "120000":
		s.Gone = "the file is a symbolic link"
	case !strings.HasPrefix(mode, "100"):
		s.Gone = "it is not a file"
	default:
		s.Blob = fields[3]
	}
	s.added = fields[4] == "A"
}

// renamedFrom returns the path that the file at name had before commit, or ""
// where that commit made it.
func (r *Repo) renamedFrom(parent, commit, name string) (string, error) {
	out, err := r.run("diff-tree", "-r", "-z", "-M50%", "-l1000", "--diff-filter=R", "--no-ext-diff", "--no-textconv", "--no-relative",
		"--end-of-options", parent, commit)
	if err != nil {
		return "", err
	}
	tokens := strings.Split(string(out), "\x00")
	for i := 0; i+2 < len(tokens); i += 3 {
		if tokens[i+2] == name {
			return tokens[i+1], nil
		}
	}
	return "", nil
}

// fill reads the contents and the commits' first lines.
func (r *Repo) fill(l *Log) error {
	var ids []string
	for i := range l.States {
		s := &l.States[i]
		ids = append(ids, s.Commit)
		if s.Blob != "" {
			ids = append(ids, s.Blob)
		}
	}
	slices.Sort(ids)
	found, err := r.objects(slices.Compact(ids))
	if err != nil {
		return err
	}
	for i := range l.States {
		s := &l.States[i]
		s.Subject = subject(found[s.Commit])
		if s.Blob == "" {
			continue
		}
		if data, ok := found[s.Blob]; ok {
			s.Source = data
		} else {
			s.Gone = "its text is not in this clone, or larger than 8 MiB"
		}
	}
	return nil
}

// subject returns the line of a commit that says what it is: its first, or of
// a merge made by a git host the title of what was merged.
func subject(commit []byte) string {
	_, message, _ := strings.Cut(string(commit), "\n\n")
	first, rest, _ := strings.Cut(message, "\n")
	if strings.HasPrefix(first, "Merge ") {
		if title, _, _ := strings.Cut(strings.TrimLeft(rest, "\n"), "\n"); title != "" {
			first = title
		}
	}
	return plainLine(first)
}

// plainLine returns s as one line without what would steer a terminal.
func plainLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 || r == 0x85 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	s = strings.Join(strings.Fields(s), " ")
	const most = 100
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most-1]) + "…"
	}
	return s
}

// notes says what the history cannot tell.
func (r *Repo) notes(l *Log) {
	first, last := l.States[0], l.States[len(l.States)-1]
	missing := slices.ContainsFunc(l.States, func(s State) bool { return s.Blob != "" && s.Source == nil })
	switch {
	case missing && r.partial():
		l.Notes = append(l.Notes, "the clone is partial, and texts are missing: import from a whole one, made by git clone without --filter")
	case missing:
		l.Notes = append(l.Notes, "texts are missing: they are damaged, or larger than 8 MiB")
	}
	if r.shallow() {
		l.Notes = append(l.Notes, fmt.Sprintf("the clone is shallow: its history begins on %s; the versions before are had by git fetch --unshallow", first.Date))
	}
	if last.Gone == "the file was removed" {
		l.Notes = append(l.Notes, fmt.Sprintf("%s was removed on %s; if it went on under another path, import that one, which has this history as well", l.Path, last.Date))
	}
	for i := 1; i < len(l.States); i++ {
		if l.States[i-1].Date.After(l.States[i].Date) {
			l.Notes = append(l.Notes, fmt.Sprintf("the commits go back in time: %s of %s follows one of %s; the order is that of the history",
				short(l.States[i].Commit), l.States[i].Date, l.States[i-1].Date))
			break
		}
	}
}

func short(id string) string { return id[:min(len(id), 10)] }
