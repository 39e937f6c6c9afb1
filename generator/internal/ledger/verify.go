package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// Verify returns what of doc and its translations is not as it was released: frozen
// files that were changed, added or removed, versions without a line in versions.sum,
// and lines whose version is gone.
func Verify(lib *legal.Library, doc *legal.Document, sums *Sums) ([]legal.Problem, error) {
	var problems []legal.Problem
	for _, t := range doc.Texts() {
		found, err := verifyText(lib, t, sums)
		if err != nil {
			return nil, err
		}
		problems = append(problems, found...)
	}
	for _, name := range sums.translations[doc.Name] {
		if doc.Text(name) != nil {
			continue
		}
		for _, l := range sums.of[name] {
			problems = append(problems, gone(lib, l))
		}
	}
	return legal.SortProblems(problems), nil
}

func verifyText(lib *legal.Library, doc *legal.Document, sums *Sums) ([]legal.Problem, error) {
	var problems []legal.Problem
	for _, v := range doc.Versions {
		found, err := verifyVersion(lib, doc.Name, v, sums.Hash(doc.Name, v.Number))
		if err != nil {
			return nil, fmt.Errorf("verify %s %s: %w", doc.Name, v.Number, err)
		}
		problems = append(problems, found...)
	}
	frozen := map[legal.Number]bool{}
	for _, v := range doc.Versions {
		frozen[v.Number] = true
	}
	for _, l := range sums.of[doc.Name] {
		if !frozen[l.number] {
			problems = append(problems, gone(lib, l))
		}
	}
	return problems, nil
}

// Missing returns the problems of lines whose document is gone altogether.
func Missing(lib *legal.Library, sums *Sums) []legal.Problem {
	var problems []legal.Problem
	for document, lines := range sums.of {
		if slices.Contains(lib.Documents, legal.Folder(document)) {
			continue
		}
		for _, l := range lines {
			problems = append(problems, gone(lib, l))
		}
	}
	return legal.SortProblems(problems)
}

func gone(lib *legal.Library, l line) legal.Problem {
	dir := path.Join(lib.Root, legal.VersionsFolder(l.document), l.number.String())
	return legal.Problem{
		Pos:  legal.Pos{File: path.Join(lib.Root, SumFile), Line: l.n, Col: 1},
		Rule: "missing-version",
		Msg:  fmt.Sprintf("%s %s was released, but its folder %s is gone", l.document, l.number, dir),
		Hint: "bring it back: git restore " + dir,
	}
}

func verifyVersion(lib *legal.Library, document string, v *legal.Version, want string) ([]legal.Problem, error) {
	dir := path.Join(lib.Root, v.Dir)
	if want == "" {
		return []legal.Problem{{Pos: legal.Pos{File: path.Join(lib.Root, SumFile)}, Rule: "missing-sum",
			Msg: fmt.Sprintf("there is no line for %s %s, which is frozen in %s", document, v.Number, dir),
			Hint: fmt.Sprintf("bring the line back: git restore %s; or remove the folder if it was never released by: codicil release %s",
				path.Join(lib.Root, SumFile), document)}}, nil
	}
	sumFile := v.Dir + ".sum"
	released, err := fs.ReadFile(lib.Files, sumFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	listed := hash(released) == want
	if unix := bytes.ReplaceAll(released, []byte("\r\n"), []byte("\n")); !listed && hash(unix) == want {
		p := changed(path.Join(lib.Root, sumFile), v, "frozen-changed", "the list of files of %s has other line ends (CRLF) than it was released with")
		p.Hint = lineEndHint
		return []legal.Problem{p}, nil
	}
	switch {
	case listed:
		return compare(v, dir, parseManifest(released)), nil
	case hash(manifest(v.Files)) == want:
		return []legal.Problem{changed(path.Join(lib.Root, sumFile), v, "frozen-changed", "the list of files of %s was changed")}, nil
	}
	return []legal.Problem{changed(dir, v, "frozen-changed",
		"the files of %s are not those that were released, and "+path.Base(sumFile)+", which would tell which one, was changed as well")}, nil
}

// lineEndHint tells what a checkout that changes line ends needs.
const lineEndHint = "git changed the line ends at checkout: add a file .gitattributes with the line \"content/** -text\", then restore the files: git rm --cached -r content && git reset --hard"

// compare returns how the files of v differ from those released.
func compare(v *legal.Version, dir string, released []legal.File) []legal.Problem {
	was := map[string]legal.File{}
	for _, f := range released {
		was[f.Name] = f
	}
	var problems []legal.Problem
	for _, f := range v.Files {
		old, ok := was[f.Name]
		delete(was, f.Name)
		switch {
		case !ok:
			p := changed(path.Join(dir, f.Name), v, "frozen-added", "the file was added to %s after its release")
			working, _, _ := strings.Cut(dir, "/"+legal.VersionsDir+"/")
			p.Hint = "remove the file; to change the text, edit the files in " + working + " and release a new version"
			problems = append(problems, p)
		case old.Sum != f.Sum && f.Unix == old.Sum:
			p := changed(path.Join(dir, f.Name), v, "frozen-changed", "the file of %s has other line ends (CRLF) than it was released with")
			p.Hint = lineEndHint
			problems = append(problems, p)
		case old.Sum != f.Sum:
			problems = append(problems, changed(path.Join(dir, f.Name), v, "frozen-changed", "the file of %s was changed after its release"))
		}
	}
	for _, f := range released {
		if _, ok := was[f.Name]; ok {
			problems = append(problems, changed(path.Join(dir, f.Name), v, "frozen-removed", "the file of %s was removed after its release"))
		}
	}
	return problems
}

func changed(file string, v *legal.Version, rule, format string) legal.Problem {
	return legal.Problem{
		Pos:  legal.Pos{File: file},
		Rule: rule,
		Msg:  fmt.Sprintf(format, v.Number),
		Hint: "bring it back as it was released: git restore " + file + "; if the change is committed: git restore --source=COMMIT " + file +
			"; to change the text, edit the working text and release a new version",
	}
}
