// Package sampleboard is a small job board of our own, "Naukri Chowk": 96
// invented postings in English, Hindi and Hinglish with what a careful reader
// makes of each, and an http.Handler that serves them the way real boards do.
//
// The quick start crawls it, and tests measure against it. The postings were
// written from the document's criteria before there was any rule.
package sampleboard

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"go.yaml.in/yaml/v4"

	"jobsieve/job"
)

//go:embed postings/*.yaml
var files embed.FS

// Posting is one posting of the board with what must be read from it.
type Posting struct {
	ID          string `yaml:"id"`
	Lang        string `yaml:"lang"`
	Title       string `yaml:"title"`
	Company     string `yaml:"company"`
	Location    string `yaml:"location"`
	Experience  string `yaml:"experience"`
	Salary      string `yaml:"salary"`
	Skills      string `yaml:"skills"`
	Description string `yaml:"description"`
	Posted      string `yaml:"posted"`
	Openings    int    `yaml:"openings"`
	// Trap says why a careless reader gets it wrong; empty for the others.
	Trap   string `yaml:"trap"`
	Expect Expect `yaml:"expect"`
}

// Expect is what a careful reader makes of a posting.
type Expect struct {
	Label      job.Label    `yaml:"label"`
	Function   job.Function `yaml:"function"`
	Criteria   []string     `yaml:"criteria"`
	Outsourced bool         `yaml:"outsourced"`
	Pay        ExpectPay    `yaml:"pay"`
	Facts      ExpectFacts  `yaml:"facts"`
}

// ExpectPay is the pay that must be read.
type ExpectPay struct {
	Kind            job.PayKind  `yaml:"kind"`
	Min             *float64     `yaml:"min"`
	Max             *float64     `yaml:"max"`
	Currency        string       `yaml:"currency"`
	Period          string       `yaml:"period"`
	PeriodInferred  bool         `yaml:"period_inferred"`
	Basis           job.PayBasis `yaml:"basis"`
	VariablePercent *float64     `yaml:"variable_percent"`
	Incentives      bool         `yaml:"incentives"`
}

// ExpectFacts are the facts that must be read.
type ExpectFacts struct {
	Places []struct {
		City    string `yaml:"city"`
		State   string `yaml:"state"`
		Country string `yaml:"country"`
	} `yaml:"places"`
	Experience struct {
		Min *float64 `yaml:"min"`
		Max *float64 `yaml:"max"`
	} `yaml:"experience"`
	Education string   `yaml:"education"`
	Shift     []string `yaml:"shift"`
	Mode      string   `yaml:"mode"`
	Openings  *int     `yaml:"openings"`
	Languages []string `yaml:"languages"`
}

// Job gives the posting as the crawler should find it.
func (p *Posting) Job() job.Posting {
	out := job.Posting{
		ID: p.ID, Title: p.Title, Company: p.Company, Location: p.Location, Experience: p.Experience, Salary: p.Salary,
		Skills: p.Skills, Description: strings.TrimSpace(p.Description), Posted: p.Posted,
	}
	if p.Openings > 0 {
		out.Openings = fmt.Sprint(p.Openings)
	}
	return out
}

// Postings gives all postings, by id.
func Postings() ([]Posting, error) {
	names, err := fs.Glob(files, "postings/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("sample board: %w", err)
	}
	var out []Posting
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("sample board: %w", err)
		}
		part, err := Decode(data)
		if err != nil {
			return nil, fmt.Errorf("sample board: %s: %w", name, err)
		}
		out = append(out, part...)
	}
	return out, nil
}

// Decode reads a YAML list of postings in the board's form.
func Decode(data []byte) ([]Posting, error) {
	var out []Posting
	if err := yaml.Load(data, &out, yaml.WithKnownFields()); err != nil {
		return nil, err
	}
	return out, nil
}
