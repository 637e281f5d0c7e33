package desk

import (
	"encoding/json"
	"fmt"

	"jobsieve/job"
	"jobsieve/pipeline"
)

// payText is one text to read.
type payText struct {
	Key    json.RawMessage `json:"key"`
	Field  job.Field       `json:"field"`
	Text   *string         `json:"text"`
	Source string          `json:"source"`
}

// ReadPay reads the pay of a text. Line is a JSON object with key, field, text and
// perhaps source; what comes out is a JSON object with the key and the pay.
func ReadPay(r *pipeline.Reader, line []byte) ([]byte, error) {
	var t payText
	if err := json.Unmarshal(line, &t); err != nil {
		return nil, fmt.Errorf("not a JSON object with key, field and text: %w", err)
	}
	if t.Text == nil {
		t.Text = new(string)
	}
	p, err := r.PayOf(t.Field, *t.Text, t.Source)
	if err != nil {
		return nil, err
	}
	out, err := Marshal(struct {
		Key json.RawMessage `json:"key"`
		job.Pay
	}{orNull(t.Key), p})
	return append(out, '\n'), err
}

func orNull(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return json.RawMessage("null")
	}
	return raw
}
