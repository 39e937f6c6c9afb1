package check

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// Links between documents: of working texts that lead nowhere, and of frozen
// versions to ids that the current text has lost.
func TestLinks(t *testing.T) {
	a := txtar.Parse([]byte(`
-- good/code/10-scope.md --
---
title: Scope
---
See [data](/data/#use), [here](/data/index.html#gone), [there](../data/#no), [in full](https://example.com/data/#never),
[elsewhere](https://example.com/shop/), [others](https://example.net/data/#x), [a file](plan.txt), [its page](/data/1.0.0/).
-- good/code/plan.txt --
A plan.
-- good/data/index.md --
---
title: Data
version: 1.1.0
effective: 2026-06-01
published: 2026-05-01
summary: Renamed.
---
-- good/data/10-use.md --
---
title: Use
---
## Kept {#kept}

Here.
-- good/data/versions/1.1.0/index.md --
---
title: Data
version: 1.1.0
effective: 2026-06-01
published: 2026-05-01
summary: Renamed.
---
-- good/data/versions/1.1.0/10-use.md --
---
title: Use
---
## Kept {#kept}

Here.
-- good/code/versions/1.0.0/index.md --
---
title: Code of Conduct
version: 1.0.0
effective: 2026-01-01
---
-- good/code/versions/1.0.0/10-scope.md --
---
title: Scope
---
See [data](/data/#old), [again](/data/#old) and [kept](/data/#kept).
`))
	c := newTrial(t, a, "good/")
	var outlines []*Outline
	for _, r := range c.docs {
		outlines = append(outlines, Outlined(r))
	}
	var got []string
	for _, p := range Links(c.lib.Site, outlines) {
		got = append(got, p.String())
	}
	want := []string{
		`content/code/10-scope.md:4:26: warning: the section "Scope" links "here" to /data/#gone, and that document has no section "gone" [dangling-link]`,
		`content/code/10-scope.md:4:57: warning: the section "Scope" links "there" to /data/#no, and that document has no section "no" [dangling-link]`,
		`content/code/10-scope.md:4:79: warning: the section "Scope" links "in full" to /data/#never, and that document has no section "never" [dangling-link]`,
		`content/data/index.md:2:8: warning: no section has the id "old" any more, and code 1.0.0 links to it [dangling-link]`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}
