package main

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rhysd/actionlint"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// ciFiles returns the workflows of a host for a site at the top of its
// repository and for one with its content elsewhere.
func ciFiles(t *testing.T, host string) map[string][]byte {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, content := range []string{"content", "docs/site/legal"} {
		p, err := newPipeline(content, legal.Site{Zone: zone}, legal.Date{Year: 2026, Month: 12, Day: 1})
		if err != nil {
			t.Fatal(err)
		}
		made, err := p.files(host)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range made.Paths() {
			data, _ := made.Get(name)
			files[content+": "+name] = data
		}
	}
	return files
}

func TestCrons(t *testing.T) {
	for _, c := range []struct {
		zone string
		want []string
	}{
		{"UTC", []string{"10 0 * * *"}},
		{"Europe/Berlin", []string{"10 23 * * *", "10 22 * * *"}},
		{"America/New_York", []string{"10 5 * * *", "10 4 * * *"}},
		{"Asia/Kolkata", []string{"40 18 * * *"}},
		{"Pacific/Auckland", []string{"10 11 * * *", "10 12 * * *"}},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, crons(zone, 2026)); diff != "" {
			t.Errorf("crons(%s): -want +got\n%s", c.zone, diff)
		}
	}
}

func TestReleased(t *testing.T) {
	for v, want := range map[string]string{
		"v1.2.3":                             "v1.2.3",
		"v1.2.3-rc.1":                        "v1.2.3-rc.1",
		"v1.2.3+dirty":                       "latest",
		"v0.0.0-20261124213015-0f526c0aaaaa": "latest",
		"v1.0.1-0.20261124213015-0f526c0aaaaa+dirty": "latest",
		"(devel)": "latest",
		"unknown": "latest",
	} {
		if got := released(v); got != want {
			t.Errorf("released(%q) = %q, want %q", v, got, want)
		}
	}
}

// A gitHubWorkflow is what the tests ask of a workflow of GitHub's.
type gitHubWorkflow struct {
	On          map[string]any
	Permissions map[string]string
	Concurrency map[string]any
	Jobs        map[string]gitHubJob
}

type gitHubJob struct {
	Permissions map[string]string
	Timeout     int `yaml:"timeout-minutes"`
	Steps       []struct {
		Uses, Run string
		With      map[string]any
	}
}

// TestGitHub holds the workflows to GitHub's syntax, and to the least rights.
func TestGitHub(t *testing.T) {
	for name, data := range ciFiles(t, "github") {
		linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{})
		if err != nil {
			t.Fatal(err)
		}
		errs, err := linter.Lint(name, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range errs {
			t.Error(e)
		}
		var w gitHubWorkflow
		if err := yaml.Unmarshal(data, &w); err != nil {
			t.Fatal(err)
		}
		if w.On["pull_request_target"] != nil || w.On["workflow_run"] != nil {
			t.Errorf("%s runs for forks with the rights of the repository", name)
		}
		if w.Permissions == nil || len(w.Permissions) > 0 || w.Concurrency["group"] == nil {
			t.Errorf("%s gives the permissions %v to all jobs, and has the concurrency %v", name, w.Permissions, w.Concurrency)
		}
		if strings.Contains(string(data), "secrets.") {
			t.Errorf("%s reads a secret", name)
		}
		for id, job := range w.Jobs {
			t.Run(name+"/"+id, func(t *testing.T) { job.check(t) })
		}
		checkCommands(t, name, string(data))
	}
}

func (job *gitHubJob) check(t *testing.T) {
	if job.Permissions == nil || job.Timeout == 0 {
		t.Errorf("the job has the permissions %v and the time limit %d", job.Permissions, job.Timeout)
	}
	writes := slices.Contains(slices.Collect(maps.Values(job.Permissions)), "write")
	for _, step := range job.Steps {
		if step.Uses != "" && !regexp.MustCompile(`@v\d`).MatchString(step.Uses) {
			t.Errorf("%s is not pinned", step.Uses)
		}
		if strings.Contains(step.Run, "${{") {
			t.Errorf("a script holds an expression, and may run what somebody else wrote:\n%s", step.Run)
		}
		if strings.HasPrefix(step.Uses, "actions/checkout@") && step.With["persist-credentials"] != false {
			t.Error("the token stays in the files that are checked out")
		}
		if writes && (strings.HasPrefix(step.Uses, "actions/checkout@") || strings.Contains(step.Run, "codicil ")) {
			t.Error("a job that may write takes files out of the repository, or runs the tool on them")
		}
	}
}

// A gitLabJob is what the tests ask of a job of GitLab's.
type gitLabJob struct {
	Extends       string
	Stage         string
	Interruptible bool
	Resource      string `yaml:"resource_group"`
	Rules         []map[string]any
	Script        []string
	Variables     map[string]string
	Cache         map[string]any
	Allow         map[string]any `yaml:"allow_failure"`
	Artifacts     map[string]any

	Needs        []string
	Image        string // of .codicil
	Timeout      string
	BeforeScript []string `yaml:"before_script"`
}

