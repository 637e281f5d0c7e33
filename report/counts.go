package report

import (
	"context"

	"jobsieve/indexer"
)

// CountWith counts what a query finds, as Add would with each of its documents, in an
// index that counts by itself.
func (t *Tally) CountWith(ctx context.Context, ix indexer.Index, q indexer.Query) error {
	err := ix.Counts(ctx, q, t.fields, !t.NoVacancies, counts{t})
	for i, u := range t.united {
		if u != nil && err == nil && len(t.fields) > 1 {
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
	if u := c.united[0]; u != nil && len(c.fields) == 1 {
		u.Counted(n)
	}
	c.group(n.Values).Count(alike, n.Postings)
}

// Vacancies notes the vacancies of a group, and that they are among all.
func (c counts) Vacancies(values []string, numbers []uint64) {
	for _, n := range numbers {
		c.Total.vacancy(n)
	}
	if len(values) == 0 {
		return
	}
	g := c.group(values)
	for _, n := range numbers {
		g.vacancy(n)
	}
}

// Alone notes vacancies of one posting each.
func (c counts) Alone(values []string, documents int) {
	if values == nil {
		c.Total.alone += documents
		return
	}
	c.group(values).alone += documents
}

// group gives the group of values, which are empty where there is none.
func (c counts) group(values []string) *Group {
	c.values = c.values[:0]
	for i, v := range values {
		c.values = append(c.values, valueOr(c.fields[i], v))
	}
	return c.Group(c.values...)
}
