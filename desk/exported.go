package desk

import (
	"context"
	"encoding/csv"
	"errors"
	"io"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/columnar"
	"jobsieve/ledger"
)

// ExportFormat is the format of an export.
type ExportFormat string

// The formats of exports.
const (
	ExportLines   ExportFormat = "jsonl" // a JSON object a line
	ExportCSV     ExportFormat = "csv"
	ExportParquet ExportFormat = "parquet" // whose columns have types
)

// OrderID is the order of exports in which postings are read.
const OrderID = "id"

// ExportAsked asks for an export.
type ExportAsked struct {
	Format ExportFormat
	// Observed asks for what depends on when a posting was read, too.
	Observed bool
	// Sort is OrderID, or an indexer.Order but that of relevance.
	Sort   string
	Filter filter.Filter
	From   Origin
	AsOf   string // YYYY-MM-DD, as in Counted
}

// Check refuses what does not go together. Its error is a *ParameterError.
func (q *ExportAsked) Check() error {
	if q.Format == ExportParquet && q.Sort != OrderID {
		return wrong("expected it without %s parquet, whose order is id", parameter("format")).is("sort", q.Sort)
	}
	return CheckAsOf(q.AsOf, q.From)
}

// exporting is an export that is being written.
type exporting struct {
	*ExportAsked
	ctx     context.Context
	desk    *Desk
	lacking func(chosen.Lack)
}

// WriteExport writes the postings that are asked for, and says how many they are. Where
// rows of the ledger are damaged its error is one of which InPart is true, and the others
// are written. lacking is that of Export. It holds no more in memory than a few postings,
// and of each the place where it stands in an order.
func (d *Desk) WriteExport(
	ctx context.Context, q *ExportAsked, out io.Writer, lacking func(chosen.Lack),
) (n int, err error) {
	if err := q.Check(); err != nil {
		return 0, err
	}
	w := exporting{q, ctx, d, lacking}
	switch {
	case q.Format == ExportParquet:
		return w.parquet(out)
	case q.Sort != OrderID:
		return w.sorted(out)
	case q.Format == ExportCSV:
		err = w.documents(counting(&n, csvExport(out, csvFields(q.Observed))))
	case q.Observed:
		err = w.documents(counting(&n, observedExport(out)))
	default:
		err = w.postings(counting(&n, jsonExport(out)))
	}
	return n, err
}

// documents calls f for every posting that is exported, as a document.
func (w *exporting) documents(f func(*indexer.Document) error) error {
	if w.AsOf == "" {
		return w.desk.Documents(w.ctx, &w.Filter, w.From, w.lacking, f)
	}
	return w.desk.RecordsAsOf(w.ctx, &w.Filter, w.AsOf, func(r *ledger.Record) error {
		doc := chosen.DocumentOf(r)
		return f(&doc)
	})
}

// postings is documents in the form of a plain export.
func (w *exporting) postings(f func(Exported) error) error {
	if w.AsOf == "" {
		return w.desk.Export(w.ctx, &w.Filter, w.From, w.lacking, f)
	}
	return w.desk.RecordsAsOf(w.ctx, &w.Filter, w.AsOf, func(r *ledger.Record) error { return f(ExportedOf(r)) })
}

// parquet writes the postings in the order in which they are read.
func (w *exporting) parquet(out io.Writer) (n int, err error) {
	fields := parquetFields(w.Observed)
	columns := make([]columnar.Column, len(fields))
	for i := range fields {
		columns[i] = columnar.Column{Name: fields[i].Name, Kind: kindOf(fields[i].Value(new(indexer.Document)))}
	}
	to := columnar.New(out, columns, nil)
	row := make([]any, len(fields))
	read := w.documents(func(doc *indexer.Document) error {
		n++
		for i := range fields {
			row[i] = cellOf(parquetValue(&fields[i], doc))
		}
		return to.Write(row)
	})
	if read != nil && !InPart(read) {
		return n, read
	}
	if err := to.Close(); err != nil {
		return n, err
	}
	return n, read
}

// counting counts what a function is called for.
func counting[T any](n *int, f func(T) error) func(T) error {
	return func(v T) error {
		*n++
		return f(v)
	}
}

func jsonExport(out io.Writer) func(Exported) error {
	return func(e Exported) error { return jsonLine(out, e) }
}

func observedExport(out io.Writer) func(*indexer.Document) error {
	return func(d *indexer.Document) error { return jsonLine(out, observedOf(d)) }
}

func jsonLine(out io.Writer, v any) error {
	line, err := Marshal(v)
	if err == nil {
		_, err = out.Write(append(line, '\n'))
	}
	return err
}

func csvExport(out io.Writer, fields indexer.Schema) func(*indexer.Document) error {
	isFirst := true
	return func(d *indexer.Document) error {
		if isFirst {
			isFirst = false
			if err := csvLine(out, Columns(fields)); err != nil {
				return err
			}
		}
		return csvLine(out, Row(fields, d))
	}
}

func csvLine(out io.Writer, cells []string) error {
	w := csv.NewWriter(out)
	err := w.Write(cells)
	w.Flush()
	return errors.Join(err, w.Error())
}
