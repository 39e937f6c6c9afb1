package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const recordDoc = "docs/record.md"

// codeOf returns the blocks of a language on a page.
func codeOf(t *testing.T, file, language string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(data), -1) {
		blocks = append(blocks, m[1])
	}
	if len(blocks) == 0 {
		t.Fatalf("%s has no example in %s", file, language)
	}
	return blocks
}

// exampleSite builds the site that init writes.
func exampleSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, args := range [][]string{
		{"init", dir},
		{"build", "--content", filepath.Join(dir, "content"), "--out", filepath.Join(dir, "public"), "--as-of", "2026-12-01"},
	} {
		if status := run(args, io.Discard, os.Stderr); status != statusFine {
			t.Fatalf("%s exits with %d", args[0], status)
		}
	}
	return filepath.Join(dir, "public")
}

// TestRecordExcerpts: what the page shows of files is what a build makes.
func TestRecordExcerpts(t *testing.T) {
	site := exampleSite(t)
	var shown, made any
	if err := json.Unmarshal([]byte(codeOf(t, recordDoc, "json")[0]), &shown); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(site, "terms-of-service/versions.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &made); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(shown, restrict(made, shown)); diff != "" {
		t.Errorf("versions.json: -shown +made\n%s", diff)
	}
	timemap, err := os.ReadFile(filepath.Join(site, "privacy-policy/timemap.link"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(codeOf(t, recordDoc, "link")[0], string(timemap)); diff != "" {
		t.Errorf("timemap.link: -shown +made\n%s", diff)
	}
}

// restrict returns what of value has a place in shown.
func restrict(value, shown any) any {
	switch shown := shown.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, v := range value.(map[string]any) {
			if s, ok := shown[key]; ok {
				out[key] = restrict(v, s)
			}
		}
		return out
	case []any:
		var out []any
		for i, v := range value.([]any) {
			if i < len(shown) {
				out = append(out, restrict(v, shown[i]))
			}
		}
		return out
	}
	return value
}

// TestRecordScripts runs the page's JavaScript on the record of a build; each line that
// it prints is the one that stands beside it as a comment.
func TestRecordScripts(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node")
	}
	script := strings.Join(codeOf(t, recordDoc, "js"), "\n")
	var want []string
	for _, m := range regexp.MustCompile(`(?m)^console\.log\(.*\); // (.*)$`).FindAllStringSubmatch(script, -1) {
		want = append(want, m[1])
	}
	stub := `import { readFileSync } from "node:fs";
globalThis.fetch = async (address) => ({ json: async () => JSON.parse(readFileSync(process.argv[2] + new URL(address).pathname)) });
`
	file := filepath.Join(t.TempDir(), "example.mjs")
	if err := os.WriteFile(file, []byte(stub+script), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(node, file, exampleSite(t)).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if diff := cmp.Diff(want, strings.Split(strings.TrimSpace(string(out)), "\n")); diff != "" {
		t.Errorf("-said +printed\n%s", diff)
	}
}

// TestRecordQuery asks a database for those who accepted nothing, or too early a version.
func TestRecordQuery(t *testing.T) {
	sqlite, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("there is no sqlite3")
	}
	var script bytes.Buffer
	script.WriteString("CREATE TABLE people (id INTEGER, name TEXT);\nCREATE TABLE acceptances (person INTEGER, edition INTEGER, revision INTEGER, correction INTEGER);\n")
	for i, p := range []struct{ name, accepted string }{
		{"never", ""}, {"early", "1, 9, 9"}, {"then", "2, 0, 0"}, {"later", "2, 10, 0"}, {"again", "1, 0, 0"}, {"both", "1, 0, 0"},
	} {
		fmt.Fprintf(&script, "INSERT INTO people VALUES (%d, '%s');\n", i, p.name)
		if p.accepted != "" {
			fmt.Fprintf(&script, "INSERT INTO acceptances VALUES (%d, %s);\n", i, p.accepted)
		}
		if p.name == "both" {
			fmt.Fprintf(&script, "INSERT INTO acceptances VALUES (%d, 2, 1, 0);\n", i)
		}
	}
	script.WriteString(codeOf(t, recordDoc, "sql")[0])
	c := exec.Command(sqlite, ":memory:")
	c.Stdin = &script
	out, err := c.CombinedOutput()
	if got := strings.Fields(string(out)); err != nil || strings.Join(got, " ") != "again early never" {
		t.Errorf("to be asked are %q (%v), want again, early and never", got, err)
	}
}
