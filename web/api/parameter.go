package api

import (
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"jobsieve/filter"
	"jobsieve/internal/strictyaml"
)

// Where parameters are.
const (
	inQuery = "query"
	inPath  = "path"
)

// pathParam is a part of the path.
func pathParam(name, help string) *huma.Param {
	p := textParam(name, help)
	p.In, p.Required = inPath, true
	return p
}

// textParam is a parameter that has any text.
func textParam(name, help string) *huma.Param {
	return &huma.Param{Name: name, In: inQuery, Description: help, Schema: &huma.Schema{Type: huma.TypeString}}
}

// choiceParam is a parameter that has one of some values, the first where it is not given.
func choiceParam(name, help string, values ...string) *huma.Param {
	p := textParam(name, help)
	p.Schema.Enum, p.Schema.Default = anyOf(append(slices.Clone(values), empty)), values[0]
	return p
}

// switchParam is a parameter that is true or false.
func switchParam(name, help string) *huma.Param { return choiceParam(name, help, no, yes) }

// The values of switches; empty is as if it was not given.
const (
	yes   = "true"
	no    = "false"
	empty = ""
)

// listParam is a parameter that may be given several times, for example with some values.
func listParam(name, help string, values ...string) *huma.Param {
	p := textParam(name, help)
	p.Schema = &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString, Examples: anyOf(values)}}
	return p
}

// numberParam is a parameter that is a whole number from 0 on.
func numberParam(name, help string, otherwise, most int) *huma.Param {
	p := textParam(name, help)
	from, to := 0.0, float64(most)
	p.Schema = &huma.Schema{Type: huma.TypeInteger, Default: otherwise, Minimum: &from, Maximum: &to}
	return p
}

func anyOf(values []string) []any {
	var out []any
	for _, v := range values {
		out = append(out, v)
	}
	return out
}

// filterParams are those that choose postings: all that filter.Parse reads. Values of
// closed sets are examples, since they may be written in other ways too.
func filterParams() (out []*huma.Param) {
	for _, p := range filter.Parameters() {
		one := textParam(p.Name, p.Help)
		one.Schema.Examples = anyOf(p.Closed)
		if p.Several {
			one = listParam(p.Name, p.Help, p.Closed...)
		}
		out = append(out, one)
	}
	return out
}

// filter takes the parameters that choose postings.
func (q *question) filter() filter.Filter {
	values := map[string][]string{}
	for _, p := range q.server.choosing {
		if all := q.take(p.Name); len(all) > 0 {
			values[p.Name] = all
		}
	}
	f, err := filter.Parse(values, q.desk.Book())
	q.faults.note(err)
	if err == nil {
		q.checkSources(&f)
	}
	return f
}

// checkSources refuses sources that nobody knows.
func (q *question) checkSources(f *filter.Filter) {
	for name, values := range map[string][]string{"source": f.Asked("source"), "not.source": f.Not["source"]} {
		for _, v := range values {
			if err := q.desk.CheckSource(q.Context(), v); isUnknownSource(err) {
				q.faults.add(name, v, "%v", err)
			}
		}
	}
}

// choice takes one of some values, the first where it is not given.
func (q *question) choice(name string, values ...string) string {
	v := q.text(name)
	if v == "" {
		return values[0]
	}
	q.oneOf(name, v, values)
	return v
}

// oneOf refuses another value than some.
func (q *question) oneOf(name, v string, values []string) {
	if !slices.Contains(values, v) {
		q.faults.add(name, v, "expected another value than %q: %s", v, strictyaml.Expected(v, values))
	}
}

// is takes a switch.
func (q *question) is(name string) bool { return q.choice(name, no, yes) == yes }

// list takes values that may be given several times, or with commas between them.
func (q *question) list(name string) (out []string) {
	for _, v := range q.take(name) {
		for part := range strings.SplitSeq(v, ",") {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// number takes a whole number from 0 on.
func (q *question) number(name string, otherwise, most int) int {
	v := q.text(name)
	if v == "" {
		return otherwise
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 || n > most {
		q.faults.add(name, v, "expected a whole number from 0 to %d, got %q", most, v)
	}
	return n
}
