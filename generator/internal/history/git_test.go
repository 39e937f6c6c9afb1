package history

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A scripted is a repository that a test makes.
type scripted struct {
	*testing.T
	dir string
}

func newRepo(t *testing.T) *scripted {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("the git command is not installed")
	}
	r := &scripted{t, t.TempDir()}
	r.git("2020-01-01", "init", "-q", "-b", "main")
	return r
}

// git runs git on a day.
func (r *scripted) git(day string, args ...string) string {
	r.Helper()
	c := exec.Command("git", append([]string{"-c", "core.autocrlf=false", "-c", "commit.gpgsign=false"}, args...)...)
	c.Dir = r.dir
	date := day + "T12:00:00+0200"
	c.Env = append(environment(), "GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date,
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.com")
	out, err := c.CombinedOutput()
	if err != nil {
		r.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// commit writes a file and commits it on a day.
func (r *scripted) commit(day, subject, name, text string) {
	r.Helper()
	file := filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		r.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		r.Fatal(err)
	}
	r.git(day, "add", "-A")
	r.git(day, "commit", "-q", "-m", subject)
}

// plan proposes the versions of a file.
func (r *scripted) plan(name string) (*Plan, map[string][]byte) {
	r.Helper()
	repo, err := OpenRepo(r.dir)
	if err != nil {
		r.Fatal(err)
	}
	log, err := repo.ReadLog("HEAD", name)
	if err != nil {
		r.Fatal(err)
	}
	p, sources, err := Propose(log, Options{Document: "terms"})
	if err != nil {
		r.Fatal(err)
	}
	return p, sources
}

// outline returns what a plan says, in short.
func outline(p *Plan) string {
	var w strings.Builder
	for _, n := range p.Notes {
		fmt.Fprintf(&w, "note: %s\n", n)
	}
	for _, v := range p.Versions {
		_, subject, _ := strings.Cut(v.why.commit, "“")
		fmt.Fprintf(&w, "%s “%s\n", v.Number, subject)
		fmt.Fprintf(&w, "  published %s (%s)\n  effective %s (%s)\n", v.Published, v.why.published, v.Effective, v.why.effective)
		if v.Summary != "" {
			fmt.Fprintf(&w, "  %s\n", v.Summary)
		}
		for _, f := range v.Folded {
			_, subject, _ := strings.Cut(f.about, "“")
			fmt.Fprintf(&w, "  - “%s: %s\n", subject, f.Why)
		}
	}
	return w.String()
}

const terms = `# Terms

Last updated: January 15, 2020

These are the terms of the service that we offer to you.

## Fees

You pay within 30 days of the day on which you receive our invoice, see [contact](#contact).

## Contact

Write to us at any time, by letter or by electronic mail, and we answer within two weeks.
`

func edit(s string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(s) }

// A history with everything that real ones have.
func TestHistory(t *testing.T) {
	r := newRepo(t)
	front := "---\ntitle: Terms\nlayout: legal\n---\n"
	shorter := edit(terms, "30 days", "14 days")
	r.commit("2020-01-10", "the terms", "terms.md", terms)
	r.commit("2020-01-11", "wrap lines", "terms.md", edit(terms, "the day on which", "the day\non which"))
	r.commit("2020-01-12", "windows", "terms.md", strings.ReplaceAll(terms, "\n", "\r\n"))
	r.commit("2020-02-01", "a layout", "terms.md", front+terms)
	r.commit("2020-02-02", "bold", "terms.md", front+edit(terms, "our invoice", "**our invoice**"))
	r.git("2020-02-03", "mv", "terms.md", "conditions.md")
	r.git("2020-02-03", "commit", "-q", "-m", "a better name")
	r.git("2020-03-01", "switch", "-q", "-c", "side")
	r.commit("2020-03-01", "less time", "conditions.md", front+shorter)
	r.commit("2020-03-02", "even less", "conditions.md", front+edit(terms, "30 days", "10 days"))
	r.commit("2020-03-03", "no, more", "conditions.md", front+shorter)
	r.git("2020-03-04", "switch", "-q", "main")
	r.commit("2020-03-04", "something else", "README", "x\n")
	r.git("2020-03-05", "merge", "-q", "--no-ff", "-m", "Merge branch 'side'\n\nLess time to pay", "side")
	r.commit("2020-04-01", "revert", "conditions.md", front+terms)
	r.commit("2020-05-01", "morning", "conditions.md", front+edit(shorter, "January 15", "May 1"))
	r.commit("2020-05-01", "evening", "conditions.md", front+edit(shorter, "January 15", "May 1", "two weeks", "a week"))
	r.git("2020-06-01", "rm", "-q", "conditions.md")
	r.git("2020-06-01", "commit", "-q", "-m", "away")
	renamed := edit(shorter, "January 15", "May 1", "## Contact", "## How to reach us", "(#contact)", "(#how-to-reach-us)")
	r.commit("2020-07-01", "back", "conditions.md", renamed)
	r.commit("2020-08-01", "café", "conditions.md", edit(renamed, "electronic mail", "caf\xe9"))
	r.commit("2019-12-31", "the clock", "conditions.md", edit(renamed, "electronic mail", "telephone"))

	p, sources := r.plan("conditions.md")
	want := `note: the commits go back in time: COMMIT of 2019-12-31 follows one of 2020-08-01; the order is that of the history
note: 1.6.0: it is not UTF-8 and was read as Windows-1252; if that is wrong, name the encoding in the plan
1.0.0 “the terms”
  published 2020-01-10 (proposed: the commit's date)
  effective 2020-01-15 (proposed: the text says “Last updated: January 15, 2020”)
  - “wrap lines”: white space
  - “windows”: white space
  - “a layout”: front matter
  - “bold”: formatting
  - “a better name”: renamed from terms.md, the same text
1.1.0 “Less time to pay”
  published 2020-03-05 (proposed: the commit's date)
  effective 2020-03-05 (proposed: the commit's date; the text still states that of the version before)
  Changed: “Fees”.
1.2.0 “revert”; returns to the text of entry 1
  published 2020-04-01 (proposed: the commit's date)
  effective 2020-04-01 (proposed: the commit's date; the text still states that of the version before)
  Changed: “Fees”.
1.3.0 “morning”
  published 2020-05-01 (proposed: the commit's date)
  effective 2020-05-01 (proposed: the text says “Last updated: May 1, 2020”)
  The opening text changed. Changed: “Fees”.
1.4.0 “evening”
  published 2020-05-01 (proposed: the commit's date)
  effective 2020-05-01 (proposed: the text says “Last updated: May 1, 2020”)
  Changed: “Contact”.
  - “away”: the file was removed
1.5.0 “back”; the file had been removed on 2020-06-01
  published 2020-07-01 (proposed: the commit's date)
  effective 2020-07-01 (proposed: the commit's date; the text still states that of the version before)
  Changed: “How to reach us”. Renamed: “Contact” to “How to reach us”.
1.6.0 “café”
  published 2020-08-01 (proposed: the commit's date)
  effective 2020-08-01 (proposed: the commit's date; the text still states that of the version before)
  Changed: “How to reach us”.
1.7.0 “the clock”
  published  (the commit is of 2019-12-31, before that of an earlier version)
  effective 2020-08-01 (proposed to keep the order; 2020-05-01 does not fit, which was the text says “Last updated: May 1, 2020”)
  Changed: “How to reach us”.
`
	got := strings.ReplaceAll(outline(p), short(r.git("2020-01-01", "rev-parse", "HEAD")), "COMMIT")
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("the plan: want (-), got (+)\n%s", diff)
	}
	frozen, _, err := p.Freeze(sources)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(frozen[0].Files["index.md"]), "---\ntitle: Terms\nversion: 1.0.0\npublished: 2020-01-10\neffective: 2020-01-15\n---\n"+
		"Last updated: January 15, 2020\n\nThese are the terms of the service that we offer to you.\n"; got != want {
		t.Errorf("index.md of 1.0.0 is\n%s\nwant\n%s", got, want)
	}
	last := frozen[len(frozen)-1].Files
	if got, want := string(last["20-how-to-reach-us.md"]), "---\ntitle: How to reach us\nid: how-to-reach-us\nwas: [contact]\n---\n"+
		"Write to us at any time, by letter or by telephone, and we answer within two weeks.\n"; got != want {
		t.Errorf("the renamed section is\n%s\nwant\n%s", got, want)
	}
}

// What a repository sets is not run, and what is not there is said.
func TestHostileRepo(t *testing.T) {
	r := newRepo(t)
	r.commit("2020-01-10", "the terms", "-terms.md", terms)
	mark := filepath.Join(t.TempDir(), "ran")
	program := filepath.Join(r.dir, "program.sh")
	if err := os.WriteFile(program, []byte("#!/bin/sh\ntouch "+mark+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"gpg.program", "core.fsmonitor", "diff.external", "core.pager", "core.sshCommand", "core.editor", "diff.x.textconv"} {
		r.git("2020-01-10", "config", key, program)
	}
	for key, value := range map[string]string{"log.showSignature": "true", "core.hooksPath": r.dir, "log.diffMerges": "off", "diff.renames": "copies",
		"diff.relative": "true", "log.follow": "true", "color.ui": "always", "log.showRoot": "false", "format.pretty": "oneline"} {
		r.git("2020-01-10", "config", key, value)
	}
	r.commit("2020-02-10", "less", "terms.md", edit(terms, "30", "14"))
	_ = os.Remove(mark) // a monitor may have run for the commit
	repo, err := OpenRepo(r.dir)
	if err != nil {
		t.Fatal(err)
	}
	log, err := repo.ReadLog("HEAD", "terms.md")
	if err != nil || len(log.States) != 1 {
		t.Errorf("the log has %+v, %v, want one state", log, err)
	}
	if log, err = repo.ReadLog("HEAD", "./-terms.md"); err != nil || len(log.States) != 1 {
		t.Errorf("the log of a name with a dash has %+v, %v, want one state", log, err)
	}
	if _, err := os.Stat(mark); err == nil {
		t.Error("a program that the repository names was run")
	}
	for _, c := range []struct{ rev, path, want string }{
		{"--output=x", "terms.md", `"--output=x" is not a revision: it begins with a dash`},
		{"HEAD", "--output=x", `"--output=x" is not a path: it begins with a dash`},
		{"nothing", "terms.md", `the repository has no commit "nothing"`},
		{"HEAD", "nothing.md", `the history of "HEAD" has no file "nothing.md": give its path from the repository's root`},
		{"HEAD", "../terms.md", `"../terms.md" is not the path of a file, from the repository's root`},
		{"HEAD", "*.md", `the history of "HEAD" has no file "*.md": give its path from the repository's root`},
	} {
		if _, err := repo.ReadLog(c.rev, c.path); err == nil || err.Error() != c.want {
			t.Errorf("ReadLog(%q, %q) = %v, want %s", c.rev, c.path, err, c.want)
		}
	}
}

// A clone without the past, or without the texts, says so.
func TestIncompleteClones(t *testing.T) {
	r := newRepo(t)
	r.commit("2020-01-10", "the terms", "terms.md", terms)
	r.commit("2020-02-10", "less", "terms.md", edit(terms, "30", "14"))
	r.commit("2020-03-10", "least", "terms.md", edit(terms, "30", "7"))
	r.git("2020-03-10", "config", "uploadpack.allowFilter", "true")
	clone := func(flags ...string) *scripted {
		c := &scripted{t, t.TempDir()}
		c.git("2020-03-10", append(append([]string{"clone", "-q", "--no-checkout"}, flags...), "file://"+r.dir, ".")...)
		return c
	}
	p, _ := clone("--depth=2").plan("terms.md")
	if want := "the clone is shallow: its history begins on 2020-02-10; the versions before are had by git fetch --unshallow"; len(p.Versions) != 2 || p.Notes[0] != want {
		t.Errorf("%d versions, %q, want 2, %q", len(p.Versions), p.Notes, want)
	}
	repo, err := OpenRepo(clone("--filter=blob:none").dir)
	if err != nil {
		t.Fatal(err)
	}
	log, err := repo.ReadLog("HEAD", "terms.md")
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = Propose(log, Options{Document: "terms"})
	want := "no state of terms.md holds a text: the clone is partial, and texts are missing: import from a whole one, made by git clone without --filter"
	if err == nil || err.Error() != want {
		t.Errorf("Propose of a partial clone: %v, want %s", err, want)
	}
}

// A plan that was written is read as it was.
func TestPlanRoundTrip(t *testing.T) {
	r := newRepo(t)
	r.commit("2020-01-10", "a: \"quote\" # and\x07", "terms.md", terms)
	r.commit("2020-02-10", "less\n\nlong", "terms.md", edit(terms, "30", "14", "## Fees", "## Fees: \"#1\" & - 'x'"))
	p, sources := r.plan("terms.md")
	text := p.Format()
	again, problems := ParsePlan(text, "plan.yaml")
	if len(problems) > 0 {
		t.Fatalf("%v in\n%s", problems, text)
	}
	want, _, err := p.Freeze(sources)
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := again.Freeze(sources)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the versions of the plan that was read: %s", diff)
	}
}
