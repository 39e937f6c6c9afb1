package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A sample is what a process took.
type sample struct {
	Seconds float64
	Memory  int64 // bytes resident at its peak
}

// timeProcess runs a command and prints its sample.
func timeProcess(args []string) error {
	c := exec.Command(args[0], args[1:]...)
	var messages strings.Builder
	c.Stderr = &messages
	start := time.Now()
	err := c.Run()
	took := time.Since(start).Seconds()
	if err != nil {
		text := messages.String()
		return fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, text[max(0, len(text)-2000):])
	}
	peak := c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss * 1024 // Linux counts in KiB
	return json.NewEncoder(os.Stdout).Encode(sample{took, peak})
}

// process runs a command in dir and returns its sample. It is measured by a
// process between, since Linux counts the memory of the one that starts another
// as that of the other, and this one may be large.
func (s *scale) process(dir string, args ...string) (sample, error) {
	var m sample
	out, err := s.self(dir, append([]string{"time"}, args...)...)
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(out, &m)
}

// self runs this program again, and returns what it prints. The caches of the
// tools that it starts lie in the work folder.
func (s *scale) self(dir string, args ...string) ([]byte, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := exec.Command(program, args...)
	c.Dir = dir
	c.Env = append(os.Environ(), "XDG_CACHE_HOME="+s.cache())
	c.Stderr = os.Stderr
	return c.Output()
}

// cache is where the tools may keep what they learnt.
func (s *scale) cache() string { return filepath.Join(s.work, "cache") }

// list lists a tree with the sizes and times of its files, as a tool must that
// wants to know whether something changed.
func list(dir string) error {
	var newest time.Time
	return filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && info.ModTime().After(newest) {
			newest = info.ModTime()
		}
		return err
	})
}

// A treeSize is how much a folder holds.
type treeSize struct {
	Files int
	Bytes int64
}

func sizeOf(dir string) (treeSize, error) {
	var t treeSize
	err := filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			t.Files++
			t.Bytes += info.Size()
		}
		return err
	})
	return t, err
}

// rewrite writes the tree of files in from again, in a folder that is not
// there, on every core, and prints the seconds that the writing took: files
// are read some at a time before, which is not counted.
func rewrite(from, to string) error {
	const most = 64 << 20
	batch, size := map[string][]byte{}, 0
	took := time.Duration(0)
	flush := func() error {
		start := time.Now()
		err := writeAll(batch)
		took += time.Since(start)
		clear(batch)
		size = 0
		return err
	}
	err := filepath.WalkDir(from, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		batch[filepath.Join(to, strings.TrimPrefix(p, from))] = data
		if size += len(data); size > most {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(took.Seconds())
	}
	return err
}

// writeAll writes files, with the folders that they need.
func writeAll(files map[string][]byte) error {
	names := make(chan string)
	errs := make([]error, runtime.NumCPU())
	var wait sync.WaitGroup
	for i := range errs {
		wait.Go(func() {
			for name := range names {
				err := os.WriteFile(name, files[name], 0o644)
				if os.IsNotExist(err) {
					if err = os.MkdirAll(filepath.Dir(name), 0o755); err == nil {
						err = os.WriteFile(name, files[name], 0o644)
					}
				}
				if err != nil {
					errs[i] = err
				}
			}
		})
	}
	for name := range files {
		names <- name
	}
	close(names)
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// settle removes folders, and lets the disk write what it owes, so that one
// process does not pay for another's bytes.
func settle(dirs ...string) error {
	for _, dir := range dirs {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	syscall.Sync()
	return nil
}

// median returns the sample in the middle, by each of its figures.
func median(samples []sample) sample {
	var m sample
	if len(samples) == 0 {
		return m
	}
	var seconds []float64
	var memory []int64
	for _, one := range samples {
		seconds = append(seconds, one.Seconds)
		memory = append(memory, one.Memory)
	}
	slices.Sort(seconds)
	slices.Sort(memory)
	return sample{seconds[len(seconds)/2], memory[len(memory)/2]}
}
