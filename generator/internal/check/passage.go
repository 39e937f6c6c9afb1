package check

import (
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A passage is a block of the working text with the place where it was typed.
type passage struct {
	*legal.Block
	section *legal.Section // nil: the opening text
	words   string         // what a reader sees of the block
	prose   string         // the same, with spaces for what stands as code
	pos     legal.Pos      // of the block's first line
	end     int            // the file's line with which the next block begins; 0: there is none
}

// passages returns the working text, block by block in reading order.
func (r *Review) passages() []passage {
	if r.Draft == nil || r.text != nil {
		return r.text
	}
	r.add(r.Draft.Opening, nil, r.Draft.BodyPos)
	for _, s := range r.Draft.Sections {
		r.add(s.Body, s, s.BodyPos)
	}
	return r.text
}

func (r *Review) add(t *legal.Text, s *legal.Section, pos func(int) legal.Pos) {
	for i := range t.Blocks {
		b := &t.Blocks[i]
		p := passage{Block: b, section: s, words: b.Words(), prose: b.Prose(), pos: pos(b.Line)}
		if i+1 < len(t.Blocks) && t.Blocks[i+1].Line > b.Line {
			p.end = pos(t.Blocks[i+1].Line).Line
		}
		r.text = append(r.text, p)
	}
}

// where names the section for a message.
func (p *passage) where() string {
	if p.section == nil {
		return "the opening text"
	}
	return "the section " + quoted(p.section.Title)
}

// place returns where the words of p from the byte offset start to end stand
// in the source: as exactly as the text can be found between the signs of Markdown.
func (r *Review) place(p *passage, start, end int) legal.Pos {
	needle := p.words[start:end]
	nth := strings.Count(p.words[:start], needle)
	if pos, ok := r.seek(p, needle, nth); ok {
		return pos
	}
	first, _, more := strings.Cut(needle, " ")
	if pos, ok := r.seek(p, first, strings.Count(p.words[:start], first)); more && ok {
		return pos
	}
	return p.pos
}

// seek finds the nth occurrence (from 0) of needle in the source of p.
func (r *Review) seek(p *passage, needle string, nth int) (legal.Pos, bool) {
	lines := r.lines(p.pos.File)
	last := len(lines)
	if p.end > 0 {
		last = min(last, p.end-1)
	}
	for n := p.pos.Line; n >= 1 && n <= last; n++ {
		line := lines[n-1]
		for from := 0; needle != ""; nth-- {
			i := strings.Index(line[from:], needle)
			if i < 0 {
				break
			}
			if nth == 0 {
				return legal.Pos{File: p.pos.File, Line: n, Col: utf8.RuneCountInString(line[:from+i]) + 1}, true
			}
			from += i + len(needle)
		}
	}
	return legal.Pos{}, false
}

// lines returns the lines of a file of the content, in canonical form.
func (r *Review) lines(file string) []string {
	if lines, ok := r.sources[file]; ok {
		return lines
	}
	var lines []string
	name := strings.TrimPrefix(strings.TrimPrefix(file, r.Library.Root), "/")
	if data, err := fs.ReadFile(r.Library.Files, name); err == nil {
		lines = strings.Split(string(legal.Canon(data)), "\n")
	}
	if r.sources == nil {
		r.sources = map[string][]string{}
	}
	r.sources[file] = lines
	return lines
}

// quoted returns s in quotation marks, on one line and short enough for a message.
func quoted(s string) string {
	const most = 80
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most-1]) + "…"
	}
	return `"` + s + `"`
}

// around returns s from start to end with what stands beside it, at whole words.
func around(s string, start, end int) string {
	const beside = 24
	from, to := max(0, start-beside), min(len(s), end+beside)
	if from > 0 {
		if i := strings.IndexAny(s[from:start], " \t\n"); i >= 0 {
			from += i + 1
		} else {
			from = start
		}
	}
	if to < len(s) {
		if i := strings.LastIndexAny(s[end:to], " \t\n"); i >= 0 {
			to = end + i
		} else {
			to = end
		}
	}
	return strings.ToValidUTF8(s[from:to], "")
}
