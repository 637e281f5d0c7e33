package ats

import (
	"fmt"
	"net/url"

	"jobsieve/job"
)

const smartRecruitersPage = 100

var smartRecruiters = Connector{
	Needs:      []string{"account"},
	Documented: "https://developers.smartrecruiters.com/docs/posting-api",
	Address:    "careers.smartrecruiters.com/ACCOUNT, jobs.smartrecruiters.com/ACCOUNT",
	States:     "company, posted, pay as ranges, mode, experience",
	Boards: []string{
		`^https://jobs\.smartrecruiters\.com/oneclick-ui/company/(?P<account>[\w-]+)`,
		`^https://(?:careers|jobs|www)\.smartrecruiters\.com/(?P<account>[\w-]+)`,
		`^https://api\.smartrecruiters\.com/v1/companies/(?P<account>[\w-]+)`,
	},
	First: func(b *Board) *Request { return smartRecruitersRequest(b, 0) },
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		p, v, err := readList(body, []string{"content"}, func(o object) (job.Posting, bool) {
			return readSmartRecruiters(b, o), true
		})
		if err != nil {
			return nil, err
		}
		p.Total = number(v, "totalFound")
		p.details(func(id string) *Request {
			return get("%s/%s", smartRecruitersList(b), url.PathEscape(id))
		})
		p.counted(req, smartRecruitersPage, func(offset int) *Request { return smartRecruitersRequest(b, offset) })
		return p, nil
	},
	Detail: func(p *job.Posting, body []byte) error {
		o, err := decodeObject(body)
		if err != nil {
			return err
		}
		s := at(o, "jobAd", "sections")
		p.Description = joined("\n\n", html(s, "jobDescription", "text"), html(s, "qualifications", "text"),
			html(s, "additionalInformation", "text"))
		if u := str(o, "postingUrl"); u != "" {
			p.URL = u
		}
		if pay := salary(at(o, "compensation")); pay != "" {
			p.Salary = pay
		}
		p.Location = whereToo(p.Location, smartRecruitersMode(o), places(at(o, "location"))...)
		return nil
	},
}

func smartRecruitersList(b *Board) string {
	return fmt.Sprintf("%s/v1/companies/%s/postings", b.base("https://api.smartrecruiters.com"), b.account())
}

func smartRecruitersRequest(b *Board, offset int) *Request {
	r := get("%s?limit=%d&offset=%d", smartRecruitersList(b), smartRecruitersPage, offset)
	r.Offset = offset
	return r
}

func readSmartRecruiters(b *Board, o object) job.Posting {
	p := job.Posting{
		ID: identity(o, "id"), Title: html(o, "name"), Company: label(o, "company"), Posted: str(o, "releasedDate"),
		Location: where(smartRecruitersMode(o), places(at(o, "location"))...), Experience: label(o, "experienceLevel"),
		Salary: salary(at(o, "compensation")),
	}
	if p.ID != "" {
		owner := str(o, "company", "identifier")
		if owner == "" {
			owner = b.Account
		}
		p.URL = "https://jobs.smartrecruiters.com/" + url.PathEscape(owner) + "/" + url.PathEscape(p.ID)
	}
	return p
}

func smartRecruitersMode(o object) mode {
	return modeWhere(yes(o, "location", "hybrid"), yes(o, "location", "remote"))
}
