package main

import (
	"encoding/json"
	"io"
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
}

// mayTouch lists, for what reaches out of the process, the packages that may.
var mayTouch = map[string][]string{
	"os":       {"tree", "serve"},
	"os/exec":  {},
	"net":      {"serve"},
	"net/http": {"serve"},
}

const (
	module   = "github.com/nanoprompt/codicil/"
	internal = module + "generator/internal/"
)

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./internal/...", module+"templates").Output()
	if err != nil {
		t.Fatal(err)
	}
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
		checkImports(t, strings.TrimPrefix(p.ImportPath, internal), p.Imports)
	}
	if want := len(mayImport) + 1; seen != want {
		t.Errorf("%d packages were seen, want %d: is one missing in the table?", seen, want)
	}
}

func checkImports(t *testing.T, name string, imports []string) {
	if name == module+"templates" {
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
		ours := strings.HasPrefix(path, module)
		short := strings.TrimPrefix(strings.TrimPrefix(path, internal), module)
		if ours && !slices.Contains(allowed, short) {
			t.Errorf("%s imports %s", name, short)
		}
		if who, ok := mayTouch[path]; ok && !slices.Contains(who, name) {
			t.Errorf("%s imports %s", name, path)
		}
	}
}
