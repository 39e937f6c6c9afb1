package legal

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Texts made to use up time are read at once, or refused with a problem; a
// reader without limits is busy with each of these for minutes.
func TestLimits(t *testing.T) {
	rep := strings.Repeat
	var steps strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&steps, "%s- a\n", rep("  ", i))
	}
	// A table with its header, and rows that hold one cell.
	wide := func(columns, rows int) string {
		return rep("a|", columns) + "\n" + rep("-|", columns) + "\n" + rep("1\n", rows) + "\n"
	}
	for name, test := range map[string]struct{ source, rule string }{
		"brackets":     {rep("[", 100000), "too-complex"},
		"links":        {rep("[a](", 50000), "too-complex"},
		"definitions":  {rep("[a]: b\n", 100000), "too-complex"},
		"emphasis":     {rep("_a__", 200000), "too-complex"},
		"quotes":       {rep(">", 100000), "nesting"},
		"items":        {rep("- ", 101) + "a", "nesting"},
		"steps":        {steps.String(), "nesting"},
		"rule":         {rep("-", 1000), ""},
		"rule spaced":  {rep("* ", 1000), ""},
		"table":        {"a|b\n" + rep("-", 200) + "|-\n1|2", ""},
		"short rows":   {wide(1000, 20000), "too-complex"},
		"many tables":  {rep(wide(1000, 100), 100), "too-complex"},
		"quoted table": {rep("> ", 1) + strings.ReplaceAll(wide(1000, 20000), "\n", "\n> "), "too-complex"},
		"long table":   {wide(4, 40000), ""},
		"wide table":   {wide(200, 900), ""},
		"34 lists":     {rep("- ", 34) + "a", ""},
		"soft breaks":  {rep("a\n", 300000), ""},
		"headings":     {rep("# a\n", 20000), ""},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		text, problems := Parse([]byte(test.source), "a.md", 1)
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 1<<30 {
			t.Errorf("%s: reading takes %d MiB", name, used>>20)
		}
		got := ""
		if len(problems) > 0 {
			got = problems[0].Rule
		}
		if got != test.rule {
			t.Errorf("%s: problem %q, want %q", name, got, test.rule)
		}
		if len(text.Blocks) == 0 {
			t.Errorf("%s: no block was read", name)
		}
	}
}

// Front matter that is not YAML is told of quickly, however long it is.
func TestLongFrontMatter(t *testing.T) {
	rep := strings.Repeat
	for name, head := range map[string]string{
		"list":     "title: [" + rep(rep("x, ", 70)+"\n", 70),
		"settings": rep("title: [x, y]\n", 10000) + "@\n",
		"too long": rep("title: [x, y]\n", 100000) + "@\n",
	} {
		start := time.Now()
		_, _, problems := front([]byte("---\n"+head+"---\n"), "a.md", indexKeys)
		if len(problems) != 1 || problems[0].Rule != "yaml" {
			t.Errorf("%s: %v, want that it is not YAML", name, problems)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s takes %v", name, took)
		}
	}
}
