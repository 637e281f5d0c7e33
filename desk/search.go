package desk

import (
	"context"
	"slices"
	"time"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/question"
)

// Answer is what a question found.
type Answer struct {
	*chosen.Found
	// Hits has the hits, each with the other postings of its vacancy; unless every posting
	// is wanted, one of each vacancy. Folded is how many hits were left out for that, among
	// those that were looked at: Total counts them.
	Hits   []Card `json:"hits"`
	Folded int    `json:"folded"`
	// More says that there are hits after these.
	More bool `json:"more"`
	// ReadOtherwise counts the postings of the ledger that were read by other
	// rules than today's.
	ReadOtherwise int `json:"read_otherwise"`
	// Understood are the parts of the question that are taken for more than words, or
	// for nothing.
	Understood []question.Part `json:"understood"`
	// Less is how many parts of the question each posting of the answer lacks, where
	// none has all of it.
	Less int `json:"less,omitempty"`
	// Unknown are words of the question that no posting has, where none has all of it.
	Unknown []string `json:"unknown,omitempty"`
	// Wider are questions that leave one part out, and find postings; only where nothing
	// was found.
	Wider []Wider `json:"wider,omitempty"`
	// ClosedLeftOut is how many closed postings match besides, which are left out where
	// the filter says nothing of states.
	ClosedLeftOut int `json:"closed_left_out"`
	// AsOf is the day, YYYY-MM-DD, at whose end postings are as they were; empty for now.
	AsOf string `json:"as_of,omitempty"`

	query indexer.Query // what was asked in the end
}

// Page says which hits are wanted: at most Limit, after the first Offset, or after a
// rank, in an order of which the zero value is that of relevance.
type Page struct {
	Limit, Offset int
	Order         indexer.Order
	// PerPosting wants every posting; else there is one hit of each vacancy.
	PerPosting bool
	// After is as in indexer.Query. Of the pages that begin so each has one hit of each
	// vacancy, unless every posting is wanted.
	After *indexer.Rank
}

// RankOf gives the rank of a hit, after which another page begins.
func RankOf(o indexer.Order, h *indexer.Hit) (indexer.Rank, error) {
	return h.Rank(o, ledger.Key(h.Source, h.ID))
}

// Search asks the index for the postings that pass a filter. wait is how long to wait
// for the index. Its error is ledger.ErrNone where there is nothing to search yet.
func (d *Desk) Search(ctx context.Context, f *filter.Filter, page Page, wait time.Duration) (*Answer, error) {
	a := &Answer{}
	return a, d.readAny(ctx, func(l *ledger.Ledger) (err error) {
		err = d.Index.Asking(ctx, l, wait, func(ask asking) error { return d.search(ctx, f, page, ask, a) })
		if err == nil {
			err = a.complete(ctx, l)
		}
		if err != nil {
			return err
		}
		a.ReadOtherwise, err = d.readOtherwise(ctx, l)
		return err
	})
}

func (d *Desk) search(ctx context.Context, f *filter.Filter, page Page, ask asking, a *Answer) error {
	if err := d.ask(ctx, f, page, ask, a); err != nil {
		return err
	}
	return a.fold(ctx, ask, page)
}

func (d *Desk) ask(ctx context.Context, f *filter.Filter, page Page, ask asking, a *Answer) error {
	q, asked, err := d.queryOf(ctx, f, ask)
	if err != nil {
		return err
	}
	q.Limit, q.Offset, q.Order, q.After = page.Limit, page.Offset, page.Order, page.After
	if !page.PerPosting { // which are of the same vacancy as one before can't be known else
		q.Limit, q.Offset = min(page.Offset+page.Limit+1, indexer.MaxHits), 0
	}
	a.Understood = append([]question.Part{}, asked.Understood()...)
	if err := a.find(ctx, f, ask, q); err != nil || a.Total+a.ClosedLeftOut > 0 {
		return err
	}
	q = a.query
	if !f.Exact {
		a.Unknown, err = unknown(ctx, ask, asked.Parts)
		if err == nil && len(q.Terms) > 1 {
			err = a.nearest(ctx, ask, q)
		}
	}
	if err == nil && a.Total == 0 {
		a.Wider, err = d.wider(ctx, f, ask)
	}
	return err
}

// find asks for what passes a filter, and counts what it leaves out since it is closed.
func (a *Answer) find(ctx context.Context, f *filter.Filter, ask asking, q indexer.Query) (err error) {
	a.query = withoutClosed(f, q)
	if !f.AsksState() {
		closed := q
		closed.Limit, closed.Offset, closed.After, closed.Uncounted = 0, 0, nil, true
		closed.Where = append(slices.Clone(q.Where), isClosed)
		found, err := ask(ctx, closed)
		if err != nil {
			return err
		}
		a.ClosedLeftOut = found.Total
	}
	if a.ClosedLeftOut > 0 { // else the plain query finds the same, and an index may know its counts
		q = a.query
	}
	a.Found, err = ask(ctx, q)
	return err
}

// isClosed is the condition that a posting is closed.
var isClosed = indexer.Term{Values: map[string][]string{"posting_state": {string(job.StateClosed)}}}

// withoutClosed leaves closed postings out of a query, unless its filter says which states
// are meant.
func withoutClosed(f *filter.Filter, q indexer.Query) indexer.Query {
	if f.AsksState() {
		return q
	}
	other := isClosed
	other.Not = true
	q.Where = append(slices.Clone(q.Where), other)
	return q
}

// unknown gives the words among the parts of a question that are taken for nothing else and
// stand in no posting.
func unknown(ctx context.Context, ask asking, parts []question.Part) (out []string, err error) {
	for i := range parts {
		p := &parts[i]
		words := indexer.Words(p.Typed)
		if p.Empty || p.Not || len(p.As) > 0 || p.Corrected != "" || len(words) == 0 {
			continue
		}
		found, err := ask(ctx, indexer.Query{Terms: []indexer.Term{{Words: words}}, Uncounted: true})
		if err != nil {
			return nil, err
		}
		if found.Total == 0 {
			out = append(out, p.Typed)
		}
	}
	return out, nil
}

// AsQuery gives the body of a search of Elasticsearch that finds the same.
func (a *Answer) AsQuery(page Page) (map[string]any, error) {
	q := a.query
	q.Limit, q.Offset = page.Limit, page.Offset
	body, err := chosen.AsQuery(&q)
	if err == nil && !page.PerPosting {
		body["collapse"] = map[string]any{"field": "vacancy"}
	}
	return body, err
}
