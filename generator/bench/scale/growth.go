package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/nanoprompt/codicil/generator/bench"
)

// A point is a library on the way from small to large.
type point struct {
	N       int
	Seconds float64
	Bytes   int64
}

// growVersions measures one document with so many versions.
func (s *scale) growVersions(n int) error {
	return s.grow(&s.results.Versions, n, bench.Shape{Documents: 1, Versions: n})
}

// growDocuments measures so many documents of ten versions.
func (s *scale) growDocuments(n int) error {
	return s.grow(&s.results.Documents, n, bench.Shape{Documents: n, Versions: 10 * n})
}

// grow adds the point of a shape to a line.
func (s *scale) grow(line *[]point, n int, shape bench.Shape) error {
	dir := filepath.Join(s.work, "library")
	if err := settle(dir); err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintln(os.Stderr, "growth:", shape)
	if err := bench.Make(filepath.Join(dir, "content"), shape, 1); err != nil {
		return err
	}
	public := filepath.Join(dir, "public")
	var all []sample
	for range s.growthRuns {
		if err := settle(public, s.cache()); err != nil {
			return err
		}
		m, err := s.build(dir)
		if err != nil {
			return err
		}
		all = append(all, m)
	}
	written, err := sizeOf(public)
	if err != nil {
		return err
	}
	put(line, point{n, median(all).Seconds, written.Bytes})
	return nil
}
