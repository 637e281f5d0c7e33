package ats

import "jobsieve/job"

var rippling = Connector{
	Needs:      []string{"account"},
	Documented: "https://developer.rippling.com/documentation/job-board-api",
	Boards:     []string{`^https://ats\.rippling\.com/(?:[a-z]{2}-[A-Z]{2}/)?(?P<account>[\w-]+)`},
	First: func(b *Board) *Request {
		return get("%s/platform/api/ats/v1/board/%s/jobs", b.base("https://api.rippling.com"), b.account())
	},
	Read: func(b *Board, _ *Request, body []byte) (*Page, error) {
		p, err := plain(body, nil, func(o any) (job.Posting, bool) {
			return job.Posting{ID: str(o, "uuid"), Title: str(o, "name"), URL: str(o, "url"), Location: str(o, "workLocation", "label")}, true
		})
		if err != nil {
			return nil, err
		}
		for i := range p.Postings {
			p.Details = append(p.Details, get("%s/platform/api/ats/v1/board/%s/jobs/%s", b.base("https://api.rippling.com"), b.account(), p.Postings[i].ID))
		}
		return p, nil
	},
	Detail: func(p *job.Posting, body []byte) error {
		var v object
		if err := decode(body, &v); err != nil {
			return err
		}
		p.Description = joined("\n\n", html(v, "description", "role"), html(v, "description", "company"))
		if p.Description == "" {
			p.Description = html(v, "description")
		}
		p.Company, p.Posted = str(v, "companyName"), str(v, "createdOn")
		return nil
	},
}
