package tree

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
)

// A Stage collects the files of one build, and publishes them all or none. It
// holds the lock of the folder until Commit or Discard, one of which must follow, and
// remembers paths and hashes only, never contents.
type Stage struct {
	disk      *disk
	published map[string]sum // the manifest: what the last build made
	listed    []string       // its paths, sorted

	mu      sync.Mutex
	files   map[string]sum // what this build makes
	notes   map[string][]byte
	changes []change // the ones of files that must be written
	bytes   int64    // their size
	err     error    // the first failure of an Add
	done    bool
}

// A Result counts what a Commit did.
type Result struct {
	Written   int   // files that are new or have other bytes than before
	Unchanged int   // files that had these bytes already
	Removed   int   // files that the build before had made and this one did not
	Kept      int   // such files that somebody has changed since: they stay, and are no longer ours
	Bytes     int64 // the size of the written files
}

// errForeign is the error for a file that the build may not touch.
const errForeign = "a file that codicil did not make is in the way; move it away, or build into an empty folder"

// NewStage begins a build into dir, which it makes if there is none. It waits for
// another build into dir to end, and finishes or discards one that was interrupted.
func NewStage(dir string) (*Stage, error) {
	return newStage(dir, proceed)
}

func newStage(dir string, step func() error) (*Stage, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open stage: %w", err)
	}
	d, err := openDisk(dir, step)
	if err != nil {
		return nil, fmt.Errorf("open stage in %s: %w", dir, err)
	}
	s := &Stage{disk: d, files: map[string]sum{}, notes: map[string][]byte{}}
	if err := s.begin(); err != nil {
		return nil, errors.Join(fmt.Errorf("open stage in %s: %w", dir, err), d.close())
	}
	return s, nil
}

func (s *Stage) begin() error {
	if _, err := s.disk.recover(); err != nil {
		return fmt.Errorf("finish an interrupted change: %w", err)
	}
	data, err := s.disk.root.ReadFile(manifestFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if s.published, err = parseManifest(data); err != nil {
		return fmt.Errorf("%s: %w; empty the folder and build again", manifestFile, err)
	}
	s.listed = slices.Sorted(maps.Keys(s.published))
	if err := s.disk.mkdir(stageDir); err != nil {
		return err
	}
	return s.disk.openStage()
}

// Add stages the files of t that differ from the published ones. A path that was
// added before is an error, and so is one at which a file of somebody else lies,
// unless that has the same bytes. After an error the stage cannot be committed.
// Add is safe for concurrent use, and needs t no longer when it returns.
func (s *Stage) Add(t *Tree) error {
	_, err := s.addAll(t)
	return err
}

// addAll is Add, and returns what became of the files.
func (s *Stage) addAll(t *Tree) ([]entry, error) {
	entries := make([]entry, 0, t.Len())
	for _, p := range t.Paths() {
		e, err := s.add(p, t.files[p])
		if err != nil {
			err = fmt.Errorf("stage %s: %w", filepath.Join(s.disk.dir, p), err)
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.err == nil {
				s.err = err
			}
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}

func (s *Stage) add(p string, data []byte) (entry, error) {
	after := sumOf(data)
	if err := s.claim(p, after); err != nil {
		return entry{}, err
	}
	before, info, err := s.disk.inspect(p)
	if err != nil {
		return entry{}, err
	}
	if before == after {
		return entryOf(p, after, info), nil
	}
	if _, ours := s.published[p]; !ours && before != (sum{}) {
		return entry{}, errors.New(errForeign)
	}
	if info, err = s.disk.create(stagedFile(p), data, false); err != nil {
		return entry{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changes = append(s.changes, change{p, before, after})
	s.bytes += int64(len(data))
	return entryOf(p, after, info), nil
}

// claim notes that this build makes p.
func (s *Stage) claim(p string, after sum) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done {
		return errors.New("the stage is closed")
	}
	if _, ok := s.files[p]; ok {
		return errors.New("the build makes this file twice")
	}
	s.files[p] = after
	return nil
}

// Leaving returns the paths, sorted, that the build before made and nothing that was
// added so far does: what a Commit now would remove.
func (s *Stage) Leaving() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var paths []string
	for p := range s.published {
		if _, ok := s.files[p]; !ok {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	return paths
}

// Commit publishes what was added, and removes the files of the build before that
// were not. After an error nothing has changed, or the next NewStage or Recover
// finishes the change.
func (s *Stage) Commit() (Result, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done {
		return Result{}, fmt.Errorf("publish %s: the stage is closed", s.disk.dir)
	}
	if s.err != nil {
		return Result{}, s.err
	}
	result, err := s.commit()
	if err != nil {
		s.err = fmt.Errorf("publish %s: %w", s.disk.dir, err)
	}
	return result, s.err
}

func (s *Stage) commit() (Result, error) {
	if err := s.checkNesting(); err != nil {
		return Result{}, err
	}
	result := Result{
		Written:   len(s.changes),
		Unchanged: len(s.files) - len(s.changes),
		Bytes:     s.bytes,
	}
	removals, kept := s.removals()
	result.Removed, result.Kept = len(removals), kept
	s.changes = append(s.changes, removals...)
	if err := s.disk.checkWay(s.changes); err != nil {
		return Result{}, err
	}
	inOrder(s.changes)
	if err := s.stageManifest(); err != nil {
		return Result{}, err
	}
	if len(s.changes) > 0 {
		sealed, err := s.disk.make(journal{changes: s.changes})
		if err != nil {
			if sealed {
				s.done = true
				err = errors.Join(err, s.disk.close())
			}
			return Result{}, err
		}
	}
	s.done = true
	return result, errors.Join(s.disk.keepNotes(s.notes), s.disk.close())
}

// checkNesting returns an error if one file of the build lies below another.
func (s *Stage) checkNesting() error {
	for p := range s.files {
		for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
			if _, ok := s.files[dir]; ok {
				return fmt.Errorf("the build makes both a file %s and a file %s below it", dir, p)
			}
		}
	}
	return nil
}

// removals returns the removals of the files that only the build before made, and
// the number of those that are somebody else's by now.
func (s *Stage) removals() (removals []change, kept int) {
	for p, was := range s.published {
		if _, ok := s.files[p]; ok {
			continue
		}
		now, err := s.disk.look(p)
		switch {
		case err != nil || s.disk.linked(p) || now != was && now != sum{}:
			kept++
		case now == was:
			removals = append(removals, change{path: p, before: was})
		}
	}
	return removals, kept
}

// stageManifest adds the manifest of this build to its changes, as the last one.
func (s *Stage) stageManifest() error {
	manifest := formatManifest(s.files)
	before, err := s.disk.look(manifestFile)
	if err != nil {
		return fmt.Errorf("read %s: %w", manifestFile, err)
	}
	if before == sumOf(manifest) {
		return nil
	}
	s.changes = append(s.changes, change{manifestFile, before, sumOf(manifest)})
	return s.disk.write(stagedFile(manifestFile), manifest, true)
}

// Discard gives up what was added and leaves the published files as they are.
// After Commit it does nothing, so that it can be deferred.
func (s *Stage) Discard() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done {
		return nil
	}
	s.done = true
	if err := errors.Join(s.disk.discard(), s.disk.close()); err != nil {
		return fmt.Errorf("discard the stage in %s: %w", s.disk.dir, err)
	}
	return nil
}
