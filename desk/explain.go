package desk

import (
	"context"
	"slices"

	"jobsieve/classifier"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/trust"
)

// Explanation says why a posting has its label, its pay and its facts.
type Explanation struct {
	// Record is the posting with what is known about it; its Version is 0 where it
	// is not stored.
	Record *ledger.Record
	// Criteria are those that fired, in the rule book's order.
	Criteria []Criterion
	// Other is what speaks for work of another kind, against all labels; Undone
	// what matched and was taken back by something else in the text.
	Other, Undone []job.Evidence
	// Likely says which labelled postings it is like by its words.
	Likely []classifier.Likely
	// Signals are those that its texts give by themselves.
	Signals []trust.Signal
	// History are its earlier readings.
	History []ledger.Earlier
}

// Criterion is one that fired, with its evidence, the weightiest first.
type Criterion struct {
	ID, Says string
	// Label is the one that it speaks for.
	Label    job.Label
	Evidence []job.Evidence
}

// Explain explains the postings of an id, of one source where source is not
// empty; none where there is no such posting. Its error is an
// *config.UnknownSourceError where nobody knows the source.
func (d *Desk) Explain(ctx context.Context, id, source string) (out []Explanation, err error) {
	err = d.read(ctx, func(l *ledger.Ledger) error {
		records, err := d.named(ctx, l, id, source)
		if err != nil {
			return err
		}
		for _, r := range records {
			e, err := d.explained(r)
			if err != nil {
				return err
			}
			if e.History, err = l.History(ctx, r); err != nil {
				return err
			}
			out = append(out, e)
		}
		return nil
	})
	return out, err
}

// ExplainText explains a posting that is not stored.
func (d *Desk) ExplainText(p job.Posting) (Explanation, error) {
	reader, err := d.Reader()
	if err != nil {
		return Explanation{}, err
	}
	pipeline.Decode(&p)
	return d.explained(&ledger.Record{Posting: p, Reading: reader.Read(&p)})
}

func (d *Desk) explained(r *ledger.Record) (Explanation, error) {
	reader, err := d.Reader()
	if err != nil {
		return Explanation{}, err
	}
	e := Explanation{Record: r, Criteria: criteria(reader.Classifier().Criteria(), r.Verdict.Evidence)}
	e.Likely = reader.Likely(&r.Posting)
	signals, err := d.trust()
	if err != nil {
		return e, err
	}
	e.Signals = signals.Read(&r.Posting)
	for _, u := range reader.Unheard(&r.Posting) {
		switch {
		case u.Weight > 0:
			e.Other = append(e.Other, u)
		case u.Weight == 0:
			e.Undone = append(e.Undone, u)
		}
	}
	return e, nil
}

// ExplainedPosting is a posting with its signals, in the form of an export.
type ExplainedPosting struct {
	Exported
	Signals []trust.Signal `json:"signals,omitempty"`
}

// Exported gives the posting that is explained in the form of an export, with its
// signals.
func (e *Explanation) Exported() ExplainedPosting {
	return ExplainedPosting{ExportedOf(e.Record), e.Signals}
}

// criteria gathers evidence by criterion, in the order of the rule book.
func criteria(book []classifier.Criterion, evidence []job.Evidence) (out []Criterion) {
	sorted := slices.Clone(evidence)
	slices.SortStableFunc(sorted, func(a, b job.Evidence) int {
		switch {
		case a.Weight > b.Weight:
			return -1
		case a.Weight < b.Weight:
			return 1
		}
		return 0
	})
	for _, k := range book {
		c := Criterion{ID: k.ID, Says: k.Says, Label: k.Label}
		for _, e := range sorted {
			if e.Criterion == k.ID {
				c.Evidence = append(c.Evidence, e)
			}
		}
		if len(c.Evidence) > 0 {
			out = append(out, c)
		}
	}
	return out
}
