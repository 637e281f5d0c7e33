package filter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
)

// MarshalJSON writes the parameters of the filter by name: a text where there is
// one value, else a list of texts.
func (f Filter) MarshalJSON() ([]byte, error) {
	out := map[string]any{}
	for name, values := range f.Values() {
		out[name] = values
		if _, ok := scalarOf(name); ok {
			out[name] = values[0]
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON writes; a value may also be a number, a
// boolean or null. The filter is then in its normal form, except for the names of a
// rule book, which Normal checks; the error is Faults where a value is refused.
func (f *Filter) UnmarshalJSON(body []byte) error {
	var members map[string]any
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	if err := dec.Decode(&members); err != nil {
		return fmt.Errorf("a filter: expected a JSON object: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return fmt.Errorf("a filter: expected one JSON object, and more follows")
	}
	params := url.Values{}
	var faults Faults
	for name, value := range members {
		list, isList := value.([]any)
		if !isList {
			list = []any{value}
		}
		for _, v := range list {
			addText(params, name, v, &faults)
		}
	}
	*f = parse(params, Book{}, &faults)
	return faults.err()
}

// addText adds a value of JSON to a parameter.
func addText(params url.Values, name string, v any, faults *Faults) {
	switch v := v.(type) {
	case nil:
	case string, json.Number, bool:
		params.Add(name, fmt.Sprint(v))
	default:
		faults.fault(name, "not_text", "expected a text, a number, true or false, or a list of these")
	}
}
