package desk

import (
	"context"
	"errors"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
)

// Origin is where postings are read from: the ledger or the index.
type Origin string

// The origins.
const (
	FromLedger Origin = "ledger"
	FromIndex  Origin = "index"
)

// Exported is a posting as an export gives it. Nothing in it depends on when or
// in which order postings came. Label and Function are those that hold, Verdict is
// the rules', also where Hand has others.
type Exported struct {
	ID          string  `json:"id"`
	Source      string  `json:"source"`
	URL         job.Opt `json:"url"`
	Title       string  `json:"title"`
	Company     job.Opt `json:"company"`
	Location    job.Opt `json:"location"`
	Experience  job.Opt `json:"experience"`
	Salary      job.Opt `json:"salary"`
	Skills      job.Opt `json:"skills"`
	Description job.Opt `json:"description"`

	Label      job.Label      `json:"label"`
	Function   job.Function   `json:"function"`
	LabelledBy job.Labeller   `json:"labelled_by"`
	Hand       *job.HandLabel `json:"hand,omitempty"` // nil where only the rules gave a label
	Verdict    job.Verdict    `json:"verdict"`
	Pay        job.Pay        `json:"pay"`
	Facts      job.Facts      `json:"facts"`
}

// ExportedOf gives a record in the form of an export.
func ExportedOf(r *ledger.Record) Exported {
	e := exported(&r.Posting, r.Pay, r.Facts)
	e.Verdict, e.Hand = r.Verdict, r.Hand
	e.Label, e.Function, e.LabelledBy = r.Label()
	return e
}

// ExportedDocument gives a document in the form of an export.
func ExportedDocument(d *indexer.Document) Exported {
	p := d.Posting()
	e := exported(&p, d.Detail.Pay, d.Detail.Facts)
	e.Verdict, e.Hand = d.Verdict(), d.Detail.Hand
	e.Label, e.Function, e.LabelledBy = job.Label(d.Label), job.Function(d.Function), d.Labeller()
	return e
}

// exported is a posting without its label.
func exported(p *job.Posting, m job.Pay, f job.Facts) Exported {
	return Exported{
		ID: p.ID, Source: p.Source, URL: job.Opt(p.URL), Title: p.Title, Company: job.Opt(p.Company),
		Location: job.Opt(p.Location), Experience: job.Opt(p.Experience), Salary: job.Opt(p.Salary),
		Skills: job.Opt(p.Skills), Description: job.Opt(p.Description), Pay: m, Facts: f,
	}
}

// Export calls f for every current posting that passes a filter, ordered by id.
// lacking, called first where the index is read, or asked for the filter's words,
// is given how it differs from the ledger.
func (d *Desk) Export(
	ctx context.Context, which *filter.Filter, from Origin, lacking func(chosen.Lack), f func(Exported) error,
) error {
	return d.each(ctx, which, from, lacking,
		func(r *ledger.Record) error { return f(ExportedOf(r)) },
		func(doc *indexer.Document) error { return f(ExportedDocument(doc)) })
}

// Documents is Export for documents as an index holds them.
func (d *Desk) Documents(
	ctx context.Context, which *filter.Filter, from Origin, lacking func(chosen.Lack), f func(*indexer.Document) error,
) error {
	record := func(r *ledger.Record) error {
		doc := chosen.DocumentOf(r)
		return f(&doc)
	}
	return d.each(ctx, which, from, lacking, record, f)
}

// each calls record for every posting of the ledger that passes a filter, or
// document for every one of the index as it is at the beginning.
func (d *Desk) each(
	ctx context.Context, which *filter.Filter, from Origin, lacking func(chosen.Lack),
	record func(*ledger.Record) error, document func(*indexer.Document) error,
) error {
	switch from {
	case FromLedger:
		return d.read(ctx, func(l *ledger.Ledger) error {
			p, err := d.passing(ctx, l, which, lacking)
			if err != nil {
				return err
			}
			return l.Each(ctx, p.only(record))
		})
	case FromIndex:
		return d.readAny(ctx, func(l *ledger.Ledger) error {
			q, err := d.query(ctx, l, which)
			if err != nil {
				return err
			}
			return d.Index.Each(ctx, l, q, lacking, document)
		})
	}
	return errors.New("expected to read from the ledger or the index, got " + string(from))
}
