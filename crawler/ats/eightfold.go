package ats

import (
	"net/url"
	"strconv"
	"strings"

	"jobsieve/job"
)

const eightfoldPage = 10

var eightfold = Connector{
	Needs:      []string{"account or base"},
	Documented: "https://eightfold.ai (careers pages ask /api/apply/v2/jobs)",
	Boards: []string{
		`^(?P<base>https://[\w-]+\.eightfold\.ai)/.*[?&]domain=(?P<account>[\w.-]+)`,
		`^(?P<base>https://(?P<host>[\w-]+)\.eightfold\.ai)/(?:careers|jobs|api/apply)(?:[/?#]|$)`,
	},
	First: func(b *Board) *Request { return eightfoldRequest(b, 0) },
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		p, v, err := readList(body, []string{"positions"}, func(o object) (job.Posting, bool) {
			posting := readEightfold(o)
			if posting.URL == "" && posting.ID != "" {
				posting.URL = eightfoldBase(b) + "/careers/job/" + url.PathEscape(posting.ID)
			}
			return posting, true
		})
		if err != nil {
			return nil, err
		}
		p.Total = number(v, "count")
		p.details(func(id string) *Request {
			query := eightfoldQuery(b, url.Values{})
			return get("%s/api/apply/v2/jobs/%s%s", eightfoldBase(b), url.PathEscape(id), query)
		})
		p.counted(req, eightfoldPage, func(offset int) *Request { return eightfoldRequest(b, offset) })
		return p, nil
	},
	Detail: func(p *job.Posting, body []byte) error {
		o, err := decodeObject(body)
		if err != nil {
			return err
		}
		more := readEightfold(o)
		if more.Description != "" {
			p.Description = more.Description
		}
		p.Location = whereToo(p.Location, eightfoldMode(o), eightfoldPlaces(o)...)
		return nil
	},
}

// eightfoldBase is the host of an account's board; the account is its domain.
func eightfoldBase(b *Board) string {
	name, _, _ := strings.Cut(b.Account, ".")
	return b.base("https://%s.eightfold.ai", url.PathEscape(name))
}

// eightfoldQuery writes a query. A host that belongs to one employer needs no domain.
func eightfoldQuery(b *Board, query url.Values) string {
	if b.Account != "" {
		query.Set("domain", b.Account)
	}
	if len(query) == 0 {
		return ""
	}
	return "?" + query.Encode()
}

func eightfoldRequest(b *Board, start int) *Request {
	query := url.Values{"start": {strconv.Itoa(start)}, "num": {strconv.Itoa(eightfoldPage)}}
	if b.Query != "" {
		query.Set("query", b.Query)
	}
	r := get("%s/api/apply/v2/jobs%s", eightfoldBase(b), eightfoldQuery(b, query))
	r.Offset = start
	return r
}

func readEightfold(o object) job.Posting {
	return job.Posting{
		ID: identity(o, "id"), Title: html(o, "name"), URL: str(o, "canonicalPositionUrl"), Posted: str(o, "t_create"),
		Location: where(eightfoldMode(o), eightfoldPlaces(o)...), Description: html(o, "job_description"),
	}
}

func eightfoldPlaces(o object) []string {
	return append(places(at(o, "locations")), places(at(o, "location"))...)
}

func eightfoldMode(o object) mode {
	return modeOf(label(o, "work_location_option"), label(o, "location_flexibility"))
}
