// Package tree holds a set of output files as a value, and is the only place
// that writes output folders to disk.
//
// A [Tree] is files in memory. A [Stage] collects the trees of one build and
// publishes them all or none, as the whole content of a folder. [Apply] changes
// a few files of a folder all or none, and leaves the others alone.
//
// # The state folder
//
// Everything the package remembers about a folder lies inside it, in .codicil,
// so that it is on the same file system and a rename moves a file atomically:
//
//	.codicil/lock          held (flock) by the process that changes the folder
//	.codicil/manifest      the files that the last Commit published
//	.codicil/stage/NAME    a file that waits to be published;
//	                       NAME is the SHA-256 of its path, in hex
//	.codicil/notes/NAME    what the last Commit's build noted for the next one
//	.codicil/journal       the change that is being made
//
// Only the lock, the manifest and the notes are there between two builds, and nothing
// at all after an Apply. None of it belongs to the site: a deployment leaves it out.
//
// The manifest is what sha256sum writes, sorted by path in byte order, so that
// "sha256sum -c .codicil/manifest" checks a site with no tool of ours:
//
//	2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae  404.html
//	fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9  assets/site.css
//
// The journal is one line a changed file, in the order in which they are changed:
// the SHA-256 of the file before, the SHA-256 of the file after, the path.
// A dash stands for "no file", so the three kinds below are a new file, a replaced
// one and a removed one (the hashes are shortened here):
//
//	codicil journal 1 commit
//	- 2c26b4 privacy-policy/1.1.0/index.html
//	fcde2b baa5a0 privacy-policy/index.html
//	486ea4 - privacy-policy/upcoming/index.html
//	0263e9 7d865e .codicil/manifest
//	seal 3973e0
//
// The first line ends in "commit" or "apply". The last line is the SHA-256 of all
// bytes before it; a journal without it, or with a wrong one, is torn.
//
// # A change and its interruption
//
//  1. The new files are written to the stage. A file whose published bytes are
//     right already is not.
//  2. The journal is written and synced, and so is .codicil. From here the change
//     will be made.
//  3. Its lines are carried out. First go the removals that make room (a page
//     becomes a folder, or the reverse), then new files, then replaced ones, the
//     deepest first in each, then all other removals: a page appears before the
//     page that links to it. A folder that a removal leaves empty is removed too.
//  4. The journal is removed, then the stage.
//
// A process may die between any two operations. Without a journal, or with a torn
// one, nothing was published: the stage is discarded. With a sealed one the change
// is finished by doing step 3 again, where a line is done already if its staged
// file is gone, and a removal happens only while the file has the bytes that
// the line names. NewStage, Apply and Recover all begin with this.
//
// # Loss of power
//
// Apply syncs every file and folder, before the journal is sealed and before
// it is removed. Commit does so for the manifest and the journal alone: a site
// has 100,000 files and can be built again. After a loss of power a page of it may
// be old, empty or missing. This does not last, since a build compares its files
// with the bytes that are published and never trusts the manifest for them; and a
// staged file that lost its bytes is left out when the change is finished. (Only a page
// that lost its bytes and is not built any more stays, as one that somebody changed.)
package tree

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/dirhash"
)

// A Tree is a set of files: slash-separated relative paths and bytes.
// The zero value is empty. Once filled it is safe for concurrent use.
type Tree struct {
	files map[string][]byte
}

// Put adds a file. The tree keeps data, which must not change afterwards.
// Put panics if path is not a [ValidPath] or was put before.
func (t *Tree) Put(path string, data []byte) {
	if !ValidPath(path) {
		panic(fmt.Sprintf("tree: invalid path %q", path))
	}
	if _, ok := t.files[path]; ok {
		panic(fmt.Sprintf("tree: %s put twice", path))
	}
	if t.files == nil {
		t.files = map[string][]byte{}
	}
	t.files[path] = data
}

// ValidPath reports whether a tree can hold path: what [fs.ValidPath] accepts,
// except ".", backslashes and control characters (which neither the manifest
// nor every file system can hold) and .codicil, which is the package's own.
// Paths that come from an editor's file names are to be asked first.
func ValidPath(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return fs.ValidPath(path) && path != "." && !strings.EqualFold(first, stateDir) &&
		!strings.ContainsFunc(path, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' })
}

// Get returns the bytes of a file, and whether there is one.
func (t *Tree) Get(path string) ([]byte, bool) {
	data, ok := t.files[path]
	return data, ok
}

// Paths returns the paths of all files, sorted.
func (t *Tree) Paths() []string {
	return slices.Sorted(maps.Keys(t.files))
}

// Len returns the number of files.
func (t *Tree) Len() int {
	return len(t.files)
}

// Size returns the bytes of all files together.
func (t *Tree) Size() int64 {
	var size int64
	for _, data := range t.files {
		size += int64(len(data))
	}
	return size
}

// Digest returns a hash of all paths and bytes, of the form "h1:BASE64=". It is
// the one that go.sum uses: the SHA-256 of the tree's manifest.
func (t *Tree) Digest() string {
	digest, err := dirhash.Hash1(t.Paths(), func(path string) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(t.files[path])), nil
	})
	if err != nil {
		panic(err) // only for a newline in a path, which Put refuses
	}
	return digest
}
