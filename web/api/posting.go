package api

import (
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jobsieve/desk"
	"jobsieve/job"
	"jobsieve/ledger"
)

// posting is a posting with why it has its label, its pay and its facts.
type posting struct {
	Key string `json:"key" doc:"The id of its document in every index."`
	desk.ExplainedPosting
	State     job.State  `json:"posting_state" doc:"open, closed or unknown."`
	Closed    *time.Time `json:"closed,omitempty" doc:"Since when it is closed."`
	Posted    string     `json:"posted" doc:"YYYY-MM-DD, a relative date resolved at first sight; empty where unknown."`
	FirstSeen time.Time  `json:"first_seen"`
	LastSeen  time.Time  `json:"last_seen"`
	// Criteria are those that fired.
	Criteria []firedCriterion `json:"criteria" doc:"The criteria that fired, in the order of the rule book, with their evidence."`
	Other    []job.Evidence   `json:"other_work" doc:"What speaks for work of another kind, against all labels."`
	Undone   []job.Evidence   `json:"undone" doc:"What matched and was taken back by something else in the text."`
	Likely   []likely         `json:"likely" doc:"Which labelled postings it is like by its words."`
}

// firedCriterion is one that fired.
type firedCriterion struct {
	ID   string `json:"id"`
	Says string `json:"says"`
	// Label is the one that it speaks for.
	Label    job.Label      `json:"label"`
	Evidence []job.Evidence `json:"evidence"`
}

// likely is how likely the words of a posting make a label.
type likely struct {
	Label job.Label `json:"label"`
	Share float64   `json:"share" doc:"0 to 1; those of all labels add up to 1."`
	Words []string  `json:"words" doc:"Some that speak most for it."`
}

// history is what became of a posting.
type history struct {
	desk.Exported
	State  job.State    `json:"posting_state"`
	Events []desk.Event `json:"events" doc:"In the order of time; each has one member besides its time."`
}

// postings are the operations on one posting.
func (s *server) postings() []operation {
	params := []*huma.Param{
		pathParam("source", "The source of the posting."),
		pathParam("id", "Its id, percent-encoded, slashes too: a/b is a%2Fb."),
	}
	return []operation{
		{
			path: "/postings/{source}/{id}", id: "posting", params: params, named: true,
			summary: "A posting, and why it is read as it is",
			about: "Evidence, signals, pay and facts have the bytes, from start to end, of the field that they were " +
				"read in.",
			answers: map[string]*huma.Schema{jsonType: schemaOf[posting](s)}, answer: explain,
		},
		{
			path: "/postings/{source}/{id}/history", id: "history", params: params, named: true,
			summary: "What became of a posting",
			about:   "Its versions, how it was read before, when it was closed and opened again, its label by hand.",
			answers: map[string]*huma.Schema{jsonType: schemaOf[history](s)}, answer: tellHistory,
		},
		{
			path: "/postings/{source}/{id}/sightings", id: "sightings", params: params, named: true,
			summary: "All postings of the vacancy of a posting",
			about: "Each with why it is taken to be of the same vacancy, and beside them the same advertisement for " +
				"other cities.",
			answers: map[string]*huma.Schema{jsonType: schemaOf[desk.Vacancy](s)}, answer: sightings,
		},
	}
}

// explain answers with a posting.
func explain(q *question) (*answer, error) {
	source, id, err := q.named()
	if err != nil {
		return nil, err
	}
	found, err := q.desk.Explain(q.Context(), id, source)
	if err != nil && !desk.InPart(err) {
		return nil, err
	}
	for i := range found {
		if found[i].Record.Posting.ID == id {
			return jsonAnswer(postingOf(&found[i]))
		}
	}
	return nil, noPosting(source, id)
}

func postingOf(e *desk.Explanation) *posting {
	r := e.Record
	p := &posting{
		Key: r.Key, ExplainedPosting: e.Exported(), State: r.State, Posted: r.Posted, FirstSeen: r.FirstSeen.UTC(),
		LastSeen: r.LastSeen.UTC(), Criteria: []firedCriterion{}, Likely: []likely{},
		Other: append([]job.Evidence{}, e.Other...), Undone: append([]job.Evidence{}, e.Undone...),
	}
	if !r.Closed.IsZero() {
		closed := r.Closed.UTC()
		p.Closed = &closed
	}
	for _, c := range e.Criteria {
		p.Criteria = append(p.Criteria, firedCriterion(c))
	}
	for _, l := range e.Likely {
		p.Likely = append(p.Likely, likely(l))
	}
	return p
}

// tellHistory answers with what became of a posting.
func tellHistory(q *question) (*answer, error) {
	source, id, err := q.named()
	if err != nil {
		return nil, err
	}
	found, err := q.desk.Histories(q.Context(), id, source)
	if err != nil && !desk.InPart(err) {
		return nil, err
	}
	for i := range found {
		if h := &found[i]; h.Record.Posting.ID == id {
			return jsonAnswer(history{desk.ExportedOf(h.Record), h.Record.State, h.Events})
		}
	}
	return nil, noPosting(source, id)
}

// sightings answers with the vacancy of a posting.
func sightings(q *question) (*answer, error) {
	source, id, err := q.named()
	if err != nil {
		return nil, err
	}
	v, err := q.desk.VacancyOf(q.Context(), source, id)
	switch {
	case err != nil && !desk.InPart(err):
		return nil, err
	case v == nil:
		return nil, noPosting(source, id)
	}
	return jsonAnswer(v)
}

// named gives the source and the id of the path.
func (q *question) named() (source, id string, err error) {
	return q.PathValue("source"), q.PathValue("id"), q.faults.err()
}

// noPosting says that there is no such posting.
func noPosting(source, id string) error {
	return &problem{
		Status: http.StatusNotFound,
		Detail: "There is no posting " + ledger.Key(source, id) + "; " + Base + "/search finds those there are.",
	}
}
