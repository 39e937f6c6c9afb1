package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/nanoprompt/codicil/generator/internal/check"
	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A baseline is the content as it was published: as a git revision has it. It holds the
// documents of which anything changed since, the others being what they were.
type baseline struct {
	lib      *legal.Library
	changed  map[string]bool // documents, there or here
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
		return nil, fmt.Errorf("read %s: %w", rev, err)
	}
	return b, nil
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
	here, err := r.run("show", "--end-of-options", "HEAD:./"+ledger.SumFile)
	if err != nil {
		here = nil // the branch has none
	}
	for line := range strings.Lines(string(there)) {
		if name, _, ok := strings.Cut(line, " h1:"); ok && !bytes.Contains(here, []byte(strings.TrimRight(line, "\r\n"))) {
			b.problem(file, "merge "+rev+" into this branch; if the branch is to replace it, what was published there would be gone",
				"%s has published %s, which this branch does not have", rev, name)
		}
	}
	return nil
}

// read reads the documents that changed since commit.
func (b *baseline) read(r repository, commit string) error {
	paths, err := r.changes(commit)
	if err != nil {
		return err
	}
	for _, p := range paths {
		if name, _, ok := strings.Cut(p, "/"); ok {
			b.changed[name] = true
		}
	}
	files, err := r.files(commit, func(p string) bool {
		name, _, _ := strings.Cut(p, "/")
		return b.changed[name] || p == legal.SiteFile
	})
	if err != nil {
		return err
	}
	tree, err := txtar.FS(&txtar.Archive{Files: files})
	if err != nil {
		return err
	}
	b.lib, _, err = legal.Open(tree, rootName(r.dir))
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
	if _, err := fs.Stat(b.lib.Files, name); err != nil {
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

var errNoGit = errors.New("the git command is not there")

// A repository is the git repository that a folder is in.
type repository struct {
	dir string
}

// run returns what a git command prints.
func (r repository) run(args ...string) ([]byte, error) { return r.pipe(nil, args...) }

func (r repository) pipe(in io.Reader, args ...string) ([]byte, error) {
	// What a repository's settings could run is of no use here.
	c := exec.Command("git", append([]string{"-C", r.dir, "-c", "core.fsmonitor=false", "-c", "core.quotepath=false", "--literal-pathspecs"}, args...)...)
	var out, said bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = in, &out, &said
	c.Env = slices.DeleteFunc(os.Environ(), ofHook)
	err := c.Run()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, errNoGit
	}
	if err != nil {
		msg, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
		return nil, fmt.Errorf("git %s: %w: %s", args[0], err, msg)
	}
	return out.Bytes(), nil
}

// ofHook reports whether a variable of the environment is one that git sets for its hooks:
// it would name the repository of another folder.
func ofHook(variable string) bool {
	name, _, _ := strings.Cut(variable, "=")
	return slices.Contains([]string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"}, name)
}

// line returns the one line that a git command prints.
func (r repository) line(args ...string) (string, error) {
	out, err := r.run(args...)
	return strings.TrimSpace(string(out)), err
}

const shallowHint = "the clone is shallow and holds a part of the history alone: fetch the rest with git fetch --unshallow," +
	" in GitHub's actions/checkout with fetch-depth: 0, in GitLab CI with GIT_DEPTH: 0"

// shallow reports whether the clone lacks a part of the history.
func (r repository) shallow() bool {
	s, err := r.line("rev-parse", "--is-shallow-repository")
	return err == nil && s == "true"
}

// commit returns the full name of the commit that rev names.
func (r repository) commit(rev string) (string, error) {
	if _, err := r.run("rev-parse", "--git-dir"); err != nil {
		if errors.Is(err, errNoGit) {
			return "", err
		}
		return "", fmt.Errorf("%s is in no git repository", r.dir)
	}
	commit, err := r.line("rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	switch {
	case err == nil:
		return commit, nil
	case r.shallow():
		return "", fmt.Errorf("there is no revision %q here: %s", rev, shallowHint)
	}
	return "", fmt.Errorf("there is no revision %q in the repository; fetch it, e.g. git fetch origin main", rev)
}

// fork returns the commit at which this branch left that of tip, "" where they have none
// in common.
func (r repository) fork(tip string) (string, error) {
	from, err := r.line("merge-base", tip, "HEAD")
	var exit *exec.ExitError
	switch {
	case err == nil:
		return from, nil
	case r.shallow():
		return "", fmt.Errorf("where this branch left that of the revision is not known: %s", shallowHint)
	case errors.As(err, &exit) && exit.ExitCode() == 1:
		return "", nil
	}
	return "", err
}

// sums returns versions.sum as commit has it, nil where it has none.
func (r repository) sums(commit string) ([]byte, error) {
	files, err := r.files(commit, func(p string) bool { return p == ledger.SumFile })
	if err != nil || len(files) == 0 {
		return nil, err
	}
	return files[0].Data, nil
}

// changes returns the paths, from r's folder, of what differs from commit.
func (r repository) changes(commit string) ([]string, error) {
	tracked, err := r.run("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules", "--relative", commit, "--", ".")
	if err != nil {
		return nil, err
	}
	others, err := r.run("ls-files", "-z", "--others", "--", ".")
	if err != nil {
		return nil, err
	}
	return strings.FieldsFunc(string(tracked)+string(others), func(c rune) bool { return c == 0 }), nil
}

// files returns the files of r's folder, as commit has them, whose paths are wanted.
func (r repository) files(commit string, wanted func(string) bool) ([]txtar.File, error) {
	prefix, err := r.line("rev-parse", "--show-prefix")
	if err != nil {
		return nil, err
	}
	list, err := r.run("ls-tree", "-r", "-z", "--full-tree", commit)
	if err != nil {
		return nil, err
	}
	var files []txtar.File
	var names strings.Builder
	for entry := range strings.SplitSeq(string(list), "\x00") {
		head, file, _ := strings.Cut(entry, "\t")
		fields := strings.Fields(head) // mode, type, name
		name, within := strings.CutPrefix(file, prefix)
		if len(fields) != 3 || fields[1] != "blob" || fields[0] == "120000" || !within || !wanted(name) {
			continue
		}
		files = append(files, txtar.File{Name: name})
		names.WriteString(fields[2] + "\n")
	}
	if len(files) == 0 {
		return nil, nil
	}
	out, err := r.pipe(strings.NewReader(names.String()), "cat-file", "--batch")
	if err != nil {
		return nil, err
	}
	return files, readBatch(out, files)
}

// readBatch takes the files' bytes from what cat-file --batch prints: a line that ends in
// the size, the bytes, and a line end.
func readBatch(out []byte, files []txtar.File) error {
	in := bufio.NewReader(bytes.NewReader(out))
	for i := range files {
		head, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		size, err := strconv.Atoi(strings.TrimSpace(head[strings.LastIndexByte(head, ' ')+1:]))
		if err != nil {
			return fmt.Errorf("git has lost %s: %s", files[i].Name, strings.TrimSpace(head))
		}
		files[i].Data = make([]byte, size)
		if _, err := io.ReadFull(in, files[i].Data); err != nil {
			return err
		}
		if _, err := in.Discard(1); err != nil {
			return err
		}
	}
	return nil
}
