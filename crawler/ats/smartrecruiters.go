package ats

import "jobsieve/job"

const smartRecruitersPage = 100

var smartRecruiters = Connector{
	Needs:      []string{"account"},
	Documented: "https://developers.smartrecruiters.com/docs/posting-api",
	Boards:     []string{`^https://(?:careers|jobs)\.smartrecruiters\.com/(?P<account>[\w-]+)`, `^https://api\.smartrecruiters\.com/v1/companies/(?P<account>[\w-]+)`},
	First:      func(b *Board) *Request { return smartRecruitersRequest(b, 0) },
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		var v object
		if err := decode(body, &v); err != nil {
			return nil, err
		}
		p, err := plain(body, []string{"content"}, readSmartRecruiters)
		if err != nil {
			return nil, err
		}
		p.Total = number(v, "totalFound")
		for i := range p.Postings {
			p.Details = append(p.Details, get("%s/v1/companies/%s/postings/%s", b.base("https://api.smartrecruiters.com"), b.account(), p.Postings[i].ID))
		}
		if next := req.Offset + len(p.Postings); p.Total != nil && next < *p.Total && len(p.Postings) > 0 {
			p.Next = smartRecruitersRequest(b, next)
		}
		return p, nil
	},
	Detail: func(p *job.Posting, body []byte) error {
		var v object
		if err := decode(body, &v); err != nil {
			return err
		}
		s := at(v, "jobAd", "sections")
		p.Description = joined("\n\n", html(s, "jobDescription", "text"), html(s, "qualifications", "text"), html(s, "additionalInformation", "text"))
		if u := str(v, "postingUrl"); u != "" {
			p.URL = u
		}
		return nil
	},
}

func smartRecruitersRequest(b *Board, offset int) *Request {
	r := get("%s/v1/companies/%s/postings?limit=%d&offset=%d", b.base("https://api.smartrecruiters.com"), b.account(), smartRecruitersPage, offset)
	r.Offset = offset
	return r
}

func readSmartRecruiters(o any) (job.Posting, bool) {
	place := str(o, "location", "fullLocation")
	if place == "" {
		place = joined(", ", str(o, "location", "city"), str(o, "location", "region"), str(o, "location", "country"))
	}
	return job.Posting{
		ID: str(o, "id"), Title: str(o, "name"), Company: str(o, "company", "name"), Posted: str(o, "releasedDate"),
		Location: joined(" | ", remote(yes(o, "location", "remote")), place), Experience: str(o, "experienceLevel", "label"),
		URL: "https://jobs.smartrecruiters.com/" + str(o, "company", "identifier") + "/" + str(o, "id"),
	}, true
}
