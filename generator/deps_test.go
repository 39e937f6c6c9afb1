package main

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport is the table of borders between the packages: what each may
// import of ours.
var mayImport = map[string][]string{
	"tree":    {},
	"legal":   {},
	"redline": {"legal"},
	"check":   {"legal", "redline"},
	"ledger":  {"legal", "tree"},
	"site":    {"legal", "redline", "ledger", "tree", "templates"},
	"serve":   {"tree"},
	"history": {"legal"},

	"engine":      {},
	"engine/wasm": {"site"},

	// For measuring; no part of the tool imports them.
	"bench":         {"legal"},
	"bench/library": {"bench"},
	"bench/scale":   {"bench", "legal", "redline"},
}

// mayTouch lists, for what reaches out of the process, the packages that may.
var mayTouch = map[string][]string{
	"os":       {"tree", "serve", "history", "bench", "bench/library", "bench/scale"},
	"os/exec":  {"history", "bench/scale"},
	"net":      {"serve"},
	"net/http": {"serve"},
}

const (
	module   = "github.com/nanoprompt/codicil/"
	internal = module + "generator/internal/"
)

// short returns the name that a package has in the tables.
func short(path string) string {
	for _, prefix := range []string{internal, module + "generator/", module} {
		if rest, ok := strings.CutPrefix(path, prefix); ok {
			return rest
		}
	}
	return path
}

func TestImports(t *testing.T) {
	list := exec.Command("go", "list", "-json=ImportPath,Imports", "./internal/...", "./bench/...", "./engine", module+"templates")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	list = exec.Command("go", "list", "-json=ImportPath,Imports", "./engine/wasm")
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	more, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	out = append(out, more...)
	seen := 0
	for d := json.NewDecoder(strings.NewReader(string(out))); ; seen++ {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		checkImports(t, short(p.ImportPath), p.Imports)
	}
	if want := len(mayImport) + 1; seen != want {
		t.Errorf("%d packages were seen, want %d: is one missing in the table?", seen, want)
	}
}

func checkImports(t *testing.T, name string, imports []string) {
	if name == "templates" {
		if !slices.Equal(imports, []string{"embed"}) {
			t.Errorf("templates imports %q, want embed alone", imports)
		}
		return
	}
	allowed, ok := mayImport[name]
	if !ok {
		t.Errorf("the package %s is not in the table", name)
	}
	for _, path := range imports {
		if strings.HasPrefix(path, module) && !slices.Contains(allowed, short(path)) {
			t.Errorf("%s imports %s", name, short(path))
		}
		if who, ok := mayTouch[path]; ok && !slices.Contains(who, name) {
			t.Errorf("%s imports %s", name, path)
		}
	}
}
