package corpus

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"

	"jobsieve/job"
)

//go:embed readings/pay-*.jsonl readings/facts-*.jsonl
var readings embed.FS

// PayText is a text with the pay that must be read from it: an invented one, or a
// piece of a real description, which stands here by its place alone.
type PayText struct {
	ID      string    `json:"id"`
	Field   job.Field `json:"field"`
	Text    string    `json:"text"`
	Lang    string    `json:"lang"`
	Posting string    `json:"posting"`
	Start   int       `json:"start"` // in characters of the description
	End     int       `json:"end"`
	Truth   PayTruth  `json:"truth"`
}

// PayTruth is the pay of a text; nil and empty where the text states nothing.
type PayTruth struct {
	Kind       job.PayKind  `json:"kind"`
	Min        *float64     `json:"min"`
	Max        *float64     `json:"max"`
	Currency   job.Opt      `json:"currency"`
	Period     job.Opt      `json:"period"`
	Basis      job.PayBasis `json:"basis"`
	Incentives bool         `json:"incentives"`
	Variable   *float64     `json:"variable_percent"`
}

// FactText is a posting with the facts that must be read from it.
type FactText struct {
	ID string `json:"id"`
	// Posting is a row as a file of postings has it.
	Posting json.RawMessage `json:"posting"`
	Truth   FactTruth       `json:"truth"`
	Lang    string          `json:"lang"`
	Traps   []string        `json:"traps"`
}

// FactTruth is the facts of a posting; nil and empty where it states nothing.
type FactTruth struct {
	Places []struct {
		City    job.Opt `json:"city"`
		State   job.Opt `json:"state"`
		Country job.Opt `json:"country"`
	} `json:"places"`
	Experience []*float64  `json:"experience"`
	Education  job.Opt     `json:"education"`
	Shift      []job.Shift `json:"shift"`
	Mode       job.Opt     `json:"mode"`
	Openings   *int        `json:"openings"`
	Languages  []string    `json:"languages"`
	Posted     job.Opt     `json:"posted"`
}

// PayTexts gives the texts for pay of a round.
func PayTexts(round int) ([]PayText, error) { return readingLines[PayText]("pay", round) }

// FactTexts gives the postings for facts of a round.
func FactTexts(round int) ([]FactText, error) { return readingLines[FactText]("facts", round) }

func readingLines[T any](kind string, round int) (out []T, err error) {
	name := fmt.Sprintf("readings/%s-%d.jsonl", kind, round)
	data, err := readings.ReadFile(name)
	if err != nil {
		return nil, err
	}
	for n, line := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
		var item T
		if err := json.Unmarshal(line, &item); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n+1, err)
		}
		out = append(out, item)
	}
	return out, nil
}
