package desk

import (
	"context"
	"io"
	"slices"

	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
)

// HitDocuments calls f for the posting of every hit of an answer, in their order, as
// a document that the ledger would deliver today, or as it was on the day of the answer. A
// hit that the ledger no longer has is left out.
func (d *Desk) HitDocuments(ctx context.Context, a *Answer, f func(*indexer.Document) error) error {
	return d.read(ctx, func(l *ledger.Ledger) error {
		var then *past // nil for now
		if a.AsOf != "" {
			var err error
			if then, err = d.past(l, a.AsOf); err != nil {
				return err
			}
		}
		for i := range a.Hits {
			records, err := hitRecords(ctx, l, &a.Hits[i])
			if err == nil && then != nil {
				records, err = then.records(ctx, records)
			}
			if err != nil {
				return err
			}
			for _, r := range records {
				doc := chosen.DocumentOf(r)
				if err := f(&doc); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// hitRecords gives the record of a hit; none where the ledger lacks it.
func hitRecords(ctx context.Context, l *ledger.Ledger, hit *Card) ([]*ledger.Record, error) {
	records, err := l.Get(ctx, hit.ID)
	return slices.DeleteFunc(records, func(r *ledger.Record) bool {
		return r.Posting.Source != hit.Source || r.Posting.ID != hit.ID
	}), err
}

// WriteHits writes the hits of an answer as CSV, as the export writes postings, in their
// order. The header stands there where nothing was found, too. Its error is that of
// HitDocuments.
func (d *Desk) WriteHits(ctx context.Context, a *Answer, out io.Writer) error {
	if err := csvLine(out, Columns(indexer.Fields)); err != nil {
		return err
	}
	return d.HitDocuments(ctx, a, func(doc *indexer.Document) error { return csvLine(out, Row(indexer.Fields, doc)) })
}
