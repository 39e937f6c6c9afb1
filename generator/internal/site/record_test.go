package site

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// record returns the record of a document, which its own schema accepts.
func (b built) record(t *testing.T, name string) Record {
	t.Helper()
	file := name + "/versions.json"
	text, err := jsonschema.UnmarshalJSON(bytes.NewReader(b[name+"/versions.schema.json"]))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", text); err != nil {
		t.Fatal(err)
	}
	data, err := jsonschema.UnmarshalJSON(bytes.NewReader(b[file]))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.MustCompile("schema.json").Validate(data); err != nil {
		t.Errorf("%s: %v", file, err)
	}
	var r Record
	d := json.NewDecoder(bytes.NewReader(b[file]))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		t.Errorf("%s: %v", file, err)
	}
	return r
}

// The schema names every key of the record, and no other.
func TestRecordSchema(t *testing.T) {
	var schema struct {
		Properties map[string]any
		Defs       map[string]struct{ Properties map[string]any } `json:"$defs"`
	}
	if err := json.Unmarshal([]byte(recordSchema), &schema); err != nil {
		t.Fatal(err)
	}
	files := translated()
	files["site.yaml"].Data = append(files["site.yaml"].Data, "prevails: en\n"...)
	b := buildSite(t, files, "2026-06-15", Options{})
	b.record(t, "terms")
	b.record(t, "terms/de")
	var record map[string]any
	if err := json.Unmarshal(b["terms/de/versions.json"], &record); err != nil {
		t.Fatal(err)
	}
	keys := func(m map[string]any) map[string]bool {
		out := map[string]bool{}
		for key := range m {
			out[key] = true
		}
		return out
	}
	if diff := cmp.Diff(keys(schema.Properties), keys(record)); diff != "" {
		t.Errorf("-schema +record\n%s", diff)
	}
	newest := record["versions"].([]any)[0].(map[string]any)
	if diff := cmp.Diff(keys(schema.Defs["version"].Properties), keys(newest)); diff != "" {
		t.Errorf("of a version: -schema +record\n%s", diff)
	}
}

func TestRecordDates(t *testing.T) {
	for _, c := range []struct {
		day, inForce, since string
		until               map[string]string
	}{
		{"2025-12-31", "1.0.0", "1.0.0", map[string]string{"1.0.0": "2026-01-01"}},
		{"2026-06-15", "1.1.1", "1.0.0", map[string]string{"1.0.0": "2026-01-01", "1.1.0": "2026-02-10", "1.1.1": "2026-09-01", "2.0.0": "2026-09-01", "2.0.1": ""}},
		{"2026-08-31", "1.1.1", "1.0.0", map[string]string{"1.1.1": "2026-09-01", "2.0.0": "2026-09-01"}},
		{"2026-09-01", "2.0.1", "2.0.0", map[string]string{"1.1.1": "2026-09-01", "2.0.0": "2026-09-01", "2.0.1": ""}},
	} {
		files := replaced()
		if c.day < "2026-06" {
			for name := range files {
				if strings.Contains(name, "/2.0.") || strings.Contains(name, "/1.1.1/") {
					delete(files, name)
				}
			}
		} else if c.day < "2026-06-20" {
			for name, f := range files {
				f.Data = bytes.ReplaceAll(f.Data, []byte("published: 2026-06-20"), []byte("published: 2026-06-15"))
				files[name] = f
			}
		}
		r := buildSite(t, files, c.day, Options{}).record(t, "terms")
		if r.InForce == nil || *r.InForce != c.inForce || r.Reaccept == nil || *r.Reaccept != c.since {
			t.Errorf("%s: in force %v, to be accepted again since %v, want %s and %s", c.day, r.InForce, r.Reaccept, c.inForce, c.since)
		}
		for _, v := range r.Versions {
			want, ok := c.until[v.Number]
			if got := deref(v.Until); ok && got != want {
				t.Errorf("%s: %s applies until %q, want %q", c.day, v.Number, got, want)
			}
		}
	}
	r := buildSite(t, content(), "2026-02-01", Options{}).record(t, "policy")
	if r.InForce != nil || r.Reaccept != nil || r.TimeMap != "" {
		t.Errorf("before a version is in force the record says %v, %v, %q", r.InForce, r.Reaccept, r.TimeMap)
	}
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// What the front matter says goes before what follows from the number.
func TestReacceptance(t *testing.T) {
	history := func(steps ...string) fstest.MapFS {
		files := fstest.MapFS{"site.yaml": {Data: []byte(siteYAML)}}
		for i, step := range steps {
			number, more, _ := strings.Cut(step, " ")
			files["terms/versions/"+number+"/index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Terms\nversion: " + number +
				"\neffective: 2024-01-0" + string(rune('1'+i)) + "\nsummary: What changed.\n" + strings.ReplaceAll(more, ";", "\n") + "\n---\nText " + number + ".\n")}
		}
		return files
	}
	for _, c := range []struct {
		want  string
		steps []string
	}{
		{"1.0.0", []string{"1.0.0", "1.1.0", "1.1.1"}},
		{"1.3.0", []string{"1.3.0", "1.4.0"}},
		{"2.0.0", []string{"1.0.0", "2.0.0", "2.1.0", "2.1.1"}},
		{"1.0.0", []string{"1.0.0", "2.0.0 reacceptance: false"}},
		{"1.0.0", []string{"1.0.0", "2.0.0 material: false"}},
		{"1.1.0", []string{"1.0.0", "1.1.0 reacceptance: true", "1.1.1"}},
		{"2.0.0", []string{"1.0.0", "2.0.0 material: false;reacceptance: true"}},
	} {
		if got := deref(buildSite(t, history(c.steps...), "2026-01-01", Options{}).record(t, "terms").Reaccept); got != c.want {
			t.Errorf("%v: to be accepted again since %q, want %q", c.steps, got, c.want)
		}
	}
}
