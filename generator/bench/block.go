package bench

import (
	"fmt"
	"strings"
)

// A block is a paragraph of sentences, a list of items, a table of rows or a
// heading of one part.
type block struct {
	kind  kind
	parts []string
}

type kind int

const (
	paragraph kind = iota
	bullets
	numbers
	table
	quote
	heading
)

// block returns a new block: of ten, six are paragraphs, two lists and two
// headings, now and then a table or a quote, as in real documents.
func (p prose) block(first bool) *block {
	b := &block{}
	n := 1 + p.IntN(3)
	switch u := p.Float64(); {
	case u < 0.012:
		b.kind, n = table, 2+p.IntN(10)
	case u < 0.024:
		b.kind = quote
	case u < 0.2 && !first:
		b.kind, n = heading, 1
	case u < 0.33:
		b.kind, n = bullets, 2+p.IntN(6)
	case u < 0.41:
		b.kind, n = numbers, 2+p.IntN(6)
	}
	for range n {
		b.parts = append(b.parts, p.part(b.kind))
	}
	return b
}

// part returns a new part of a block.
func (p prose) part(k kind) string {
	switch k {
	case bullets, numbers:
		return p.item()
	case table:
		return p.row()
	case heading:
		return fmt.Sprintf("%d.%d %s", p.IntN(90)+1, p.IntN(90)+1, p.title())
	}
	return p.sentence()
}

// size counts the words of b, and what ends a part as one.
func (b *block) size() int {
	n := 0
	for _, part := range b.parts {
		n += words(part)
	}
	return n
}

func words(text string) int { return strings.Count(text, " ") + 2 }

// write writes b as Markdown.
func (b *block) write(w *strings.Builder, wrapped bool) {
	switch b.kind {
	case heading:
		w.WriteString("## " + b.parts[0] + "\n")
	case table:
		w.WriteString("| What | Use | Time |\n| --- | --- | ---: |\n")
		for _, row := range b.parts {
			w.WriteString("| " + row + " |\n")
		}
	case bullets:
		for _, item := range b.parts {
			w.WriteString("- " + item + "\n")
		}
	case numbers:
		for i, item := range b.parts {
			fmt.Fprintf(w, "%d. %s\n", i+1, item)
		}
	case quote:
		w.WriteString("> " + strings.Join(b.parts, " ") + "\n")
	default:
		text := strings.Join(b.parts, " ")
		if wrapped {
			text = wrap(text)
		}
		w.WriteString(text + "\n")
	}
}

// wrap breaks a text into lines of about 72 characters.
func wrap(text string) string {
	var w strings.Builder
	column := 0
	for i, word := range strings.Split(text, " ") {
		switch {
		case i == 0:
		case column+len(word) > 72:
			w.WriteByte('\n')
			column = 0
		default:
			w.WriteByte(' ')
			column++
		}
		w.WriteString(word)
		column += len(word)
	}
	return w.String()
}
