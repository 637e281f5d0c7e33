package embedded

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"jobsieve/indexer"
)

// facets are how many documents have each value, most first, by field.
type facets = map[string][]indexer.Count

// facets counts the values of the documents that a query finds, of which there are about
// so many. Few are looked at one by one; of many the index's own lists of the documents
// that have a value are laid over that of those found, which costs the same however many
// these are.
func (ix *Index) facets(ctx context.Context, q *indexer.Query, names []string, hits int) (out facets, err error) {
	return out, ix.use("count in the embedded index", func() error {
		return ix.read(func(r index.IndexReader) error {
			snapshot, ok := r.(*scorch.IndexSnapshot)
			if !ok {
				return fmt.Errorf("expected an index of type %s, got %T", scorch.Name, r)
			}
			c, err := ix.facetCounter(ctx, snapshot, q, names)
			if err == nil && c.fewer(hits) {
				err = c.each()
			} else if err == nil {
				err = c.lists()
			}
			if err == nil {
				out = c.most()
			}
			return err
		})
	})
}

// facetCounter counts values in an index as it is at one moment.
type facetCounter struct {
	snapshot *scorch.IndexSnapshot
	fields   map[string]string // the names by their fields in the index
	// found are the documents that count, by the segment that they are in and their numbers
	// there; nil for all.
	found  []*roaring.Bitmap
	counts map[string]map[string]int // by field and value
}

func (ix *Index) facetCounter(
	ctx context.Context, snapshot *scorch.IndexSnapshot, q *indexer.Query, names []string,
) (*facetCounter, error) {
	c := &facetCounter{
		snapshot: snapshot, fields: map[string]string{}, counts: map[string]map[string]int{},
	}
	for _, name := range names {
		c.fields[facetField(name)] = name
		c.counts[name] = map[string]int{}
	}
	if q.All() {
		return c, nil
	}
	segments := snapshot.Segments()
	c.found = make([]*roaring.Bitmap, len(segments))
	for i := range segments {
		c.found[i] = roaring.New()
	}
	at, first := 0, uint64(0) // the segment of a document, and its first number
	return c, ix.found(ctx, snapshot, q, nil, nil, func(id index.IndexInternalID) error {
		n := id.Value()
		for n-first >= uint64(segments[at].FullSize()) {
			first += uint64(segments[at].FullSize())
			at++
		}
		c.found[at].Add(uint32(n - first))
		return nil
	})
}

// perDocument is about how many lists are laid over one another in the time that it takes
// to look at the values of a document.
const perDocument = 10

// fewer reports that looking at so many documents takes less time than laying over one
// another all lists of documents.
func (c *facetCounter) fewer(hits int) bool { return c.found != nil && hits*perDocument < c.listed() }

// listed is how many lists of documents there are.
func (c *facetCounter) listed() (n int) {
	for _, s := range c.snapshot.Segments() {
		for field := range c.fields {
			if dictionary, err := s.Segment().Dictionary(field); err == nil {
				n += dictionary.Cardinality()
			}
		}
	}
	return n
}

// each counts what each document has.
func (c *facetCounter) each() error {
	values, err := c.snapshot.DocValueReader(slices.Collect(maps.Keys(c.fields)))
	if err != nil {
		return err
	}
	visit := func(field string, term []byte) { c.counts[c.fields[field]][string(term)]++ }
	first := uint64(0)
	for i, s := range c.snapshot.Segments() {
		for documents := c.found[i].Iterator(); documents.HasNext(); {
			id := index.NewIndexInternalID(nil, first+uint64(documents.Next()))
			if err := values.VisitDocValues(id, visit); err != nil {
				return err
			}
		}
		first += uint64(s.FullSize())
	}
	return nil
}

// lists counts, for each value, the documents that have it among those that count.
func (c *facetCounter) lists() error {
	for i, s := range c.snapshot.Segments() {
		other := s.Deleted()
		if c.found != nil {
			other = roaring.Flip(c.found[i], 0, uint64(s.FullSize()))
		}
		for field, name := range c.fields {
			if err := countLists(s.Segment(), field, other, c.counts[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

// countLists counts the documents of a segment that have each value of a field, leaving
// out others.
func countLists(s segment.Segment, field string, others *roaring.Bitmap, counts map[string]int) error {
	dictionary, err := s.Dictionary(field)
	if err != nil {
		return err
	}
	terms := dictionary.AutomatonIterator(nil, nil, nil)
	var list segment.PostingsList
	for {
		term, err := terms.Next()
		if err != nil || term == nil {
			return err
		}
		// The iterator's own count is 1 for all terms after one that stands in one document.
		if list, err = dictionary.PostingsList([]byte(term.Term), others, list); err != nil {
			return err
		}
		if n := list.Count(); n > 0 {
			counts[term.Term] += int(n)
		}
	}
}

// most gives the commonest values of each field.
func (c *facetCounter) most() facets {
	out := facets{}
	for name, counts := range c.counts {
		out[name] = indexer.Commonest(counts)
	}
	return out
}
