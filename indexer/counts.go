package indexer

import (
	"context"
	"slices"

	"jobsieve/job"
)

// Counter is an index that counts documents by itself, exactly, whatever their number.
type Counter interface {
	// Counts counts the documents that a query finds, as the index is at the beginning:
	// in groups by fields, each of which has a Grouping, and in all; vacancies too where
	// they are wanted. It gives the counts to one goroutine, in any order.
	Counts(ctx context.Context, q Query, by []*Field, vacancies bool, to Counts) error
}

// Counts takes what an index counts.
type Counts interface {
	// Counted takes how many documents are alike. The same ones may come in parts.
	Counted(c *Counted)
	// Vacancy takes a vacancy of a group of documents, or of all where there are no
	// groups; values are as in Counted. The same one may come several times.
	Vacancy(values []string, vacancy string)
	// Span takes the dates of the earliest and the latest document, YYYY-MM-DD, empty
	// where there is none; several times.
	Span(first, last string)
}

// Counted is how many documents share their values and their pay.
type Counted struct {
	// Values are those of the group, empty where the documents have none; it is nil for
	// all documents, each counted once. It holds until the call returns.
	Values []string
	Kind   job.PayKind
	// Countable says that the pay enters pay tables. Then Low and High are its sides in
	// rupees a year, nil where they aren't stated.
	Countable bool
	Low, High *int64
	Postings  int
}

// Grouped gives the values of a field by which tables group a document. A text for
// people that is too long to be compared as a whole is none.
func (f *Field) Grouped(d *Document) []string {
	texts := f.Texts(d)
	if f.Type != TypeNamedText {
		return texts
	}
	return slices.DeleteFunc(texts, func(text string) bool { return !isNamed(text) })
}
