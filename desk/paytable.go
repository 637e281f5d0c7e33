package desk

import (
	"context"

	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
	"jobsieve/report"
)

// PayTable makes a pay table of the ledger or of the index. lacking, called
// before where the index is read, learns what of the ledger is not in it.
func (d *Desk) PayTable(
	ctx context.Context, opts report.Options, from Origin, lacking func(chosen.Lack),
) (*report.Table, error) {
	p := report.NewPay(opts)
	err := d.each(ctx, from, lacking,
		func(r *ledger.Record) error { p.Add(RowOf(r)); return nil },
		func(doc *indexer.Document) error { p.Add(rowOfDocument(doc)); return nil })
	return p.Table(), err
}
