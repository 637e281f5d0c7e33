package desk

import (
	"bytes"
	"encoding/json"
	"errors"

	"jobsieve/crawler/rows"
	"jobsieve/pipeline"
)

// Classified reads a row and gives its own members, then verdict, pay and facts.
func Classified(row *rows.Row, r *pipeline.Reader) ([]byte, error) {
	pipeline.Decode(&row.Posting)
	read := r.Read(&row.Posting)
	var b bytes.Buffer
	b.WriteByte('{')
	member := func(key string, value any) error {
		k, err := json.Marshal(key)
		if err != nil {
			return err
		}
		v, err := Marshal(value)
		if err != nil {
			return err
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.Write(k)
		b.WriteByte(':')
		b.Write(v)
		return nil
	}
	for _, m := range row.Members {
		if m.Key == "verdict" || m.Key == "pay" || m.Key == "facts" {
			continue
		}
		if err := member(m.Key, m.Value); err != nil {
			return nil, err
		}
	}
	err := errors.Join(member("verdict", &read.Verdict), member("pay", &read.Pay), member("facts", &read.Facts))
	b.WriteString("}\n")
	return b.Bytes(), err
}

// Marshal writes JSON without escaping what only HTML would mind.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}
