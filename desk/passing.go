package desk

import (
	"context"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
)

// passes is what a filter lets pass of a ledger.
type passes struct {
	all   bool
	query indexer.Query
	// found are the keys of the documents that the index finds for a filter with
	// words; nil for one without.
	found map[string]bool
}

// passing makes it. For a filter with words it asks the index, and gives lacking
// how that differs from the ledger.
func (d *Desk) passing(
	ctx context.Context, l *ledger.Ledger, f *filter.Filter, lacking func(chosen.Lack),
) (p passes, err error) {
	p.all = f.IsZero()
	if p.query, err = d.query(ctx, l, f); err != nil || len(p.query.Terms) == 0 {
		return p, err
	}
	keys, err := d.Index.Keys(ctx, l, p.query, chosen.Wait)
	if err != nil {
		return p, err
	}
	lacking(keys.Lack)
	p.found = keys.Set()
	return p, nil
}

func (p *passes) record(r *ledger.Record) bool {
	if p.all {
		return true
	}
	d := chosen.DocumentOf(r)
	return p.document(&d)
}

func (p *passes) document(d *indexer.Document) bool {
	return p.all || (p.found == nil || p.found[d.Key]) && p.query.Matches(d)
}

// within lets only those pass that tables count within some dates.
func (p *passes) within(dates filter.Dates) {
	terms := dated(dates)
	p.query.Where = append(p.query.Where, terms...)
	p.all = p.all && len(terms) == 0
}

// only calls f for the records that pass.
func (p *passes) only(f func(*ledger.Record) error) func(*ledger.Record) error {
	return func(r *ledger.Record) error {
		if !p.record(r) {
			return nil
		}
		return f(r)
	}
}

// rereading reads the records again that pass, and no others.
type rereading struct {
	passes
	// seen are the records that pass, with whether they have a label by hand: one
	// may be read twice.
	seen map[int64]bool
}

// readAll reads a batch of records.
type readAll = func([]*ledger.Record) ([]ledger.Reading, error)

// reads reads those of a batch that pass; the others keep their readings.
func (p *rereading) reads(read readAll) readAll {
	return func(batch []*ledger.Record) ([]ledger.Reading, error) {
		out := make([]ledger.Reading, len(batch))
		var records []*ledger.Record
		var places []int
		for i, r := range batch {
			out[i] = r.Reading
			if p.record(r) {
				p.seen[r.N] = r.Hand != nil
				records, places = append(records, r), append(places, i)
			}
		}
		readings, err := read(records)
		for i := range readings {
			out[places[i]] = readings[i]
		}
		return out, err
	}
}
