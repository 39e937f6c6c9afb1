package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// Every rule that the sources of the packages name is in the list of ids, and
// every id of the list is named there.
func TestIDs(t *testing.T) {
	found := map[string]bool{}
	for _, name := range []string{"legal", "ledger", "check"} {
		files := parseGo(t, filepath.Join("..", name, "*.go"))
		places := rulePlaces(files)
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				for _, e := range places.values(n) {
					if id, ok := literal(e); ok {
						found[id] = true
					} else if _, passed := e.(*ast.Ident); !passed && !isRuleField(e) {
						t.Errorf("%s: a rule's id is put together, so that it cannot be found", name)
					}
				}
				return true
			})
		}
	}
	var got []string
	for id := range found {
		got = append(got, id)
	}
	slices.Sort(got)
	if diff := cmp.Diff(got, IDs()); diff != "" {
		t.Errorf("the table is not that of the sources: in them (-), in the table (+):\n%s", diff)
	}
}

func parseGo(t *testing.T, pattern string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no file matches %s", pattern)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// places says where a package's sources hold ids of rules: by a function's or
// a type's name, the index of the argument or field.
type places struct {
	calls, types map[string]int
}

// rulePlaces finds the parameters called rule, and the fields called rule or,
// of a Rule, ID.
func rulePlaces(files []*ast.File) places {
	p := places{map[string]int{}, map[string]int{}}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if i := index(n.Type.Params, "rule"); i >= 0 {
					p.calls[n.Name.Name] = i
				}
			case *ast.TypeSpec:
				s, ok := n.Type.(*ast.StructType)
				if !ok {
					break
				}
				if i := index(s.Fields, "rule"); i >= 0 {
					p.types[n.Name.Name] = i
				} else if n.Name.Name == "Rule" {
					p.types["Rule"] = index(s.Fields, "ID")
				}
			}
			return true
		})
	}
	return p
}

// index returns the index of the field of that name and type string, or -1.
func index(fields *ast.FieldList, name string) int {
	i := 0
	for _, f := range fields.List {
		typ, _ := f.Type.(*ast.Ident)
		for _, n := range f.Names {
			if n.Name == name && typ != nil && typ.Name == "string" {
				return i
			}
			i++
		}
	}
	return -1
}

// values returns what n gives as ids of rules.
func (p places) values(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		if i, ok := p.calls[name]; ok && i < len(n.Args) {
			return n.Args[i : i+1]
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Rule" {
			return []ast.Expr{n.Value}
		}
	case *ast.CompositeLit:
		typ := n.Type
		if list, ok := typ.(*ast.ArrayType); ok {
			return p.elements(list.Elt, n.Elts)
		}
		return p.elements(typ, []ast.Expr{n})
	}
	return nil
}

// elements returns the ids in literals of the type typ.
func (p places) elements(typ ast.Expr, literals []ast.Expr) []ast.Expr {
	name, ok := typ.(*ast.Ident)
	if !ok {
		return nil
	}
	i, ok := p.types[name.Name]
	if !ok {
		return nil
	}
	var ids []ast.Expr
	for _, l := range literals {
		if c, ok := l.(*ast.CompositeLit); ok && i < len(c.Elts) {
			ids = append(ids, c.Elts[i])
		}
	}
	return ids
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok {
		return "", false
	}
	s, err := strconv.Unquote(l.Value)
	return s, err == nil
}

// isRuleField reports whether e hands on an id that was named elsewhere.
func isRuleField(e ast.Expr) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && (strings.EqualFold(s.Sel.Name, "rule") || s.Sel.Name == "ID")
}

// A setting of a rule that does not exist is reported, with the one that may
// have been meant.
func TestUnknownRule(t *testing.T) {
	site := legal.Site{Rules: map[string]string{
		"raw-htlm": "off", "dangling_anchor": "error", "Raw-HTML": "off", "missing-attachments": "off", "spelling": "off", "raw-html": "off",
	}}
	var got []string
	for _, p := range Settings(site) {
		got = append(got, p.Msg+" ["+p.Rule+"] "+p.Hint)
	}
	want := []string{
		`there is no rule "Raw-HTML" [unknown-rule] did you mean raw-html?`,
		`there is no rule "dangling_anchor" [unknown-rule] did you mean dangling-anchor?`,
		`there is no rule "missing-attachments" [unknown-rule] did you mean missing-attachment?`,
		`there is no rule "raw-htlm" [unknown-rule] did you mean raw-html?`,
		`there is no rule "spelling" [unknown-rule] a problem's rule stands in brackets at its end, e.g. [raw-html]; codicil check --rules lists them`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}
