package embedded

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2/search"
	index "github.com/blevesearch/bleve_index_api"

	"jobsieve/indexer"
	"jobsieve/job"
)

// The columns that tables are counted from, besides those of groups.
const (
	columnPay     = "column_pay"  // the kind, and of pay that enters tables its sides: see payTerm
	columnDate    = "column_date" // of posting, the latest possible one, or that of first seen
	columnVacancy = "column_vacancy"
)

var columnNames = []string{columnPay, columnDate, columnVacancy}

// groupColumn is the column that documents are grouped by: that of a facet where this has
// the values as they are.
func groupColumn(f *indexer.Field) string {
	if isValued(f) && f.Type != indexer.TypeNamedText {
		return facetField(f.Name)
	}
	return "column_" + f.Name
}

// ownColumns gives the groupings of a schema that have a column of their own.
func ownColumns(schema indexer.Schema) (out []*indexer.Field) {
	for i := range schema {
		if f := &schema[i]; f.Grouping != "" && groupColumn(f) != facetField(f.Name) {
			out = append(out, f)
		}
	}
	return out
}

// columnsOf makes the columns of a document.
func columnsOf(schema indexer.Schema, d *indexer.Document, fields map[string]any) {
	fields[columnPay] = payTerm(&d.Detail.Pay)
	for name, text := range map[string]string{
		columnDate: cmp.Or(d.Posted, d.PostedLatest, d.FirstSeen), columnVacancy: d.Vacancy,
	} {
		if text != "" {
			fields[name] = text
		}
	}
	for _, f := range ownColumns(schema) {
		if values := f.Grouped(d); len(values) > 0 {
			fields[groupColumn(f)] = values
		}
	}
}

// notStated stands for a side of an offer in its term.
const notStated = "-"

// payTerm writes what tables use of pay: its kind, and behind it the sides of pay that
// enters tables.
func payTerm(p *job.Pay) string {
	if !p.Countable() {
		return string(p.Kind)
	}
	sides := [2]string{notStated, notStated}
	for i, side := range []*int64{p.AnnualMin, p.AnnualMax} {
		if side != nil {
			sides[i] = strconv.FormatInt(*side, 10)
		}
	}
	return strings.Join([]string{string(p.Kind), sides[0], sides[1]}, " ")
}

// payOf reads what payTerm wrote.
func payOf(term string) (c indexer.Counted, err error) {
	parts := strings.Split(term, " ")
	c.Kind, c.Postings = job.PayKind(parts[0]), 1
	const withSides = 3
	if len(parts) != withSides {
		return c, nil
	}
	c.Countable = true
	for i, to := range []**int64{&c.Low, &c.High} {
		if parts[i+1] == notStated {
			continue
		}
		side, err := strconv.ParseInt(parts[i+1], 10, 64)
		if err != nil {
			return c, fmt.Errorf("read the pay of a document: %w", err)
		}
		*to = &side
	}
	return c, nil
}

// Counts counts the documents that a query finds, from columns: of each document no more
// is read than what is counted.
func (ix *Index) Counts(
	ctx context.Context, q indexer.Query, by []*indexer.Field, vacancies bool, to indexer.Counts,
) error {
	if err := q.Check(); err != nil {
		return err
	}
	return ix.use("count in the embedded index", func() error {
		c := newColumns(by, vacancies, to)
		return ix.found(ctx, &q, func(r index.IndexReader) error { return c.open(r) }, c.count)
	})
}

// found calls open with the index as it is now, and then f for every document that a query
// finds there.
func (ix *Index) found(
	ctx context.Context, q *indexer.Query, open func(index.IndexReader) error, f func(index.IndexInternalID) error,
) (err error) {
	inner, err := ix.bleve.Advanced()
	if err != nil {
		return err
	}
	r, err := inner.Reader()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if err := open(r); err != nil {
		return err
	}
	s, err := toBleve(q).Searcher(ctx, r, ix.bleve.Mapping(), search.SearcherOptions{Score: "none"})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	pool := search.NewDocumentMatchPool(s.DocumentMatchPoolSize()+1, 0)
	at := &search.SearchContext{DocumentMatchPool: pool, IndexReader: r}
	for {
		hit, err := s.Next(at)
		if err != nil || hit == nil {
			return err
		}
		if err := errors.Join(ctx.Err(), f(hit.IndexInternalID)); err != nil {
			return err
		}
		pool.Put(hit)
	}
}

// columns counts documents by what their columns have.
type columns struct {
	names  []string // of the columns: those of groups, then of pay, date and, where wanted, vacancies
	groups int
	to     indexer.Counts
	values index.DocValueReader

	terms [][]string // of the document that is counted, by column
	group []string
	known map[string]string // texts that were met: documents share them
	pays  map[string]indexer.Counted
}

func newColumns(by []*indexer.Field, vacancies bool, to indexer.Counts) *columns {
	c := &columns{groups: len(by), to: to, known: map[string]string{}, pays: map[string]indexer.Counted{}}
	for _, f := range by {
		c.names = append(c.names, groupColumn(f))
	}
	c.names = append(c.names, columnPay, columnDate)
	if vacancies {
		c.names = append(c.names, columnVacancy)
	}
	c.terms, c.group = make([][]string, len(c.names)), make([]string, len(by))
	return c
}

// open begins to read the columns of an index.
func (c *columns) open(r index.IndexReader) (err error) {
	c.values, err = r.DocValueReader(c.names)
	return err
}

// count counts a document.
func (c *columns) count(id index.IndexInternalID) error {
	for i := range c.terms {
		c.terms[i] = c.terms[i][:0]
	}
	if err := c.values.VisitDocValues(id, c.visit); err != nil {
		return err
	}
	pay, date := first(c.terms[c.groups]), first(c.terms[c.groups+1])
	counted, ok := c.pays[pay]
	if !ok {
		var err error
		if counted, err = payOf(pay); err != nil {
			return err
		}
		c.pays[pay] = counted
	}
	vacancy := ""
	if rest := c.terms[c.groups+2:]; len(rest) > 0 {
		vacancy = first(rest[0])
	}
	c.to.Span(date, date)
	c.to.Counted(&counted)
	if len(c.names) > c.groups+2 {
		c.to.Vacancy(nil, vacancy)
	}
	if c.groups > 0 {
		c.combine(0, &counted, vacancy)
	}
	return nil
}

// combine counts the document in the group of every combination of its values.
func (c *columns) combine(i int, counted *indexer.Counted, vacancy string) {
	if i == c.groups {
		counted.Values = c.group
		c.to.Counted(counted)
		if len(c.names) > c.groups+2 {
			c.to.Vacancy(c.group, vacancy)
		}
		return
	}
	values := c.terms[i]
	if len(values) == 0 {
		values = none
	}
	for _, v := range values {
		c.group[i] = v
		c.combine(i+1, counted, vacancy)
	}
}

// none are the values of a document that has none.
var none = []string{""}

func first(terms []string) string {
	if len(terms) == 0 {
		return ""
	}
	return terms[0]
}

// mostKnown is how many texts are shared.
const mostKnown = 200_000

// visit notes a value of a column.
func (c *columns) visit(name string, term []byte) {
	for i := range c.names {
		if c.names[i] != name {
			continue
		}
		text, ok := c.known[string(term)]
		if !ok {
			text = string(term)
			if len(c.known) < mostKnown && name != columnVacancy {
				c.known[text] = text
			}
		}
		c.terms[i] = append(c.terms[i], text)
	}
}
