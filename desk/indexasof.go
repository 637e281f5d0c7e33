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

// mostAsOf is how many postings of a day words are looked for in. The index of them is made
// anew for each question, and takes 10 to 30 KB of memory for each.
const mostAsOf = 10_000

// passingAsOf is passing for postings as they were at the end of a day: words are looked for
// in an index of that day.
func (d *Desk) passingAsOf(
	ctx context.Context, l *ledger.Ledger, which *filter.Filter, day string,
) (p passes, err error) {
	if which.Text == "" {
		return d.passing(ctx, l, which, func(chosen.Lack) {})
	}
	err = d.inIndexAsOf(ctx, l, which, day, func(ix indexer.Index) error {
		q, _, err := d.queryOf(ctx, which, askingOf(ix))
		if err != nil {
			return err
		}
		p.query, p.found = q, map[string]bool{}
		return ix.Keys(ctx, q, func(key string) error {
			p.found[key] = true
			return nil
		})
	})
	if InPart(err) { // whoever reads the postings that pass is told of damaged ones
		err = nil
	}
	return p, err
}

// inIndexAsOf calls f with an index, in memory, of the postings that passed a filter at the
// end of a day, whatever its words, as they were then. How common a word is counts among
// these alone. Its error is InPart where rows of the ledger are damaged, which the index
// lacks, and a *ParameterError where too many pass.
func (d *Desk) inIndexAsOf(
	ctx context.Context, l *ledger.Ledger, which *filter.Filter, day string, f func(indexer.Index) error,
) error {
	ix, err := chosen.InMemory()
	if err != nil {
		return err
	}
	err = d.fillAsOf(ctx, l, which, day, ix, mostAsOf)
	if err != nil && !InPart(err) {
		return errors.Join(err, ix.Close())
	}
	return errors.Join(err, f(ix), ix.Close())
}

// fillAsOf delivers the postings of a day to an index, unless they are more than most.
func (d *Desk) fillAsOf(
	ctx context.Context, l *ledger.Ledger, which *filter.Filter, day string, ix indexer.Index, most int,
) error {
	rest := *which
	rest.Text, rest.Exact = "", false
	passing, err := d.passing(ctx, l, &rest, func(chosen.Lack) {})
	if err != nil {
		return err
	}
	n := 0
	var docs []indexer.Document
	deliver := func() error {
		_, err := ix.Deliver(ctx, docs)
		docs = docs[:0]
		return err
	}
	read := d.recordsAsOf(ctx, l, &passing, day, func(r *ledger.Record) error {
		if n++; n > most {
			return tooManyAsOf(day, most)
		}
		if docs = append(docs, chosen.DocumentOf(r)); len(docs) < pastBatch {
			return nil
		}
		return deliver()
	})
	if read != nil && !InPart(read) {
		return read
	}
	return errors.Join(read, deliver())
}

// tooManyAsOf refuses to look for words in too many postings.
func tooManyAsOf(day string, most int) error {
	const format = "words are looked for in up to %s postings of a day, and more pass the other filters on %s: " +
		"expected more filters, such as %s or %s"
	return wrong(format, job.Grouped(float64(most)), day, parameter("city"), parameter("first_seen_since")).of("as_of")
}

// askingOf asks an index that no ledger feeds.
func askingOf(ix indexer.Index) asking {
	return func(ctx context.Context, q indexer.Query) (*chosen.Found, error) {
		answer, err := ix.Search(ctx, q)
		return &chosen.Found{Answer: answer}, err
	}
}
