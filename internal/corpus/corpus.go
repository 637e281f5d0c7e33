// Package corpus holds the project's own labelled texts, which the readers and
// the rules are measured against: advertisements in Hindi and Hinglish with
// what each fact must be, a gold set for labels in three languages, and
// contrast cases for each criterion.
//
// All of it was invented, and written from the criteria without sight of the
// readers and rules: what a reader gets wrong here is either fixed in the
// reader by general means, or remains a counted miss. README.md has the
// conventions.
package corpus

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"jobsieve/job"
	"jobsieve/sampleboard"
)

var (
	//go:embed ads_hi.yaml
	adsHindi []byte
	//go:embed ads_hinglish.yaml
	adsHinglish []byte
	//go:embed gold.jsonl
	gold []byte
	//go:embed contrast.yaml
	contrast []byte
)

// Ads gives the advertisements in Hindi (ad-hi-…) and Hinglish (ad-hl-…), in
// the sample board's form.
func Ads() ([]sampleboard.Posting, error) {
	hindi, err := sampleboard.Decode(adsHindi)
	if err != nil {
		return nil, fmt.Errorf("ads_hi.yaml: %w", err)
	}
	hinglish, err := sampleboard.Decode(adsHinglish)
	if err != nil {
		return nil, fmt.Errorf("ads_hinglish.yaml: %w", err)
	}
	return slices.Concat(hindi, hinglish), nil
}

// Labelled is a posting of the gold set. Confidence is 1 (a careful reader
// could differ), 2 or 3 (certain).
type Labelled struct {
	ID          string       `json:"id"`
	Lang        string       `json:"lang"`
	Title       string       `json:"title"`
	Company     string       `json:"company"`
	Location    string       `json:"location"`
	Experience  string       `json:"experience"`
	Salary      string       `json:"salary"`
	Skills      string       `json:"skills"`
	Description string       `json:"description"`
	Label       job.Label    `json:"label"`
	Function    job.Function `json:"function"`
	Confidence  int          `json:"confidence"`
	Trap        string       `json:"trap"`
}

// Posting gives the fields that the readers see.
func (l *Labelled) Posting() job.Posting {
	return job.Posting{
		ID: l.ID, Title: l.Title, Company: l.Company, Location: l.Location, Experience: l.Experience,
		Salary: l.Salary, Skills: l.Skills, Description: l.Description,
	}
}

// Gold gives the gold set for labels.
func Gold() ([]Labelled, error) {
	var out []Labelled
	sc := bufio.NewScanner(bytes.NewReader(gold))
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		var l Labelled
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("gold.jsonl:%d: %w", n, err)
		}
		out = append(out, l)
	}
	return out, sc.Err()
}

// Contrast is two postings that differ in one sentence: {S} in a field stands
// for the sentence, or for nothing. Negative cases have a sentence that speaks
// of the criterion's subject and must not fire it.
type Contrast struct {
	ID        string `yaml:"id"`
	Criterion string `yaml:"criterion"`
	Lang      string `yaml:"lang"`
	Posting   struct {
		Title       string `yaml:"title"`
		Company     string `yaml:"company"`
		Location    string `yaml:"location"`
		Experience  string `yaml:"experience"`
		Salary      string `yaml:"salary"`
		Skills      string `yaml:"skills"`
		Description string `yaml:"description"`
	} `yaml:"posting"`
	Sentence string `yaml:"sentence"`
	// Direction is the label that the criterion speaks for.
	Direction    job.Label `yaml:"direction"`
	LabelWith    job.Label `yaml:"label_with"`
	LabelWithout job.Label `yaml:"label_without"`
	Negative     bool      `yaml:"negative"`
}

// With gives the posting with the sentence, Without the one without it.
func (c *Contrast) With() job.Posting { return c.fill(c.Sentence) }

// Without gives the posting without the sentence.
func (c *Contrast) Without() job.Posting { return c.fill("") }

func (c *Contrast) fill(sentence string) job.Posting {
	put := func(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "{S}", sentence)) }
	p := &c.Posting
	return job.Posting{
		ID: c.ID, Title: put(p.Title), Company: put(p.Company), Location: put(p.Location),
		Experience: put(p.Experience), Salary: put(p.Salary), Skills: put(p.Skills),
		Description: put(p.Description),
	}
}

// Contrasts gives the contrast cases of all criteria.
func Contrasts() ([]Contrast, error) {
	var out []Contrast
	if err := yaml.Load(contrast, &out, yaml.WithKnownFields()); err != nil {
		return nil, fmt.Errorf("contrast.yaml: %w", err)
	}
	return out, nil
}
