package ats

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

// object is a JSON object.
type object = map[string]any

var errMore = errors.New("something follows it")

// decode reads JSON, numbers to their last digit; the error says what was
// expected.
func decode(body []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\uFEFF"))))
	d.UseNumber()
	if err = d.Decode(&v); err == nil {
		if _, err = d.Token(); errors.Is(err, io.EOF) {
			return v, nil
		}
		err = errMore
	}
	return nil, fmt.Errorf("the answer is not the JSON that this platform gives: %w", err)
}

// answerOrState reads an answer: the body itself where it is JSON, else what a page
// at the address has under a name for its own script.
func answerOrState(address string, body []byte, name string) (any, error) {
	if v, err := decode(body); err == nil {
		return v, nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	page, err := extract.NewPage(u, body)
	if err != nil {
		return nil, err
	}
	v, ok := page.State(name)
	if !ok {
		return nil, fmt.Errorf("the answer is neither JSON nor a page that carries %s", name)
	}
	return v, nil
}

// decodeObject reads a JSON object; path leads to the object within it that is
// wanted.
func decodeObject(body []byte, path ...string) (object, error) {
	v, err := decode(body)
	if err != nil {
		return nil, err
	}
	o, ok := at(v, path...).(object)
	if !ok {
		return nil, fmt.Errorf("the answer has %s for the object %q: expected what this platform gives",
			kindOf(at(v, path...)), strings.Join(path, "."))
	}
	return o, nil
}

// decodeList reads the list of postings at a path; null is an empty one. The answer
// itself is given too.
func decodeList(body []byte, path ...string) (v any, items []any, err error) {
	if v, err = decode(body); err != nil {
		return nil, nil, err
	}
	in := at(v, path[:max(0, len(path)-1)]...)
	o, isObject := in.(object)
	list := in
	if len(path) > 0 {
		_, stands := o[path[len(path)-1]]
		if !isObject || !stands {
			const format = "the answer has no list %q: expected what this platform gives"
			return nil, nil, fmt.Errorf(format, strings.Join(path, "."))
		}
		list = o[path[len(path)-1]]
	}
	if list == nil {
		return v, nil, nil
	}
	items, ok := list.([]any)
	if !ok && len(path) == 0 {
		return nil, nil, fmt.Errorf("the answer is %s: expected a list, as this platform gives", kindOf(list))
	}
	if !ok {
		return nil, nil, fmt.Errorf("the answer has %s for the list %q: expected what this platform gives",
			kindOf(list), strings.Join(path, "."))
	}
	return v, items, nil
}

// kindOf names the kind of a JSON value, for people.
func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "nothing"
	case string:
		return "a text"
	case json.Number:
		return "a number"
	case bool:
		return "true or false"
	case []any:
		return "a list"
	}
	return "an object"
}

// read reads each item of a list as a posting, if read takes it; what isn't an
// object is a fault.
func (p *Page) read(items []any, read func(o object) (job.Posting, bool)) {
	for i, item := range items {
		o, ok := item.(object)
		if !ok {
			fault := fmt.Sprintf("entry %d of the list is %s: expected an object", i+1, kindOf(item))
			p.Faults = append(p.Faults, fault)
			continue
		}
		if posting, ok := read(o); ok {
			p.Postings = append(p.Postings, posting)
		}
	}
}

// readList reads an answer whose list at a path has the postings.
func readList(body []byte, path []string, read func(o object) (job.Posting, bool)) (*Page, any, error) {
	v, items, err := decodeList(body, path...)
	if err != nil {
		return nil, nil, err
	}
	p := &Page{}
	p.read(items, read)
	return p, v, nil
}

// at follows names into a JSON value; nil where one is missing. A list where an
// object is expected stands for its first item.
func at(v any, path ...string) any {
	for _, name := range path {
		if l, ok := v.([]any); ok && len(l) > 0 {
			v = l[0]
		}
		o, ok := v.(object)
		if !ok {
			return nil
		}
		v = o[name]
	}
	return v
}

// str gives the text at a path: the digits of a number, all texts of a list,
// nothing for other values.
func str(v any, path ...string) string {
	switch v := at(v, path...).(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return digits(v)
	case []any:
		return joined(", ", texts(v)...)
	}
	return ""
}

// digits writes a number without a fraction of zero, and without an exponent if
// it has one.
func digits(n json.Number) string {
	s := n.String()
	if strings.ContainsAny(s, "eE") {
		f, err := n.Float64()
		if err != nil || f > 1e21 || f < -1e21 {
			return s
		}
		s = strconv.FormatFloat(f, 'f', -1, 64)
	}
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// texts gives the texts in a list.
func texts(items []any) []string {
	var out []string
	for _, item := range items {
		if _, nested := item.([]any); nested {
			continue
		}
		if s := str(item); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// identity gives the id under the first of the names that has one. 0 is
// none: a posting without an id is known by its address, or by what it says.
func identity(o any, names ...string) string {
	for _, name := range names {
		if s := str(o, name); strings.Trim(s, "0") != "" {
			return s
		}
	}
	return ""
}

// html gives the text of the markup at a path, or of plain text there.
func html(v any, path ...string) string { return extract.HTMLText(str(v, path...)) }

// labels are the members of an object that say its name.
var labels = []string{"label", "name", "Name", "display_name", "displayName", "descriptor", "value", "code", "id"}

// label gives the text at a path, or the name of the object there.
func label(v any, path ...string) string {
	v = at(v, path...)
	if s := html(v); s != "" {
		return s
	}
	return named(v, labels)
}

// named gives the text under the first of an object's members that has one.
func named(o any, names []string) string {
	for _, name := range names {
		if s := html(o, name); s != "" {
			return s
		}
	}
	return ""
}

// first gives the first of an object's members that is not null.
func first(o any, names ...string) any {
	for _, name := range names {
		if v := at(o, name); v != nil {
			return v
		}
	}
	return nil
}

// list gives the list at a path; a single value there is a list of it.
func list(v any, path ...string) []any {
	switch v := at(v, path...).(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

// number gives the whole number at a path that counts something; nil where
// there is none.
func number(v any, path ...string) *int {
	n, err := strconv.Atoi(str(v, path...))
	if err != nil || n < 0 {
		return nil
	}
	return &n
}

// yes reports whether the value at a path is true, in one of the ways of
// writing that.
func yes(v any, path ...string) bool {
	v = at(v, path...)
	if b, ok := v.(bool); ok {
		return b
	}
	switch strings.ToLower(str(v)) {
	case "true", "yes", "1":
		return true
	}
	return false
}

// joined joins what is not empty, each once.
func joined(sep string, parts ...string) string {
	var out []string
	seen := map[string]bool{"": true}
	for _, p := range parts {
		if p = strings.TrimSpace(p); !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}