// TestGitLabSchema holds the pipeline to GitLab's own JSON Schema, which is that of
// https://gitlab.com/.gitlab-ci.yml as gitlab-ci-local 4.75.1 (npm, MIT) has it.
func TestGitLabSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("testdata/gitlab-ci.json")
	if err != nil {
		t.Fatal(err)
	}
	valid := func(pipeline []byte) error {
		var value any
		if err := yaml.Unmarshal(pipeline, &value); err != nil {
			return err
		}
		data, err := json.Marshal(value)
		if err != nil {
			return err
		}
		if value, err = jsonschema.UnmarshalJSON(bytes.NewReader(data)); err != nil {
			return err
		}
		return schema.Validate(value)
	}
	for name, data := range ciFiles(t, "gitlab") {
		if err := valid(data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if valid(append(bytes.Clone(data), "\nother:\n  script: 5\n"...)) == nil {
			t.Errorf("%s: the schema takes a number for a script", name)
		}
	}
}

// TestGitLab holds the pipeline to what GitLab asks of one beside its schema.
func TestGitLab(t *testing.T) {
	for name, data := range ciFiles(t, "gitlab") {
		var all map[string]yaml.Node
		if err := yaml.Unmarshal(data, &all); err != nil {
			t.Fatal(err)
		}
		delete(all, "workflow")
		delete(all, "variables")
		jobs := map[string]gitLabJob{}
		for id, node := range all {
			var w strings.Builder
			e := yaml.NewEncoder(&w)
			if err := e.Encode(&node); err != nil {
				t.Fatal(err)
			}
			d := yaml.NewDecoder(strings.NewReader(w.String()))
			d.KnownFields(true)
			var job gitLabJob
			if err := d.Decode(&job); err != nil {
				t.Fatalf("%s: %s: %v", name, id, err)
			}
			jobs[id] = job
		}
		for id, job := range jobs {
			if id == ".codicil" {
				continue
			}
			if token := strings.Contains(strings.Join(job.Script, "\n"), "CODICIL_TOKEN"); token {
				if job.Variables["GIT_STRATEGY"] != "none" || job.Extends != "" || strings.Contains(strings.Join(job.Script, "\n"), "codicil ") {
					t.Errorf("%s: the job %s may write, and takes files out of the repository or runs the tool on them", name, id)
				}
				continue
			}
			if job.Extends != ".codicil" || len(job.Rules) == 0 || len(job.Script) == 0 || job.Stage != "test" && job.Stage != "deploy" {
				t.Errorf("%s: the job %s is not whole: %+v", name, id, job)
			}
			if strings.Contains(strings.Join(job.Script, "\n"), "--base") && job.Variables["GIT_DEPTH"] != "0" {
				t.Errorf("%s: the job %s reads history and has none", name, id)
			}
		}
		if pages := jobs["pages"]; pages.Resource == "" || pages.Cache["key"] == nil || pages.Allow["exit_codes"] != statusNone {
			t.Errorf("%s: pages is %+v", name, pages)
		}
		checkCommands(t, name, string(data))
	}
}

// checkCommands reports commands of the tool in a workflow that it does not have.
func checkCommands(t *testing.T, name, workflow string) {
	t.Helper()
	seen := 0
	for _, m := range regexp.MustCompile(`(?m)^[^#\n]*?\bcodicil ([a-z]+)([^>|\n]*)`).FindAllStringSubmatch(workflow, -1) {
		seen++
		c, _, err := rootCommand().Find(m[1:2])
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, flag := range regexp.MustCompile(`--([a-z-]+)`).FindAllStringSubmatch(m[2], -1) {
			if c.Flags().Lookup(flag[1]) == nil {
				t.Errorf("%s: codicil %s has no flag %s", name, m[1], flag[0])
			}
		}
	}
	if seen < 2 {
		t.Errorf("%s: %d commands were seen", name, seen)
	}
}

// TestPreCommit holds the hook to the name that the tool has when Go installs it.
func TestPreCommit(t *testing.T) {
	data, err := os.ReadFile("../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var hooks []struct {
		ID, Name, Description, Entry, Language, Files string
		PassFilenames                                 *bool `yaml:"pass_filenames"`
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&hooks); err != nil {
		t.Fatal(err)
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hooks {
		words := strings.Fields(h.Entry)
		if h.ID == "" || h.Name == "" || h.Language != "golang" || words[0] != filepath.Base(dir) || h.PassFilenames == nil || *h.PassFilenames {
			t.Errorf("the hook is not whole: %+v", h)
		}
		if _, _, err := rootCommand().Find(words[1:]); err != nil {
			t.Error(err)
		}
		if files := regexp.MustCompile(h.Files); !files.MatchString("content/terms/index.md") || files.MatchString("README.md") {
			t.Errorf("%s runs on other files than those of the content", h.ID)
		}
	}
}
