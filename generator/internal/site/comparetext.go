package site

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// A CompareText is text.json of a version: all that a redline of it is made from, for a
// browser that compares two versions which no page compares. It holds what was read
// and not how it was written, so that nothing is in it that a page would not show.
//
//	{
//	  "format": 1,
//	  "document": "terms",
//	  "language": "en-GB",
//	  "number": "1.1.0",
//	  "effective": "2026-01",
//	  "title": "Terms",
//	  "opening": {"blocks": [{"cells": [[{"text": "These are the terms."}]]}]},
//	  "sections": [{"id": "fees", "title": "Fees", "file": "10-fees.md", "text": {
//	    "in": [{"kind": 0, "start": 1, "tight": true}, {"kind": 1}],
//	    "blocks": [{"in": [0, 1], "cells": [[{"text": "Late fees are "}, {"text": "low", "style": 2}]]}]}}],
//	  "attachments": [{"name": "map.svg", "sha256": "…"}],
//	  "documents": ["privacy-policy"]
//	}
//
// A text is a legal.Text: its blocks say by the places of their containers in "in"
// what they stand in. Kinds, styles and the rest are numbers as legal counts them,
// and what is zero is left out. Documents are those of the site that links lead to.
type CompareText struct {
	Format      int              `json:"format"`
	Document    string           `json:"document"`
	Language    string           `json:"language"`
	Number      string           `json:"number"`
	Effective   string           `json:"effective"`
	Title       string           `json:"title"`
	Opening     json.RawMessage  `json:"opening,omitempty"`
	Sections    []TextSection    `json:"sections,omitempty"`
	Attachments []TextAttachment `json:"attachments,omitempty"`
	Documents   []string         `json:"documents,omitempty"`
}

// textFormat changes with what a CompareText means.
const textFormat = 1

// A TextSection is a section in a CompareText.
type TextSection struct {
	ID    string          `json:"id"`
	Was   []string        `json:"was,omitempty"`
	Title string          `json:"title"`
	File  string          `json:"file"`
	Text  json.RawMessage `json:"text,omitempty"`
}

// A TextAttachment is an attachment in a CompareText.
type TextAttachment struct {
	Name string `json:"name"`
	Sum  string `json:"sha256"`
}

type (
	textBody struct {
		In     []textContainer `json:"in,omitempty"`
		Blocks []textBlock     `json:"blocks"`
	}
	textContainer struct {
		Kind    legal.ContainerKind `json:"kind"`
		Ordered bool                `json:"ordered,omitempty"`
		Start   int                 `json:"start,omitempty"`
		Tight   bool                `json:"tight,omitempty"`
		Task    legal.Task          `json:"task,omitempty"`
		Align   []legal.Align       `json:"align,omitempty"`
		Label   string              `json:"label,omitempty"`
	}
	textBlock struct {
		Kind   legal.BlockKind `json:"kind,omitempty"`
		Level  int             `json:"level,omitempty"`
		ID     string          `json:"id,omitempty"`
		Header bool            `json:"header,omitempty"`
		Lang   string          `json:"lang,omitempty"`
		In     []int           `json:"in,omitempty"`
		Cells  [][]textInline  `json:"cells,omitempty"`
	}
	textInline struct {
		Kind  legal.InlineKind `json:"kind,omitempty"`
		Text  string           `json:"text,omitempty"`
		Style legal.Style      `json:"style,omitempty"`
		Link  string           `json:"link,omitempty"`
		Title string           `json:"title,omitempty"`
		Src   string           `json:"src,omitempty"`
		Label string           `json:"label,omitempty"`
	}
)

// compareTexts write the text of every known version, where browsers are to compare them.
func (d *document) compareTexts() error {
	if !d.hasEngine() {
		return nil
	}
	for _, v := range d.standing.Known {
		file := d.path(dir(v) + "/text.json")
		if !d.wants(file) {
			continue
		}
		text, err := d.says(v)
		if err != nil {
			return err
		}
		if kept, err := d.reuse(file, text); err != nil {
			return err
		} else if kept {
			continue
		}
		data, err := d.compareText(v)
		if err != nil {
			return err
		}
		if err := d.keep(file, data); err != nil {
			return err
		}
	}
	return nil
}

// compareText returns the CompareText of v.
func (d *document) compareText(v *legal.Version) ([]byte, error) {
	f := CompareText{Format: textFormat, Document: d.Name, Language: d.site.Language,
		Number: v.Number.String(), Effective: v.Effective.String(), Title: v.Title}
	var err error
	if f.Opening, err = encodeText(v.Opening); err != nil {
		return nil, err
	}
	for _, s := range v.Sections {
		text, err := encodeText(s.Body)
		if err != nil {
			return nil, err
		}
		f.Sections = append(f.Sections, TextSection{s.ID, s.Was, s.Title, s.File, text})
	}
	for _, name := range v.Attachments {
		sum := v.AttachmentSum(name)
		f.Attachments = append(f.Attachments, TextAttachment{name, hex.EncodeToString(sum[:])})
	}
	f.Documents = d.linked(v)
	return compactJSON(f)
}

