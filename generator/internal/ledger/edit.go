package ledger

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"regexp"
	"strings"
)

func sum(data []byte) [sha256.Size]byte { return sha256.Sum256(data) }

// setAll sets keys of a file's front matter to values, which are pairs of
// arguments, and leaves every other byte as it is. A key that is there keeps
// its place and its comment; one that is not comes last.
func setAll(data []byte, pairs ...string) ([]byte, error) {
	for i := 0; i+1 < len(pairs); i += 2 {
		var err error
		if data, err = set(data, pairs[i], pairs[i+1]); err != nil {
			return nil, err
		}
	}
	return data, nil
}

// scalar matches a key with a value on one line: the key, the value, what follows.
const scalar = `(?m)^(%s[ \t]*:[ \t]+)("[^"\r\n]*"|'[^'\r\n]*'|[^\s#"'|>\[{][^\r\n#]*?)([ \t]*(?:#[^\r\n]*)?\r?)$`

func set(data []byte, key, value string) ([]byte, error) {
	head, rest, eol, err := split(data)
	if err != nil {
		return nil, err
	}
	pattern := regexp.MustCompile(fmt.Sprintf(scalar, regexp.QuoteMeta(key)))
	if m := pattern.FindSubmatchIndex(head); m != nil {
		if strings.Trim(string(head[m[4]:m[5]]), `"'`) == value {
			return data, nil
		}
		return bytes.Join([][]byte{head[:m[4]], []byte(value), head[m[5]:], rest}, nil), nil
	}
	if regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(key) + `[ \t]*:`).Match(head) {
		return nil, fmt.Errorf("the value of %s is not on one line: write %s: %s", key, key, value)
	}
	return bytes.Join([][]byte{head, []byte(key + ": " + value + eol), rest}, nil), nil
}

// setBlock sets a key to a text of several lines.
func setBlock(data []byte, key, text string) ([]byte, error) {
	data = drop(data, key)
	head, rest, eol, err := split(data)
	if err != nil {
		return nil, err
	}
	var w strings.Builder
	w.WriteString(key + ": |" + eol)
	for _, l := range strings.Split(strings.TrimSpace(text), "\n") {
		w.WriteString("  " + strings.TrimRight(l, "\r") + eol)
	}
	return bytes.Join([][]byte{head, []byte(w.String()), rest}, nil), nil
}

// drop removes a key with its value, which goes on in the lines below that
// are indented or empty.
func drop(data []byte, key string) []byte {
	head, rest, _, err := split(data)
	if err != nil {
		return data
	}
	pattern := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(key) + `[ \t]*:[^\n]*\n(?:[ \t]+[^\n]*\n|[ \t]*\r?\n)*`)
	m := pattern.FindIndex(head)
	if m == nil {
		return data
	}
	return bytes.Join([][]byte{head[:m[0]], head[m[1]:], rest}, nil)
}

// split cuts a file before the line that ends its front matter, and returns
// the line end that it uses.
func split(data []byte) (head, rest []byte, eol string, err error) {
	eol = "\n"
	if i := bytes.IndexByte(data, '\n'); i > 0 && data[i-1] == '\r' {
		eol = "\r\n"
	}
	for at, n := 0, 0; at < len(data); n++ {
		end := bytes.IndexByte(data[at:], '\n')
		if end < 0 {
			end = len(data) - at - 1
		}
		text := strings.TrimRight(string(data[at:at+end+1]), " \t\r\n")
		if n > 0 && text == "---" {
			return data[:at:at], data[at:], eol, nil
		}
		at += end + 1
	}
	return nil, nil, "", fmt.Errorf("the front matter does not end with a line ---")
}
