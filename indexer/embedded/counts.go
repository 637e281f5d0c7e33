package embedded

import (
	"context"
	"errors"

	"github.com/blevesearch/bleve/v2/search"
	index "github.com/blevesearch/bleve_index_api"
	"golang.org/x/sync/errgroup"

	"jobsieve/indexer"
)

// Counts counts the documents that a query finds, from columns: of each document no more
// is read than what is counted.
func (ix *Index) Counts(
	ctx context.Context, q indexer.Query, by []*indexer.Field, vacancies bool, to indexer.Counts,
) error {
	if err := q.Check(); err != nil {
		return err
	}
	return ix.use("count in the embedded index", func() error {
		lanes := make([]*counter, countedAtOnce)
		err := ix.read(func(r index.IndexReader) error {
			group, ctx := errgroup.WithContext(ctx)
			for i := range lanes {
				lanes[i] = newCounter(by, vacancies)
				group.Go(func() error {
					return guarded(func() error { return ix.countPart(ctx, r, &q, i, lanes[i]) })
				})
			}
			return group.Wait()
		})
		for _, c := range lanes {
			if err == nil {
				err = c.tell(to)
			}
		}
		return err
	})
}

// countedAtOnce is how many parts of an index are counted at once.
const countedAtOnce = 2

// countPart counts those of the documents that a query finds whose numbers are in a part
// of the index.
func (ix *Index) countPart(ctx context.Context, r index.IndexReader, q *indexer.Query, part int, c *counter) error {
	n, err := r.DocCount()
	if err != nil {
		return err
	}
	if err := c.open(r); err != nil {
		return err
	}
	border := func(part int) index.IndexInternalID {
		return index.NewIndexInternalID(nil, n/countedAtOnce*uint64(part))
	}
	end := border(part + 1)
	if part == countedAtOnce-1 {
		end = nil // numbers go beyond the count, since documents are replaced
	}
	return ix.found(ctx, r, q, border(part), end, c.count)
}

// found calls f for every document that a query finds, from the one of a number up to but
// not including that of another; nil is the beginning or the end.
func (ix *Index) found(
	ctx context.Context, r index.IndexReader, q *indexer.Query, first, end index.IndexInternalID,
	f func(index.IndexInternalID) error,
) (err error) {
	s, err := toBleve(q).Searcher(ctx, r, ix.bleve.Mapping(), search.SearcherOptions{Score: "none"})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	pool := search.NewDocumentMatchPool(s.DocumentMatchPoolSize()+1, 0)
	at := &search.SearchContext{DocumentMatchPool: pool, IndexReader: r}
	hit, err := from(s, at, first)
	for ; err == nil && hit != nil; hit, err = s.Next(at) {
		if end != nil && hit.IndexInternalID.Compare(end) >= 0 {
			return nil
		}
		if err := errors.Join(ctx.Err(), f(hit.IndexInternalID)); err != nil {
			return err
		}
		pool.Put(hit)
	}
	return err
}

// from gives the first document that a searcher finds from a number on; nil is the
// beginning.
func from(s search.Searcher, at *search.SearchContext, first index.IndexInternalID) (*search.DocumentMatch, error) {
	if first == nil {
		return s.Next(at)
	}
	return s.Advance(at, first)
}

// counter counts documents by what their columns have. Texts and groups have numbers, so
// that a document costs little.
type counter struct {
	names     []string // of the columns: those of groups, then of pay, date and, where wanted, vacancies
	groups    int      // how many of them are of groups
	vacancies bool
	values    index.DocValueReader

	texts   []string // by their numbers
	numbers map[string]uint32
	tree    []node // groups by their numbers; the first is that of all documents
	below   map[node]uint32
	alike   map[alike]int // how many documents there are
	offered [][]uint64    // vacancies, by group
	alone   []int         // how many documents are the only one of theirs, by group
	first   string        // of the dates
	last    string

	// Of the document that is counted.
	terms   [][]uint32 // by column of a group
	pay     uint32
	vacancy uint64
	isAlone bool
}

// node is a group: a value, and the group before it, of the values of the columns before.
type node struct{ before, value uint32 }

// alike is what documents have that are counted together.
type alike struct{ group, pay uint32 }

