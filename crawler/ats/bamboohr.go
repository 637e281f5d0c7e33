package ats

import "jobsieve/job"

var bambooHR = Connector{
	Needs:      []string{"account"},
	Documented: "https://www.bamboohr.com (careers pages ask /careers/list)",
	Boards:     []string{`^https://(?P<account>[\w-]+)\.bamboohr\.com/(?:careers|jobs)`},
	First: func(b *Board) *Request {
		return get("%s/careers/list", b.base("https://%s.bamboohr.com", b.account()))
	},
	Read: func(b *Board, _ *Request, body []byte) (*Page, error) {
		var v object
		if err := decode(body, &v); err != nil {
			return nil, err
		}
		base := b.base("https://%s.bamboohr.com", b.account())
		p, err := plain(body, []string{"result"}, func(o any) (job.Posting, bool) {
			place := joined(", ", str(o, "location", "city"), str(o, "location", "state"))
			if place == "" {
				place = joined(", ", str(o, "atsLocation", "city"), str(o, "atsLocation", "state"), str(o, "atsLocation", "country"))
			}
			return job.Posting{
				ID: str(o, "id"), Title: str(o, "jobOpeningName"), URL: base + "/careers/" + str(o, "id"),
				Location: joined(" | ", remote(yes(o, "isRemote") || str(o, "locationType") == "1"), place),
			}, true
		})
		if err != nil {
			return nil, err
		}
		p.Total = number(v, "meta", "totalCount")
		for i := range p.Postings {
			p.Details = append(p.Details, get("%s/careers/%s/detail", base, p.Postings[i].ID))
		}
		return p, nil
	},
	Detail: func(p *job.Posting, body []byte) error {
		var v object
		if err := decode(body, &v); err != nil {
			return err
		}
		o := at(v, "result", "jobOpening")
		p.Description, p.Posted, p.Experience = html(o, "description"), str(o, "datePosted"), str(o, "minimumExperience")
		if s := str(o, "compensation"); s != "" {
			p.Salary = s
		}
		return nil
	},
}
