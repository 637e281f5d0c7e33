package main

import (
	"bufio"
	"encoding/json"
	"fmt"

	"jobsieve/job"
	"jobsieve/pay"
	"jobsieve/pipeline"
)

type payCmd struct {
	File    string `arg:"" optional:"" default:"-" help:"JSON lines; - for standard input."`
	Explain string `placeholder:"TEXT" help:"Show how one text is read."`
	Field   string `default:"salary" enum:"salary,title,description" help:"With --explain: which field the text is (${enum})."`
	Source  string `help:"With --explain: the source, whose defaults hold."`
}

// Help teaches the form of a line.
func (*payCmd) Help() string {
	return `Each line is an object with key, field (salary, title or description), text and perhaps source; what comes out is the key and the pay.

  echo '{"key":"1","field":"title","text":"Telecaller Sal upto 28k"}' | jobsieve pay
  jobsieve pay --explain "50,000-3 Lacs PA"`
}

// payText is one text to read.
type payText struct {
	Key    json.RawMessage `json:"key"`
	Field  job.Field       `json:"field"`
	Text   *string         `json:"text"`
	Source string          `json:"source"`
}

// Run reads pay.
func (cmd *payCmd) Run(a *app) (err error) {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	r, err := a.reader(c)
	if err != nil {
		return err
	}
	if cmd.Explain != "" {
		_, err := fmt.Fprint(a.out, pay.Explain(job.Field(cmd.Field), cmd.Explain, pay.DefaultsOf(cmd.Source)))
		return err
	}
	out := bufio.NewWriterSize(a.out, 1<<16)
	err = a.eachObject(cmd.File, func(object []byte) error {
		line, err := readPay(r, object)
		if err != nil {
			return err
		}
		if _, err := out.Write(line); err != nil {
			return &outError{err}
		}
		return nil
	})
	if e := out.Flush(); e != nil {
		return fmt.Errorf("write: %w", e)
	}
	return err
}

// readPay reads the pay of one text.
func readPay(r *pipeline.Reader, object []byte) ([]byte, error) {
	var t payText
	if err := json.Unmarshal(object, &t); err != nil {
		return nil, fmt.Errorf("not a JSON object with key, field and text: %w", err)
	}
	if t.Text == nil {
		t.Text = new(string)
	}
	p, err := r.PayOf(t.Field, *t.Text, t.Source)
	if err != nil {
		return nil, err
	}
	out, err := marshal(struct {
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
