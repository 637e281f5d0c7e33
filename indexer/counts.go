package indexer

import (
	"slices"

	"jobsieve/job"
)

// Counts takes what an index counts.
type Counts interface {
	// Counted takes how many documents are alike. The same ones may come in parts.
	Counted(c *Counted)
	// Vacancies takes vacancies of a group of documents, or of all where there are no
	// groups, by their numbers: see VacancyNumber. Values are as in Counted; the same
	// vacancy may come several times.
	Vacancies(values []string, numbers []uint64)
	// Alone takes how many documents of a group are the only ones of their vacancy, which
	// Vacancies lacks. Values are as in Counted: nil for all documents, each counted once.
	Alone(values []string, documents int)
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
