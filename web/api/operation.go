package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"jobsieve/desk"
	"jobsieve/internal/strictyaml"
	"jobsieve/web/guard"
)

// operation is one thing that can be asked.
type operation struct {
	path, id, summary, about string
	params                   []*huma.Param
	// answers are the schemas of what is answered, by content type.
	answers map[string]*huma.Schema
	// named says that there may not be what is asked for, heavy that it takes long.
	named, heavy bool
	// heavyWith is a parameter with which it takes long; empty for none.
	heavyWith string
	// answer answers.
	answer func(*question) (*answer, error)
}

// question is a request, and what has been taken from its parameters.
type question struct {
	*http.Request
	server *server
	desk   *desk.Desk
	values url.Values
	faults faults
}

// add describes an operation and answers it.
func (s *server) add(o *operation) {
	op := &huma.Operation{
		OperationID: o.id, Method: http.MethodGet, Path: o.path, Summary: o.summary, Description: o.about,
		Parameters: s.shared(o.params), Responses: s.responses(o),
	}
	s.api.OpenAPI().AddOperation(op)
	handler := o.charged(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, o) }))
	s.api.Adapter().Handle(op, func(ctx huma.Context) {
		r, w := humago.Unwrap(ctx)
		handler.ServeHTTP(w, r)
	})
}

// charged says what the requests of a handler cost.
func (o *operation) charged(handler http.Handler) http.Handler {
	switch {
	case o.heavy:
		return guard.Heavy(handler)
	case o.heavyWith != "":
		return guard.HeavyWith(o.heavyWith, handler)
	}
	return guard.Costs(handler)
}

// shared describes parameters, those that choose postings once for all operations.
func (s *server) shared(params []*huma.Param) (out []*huma.Param) {
	for _, p := range params {
		if slices.Contains(s.choosing, p) {
			p = &huma.Param{Ref: "#/components/parameters/" + p.Name}
		}
		out = append(out, p)
	}
	return out
}

// responses describe what an operation may answer.
func (s *server) responses(o *operation) map[string]*huma.Response {
	problem := schemaOf[problem](s)
	content := map[string]*huma.MediaType{}
	for kind, schema := range o.answers {
		content[kind] = &huma.MediaType{Schema: schema}
	}
	out := map[string]*huma.Response{"200": {Description: "What was asked for.", Content: content}}
	add := func(status, says string) {
		out[status] = &huma.Response{
			Description: says, Content: map[string]*huma.MediaType{problemType: {Schema: problem}},
		}
	}
	out["304"] = &huma.Response{Description: "It is as the ETag of If-None-Match says."}
	add("400", "The question is wrong: each fault with its parameter, what was expected, and what may have been meant.")
	if o.named {
		add("404", "There is no such thing.")
	}
	add("503", "The ledger or the index is not there yet, or can't be asked now; the problem says what to do.")
	add("default", "Any other fault, which says nothing of the inside.")
	return out
}

// serve answers a request.
func (s *server) serve(w http.ResponseWriter, r *http.Request, o *operation) {
	q := &question{Request: r, server: s}
	if s.desk != nil {
		q.desk = s.desk()
	}
	var a *answer
	err := q.read(o)
	if err == nil {
		a, err = o.answer(q)
	}
	if err == nil {
		err = a.write(w, r)
	}
	switch {
	case err == nil:
	case r.Context().Err() != nil && errors.Is(err, context.Canceled): // nobody reads it
	default:
		q.refuse(w, err)
	}
}

// read takes the parameters apart, and refuses those that there are not.
func (q *question) read(o *operation) error {
	values, err := url.ParseQuery(q.URL.RawQuery)
	if err != nil {
		q.faults.add("", q.URL.RawQuery, "expected parameters as URLs have them, such as city=Pune&limit=20: %v", err)
		return q.faults
	}
	var known []string
	for _, p := range o.params {
		if p.In == inQuery {
			known = append(known, p.Name)
		}
	}
	for name := range values {
		if !slices.Contains(known, name) {
			q.faults.add(name, "", "unknown parameter %q: %s", name, strictyaml.Expected(name, known))
			delete(values, name)
		}
	}
	q.values = values
	return nil
}

// take gives the values of a parameter, without empty ones, which say nothing.
func (q *question) take(name string) []string {
	all := q.values[name]
	delete(q.values, name)
	return slices.DeleteFunc(all, func(v string) bool { return strings.TrimSpace(v) == "" })
}

// text gives the value of a parameter that has one; empty for none.
func (q *question) text(name string) string {
	all := q.take(name)
	if len(all) > 1 {
		q.faults.add(name, "", "is given %d times; expected it once", len(all))
	}
	if len(all) == 0 {
		return ""
	}
	return strings.TrimSpace(all[0])
}

// elsewhere answers requests for what there is not.
func (s *server) elsewhere(w http.ResponseWriter, r *http.Request) {
	p := &problem{Status: http.StatusNotFound, Detail: "There is nothing at this path; " + Base +
		"/openapi.json describes what there is."}
	asked := r.Clone(r.Context())
	asked.Method = http.MethodGet
	if _, pattern := s.mux.Handler(asked); r.Method != http.MethodGet && pattern != "/" {
		w.Header().Set("Allow", "GET, HEAD")
		p = &problem{Status: http.StatusMethodNotAllowed, Detail: "Only GET and HEAD are answered: nothing is written."}
	}
	p.write(w, r)
}
