package history

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// cutFront cuts text, in canonical form, at the front matter of another system:
// YAML between lines "---" as Jekyll has it, TOML between "+++" as Hugo does.
// Fields are what it says, by their keys in lower-case letters alone.
func cutFront(text []byte) (fields map[string]string, body []byte, note string) {
	first, rest, found := bytes.Cut(text, []byte("\n"))
	fence := string(bytes.TrimRight(first, " \t"))
	if !found || fence != "---" && fence != "+++" {
		return nil, text, ""
	}
	var head []byte
	for line := range bytes.Lines(rest) {
		if end := string(bytes.TrimRight(line, " \t\n")); end == fence || fence == "---" && end == "..." {
			head = rest[:len(head)]
			if fields, ok := frontFields(head, fence); ok {
				return fields, rest[len(head)+len(line):], ""
			}
			return nil, text, "" // a rule, and another one below
		}
		head = rest[:len(head)+len(line)]
	}
	return cutOpen(text, rest, fence)
}

// cutOpen cuts text at front matter that nobody closed: the lines before the
// first empty one, if all of them are settings.
func cutOpen(text, rest []byte, fence string) (map[string]string, []byte, string) {
	n := 0
	for line := range bytes.Lines(rest) {
		if len(bytes.TrimSpace(line)) == 0 {
			break
		}
		if !settingLine.Match(line) {
			return nil, text, ""
		}
		n += len(line)
	}
	if n == 0 {
		return nil, text, ""
	}
	fields, _ := frontFields(rest[:n], fence)
	return fields, rest[n:], "its front matter is not closed"
}

var settingLine = regexp.MustCompile(`^(?:["']?[\w.-]+["']?[ \t]*[:=](?:[ \t].*)?|[ \t]+\S.*|- .*|#.*)\n?$`)

// frontFields reads the settings in head, and reports whether there are any.
// What is damaged is read line by line.
func frontFields(head []byte, fence string) (map[string]string, bool) {
	if len(bytes.TrimSpace(head)) == 0 {
		return nil, true
	}
	if fence == "---" {
		if fields, err := yamlFields(head); err == nil {
			return fields, fields != nil
		}
	}
	fields, lines, settings := map[string]string{}, 0, 0
	for line := range bytes.Lines(head) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		lines++
		if settingLine.Match(line) {
			settings++
		}
		if m := settingParts.FindSubmatch(line); m != nil {
			fields[plainKey(string(m[1]))] = strings.Trim(strings.TrimSpace(string(m[2])), `"'`)
		}
	}
	return fields, len(fields) > 0 && settings*2 > lines
}

var settingParts = regexp.MustCompile(`^["']?([\w.-]+)["']?[ \t]*[:=][ \t]*(.*?)\n?$`)

// plainKey returns key without what systems differ in: lastUpdated, last_updated
// and Last-Updated are one.
func plainKey(key string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(key))
}

// yamlFields returns the scalars of a YAML mapping; nil where it is none.
func yamlFields(head []byte) (fields map[string]string, err error) {
	defer func() {
		if p := recover(); p != nil { // the library panics at some damage
			err = fmt.Errorf("%v", p)
		}
	}()
	var root yaml.Node
	if err := yaml.Unmarshal(head, &root); err != nil {
		return nil, err
	}
	if len(root.Content) == 0 { // comments alone
		return map[string]string{}, nil
	}
	mapping := root.Content[0]
	if mapping.Kind != yaml.MappingNode {
		return nil, nil
	}
	fields = map[string]string{}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if key, value := mapping.Content[i], mapping.Content[i+1]; value.Kind == yaml.ScalarNode {
			fields[plainKey(key.Value)] = strings.TrimSpace(value.Value)
		}
	}
	return fields, nil
}
