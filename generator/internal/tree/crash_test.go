package tree

import (
	"bufio"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var errDead = errors.New("the process died here")

// dieAt returns a step that lets k operations pass and none after.
func dieAt(k int) func() error {
	var n atomic.Int64
	return func() error {
		if n.Add(1) > int64(k) {
			return errDead
		}
		return nil
	}
}

// A crash case is a change that is interrupted.
type crashCase struct {
	name      string
	before    func(t *testing.T, dir string)
	change    func(dir string, step func() error) error
	old, want files
	atEnd     []string // what is left in .codicil
}

func crashCases() []crashCase {
	oldSite := files{
		"404.html": "404", "a": "becomes a folder", "b/x": "b becomes", "b/y/z": "a page",
		"changed.html": "1", "deep/changed.html": "1", "gone/deep/x.html": "x", "gone.html": "gone",
	}
	newSite := files{
		"404.html": "404", "a/index.html": "a", "b": "b", "changed.html": "2",
		"deep/changed.html": "2", "new.html": "new", "new/deep/x.html": "x",
	}
	oldContent := files{"site.yaml": "site", "versions.sum": "1\n", "terms/index.md": "draft"}
	release := files{
		"versions.sum": "1\n2\n", "terms/index.md": "version: 1.1.0",
		"terms/versions/1.1.0/index.md": "frozen", "terms/versions/1.1.0/a.md": "a",
	}
	released := maps.Clone(oldContent)
	maps.Copy(released, release)
	return []crashCase{
		{
			name:   "first commit",
			before: func(t *testing.T, dir string) {},
			change: func(dir string, step func() error) error {
				_, err := build(dir, step, treeOf(newSite))
				return err
			},
			old: files{}, want: newSite, atEnd: []string{"lock", "manifest"},
		}, {
			name:   "commit",
			before: func(t *testing.T, dir string) { mustBuild(t, dir, treeOf(oldSite)) },
			change: func(dir string, step func() error) error {
				_, err := build(dir, step, treeOf(newSite))
				return err
			},
			old: oldSite, want: newSite, atEnd: []string{"lock", "manifest"},
		}, {
			name: "apply",
			before: func(t *testing.T, dir string) {
				for p, data := range oldContent {
					write(t, dir, p, data)
				}
			},
			change: func(dir string, step func() error) error { return apply(dir, treeOf(release), step) },
			old:    oldContent, want: released,
		},
	}
}

// The process dies before each operation of a change, and again before each operation
// of the recovery. Afterwards all is old or all is new, and a sealed change is new.
func TestCrash(t *testing.T) {
	for _, test := range crashCases() {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			start := t.TempDir()
			test.before(t, start)
			for k := 0; ; k++ {
				crashed := copyOf(t, start)
				died := test.change(crashed, dieAt(k))
				for j := 0; ; j++ {
					when := fmt.Sprintf("died after %d operations, then after %d", k, j)
					dir := copyOf(t, crashed)
					_, err := recoverDir(dir, dieAt(j))
					checkRecovery(t, test, dir, when)
					if err == nil {
						checkNextRun(t, test, dir, when)
						break
					}
				}
				if died == nil {
					t.Logf("%d operations", k)
					return
				}
			}
		})
	}
}

func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

func checkRecovery(t *testing.T, test crashCase, dir, when string) {
	t.Helper()
	journal, _ := os.ReadFile(filepath.Join(dir, journalFile))
	finished, err := Recover(dir)
	if err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	if sealed := len(journal) > 0; sealed != finished {
		t.Errorf("%s: sealed %v, finished %v", when, sealed, finished)
	}
	got := published(t, dir)
	if !cmp.Equal(got, test.old) && !cmp.Equal(got, test.want) || finished && cmp.Equal(got, test.old) {
		t.Fatalf("%s: neither old nor new (finished %v):\n%v", when, finished, got)
	}
	if again, err := Recover(dir); again || err != nil {
		t.Errorf("%s: second Recover = %v, %v", when, again, err)
	}
}

