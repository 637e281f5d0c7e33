// Package ats reads the openly offered APIs of the platforms on which employers
// publish their postings.
//
// A board and the bodies of answers enter; postings, and the requests that
// lead on, leave. Nothing here uses the network: the crawler fetches, as
// politely as anything else.
package ats

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

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
	// Own says that Base is an address of the employer's own: that it is on the platform
	// is likely, not certain.
	Own bool
	// Query is what to search for where the API searches; empty for all.
	Query string
	// ID and Key are the credentials of an API that wants some.
	ID, Key string
}

// Request is one that leads to postings.
type Request struct {
	Method string
	URL    string
	// Body is JSON or a form; nil for none.
	Body []byte
	// Accept is the type of answer that is wanted of a platform that has several; empty
	// for any. Where there is a Body it is JSON.
	Accept string `json:",omitempty"`
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
	// Leads says that the answer holds no postings, and only leads to the first page of
	// them.
	Leads bool
	// Total is how many postings the board says it has, nil where it does not.
	Total *int
	// Next leads to the next page, nil where nothing may follow. Counted says
	// that it was made by counting, and is not the platform's own link.
	Next    *Request
	Counted bool
	// Leap leads past a page that is shorter than requested, to where the next
	// one begins on platforms that count in whole pages.
	Leap *Request
	// Faults name the entries of the answer that aren't postings at all.
	Faults []string
	// Trouble says why pages that follow cannot be asked for; empty where they can.
	Trouble string
}

// Connector reads one platform.
type Connector struct {
	// Needs lists what a board must give: account, site, base, key, or "account or
	// base".
	Needs []string
	// First is the request for the first page.
	First func(b *Board) *Request
	// Read reads a page.
	Read func(b *Board, req *Request, body []byte) (*Page, error)
	// Detail fills in a posting from its own answer. Where that is not what the
	// platform gives, the posting stays as it is.
	Detail func(p *job.Posting, body []byte) error
	// Documented is the page that documents the offer, or where there is none
	// the careers page that uses it.
	Documented string
	// Address says how boards are addressed, and what of that a source gives. This and
	// what follows are for the table of platforms in docs/sources.md, in its Markdown.
	Address string
	// States lists what its postings have besides title, places, description and address.
	States string
	// Searches says that a board's query narrows it.
	Searches bool
	// Limits says what it can't do, or does in its own way; empty for nothing.
	Limits string
	// Boards are expressions that match the addresses of boards on the platform.
	// The address is first given https and a host in lower case. Their
	// groups are named account, site, base, own for a base that is the employer's own,
	// host for what must not be one of the platform's own names, and eu for what only the
	// addresses of European boards have.
	Boards []string
	// EU is the base of European boards, where that is a different one.
	EU string
	// Loaded is an expression that matches the addresses of scripts and styles which the
	// pages of boards load, and others hardly do; empty where none is known. It is given
	// addresses as Boards are.
	Loaded string
}

// connectors are all platforms.
var connectors = map[string]*Connector{
	"adzuna":          &adzuna,
	"apna":            &apna,
	"ashby":           &ashby,
	"bamboohr":        &bambooHR,
	"darwinbox":       &darwinbox,
	"eightfold":       &eightfold,
	"greenhouse":      &greenhouse,
	"keka":            &keka,
	"icims":           &icims,
	"lever":           &lever,
	"oracle":          &oracle,
	"peoplestrong":    &peopleStrong,
	"personio":        &personio,
	"phenom":          &phenom,
	"pinpoint":        &pinpoint,
	"recruitee":       &recruitee,
	"ripplehire":      &ripplehire,
	"rippling":        &rippling,
	"smartrecruiters": &smartRecruiters,
	"successfactors":  &successFactors,
	"teamtailor":      &teamtailor,
	"workable":        &workable,
	"workday":         &workday,
	"zoho":            &zoho,
}

// Platforms lists the platforms, in order.
func Platforms() []string { return slices.Sorted(maps.Keys(connectors)) }

// Recognised lists the platforms whose boards are known by their addresses, in order.
func Recognised() []string {
	return slices.DeleteFunc(Platforms(), func(name string) bool { return len(connectors[name].Boards) == 0 })
}

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
