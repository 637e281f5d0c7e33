package desk

import (
	"context"
	"maps"
	"slices"
	"time"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
)

// NewPosting is a posting that a saved search found.
type NewPosting struct {
	Key       string    `json:"key"`
	ID        string    `json:"id"`
	Source    string    `json:"source"`
	Title     string    `json:"title"`
	Company   string    `json:"company"`
	Place     string    `json:"place"`
	Pay       string    `json:"pay"`
	Label     string    `json:"label"`
	Function  string    `json:"function"`
	URL       string    `json:"url"`
	FirstSeen time.Time `json:"first_seen"`

	// N is the ledger's own number of it.
	N int64 `json:"-"`
}

// News are the postings that are new to a saved search.
type News struct {
	Question
	// Postings are in the order in which they were first seen.
	Postings []NewPosting `json:"postings"`
	// Lack is how the index differs from the ledger, where it was asked. From the first
	// posting on that waits for it everything is kept for the next look, and so is
	// everything where it has lost documents.
	chosen.Lack

	// UpTo is the number of the last posting that this takes in.
	UpTo int64 `json:"-"`
}

// newsBatch is how many records are read at once.
const newsBatch = 500

// News gives what a saved search finds among the postings with numbers greater than
// after: those that were first seen later. It finds what a search does, closed postings
// left out unless the question asks for them, and asks the index where there are words.
// The question is given even with an error.
func (d *Desk) News(ctx context.Context, l *ledger.Ledger, s *ledger.SavedSearch, after int64) (*News, error) {
	news := &News{UpTo: after, Postings: []NewPosting{}}
	f, asked, err := d.questionOf(s)
	news.Question = asked
	if err != nil {
		return news, err
	}
	last, err := l.LastNumber(ctx)
	if err != nil || last <= after {
		return news, err
	}
	found, err := candidates(ctx, l, &f, after, last)
	if err != nil {
		return news, err
	}
	if f.Text != "" && len(found) > 0 {
		if found, last, err = d.withWords(ctx, l, &f, news, found, last); err != nil {
			return news, err
		}
	}
	news.Postings, news.UpTo = append(news.Postings, found...), last
	return news, nil
}

// candidates gives the postings after one and up to another that pass a filter, but for
// its words.
func candidates(
	ctx context.Context, l *ledger.Ledger, f *filter.Filter, after, last int64,
) (out []NewPosting, err error) {
	q, err := f.Query()
	if err != nil {
		return nil, err
	}
	q = withoutClosed(f, q)
	for {
		batch, err := l.Between(ctx, after, last, newsBatch)
		if err != nil || len(batch) == 0 {
			return out, err
		}
		for _, r := range batch {
			after = r.N
			if doc := chosen.DocumentOf(r); q.Matches(&doc) {
				out = append(out, newPosting(r, &doc))
			}
		}
	}
}

func newPosting(r *ledger.Record, doc *indexer.Document) NewPosting {
	h := doc.Hit(0)
	return NewPosting{
		Key: r.Key, ID: h.ID, Source: h.Source, Title: h.Title, Company: h.Company, Place: h.Place, Pay: h.Pay,
		Label: h.Label, Function: h.Function, URL: h.URL, FirstSeen: r.FirstSeen, N: r.N,
	}
}

// withWords keeps the candidates that the index finds for a filter with words, and gives
// the number of the last posting that it could find: what waits for the index is not
// looked at yet.
func (d *Desk) withWords(
	ctx context.Context, l *ledger.Ledger, f *filter.Filter, news *News, found []NewPosting, last int64,
) (kept []NewPosting, upTo int64, err error) {
	waits, keys, err := d.wordsFound(ctx, l, f, news.UpTo)
	if err != nil {
		return nil, 0, err
	}
	news.Lack = keys.Lack
	switch {
	case keys.Missing > 0:
		last = news.UpTo
	case waits > 0:
		last = min(last, waits-1)
	}
	set := keys.Set()
	return slices.DeleteFunc(found, func(p NewPosting) bool { return p.N > last || !set[p.Key] }), last, nil
}

// wordsFound gives the keys of what the index finds for a filter, and the number of the
// first posting after one that waited for the index when it was asked; 0 for none.
func (d *Desk) wordsFound(
	ctx context.Context, l *ledger.Ledger, f *filter.Filter, after int64,
) (waits int64, keys *chosen.FoundKeys, err error) {
	q, err := f.Query()
	if err != nil {
		return 0, nil, err
	}
	// A new index is filled before it is asked; and what it took before it was asked for
	// counts, it finds after that.
	err = d.Index.Asking(ctx, l, chosen.Wait, func(ask asking) error {
		target, err := d.Index.Target(ctx, l)
		if err == nil {
			waits, err = l.FirstWaiting(ctx, target, after)
		}
		if err == nil {
			_, err = ask(ctx, indexer.Query{})
		}
		if err == nil {
			q, _, err = d.queryOf(ctx, f, ask)
		}
		return err
	})
	if err != nil {
		return 0, nil, err
	}
	keys, err = d.Index.Keys(ctx, l, q, chosen.Wait)
	return waits, keys, err
}

// Newest gives the newest postings that a saved search finds, whether they are new to it
// or not, up to limit: those first that were first seen last.
func (d *Desk) Newest(ctx context.Context, l *ledger.Ledger, s *ledger.SavedSearch, limit int) (*News, error) {
	news := &News{Postings: []NewPosting{}}
	f, asked, err := d.questionOf(s)
	news.Question = asked
	if err != nil {
		return news, err
	}
	_, keys, err := d.wordsFound(ctx, l, &f, 0)
	if err != nil {
		return news, err
	}
	news.Lack = keys.Lack
	found, err := l.Numbers(ctx, keys.Set())
	if err != nil {
		return news, err
	}
	numbers := slices.Sorted(maps.Keys(found))
	for i := len(numbers) - 1; i >= 0 && len(news.Postings) < limit; i-- {
		one, err := candidates(ctx, l, &f, numbers[i]-1, numbers[i])
		if err != nil {
			return news, err
		}
		news.Postings = append(news.Postings, one...)
	}
	return news, nil
}