func checkNextRun(t *testing.T, test crashCase, dir, when string) {
	t.Helper()
	if err := test.change(dir, proceed); err != nil {
		t.Fatalf("%s: next run: %v", when, err)
	}
	if diff := cmp.Diff(test.want, published(t, dir)); diff != "" {
		t.Fatalf("%s: next run (-want +got):\n%s", when, diff)
	}
	checkState(t, dir, test.atEnd...)
}

// The next run recovers by itself.
func TestCrashThenRun(t *testing.T) {
	for _, test := range crashCases() {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			start := t.TempDir()
			test.before(t, start)
			for k := 0; ; k++ {
				dir := copyOf(t, start)
				died := test.change(dir, dieAt(k))
				checkNextRun(t, test, dir, fmt.Sprintf("died after %d operations", k))
				if died == nil {
					return
				}
			}
		})
	}
}

// interrupted runs test's change until its journal is sealed and nothing is published.
func interrupted(t *testing.T, test crashCase) string {
	t.Helper()
	start := t.TempDir()
	test.before(t, start)
	for k := 0; ; k++ {
		dir := copyOf(t, start)
		err := test.change(dir, dieAt(k))
		if err == nil {
			t.Fatal("the change was never half made")
		}
		if strings.Contains(err.Error(), "half made") {
			return dir
		}
	}
}

// A journal that is cut anywhere is discarded, and nothing is published.
func TestCrashTornJournal(t *testing.T) {
	test := crashCases()[1]
	dir := interrupted(t, test)
	text, err := os.ReadFile(filepath.Join(dir, journalFile))
	if err != nil {
		t.Fatal(err)
	}
	for n := range text {
		write(t, dir, journalFile, string(text[:n]))
		if finished, err := Recover(dir); finished || err != nil {
			t.Fatalf("%d bytes: Recover = %v, %v", n, finished, err)
		}
	}
	if diff := cmp.Diff(test.old, published(t, dir)); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

// A loss of power emptied a staged file, or the journal is there and the stage is not:
// the site never shows an empty page, and the next build repairs it.
func TestPowerLoss(t *testing.T) {
	test := crashCases()[1]
	for _, damage := range []func(string) error{
		func(name string) error { return os.Truncate(name, 0) },
		os.Remove,
	} {
		dir := interrupted(t, test)
		if err := damage(filepath.Join(dir, stagedFile("changed.html"))); err != nil {
			t.Fatal(err)
		}
		if finished, err := Recover(dir); !finished || err != nil {
			t.Errorf("Recover = %v, %v", finished, err)
		}
		want := maps.Clone(test.want)
		want["changed.html"] = test.old["changed.html"]
		if diff := cmp.Diff(want, published(t, dir)); diff != "" {
			t.Errorf("recovered (-want +got):\n%s", diff)
		}
		if err := test.change(dir, proceed); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, published(t, dir)); diff != "" {
			t.Errorf("built again (-want +got):\n%s", diff)
		}
	}
}

// What people did in the folder since an interrupted Apply is never overwritten.
func TestApplyRecoveryIsCareful(t *testing.T) {
	test := crashCases()[2]
	for _, edited := range []struct{ path, want string }{
		{"terms/index.md", "terms/index.md was edited since a change of it was interrupted"},
		{"terms/versions/1.1.0/index.md", "terms/versions/1.1.0/index.md was edited since"},
		{stagedFile("versions.sum"), "the new versions.sum of an interrupted change is damaged"},
	} {
		dir := interrupted(t, test)
		write(t, dir, edited.path, "edited")
		before := published(t, dir)
		for range 2 {
			if _, err := Recover(dir); err == nil || !strings.Contains(err.Error(), edited.want) {
				t.Errorf("Recover = %v, want %s", err, edited.want)
			}
		}
		if diff := cmp.Diff(before, published(t, dir)); diff != "" {
			t.Errorf("published (-want +got):\n%s", diff)
		}
	}
}

// A removal that was interrupted leaves a file that was replaced meanwhile.
func TestRemovalRecoveryIsCareful(t *testing.T) {
	dir := interrupted(t, crashCases()[1])
	write(t, dir, "gone.html", "mine")
	if _, err := Recover(dir); err != nil {
		t.Fatal(err)
	}
	if got := published(t, dir)["gone.html"]; got != "mine" {
		t.Errorf("gone.html = %q, want mine", got)
	}
}

