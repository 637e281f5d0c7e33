package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/invopop/jsonschema"
	"go.yaml.in/yaml/v4"

	"jobsieve/internal/strictyaml"
	"jobsieve/job"
)

// Columns say where each field is.
type Columns map[string]Column

// Column is where one field is: a column of a file or a path in JSON, or several
// paths, whose texts are joined by ", ".
type Column []string

// ColumnsOf makes columns of fields that are each in one.
func ColumnsOf(fields map[string]string) Columns {
	c := Columns{}
	for field, name := range fields {
		c[field] = Column{name}
	}
	return c
}

// Names gives the column of each field, the first of several.
func (c Columns) Names() map[string]string {
	names := map[string]string{}
	for field, column := range c {
		if len(column) > 0 {
			names[field] = column[0]
		}
	}
	return names
}

// has reports whether a field has a column.
func (c Columns) has(field string) bool { return len(c[field]) > 0 && c[field][0] != "" }

var errColumn = errors.New("expected a column or path, or a list of paths such as [city, state]")

// UnmarshalYAML reads a text or a list of texts.
func (c *Column) UnmarshalYAML(n *yaml.Node) error {
	items := n.Content
	if n.Kind == yaml.ScalarNode {
		items = []*yaml.Node{n}
	}
	*c = nil
	for _, item := range items {
		if item.Kind != yaml.ScalarNode || n.Kind == yaml.MappingNode || item != n && item.Value == "" {
			return errColumn
		}
		*c = append(*c, item.Value)
	}
	if len(*c) == 0 {
		return errColumn
	}
	return nil
}

// MarshalYAML writes what UnmarshalYAML reads.
func (c Column) MarshalYAML() (any, error) {
	if len(c) == 1 {
		return c[0], nil
	}
	return []string(c), nil
}

// JSONSchema says that a column is a text or a list of texts.
func (Column) JSONSchema() *jsonschema.Schema {
	text := &jsonschema.Schema{Type: "string"}
	return &jsonschema.Schema{OneOf: []*jsonschema.Schema{text, {Type: "array", Items: text}}}
}

// payColumns are the columns of pay in numbers, which JSON may have.
var payColumns = []string{"salary_min", "salary_max", "salary_currency", "salary_period"}

// What can be wrong with columns.
const (
	onePlace = "expected one path: several are joined only for kind json, and only for texts such as location"
	noPeriod = "pay in numbers needs its period: name the column salary_period, " +
		"or set it for all postings, such as pay: {period: month}"
)

// columns checks where the fields of a file or of JSON are.
func (k *checker) columns(s *Source, fault func(string, ...any)) {
	names := FieldNames
	switch s.Kind {
	case KindFile:
		names = slices.DeleteFunc(slices.Clone(job.RowFields), func(name string) bool { return name == "source" })
	case KindJSON:
		names = append(slices.Clone(names), payColumns...)
	default:
	}
	for _, field := range slices.Sorted(maps.Keys(s.Columns)) {
		joined := s.Kind == KindJSON && field != string(job.FieldSalary) &&
			slices.Contains(job.Fields, job.Field(field))
		switch {
		case !slices.Contains(names, field):
			fault("unknown field; "+strictyaml.Expected(field, names), "columns", field)
		case len(s.Columns[field]) > 1 && !joined:
			fault(onePlace, "columns", field)
		}
	}
	numbers := s.Kind == KindJSON && (s.Columns.has("salary_min") || s.Columns.has("salary_max"))
	if numbers && !s.Columns.has("salary_period") && s.Pay.Period == "" {
		fault(noPeriod, "columns")
	}
}

// PagePlaceholder stands in the address and the body of a request for the number of
// the page.
const PagePlaceholder = "{page}"

// request checks how the answers of a json source are asked for.
func (k *checker) request(s *Source, fault func(string, ...any)) {
	switch {
	case s.Kind != KindJSON:
		return
	case s.Method != "" && s.Method != http.MethodGet && s.Method != http.MethodPost:
		fault(fmt.Sprintf("expected GET or POST, got %q", s.Method), "method")
	case s.Body != "" && s.Method != http.MethodPost:
		fault("a body is sent with method: POST; add that, or leave the body out", "body")
	}
	body := strings.TrimSpace(strings.ReplaceAll(s.Body, PagePlaceholder, "1"))
	switch {
	case body == "" || json.Valid([]byte(body)):
	case body[0] == '{' || body[0] == '[' || !formBody.MatchString(body):
		fault(`expected JSON, such as '{"page": {page}}', or a form, such as page={page}&size=50`, "body")
	}
}

// formBody is the body of a form.
var formBody = regexp.MustCompile(`^[^=&\s{}"]+=[^&\s]*(&[^=&\s{}"]+=[^&\s]*)*$`)
