package main

import (
	"bufio"
	"fmt"

	"jobsieve/desk"
	"jobsieve/job"
)

type payCmd struct {
	File    string `arg:"" optional:"" default:"-" help:"JSON lines; - for standard input."`
	Explain string `placeholder:"TEXT" help:"Show how one text is read."`
	Field   string `default:"salary" enum:"salary,title,description" help:"With --explain: which field the text is (${enum})."`
	Source  string `help:"With --explain: the source whose defaults apply."`
	JSON    bool   `name:"json" help:"With --explain: print the pay as JSON, as that of a line."`
}

// Help teaches the form of a line.
func (*payCmd) Help() string {
	return `Each line is an object with key, field (salary, title or description), text and, if wanted, source; the output is the key and the pay.

  echo '{"key":"1","field":"title","text":"Telecaller Sal upto 28k"}' | jobsieve pay
  jobsieve pay --explain "50,000-3 Lacs PA"`
}

// Run reads pay.
func (cmd *payCmd) Run(a *app) (err error) {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	r, err := d.Reader()
	if err != nil {
		return err
	}
	if cmd.Explain != "" {
		if err := sourceError("--source", d.CheckDefaults(a.ctx, cmd.Source)); err != nil {
			return err
		}
		if cmd.JSON {
			p, err := r.PayOf(job.Field(cmd.Field), cmd.Explain, cmd.Source)
			if err != nil {
				return err
			}
			return a.writeJSON(p)
		}
		_, err := fmt.Fprint(a.out, r.ExplainPay(job.Field(cmd.Field), cmd.Explain, cmd.Source))
		return err
	}
	out := bufio.NewWriterSize(a.out, 1<<16)
	err = a.eachObject(cmd.File, func(object []byte) error {
		line, err := desk.ReadPay(r, object)
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
