package pipeline

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"

	"jobsieve/classifier"
	"jobsieve/config"
	"jobsieve/facts"
	"jobsieve/internal/strictyaml"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pay"
	"jobsieve/text"
)

// Reader reads postings: their facts, their pay and their verdict. It may be
// used by several goroutines.
type Reader struct {
	classifier *classifier.Classifier
	facts      *facts.Reader
	pay        *pay.Reader
	// defaults gives what holds for the pay of a source.
	defaults func(source string) pay.Defaults
	// configured is what a configuration says of the pay of its sources.
	configured map[string]pay.Defaults
}

// NewReader makes a reader with the embedded rules, and those of the folder
// rules laid over them unless it is empty. defaults may be nil: then well-known
// boards alone have any.
func NewReader(rules string, defaults func(source string) pay.Defaults) (*Reader, error) {
	c, err := classifier.New(rules)
	if err != nil {
		return nil, err
	}
	f, err := facts.New(c.Lexicon())
	if err != nil {
		return nil, fmt.Errorf("words of facts: %w", err)
	}
	money, err := pay.New(c.Lexicon(), &job.India)
	if err != nil {
		return nil, err
	}
	if defaults == nil {
		defaults = pay.DefaultsOf
	}
	r := &Reader{classifier: c, facts: f, pay: money, defaults: defaults}
	if rules != "" {
		if faults := r.CheckCases(); len(faults) > 0 {
			return nil, faults
		}
	}
	return r, nil
}

// CheckCases tries every rule on its own cases; see
// classifier.Classifier.CheckCases.
func (r *Reader) CheckCases() strictyaml.Faults { return r.classifier.CheckCases(r.ReadCase) }

// ReadCase reads a posting for the cases of a rule.
func (r *Reader) ReadCase(p *job.Posting) (classifier.Docs, *job.Facts, *job.Pay) {
	return r.partsWith(p, pay.Defaults{})
}

// ReaderFor makes a reader with the rules of a folder laid over the embedded
// ones, empty for none, and what a configuration says of its sources. Its error is
// a *RulesError where those rules have faults, or are not there.
func ReaderFor(c *config.Config, rules string) (*Reader, error) {
	bySource := map[string]pay.Defaults{}
	for i := range c.Sources {
		if p := c.Sources[i].Pay; p.Period != "" || p.Currency != "" {
			bySource[c.Sources[i].Name] = pay.Defaults{Period: p.Period, Currency: p.Currency}
		}
	}
	r, err := NewReader(rules, func(source string) pay.Defaults {
		if d, ok := bySource[source]; ok {
			return d
		}
		return pay.DefaultsOf(source)
	})
	var faults strictyaml.Faults
	if errors.As(err, &faults) || errors.Is(err, os.ErrNotExist) {
		err = &RulesError{err}
	}
	if err == nil {
		r.configured = bySource
	}
	return r, err
}

// Name tells readers apart that read otherwise: it has the version of the rules, and of what
// a configuration says of its sources. It holds for one version of the program.
func (r *Reader) Name() string {
	sum := sha256.New()
	for _, source := range slices.Sorted(maps.Keys(r.configured)) {
		fmt.Fprintf(sum, "%q %q\n", source, r.configured[source])
	}
	return fmt.Sprintf("%s-%.4x", r.classifier.Version(), sum.Sum(nil))
}

// RulesError is a fault in somebody's own rules.
type RulesError struct{ Err error }

func (e *RulesError) Error() string { return e.Err.Error() }
func (e *RulesError) Unwrap() error { return e.Err }

// Classifier is the rule book in use.
func (r *Reader) Classifier() *classifier.Classifier { return r.classifier }

// Read reads a posting, the first text.Limit bytes of each field. It depends on
// the posting alone, and costs in proportion to what it reads.
func (r *Reader) Read(p *job.Posting) ledger.Reading { return r.dated(p, facts.Posted(p)) }

// dated is Read for a posting whose date was read before.
func (r *Reader) dated(p *job.Posting, posted job.Opt) ledger.Reading {
	ds := documents.Get().(*documentSet)
	defer documents.Put(ds)
	docs := ds.parse(r.facts, p)
	f := r.facts.Read(p, docs, posted)
	money := r.pay.OfPosting(docs, r.defaults(p.Source))
	return ledger.Reading{Facts: f, Pay: money, Verdict: r.classifier.Classify(docs, &f, &money)}
}

// ReadAll gives a function that reads the postings of records, on all cores,
// until the context ends.
func (r *Reader) ReadAll(ctx context.Context) func([]*ledger.Record) ([]ledger.Reading, error) {
	return func(records []*ledger.Record) ([]ledger.Reading, error) {
		out := make([]ledger.Reading, len(records))
		err := onAllCores(ctx, len(records), func(i int) { out[i] = r.Read(&records[i].Posting) })
		return out, err
	}
}

// Unheard gives what the rules match in a posting that speaks for no label; see
// classifier.Classifier.Unheard.
func (r *Reader) Unheard(p *job.Posting) []job.Evidence {
	return r.classifier.Unheard(r.Parts(p))
}

// Likely says how likely the words of a posting make each label; see
// classifier.Classifier.Likely.
func (r *Reader) Likely(p *job.Posting) []classifier.Likely {
	docs, _, _ := r.Parts(p)
	return r.classifier.Likely(docs)
}

// Parts reads what the classifier asks of a posting.
func (r *Reader) Parts(p *job.Posting) (classifier.Docs, *job.Facts, *job.Pay) {
	return r.partsWith(p, r.defaults(p.Source))
}

func (r *Reader) partsWith(p *job.Posting, def pay.Defaults) (classifier.Docs, *job.Facts, *job.Pay) {
	docs := new(documentSet).parse(r.facts, p)
	f := r.facts.Read(p, docs, facts.Posted(p))
	money := r.pay.OfPosting(docs, def)
	return docs, &f, &money
}

// ExplainPay says how pay is read from a text that is one field of a posting of
// a source.
func (r *Reader) ExplainPay(field job.Field, s, source string) string {
	return r.pay.Explain(field, text.Decode(s), r.defaults(source))
}

// documentSet is the parsed fields of one posting; its memory is reused.
type documentSet struct {
	docs [16]text.Doc // in the order of job.Fields
}

var documents = sync.Pool{New: func() any { return new(documentSet) }}

// parse brings all fields to tokens, once, as far as readers see them; leaving
// out the description's boilerplate.
func (ds *documentSet) parse(r *facts.Reader, p *job.Posting) func(job.Field) *text.Doc {
	for i, f := range job.Fields {
		if f == job.FieldDescription {
			r.ResetWork(&ds.docs[i], text.Cut(p.Text(f))) // without what says nothing about the job
			continue
		}
		ds.docs[i].Reset(text.Cut(p.Text(f)))
	}
	return func(f job.Field) *text.Doc { return &ds.docs[slices.Index(job.Fields, f)] }
}

// cut reports a posting with a field that is longer than readers see.
func cut(p *job.Posting) bool {
	return slices.ContainsFunc(job.Fields, func(f job.Field) bool { return len(p.Text(f)) > text.Limit })
}

// PayOf reads the pay of a text as one field of a posting of a source.
func (r *Reader) PayOf(field job.Field, s, source string) (job.Pay, error) {
	switch field {
	case job.FieldSalary, job.FieldTitle, job.FieldDescription:
		return r.pay.Read(field, text.Cut(text.Decode(s)), r.defaults(source)), nil
	}
	return job.Pay{}, fmt.Errorf("field: expected salary, title or description, got %q", field)
}
