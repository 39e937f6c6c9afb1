package legal

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
)

// maxFile is the largest file that is read, in bytes.
const maxFile = 8 << 20

// errLarge says that a file is larger than maxFile.
var errLarge = errors.New("the file is larger than 8 MiB")

// bytes returns what the file name holds.
func (lib *Library) bytes(name string) ([]byte, error) {
	f, err := lib.Files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > maxFile {
		return nil, errLarge
	}
	data := make([]byte, info.Size())
	n, err := io.ReadFull(f, data)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) { // cut short meanwhile
		err = nil
	}
	return data[:n], err
}

// read returns a text file in canonical form. Faults of its encoding are
// problems, and so is a file that is too large, which gives no source.
func (lib *Library) read(name string) ([]byte, []Problem, error) {
	data, err := lib.bytes(name)
	if errors.Is(err, errLarge) {
		return nil, []Problem{tooLarge(lib.path(name))}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	source, problems := decode(data, lib.path(name))
	return source, problems, nil
}

func tooLarge(file string) Problem {
	return Problem{Pos: Pos{File: file}, Rule: "too-large", Msg: errLarge.Error(), Hint: "split it into sections, one file each"}
}

// decode returns data in canonical form, and the faults of its encoding.
func decode(data []byte, file string) ([]byte, []Problem) {
	at, what := badByte(data)
	if at < 0 {
		return Canon(data), nil
	}
	pos := position(Canon(data[:at]), maxFile)
	pos.File = file
	return Canon(data), []Problem{{Pos: pos, Rule: "encoding", Msg: what, Hint: "save the file as UTF-8 text"}}
}

// badByte returns the offset of the first byte that is no text, or -1.
func badByte(source []byte) (int, string) {
	for i, r := range string(source) {
		switch {
		case r == 0:
			return i, "the file holds a NUL character"
		case r == '\ufffd' && source[i] != 0xef:
			return i, "the file is not UTF-8 text"
		}
	}
	return -1, ""
}

// file reads a file of v and notes its hash. Data is nil where the file is too
// large.
func (l *loader) file(v *Version, name string) (data []byte, f File, err error) {
	f.Name = path.Base(name)
	data, err = l.lib.bytes(name)
	switch {
	case errors.Is(err, errLarge):
		return nil, f, l.note(v, name)
	case err != nil:
		return nil, f, err
	}
	f.Sum = sha256.Sum256(data)
	if bytes.Contains(data, []byte("\r\n")) {
		f.Unix = sha256.Sum256(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))
	}
	v.Files = append(v.Files, f)
	return data, f, nil
}

// note notes the hash of what no reader wants at name, or of all files below
// it.
func (l *loader) note(v *Version, name string) error {
	return fs.WalkDir(l.lib.Files, name, func(p string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(e.Name(), ".") && e.IsDir():
			return fs.SkipDir
		case strings.HasPrefix(e.Name(), ".") || e.IsDir():
			return nil
		}
		f := File{Name: strings.TrimPrefix(p, v.Dir+"/")}
		if e.Type().IsRegular() {
			if f.Sum, err = l.lib.sum(p); err != nil {
				return err
			}
		}
		v.Files = append(v.Files, f)
		return nil
	})
}

// sum returns the SHA-256 of a file of any size.
func (lib *Library) sum(name string) (sum [sha256.Size]byte, err error) {
	f, err := lib.Files.Open(name)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return sum, err
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}
