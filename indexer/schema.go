package indexer

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Type is how a field is indexed. The zero value is for a value that documents
// are exported or grouped by but that an index does not hold.
type Type string

// The types of fields. Texts for people are also held as English and Hindi
// stems.
const (
	TypeKeyword     Type = "keyword"      // compared as a whole
	TypeKeptKeyword Type = "kept keyword" // kept, not searched
	TypeLongKeyword Type = "long keyword" // compared as a whole where it is not too long
	TypeText        Type = "text"
	TypeNamedText   Type = "named text" // a text that is also compared as a whole
	TypeKeptText    Type = "kept text"  // kept, not searched
	TypeWords       Type = "words"      // words in normal form, with their order
	TypeStems       Type = "stems"      // words in normal form, without it
	TypeBoolean     Type = "boolean"
	TypeInteger     Type = "integer"
	TypeLong        Type = "long"
	TypeFloat       Type = "float"
	TypeDouble      Type = "double"
	TypeDate        Type = "date"
	TypeKept        Type = "kept object" // kept, not searched
)

// Field is one field of a document, or one value that is made from several.
type Field struct {
	Name string
	Type Type
	// Unit is what its numbers or texts are counted or written in; empty where
	// there is none.
	Unit string
	// Meaning is one sentence.
	Meaning string
	// Unstable says that the field may change its meaning; any other keeps its
	// name, type and unit for good.
	Unstable bool
	// Value gives the field of a document: a text, a list of texts, a bool, or
	// a number or a pointer to one. It is nil for fields that the backends make.
	Value func(*Document) any
	// Facet says that its values are counted in answers.
	Facet bool
	// Grouping is the name under which pay tables are grouped by it, Column
	// that of its column in a CSV, Filter that under which postings are chosen
	// by it; empty where they are not.
	Grouping, Column, Filter string
	// Title heads its column in pay tables, where Grouping would not say what the
	// groups hold.
	Title string
	// Flag is the flag of the filter on the command line; the zero value where it
	// has none, and is given as one filter of any.
	Flag Flag
	// Closed are all the values that it can have; nil where they are open.
	Closed []string
	// Of are the fields whose values it has, for one that is made from others.
	Of []string
	// United gives what values that stand for one thing have in common: tables put
	// them into one group, under the commonest. It is nil where each value is a group.
	United func(value string) string
}

// Flag is a flag of a filter, which has the filter's name.
type Flag struct {
	// Help says what it takes. Value names that in the help; empty for the name of
	// the flag.
	Help, Value string
	// Whole says that its values may hold commas; else commas are between several.
	Whole bool
}

// Schema is the fields of a document, in the order of the reference and of the
// columns of a CSV.
type Schema []Field

// Field finds a field by its name.
func (s Schema) Field(name string) (*Field, bool) {
	i := slices.IndexFunc(s, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return nil, false
	}
	return &s[i], true
}

// Filter finds a field by the name of its filter, or by its own if it has a
// filter.
func (s Schema) Filter(name string) (*Field, bool) {
	i := slices.IndexFunc(s, func(f Field) bool { return f.Filter == name && name != "" })
	if i < 0 {
		i = slices.IndexFunc(s, func(f Field) bool { return f.Filter != "" && f.Name == name })
	}
	if i < 0 {
		return nil, false
	}
	return &s[i], true
}

// Facets are the names of the fields that are counted in answers, in order.
func (s Schema) Facets() []string {
	return s.names(func(f *Field) string {
		if f.Facet {
			return f.Name
		}
		return ""
	})
}

// Groupings are the names that pay tables can be grouped by, in order.
func (s Schema) Groupings() []string { return s.names(func(f *Field) string { return f.Grouping }) }

// Filters are the names that postings can be chosen by, in order.
func (s Schema) Filters() []string { return s.names(func(f *Field) string { return f.Filter }) }

// names gives what a function says of the fields, sorted, without empty texts.
func (s Schema) names(name func(*Field) string) []string {
	var out []string
	for i := range s {
		if n := name(&s[i]); n != "" {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// Grouping finds what a pay table is grouped by.
func (s Schema) Grouping(name string) (*Field, bool) {
	i := slices.IndexFunc(s, func(f Field) bool { return f.Grouping == name && name != "" })
	if i < 0 {
		return nil, false
	}
	return &s[i], true
}

// Columns are the fields that are columns of a CSV, in order.
func (s Schema) Columns() []Field {
	return slices.DeleteFunc(slices.Clone(s), func(f Field) bool { return f.Column == "" })
}

// Texts gives the values of a field as texts, without those that a document
// lacks.
func (f *Field) Texts(d *Document) []string {
	if f.Value == nil {
		return nil
	}
	switch v := f.Value(d).(type) {
	case []string:
		return v
	case string:
		if v != "" {
			return []string{v}
		}
		return nil
	case bool:
		return []string{strconv.FormatBool(v)}
	case int:
		return []string{strconv.Itoa(v)}
	case *int:
		return textOf(v, strconv.Itoa)
	case *int64:
		return textOf(v, func(n int64) string { return strconv.FormatInt(n, 10) })
	case float64:
		return []string{decimal(v)}
	case *float64:
		return textOf(v, decimal)
	}
	return nil
}

func textOf[T any](v *T, text func(T) string) []string {
	if v == nil {
		return nil
	}
	return []string{text(*v)}
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// MaxNamed is the longest text, in units of UTF-16, that is also compared as a
// whole.
const MaxNamed = 256

// Filtered gives the values of a field as filters compare them: those of all
// fields that it is made from, and texts for people without regard to the case
// of A to Z.
func (s Schema) Filtered(f *Field, d *Document) []string {
	var out []string
	for _, name := range f.Of {
		if part, ok := s.Field(name); ok {
			out = append(out, s.Filtered(part, d)...)
		}
	}
	if len(f.Of) > 0 {
		return out
	}
	if f.Type != TypeNamedText {
		return f.Texts(d)
	}
	for _, text := range f.Texts(d) {
		if isNamed(text) {
			out = append(out, f.Compared(text))
		}
	}
	return out
}

// isNamed reports a text that is compared as a whole. No unit of UTF-16 takes less than
// a byte.
func isNamed(text string) bool {
	return len(text) <= MaxNamed || len(utf16.Encode([]rune(text))) <= MaxNamed
}

// Compared gives a value as filters compare it.
func (f *Field) Compared(value string) string {
	if f.Type != TypeNamedText {
		return value
	}
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, value)
}
