package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"jobsieve/crawler/rows"
	"jobsieve/indexer"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
)

type classifyCmd struct {
	rowFlags
	File string `arg:"" optional:"" default:"-" help:"JSON lines or CSV; - for standard input."`
}

// Help teaches the form of a line.
func (*classifyCmd) Help() string {
	return `Each row has title and, as far as it is known, id, source, company, location, experience, salary, skills, description. The same rows come out as JSON lines, in order, with verdict, pay and facts.

  echo '{"title":"Telecaller, night shift","salary":"12-15k"}' | jobsieve classify`
}

// Run labels the postings of a file.
func (cmd *classifyCmd) Run(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	r, err := a.reader(c)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(a.out, 1<<16)
	err = a.eachRow(cmd.File, cmd.rowFlags, func(row *rows.Row) error {
		line, err := classified(row, r)
		if err == nil {
			_, err = out.Write(line)
		}
		return err
	})
	if e := out.Flush(); e != nil {
		return fmt.Errorf("write: %w", e)
	}
	return err
}

// classified gives a row's own members, then verdict, pay and facts.
func classified(row *rows.Row, r *pipeline.Reader) ([]byte, error) {
	read := r.Read(&row.Posting)
	var b bytes.Buffer
	b.WriteByte('{')
	member := func(key string, value any) error {
		k, err := json.Marshal(key)
		if err != nil {
			return err
		}
		v, err := marshal(value)
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

// marshal writes JSON without escaping what only HTML would mind.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}

// open opens a file, or standard input for "-".
func (a *app) open(name string) (io.Reader, func() error, error) {
	if name == "-" || name == "" {
		return a.in, func() error { return nil }, nil
	}
	f, err := rows.OpenFile(a.ctx, name)
	switch {
	case a.ctx.Err() != nil:
		return nil, nil, fmt.Errorf("open %s: %w", name, a.ctx.Err())
	case err != nil:
		return nil, nil, usage("%w", err)
	}
	return f, f.Close, nil
}

// exported is a posting as export writes it. Nothing in it depends on when or
// in which order postings came.
type exported struct {
	ID          string      `json:"id"`
	Source      string      `json:"source"`
	URL         job.Opt     `json:"url"`
	Title       string      `json:"title"`
	Company     job.Opt     `json:"company"`
	Location    job.Opt     `json:"location"`
	Experience  job.Opt     `json:"experience"`
	Salary      job.Opt     `json:"salary"`
	Skills      job.Opt     `json:"skills"`
	Description job.Opt     `json:"description"`
	Verdict     job.Verdict `json:"verdict"`
	Pay         job.Pay     `json:"pay"`
	Facts       job.Facts   `json:"facts"`
}

func exportedOf(r *ledger.Record) exported {
	return exportedPosting(&r.Posting, r.Verdict, r.Pay, r.Facts)
}

func exportedOfDocument(d *indexer.Document) exported {
	p := d.Posting()
	return exportedPosting(&p, d.Verdict(), d.Detail.Pay, d.Detail.Facts)
}

func exportedPosting(p *job.Posting, v job.Verdict, m job.Pay, f job.Facts) exported {
	return exported{
		p.ID, p.Source, job.Opt(p.URL), p.Title, job.Opt(p.Company), job.Opt(p.Location), job.Opt(p.Experience), job.Opt(p.Salary),
		job.Opt(p.Skills), job.Opt(p.Description), v, m, f,
	}
}
