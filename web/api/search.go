package api

import (
	"bytes"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
)

// The most hits of a page, how many it has where nothing else is asked, and how many others
// may be skipped.
const (
	mostHits    = 1000
	usualHits   = 10
	mostSkipped = 1000
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
	csv := exportKinds[desk.ExportCSV]
	pers := []string{desk.PerPosting, desk.PerVacancy}
	formats := []string{searchJSON, string(desk.ExportCSV)}
	params := append(slices.Clone(s.choosing),
		choiceParam("sort", "The order of the postings: the best, the newest, or the highest pay first. "+
			"By relevance the first 1,000 are given.", orders...),
		numberParam("limit", "The most postings of a page.", usualHits, mostHits),
		textParam("cursor", "The next of the page before, with the same question. The limit may change."),
		choiceParam("per", "Every posting, or one of each vacancy: the first of its postings in the order, with "+
			"the others under sightings. Pages of vacancies go by offset alone.", pers...),
		numberParam("offset", "How many postings or vacancies to skip, instead of a cursor: for the first pages. "+
			"What is written between two pages may have something come twice or be left out. Where it is given, "+
			"even as 0, there is no next; more says whether there are others.", 0, mostSkipped),
		choiceParam("format", "csv has every posting, with the columns of the export; its pages go by offset.",
			formats...),
		asOfParam(),
	)
	return operation{
		path: "/search", id: "search", summary: "Find postings", params: params, heavyWith: asOfName,
		about: "What \"jobsieve search --json\" gives, with per=posting that of --per posting. Closed postings are " +
			"left out, and counted, unless closed, all or posting_state asks for them.",
		answers: map[string]*huma.Schema{jsonType: schemaOf[found](s), csv.kind: {Type: huma.TypeString}},
		answer: func(q *question) (*answer, error) {
			ask := &searching{
				filter: q.filter(), order: indexer.Order(q.choice("sort", orders...)),
				limit:      q.number("limit", usualHits, mostHits),
				perPosting: q.choice("per", pers...) == desk.PerPosting,
				csv:        q.choice("format", formats...) != searchJSON, byOffset: q.values.Get("offset") != "",
				day: q.text(asOfName),
			}
			ask.offset = q.number("offset", 0, mostSkipped)
			ask.takeCursor(q)
			q.faults.noteParameter(desk.CheckAsOf(ask.day, desk.FromLedger))
			if err := q.faults.err(); err != nil {
				return nil, err
			}
			page, err := ask.page(q)
			if err != nil {
				return nil, err
			}
			a := &answer{}
			if !ask.csv {
				if a, err = jsonAnswer(page); err != nil {
					return nil, err
				}
				return a, ask.say(a, q, page.Answer)
			}
			a.kind, a.file = csv.kind, "postings."+csv.ending
			var b bytes.Buffer
			if err := ask.say(a, q, page.Answer); err != nil {
				return nil, err
			}
			err = a.aside(q.desk.WriteHits(q.Context(), page.Answer, &b))
			a.body = b.Bytes()
			return a, err
		},
	}
}

// searchJSON is the format of a search that is no CSV.
const searchJSON = "json"

// searching is what a search asks for.
type searching struct {
	filter     filter.Filter
	order      indexer.Order
	limit      int
	cursor     cursor
	perPosting bool
	csv        bool
	// byOffset says that an offset is given, so that there is no cursor.
	byOffset bool
	offset   int
	// day is as in desk.Asked.AsOf; damaged is what could not be read of it, nil for nothing.
	day     string
	damaged error
}

// takeCursor takes the cursor, and notes what does not go together with it.
func (s *searching) takeCursor(q *question) {
	text := q.text("cursor")
	c, err := readCursor(text, digest(&s.filter, s.order, s.day))
	s.cursor = c
	if s.filter.Text == "" && s.order == indexer.OrderRelevance && c.After != nil {
		s.order = indexer.OrderDate // which is that of hits that nothing ranks
	}
	switch {
	case text != "" && (!s.perPosting || s.byOffset || s.csv):
		q.faults.add("cursor", "", "expected it without offset, per=vacancy and format=csv: pages of vacancies and of "+
			"CSV go by offset")
	case err != nil || c.After != nil && c.After.Check(s.order) != nil:
		q.faults.add("cursor", "", "%v", errCursor)
	}
	if s.csv && !s.perPosting {
		q.faults.add("per", desk.PerVacancy, "expected %s with csv, which has every posting", desk.PerPosting)
	}
	if s.day != "" && !s.perPosting {
		q.faults.add("per", desk.PerVacancy, "expected it without %s: %v", asOfName, desk.ErrNotPerVacancy)
	}
}

// page finds the page that is asked for.
func (s *searching) page(q *question) (*found, error) {
	ask := func(p desk.Page) (*desk.Answer, error) { return s.find(q, p) }
	page := &found{}
	var err error
	switch {
	case s.byOffset || !s.perPosting || s.csv:
		page.Answer, err = ask(desk.Page{Limit: s.limit, Offset: s.offset, Order: s.order, PerPosting: s.perPosting})
	case s.filter.Text != "" && s.order == indexer.OrderRelevance:
		err = page.best(&s.cursor, s.limit, ask)
	default:
		err = page.after(&s.cursor, s.order, s.limit, ask)
	}
	return page, err
}

// find asks for hits, of now or of a day.
func (s *searching) find(q *question, p desk.Page) (*desk.Answer, error) {
	if s.day == "" {
		a, err := q.desk.Search(q.Context(), &s.filter, p, chosen.Wait)
		if err != nil {
			err = &unready{err}
		}
		return a, err
	}
	a, err := q.desk.SearchAsOf(q.Context(), &s.filter, p, s.day)
	if desk.InPart(err) {
		s.damaged, err = err, nil
	}
	return a, err
}

// say says in the header what stands beside the postings.
func (s *searching) say(a *answer, q *question, found *desk.Answer) error {
	err := a.sayFound(q, found, &s.filter)
	if err == nil {
		err = a.aside(s.damaged)
	}
	return err
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
