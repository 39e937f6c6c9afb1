package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/nanoprompt/codicil/generator/internal/history"
	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// someImports are documents with a history of every kind: renames, merges, HTML,
// footnotes, scripts from right to left, a removal.
var someImports = []string{
	"basecamp+policies/sla", "npm+policies/archived__unpublish", "cisagov+cyber.dhs.gov/pages__guide",
	"EthicalSource+contributor_covenant/content__version__1__4__code-of-conduct.fa-ir", "steeve+france.code-civil/Livre_Ier__Titre_II__Article_63",
	"mozilla+legal-docs/fa__common_voice_privacy_notice", "bundestag+gesetze/t__tmg", "18F+open-source-policy/policy",
}

// Real histories are imported, with every state that is known of them, and
// give a site without a fault.
func TestImportCorpora(t *testing.T) {
	docs := imported(t)
	dir := t.TempDir()
	content := filepath.Join(dir, "content")
	if err := os.MkdirAll(content, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(content, "site.yaml"), []byte("title: Imported\nurl: https://imported.example\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		importSpecimen(t, dir, content, d)
	}
	must(t, "check", "--content", content)
	must(t, "verify", "--content", content)
	must(t, "build", "--content", content, "--out", filepath.Join(dir, "public"), "--as-of", "2026-11-24")
}

func imported(t *testing.T) []manifestDocument {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("the git command is not installed")
	}
	docs := manifestDocuments(t)
	if *corporaFlag != "all" {
		docs = slices.DeleteFunc(docs, func(d manifestDocument) bool { return !slices.Contains(someImports, d.ID) })
	}
	return docs
}

// must runs the tool and returns what it printed.
func must(t *testing.T, args ...string) string {
	t.Helper()
	var messages bytes.Buffer
	if status := run(args, &messages, &messages); status != statusFine {
		t.Fatalf("%s exits with %d:\n%s", strings.Join(args, " "), status, messages.String()[:min(messages.Len(), 4000)])
	}
	return messages.String()
}

func importSpecimen(t *testing.T, dir, content string, d manifestDocument) {
	t.Helper()
	start := time.Now()
	source, _, _ := strings.Cut(d.ID, "/")
	repo := filepath.Join(dir, source)
	if _, err := os.Stat(repo); err != nil {
		clone := exec.Command("git", "clone", "-q", "--bare", "-b", "main", filepath.Join(corpora, "bundles", source+".bundle"), repo)
		if out, err := clone.CombinedOutput(); err != nil {
			t.Fatalf("clone %s: %v\n%s", source, err, out)
		}
	}
	name := strings.Trim(manyHyphens.ReplaceAllString(strings.ToLower(d.ID), "-"), "-")
	plan := filepath.Join(dir, name+".yaml")
	must(t, "import", "git", repo, "--rev", "main", "--path", d.Path, "--document", name, "--plan", plan)
	must(t, "import", "--apply", plan, "--content", content)
	text, err := os.ReadFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range d.History {
		if h.File != "" && !bytes.Contains(text, []byte(h.Blob)) {
			t.Errorf("%s: the plan does not have the state %s of %s", d.ID, h.Blob, h.File)
		}
	}
	lib, _, err := legal.Open(os.DirFS(content), "content")
	if err != nil {
		t.Fatal(err)
	}
	doc, _, err := legal.Load(lib, name)
	if err != nil {
		t.Fatal(err)
	}
	p, problems := history.ParsePlan(text, plan)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, v := range p.Versions {
		sameWords(t, d, repo, doc.Version(v.Number), v.Text)
	}
	t.Logf("%-90s %3d versions of %3d states: %v", d.ID, len(p.Versions), len(d.History), time.Since(start).Round(time.Millisecond))
}

var manyHyphens = regexp.MustCompile(`[^a-z0-9]+`)

// sameWords compares the words of a version with those of the text in git, where
// that holds nothing but Markdown.
func sameWords(t *testing.T, d manifestDocument, repo string, v *legal.Version, blob string) {
	t.Helper()
	show := exec.Command("git", "cat-file", "blob", blob)
	show.Dir = repo
	source, err := show.Output()
	if err != nil {
		t.Fatal(err)
	}
	plain := legal.Canon(body(source))
	if bytes.ContainsAny(plain, "<{") || bytes.HasPrefix(plain, []byte("+++")) {
		return
	}
	whole, _ := legal.Parse(plain, "", 1)
	want := letters(whole.Plain())
	var got strings.Builder
	got.WriteString(letters(v.Opening.Plain()))
	for _, s := range v.Sections {
		got.WriteString(letters(s.Title) + letters(s.Body.Plain()))
	}
	if g := got.String(); g != want && letters(v.Title)+g != want {
		t.Errorf("%s %s has other words than %s", d.ID, v.Number, blob)
	}
}

// frontMatter is what other systems put before a text.
var frontMatter = regexp.MustCompile(`\A\x{feff}?---[ \t]*\r?\n(?s:.*?)\n---[ \t]*(?:\r?\n|\z)`)

// body returns a text without what other systems put before it.
func body(source []byte) []byte {
	source = frontMatter.ReplaceAll(source, nil)
	return bytes.ToValidUTF8(bytes.ReplaceAll(source, []byte{0}, []byte("\ufffd")), []byte("\ufffd"))
}

// letters returns s without white space and form.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
