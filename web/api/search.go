package api

import (
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
)

// The most hits of a page, and how many it has where nothing else is asked.
const (
	mostHits  = 100
	usualHits = 10
)

// found is what a search answers.
type found struct {
	*desk.Answer
	Next string `json:"next,omitempty" doc:"The cursor of the next page; absent where this is the last."`
}

// search finds postings.
func (s *server) search() operation {
	var orders []string
	for _, o := range indexer.Orders {
		orders = append(orders, string(o))
	}
	params := append(slices.Clone(s.choosing),
		choiceParam("sort", "The order of the postings: the best, the newest, or the highest pay first. "+
			"By relevance the first 1,000 are given.", orders...),
		numberParam("limit", "The most postings of a page.", usualHits, mostHits),
		textParam("cursor", "The next of the page before, with the same question. The limit may change."),
	)
	return operation{
		path: "/search", id: "search", summary: "Find postings", params: params,
		about: "What \"jobsieve search --per posting --json\" gives, page by page. Closed postings are left out, " +
			"and counted, unless closed, all or posting_state asks for them.",
		answers: map[string]*huma.Schema{jsonType: schemaOf[found](s)},
		answer: func(q *question) (*answer, error) {
			f := q.filter()
			order := indexer.Order(q.choice("sort", orders...))
			limit := q.number("limit", usualHits, mostHits)
			c, err := readCursor(q.text("cursor"), digest(&f, order))
			if err != nil {
				q.faults.add("cursor", "", "%v", err)
			}
			if f.Text == "" && order == indexer.OrderRelevance && c.After != nil {
				order = indexer.OrderDate // which is that of hits that nothing ranks
			}
			if c.After != nil && c.After.Check(order) != nil {
				q.faults.add("cursor", "", "%v", errCursor)
			}
			if err := q.faults.err(); err != nil {
				return nil, err
			}
			ask := func(p desk.Page) (*desk.Answer, error) { return q.desk.Search(q.Context(), &f, p, chosen.Wait) }
			page := &found{}
			if f.Text != "" && order == indexer.OrderRelevance {
				err = page.best(&c, limit, ask)
			} else {
				err = page.after(&c, order, limit, ask)
			}
			if err != nil {
				return nil, &unready{err}
			}
			return jsonAnswer(page)
		},
	}
}

// best is a page by relevance.
func (p *found) best(c *cursor, limit int, ask func(desk.Page) (*desk.Answer, error)) (err error) {
	if c.seen() >= mostRelevant {
		var fs faults
		fs.add("cursor", "", "by relevance the first %d postings are given: sort by date to go through all of them, "+
			"or take them from %s/export", mostRelevant, Base)
		return fs
	}
	limit = min(limit, mostRelevant-c.seen())
	p.Answer, err = ask(desk.Page{Limit: c.seen() + limit, PerPosting: true})
	if err != nil {
		return err
	}
	p.Hits = c.give(p.Hits, limit)
	if len(p.Hits) == limit && limit > 0 && p.Total > c.seen() {
		p.Next = c.String()
	}
	return nil
}

// after is a page in an order by a field.
func (p *found) after(
	c *cursor, order indexer.Order, limit int, ask func(desk.Page) (*desk.Answer, error),
) (err error) {
	p.Answer, err = ask(desk.Page{Limit: limit + 1, Order: order, After: c.After, PerPosting: true})
	if err != nil || len(p.Hits) <= limit {
		return err
	}
	p.Hits = slices.Clone(p.Hits[:limit])
	if limit == 0 {
		return nil
	}
	if order == indexer.OrderRelevance {
		order = indexer.OrderDate
	}
	last, err := desk.RankOf(order, &p.Hits[limit-1].Hit)
	next := cursor{Question: c.Question, After: &last}
	p.Next = next.String()
	return err
}

// unready says that the index could not answer.
type unready struct{ error }

// asking makes it of an error of what asks the index for the words of a filter, if it has
// some.
func asking(f *filter.Filter, err error) error {
	if err == nil || f.Text == "" || desk.InPart(err) {
		return err
	}
	return &unready{err}
}

func (e *unready) Unwrap() error { return e.error }
