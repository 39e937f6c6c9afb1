package check

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// A silent edit is said with the words, link or file that it changed.
func TestSilentEdit(t *testing.T) {
	const base = `
-- base/code/versions/1.0.0/index.md --
---
title: Code
version: 1.0.0
effective: 2026-01-01
---
-- base/code/versions/1.0.0/10-scope.md --
---
title: Scope
---
It binds [all](/all/) members.
-- base/code/versions/1.0.0/plan.txt --
A
`
	for _, c := range []struct{ file, old, new, want string }{
		{"10-scope.md", "members", "guests", `its words were changed in the section "Scope": "It binds all members." became "It binds all guests."`},
		{"10-scope.md", "/all/", "/none/", `was changed in the section "Scope": "It binds all members.": its link leads to "/none/", not to "/all/"`},
		{"10-scope.md", "Scope", "Aims", `its file 10-scope.md was changed`},
		{"index.md", "2026-01-01", "2026-02-01", `its file index.md was changed`},
		{"plan.txt", "A", "B", `its file plan.txt was changed`},
		{"10-scope.md", "It binds", "It\nbinds", `its file 10-scope.md was changed`},
	} {
		edited := strings.ReplaceAll(base, "-- base/", "-- good/")
		head, rest, _ := strings.Cut(edited, "/"+c.file+" --\n")
		edited = head + "/" + c.file + " --\n" + strings.Replace(rest, c.old, c.new, 1)
		var said []string
		for _, r := range newTrial(t, txtar.Parse([]byte(base+edited)), "good/").docs {
			for _, p := range silentEdits(r) {
				said = append(said, p.Msg)
			}
		}
		if want := "1.0.0 is published, and " + c.want; len(said) != 1 || said[0] != want {
			t.Errorf("%s: of %q for %q is said %q, want %q", c.file, c.new, c.old, said, want)
		}
	}
}
