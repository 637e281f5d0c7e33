// Package columnar writes Parquet files row by row, with as much in memory as a group
// of rows has. The same rows give the same bytes.
package columnar

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/parquet-go/parquet-go"
)

// Kind is what the values of a column are.
type Kind int

// The kinds, with the Go type of their values. Any but Texts may be nil.
const (
	Text  Kind = iota // string
	Whole             // int or int64
	Real              // float64
	Truth             // bool
	Texts             // []string
)

// Column is one column of a file.
type Column struct {
	Name string
	Kind Kind
}

// rowsInGroup is how many rows are written together: what is held in memory.
const rowsInGroup = 4096

// Writer writes rows to a file.
type Writer struct {
	columns []Column
	to      *parquet.GenericWriter[any]
	row     parquet.Row
}

// New begins a file with columns of different names, and with what is said about it.
func New(w io.Writer, columns []Column, about map[string]string) *Writer {
	options := []parquet.WriterOption{
		parquet.NewSchema("rows", nodeOf(columns)), parquet.Compression(&parquet.Zstd),
		parquet.MaxRowsPerRowGroup(rowsInGroup), parquet.CreatedBy("jobsieve", "", ""),
	}
	for _, key := range slices.Sorted(maps.Keys(about)) {
		options = append(options, parquet.KeyValueMetadata(key, about[key]))
	}
	return &Writer{columns: columns, to: parquet.NewGenericWriter[any](w, options...)}
}

// Write writes a row: a value of each column.
func (w *Writer) Write(values []any) error {
	if len(values) != len(w.columns) {
		return fmt.Errorf("write a row: expected %d values, got %d", len(w.columns), len(values))
	}
	w.row = w.row[:0]
	for i, v := range values {
		list, isList := v.([]string)
		if isList != (w.columns[i].Kind == Texts) {
			return fmt.Errorf("write a row: column %s can't hold %T", w.columns[i].Name, v)
		}
		if isList {
			w.addList(i, list)
			continue
		}
		cell, err := valueOf(w.columns[i], v)
		if err != nil {
			return err
		}
		w.row = append(w.row, cell.Level(0, defined(v), i))
	}
	_, err := w.to.WriteRows([]parquet.Row{w.row})
	return err
}

// defined is the level of a value that may be nil.
func defined(v any) int {
	if v == nil {
		return 0
	}
	return 1
}

func (w *Writer) addList(column int, list []string) {
	if len(list) == 0 {
		w.row = append(w.row, parquet.NullValue().Level(0, 0, column))
	}
	for i, text := range list {
		w.row = append(w.row, parquet.ByteArrayValue([]byte(text)).Level(min(i, 1), 1, column))
	}
}

// Close ends the file.
func (w *Writer) Close() error { return w.to.Close() }

func valueOf(c Column, v any) (parquet.Value, error) {
	switch v := v.(type) {
	case nil:
		return parquet.NullValue(), nil
	case string:
		if c.Kind == Text {
			return parquet.ByteArrayValue([]byte(v)), nil
		}
	case int:
		if c.Kind == Whole {
			return parquet.Int64Value(int64(v)), nil
		}
	case int64:
		if c.Kind == Whole {
			return parquet.Int64Value(v), nil
		}
	case float64:
		if c.Kind == Real {
			return parquet.DoubleValue(v), nil
		}
	case bool:
		if c.Kind == Truth {
			return parquet.BooleanValue(v), nil
		}
	}
	return parquet.NullValue(), fmt.Errorf("write a row: column %s can't hold %T", c.Name, v)
}

// group is a group whose columns keep their order; the library's sorts them.
type group struct {
	parquet.Group
	order []string
}

// Fields gives the columns in their order.
func (g group) Fields() []parquet.Field {
	fields := g.Group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int {
		return slices.Index(g.order, a.Name()) - slices.Index(g.order, b.Name())
	})
	return fields
}

func nodeOf(columns []Column) parquet.Node {
	g := group{Group: parquet.Group{}}
	for _, c := range columns {
		g.order = append(g.order, c.Name)
		g.Group[c.Name] = leafOf(c.Kind)
	}
	return g
}

func leafOf(kind Kind) parquet.Node {
	switch kind {
	case Whole:
		return parquet.Optional(parquet.Int(bits))
	case Real:
		return parquet.Optional(parquet.Leaf(parquet.DoubleType))
	case Truth:
		return parquet.Optional(parquet.Leaf(parquet.BooleanType))
	case Texts:
		return parquet.List(parquet.String())
	}
	return parquet.Optional(parquet.String())
}

const bits = 64
