package legal

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestTurns(t *testing.T) {
	for _, c := range []struct {
		name, day string
		versions  []string // number, published (- for none) and effective
		want      []string
	}{
		{"none lies ahead", "2026-01-01", []string{"1.0.0 - 2026-01-01"}, nil},
		{"announced, then in force", "2026-01-01",
			[]string{"1.0.0 - 2025-07", "1.1.0 2026-02-01 2026-03-01"},
			[]string{"2026-02-01 1.1.0 announced", "2026-03-01 1.1.0 in force"}},
		{"a month begins on its first day", "2026-01-15", []string{"1.0.0 - 2025-07", "1.1.0 - 2026-02"},
			[]string{"2026-02-01 1.1.0 in force"}},
		{"announced on the day on which it applies", "2026-01-01",
			[]string{"1.0.0 - 2025-07", "1.1.0 2026-02-01 2026-02-01"},
			[]string{"2026-02-01 1.1.0 in force"}},
		{"replaced before it applies", "2026-01-01",
			[]string{"1.0.0 - 2025-07", "1.1.0 2025-12-01 2026-04-01", "1.2.0 2026-01-01 2026-03-01"},
			[]string{"2026-03-01 1.2.0 in force"}},
		{"the day itself has come", "2026-03-01",
			[]string{"1.0.0 - 2025-07", "1.1.0 - 2026-03-01", "1.2.0 - 2026-03-02"},
			[]string{"2026-03-02 1.2.0 in force"}},
	} {
		files := fstest.MapFS{"site.yaml": {Data: []byte("title: T\nurl: https://example.com\n")}}
		for _, line := range append(c.versions, "9.9.9 2026-01-02 2026-01-03") {
			f := strings.Fields(line)
			index := "---\ntitle: Terms\nversion: " + f[0] + "\neffective: " + f[2] + "\nsummary: S.\n"
			if f[1] != "-" {
				index += "published: " + f[1] + "\n"
			}
			dir := "terms/versions/" + f[0] + "/"
			if f[0] == "9.9.9" { // the draft
				dir = "terms/"
			}
			files[dir+"index.md"] = &fstest.MapFile{Data: []byte(index + "---\nText of " + f[0] + ".\n")}
		}
		lib, _, err := Open(files, "content")
		if err != nil {
			t.Fatal(err)
		}
		doc, _, err := Load(lib, "terms")
		if err != nil {
			t.Fatal(err)
		}
		day, err := ParseDate(c.day)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, turn := range doc.Turns(day) {
			what := map[bool]string{true: "in force", false: "announced"}[turn.InForce]
			got = append(got, fmt.Sprint(turn.Day, " ", turn.Version.Number, " ", what))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.name, diff)
		}
	}
}
