package site

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/nanoprompt/codicil/generator/internal/legal"
	"github.com/nanoprompt/codicil/generator/internal/redline"
)

// A Memory is what is known of the pages that a build made of a document, so that
// the next one need not make those again whose texts and frames are the same. It
// holds for the same settings, documents, options and tool.
type Memory struct {
	Pages   map[string]string          // by their files: the hash of what each was made from
	Figures map[string]redline.Summary // of redlines, by the hash of the two texts

	Sections map[string][]SectionChange // of redlines, by the same
}

func newMemory() *Memory {
	return &Memory{map[string]string{}, map[string]redline.Summary{}, map[string][]SectionChange{}}
}

// A Reuse gives a build what an earlier one made. The zero Reuse gives nothing.
type Reuse struct {
	Memory *Memory
	// Keep makes a page of the earlier build part of this one, if it is still as it
	// was made, and reports whether it did.
	Keep func(file string) (bool, error)
}

// reuse keeps a page that was made from the same values before, and reports
// whether it did. The values are all that the page is made from beside what
// a Memory holds for.
func (d *document) reuse(file string, from ...any) (bool, error) {
	if d.only != "" {
		return false, nil
	}
	hash, err := hashOf(from...)
	if err != nil {
		return false, fmt.Errorf("remember %s: %w", file, err)
	}
	d.memory.Pages[file] = hash
	if d.was.Memory == nil || d.was.Memory.Pages[file] != hash {
		return false, nil
	}
	return d.was.Keep(file)
}

// hashOf returns a hash of values.
func hashOf(values ...any) (string, error) {
	data, err := json.Marshal(values)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:18]), nil
}

// A said is what of a version its pages show beside their frames.
type said struct {
	Number, Title, Opening string
	Sections               []saidSection
	Attachments            map[string]string // with their hashes
	Numbered               bool
}

type saidSection struct {
	ID, Title, File, Body string
	Was                   []string
	Version, Effective    string
}

// says returns a hash of all that a page can show of v's text.
func (d *document) says(v *legal.Version) (string, error) {
	if hash, ok := d.texts[v]; ok {
		return hash, nil
	}
	digest := func(t *legal.Text) string {
		sum := t.Digest()
		return base64.RawURLEncoding.EncodeToString(sum[:])
	}
	s := said{Number: v.Number.String(), Title: v.Title, Opening: digest(v.Opening), Attachments: map[string]string{}, Numbered: v.Numbered}
	for _, section := range v.Sections {
		s.Sections = append(s.Sections, saidSection{section.ID, section.Title, section.File, digest(section.Body), section.Was,
			section.Version.String(), section.Effective.String()})
	}
	for _, name := range v.Attachments {
		sum := v.AttachmentSum(name)
		s.Attachments[name] = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	hash, err := hashOf(s)
	if err == nil {
		d.texts[v] = hash
	}
	return hash, err
}

// pair returns a hash of all that a redline can show of two texts.
func (d *document) pair(old, new *legal.Version) (string, error) {
	a, err := d.says(old)
	if err != nil {
		return "", err
	}
	b, err := d.says(new)
	return a + " " + b, err
}
