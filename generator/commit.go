package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// errShallow says what a clone lacks that was made without its history.
var errShallow = errors.New("this is a shallow clone, which lacks most of the history: fetch it with git fetch --unshallow (GitHub Actions: fetch-depth: 0; GitLab CI: GIT_DEPTH: 0)")

// findCommit returns the full name of the commit that rev names.
func findCommit(dir, rev string) (string, error) {
	if strings.HasPrefix(rev, "-") || rev == "" {
		return "", fmt.Errorf("%q is not a revision", rev)
	}
	commit, err := askGit(dir, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if err == nil {
		return commit, nil
	}
	if _, err := askGit(dir, "rev-parse", "--git-dir"); err != nil {
		return "", err
	}
	if isShallow(dir) {
		return "", fmt.Errorf("there is no revision %q here; %w", rev, errShallow)
	}
	return "", fmt.Errorf("there is no revision %q; a branch of the remote is named as in origin/main", rev)
}

// forkPoint returns the newest commit that both HEAD and rev have: what a branch is
// compared with, so that what others merged since does not count as its own change.
func forkPoint(dir, rev string) (string, error) {
	commit, err := findCommit(dir, rev)
	if err != nil {
		return "", err
	}
	base, err := askGit(dir, "merge-base", "--end-of-options", commit, "HEAD")
	switch {
	case err == nil:
		return base, nil
	case isShallow(dir):
		return "", fmt.Errorf("no commit that %s and HEAD share is here; %w", rev, errShallow)
	}
	return "", fmt.Errorf("%s and HEAD share no history", rev)
}

func isShallow(dir string) bool {
	shallow, err := askGit(dir, "rev-parse", "--is-shallow-repository")
	return err == nil && shallow == "true"
}

// changedSince returns the files of dir that are not as in the commit, as seen from
// there: changed, new or gone, committed or not. Some may be the same.
func changedSince(dir, commit string) ([]string, error) {
	tracked, err := askGit(dir, "diff-index", "--name-only", "--no-renames", "--relative", "-z", commit, "--")
	if err != nil {
		return nil, err
	}
	untracked, err := askGit(dir, "ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, err
	}
	return strings.FieldsFunc(tracked+"\x00"+untracked, func(r rune) bool { return r == 0 }), nil
}

// askGit runs git in dir and returns what it prints.
func askGit(dir string, args ...string) (string, error) {
	cmd := gitCommand(dir, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		if message := strings.TrimSpace(visible(errs.String())); message != "" {
			err = errors.New(message)
		}
		return "", fmt.Errorf("git %s: %w", args[0], err)
	}
	return strings.TrimSuffix(out.String(), "\n"), nil
}

// gitCommand returns a git command that speaks English and runs nothing of the
// repository's: fsmonitor is a program that its settings name.
func gitCommand(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command("git", append([]string{"-c", "core.fsmonitor=false", "--literal-pathspecs"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
	return cmd
}
