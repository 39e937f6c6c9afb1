package legal

import (
	"crypto/sha256"
	"path"
	"regexp"
	"slices"
	"strings"
)

// attachmentName is what a file beside the sections may be called.
var attachmentName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// attachmentKinds are the endings of files that can be attached: those that no
// browser runs, however the host serves them.
var attachmentKinds = []string{
	"png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "pdf", "txt", "csv", "json",
	"docx", "xlsx", "pptx", "odt", "ods", "odp", "zip",
}

// markdownName matches names that stand for Markdown without ending in .md.
var markdownName = regexp.MustCompile(`(?i)\.(?:md|markdown|mdown|mkdn?|mdwn|mdtxt|mdtext|md\.txt)$`)

// attachment takes a file that is not Markdown, unless a page could not hold
// it safely: it is published from the site's own address.
func (l *loader) attachment(v *Version, file string) error {
	name := path.Base(file)
	pos := Pos{File: l.lib.path(file)}
	if ending := markdownName.FindString(name); ending != "" {
		p := Problem{Pos: pos, Rule: "bad-name", Msg: "the file would not be in the text: its name does not end in .md",
			Hint: "rename it to " + strings.ToLower(strings.TrimSuffix(name, ending)) + ".md"}
		if inVersion(pos.File) {
			p.Severity, p.Hint = Warning, "what is frozen stays as it is; give the file of the working text a name that ends in .md"
		}
		l.problems = append(l.problems, p)
		return nil
	}
	if !attachmentName.MatchString(name) {
		l.problem(pos, "bad-name", "the file's name cannot be an address", "use letters, digits, dots and hyphens")
		return nil
	}
	if !attachable(name) {
		l.problem(pos, "unsafe-attachment", "a file of this kind cannot be attached",
			"kinds that can be: "+strings.Join(attachmentKinds, ", "))
		return nil
	}
	data, f, err := l.file(v, file)
	if err != nil {
		return err
	}
	if data == nil {
		l.problem(pos, "too-large", errLarge.Error(), "attach a smaller one")
		return nil
	}
	if strings.EqualFold(path.Ext(name), ".svg") && l.unsafePicture(data, f.Sum, pos.File) {
		return nil
	}
	v.Attach(name, f.Sum)
	return nil
}

// Attach gives v an attachment with the SHA-256 of its bytes.
func (v *Version) Attach(name string, sum [sha256.Size]byte) {
	v.Attachments = append(v.Attachments, name)
	if v.sums == nil {
		v.sums = map[string][sha256.Size]byte{}
	}
	v.sums[name] = sum
}

// attachable reports whether the file name is of a kind that can be attached.
func attachable(name string) bool {
	return slices.Contains(attachmentKinds, strings.TrimPrefix(strings.ToLower(path.Ext(name)), "."))
}

// inVersion reports whether file is frozen.
func inVersion(file string) bool { return strings.Contains(file, "/"+VersionsDir+"/") }

// unsafePicture reports whether an SVG must not be published, and says why.
func (l *loader) unsafePicture(source []byte, sum [sha256.Size]byte, file string) bool {
	if l.safe[sum] {
		return false
	}
	faults := checkSVG(source)
	for _, f := range faults {
		pos := position(Canon(source[:f.offset]), maxFile)
		pos.File = file
		l.problem(pos, f.rule, f.msg, f.hint)
	}
	l.safe[sum] = len(faults) == 0
	return !l.safe[sum]
}
