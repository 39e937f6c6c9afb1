package history

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// A Repo is a git repository that is read, and never written or asked for
// more than it holds.
//
// The git command reads it, not go-git, which had not finished in ten minutes
// what the command does in six seconds: all states of the files of a large
// repository.
type Repo struct {
	dir string // where the command runs
	git string // the repository itself
}

// quiet are the settings that no repository can change. What a repository's
// own settings could have run (a signature's check, a monitor, a hook, the
// download of what is missing) is turned off; log and diff say the rest by
// their flags.
var quiet = []string{
	"--no-pager", "--literal-pathspecs",
	"-c", "log.showSignature=false",
	"-c", "log.showRoot=true",
	"-c", "log.follow=false",
	"-c", "core.fsmonitor=false",
	"-c", "core.hooksPath=" + os.DevNull,
	"-c", "protocol.allow=never",
	"-c", "core.commitGraph=false",
}

// environment returns what git is run with: nothing that the caller's
// environment or own settings say of git.
func environment() []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") && !strings.HasPrefix(v, "LC_") && !strings.HasPrefix(v, "LANG") {
			env = append(env, v)
		}
	}
	return append(env, "LC_ALL=C", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull,
		"GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "GIT_NO_REPLACE_OBJECTS=1")
}

// OpenRepo opens the repository at dir.
func OpenRepo(dir string) (*Repo, error) {
	if strings.Contains(dir, "://") || scpAddress.MatchString(dir) {
		return nil, fmt.Errorf("%s is not on this machine: clone it first, git clone %s, and import from the clone", dir, dir)
	}
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, fmt.Errorf("%s is not a folder; a bundle is cloned first: git clone %s", dir, dir)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	r := &Repo{dir: abs}
	out, err := r.run("rev-parse", "--absolute-git-dir")
	if err != nil {
		return nil, fmt.Errorf("%s is not a git repository: %w", dir, err)
	}
	r.git = strings.TrimSuffix(string(out), "\n")
	return r, nil
}

// scpAddress matches host:path, as ssh is addressed; one letter is a drive.
var scpAddress = regexp.MustCompile(`^[\w.-]+@?[\w.-]+:[^\\]`)

func (r *Repo) command(args ...string) *exec.Cmd {
	all := quiet
	if r.git != "" {
		// Paths are the repository's own, wherever in it the command was called.
		all = append(all[:len(all):len(all)], "--git-dir="+r.git)
	}
	c := exec.Command("git", append(all[:len(all):len(all)], args...)...)
	c.Dir, c.Env = r.dir, environment()
	return c
}

// run returns what git prints.
func (r *Repo) run(args ...string) ([]byte, error) {
	c := r.command(args...)
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		return nil, gitError(args[0], &said, err)
	}
	return out, nil
}

func gitError(command string, said *bytes.Buffer, err error) error {
	if errors.Is(err, exec.ErrNotFound) {
		return errors.New("the git command is not installed")
	}
	words := strings.TrimPrefix(strings.TrimSpace(said.String()), "fatal: ")
	if words == "" {
		return fmt.Errorf("git %s: %w", command, err)
	}
	first, _, _ := strings.Cut(words, "\n")
	return fmt.Errorf("git %s: %s", command, first)
}

// commit returns the id of the commit that rev names.
func (r *Repo) commit(rev string) (string, error) {
	if strings.HasPrefix(rev, "-") {
		return "", fmt.Errorf("%q is not a revision: it begins with a dash", rev)
	}
	out, err := r.run("rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if err != nil {
		return "", fmt.Errorf("the repository has no commit %q", rev)
	}
	return strings.TrimSuffix(string(out), "\n"), nil
}

// shallow reports whether the repository holds the latest commits alone.
func (r *Repo) shallow() bool {
	out, err := r.run("rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(string(out)) == "true"
}

// partial reports whether the repository was cloned without all contents.
func (r *Repo) partial() bool {
	out, err := r.run("config", "--get-regexp", `^(extensions\.partialclone|remote\..*\.promisor)$`)
	return err == nil && len(out) > 0
}

// validObject matches the id of an object.
var validObject = regexp.MustCompile(`^(?:[0-9a-f]{40}|[0-9a-f]{64})$`)

// The largest file that is read, and the most of all files of one history.
const (
	maxFile = 8 << 20
	maxAll  = 1 << 30
)

// objects returns the contents of the objects ids by their ids, in one run of
// git. One that the repository does not hold, or that is too large, has none.
func (r *Repo) objects(ids []string) (map[string][]byte, error) {
	found := map[string][]byte{}
	total := 0
	for len(ids) > 0 {
		n, err := r.batch(ids, func(id string, data []byte) error {
			found[id] = data
			if total += len(data); total > maxAll {
				return errors.New("the texts are larger than 1 GiB together")
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		ids = ids[min(n, len(ids)):]
	}
	return found, nil
}

// batch calls f for the objects ids, and returns how many it is done with.
// Git gives up at one that a partial clone would have to download.
func (r *Repo) batch(ids []string, f func(id string, data []byte) error) (int, error) {
	c := r.command("cat-file", "--batch")
	c.Stdin = strings.NewReader(strings.Join(ids, "\n") + "\n")
	out, err := c.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := c.Start(); err != nil {
		return 0, gitError("cat-file", &bytes.Buffer{}, err)
	}
	// What is left when we are done with it is of no use to anybody.
	defer func() { _ = c.Process.Kill(); _ = c.Wait() }()
	in := bufio.NewReaderSize(out, 1<<16)
	for n, id := range ids {
		data, err := readObject(in)
		switch {
		case errors.Is(err, io.EOF):
			return n + 1, nil
		case err != nil:
			return n, fmt.Errorf("git cat-file: %w", err)
		case data == nil:
			continue
		}
		if err := f(id, data); err != nil {
			return n, err
		}
	}
	return len(ids), nil
}

// readObject reads one answer of git cat-file --batch, which is nil where
// there is no such object or it is too large.
func readObject(in *bufio.Reader) ([]byte, error) {
	head, err := in.ReadString('\n')
	if err != nil {
		return nil, io.EOF
	}
	fields := strings.Fields(head)
	if len(fields) != 3 {
		return nil, nil // "ID missing"
	}
	size, err := strconv.Atoi(fields[2])
	if err != nil || size < 0 {
		return nil, fmt.Errorf("%q has no size", head)
	}
	if size > maxFile {
		_, err := io.CopyN(io.Discard, in, int64(size)+1)
		return nil, err
	}
	data := make([]byte, size+1)
	if _, err := io.ReadFull(in, data); err != nil {
		return nil, io.EOF
	}
	return data[:size], nil
}
