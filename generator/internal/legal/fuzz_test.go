package legal

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/tools/txtar"
)

// Whatever is in the files, they are read, and what they give can be relied
// on: positions lie in the file, and line ends, a byte order mark and the
// composition of characters make no difference.
func FuzzLoad(f *testing.F) {
	names, _ := filepath.Glob("testdata/*/*.txtar")
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			f.Add(file.Data, []byte("---\ntitle: A\nid: a\n---\n"+string(file.Data)))
		}
	}
	f.Fuzz(func(t *testing.T, index, section []byte) {
		files := fstest.MapFS{
			"site.yaml":                 {Data: index},
			"a/index.md":                {Data: index},
			"a/10-s.md":                 {Data: section},
			"a/versions/1.0.0/index.md": {Data: section},
		}
		for _, p := range loadAll(t, files) {
			source := Canon(data(files, strings.TrimPrefix(p.File, "content/")))
			if lines := bytes.Count(source, []byte("\n")) + 1; p.Line > lines {
				t.Errorf("%v: the file has %d lines", p, lines)
			}
		}
		sameText(t, section)
	})
}

// sameText checks that source reads the same in every spelling of its bytes.
func sameText(t *testing.T, source []byte) {
	plain := Canon(source)
	if again := Canon(plain); !bytes.Equal(again, plain) {
		t.Errorf("Canon(Canon(%q)) = %q, want %q", source, again, plain)
	}
	want, _ := Parse(plain, "a.md", 1)
	for _, other := range [][]byte{
		bytes.ReplaceAll(plain, []byte("\n"), []byte("\r\n")),
		bytes.ReplaceAll(plain, []byte("\n"), []byte("\r")),
		append([]byte("\ufeff"), plain...),
		norm.NFD.Bytes(plain),
	} {
		if got, _ := Parse(other, "a.md", 1); got.Canonical() != want.Canonical() {
			t.Errorf("%q reads as\n%s, but %q as\n%s", other, got.Canonical(), plain, want.Canonical())
		}
	}
}

// Every odd file gives a text in which no word is lost.
func TestOdd(t *testing.T) {
	const dir = "../../../../shared/corpora/odd"
	names, _ := filepath.Glob(dir + "/*.md")
	if len(names) == 0 {
		t.Skip("the corpora are not here")
	}
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		v, _ := ReadFile(source, filepath.Base(name))
		if len(v.Sections[0].Body.Blocks) == 0 && len(bytes.TrimSpace(source)) > 0 {
			t.Errorf("%s: no block was read", name)
		}
		sameText(t, source)
	}
}

func data(files fstest.MapFS, name string) []byte {
	if f := files[name]; f != nil {
		return f.Data
	}
	return nil
}
