package desk

import (
	"context"
	"fmt"
	"sync"

	"jobsieve/concept"
	"jobsieve/facts"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/lexicon"
	"jobsieve/pay"
	"jobsieve/question"
)

// standardQuestions is the reader of questions with the words that come with the
// program, by which documents are indexed too.
var standardQuestions = sync.OnceValues(func() (*question.Reader, error) {
	return question.New(lexicon.Embedded(), facts.Standard(), pay.Standard(), concept.Standard())
})

// questions gives the reader of questions, with the words of somebody's own rules, unless
// these have faults.
func (d *Desk) questions() (*question.Reader, error) {
	if d.Config.Rules == "" {
		return standardQuestions()
	}
	d.questionsOnce.Do(func() { d.asks, d.asksErr = d.ownQuestions() })
	return d.asks, d.asksErr
}

func (d *Desk) ownQuestions() (*question.Reader, error) {
	rules := d.outlined()
	if rules == nil {
		return standardQuestions()
	}
	f, err := facts.New(rules.Lexicon)
	if err != nil {
		return nil, fmt.Errorf("words of facts: %w", err)
	}
	money, err := pay.New(rules.Lexicon, &job.India)
	if err != nil {
		return nil, err
	}
	concepts, err := concept.New(rules.Lexicon)
	if err != nil {
		return nil, fmt.Errorf("words of concepts: %w", err)
	}
	return question.New(rules.Lexicon, f, money, concepts)
}

// asking asks an index that stays open.
type asking = func(context.Context, indexer.Query) (*chosen.Found, error)

// queryOf gives the query of a filter, with its words read as a question unless the
// filter is exact, and what was understood.
func (d *Desk) queryOf(ctx context.Context, f *filter.Filter, ask asking) (indexer.Query, *question.Question, error) {
	q, err := f.Query()
	if err != nil || f.Text == "" || f.Exact {
		return q, &question.Question{}, err
	}
	r, err := d.questions()
	if err != nil {
		return q, nil, err
	}
	var failed error
	asked, err := r.Read(f.Text, func(word string) bool {
		found, err := ask(ctx, indexer.Query{Terms: []indexer.Term{{Words: []string{word}}}, Uncounted: true})
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

// Vague reports a filter whose words ask for nothing: filler says that they are those that
// people type around what they ask for, else none of them is a word.
func (d *Desk) Vague(f *filter.Filter) (vague, filler bool, err error) {
	terms, err := indexer.ParseTerms(f.Text)
	if err != nil || f.Text == "" {
		return false, false, err
	}
	if len(terms) == 0 || f.Exact {
		return len(terms) == 0, false, nil
	}
	r, err := d.questions()
	if err != nil {
		return false, false, err
	}
	q, err := r.Read(f.Text, func(string) bool { return true })
	if err != nil {
		return false, false, err
	}
	return q.Filler, q.Filler, nil
}

// leastCommon is in how many postings a word stands that nobody has misspelt.
const leastCommon = 3

// query is queryOf for an index that is opened only where a word needs it.
func (d *Desk) query(ctx context.Context, l *ledger.Ledger, f *filter.Filter) (indexer.Query, error) {
	q, _, err := d.queryOf(ctx, f, func(ctx context.Context, q indexer.Query) (*chosen.Found, error) {
		return d.Index.Search(ctx, l, q, chosen.Wait)
	})
	return q, err
}

// mostLess is how many parts of a question a posting may lack that is still near.
const mostLess = 2

// nearest makes it the answer what has all of a question but one part, or else but two;
// it stays as it is where there is nothing. What such a posting lacks its place in the
// order says: a part that was read counts by what it is.
func (a *Answer) nearest(ctx context.Context, ask asking, q indexer.Query) error {
	var must, not []indexer.Term
	for _, t := range q.Terms {
		if t.Not {
			not = append(not, t)
		} else {
			must = append(must, t)
		}
	}
	for less := 1; less <= min(mostLess, len(must)-1); less++ {
		q.Terms = append([]indexer.Term{{Any: must, Least: len(must) - less}}, not...)
		found, err := ask(ctx, q)
		if err != nil {
			return err
		}
		if found.Total > 0 {
			a.Found, a.Less, a.query = found, less, q
			return nil
		}
	}
	return nil
}
