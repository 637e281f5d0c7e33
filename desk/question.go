package desk

import (
	"cmp"
	"context"
	"slices"
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

// relaxed gives the query without what it loses least by, and of that the rarest, again
// and again until something is found; left are the parts that it went without.
func relaxed(
	ctx context.Context, ask asking, q indexer.Query, asked *question.Question,
) (found *chosen.Found, left []question.Part, err error) {
	losses, err := lossesOf(ctx, ask, q.Terms, asked)
	if err != nil {
		return nil, nil, err
	}
	gone := map[int]bool{}
	for _, n := range losses[:max(0, len(losses)-1)] {
		gone[n] = true
		left = append(left, asked.Of(n)...)
		some := q
		some.Terms = nil
		for i := range q.Terms {
			if !gone[i] {
				some.Terms = append(some.Terms, q.Terms[i])
			}
		}
		if found, err = ask(ctx, some); err != nil || found.Total > 0 {
			return found, left, err
		}
	}
	return nil, nil, nil
}

// lossesOf gives the places of the terms that must hold, in the order in which a query
// loses the least: by what they are, and then the rarest first.
func lossesOf(ctx context.Context, ask asking, terms []indexer.Term, asked *question.Question) ([]int, error) {
	var out []int
	count, need := make([]int, len(terms)), make([]question.Need, len(terms))
	for i := range terms {
		if terms[i].Not {
			continue
		}
		one, err := ask(ctx, indexer.Query{Terms: terms[i : i+1]})
		if err != nil {
			return nil, err
		}
		count[i] = one.Total
		need[i] = asked.Need(i)
		out = append(out, i)
	}
	slices.SortStableFunc(out, func(a, b int) int {
		return cmp.Or(cmp.Compare(need[a], need[b]), cmp.Compare(count[a], count[b]))
	})
	return out, nil
}

// searching opens the index for several questions.
func (d *Desk) searching(ctx context.Context, l *ledger.Ledger, wait time.Duration, f func(asking) error) error {
	return d.Index.Asking(ctx, l, wait, func(search func(context.Context, indexer.Query) (*chosen.Found, error)) error {
		return f(search)
	})
}
