package main

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/check"
	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A baseline is the content as it was published: as a git revision has it. It holds the
// documents of which anything changed since, the others being what they were.
type baseline struct {
	files    *revision
	lib      *legal.Library
	paths    []string        // what differs from it, seen from the content's folder
	changed  map[string]bool // the documents that these are of, there or here
	problems []legal.Problem // of the history itself
}

// openBase reads from git what was published in rev, nil where rev is empty. Where the
// branch left that of rev some time ago, what was published then is looked at: what came
// there since is none of the branch's. Renames, filters and the user's settings for
// diffs count for nothing.
func openBase(rev, content string) (*baseline, error) {
	if rev == "" {
		return nil, nil
	}
	r := repository{content}
	tip, err := r.commit(rev)
	if err != nil {
		return nil, fmt.Errorf("--base: %w", err)
	}
	b := &baseline{changed: map[string]bool{}}
	from, err := r.fork(tip)
	if err != nil {
		return nil, fmt.Errorf("--base: %w", err)
	}
	sums := path.Join(rootName(content), ledger.SumFile)
	if from == "" {
		from = tip
		b.problem(sums, "restore the branch, or compare with the revision that took its place",
			"%s has no commit in common with this branch: its history was rewritten", rev)
	}
	if from != tip {
		if err := b.lacking(r, rev, tip, sums); err != nil {
			return nil, err
		}
	}
	if err := b.read(r, from); err != nil {
		return nil, errors.Join(fmt.Errorf("read %s: %w", rev, err), b.Close())
	}
	return b, nil
}

// Close lets go of the revision. A baseline that is nil needs it as little.
func (b *baseline) Close() error {
	if b == nil || b.files == nil {
		return nil
	}
	return b.files.Close()
}

func (b *baseline) problem(file, hint, format string, args ...any) {
	b.problems = append(b.problems, legal.Problem{Pos: legal.Pos{File: file}, Rule: "rewritten-history",
		Msg: fmt.Sprintf(format, args...), Hint: hint})
}

// lacking notes versions that rev has and this branch has not, nor did when it left.
func (b *baseline) lacking(r repository, rev, tip, file string) error {
	there, err := r.sums(tip)
	if err != nil {
		return err
	}
	here, err := r.sums("HEAD")
	if err != nil {
		return err
	}
	for line := range strings.Lines(there) {
		if name, _, ok := strings.Cut(line, " h1:"); ok && !strings.Contains(here, strings.TrimRight(line, "\r\n")) {
			b.problem(file, "merge "+rev+" into this branch; if the branch is to replace it, what was published there would be gone",
				"%s has published %s, which this branch does not have", rev, name)
		}
	}
	return nil
}

// read reads the documents that changed since commit.
func (b *baseline) read(r repository, commit string) error {
	var err error
	if b.paths, err = r.changes(commit); err != nil {
		return err
	}
	for _, p := range b.paths {
		if name, _, ok := strings.Cut(p, "/"); ok {
			b.changed[name] = true
		}
	}
	b.files, err = openRevision(r.dir, commit)
	if errors.Is(err, errNoFolder) {
		b.lib = &legal.Library{}
		return nil
	}
	if err != nil {
		return err
	}
	// What was wrong with it is no concern of the branch's.
	b.lib, _, err = legal.Open(b.files, rootName(r.dir))
	return err
}

// site returns the settings as they were, nil where b is nil.
func (b *baseline) site() *legal.Site {
	if b == nil {
		return nil
	}
	return &b.lib.Site
}

// document returns what a document was; nil where it did not change, or where b is nil. One
// that is new has no versions.
func (b *baseline) document(name string) (*legal.Document, error) {
	if b == nil || !b.changed[name] {
		return nil, nil
	}
	if !slices.Contains(b.lib.Documents, name) {
		return &legal.Document{Name: name}, nil
	}
	doc, _, err := legal.Load(b.lib, name)
	return doc, err
}

// gone returns the problems of the history, and those of documents that are not in l.
func (b *baseline) gone(l *library) ([]legal.Problem, error) {
	if b == nil {
		return nil, nil
	}
	problems := b.problems
	there := map[string]bool{}
	for _, name := range l.Documents {
		there[name] = true
	}
	for name := range b.changed {
		if there[name] || !legal.ValidID(name) {
			continue
		}
		was, err := b.document(name)
		if err != nil {
			return nil, err
		}
		problems = append(problems, check.Run(&check.Review{Document: &legal.Document{Name: name}, Library: l.Library, Base: was})...)
	}
	return problems, nil
}
