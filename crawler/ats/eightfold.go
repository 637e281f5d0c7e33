package ats

import (
	"net/url"
	"strconv"

	"jobsieve/job"
)

const eightfoldPage = 10

var eightfold = Connector{
	Needs:      []string{"account"},
	Documented: "https://eightfold.ai (careers pages ask /api/apply/v2/jobs)",
	Boards:     []string{`^(?P<base>https://[\w-]+\.eightfold\.ai)/.*[?&]domain=(?P<account>[\w.-]+)`},
	First:      func(b *Board) *Request { return eightfoldRequest(b, 0) },
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		var v object
		if err := decode(body, &v); err != nil {
			return nil, err
		}
		p, err := plain(body, []string{"positions"}, readEightfold)
		if err != nil {
			return nil, err
		}
		p.Total = number(v, "count")
		for i := range p.Postings {
			p.Details = append(p.Details, get("%s/api/apply/v2/jobs/%s?domain=%s", eightfoldBase(b), p.Postings[i].ID, url.QueryEscape(b.Account)))
		}
		if len(p.Postings) == eightfoldPage {
			p.Next = eightfoldRequest(b, req.Offset+eightfoldPage)
		}
		return p, nil
	},
	Detail: func(p *job.Posting, body []byte) error {
		var v object
		if err := decode(body, &v); err != nil {
			return err
		}
		if d := html(v, "job_description"); d != "" {
			p.Description = d
		}
		return nil
	},
}

// eightfoldBase is the host of an account's board; the account is its domain.
func eightfoldBase(b *Board) string {
	name := b.Account
	for i := range name {
		if name[i] == '.' {
			name = name[:i]
			break
		}
	}
	return b.base("https://%s.eightfold.ai", url.PathEscape(name))
}

func eightfoldRequest(b *Board, start int) *Request {
	r := get("%s/api/apply/v2/jobs?domain=%s&start=%s&num=%d", eightfoldBase(b), url.QueryEscape(b.Account), strconv.Itoa(start), eightfoldPage)
	if b.Query != "" {
		r.URL += "&query=" + url.QueryEscape(b.Query)
	}
	r.Offset = start
	return r
}

func readEightfold(o any) (job.Posting, bool) {
	places := strs(list(o, "locations"))
	if len(places) == 0 {
		places = []string{str(o, "location")}
	}
	return job.Posting{
		ID: str(o, "id"), Title: str(o, "name"), URL: str(o, "canonicalPositionUrl"), Posted: str(o, "t_create"), Location: joined(" | ", places...),
		Description: html(o, "job_description"),
	}, true
}
