package legal

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Canon returns source without what editors and systems differ in: a byte
// order mark is dropped, CRLF and CR become LF, composed characters take
// Unicode's form C, and a byte that is not UTF-8 or NUL becomes U+FFFD. It
// returns source itself where nothing is to be done.
func Canon(source []byte) []byte {
	source = bytes.TrimPrefix(source, []byte("\ufeff"))
	if bytes.IndexByte(source, '\r') >= 0 {
		source = bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n"))
		source = bytes.ReplaceAll(source, []byte("\r"), []byte("\n"))
	}
	if bytes.IndexByte(source, 0) >= 0 {
		source = bytes.ReplaceAll(source, []byte{0}, []byte("\ufffd"))
	}
	if !utf8.Valid(source) {
		source = bytes.ToValidUTF8(source, []byte("\ufffd"))
	}
	if !norm.NFC.IsNormal(source) {
		source = norm.NFC.Bytes(source)
	}
	return source
}

// position returns the line and column of offset in source, in characters
// from 1.
func position(source []byte, offset int) Pos {
	offset = min(offset, len(source))
	before := source[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	return Pos{
		Line: bytes.Count(before, []byte("\n")) + 1,
		Col:  utf8.RuneCount(before[start:]) + 1,
	}
}

// quote returns s in quotation marks for a message, cut to one short line.
func quote(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	const most = 60
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most-1]) + "…"
	}
	return `"` + s + `"`
}

// SafeLink reports whether link may stand in a page: relative, or of a
// scheme that cannot run code in it.
func SafeLink(link string) bool {
	scheme, _, ok := strings.Cut(strings.Map(dropControl, link), ":")
	if !ok || strings.ContainsAny(scheme, "/?#") {
		return true
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto", "tel":
		return true
	}
	return false
}

// dropControl drops what browsers skip when they read a scheme.
func dropControl(r rune) rune {
	if r <= ' ' || r == 0x7f {
		return -1
	}
	return r
}
