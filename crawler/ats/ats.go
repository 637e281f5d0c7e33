// Package ats reads the openly offered APIs of the platforms on which employers
// publish their postings.
//
// A board and the bodies of answers enter; postings, and the requests that
// lead on, leave. Nothing here uses the network: the crawler fetches, as
// politely as anything else.
package ats

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

// Board is one employer's board on a platform.
type Board struct {
	// Platform names the connector.
	Platform string
	// Account is the employer's name on the platform.
	Account string
	// Site is the board's name where an account has several: Workday, Oracle.
	Site string
	// Base is the address of the API, without a slash at the end; empty for the
	// platform's own.
	Base string
	// Query is what to search for where the API searches; empty for all.
	Query string
	// ID and Key are the credentials of an API that wants some.
	ID, Key string
}

// Request is one that leads to postings.
type Request struct {
	Method string
	URL    string
	// Body is sent as JSON; nil for none.
	Body []byte
	// Offset is where the page that it asks for begins.
	Offset int
}

func get(format string, args ...any) *Request {
	return &Request{Method: http.MethodGet, URL: fmt.Sprintf(format, args...)}
}

// Page is what one answer holds.
type Page struct {
	Postings []job.Posting
	// Details are the requests for the rest of each posting, in their order;
	// nil where there is none.
	Details []*Request
	// Total is how many postings the board says it has, nil where it does not.
	Total *int
	// Next leads to the next page, nil after the last.
	Next *Request
}

// Connector reads one platform.
type Connector struct {
	// Needs lists what a board must give: account, site, base, key.
	Needs []string
	// First is the request for the first page.
	First func(b *Board) *Request
	// Read reads a page.
	Read func(b *Board, req *Request, body []byte) (*Page, error)
	// Detail fills in a posting from its own answer.
	Detail func(p *job.Posting, body []byte) error
	// Documented is the page that documents the offer, or where there is none
	// the careers page that uses it.
	Documented string
	// Boards are expressions that match the addresses of boards on the platform.
	// Their groups are named account, site, base, and eu for what only the
	// addresses of European boards have.
	Boards []string
	// EU is the base of European boards, where that is another one.
	EU string
}

// connectors are all platforms.
var connectors = map[string]*Connector{
	"adzuna":          &adzuna,
	"apna":            &apna,
	"ashby":           &ashby,
	"bamboohr":        &bambooHR,
	"eightfold":       &eightfold,
	"greenhouse":      &greenhouse,
	"lever":           &lever,
	"oracle":          &oracle,
	"personio":        &personio,
	"pinpoint":        &pinpoint,
	"recruitee":       &recruitee,
	"rippling":        &rippling,
	"smartrecruiters": &smartRecruiters,
	"teamtailor":      &teamtailor,
	"workable":        &workable,
	"workday":         &workday,
}

// Platforms lists the platforms, in order.
func Platforms() []string { return slices.Sorted(maps.Keys(connectors)) }

// Find gives the connector of a platform.
func Find(platform string) (*Connector, bool) {
	c, ok := connectors[platform]
	return c, ok
}

// base gives the board's address of the API, else the platform's own.
func (b *Board) base(format string, args ...any) string {
	if b.Base != "" {
		return strings.TrimSuffix(b.Base, "/")
	}
	return fmt.Sprintf(format, args...)
}

func (b *Board) account() string { return url.PathEscape(b.Account) }

// object is a JSON object.
type object = map[string]any

// decode reads JSON; the error says what was expected.
func decode(body []byte, to any) error {
	if err := json.Unmarshal(body, to); err != nil {
		return fmt.Errorf("the answer is not the JSON that this platform gives: %w", err)
	}
	return nil
}

// at follows names into a JSON value; nil where one is missing.
func at(v any, path ...string) any {
	for _, name := range path {
		o, ok := v.(object)
		if !ok {
			return nil
		}
		v = o[name]
	}
	return v
}

// str gives the text at a path: of numbers their digits, of others nothing.
func str(v any, path ...string) string {
	switch v := at(v, path...).(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strings.TrimSuffix(fmt.Sprintf("%.2f", v), ".00")
	}
	return ""
}

// html gives the text of the markup at a path.
func html(v any, path ...string) string { return extract.HTMLText(str(v, path...)) }

// list gives the list at a path; nothing where there is none.
func list(v any, path ...string) []any {
	l, _ := at(v, path...).([]any)
	return l
}

// number gives the whole number at a path.
func number(v any, path ...string) *int {
	if f, ok := at(v, path...).(float64); ok {
		n := int(f)
		return &n
	}
	return nil
}

func yes(v any, path ...string) bool {
	b, _ := at(v, path...).(bool)
	return b
}

// joined joins what is not empty, each once.
func joined(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}

// texts gives the texts at a path of each item of a list.
func texts(items []any, path ...string) []string {
	var out []string
	for _, item := range items {
		if s := str(item, path...); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// remote says "Remote" if it is so, for the place.
func remote(is bool) string {
	if is {
		return "Remote"
	}
	return ""
}

// plain reads a page that is one JSON object or list with all postings.
func plain(body []byte, path []string, read func(o any) (job.Posting, bool)) (*Page, error) {
	var v any
	if err := decode(body, &v); err != nil {
		return nil, err
	}
	items, ok := at(v, path...).([]any)
	if !ok {
		return nil, fmt.Errorf("the answer has no list %q: expected what this platform gives", strings.Join(path, "."))
	}
	p := &Page{}
	for _, o := range items {
		if posting, ok := read(o); ok {
			p.Postings = append(p.Postings, posting)
		}
	}
	return p, nil
}
