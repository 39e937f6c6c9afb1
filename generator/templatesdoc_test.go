package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What templates can show is written down from the types that they get. UPDATE=1 writes it.
func TestTemplatesDoc(t *testing.T) {
	const file = "docs/templates.md"
	want := templatesDoc(t)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s is not what the types say (-want +got); UPDATE=1 writes it:\n%s", file, diff)
	}
}

// Every block that a template can define anew is described.
func TestBlocksDoc(t *testing.T) {
	doc, err := os.ReadFile("docs/themes.md")
	if err != nil {
		t.Fatal(err)
	}
	base, err := os.ReadFile("../templates/base.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(base), `{{block "`)[1:] {
		name, _, _ := strings.Cut(part, `"`)
		if !strings.Contains(string(doc), "| `"+name+"` |") {
			t.Errorf("docs/themes.md does not describe the block %s", name)
		}
	}
}

// templatesDoc describes the fields of the pages, and of what they hold.
func templatesDoc(t *testing.T) string {
	types := structs(t, "internal/site")
	var w strings.Builder
	w.WriteString(`# What templates get

Each kind of page is a template, and gets a value of the type that is named like it. Its fields are what the template can show, as
` + "`{{.Title}}`" + `; a value that holds others has a table of its own below. Those of ` + "`Frame`" + ` are in every page. This page is written from
the [types themselves](../internal/site).
`)
	queue := []string{"Frame"}
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range types {
			if !yield(name) {
				return
			}
		}
	}) {
		if strings.HasSuffix(name, "Page") && ast.IsExported(name) && slices.ContainsFunc(types[name].fields, func(f structField) bool { return f.name == "Frame" }) {
			queue = append(queue, name)
		}
	}
	for i := 0; i < len(queue); i++ {
		s := types[queue[i]]
		fmt.Fprintf(&w, "\n## %s\n%s\n\n| field | type | |\n| --- | --- | --- |\n", queue[i], s.doc)
		for _, f := range s.fields {
			fmt.Fprintf(&w, "| `%s` | `%s` | %s |\n", f.name, f.typ, f.doc)
			for _, other := range f.names {
				if _, ok := types[other]; ok && ast.IsExported(other) && other != "Words" && !slices.Contains(queue, other) {
					queue = append(queue, other)
				}
			}
		}
	}
	return w.String()
}

type structType struct {
	doc    string
	fields []structField
}

type structField struct {
	name, typ, doc string
	names          []string // of types in typ
}

// structs returns the structures of the package in a folder.
func structs(t *testing.T, dir string) map[string]structType {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal("there are no sources", err)
	}
	types := map[string]structType{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			g, ok := decl.(*ast.GenDecl)
			if !ok || g.Tok != token.TYPE {
				continue
			}
			for _, spec := range g.Specs {
				typ := spec.(*ast.TypeSpec)
				if s, ok := typ.Type.(*ast.StructType); ok {
					types[typ.Name.Name] = structType{cellText(g.Doc.Text()), structFields(s)}
				}
			}
		}
	}
	return types
}

func structFields(s *ast.StructType) []structField {
	var out []structField
	for _, f := range s.Fields.List {
		typ := typeText(f.Type)
		field := structField{typ: typ, doc: cellText(f.Doc.Text() + " " + f.Comment.Text()), names: strings.FieldsFunc(typ, func(r rune) bool { return strings.ContainsRune("[]*. ", r) })}
		if len(f.Names) == 0 {
			field.name = typ
			out = append(out, field)
		}
		for _, name := range f.Names {
			if field.name = name.Name; name.IsExported() {
				out = append(out, field)
			}
		}
	}
	return out
}

func typeText(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.StarExpr:
		return "*" + typeText(e.X)
	case *ast.ArrayType:
		return "[]" + typeText(e.Elt)
	case *ast.SelectorExpr:
		return typeText(e.X) + "." + e.Sel.Name
	case *ast.MapType:
		return "map[" + typeText(e.Key) + "]" + typeText(e.Value)
	}
	return fmt.Sprintf("%T", e)
}

// cellText returns a comment as one line of a table.
func cellText(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "|", `\|`)
}
