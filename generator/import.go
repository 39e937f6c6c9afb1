package main

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/history"
	"github.com/nanoprompt/codicil/generator/internal/ledger"
	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
	"github.com/nanoprompt/codicil/generator/internal/tree"
)

// An importRequest is what the flags of import ask for.
type importRequest struct {
	history.Options
	content   string
	path, rev string
	plan      string
	apply     string
}

func importCommand() *cobra.Command {
	var r importRequest
	c := &cobra.Command{
		Use:   "import",
		Short: "Make versions of the history that a text has elsewhere",
		Long: `Import makes versions of the history that a text has elsewhere, in two steps.

The first reads it and writes a plan: which states of the text become versions,
with what number, from when they apply, and what was left out and why. Every
date is a proposal. Correct the plan.

The second, import --apply PLAN, makes a document of frozen versions of it. All
of this happens or nothing, and a document that is there is never touched.`,
		Example: `  codicil import git ../policies --path privacy/index.md --document privacy-policy --plan plan.yaml
  codicil import --apply plan.yaml`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if r.apply == "" {
				return errors.New("say where the text is: import git, import markdown or import html; or --apply PLAN")
			}
			return applyPlan(r, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	contentFlag(c, &r.content)
	c.Flags().StringVar(&r.apply, "apply", "", "make the versions of a plan")
	c.AddCommand(importGitCommand(), importFilesCommand("markdown"), importFilesCommand("html"))
	return c
}

func importGitCommand() *cobra.Command {
	var r importRequest
	c := &cobra.Command{
		Use:   "git REPO --path FILE --document NAME",
		Short: "Write a plan for the history of a file in a git repository",
		Long: `Import git reads the history of a file in a git repository on this machine and
writes a plan, which import --apply makes versions of. The repository is only
read. The history is that of its main line, and the file is followed through
renames.`,
		Example: `  codicil import git ../policies --path privacy/index.md --document privacy-policy --plan plan.yaml`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			repo, err := history.OpenRepo(args[0])
			if err != nil {
				return err
			}
			log, err := repo.ReadLog(r.rev, r.path)
			if err != nil {
				return err
			}
			log.Repo = filepath.ToSlash(args[0])
			return proposePlan(r, log, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	r.flags(c)
	c.Flags().StringVar(&r.path, "path", "", "the file's path in the repository, from its root")
	c.Flags().StringVar(&r.rev, "rev", "HEAD", "revision that the history ends with")
	_ = c.MarkFlagRequired("path")
	return c
}

func importFilesCommand(markup string) *cobra.Command {
	r := importRequest{Options: history.Options{Markup: markup}}
	c := &cobra.Command{
		Use:   markup + " FILE... --document NAME",
		Short: "Write a plan for a row of files, the oldest first",
		Long: `Import ` + markup + ` reads files, each a state of the same text and the oldest first,
and writes a plan, which import --apply makes versions of. From when a version
applies is taken from its text, if that says so; else it is to be written.`,
		Example: `  codicil import ` + markup + ` terms-2019 terms-2023 --document terms --plan plan.yaml`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			log, err := readStates(args)
			if err != nil {
				return err
			}
			return proposePlan(r, log, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	r.flags(c)
	return c
}

func (r *importRequest) flags(c *cobra.Command) {
	c.Flags().StringVar(&r.Document, "document", "", "name of the document to make, which will be its address")
	c.Flags().StringVar(&r.plan, "plan", "", "file to write the plan to (default: it is printed)")
	c.Flags().StringVar(&r.Encoding, "encoding", "", "encoding of texts that are not UTF-8 (default: windows-1252)")
	_ = c.MarkFlagRequired("document")
}

// readStates returns files as the states of one text.
func readStates(files []string) (*history.Log, error) {
	log := &history.Log{Path: filepath.ToSlash(files[len(files)-1])}
	for _, name := range files {
		source, sum, err := readState(name)
		if err != nil {
			return nil, err
		}
		log.States = append(log.States, history.State{Path: filepath.ToSlash(name), Blob: sum, Source: source})
	}
	return log, nil
}

// readState returns a file with its SHA-256.
func readState(name string) (source []byte, sum string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	const most = 8 << 20
	source, err = io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, "", err
	}
	if len(source) > most {
		return nil, "", fmt.Errorf("%s is larger than 8 MiB", name)
	}
	hash := sha256.Sum256(source)
	return source, hex.EncodeToString(hash[:]), nil
}

// proposePlan writes the plan for log.
func proposePlan(r importRequest, log *history.Log, stdout, stderr io.Writer) error {
	switch {
	case !legal.ValidID(r.Document) || r.Document == "assets":
		return fmt.Errorf("--document %s cannot be an address: write a to z, 0 to 9 and single hyphens, e.g. privacy-policy", r.Document)
	case r.Encoding != "" && !history.ValidEncoding(r.Encoding):
		return fmt.Errorf("--encoding: there is no encoding %q; e.g. shift_jis, gbk, windows-1251", r.Encoding)
	}
	plan, sources, err := history.Propose(log, r.Options)
	if err != nil {
		return err
	}
	if err := proposeNumbers(plan, sources); err != nil {
		return err
	}
	for _, n := range plan.Notes {
		fmt.Fprintf(stderr, "note: %s\n", n)
	}
	folded := 0
	for _, v := range plan.Versions {
		folded += len(v.Folded)
	}
	if r.plan == "" {
		_, err = stdout.Write(plan.Format())
		return err
	}
	if err := writeNew(r.plan, plan.Format()); err != nil {
		return err
	}
	fmt.Fprintf(stdout, `Wrote %[1]s: %[2]s, %[3]d of %[4]s folded into them
Next:
  correct the numbers, dates and summaries in %[1]s
  codicil import --apply %[1]s
`, filepath.ToSlash(r.plan), count(len(plan.Versions), "version"), folded, count(len(log.States), "state"))
	return nil
}

// writeNew writes a file that must not be there.
func writeNew(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: remove it, or name another file", name)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// proposeNumbers numbers the versions by what changed in them.
func proposeNumbers(plan *history.Plan, sources map[string][]byte) error {
	nothing := &legal.Library{Files: embed.FS{}, Root: "."}
	files, _, err := adopt(nothing, plan, sources)
	if err != nil {
		return err
	}
	nothing.Files = ledger.Overlay(embed.FS{}, files)
	doc, _, err := legal.Load(nothing, plan.Document)
	if err != nil {
		return err
	}
	plan.Renumber(func(i int) legal.Change {
		return likelyChange(redline.Compare(doc.Versions[i-1], doc.Versions[i]))
	})
	return nil
}

func adopt(lib *legal.Library, plan *history.Plan, sources map[string][]byte) (*tree.Tree, []string, error) {
	frozen, notes, err := plan.Freeze(sources)
	if err != nil {
		return nil, nil, err
	}
	var versions []ledger.Adopted
	for _, v := range frozen {
		versions = append(versions, ledger.Adopted{Number: v.Number, Files: v.Files})
	}
	files, err := ledger.Adopt(lib, plan.Document, versions)
	return files, notes, err
}

// applyPlan makes a document of the plan's versions.
func applyPlan(r importRequest, stdout, stderr io.Writer) error {
	plan, err := readPlan(r.apply, stderr)
	if err != nil {
		return err
	}
	sources, err := planSources(plan)
	if err != nil {
		return err
	}
	if err := checkFolder(r.content); err != nil {
		return err
	}
	folder, err := tree.Hold(r.content)
	if err != nil {
		return err
	}
	defer folder.Close()
	if folder.Finished() {
		fmt.Fprintln(stderr, "finished a release that had been interrupted")
	}
	lib, err := openFiles(os.DirFS(r.content), rootName(r.content))
	if err != nil {
		return err
	}
	files, notes, err := adopt(lib.Library, plan, sources)
	if err != nil {
		return fmt.Errorf("import %s: %w", plan.Document, err)
	}
	doc, err := rehearseImport(lib, files, plan.Document, stderr)
	if err != nil {
		return err
	}
	if err := folder.Apply(files); err != nil {
		return fmt.Errorf("import %s: %w", plan.Document, err)
	}
	for _, n := range notes {
		fmt.Fprintf(stderr, "note: %s\n", n)
	}
	newest := doc.Newest()
	fmt.Fprintf(stdout, "Imported %s: %s, the newest %s, which applies from %s\n", doc.Name, count(len(doc.Versions), "version"), newest.Number, newest.Effective)
	fmt.Fprintf(stdout, "Next: codicil check, then commit all of %s.\n", lib.Root)
	return nil
}

// readPlan reads a plan, and prints its problems.
func readPlan(name string, stderr io.Writer) (*history.Plan, error) {
	source, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	plan, problems := history.ParsePlan(source, filepath.ToSlash(name))
	if len(problems) > 0 {
		printProblems(stderr, legal.SortProblems(problems))
		fmt.Fprintln(stderr, "nothing was imported")
		return nil, errContent
	}
	return plan, nil
}

// planSources reads the contents of the plan's texts.
func planSources(plan *history.Plan) (map[string][]byte, error) {
	if plan.Git != "" {
		repo, err := history.OpenRepo(filepath.FromSlash(plan.Git))
		if err != nil {
			return nil, err
		}
		return repo.Texts(plan)
	}
	sources := map[string][]byte{}
	for _, v := range plan.Versions {
		source, sum, err := readState(filepath.FromSlash(v.File))
		if err != nil {
			return nil, err
		}
		if sum != v.Text {
			return nil, fmt.Errorf("%s was changed since the plan was written: write the plan again", v.File)
		}
		sources[sum] = source
	}
	return sources, nil
}

// rehearseImport reads the content as the import will leave it, and returns the
// document if it has no fault.
func rehearseImport(lib *library, files *tree.Tree, name string, stderr io.Writer) (*legal.Document, error) {
	after, err := openFiles(ledger.Overlay(lib.Files, files), lib.Root)
	if err != nil {
		return nil, err
	}
	doc, problems, err := after.load(name)
	if err != nil {
		return nil, err
	}
	if problems = after.all([][]legal.Problem{problems}); legal.Fatal(problems) {
		printProblems(stderr, problems)
		fmt.Fprintln(stderr, "nothing was imported")
		return nil, errContent
	}
	return doc, nil
}
