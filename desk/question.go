package desk

import (
	"context"
	"sync"
	"time"

	"jobsieve/concept"
	"jobsieve/facts"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
	"jobsieve/lexicon"
	"jobsieve/pay"
	"jobsieve/question"
)

// questions is the reader of questions with the words that come with the program, by
// which documents are indexed too.
var questions = sync.OnceValues(func() (*question.Reader, error) {
	return question.New(lexicon.Embedded(), facts.Standard(), pay.Standard(), concept.Standard())
})

// asking asks an index that stays open.
type asking func(context.Context, indexer.Query) (*chosen.Found, error)

// queryOf gives the query of a filter, with its words read as a question unless the
// filter is exact, and what was understood.
func (d *Desk) queryOf(ctx context.Context, f *filter.Filter, ask asking) (indexer.Query, *question.Question, error) {
	q, err := f.Query()
	if err != nil || f.Text == "" || f.Exact {
		return q, &question.Question{}, err
	}
	r, err := questions()
	if err != nil {
		return q, nil, err
	}
	var failed error
	asked, err := r.Read(f.Text, func(word string) bool {
		found, err := ask(ctx, indexer.Query{Terms: []indexer.Term{{Words: []string{word}}}})
		if err != nil {
			failed = err
			return true
		}
		return found.Total >= leastCommon
	})
	if err != nil {
		return q, nil, err
	}
	q.Terms = asked.Terms
	return q, asked, failed
}

// leastCommon is in how many postings a word stands that nobody has misspelt.
const leastCommon = 3

// query is queryOf for an index that is opened for it where a word needs it.
func (d *Desk) query(ctx context.Context, l *ledger.Ledger, f *filter.Filter) (indexer.Query, error) {
	q, _, err := d.queryOf(ctx, f, func(ctx context.Context, q indexer.Query) (*chosen.Found, error) {
		return d.Index.Search(ctx, l, q, chosen.Wait)
	})
	return q, err
}

// relaxed gives the query without the rarest of its words, again and again until
// something is found; left are the parts that it went without.
func relaxed(
	ctx context.Context, ask asking, q indexer.Query, asked *question.Question,
) (found *chosen.Found, left []question.Part, err error) {
	count := make([]int, len(q.Terms))
	for i := range q.Terms {
		alone := indexer.Query{Terms: q.Terms[i : i+1]}
		if q.Terms[i].Not {
			count[i] = int(^uint(0) >> 1) // what is left out makes nothing rare
			continue
		}
		one, err := ask(ctx, alone)
		if err != nil {
			return nil, nil, err
		}
		count[i] = one.Total
	}
	terms, numbers := q.Terms, make([]int, len(q.Terms))
	for i := range numbers {
		numbers[i] = i
	}
	for len(terms) > 1 {
		rarest := 0
		for i, n := range numbers {
			if count[n] < count[numbers[rarest]] {
				rarest = i
			}
		}
		left = append(left, asked.Of(numbers[rarest])...)
		terms = without(terms, rarest)
		numbers = without(numbers, rarest)
		if !indexer.Ranked(terms) {
			break
		}
		q.Terms = terms
		if found, err = ask(ctx, q); err != nil || found.Total > 0 {
			return found, left, err
		}
	}
	return nil, nil, nil
}

// without gives a list less one of its members.
func without[T any](list []T, i int) []T {
	out := make([]T, 0, len(list)-1)
	return append(append(out, list[:i]...), list[i+1:]...)
}

// searching opens the index for several questions.
func (d *Desk) searching(ctx context.Context, l *ledger.Ledger, wait time.Duration, f func(asking) error) error {
	return d.Index.Asking(ctx, l, wait, func(search func(context.Context, indexer.Query) (*chosen.Found, error)) error {
		return f(search)
	})
}
