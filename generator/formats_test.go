package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/nanoprompt/codicil/generator/internal/check"
	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// hard are problems with all that a format has to escape.
var hard = []legal.Problem{
	{Pos: legal.Pos{File: "content/terms/10-fees, old: 100%.md", Line: 4, Col: 3}, Severity: legal.Error, Rule: "raw-html",
		Msg: `raw HTML "<b>::set-output name=x::y</b>" is shown as text`, Hint: "two\r\nlines, 100%"},
	{Pos: legal.Pos{File: "content/terms", Line: 0}, Severity: legal.Warning, Rule: "stale", Msg: "Gebühren “und” 手数料"},
	{Pos: legal.Pos{File: "content/site.yaml", Line: 2}, Severity: legal.Error, Rule: "bad-url", Msg: "no address"},
}

func format(t *testing.T, name string, problems []legal.Problem) string {
	t.Helper()
	var w bytes.Buffer
	if err := formats[name](&w, problems); err != nil {
		t.Fatal(err)
	}
	return w.String()
}

func TestAnnotations(t *testing.T) {
	want := strings.Join([]string{
		`::error file=content/terms/10-fees%2C old%3A 100%25.md,line=4,col=3,title=raw-html::raw HTML "<b>::set-output name=x::y</b>" is shown as text%0Ahint: two%0D%0Alines, 100%25`,
		`::warning file=content/terms,title=stale::Gebühren “und” 手数料`,
		`::error file=content/site.yaml,line=2,title=bad-url::no address`,
		"",
	}, "\n")
	if diff := cmp.Diff(want, format(t, "github", hard)); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

func TestProblemsJSON(t *testing.T) {
	var got struct{ Problems []problemJSON }
	if err := json.Unmarshal([]byte(format(t, "json", hard)), &got); err != nil {
		t.Fatal(err)
	}
	want := problemJSON{"content/terms/10-fees, old: 100%.md", 4, 3, "error", "raw-html", hard[0].Msg, hard[0].Hint}
	if len(got.Problems) != len(hard) || got.Problems[0] != want {
		t.Errorf("got %+v, want %+v first of %d", got.Problems, want, len(hard))
	}
	if none := format(t, "json", nil); none != "{\n  \"problems\": []\n}\n" {
		t.Errorf("no problem is written as %s", none)
	}
}

// What is written as SARIF keeps its JSON Schema, which SchemaStore publishes, and
// names rules that are there.
func TestSARIF(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("testdata/sarif-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, problems := range [][]legal.Problem{nil, hard} {
		text := format(t, "sarif", problems)
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%v\n%s", err, text)
		}
	}
	broken, _ := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(format(t, "sarif", hard), `"level": "error"`, `"level": "fatal"`, 1)))
	if schema.Validate(broken) == nil {
		t.Error("the schema lets a level pass that is none")
	}
	var log sarifLog
	if err := json.Unmarshal([]byte(format(t, "sarif", hard)), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if len(run.Tool.Driver.Rules) != len(check.Rules()) || len(run.Results) != len(hard) {
		t.Errorf("%d rules and %d results, want %d and %d", len(run.Tool.Driver.Rules), len(run.Results), len(check.Rules()), len(hard))
	}
	for i, r := range run.Results {
		if id := run.Tool.Driver.Rules[r.RuleIndex].ID; id != hard[i].Rule {
			t.Errorf("result %d is of the rule %s, want %s", i, id, hard[i].Rule)
		}
	}
	if uri := run.Results[0].Locations[0].Physical.Artifact.URI; uri != "content/terms/10-fees,%20old:%20100%25.md" {
		t.Errorf("the address of the file is %s", uri)
	}
}
