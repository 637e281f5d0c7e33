// Package api answers questions of other programs over HTTP, read-only: what the desk
// knows as JSON, tables and exports in every format of the command line, and an OpenAPI
// document that describes it all. It is the home of huma.
package api

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"jobsieve/desk"
)

// Base is the path below which the API is.
const Base = "/api/v1"

// versionHeader has the version of the program, which tells an answer of jobsieve from others.
const versionHeader = "Jobsieve-Version"

// server has what answers need.
type server struct {
	// desk gives the desk of the configuration as it is now.
	desk    func() *desk.Desk
	program string // its version
	mux     *http.ServeMux
	api     huma.API
	// choosing are the parameters that choose postings.
	choosing []*huma.Param
	// document is the OpenAPI document.
	document []byte
}

// New makes the handler of everything below Base. d gives the desk of the configuration
// as it is when a request comes; program is the version of the program, for manifests.
func New(d func() *desk.Desk, program string) http.Handler {
	s := newServer(d, program)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(versionHeader, program)
		s.mux.ServeHTTP(w, r)
	})
}

// Document is the OpenAPI document, as it is served.
func Document() []byte { return newServer(nil, "").document }

func newServer(d func() *desk.Desk, program string) *server {
	s := &server{desk: d, program: program, mux: http.NewServeMux()}
	s.api = humago.NewWithPrefix(s.mux, Base, huma.Config{OpenAPI: outline()})
	s.choosing = filterParams()
	components := s.api.OpenAPI().Components
	components.Parameters = map[string]*huma.Param{}
	for _, p := range s.choosing {
		components.Parameters[p.Name] = p
	}
	types := components.Schemas
	register(types)
	for _, o := range s.operations() {
		s.add(&o)
	}
	complete(types)
	s.document = written(s.api.OpenAPI())
	s.mux.HandleFunc("/", s.elsewhere)
	return s
}

// operations are all that can be asked.
func (s *server) operations() []operation {
	all := append(s.reports(), s.postings()...)
	return append(all, s.search(), s.export(), s.sources(), s.machines(), s.runs(), s.lexicon(), s.criteria(),
		s.saved(), s.openAPI())
}
