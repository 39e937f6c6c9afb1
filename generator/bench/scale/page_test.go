package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// The page and its picture hold what was found, whatever is missing.
func TestPage(t *testing.T) {
	full := &results{
		Sizes:    []size{{Name: "1,000 versions, 100 documents", Versions: 1000, Runs: 5, Hugo: sample{2, 500e6}, Codicil: sample{1, 50e6}}},
		Versions: []point{{10, 0.1, 1e6}, {1000, 5, 2e8}},
		Pairs:    &comparison{All: 1393, Pairs: 7, Peer: contest{7, 5}, History: contest{1.393, 1}, Alone: contest{13.93, 1}},
	}
	page := string(full.markdown())
	for _, want := range []string{
		`make bench SIZES="1000" REAL="" VERSIONS="10 1000" DOCUMENTS="" PAIRS=7`,
		"| 1,000 versions, 100 documents | 5 | 2.0 s | 1.0 s | 0.50 | 500 MB | 50 MB | 0.10 |",
		"| 1,000 | 5.0 s | 200 MB | 5.00 ms, 200.0 kB |",
		"| 1.0 ms | 1.0 s | 1000.0 × |",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	for _, r := range []*results{full, {}, {Documents: []point{{10, 0.1, 1e6}}}} {
		r.markdown()
		picture := string(r.plot())
		for d := xml.NewDecoder(strings.NewReader(picture)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("the picture is no XML: %v", err)
			}
		}
		if strings.Contains(picture, "NaN") || strings.Contains(picture, "Inf") {
			t.Errorf("the picture has points nowhere:\n%s", picture)
		}
	}
}
