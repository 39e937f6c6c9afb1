package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/ledger"
)

var errNoGit = errors.New("the git command is not there")

// A repository is the git repository that a folder is in.
type repository struct {
	dir string
}

// run returns what a git command prints.
func (r repository) run(args ...string) ([]byte, error) {
	c := r.command(args...)
	var out, said bytes.Buffer
	c.Stdout, c.Stderr = &out, &said
	err := c.Run()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, errNoGit
	}
	if err != nil {
		msg, _, _ := strings.Cut(strings.TrimSpace(visible(said.String())), "\n")
		return nil, fmt.Errorf("git %s: %w: %s", args[0], err, msg)
	}
	return out.Bytes(), nil
}

// command returns a git command that speaks English and runs nothing of what the
// repository's settings could name.
func (r repository) command(args ...string) *exec.Cmd {
	c := exec.Command("git", append([]string{"-C", r.dir, "-c", "core.fsmonitor=false", "-c", "core.quotepath=false", "--literal-pathspecs"}, args...)...)
	c.Env = append(slices.DeleteFunc(os.Environ(), ofHook), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
	return c
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

// sums returns versions.sum as commit has it, "" where it has none.
func (r repository) sums(commit string) (string, error) {
	list, err := r.line("ls-tree", "-z", "--name-only", commit, "--", ledger.SumFile)
	if err != nil || list == "" {
		return "", err
	}
	out, err := r.run("show", "--end-of-options", commit+":./"+ledger.SumFile)
	return string(out), err
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
