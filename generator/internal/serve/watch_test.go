package serve

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// A watching is a Watch of a folder that runs.
type watching struct {
	*testing.T
	dir  string
	told chan []string
}

func watch(t *testing.T) *watching {
	dir := t.TempDir()
	for _, folder := range []string{"terms/versions/1.0.0", ".git"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	w, err := NewWatch(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	told, ended := make(chan []string, 100), make(chan error, 1)
	go func() { ended <- w.Run(ctx, func(paths []string) { told <- paths }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the watch ends with %v", err)
		}
		w.Close()
	})
	return &watching{t, dir, told}
}

func (w *watching) write(name string) {
	w.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte("text"), 0o644); err != nil {
		w.Fatal(err)
	}
}

// expect waits until name was told of, and returns how often something was.
func (w *watching) expect(name string) (times int) {
	w.Helper()
	for {
		select {
		case paths := <-w.told:
			times++
			if slices.Contains(paths, filepath.Join(w.dir, name)) {
				return times
			}
		case <-time.After(10 * time.Second):
			w.Fatalf("nobody tells that %s changed", name)
		}
	}
}

func TestWatchWrite(t *testing.T) {
	w := watch(t)
	w.write("terms/10-a.md")
	w.expect("terms/10-a.md")
	w.write("terms/versions/1.0.0/10-a.md")
	w.expect("terms/versions/1.0.0/10-a.md")
}

// Editors write a new file and rename it to the old one's name, or move the old
// one away first.
func TestWatchRename(t *testing.T) {
	w := watch(t)
	w.write("terms/10-a.md")
	w.expect("terms/10-a.md")
	for range 3 {
		w.write("terms/.10-a.md.tmp")
		if err := os.Rename(filepath.Join(w.dir, "terms/.10-a.md.tmp"), filepath.Join(w.dir, "terms/10-a.md")); err != nil {
			t.Fatal(err)
		}
		w.expect("terms/10-a.md")
	}
	if err := os.Rename(filepath.Join(w.dir, "terms/10-a.md"), filepath.Join(w.dir, "terms/10-a.md~")); err != nil {
		t.Fatal(err)
	}
	w.write("terms/10-a.md")
	w.expect("terms/10-a.md")
}

// What is in a folder that comes is watched as well, be it made or moved here.
func TestWatchNewFolder(t *testing.T) {
	w := watch(t)
	if err := os.MkdirAll(filepath.Join(w.dir, "new/versions/1.0.0"), 0o755); err != nil {
		t.Fatal(err)
	}
	w.expect("new")
	w.write("new/versions/1.0.0/index.md")
	w.expect("new/versions/1.0.0/index.md")
	elsewhere := filepath.Join(t.TempDir(), "moved")
	if err := os.Mkdir(elsewhere, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(elsewhere, filepath.Join(w.dir, "moved")); err != nil {
		t.Fatal(err)
	}
	w.expect("moved")
	w.write("moved/index.md")
	w.expect("moved/index.md")
}

// A burst is told of once, or a few times where the machine is slow; one that does not
// end is told of nevertheless.
func TestWatchBurst(t *testing.T) {
	w := watch(t)
	for range 500 {
		w.write("terms/10-a.md")
	}
	w.write("terms/99-last.md")
	if times := w.expect("terms/99-last.md"); times > 50 {
		t.Errorf("501 writes are told of %d times", times)
	}
	stop := make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-stop:
				return
			default:
				w.write("terms/10-a.md")
			}
		}
	}()
	for range 3 {
		w.expect("terms/10-a.md")
	}
	close(stop)
	<-ended
}

// What systems and editors hide changes nothing.
func TestWatchHidden(t *testing.T) {
	w := watch(t)
	w.write("terms/.10-a.md.swp")
	w.write(".git/index")
	w.write("terms/20-b.md")
	if times := w.expect("terms/20-b.md"); times != 1 {
		t.Errorf("hidden files are told of: %d", times)
	}
}
