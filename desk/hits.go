package desk

import (
	"context"
	"io"

	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
)

// HitDocuments calls f for the posting of every hit of an answer, in their order, as
// a document that the ledger would deliver today. A hit that the ledger no longer
// has is left out.
func (d *Desk) HitDocuments(ctx context.Context, a *Answer, f func(*indexer.Document) error) error {
	return d.read(ctx, func(l *ledger.Ledger) error {
		for i := range a.Hits {
			records, err := l.Get(ctx, a.Hits[i].ID)
			if err != nil {
				return err
			}
			for _, r := range records {
				if r.Posting.Source != a.Hits[i].Source || r.Posting.ID != a.Hits[i].ID {
					continue
				}
				doc := chosen.DocumentOf(r)
				if err := f(&doc); err != nil {
					return err
				}
			}
		}
		return nil
	})
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
