package tree

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A sum is the SHA-256 of a file. The zero sum stands for "no file".
type sum [sha256.Size]byte

func sumOf(data []byte) sum { return sha256.Sum256(data) }

// String returns s in hex, or a dash for "no file".
func (s sum) String() string {
	if s == (sum{}) {
		return "-"
	}
	return hex.EncodeToString(s[:])
}

// parseSum is the inverse of String.
func parseSum(text string) (sum, error) {
	var s sum
	if text == "-" {
		return s, nil
	}
	if len(text) != hex.EncodedLen(len(s)) {
		return s, fmt.Errorf("bad hash %q", text)
	}
	if _, err := hex.Decode(s[:], []byte(text)); err != nil {
		return s, fmt.Errorf("bad hash %q", text)
	}
	return s, nil
}

// formatManifest returns files as sha256sum would list them, sorted by path.
func formatManifest(files map[string]sum) []byte {
	var b []byte
	for _, path := range slices.Sorted(maps.Keys(files)) {
		sum := files[path]
		b = append(hex.AppendEncode(b, sum[:]), "  "...)
		b = append(append(b, path...), '\n')
	}
	return b
}

// parseManifest is the inverse of formatManifest.
func parseManifest(data []byte) (map[string]sum, error) {
	files := map[string]sum{}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		hash, path, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		s, err := parseSum(hash)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if s == (sum{}) || !ValidPath(path) {
			return nil, fmt.Errorf("line %d: not a hash, two spaces and a path", n)
		}
		files[path] = s
	}
	return files, nil
}
