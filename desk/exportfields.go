package desk

import (
	"reflect"
	"slices"

	"jobsieve/indexer"
	"jobsieve/internal/columnar"
)

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

// observedFields are the fields that --observed adds to JSON lines and CSV: those that
// depend on when a posting was read, and the vacancy, which tables count.
func observedFields() indexer.Schema {
	return slices.DeleteFunc(slices.Clone(indexer.Fields), func(f indexer.Field) bool {
		return f.Name != "vacancy" && !slices.Contains(seen, f.Name)
	})
}

// csvFields are the fields whose columns a CSV has. What is observed comes last, in
// columns of its own names: posted is that of the posting alone.
func csvFields(observed bool) indexer.Schema {
	if !observed {
		return indexer.Fields
	}
	fields := slices.Clone(indexer.Fields)
	for _, f := range observedFields() {
		f.Column = "observed_" + f.Name
		fields = append(fields, f)
	}
	return fields
}

// observedPosting is a posting of an export with what was observed, by the names of
// the fields; null for what it lacks.
type observedPosting struct {
	Exported
	Observed map[string]any `json:"observed"`
}

func observedOf(d *indexer.Document) observedPosting {
	observed := map[string]any{}
	for _, f := range observedFields() {
		observed[f.Name] = cellOf(f.Value(d))
	}
	return observedPosting{ExportedDocument(d), observed}
}
