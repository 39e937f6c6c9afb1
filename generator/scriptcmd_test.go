package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"go.yaml.in/yaml/v3"
)

// replace FILE OLD NEW replaces the one occurrence of OLD in FILE.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	file := ts.MkAbs(args[0])
	data, err := os.ReadFile(file)
	ts.Check(err)
	if n := strings.Count(string(data), args[1]); n != 1 {
		ts.Fatalf("%s holds %q %d times", args[0], args[1], n)
	}
	ts.Check(os.WriteFile(file, []byte(strings.Replace(string(data), args[1], args[2], 1)), 0o644))
}

// style SITE FILE copies the one style sheet of a site to FILE.
func style(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: style SITE FILE")
	}
	sheets, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "assets", "codicil.*.css"))
	ts.Check(err)
	if len(sheets) != 1 {
		ts.Fatalf("%s has the style sheets %q", args[0], sheets)
	}
	data, err := os.ReadFile(sheets[0])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data, 0o644))
}

// flip FILE changes one bit in the middle of FILE.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: flip FILE")
	}
	file := ts.MkAbs(args[0])
	data, err := os.ReadFile(file)
	ts.Check(err)
	data[len(data)/2] ^= 1
	ts.Check(os.WriteFile(file, data, 0o644))
}

// sametree A B fails unless the folders A and B hold the same files with the
// same bytes; the build's own records are passed over.
func sameTree(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: sametree A B")
	}
	a, err := readTree(ts.MkAbs(args[0]))
	ts.Check(err)
	b, err := readTree(ts.MkAbs(args[1]))
	ts.Check(err)
	differ := differing(a, b)
	switch {
	case len(a) == 0:
		ts.Fatalf("%s is empty", args[0])
	case neg && len(differ) == 0:
		ts.Fatalf("%s and %s are the same", args[0], args[1])
	case !neg && len(differ) > 0:
		ts.Fatalf("%s and %s differ in %q", args[0], args[1], differ)
	}
}

// readTree returns the files of a site by their paths, without the build's own
// records.
func readTree(root string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && e.Name() == ".codicil":
			return fs.SkipDir
		case e.IsDir():
			return nil
		}
		data, err := os.ReadFile(p)
		files[strings.TrimPrefix(p, root)] = data
		return err
	})
	return files, err
}

// differing returns the paths at which two trees differ, sorted.
func differing(a, b map[string][]byte) []string {
	var paths []string
	for name, data := range a {
		if other, ok := b[name]; !ok || !bytes.Equal(data, other) {
			paths = append(paths, name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			paths = append(paths, name)
		}
	}
	slices.Sort(paths)
	return paths
}

// exits N COMMAND runs a command, as exec does, that exits with N.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N COMMAND [ARGS]")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("%s exits with %d, want %s", args[1], got, args[0])
	}
}

// step FILE JOB STEP OUT writes the script of a step of a workflow of GitHub's,
// or of a job of GitLab's (STEP is then script), into OUT.
func step(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: step FILE JOB STEP OUT")
	}
	var file struct {
		Jobs map[string]struct {
			Steps []struct{ ID, Name, Run string }
		}
		Others map[string]yaml.Node `yaml:",inline"`
	}
	ts.Check(yaml.Unmarshal([]byte(ts.ReadFile(args[0])), &file))
	script := ""
	for _, s := range file.Jobs[args[1]].Steps {
		if s.ID == args[2] || s.Name == args[2] {
			script = s.Run
		}
	}
	if job, ok := file.Others[args[1]]; ok {
		var lines struct{ Script []string }
		ts.Check(job.Decode(&lines))
		script = strings.Join(lines.Script, "\n")
	}
	if script == "" {
		ts.Fatalf("%s has no script %s of %s", args[0], args[2], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[3]), []byte(script+"\n"), 0o644))
}
