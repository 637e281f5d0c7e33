package desk

import (
	"context"
	"slices"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/question"
)

// SearchAsOf gives the postings that passed a filter at the end of a day, as they were then,
// out of the ledger: each posting, since which ones are of one vacancy is known for today
// alone. Words are looked for, and rank the hits, as in an embedded index of that day. Its
// error is a *ParameterError where that can't be answered, and one of which InPart is true
// where rows of the ledger are damaged; then the answer is that of the others.
func (d *Desk) SearchAsOf(ctx context.Context, f *filter.Filter, page Page, day string) (*Answer, error) {
	if err := CheckAsOf(day, FromLedger); err != nil {
		return nil, err
	}
	page.PerPosting = true
	if f.Text != "" {
		return d.searchWordsAsOf(ctx, f, page, day)
	}
	if page.Order == "" || page.Order == indexer.OrderRelevance {
		page.Order = indexer.OrderDate
	}
	a := &Answer{Found: &chosen.Found{Answer: &indexer.Answer{}}, Understood: []question.Part{}, AsOf: day}
	a.Hits = []Card{}
	first := ranking{order: page.Order, most: page.Offset + page.Limit, after: page.After}
	facets := tallied{}
	err := d.RecordsAsOf(ctx, f, day, func(r *ledger.Record) error {
		if r.State == job.StateClosed && !f.AsksState() {
			a.ClosedLeftOut++
			return nil
		}
		doc := chosen.DocumentOf(r)
		a.Total++
		facets.add(&doc)
		return first.add(&doc)
	})
	if err != nil && !InPart(err) {
		return nil, err
	}
	first.cut()
	for _, r := range first.hits[min(page.Offset, len(first.hits)):] {
		card := Card{Hit: r.hit}
		if err := card.complete(ctx, nil); err != nil {
			return nil, err
		}
		a.Hits = append(a.Hits, card)
	}
	a.Facets, a.More = facets.counts(), page.After == nil && page.Offset+len(a.Hits) < a.Total
	return a, err
}

// searchWordsAsOf is SearchAsOf for a filter with words.
func (d *Desk) searchWordsAsOf(ctx context.Context, f *filter.Filter, page Page, day string) (*Answer, error) {
	a := &Answer{AsOf: day}
	err := d.read(ctx, func(l *ledger.Ledger) error {
		return d.inIndexAsOf(ctx, l, f, day, func(ix indexer.Index) error {
			if err := d.search(ctx, f, page, askingOf(ix), a); err != nil {
				return err
			}
			return a.complete(ctx, nil)
		})
	})
	return a, err
}

// ranking keeps the first hits of an order.
type ranking struct {
	order indexer.Order
	most  int
	after *indexer.Rank // nil for hits from the first on
	hits  []ranked
}

type ranked struct {
	rank indexer.Rank
	hit  indexer.Hit
}

func (r *ranking) add(d *indexer.Document) error {
	rank, err := indexer.RankOf(r.order, d)
	if err != nil || r.most == 0 || r.after != nil && rank.Compare(r.after) <= 0 {
		return err
	}
	r.hits = append(r.hits, ranked{rank, d.Hit(0)})
	if len(r.hits) >= r.most+pastBatch {
		r.cut()
	}
	return nil
}

// cut leaves the first ones, in order.
func (r *ranking) cut() {
	slices.SortFunc(r.hits, func(a, b ranked) int { return a.rank.Compare(&b.rank) })
	r.hits = r.hits[:min(r.most, len(r.hits))]
}

// tallied counts the values of facets, by their names.
type tallied map[string]map[string]int

func (t tallied) add(d *indexer.Document) {
	for _, name := range indexer.Fields.Facets() {
		f, _ := indexer.Fields.Field(name)
		if t[name] == nil {
			t[name] = map[string]int{}
		}
		for _, value := range indexer.Fields.Filtered(f, d) {
			t[name][value]++
		}
	}
}

// counts gives the values as an index does.
func (t tallied) counts() map[string][]indexer.Count {
	out := map[string][]indexer.Count{}
	for _, name := range indexer.Fields.Facets() {
		out[name] = indexer.Commonest(t[name])
	}
	return out
}
