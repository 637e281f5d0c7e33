package embedded

import (
	"testing"

	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
)

// postings counts postings alone.
type postings struct{ n int }

func (p *postings) Counted(c *indexer.Counted) { p.n += c.Postings }
func (*postings) Vacancies([]string, []uint64) {}
func (*postings) Alone([]string, int)          {}
func (*postings) Span(string, string)          {}

// TestCountsOfReplaced counts documents of which some were replaced and one was deleted,
// so that their numbers in the index go beyond how many there are.
func TestCountsOfReplaced(t *testing.T) {
	ix := openNew(t)
	docs := conformance.Documents()
	for revision := range int64(3) {
		for i := range docs {
			docs[i].Revision += revision
		}
		conformance.Deliver(t, ix, docs)
	}
	conformance.Deliver(t, ix, []indexer.Document{{Key: docs[0].Key, Revision: docs[0].Revision + 1, Gone: true}})
	var got postings
	if err := ix.Counts(t.Context(), indexer.Query{}, nil, false, &got); err != nil {
		t.Fatal(err)
	}
	if want := len(docs) - 1; got.n != want {
		t.Errorf("%d postings, want %d", got.n, want)
	}
}
