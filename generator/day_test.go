package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// A team is a legal team with its repository.
type team struct {
	t   *testing.T
	dir string
}

// must runs the tool in the repository and returns what it prints; it fails the
// test if the tool exits with another status.
func (d *team) must(status int, args ...string) string {
	d.t.Helper()
	var out strings.Builder
	if got := run(append(args, "--content", filepath.Join(d.dir, "content")), &out, &out); got != status {
		d.t.Fatalf("codicil %s exits with %d, want %d:\n%s", strings.Join(args, " "), got, status, out.String())
	}
	return out.String()
}

func (d *team) git(args ...string) {
	d.t.Helper()
	c := exec.Command("git", append([]string{"-C", d.dir, "-c", "user.name=Counsel", "-c", "user.email=counsel@example.com", "-c", "commit.gpgsign=false"}, args...)...)
	if out, err := c.CombinedOutput(); err != nil {
		d.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// says fails the test unless what the tool said holds all of the words.
func (d *team) says(said string, words ...string) {
	d.t.Helper()
	for _, w := range words {
		if !strings.Contains(said, w) {
			d.t.Errorf("%q is missing in:\n%s", w, said)
		}
	}
}

// page returns a page of the built site.
func (d *team) page(name string) string {
	d.t.Helper()
	data, err := os.ReadFile(filepath.Join(d.dir, "public", name))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(data)
}

func (d *team) build(day string) {
	d.t.Helper()
	d.must(statusFine, "build", "--out", filepath.Join(d.dir, "public"), "--as-of", day)
}

// TestDay is a day of a legal team and what follows from it: a site is begun, a text
// is edited, the check stops a slip, the draft is read in a browser, the change is
// reviewed, released, merged and published, and on its day it takes effect by itself.
func TestDay(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not here")
	}
	d := &team{t, t.TempDir()}
	d.git("init", "-q", "-b", "main")
	if err := os.WriteFile(filepath.Join(d.dir, "README.md"), []byte("# Larkfield\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if status := run([]string{"init", d.dir, "--yes", "--ci", "github"}, &out, &out); status != statusFine {
		t.Fatalf("init exits with %d:\n%s", status, out.String())
	}
	draft := filepath.Join(d.dir, "content/privacy-policy")
	write := func(file, text string) {
		if err := os.WriteFile(filepath.Join(draft, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("index.md", "---\ntitle: Privacy Policy\nversion: 1.0.0\npublished: 2026-01-10\neffective: 2026-02-01\nnotice: 30 days\n---\nWe are Larkfield. Write to privacy@larkfield.example.\n")
	write("10-information-we-collect.md", "---\ntitle: Information We Collect\n---\nWe keep your orders for 2 years.\n")
	write("80-changes-to-this-policy.md", "---\ntitle: Changes to This Policy\n---\nWe tell you of a material change by mail 30 days before it applies.\n")
	write("90-contact.md", "---\ntitle: Contact\n---\nWrite to privacy@larkfield.example.\n")
	d.must(statusFine, "release", "privacy-policy", "--edition")
	d.git("add", ".")
	d.git("commit", "-q", "-m", "the first policy")
	d.build("2026-03-01")

	// A lawyer edits, with a slip that the check names and places.
	d.git("checkout", "-q", "-b", "shorter")
	const edited = "---\ntitle: Information We Collect\n---\nWe keep your orders for 1 year. See [how to write to us](#contact-us).\n"
	write("10-information-we-collect.md", edited)
	said := d.must(statusFine, "check", "--as-of", "2026-03-01")
	d.says(said, "10-information-we-collect.md:4:", "contact-us", "[dangling-anchor]", "hint:")
	write("10-information-we-collect.md", strings.Replace(edited, "title: ", "titel: ", 1))
	d.says(d.must(statusContent, "check", "--as-of", "2026-03-01"), "10-information-we-collect.md:2:1: unknown key \"titel\"", "did you mean title?")
	write("10-information-we-collect.md", strings.Replace(edited, "#contact-us", "#contact", 1))
	d.must(statusFine, "check", "--as-of", "2026-03-01")

	// The draft is read in a real browser, with its redline.
	d.readDraft()

	// The comment on the pull request.
	d.git("commit", "-q", "-a", "-m", "keep orders for one year")
	said = d.must(statusFine, "review", "--base", "main", "--preview", "https://preview.example.com/")
	d.says(said, "<!-- codicil review -->", "Privacy Policy", "<del>2 years</del>", "<ins>1 year.", "https://preview.example.com/privacy-policy/draft/")

	// A release that would break the promised notice is refused; one that keeps it is not.
	release := []string{"release", "privacy-policy", "--update", "--published", "2026-03-10", "--summary", "We keep your orders for one year.", "--effective"}
	d.says(d.must(statusContent, append(release, "2026-03-20")...), "[short-notice]", "nothing was released")
	d.must(statusFine, append(release, "2026-04-15")...)
	d.git("add", ".")
	d.git("commit", "-q", "-m", "release 1.1.0")
	d.says(d.must(statusFine, "review", "--base", "main"), "Releases 1.1.0", "Applies from 2026-04-15", "36 days of notice")
	d.must(statusFine, "check", "--base", "main", "--as-of", "2026-03-10")
	d.git("checkout", "-q", "main")
	d.git("merge", "-q", "--no-edit", "shorter")

	// Published: the old text applies, and the new one is announced.
	d.build("2026-03-10")
	if page := d.page("privacy-policy/index.html"); !strings.Contains(page, "2 years") || !strings.Contains(page, "April 15, 2026") {
		t.Error("the page of the policy does not announce the new version beside the text in force")
	}
	d.says(d.page("privacy-policy/upcoming/index.html"), "1 year")

	// Nothing happens until the day, and on it the scheduled job builds.
	d.says(d.must(statusFine, "next", "--as-of", "2026-03-10"), "2026-04-15")
	d.must(statusNone, "next", "--since", "2026-03-10", "--as-of", "2026-04-14")
	d.must(statusFine, "next", "--since", "2026-03-10", "--as-of", "2026-04-15")
	d.build("2026-04-15")
	if page := d.page("privacy-policy/index.html"); !strings.Contains(page, "1 year") || !strings.Contains(page, "March 10, 2026") {
		t.Error("the new version is not in force on its day, or Last Updated is not the day on which people were told")
	}
	d.must(statusFine, "verify")
}

// readDraft opens the draft and its redline in a browser.
func (d *team) readDraft() {
	browser := startBrowser(d.t)
	base := startServe(d.t, filepath.Join(d.dir, "content"))
	p := &tab{noise: noise{base: base + "/"}}
	ctx, end := chromedp.NewContext(browser, chromedp.WithListener(p.noise.hear))
	d.t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		d.t.Fatalf("open a tab: %v", err)
	}
	p.ctx, end = context.WithTimeout(ctx, time.Minute)
	d.t.Cleanup(end)
	for page, want := range map[string]string{
		"/privacy-policy/draft/":         `document.body.innerText.includes("We keep your orders for 1 year.")`,
		"/privacy-policy/draft/changes/": `[...document.querySelectorAll("ins")].some(e => e.textContent.includes("1"))`,
	} {
		p.url = base + page
		p.load(d.t)
		if !ask[bool](d.t, p, want) {
			d.t.Errorf("%s does not show the draft: %s", page, want)
		}
	}
	for _, what := range p.noise.all() {
		d.t.Error(what)
	}
}