// Another Apply after an interrupted one was made without its result.
func TestApplyAfterInterrupted(t *testing.T) {
	test := crashCases()[2]
	dir := interrupted(t, test)
	other := treeOf(files{"versions.sum": "other"})
	want := "an earlier change was interrupted and is finished now; look at it and run again"
	if err := Apply(dir, other); err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("Apply = %v, want %s", err, want)
	}
	if diff := cmp.Diff(test.want, published(t, dir)); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
	if err := Apply(dir, other); err != nil {
		t.Errorf("second Apply: %v", err)
	}
}

func TestRecoverLeavesOthersAlone(t *testing.T) {
	for _, dir := range []string{t.TempDir(), filepath.Join(t.TempDir(), "none")} {
		if finished, err := Recover(dir); finished || err != nil {
			t.Errorf("Recover = %v, %v", finished, err)
		}
		checkState(t, dir)
	}
}

// Trees A and B of the kill test: half of the files are in both, with other bytes.
func killTrees() (a, b files) {
	a, b = files{}, files{}
	for i := range 120 {
		page := fmt.Sprintf("%d/%d/index.html", i%7, i)
		common := fmt.Sprintf("common/%d.html", i)
		a["a/"+page], b["b/"+page] = "A", "B"
		a[common], b[common] = "A", "B"
	}
	return a, b
}

const killEnv = "CODICIL_TREE_KILL"

// TestKillChild is no test but the process that TestKill kills: it changes the
// folder to and fro until then.
func TestKillChild(t *testing.T) {
	how, dir, _ := strings.Cut(os.Getenv(killEnv), " ")
	if dir == "" {
		t.Skip("runs within TestKill")
	}
	a, b := killTrees()
	fmt.Println("ready")
	for {
		for _, next := range []files{b, a} {
			if err := killChange(how, dir, next); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func killChange(how, dir string, next files) error {
	if how == "commit" {
		_, err := build(dir, proceed, treeOf(next))
		return err
	}
	// An Apply syncs each file, so fewer of them, and it never removes one.
	few := files{}
	for i := range 20 {
		p := fmt.Sprintf("common/%d.html", i)
		few[p] = next[p]
	}
	return Apply(dir, treeOf(few))
}

// TestKill kills a process at random moments while it changes a folder.
func TestKill(t *testing.T) {
	a, b := killTrees()
	for _, how := range []string{"commit", "apply"} {
		t.Run(how, func(t *testing.T) {
			dir := t.TempDir()
			if err := killChange(how, dir, a); err != nil {
				t.Fatal(err)
			}
			kills, finished := 0, 0
			for begin := time.Now(); time.Since(begin) < time.Second; kills++ {
				killOnce(t, how, dir)
				done, err := Recover(dir)
				if err != nil {
					t.Fatal(err)
				}
				if done {
					finished++
				}
				got := published(t, dir)
				if how == "commit" && !cmp.Equal(got, a) && !cmp.Equal(got, b) {
					t.Fatalf("kill %d: neither A nor B", kills)
				}
				if how == "apply" && !uniform(got) {
					t.Fatalf("kill %d: neither A nor B: %v", kills, got)
				}
			}
			t.Logf("%d kills, of which %d after the seal", kills, finished)
			if err := killChange(how, dir, b); err != nil {
				t.Fatal(err)
			}
			if got := published(t, dir); how == "commit" && !cmp.Equal(got, b) || how == "apply" && !uniform(got) {
				t.Error("the build after the kills is wrong")
			}
		})
	}
}

// uniform reports whether there are 20 files with the same bytes.
func uniform(got files) bool {
	for _, data := range got {
		if data != got["common/0.html"] {
			return false
		}
	}
	return len(got) == 20
}

func killOnce(t *testing.T, how, dir string) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestKillChild$")
	child.Env = append(os.Environ(), killEnv+"="+how+" "+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	if line != "ready\n" {
		t.Errorf("child says %q", line)
	}
	time.Sleep(rand.N(100 * time.Millisecond))
	child.Process.Kill()
	child.Wait()
}