// compactJSON returns v as JSON for machines alone.
func compactJSON(v any) ([]byte, error) {
	var w bytes.Buffer
	e := json.NewEncoder(&w)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode JSON: %w", err)
	}
	return bytes.TrimSuffix(w.Bytes(), []byte("\n")), nil
}

// linked returns the site's documents that links of v name from the site's root.
func (d *document) linked(v *legal.Version) []string {
	named := map[string]bool{}
	for _, t := range textsOf(v) {
		if t == nil {
			continue
		}
		for _, b := range t.Blocks {
			for _, run := range slices.Concat(b.Cells...) {
				for _, link := range []string{run.Link, run.Src} {
					if path, ok := strings.CutPrefix(link, "/"); ok {
						named[path[:len(path)-len(strings.TrimLeft(path, nameSigns))]] = true
					}
				}
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(d.names), func(name string) bool { return !named[name] })
}

// nameSigns are what names of documents are written with.
const nameSigns = "abcdefghijklmnopqrstuvwxyz0123456789-"

func encodeText(t *legal.Text) (json.RawMessage, error) {
	if t == nil {
		return nil, nil
	}
	body := textBody{Blocks: make([]textBlock, len(t.Blocks))}
	places := map[*legal.Container]int{}
	for i := range t.Blocks {
		b := &t.Blocks[i]
		out := textBlock{Kind: b.Kind, Level: b.Level, ID: b.ID, Header: b.Header, Lang: b.Lang}
		for _, c := range b.Path {
			at, ok := places[c]
			if !ok {
				at = len(body.In)
				places[c] = at
				body.In = append(body.In, textContainer(*c))
			}
			out.In = append(out.In, at)
		}
		for _, cell := range b.Cells {
			runs := make([]textInline, len(cell))
			for j, run := range cell {
				runs[j] = textInline(run)
			}
			out.Cells = append(out.Cells, runs)
		}
		body.Blocks[i] = out
	}
	return compactJSON(body)
}

// A textReader reads texts. Equal ones are read once.
type textReader map[string]*legal.Text

func (r textReader) text(data json.RawMessage) (*legal.Text, error) {
	if data == nil {
		return nil, nil
	}
	if t, ok := r[string(data)]; ok {
		return t, nil
	}
	t, err := decodeText(data)
	r[string(data)] = t
	return t, err
}

var errNoText = errors.New("this is no text of a version")

func decodeText(data json.RawMessage) (*legal.Text, error) {
	var body textBody
	if err := json.Unmarshal(data, &body); err != nil {
		return nil, err
	}
	containers := make([]legal.Container, len(body.In))
	for i, c := range body.In {
		containers[i] = legal.Container(c)
	}
	blocks := make([]legal.Block, len(body.Blocks))
	for i, b := range body.Blocks {
		out := legal.Block{Kind: b.Kind, Level: b.Level, ID: b.ID, Header: b.Header, Lang: b.Lang}
		for _, at := range b.In {
			if at < 0 || at >= len(containers) {
				return nil, errNoText
			}
			out.Path = append(out.Path, &containers[at])
		}
		for _, cell := range b.Cells {
			var runs []legal.Inline
			for _, run := range cell {
				runs = append(runs, legal.Inline(run))
			}
			out.Cells = append(out.Cells, runs)
		}
		blocks[i] = out
	}
	return legal.NewText(blocks), nil
}

// version reads data as a CompareText and returns the version that it holds.
func (r textReader) version(data []byte) (*CompareText, *legal.Version, error) {
	var f CompareText
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, nil, err
	}
	if f.Format != textFormat {
		return nil, nil, errNoText
	}
	v := &legal.Version{Title: f.Title}
	var err1, err2, err3 error
	v.Number, err1 = legal.ParseNumber(f.Number)
	v.Effective, err2 = legal.ParseDate(f.Effective)
	v.Opening, err3 = r.text(f.Opening)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, nil, err
	}
	for _, s := range f.Sections {
		body, err := r.text(s.Text)
		if err != nil {
			return nil, nil, err
		}
		v.Sections = append(v.Sections, &legal.Section{ID: s.ID, Was: s.Was, Title: s.Title, File: s.File, Body: body})
	}
	for _, a := range f.Attachments {
		sum, err := hex.DecodeString(a.Sum)
		if err != nil || len(sum) != 32 {
			return nil, nil, errNoText
		}
		v.Attach(a.Name, [32]byte(sum))
	}
	return &f, v, nil
}
