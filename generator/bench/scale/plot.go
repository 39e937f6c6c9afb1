package main

import (
	"bytes"
	"fmt"
	"math"

	"github.com/nanoprompt/codicil/generator/bench"
)

// The picture has four fields, seconds above bytes, each with axes in powers
// of ten. A dashed line is growth in proportion, through the first point.
const (
	fieldWidth, fieldHeight = 360, 220
	left, top               = 70, 30
	apartX, apartY          = 90, 70
)

func (r *results) plot() []byte {
	var w bytes.Buffer
	width, height := left+2*fieldWidth+apartX+20, top+2*fieldHeight+apartY+50
	fmt.Fprintf(&w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">`+"\n", width, height)
	w.WriteString("<title>Seconds and bytes against versions and documents</title>\n")
	fmt.Fprintf(&w, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", width, height)
	for i, line := range []struct {
		of     string
		points []point
	}{{"versions of one document", r.Versions}, {"documents of ten versions", r.Documents}} {
		x := left + i*(fieldWidth+apartX)
		field(&w, x, top, "seconds", line.of, line.points, func(p point) float64 { return p.Seconds })
		field(&w, x, top+fieldHeight+apartY, "MB written", line.of, line.points, func(p point) float64 { return float64(p.Bytes) / 1e6 })
	}
	w.WriteString("</svg>\n")
	return w.Bytes()
}

// field draws the line of points at a place.
func field(w *bytes.Buffer, x, y int, what, of string, points []point, value func(point) float64) {
	fmt.Fprintf(w, `<g transform="translate(%d %d)" fill="none" stroke="#000">`+"\n", x, y)
	defer w.WriteString("</g>\n")
	fmt.Fprintf(w, `<path d="M0 0V%d H%d"/>`+"\n", fieldHeight, fieldWidth)
	label(w, fieldWidth/2, fieldHeight+36, "middle", of)
	label(w, 0, -10, "start", what)
	if len(points) == 0 {
		return
	}
	first, last := points[0], points[len(points)-1]
	low, high := value(first), value(first)
	for _, p := range points {
		low, high = min(low, value(p)), max(high, value(p))
	}
	across := newAxis(float64(first.N), float64(last.N), fieldWidth)
	up := newAxis(low, high, fieldHeight)
	across.ticks(func(at float64, text string) { label(w, at, fieldHeight+18, "middle", text) })
	up.ticks(func(at float64, text string) { label(w, -8, fieldHeight-at+4, "end", text) })

	// In proportion, as far as the field goes.
	end := min(float64(last.N)/float64(first.N), math.Pow(10, up.to)/value(first))
	fmt.Fprintf(w, `<path stroke="#767676" stroke-dasharray="4 4" d="M%.1f %.1fL%.1f %.1f"/>`+"\n",
		across.at(float64(first.N)), fieldHeight-up.at(value(first)),
		across.at(end*float64(first.N)), fieldHeight-up.at(end*value(first)))
	path := ""
	for i, p := range points {
		path += fmt.Sprintf("%c%.1f %.1f", "ML"[min(i, 1)], across.at(float64(p.N)), fieldHeight-up.at(value(p)))
	}
	fmt.Fprintf(w, `<path stroke="#0b57d0" stroke-width="2" d="%s"/>`+"\n", path)
	for _, p := range points {
		fmt.Fprintf(w, `<circle r="3" fill="#0b57d0" stroke="none" cx="%.1f" cy="%.1f"/>`+"\n", across.at(float64(p.N)), fieldHeight-up.at(value(p)))
	}
}

func label(w *bytes.Buffer, x, y float64, anchor, text string) {
	fmt.Fprintf(w, `<text fill="#000" stroke="none" text-anchor="%s" x="%.0f" y="%.0f">%s</text>`+"\n", anchor, x, y, text)
}

// An axis goes from one power of ten to another.
type axis struct{ from, to, length float64 }

func newAxis(low, high, length float64) axis {
	a := axis{math.Floor(math.Log10(low)), math.Ceil(math.Log10(high)), length}
	a.to = max(a.to, a.from+1)
	return a
}

// at returns where a value stands.
func (a axis) at(value float64) float64 {
	return (math.Log10(value) - a.from) / (a.to - a.from) * a.length
}

// ticks calls draw for the powers of ten.
func (a axis) ticks(draw func(at float64, text string)) {
	for n := a.from; n <= a.to; n++ {
		value := math.Pow(10, n)
		text := fmt.Sprint(value)
		if n >= 0 {
			text = bench.Thousands(int(value))
		}
		draw(a.at(value), text)
	}
}
