package tree

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/dirhash"
)

func TestTree(t *testing.T) {
	var tr Tree
	if got := tr.Paths(); len(got) != 0 || tr.Len() != 0 || tr.Size() != 0 {
		t.Errorf("zero Tree has %d files, %d bytes, paths %v", tr.Len(), tr.Size(), got)
	}
	tr.Put("b/index.html", []byte("second"))
	tr.Put("a.txt", []byte("first"))
	tr.Put("b.txt", nil)
	if diff := cmp.Diff([]string{"a.txt", "b.txt", "b/index.html"}, tr.Paths()); diff != "" {
		t.Errorf("Paths (-want +got):\n%s", diff)
	}
	if tr.Len() != 3 || tr.Size() != 11 {
		t.Errorf("Len, Size = %d, %d, want 3, 11", tr.Len(), tr.Size())
	}
	if data, ok := tr.Get("a.txt"); !ok || string(data) != "first" {
		t.Errorf("Get(a.txt) = %q, %v", data, ok)
	}
	if _, ok := tr.Get("b"); ok {
		t.Error("Get(b) finds a folder")
	}
}

func TestValidPath(t *testing.T) {
	for _, test := range []struct {
		path string
		want bool
	}{
		{"index.html", true},
		{"privacy-policy/1.1.0/index.html", true},
		{"Datenschutz/Erklärung 1.pdf", true},
		{"a/.codicil", true},
		{"", false},
		{".", false},
		{"..", false},
		{"../a", false},
		{"a/../b", false},
		{"/a", false},
		{"a/", false},
		{"a//b", false},
		{"a\\b", false},
		{"a\nb", false},
		{"a\x00b", false},
		{"a\xffb", false},
		{".codicil", false},
		{".codicil/manifest", false},
		{".Codicil/manifest", false},
	} {
		if got := ValidPath(test.path); got != test.want {
			t.Errorf("ValidPath(%q) = %v, want %v", test.path, got, test.want)
		}
	}
}

func TestPutPanics(t *testing.T) {
	for _, paths := range [][]string{{"../a"}, {""}, {"a", "a"}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("Put of %q does not panic", paths)
				}
			}()
			var tr Tree
			for _, p := range paths {
				tr.Put(p, nil)
			}
		}()
	}
}

func TestDigest(t *testing.T) {
	files := map[string]string{"index.html": "home", "a/b.html": "b", "a.html": "a"}
	tr := treeOf(files)
	want, err := dirhash.Hash1(tr.Paths(), func(p string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(files[p])), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := tr.Digest(); got != want {
		t.Errorf("Digest() = %s, want %s", got, want)
	}
	for _, other := range []map[string]string{
		{},
		{"index.html": "home", "a/b.html": "b", "a.html": "A"},
		{"index.html": "home", "a/c.html": "b", "a.html": "a"},
		{"index.html": "home", "a/b.html": "b"},
	} {
		if treeOf(other).Digest() == want {
			t.Errorf("Digest of %v is that of %v", other, files)
		}
	}
}

func TestManifest(t *testing.T) {
	files := map[string]sum{
		"a/index.html": sumOf([]byte("home")),
		"404.html":     sumOf([]byte("foo")),
		"two  spaces":  sumOf(nil),
	}
	text := formatManifest(files)
	want := "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae  404.html\n"
	if first, _, _ := strings.Cut(string(text), "a/index"); !strings.HasPrefix(first, want) {
		t.Errorf("manifest begins %q, want %q", first, want)
	}
	got, err := parseManifest(text)
	if diff := cmp.Diff(files, got); err != nil || diff != "" {
		t.Errorf("parseManifest: %v (-want +got):\n%s", err, diff)
	}
	hash := strings.Repeat("ab", 32)
	for _, bad := range []string{"x\n", "-  a\n", hash + " a\n", hash + "  ../a\n", hash[1:] + "  a\n", "\n"} {
		if _, err := parseManifest([]byte(bad)); err == nil {
			t.Errorf("parseManifest(%q) succeeds", bad)
		}
	}
}

func someJournal() journal {
	one, two := sumOf([]byte("1")), sumOf([]byte("2"))
	return journal{changes: []change{
		{"new.html", sum{}, one},
		{"a/with a space.html", one, two},
		{"gone.html", two, sum{}},
		{manifestFile, one, two},
	}}
}

func TestJournal(t *testing.T) {
	for _, durable := range []bool{false, true} {
		want := someJournal()
		want.durable = durable
		text := want.format()
		got, err := parseJournal(text)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(journal{}, change{})); err != nil || diff != "" {
			t.Errorf("parseJournal: %v (-want +got):\n%s", err, diff)
		}
	}
}

// A journal that is cut anywhere, or has one wrong byte, is torn.
func TestTornJournal(t *testing.T) {
	text := someJournal().format()
	for n := range text {
		if _, err := parseJournal(text[:n]); err != errTorn {
			t.Errorf("parseJournal of %d bytes of %d: %v, want errTorn", n, len(text), err)
		}
		bad := bytes.Clone(text)
		bad[n] ^= 1
		if _, err := parseJournal(bad); err != errTorn {
			t.Errorf("parseJournal with byte %d changed: %v, want errTorn", n, err)
		}
	}
}

// A journal that is sealed but not understood must not be discarded.
func TestUnknownJournal(t *testing.T) {
	for _, body := range []string{
		"codicil journal 2 commit\n",
		headerCommit + "\nx\n",
		headerCommit + "\n- - ../a\n",
		headerCommit + "\n- zz a\n",
	} {
		text := body + "seal " + sumOf([]byte(body)).String() + "\n"
		if _, err := parseJournal([]byte(text)); err == nil || err == errTorn {
			t.Errorf("parseJournal(%q) = %v, want another error", text, err)
		}
	}
}

func TestInOrder(t *testing.T) {
	one, two := sum{1}, sum{2}
	changes := []change{
		{"z", one, sum{}},
		{"index.html", one, two},
		{"a", one, sum{}},
		{"b/x", one, sum{}},
		{"new.html", sum{}, one},
		{"a/index.html", sum{}, one},
		{"b", sum{}, one},
		{"deep/page.html", one, two},
		{"y/z", one, sum{}},
	}
	inOrder(changes)
	var got []string
	for _, c := range changes {
		got = append(got, c.path)
	}
	want := []string{
		"b/x", "a", // make room
		"a/index.html", "b", "new.html", // new
		"deep/page.html", "index.html", // replaced
		"y/z", "z", // removed
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("inOrder (-want +got):\n%s", diff)
	}
}
