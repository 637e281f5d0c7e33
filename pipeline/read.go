package pipeline

import (
	"fmt"

	"jobsieve/classifier"
	"jobsieve/facts"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pay"
	"jobsieve/text"
)

// Reader reads postings: their facts, their pay and their verdict. It may be
// used by several goroutines.
type Reader struct {
	classifier *classifier.Classifier
	// defaults gives what holds for the pay of a source.
	defaults func(source string) pay.Defaults
}

// NewReader makes a reader with the embedded rules, and those of the folder
// rules laid over them unless it is empty. defaults may be nil: then well-known
// boards alone have any.
func NewReader(rules string, defaults func(source string) pay.Defaults) (*Reader, error) {
	c, err := classifier.New(rules)
	if err != nil {
		return nil, err
	}
	if rules != "" {
		if faults := c.CheckCases(ReadCase); len(faults) > 0 {
			return nil, faults
		}
	}
	if defaults == nil {
		defaults = pay.DefaultsOf
	}
	return &Reader{c, defaults}, nil
}

// Classifier is the rule book in use.
func (r *Reader) Classifier() *classifier.Classifier { return r.classifier }

// Read reads a posting. It depends on the posting alone.
func (r *Reader) Read(p *job.Posting) ledger.Reading {
	docs := parse(p)
	f := facts.Read(p, docs)
	money := pay.OfPosting(docs, r.defaults(p.Source))
	return ledger.Reading{Facts: f, Pay: money, Verdict: r.classifier.Classify(docs, &f, &money)}
}

// parse brings all fields to tokens, once.
func parse(p *job.Posting) func(job.Field) *text.Doc {
	docs := make(map[job.Field]*text.Doc, len(job.Fields))
	for _, f := range job.Fields {
		docs[f] = text.Parse(p.Text(f))
	}
	return func(f job.Field) *text.Doc { return docs[f] }
}

// ReadCase reads a posting for the cases of a rule.
func ReadCase(p *job.Posting) (classifier.Docs, *job.Facts, *job.Pay) {
	docs := parse(p)
	f := facts.Read(p, docs)
	money := pay.OfPosting(docs, pay.Defaults{})
	return docs, &f, &money
}

// PayOf reads the pay of a text as one field of a posting of a source.
func (r *Reader) PayOf(field job.Field, s, source string) (job.Pay, error) {
	switch field {
	case job.FieldSalary, job.FieldTitle, job.FieldDescription:
		return pay.Read(field, s, r.defaults(source)), nil
	}
	return job.Pay{}, fmt.Errorf("field: expected salary, title or description, got %q", field)
}
