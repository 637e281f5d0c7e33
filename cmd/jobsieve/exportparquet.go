package main

import (
	"io"
	"reflect"
	"slices"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/internal/columnar"
)

// formatParquet is the format of an export whose columns have types.
const formatParquet = "parquet"

// seen are the fields that depend on when a posting was read, or on others that were.
var seen = []string{
	"posted", "posted_month", "month", "posted_how", "posted_latest", "first_seen", "first_seen_month", "last_seen",
	"posting_state", "closed", "closed_month",
}

// parquetFields are the fields that are columns of Parquet: all that documents have of
// their own, without what is made only for the index. observed asks for those that
// depend on when a posting was read, too.
func parquetFields(observed bool) indexer.Schema {
	leave := func(f indexer.Field) bool {
		return f.Value == nil || f.Unstable || f.Name == "schema_version" ||
			!observed && slices.Contains(seen, f.Name)
	}
	return slices.DeleteFunc(slices.Clone(indexer.Fields), leave)
}

// parquet writes the postings in the order in which they are read.
func (cmd *exportCmd) parquet(a *app, d *desk.Desk, f *filter.Filter, out io.Writer) (n int, err error) {
	fields := parquetFields(cmd.Observed)
	columns := make([]columnar.Column, len(fields))
	for i := range fields {
		kind := kindOf(fields[i].Value(new(indexer.Document)))
		columns[i] = columnar.Column{Name: fields[i].Name, Kind: kind}
	}
	w := columnar.New(out, columns, nil)
	row := make([]any, len(fields))
	read := cmd.documents(a, d, f, func(doc *indexer.Document) error {
		n++
		for i := range fields {
			row[i] = cellOf(parquetValue(&fields[i], doc))
		}
		return w.Write(row)
	})
	if exitCode(read) != exitDone && exitCode(read) != exitPartly {
		return n, read
	}
	if err := w.Close(); err != nil {
		return n, err
	}
	return n, read
}

// parquetValue gives the value of a field; where tables unite spellings, what these have
// in common.
func parquetValue(f *indexer.Field, d *indexer.Document) any {
	value := f.Value(d)
	if text, isText := value.(string); isText && f.United != nil {
		return f.United(text)
	}
	return value
}

// kindOf is the kind of a column by any of its values.
func kindOf(value any) columnar.Kind {
	switch value.(type) {
	case bool:
		return columnar.Truth
	case int, *int, *int64:
		return columnar.Whole
	case float64, *float64:
		return columnar.Real
	case []string:
		return columnar.Texts
	}
	return columnar.Text
}

// cellOf gives the value of a field: what a pointer points to, nil for an empty text.
func cellOf(value any) any {
	if text, isText := value.(string); isText && text == "" {
		return nil
	}
	v := reflect.ValueOf(value)
	switch {
	case v.Kind() != reflect.Pointer:
		return value
	case v.IsNil():
		return nil
	}
	return v.Elem().Interface()
}
