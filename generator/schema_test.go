package main

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// schemaFiles says which schema describes which file of a library.
var schemaFiles = map[string]string{
	"site":    "site.yaml",
	"index":   "terms/index.md",
	"section": "terms/10-fees.md",

	"translation": "terms/index.de.md",
}

// readSchema returns a schema that init writes, as text and compiled.
func readSchema(t *testing.T, name string) (map[string]any, *jsonschema.Schema) {
	t.Helper()
	data, err := editorFiles.ReadFile("editor/" + name + ".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	text, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, text); err != nil {
		t.Fatal(err)
	}
	return text.(map[string]any), c.MustCompile(name)
}

// libraryWith returns what is wrong in a library whose file of that name holds
// the settings head.
func libraryWith(t *testing.T, file, head string) []legal.Problem {
	t.Helper()
	files := fstest.MapFS{}
	for name, data := range map[string]string{
		"site.yaml":        "title: T\nurl: https://example.com",
		"terms/index.md":   "title: Terms\nversion: 1.0.0\neffective: 2026-01-01",
		"terms/10-fees.md": "title: Fees",

		"terms/index.de.md": "",
	} {
		if data == "" && name != file {
			continue
		}
		if name == file {
			data = head
		}
		if path.Ext(name) == ".md" {
			data = "---\n" + data + "\n---\nText."
		}
		files[name] = &fstest.MapFile{Data: []byte(data + "\n")}
	}
	lib, problems, err := legal.Open(files, "")
	if err != nil {
		t.Fatal(err)
	}
	_, more, err := legal.Load(lib, "terms")
	if err != nil {
		t.Fatal(err)
	}
	return append(problems, more...)
}

// TestSchemaKeys holds the schemas to the keys that the reader knows: it names
// them to who writes another.
func TestSchemaKeys(t *testing.T) {
	for name, file := range schemaFiles {
		text, _ := readSchema(t, name)
		want := slices.Sorted(maps.Keys(text["properties"].(map[string]any)))
		var got []string
		for _, p := range libraryWith(t, file, "quux: 1") {
			if p.Rule == "unknown-key" {
				got = strings.Split(strings.TrimPrefix(p.Hint, "known are "), ", ")
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%s.schema.json: -reader +schema\n%s", name, diff)
		}
	}
}

// TestSchemaValues gives values to the schemas and to the reader, which agree.
func TestSchemaValues(t *testing.T) {
	for _, c := range []struct {
		schema, line string
		fine         bool
	}{
		{"site", "timezone: Europe/Berlin", true},
		{"site", "rules: {bare-link: warning}", true},
		{"site", "rules: {bare-link: loud}", false},
		{"site", "url: example.com", false},
		{"site", "url: https://example.com/?a", false},
		{"site", "title: [a]", false},
		{"index", "version: 1.0", false},
		{"index", "version: 0.1.0", false},
		{"index", "version: 1.01.0", false},
		{"index", "version: 12.0.3", true},
		{"index", "effective: 2026-01", true},
		{"index", "effective: 2026-13", false},
		{"index", "effective: 2026-01-32", false},
		{"index", "effective: 1.1.2026", false},
		{"index", "effective: 0999-01-01", false},
		{"index", "published: soon", false},
		{"index", "material: true", true},
		{"index", "material: maybe", false},
		{"index", "summary: [a]", false},
		{"index", "prevails: fr", true},
		{"index", "prevails: [fr]", false},
		{"translation", "translates: 1.0.0", true},
		{"translation", "translates: 1.0", false},
		{"translation", "effective: 2026-13", false},
		{"section", "id: fees", true},
		{"section", "id: Fees", false},
		{"section", "id: a--b", false},
		{"section", "was: [old-fees, prices]", true},
		{"section", "was: prices", false},
		{"section", "was: [Prices]", false},
	} {
		key, _, _ := strings.Cut(c.line, ":")
		head := c.line
		for _, line := range []string{"title: T", "url: https://example.com"} {
			if needed, _, _ := strings.Cut(line, ":"); needed != key && (needed == "title" || c.schema == "site") {
				head += "\n" + line
			}
		}
		problems := libraryWith(t, schemaFiles[c.schema], head)
		read := !slices.ContainsFunc(problems, func(p legal.Problem) bool { return strings.HasPrefix(p.Rule, "bad-") || p.Rule == "wrong-type" })
		_, s := readSchema(t, c.schema)
		if err := s.Validate(settings(t, []byte(head))); read != c.fine || (err == nil) != c.fine {
			t.Errorf("%s: %s: the reader says %v (%v), the schema says %v; want %v", c.schema, c.line, read, problems, err, c.fine)
		}
	}
}

// settings returns what YAML holds, with dates and versions as the text that
// editors take them for.
func settings(t *testing.T, source []byte) any {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal(source, &n); err != nil {
		t.Fatal(err)
	}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if n.ShortTag() == "!!timestamp" {
			n.Tag = "!!str"
		}
		for _, m := range n.Content {
			walk(m)
		}
	}
	walk(&n)
	var v map[string]any
	if err := n.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestSchemaExample holds every file of the example to the schemas.
func TestSchemaExample(t *testing.T) {
	seen := 0
	err := fs.WalkDir(example, "example/content", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name := "section"
		switch {
		case path.Base(p) == "site.yaml":
			name = "site"
		case path.Base(p) == "index.md":
			name = "index"
		case strings.HasPrefix(path.Base(p), "index."):
			name = "translation"
		case path.Ext(p) != ".md":
			return nil
		}
		source, err := example.ReadFile(p)
		if err != nil {
			return err
		}
		if name != "site" {
			source = bytes.SplitN(source, []byte("---\n"), 3)[1]
		}
		seen++
		_, s := readSchema(t, name)
		if err := s.Validate(settings(t, source)); err != nil {
			t.Errorf("%s: %v", p, err)
		}
		return nil
	})
	if err != nil || seen < 50 {
		t.Errorf("%d files were seen: %v", seen, err)
	}
}
