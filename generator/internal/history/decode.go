package history

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// decode returns source as the text that a person saw, in canonical form, and
// what is to be said of how it was read. Charset is the encoding of what is not
// UTF-8; empty: Windows-1252, which holds Latin-1.
func decode(source []byte, charset string) (text []byte, note string) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(source, []byte("\xff\xfe")), bytes.HasPrefix(source, []byte("\xfe\xff")):
		from, note = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "it is UTF-16"
	case utf8.Valid(source):
	case damaged(source) && charset == "":
		note = "it is UTF-8 with damaged characters, which are shown as \ufffd"
	default:
		from, note = named(charset)
	}
	if from != nil {
		if decoded, err := from.NewDecoder().Bytes(source); err == nil {
			source = decoded
		}
	}
	if bytes.IndexByte(source, 0) >= 0 {
		note = "it holds NUL characters, which are shown as \ufffd"
	}
	return legal.Canon(source), note
}

// named returns the encoding of that name, as the web names them.
func named(charset string) (encoding.Encoding, string) {
	if charset == "" {
		return charmap.Windows1252, "it is not UTF-8 and was read as Windows-1252; if that is wrong, name the encoding in the plan"
	}
	e, err := htmlindex.Get(charset)
	if err != nil {
		return nil, fmt.Sprintf("there is no encoding %q", charset)
	}
	return e, "it was read as " + charset
}

// ValidEncoding reports whether the web knows an encoding of that name.
func ValidEncoding(name string) bool {
	_, err := htmlindex.Get(name)
	return err == nil
}

// damaged reports whether source is UTF-8 for the most part: it has more
// characters of several bytes than bytes that are none.
func damaged(source []byte) bool {
	good, bad := 0, 0
	for len(source) > 0 {
		r, n := utf8.DecodeRune(source)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		source = source[n:]
	}
	return good > bad
}
