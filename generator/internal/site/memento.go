package site

import (
	"time"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// linkFormat is the media type of a TimeMap.
const linkFormat = "application/link-format"

// A span is the time in which a version applies: from the first day to the one
// before until, which is zero where no end is known.
type span struct{ from, until legal.Date }

// applies returns when v applies, as far as the versions that are known tell, and
// false where another takes its place before it ever does.
func (d *document) applies(v *legal.Version) (span, bool) {
	s := span{from: v.Effective}
	later := false
	for _, w := range d.standing.Known {
		if later && (s.until.IsZero() || s.until.After(w.Effective)) {
			s.until = w.Effective
		}
		later = later || w == v
	}
	if !s.until.IsZero() && !s.until.After(v.Effective) {
		return span{v.Effective, v.Effective}, false
	}
	return s, true
}

// isMemento reports whether v's page is a memento of the document: it applied, or
// still does. One that is upcoming is none yet.
func (d *document) isMemento(v *legal.Version) bool {
	_, applies := d.applies(v)
	return applies && !v.Effective.After(d.day)
}

// timeMap writes the document's TimeMap (Memento, RFC 7089): at which instant
// each version took effect, and its permanent address, in the link format of RFC 6690.
//
//	<https://legal.example.com/terms/>; rel="original",
//	<https://legal.example.com/terms/timemap.link>; rel="self"; type="application/link-format"; from="…"; until="…",
//	<https://legal.example.com/terms/1.0.0/>; rel="first memento"; datetime="Tue, 01 Jul 2025 04:00:00 GMT",
//	<https://legal.example.com/terms/1.1.0/>; rel="last memento"; datetime="Thu, 01 Jan 2026 05:00:00 GMT"
//
// An instant is 00:00 of the effective date in the site's time zone. A version
// that never applied is no memento. There is no TimeGate: it answers by a header of
// the request, which files alone cannot.
//
// One list holds all versions, 150 bytes each: less than the record beside it. Where
// none has applied yet there is no TimeMap.
func (d *document) timeMap() error {
	file := d.path("timemap.link")
	if !d.wants(file) {
		return nil
	}
	var mementos []*legal.Version
	for _, v := range d.standing.Known {
		if d.isMemento(v) {
			mementos = append(mementos, v)
		}
	}
	if len(mementos) == 0 {
		return nil
	}
	first, last := mementos[0], mementos[len(mementos)-1]
	w := "<" + d.address(d.path("")) + `>; rel="original",` + "\n" +
		"<" + d.address(file) + `>; rel="self"; type="` + linkFormat + `"; from="` + d.instant(first) + `"; until="` + d.instant(last) + `"`
	for _, v := range mementos {
		rel := "memento"
		if v == last {
			rel = "last " + rel
		}
		if v == first {
			rel = "first " + rel
		}
		w += ",\n<" + d.address(d.path(dir(v)+"/")) + `>; rel="` + rel + `"; datetime="` + d.instant(v) + `"`
	}
	return d.keep(file, []byte(w+"\n"))
}

// instant returns when v took effect, as HTTP writes it.
func (d *document) instant(v *legal.Version) string {
	return v.Effective.In(d.site.Zone).In(time.UTC).Format("Mon, 02 Jan 2006 15:04:05 GMT") // RFC 9110, section 5.6.7
}

// relateMemento says in the head of v's page of which document it is a memento, and
// where the others are.
func (d *document) relateMemento(page *VersionPage, p place, v *legal.Version) {
	if d.isMemento(v) {
		page.relate("original", p.to(d.path("")))
		page.relateTimeMap(d, p)
	}
}

func (f *Frame) relateTimeMap(d *document, p place) {
	f.Relations = append(f.Relations, Relation{Rel: "timemap", Type: linkFormat, Href: p.to(d.path("timemap.link"))})
}
