package legal

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestSVG looks at every picture of an archive and compares what must not be
// published, file by file.
func TestSVG(t *testing.T) {
	archives(t, "testdata/svg/*.txtar", func(t *testing.T, a *txtar.Archive) string {
		var w strings.Builder
		for _, f := range a.Files[:len(a.Files)-1] {
			faults := checkSVG(f.Data)
			if len(faults) == 0 {
				fmt.Fprintf(&w, "%s: fine\n", f.Name)
			}
			for _, fault := range faults {
				pos := position(f.Data, fault.offset)
				fmt.Fprintf(&w, "%s:%d:%d: %s\n", f.Name, pos.Line, pos.Col, fault.msg)
			}
		}
		return w.String()
	})
}

// A script is found in every encoding, and in a file made to use up time.
func TestSVGEncoding(t *testing.T) {
	const script = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
	var wide strings.Builder
	for _, r := range script {
		wide.WriteString(string([]byte{byte(r), 0}))
	}
	for name, source := range map[string]string{
		"UTF-16":           "\xff\xfe" + wide.String(),
		"UTF-16, no mark":  wide.String(),
		"UTF-16, declared": `<?xml version="1.0" encoding="UTF-16"?>` + script,
		"UTF-7, declared":  `<?xml version="1.0" encoding="UTF-7"?><svg xmlns="http://www.w3.org/2000/svg">+ADw-script+AD4-</svg>`,
		"Latin 1":          "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>\xe9</text></svg>",
		"gzip":             "\x1f\x8b\x08\x00",
		"empty":            "",
		"mark":             "\ufeff" + script,
		"deep":             strings.Repeat("<g>", 1000000),
	} {
		if faults := checkSVG([]byte(source)); len(faults) == 0 || len(faults) > maxPictureFaults {
			t.Errorf("%s: %d faults", name, len(faults))
		}
	}
	if faults := checkSVG([]byte("\ufeff" + strings.Replace(script, "script>alert(1)</script", "g></g", 1))); len(faults) > 0 {
		t.Errorf("with a byte order mark: %v, want none", faults)
	}
}
