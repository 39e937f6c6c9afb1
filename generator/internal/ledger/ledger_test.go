package ledger

import (
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/dirhash"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

const (
	indexMD = "---\ntitle: Terms\nversion: 1.0.0 # the first\neffective: \"2025-07\"\n---\nOpening.\n"
	feesMD  = "---\r\ntitle: Fees\r\n---\r\nYou pay **10**.\r\n"
)

// working returns content with one document that was never released.
func working() fstest.MapFS {
	return fstest.MapFS{
		"site.yaml":        {Data: []byte("title: Example\nurl: https://example.com\n")},
		"terms/index.md":   {Data: []byte(indexMD)},
		"terms/10-fees.md": {Data: []byte(feesMD)},
		"terms/chart.svg":  {Data: []byte("<svg/>")},
		"terms/.DS_Store":  {Data: []byte("x")},
	}
}

// released returns content with that document released as 1.0.0.
func released(t testing.TB) fstest.MapFS {
	files := working()
	freeze(t, files, Release{Number: legal.Number{Edition: 1}, Effective: legal.Date{Year: 2025, Month: 7}})
	return files
}

func freeze(t testing.TB, files fstest.MapFS, r Release) {
	t.Helper()
	lib, doc := load(t, files)
	out, err := Freeze(lib, doc, r)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range out.Paths() {
		data, _ := out.Get(p)
		files[p] = &fstest.MapFile{Data: data}
	}
}

func load(t testing.TB, files fs.FS) (*legal.Library, *legal.Document) {
	t.Helper()
	lib, _, err := legal.Open(files, "content")
	if err != nil {
		t.Fatal(err)
	}
	doc, _, err := legal.Load(lib, "terms")
	if err != nil {
		t.Fatal(err)
	}
	return lib, doc
}

// verify returns the lines of the problems that the ledger finds.
func verify(t testing.TB, files fs.FS) []string {
	t.Helper()
	lib, doc := load(t, files)
	sums, problems, err := Read(lib)
	if err != nil {
		t.Fatal(err)
	}
	found, err := Verify(lib, doc, sums)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, p := range append(problems, found...) {
		if p.Hint == "" {
			t.Errorf("%v: no hint", p)
		}
		lines = append(lines, p.String())
	}
	return lines
}

func TestFreeze(t *testing.T) {
	files := released(t)
	want := map[string]string{
		"terms/index.md":                indexMD,
		"terms/10-fees.md":              "---\r\ntitle: Fees\r\nversion: 1.0.0\r\neffective: 2025-07\r\n---\r\nYou pay **10**.\r\n",
		"terms/versions/1.0.0/index.md": indexMD,
	}
	for name, text := range want {
		if diff := cmp.Diff(text, string(files[name].Data)); diff != "" {
			t.Errorf("%s: want (-), got (+):\n%s", name, diff)
		}
	}
	if string(files["terms/versions/1.0.0/chart.svg"].Data) != "<svg/>" {
		t.Error("the attachment was not frozen")
	}
	if files["terms/versions/1.0.0/.DS_Store"] != nil {
		t.Error("a hidden file was frozen")
	}
	if got := verify(t, files); got != nil {
		t.Errorf("what was just frozen does not verify: %q", got)
	}
}

// What systems leave behind is no part of a version, and line ends that git
// changed are told from words that somebody did.
func TestHarmless(t *testing.T) {
	files := released(t)
	files["terms/versions/1.0.0/.DS_Store"] = &fstest.MapFile{Data: []byte("x")}
	if got := verify(t, files); got != nil {
		t.Errorf("a hidden file is reported: %q", got)
	}
	index := files["terms/versions/1.0.0/index.md"]
	index.Data = []byte(strings.ReplaceAll(string(index.Data), "\n", "\r\n"))
	if got := verify(t, files); len(got) != 1 || !strings.Contains(got[0], "index.md: the file of 1.0.0 has other line ends (CRLF) than it was released with") {
		t.Errorf("other line ends are reported as %q", got)
	}
}

func TestSumOrder(t *testing.T) {
	h := "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
	_, problems := parse([]byte("terms 1.1.0 "+h+"\npolicy 1.0.0 "+h+"\nterms 1.0.0 "+h+"\n"), "content/versions.sum")
	if len(problems) != 1 || problems[0].String() != "content/versions.sum:3:1: terms 1.0.0 stands below 1.1.0, which was released after it [sum-order]" {
		t.Errorf("the problems are %v", problems)
	}
}

// The hash is that of the library which go.sum is made with.
func TestHashIsDirhash(t *testing.T) {
	files := released(t)
	sub, err := fs.Sub(files, "terms/versions/1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(sub, "*")
	if err != nil {
		t.Fatal(err)
	}
	h, err := dirhash.Hash1(names, func(name string) (io.ReadCloser, error) { return sub.Open(name) })
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(files[SumFile].Data), "terms 1.0.0 "+h+"\n"; got != want {
		t.Errorf("versions.sum = %q, want %q", got, want)
	}
}

func TestSecondRelease(t *testing.T) {
	files := released(t)
	first := string(files[SumFile].Data)
	files["terms/10-fees.md"].Data = []byte(strings.Replace(string(files["terms/10-fees.md"].Data), "10", "12", 1))
	freeze(t, files, Release{Number: legal.Number{Edition: 1, Update: 1}, Effective: legal.Date{Year: 2026, Month: 1, Day: 1},
		Published: legal.Date{Year: 2025, Month: 12, Day: 1}, Summary: "It costs more.\nTwo."})
	if !strings.HasPrefix(string(files[SumFile].Data), first) {
		t.Error("versions.sum was rewritten, not appended to")
	}
	want := "---\ntitle: Terms\nversion: 1.1.0 # the first\neffective: 2026-01-01\nsummary: |\n  It costs more.\n  Two.\npublished: 2025-12-01\n---\nOpening.\n"
	if diff := cmp.Diff(want, string(files["terms/index.md"].Data)); diff != "" {
		t.Errorf("index.md: want (-), got (+):\n%s", diff)
	}
	if got := verify(t, files); got != nil {
		t.Errorf("does not verify: %q", got)
	}
}

func TestTampering(t *testing.T) {
	const dir = "content/terms/versions/1.0.0"
	for name, test := range map[string]struct {
		do   func(fstest.MapFS)
		want string
	}{
		"changed": {func(f fstest.MapFS) { f["terms/versions/1.0.0/10-fees.md"].Data[20]++ },
			dir + "/10-fees.md: the file of 1.0.0 was changed after its release [frozen-changed]"},
		"added": {func(f fstest.MapFS) {
			f["terms/versions/1.0.0/x.md"] = &fstest.MapFile{Data: []byte("---\ntitle: X\n---\n")}
		},
			dir + "/x.md: the file was added to 1.0.0 after its release [frozen-added]"},
		"removed": {func(f fstest.MapFS) { delete(f, "terms/versions/1.0.0/10-fees.md") },
			dir + "/10-fees.md: the file of 1.0.0 was removed after its release [frozen-removed]"},
		"list changed": {func(f fstest.MapFS) { f["terms/versions/1.0.0.sum"].Data[0]++ },
			dir + ".sum: the list of files of 1.0.0 was changed [frozen-changed]"},
		"list removed": {func(f fstest.MapFS) { delete(f, "terms/versions/1.0.0.sum") },
			dir + ".sum: the list of files of 1.0.0 was changed [frozen-changed]"},
		"both": {func(f fstest.MapFS) {
			f["terms/versions/1.0.0.sum"].Data[0]++
			f["terms/versions/1.0.0/10-fees.md"].Data[20]++
		}, dir + ": the files of 1.0.0 are not those that were released, and 1.0.0.sum, which would tell which one, was changed as well [frozen-changed]"},
		"line removed": {func(f fstest.MapFS) { f[SumFile].Data = nil },
			"content/versions.sum: there is no line for terms 1.0.0, which is frozen in " + dir + " [missing-sum]"},
		"line changed": {func(f fstest.MapFS) { f[SumFile].Data = []byte("terms 1.0.0 h1:short\n") },
			"content/versions.sum:1:1: the line is not DOCUMENT VERSION HASH [bad-sum]"},
		"version removed": {func(f fstest.MapFS) {
			for name := range maps.Clone(f) {
				if strings.HasPrefix(name, "terms/versions/") {
					delete(f, name)
				}
			}
		}, "content/versions.sum:1:1: terms 1.0.0 was released, but its folder " + dir + " is gone [missing-version]"},
	} {
		t.Run(name, func(t *testing.T) {
			files := released(t)
			test.do(files)
			if got := verify(t, files); !slices.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Any byte of a frozen file, changed to any other, fails verification and is
// told with the file's name.
func FuzzTampering(f *testing.F) {
	f.Add(uint(3), byte(1))
	f.Fuzz(func(t *testing.T, at uint, by byte) {
		files := released(t)
		for _, name := range slices.Sorted(maps.Keys(files)) {
			data := files[name].Data
			if !strings.HasPrefix(name, "terms/versions/1.0.0/") || by == 0 || len(data) == 0 {
				continue
			}
			data[at%uint(len(data))] ^= by
			found := verify(t, files)
			data[at%uint(len(data))] ^= by
			if !slices.ContainsFunc(found, func(line string) bool { return strings.HasPrefix(line, "content/"+name+": ") }) {
				t.Errorf("byte %d of %s was changed: %q", at%uint(len(data)), name, found)
			}
		}
	})
}

func TestOverlay(t *testing.T) {
	files := working()
	lib, doc := load(t, files)
	out, err := Freeze(lib, doc, Release{Number: legal.Number{Edition: 1}, Effective: legal.Date{Year: 2025, Month: 7}})
	if err != nil {
		t.Fatal(err)
	}
	all := []string{"site.yaml", SumFile}
	all = append(all, out.Paths()...)
	if err := fstest.TestFS(Overlay(files, out), all...); err != nil {
		t.Fatal(err)
	}
	if got := verify(t, Overlay(files, out)); got != nil {
		t.Errorf("does not verify: %q", got)
	}
}

// Freeze refuses what it cannot write with certainty.
func TestFreezeRefuses(t *testing.T) {
	files := released(t)
	lib, doc := load(t, files)
	if _, err := Freeze(lib, doc, Release{Number: legal.Number{Edition: 1}}); err == nil {
		t.Error("a version was frozen twice")
	}
	files["terms/index.md"].Data = []byte("---\ntitle: Terms\nversion:\n  1.0.0\neffective: 2025-07\n---\n")
	lib, doc = load(t, files)
	if out, err := Freeze(lib, doc, Release{Number: legal.Number{Edition: 2}, Effective: legal.Date{Year: 2027, Month: 1}}); err == nil {
		data, _ := out.Get("terms/index.md")
		t.Errorf("a value on a line of its own was edited into %q", data)
	}
}
