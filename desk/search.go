package desk

import (
	"context"
	"slices"
	"time"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
	"jobsieve/question"
)

// Answer is what a question found.
type Answer struct {
	*chosen.Found
	// ReadOtherwise counts the postings of the ledger that were read by other
	// rules than today's.
	ReadOtherwise int `json:"read_otherwise"`
	// Understood are the parts of the question that are taken for more than words, or
	// for nothing.
	Understood []question.Part `json:"understood"`
	// Without are the parts without which the question finds something, where it finds
	// nothing with them: the answer is to the question without them, unless Near is set.
	Without []question.Part `json:"without,omitempty"`
	// Near says that the hits are the postings that have the most of the question, for
	// none has all of it, and Total is 0. WithoutTotal is how many have it without
	// Without.
	Near         bool `json:"near,omitempty"`
	WithoutTotal int  `json:"without_total,omitempty"`
}

// Page says which hits are wanted: at most Limit, after the first Offset.
type Page struct{ Limit, Offset int }

// Search asks the index for the postings that pass a filter. wait is how long to wait
// for the index. Its error is ledger.ErrNone where there is nothing to search yet.
func (d *Desk) Search(ctx context.Context, f *filter.Filter, page Page, wait time.Duration) (*Answer, error) {
	a := &Answer{}
	return a, d.readAny(ctx, func(l *ledger.Ledger) (err error) {
		err = d.searching(ctx, l, wait, func(ask asking) error { return d.search(ctx, f, page, ask, a) })
		if err != nil {
			return err
		}
		a.ReadOtherwise, err = d.readOtherwise(ctx, l)
		return err
	})
}

func (d *Desk) search(ctx context.Context, f *filter.Filter, page Page, ask asking, a *Answer) error {
	q, asked, err := d.queryOf(ctx, f, ask)
	if err != nil {
		return err
	}
	q.Limit, q.Offset = page.Limit, page.Offset
	a.Understood = append([]question.Part{}, asked.Understood()...)
	if a.Found, err = ask(ctx, q); err != nil || a.Total > 0 || f.Exact || len(q.Terms) < 2 {
		return err
	}
	return nearest(ctx, ask, q, asked, a)
}

// nearest answers a question that finds nothing: without those of its words that are
// taken for nothing else, if that finds something; else with what has the most of it.
func nearest(ctx context.Context, ask asking, q indexer.Query, asked *question.Question, a *Answer) error {
	found, left, err := relaxed(ctx, ask, q, asked)
	if err != nil || found == nil {
		return err
	}
	a.Without = left
	if !slices.ContainsFunc(left, func(p question.Part) bool { return p.Needed > question.NeedWords }) {
		a.Found = found
		return nil
	}
	a.WithoutTotal = found.Total
	var some, rest []indexer.Term
	for i, t := range q.Terms {
		switch {
		case t.Not:
			rest = append(rest, t)
		case asked.Need(i) > question.NeedWords:
			some = append(some, t)
		}
	}
	q.Terms = append([]indexer.Term{{Any: some}}, rest...)
	near, err := ask(ctx, q)
	if err != nil {
		return err
	}
	a.Near, a.Hits = true, near.Hits
	return nil
}

// AsQuery gives the body of a search of Elasticsearch that finds what Search does.
func (d *Desk) AsQuery(ctx context.Context, f *filter.Filter, page Page, wait time.Duration) (map[string]any, error) {
	var body map[string]any
	return body, d.readAny(ctx, func(l *ledger.Ledger) error {
		return d.searching(ctx, l, wait, func(ask asking) error {
			q, _, err := d.queryOf(ctx, f, ask)
			if err != nil {
				return err
			}
			q.Limit, q.Offset = page.Limit, page.Offset
			body, err = chosen.AsQuery(&q)
			return err
		})
	})
}
