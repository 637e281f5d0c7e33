package desk

import (
	"context"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
	"jobsieve/report"
)

// PayTable is a pay table, and what it rests on.
type PayTable struct {
	*report.Table
	// ReadOtherwise counts the postings of the ledger that were read by other
	// rules than today's.
	ReadOtherwise int
}

// PayTable makes a pay table of the postings of the ledger, or of the index, that
// pass a filter. lacking, called first where the index is read, or asked for the
// filter's words, is given what the ledger has and the index lacks.
func (d *Desk) PayTable(
	ctx context.Context, opts report.Options, which *filter.Filter, from Origin, lacking func(chosen.Lack),
) (*PayTable, error) {
	p := report.NewPay(opts)
	err := d.each(ctx, which, from, lacking,
		func(r *ledger.Record) error { p.Add(RowOf(r)); return nil },
		func(doc *indexer.Document) error { p.Add(rowOfDocument(doc)); return nil })
	t := &PayTable{Table: p.Table()}
	other := d.readAny(ctx, func(l *ledger.Ledger) (err error) {
		t.ReadOtherwise, err = d.readOtherwise(ctx, l)
		return err
	})
	if err == nil {
		err = other
	}
	return t, err
}
