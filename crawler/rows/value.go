package rows

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"jobsieve/job"
)

// parseObject gives the members of a JSON object in their order. Of a key that
// is there twice, the last counts; twice says which.
func parseObject(object []byte) (members []job.Member, err error) {
	members, _, err = membersOf(object)
	return members, err
}

func membersOf(object []byte) (members []job.Member, twice []string, err error) {
	dec := json.NewDecoder(bytes.NewReader(object))
	tok, err := dec.Token()
	if err != nil {
		return nil, nil, syntaxError(err, len(object))
	}
	if tok != json.Delim('{') {
		return nil, nil, fmt.Errorf("expected a JSON object, got %s", kindOf(tok))
	}
	seen := map[string]int{}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return nil, nil, syntaxError(err, len(object))
		}
		key := tok.(string) // the decoder allows nothing else here
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, nil, syntaxError(err, len(object))
		}
		if i, ok := seen[key]; ok {
			members[i].Value, twice = value, append(twice, key)
			continue
		}
		seen[key] = len(members)
		members = append(members, job.Member{Key: key, Value: value})
	}
	if _, err := dec.Token(); err != nil {
		return nil, nil, syntaxError(err, len(object))
	}
	return members, twice, nil
}

// noNumber matches a text, or what Python writes as numbers but JSON does not know.
var noNumber = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b`)

// withoutNaN gives an object with null in place of NaN and Infinity.
func withoutNaN(object []byte) []byte {
	return noNumber.ReplaceAllFunc(object, func(b []byte) []byte {
		if b[0] == '"' {
			return b
		}
		return []byte("null")
	})
}

func syntaxError(err error, size int) error {
	var syn *json.SyntaxError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the JSON object ends too early, after byte %d", size)
	case errors.As(err, &syn):
		return fmt.Errorf("not JSON: %w (at byte %d)", err, syn.Offset)
	}
	return fmt.Errorf("not JSON: %w", err)
}

func kindOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "true or false"
	case float64, json.Number:
		return "a number"
	case string:
		return "a text"
	case json.Delim:
		if v == '[' {
			return "a list"
		}
	}
	return "an object"
}

// partsOf are the members by which an object stands for a text, such as the name
// of a company.
var partsOf = map[string][]string{
	"id":       {"value", "name", "@id"},
	"company":  {"name", "display_name", "legalName"},
	"location": {"address", "name", "display_name"},
	"skills":   {"name", "label"},
}

// addressParts are the members of an address, in the order in which it is written.
var addressParts = [][]string{
	{"addressLocality", "city"}, {"addressRegion", "region", "state"}, {"addressCountry", "country"},
}

var (
	errIsObject = errors.New("expected a text, got an object")
	errIsBool   = errors.New("expected a text, got true or false")
	errIsLists  = errors.New("expected a text, got a list of lists or objects")
)

// textOf reads a JSON value as the text of a field: null is empty, a number its
// own digits, a list its texts with ", " between. An object stays as it is
// written where pay or experience may be one.
func textOf(field string, raw json.RawMessage) (string, error) {
	switch raw[0] {
	case '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, err
	case 'n':
		return "", nil
	case 't', 'f':
		if field != "remote" {
			return "", errIsBool
		}
	case '[':
		return listText(field, raw)
	case '{':
		return objectText(field, raw)
	}
	return string(raw), nil
}

func listText(field string, raw json.RawMessage) (string, error) {
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return "", err
	}
	parts, between := make([]string, 0, len(list)), ", "
	for _, item := range list {
		part, err := textOf(field, item)
		isObject := item[0] == '{'
		if item[0] == '[' || isObject && (err != nil || part == string(item)) {
			return "", errIsLists
		}
		if err != nil {
			return "", err
		}
		if isObject && field == "location" {
			between = " | "
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, between), nil
}

func objectText(field string, raw json.RawMessage) (string, error) {
	var o map[string]json.RawMessage
	if err := json.Unmarshal(raw, &o); err != nil {
		return "", err
	}
	if months, ok := o["monthsOfExperience"]; ok && field == "experience" {
		s, err := textOf(field, months)
		return s + " months", err
	}
	if field == "salary" || field == "experience" {
		return string(raw), nil
	}
	if field == "location" {
		if s := address(o); s != "" {
			return s, nil
		}
	}
	for _, name := range partsOf[field] {
		if v, ok := o[name]; ok && !slices.Contains([]byte("n[tf"), v[0]) {
			return textOf(field, v)
		}
	}
	return "", errIsObject
}

// address writes the parts of an address.
func address(o map[string]json.RawMessage) string {
	var parts []string
	for _, names := range addressParts {
		for _, name := range names {
			if v, ok := o[name]; ok {
				if s, err := textOf("company", v); err == nil && s != "" { // a country may have a name
					parts = append(parts, s)
					break
				}
			}
		}
	}
	return strings.Join(parts, ", ")
}
