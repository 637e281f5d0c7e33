package report

import (
	"context"

	"jobsieve/indexer"
)

// CountWith counts what a query finds, as Add would with each of its documents, in an
// index that counts by itself.
func (t *Tally) CountWith(ctx context.Context, ix indexer.Counter, q indexer.Query) error {
	err := ix.Counts(ctx, q, t.fields, !t.NoVacancies, counts{t})
	for i, u := range t.united {
		if u != nil && err == nil {
			err = ix.Counts(ctx, q, t.fields[i:i+1], false, u)
		}
	}
	return err
}

// counts takes what an index counts for a tally.
type counts struct{ *Tally }

// Counted counts documents that are alike.
func (c counts) Counted(n *indexer.Counted) {
	alike := Alike{Kind: n.Kind, Countable: n.Countable}
	if n.Countable {
		alike.Low, alike.High = side(n.Low), side(n.High)
	}
	if n.Values == nil {
		c.Total.Count(alike, n.Postings)
		return
	}
	c.group(n.Values).Count(alike, n.Postings)
}

// Vacancy counts a vacancy of a group once, and once in the total.
func (c counts) Vacancy(values []string, vacancy string) {
	number := vacancyNumber(vacancy)
	c.vacancy(c.Total, number)
	if len(values) > 0 {
		c.vacancy(c.group(values), number)
	}
}

// group gives the group of values, which are empty where there is none.
func (c counts) group(values []string) *Group {
	c.values = c.values[:0]
	for i, v := range values {
		c.values = append(c.values, valueOr(c.fields[i], v))
	}
	return c.Group(c.values...)
}
