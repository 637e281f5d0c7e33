package desk

import (
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
)

// passes is what a filter without words lets pass.
type passes struct {
	all      bool
	document func(*indexer.Document) bool
}

func passing(f *filter.Filter) (p passes, err error) {
	p.all = f.IsZero()
	p.document, err = f.Matcher()
	return p, err
}

func (p *passes) record(r *ledger.Record) bool {
	if p.all {
		return true
	}
	d := chosen.DocumentOf(r)
	return p.document(&d)
}

// rereading reads the records again that pass, and no others.
type rereading struct {
	passes
	// seen are the records that pass: one may be read twice.
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
				p.seen[r.N] = true
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