func newCounter(by []*indexer.Field, vacancies bool) *counter {
	c := &counter{
		groups: len(by), vacancies: vacancies, numbers: map[string]uint32{}, tree: make([]node, 1),
		below: map[node]uint32{}, alike: map[alike]int{}, offered: make([][]uint64, 1), alone: make([]int, 1),
		terms: make([][]uint32, len(by)),
	}
	for _, f := range by {
		c.names = append(c.names, groupColumn(f))
	}
	c.names = append(c.names, columnPay, columnDate)
	if vacancies {
		c.names = append(c.names, columnVacancy)
	}
	return c
}

// open begins to read the columns of an index.
func (c *counter) open(r index.IndexReader) (err error) {
	c.values, err = r.DocValueReader(c.names)
	return err
}

// count counts a document.
func (c *counter) count(id index.IndexInternalID) error {
	for i := range c.terms {
		c.terms[i] = c.terms[i][:0]
	}
	c.pay, c.vacancy, c.isAlone = c.number(nil), indexer.VacancyNumber(""), false
	if err := c.values.VisitDocValues(id, c.visit); err != nil {
		return err
	}
	c.add(0)
	if c.groups > 0 {
		c.combine(0, 0)
	}
	return nil
}

// visit notes a value of the document.
func (c *counter) visit(name string, term []byte) {
	switch name {
	case columnPay:
		c.pay = c.number(term)
	case columnVacancy:
		if c.isAlone = string(term) == alone; !c.isAlone {
			c.vacancy = indexer.VacancyNumber(string(term))
		}
	case columnDate:
		if c.first == "" || string(term) < c.first {
			c.first = string(term)
		}
		if string(term) > c.last {
			c.last = string(term)
		}
	default:
		for i := range c.terms {
			if c.names[i] == name {
				c.terms[i] = append(c.terms[i], c.number(term))
			}
		}
	}
}

// number gives the number of a text.
func (c *counter) number(text []byte) uint32 {
	n, ok := c.numbers[string(text)]
	if !ok {
		n = uint32(len(c.texts))
		c.texts = append(c.texts, string(text))
		c.numbers[c.texts[n]] = n
	}
	return n
}

// combine counts the document in the groups of all combinations of its values from column
// i on.
func (c *counter) combine(i int, before uint32) {
	if i == c.groups {
		c.add(before)
		return
	}
	if len(c.terms[i]) == 0 {
		c.terms[i] = append(c.terms[i], c.number(nil))
	}
	for _, value := range c.terms[i] {
		c.combine(i+1, c.group(node{before, value}))
	}
}

// group gives the number of a group.
func (c *counter) group(at node) uint32 {
	n, ok := c.below[at]
	if !ok {
		n = uint32(len(c.tree))
		c.tree, c.offered, c.alone = append(c.tree, at), append(c.offered, nil), append(c.alone, 0)
		c.below[at] = n
	}
	return n
}

// add counts the document in a group.
func (c *counter) add(group uint32) {
	c.alike[alike{group, c.pay}]++
	switch {
	case c.isAlone:
		c.alone[group]++
	case c.vacancies && (group > 0 || c.groups == 0):
		c.offered[group] = append(c.offered[group], c.vacancy)
	}
}

// tell tells what was counted.
func (c *counter) tell(to indexer.Counts) error {
	pays := map[uint32]indexer.Counted{}
	for a, n := range c.alike {
		counted, ok := pays[a.pay]
		if !ok {
			var err error
			if counted, err = payOf(c.texts[a.pay]); err != nil {
				return err
			}
			pays[a.pay] = counted
		}
		counted.Values, counted.Postings = c.valuesOf(a.group), n
		to.Counted(&counted)
	}
	for group, numbers := range c.offered {
		if len(numbers) > 0 {
			to.Vacancies(c.valuesOf(uint32(group)), numbers)
		}
	}
	for group, n := range c.alone {
		if n > 0 {
			to.Alone(c.valuesOf(uint32(group)), n)
		}
	}
	to.Span(c.first, c.last)
	return nil
}

// valuesOf gives the values of a group, nil for that of all documents.
func (c *counter) valuesOf(group uint32) []string {
	if group == 0 {
		return nil
	}
	values := make([]string, c.groups)
	for i := c.groups - 1; i >= 0; i-- {
		at := c.tree[group]
		values[i], group = c.texts[at.value], at.before
	}
	return values
}
