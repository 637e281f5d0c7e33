// Package indexer delivers documents to a search index and asks it: what a
// document is, what a query means, what an answer holds, and delivery with
// every document accounted for.
//
// Records of the ledger enter as documents; acknowledgements, hits and facets
// leave. The index engines live in the packages below it, and their types stay
// there.
package indexer

import (
	"cmp"
	"context"
	"slices"

	"jobsieve/job"
)

// Index is a search index that holds documents. Its methods may be called by
// several goroutines.
type Index interface {
	// Target names the index, and which one of that name it is: one that was
	// rebuilt has another.
	Target() string
	// Deliver hands documents over, and deletes those that are gone, and says of
	// each, in order, what became of it. An error says why some must come at
	// another time; the others count all the same.
	Deliver(ctx context.Context, docs []Document) ([]Ack, error)
	// Refresh lets searches see everything that was delivered.
	Refresh(ctx context.Context) error
	// Search answers a query.
	Search(ctx context.Context, q Query) (*Answer, error)
	// Keys calls f for the key of every document that a query finds, each once,
	// in any order. Its Limit and Offset mean nothing here.
	Keys(ctx context.Context, q Query, f func(key string) error) error
	// Count is how many documents the index holds.
	Count(ctx context.Context) (int, error)
	// EachVersion calls f for every document's key and version, in any order.
	EachVersion(ctx context.Context, f func(key string, version int64) error) error
	// Each calls f for every document that is in the index from its beginning
	// to its end, each once, ordered by the posting's id and then by key.
	Each(ctx context.Context, f func(*Document) error) error
	// Counts counts the documents that a query finds, exactly, as the index is at the
	// beginning: in groups by fields, each of which has a Grouping, and in all; vacancies
	// too where they are wanted. It gives the counts to one goroutine, in any order.
	Counts(ctx context.Context, q Query, by []*Field, vacancies bool, to Counts) error
	// Parallel is how many deliveries it takes at once.
	Parallel() int
	Close() error
}

// Ack is what an index did with one document. The zero value says nothing: the
// document must come at another time.
type Ack struct {
	// Delivered says that the index has acknowledged this very document.
	Delivered bool
	// Refused is why the index will never take the document.
	Refused string
	// Newer is the version in which the index holds the document, where it did
	// not take this one because that is newer.
	Newer int64
}

// Answer is what a query found.
type Answer struct {
	// Total is how many documents match, exactly.
	Total int   `json:"total"`
	Hits  []Hit `json:"hits"`
	// Facets gives, by name, the values that the matching documents have.
	Facets map[string][]Count `json:"facets"`
}

// Hit is one document that matches.
type Hit struct {
	ID       string `json:"id"`
	Source   string `json:"source"`
	Title    string `json:"title"`
	Company  string `json:"company"`
	Label    string `json:"label"`
	Function string `json:"function"`
	// LabelledBy is who gave the label: rules or hand; LabelledBecause is why, for
	// one by hand.
	LabelledBy      job.Labeller `json:"labelled_by"`
	LabelledBecause string       `json:"labelled_because,omitempty"`

	Place  string `json:"place"`
	Pay    string `json:"pay"`
	Posted string `json:"posted"`
	// State is a job.State, empty where an earlier version delivered the document; Closed
	// is since which day it is closed, empty unless it is.
	State  string  `json:"posting_state"`
	Closed string  `json:"closed"`
	URL    string  `json:"url"`
	Score  float64 `json:"score"`
	// FirstSeen is YYYY-MM-DD in India's time. Vacancy is the same for postings of the same
	// vacancy, Role a job.VacancyRole.
	FirstSeen string `json:"first_seen"`
	Vacancy   string `json:"vacancy"`
	Role      string `json:"vacancy_role"`
	Stated
	// Highlights gives, by field, pieces of the text that contain the words.
	Highlights map[string][]Fragment `json:"highlights"`
}

// Fragment is a piece of a text with the byte spans, in it, of what matched.
type Fragment struct {
	Text  string   `json:"text"`
	Spans [][2]int `json:"spans"`
}

// Count is a value and how many matching documents have it.
type Count struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Commonest gives the values that most documents have, those as common by name, of how many
// have each: FacetSize of them at most.
func Commonest(counts map[string]int) []Count {
	out := make([]Count, 0, len(counts))
	for value, n := range counts {
		out = append(out, Count{value, n})
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return out[:min(len(out), FacetSize)]
}
