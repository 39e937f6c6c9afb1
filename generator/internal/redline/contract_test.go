package redline

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What became of each section is told with its figures and the notes of its
// blocks; one that moved has the figures of both its ends.
func TestHappened(t *testing.T) {
	old := "## Fees\n\nFees are due in thirty days after we sent you the invoice. Interest accrues from the first day on which they are late.\n\n" +
		"## Notices\n\nNotices are sent by ordinary post, and we keep a copy of each of them.\n\n" +
		"## Use\n\nYou may use it.\n\nYou may share it.\n"
	new := "## Notices\n\nNotices are sent by post, and we keep a copy of each and every one of them.\n\n" +
		"## Fees\n\nFees are due in thirty days after we sent you the invoice. Interest accrues from the first day on which they are late.\n\n" +
		"## Use\n\n- You may use it.\n- You may share it.\n"
	got := Compare(version(old), version(new)).Contract().Sections
	want := []Happened{
		{ID: "notices", Title: "Notices", What: []string{"moved", "changed"}, Stats: Counts{Inserted: 3, Deleted: 1, Moved: 15}},
		{ID: "fees", Title: "Fees", What: []string{"kept"}},
		{ID: "use", Title: "Use", What: []string{"changed"}, Stats: Counts{Formats: 2}, Notes: []Noted{{"block", "paragraph", "paragraph in item", 2}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

// A comparison of equal texts says so with empty lists, not with null.
func TestContractOfSame(t *testing.T) {
	v := version("## Fees\n\nFees are due.\n")
	data, err := json.Marshal(Compare(v, v).Contract())
	if err != nil {
		t.Fatal(err)
	}
	want := `{"version":1,"summary":"no change","messages":[],` +
		`"stats":{"inserted":0,"deleted":0,"moved":0,"links":0,"formats":0,"typography":0},` +
		`"sections":[{"id":"fees","title":"Fees","what":["kept"],"stats":{"inserted":0,"deleted":0,"moved":0,"links":0,"formats":0,"typography":0}}],` +
		`"effort":{"steps":0,"limit":150000000,"coarse":0},"ops":[{"op":"equal","text":"Terms\nFees\nFees are due.\n"}]}`
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}
