package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanoprompt/codicil/generator/internal/check"
)

// docs/rules.md is what check --rules prints. UPDATE=1 writes it again.
func TestRulesPage(t *testing.T) {
	const file = "docs/rules.md"
	var want bytes.Buffer
	if err := check.Write(&want); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.String(), string(got)); diff != "" {
		t.Errorf("%s is not what the rules are: go test -run RulesPage with UPDATE=1; want (-), got (+):\n%s", file, diff)
	}
}
