package main

import (
	"io"
	"net/url"

	"github.com/nanoprompt/codicil/generator/internal/check"
	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// The parts of SARIF 2.1.0 that problems need. See
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string             `json:"id"`
		ShortDescription sarifText          `json:"shortDescription"`
		Configuration    sarifConfiguration `json:"defaultConfiguration"`
	}
	sarifConfiguration struct {
		Enabled bool   `json:"enabled"`
		Level   string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"` // nil: the file as a whole
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
)

// printSARIF writes problems as one run of SARIF, with all rules.
func printSARIF(w io.Writer, problems []legal.Problem) error {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "Codicil", InformationURI: "https://github.com/nanoprompt/codicil"}},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	index := map[string]int{}
	for i, rule := range check.Rules() {
		index[rule.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
			ID:               rule.ID,
			ShortDescription: sarifText{rule.Doc},
			Configuration:    sarifConfiguration{rule.Severity != legal.Off, sarifLevel(rule.Severity)},
		})
	}
	for _, p := range problems {
		r := sarifResult{RuleID: p.Rule, RuleIndex: index[p.Rule], Level: sarifLevel(p.Severity), Message: sarifText{p.Msg}}
		if p.Hint != "" {
			r.Message.Text += "\nHint: " + p.Hint
		}
		file := url.URL{Path: p.File}
		at := sarifPhysical{Artifact: sarifArtifact{file.String()}}
		if p.Line > 0 {
			at.Region = &sarifRegion{p.Line, p.Col}
		}
		r.Locations = []sarifLocation{{at}}
		run.Results = append(run.Results, r)
	}
	return encodeJSON(w, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func sarifLevel(s legal.Severity) string {
	if s == legal.Error {
		return "error"
	}
	return "warning"
}
