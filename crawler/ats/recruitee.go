package ats

import "jobsieve/job"

var recruitee = Connector{
	Needs:      []string{"account"},
	Documented: "https://docs.recruitee.com/reference/intro-to-careers-site-api",
	Address:    "ACCOUNT.recruitee.com",
	States:     "company, posted, pay as ranges, mode",
	Boards:     []string{`^https://(?P<account>[\w-]+)\.recruitee\.com/`},
	First: func(b *Board) *Request {
		return get("%s/api/offers/", b.base("https://%s.recruitee.com", b.account()))
	},
	Read: func(_ *Board, _ *Request, body []byte) (*Page, error) {
		p, _, err := readList(body, []string{"offers"}, readRecruitee)
		return p, err
	},
}

func readRecruitee(o object) (job.Posting, bool) {
	own := joined(", ", html(o, "city"), html(o, "state_name"), country(html(o, "country")))
	of := append(places(at(o, "locations")), own)
	return job.Posting{
		ID: identity(o, "guid", "id"), Title: html(o, "title"), Company: html(o, "company_name"),
		URL: str(o, "careers_url"), Posted: str(o, "published_at"),
		Location:    where(modeWhere(yes(o, "hybrid"), yes(o, "remote")), of...),
		Description: joined("\n\n", html(o, "description"), html(o, "requirements")), Salary: salary(at(o, "salary")),
	}, true
}
