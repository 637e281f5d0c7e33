package ats

import "jobsieve/job"

var workable = Connector{
	Needs:      []string{"account"},
	Documented: "https://help.workable.com/hc/en-us/articles/115012771647",
	Address:    "apply.workable.com/ACCOUNT, ACCOUNT.workable.com",
	States:     "company, posted, pay as ranges, mode, experience",
	Boards: []string{
		`^https://apply\.workable\.com/(?:api/v\d/(?:widget/)?accounts/)?(?P<account>[\w-]+)`,
		`^https://(?:www\.)?workable\.com/api/accounts/(?P<account>[\w-]+)`,
		`^https://(?P<account>[\w-]+)\.workable\.com/`,
	},
	First: func(b *Board) *Request {
		return get("%s/api/v1/widget/accounts/%s?details=true", b.base("https://apply.workable.com"), b.account())
	},
	Read: func(_ *Board, _ *Request, body []byte) (*Page, error) {
		p, v, err := readList(body, []string{"jobs"}, readWorkable)
		if err != nil {
			return nil, err
		}
		for i := range p.Postings {
			p.Postings[i].Company = html(v, "name")
		}
		p.fold()
		return p, nil
	},
}

func readWorkable(o object) (job.Posting, bool) {
	m := modeOf(label(o, "workplace_type"), label(o, "workplace"))
	if m == "" && yes(o, "telecommuting") {
		m = remote
	}
	of := []string{joined(", ", html(o, "city"), html(o, "state"), country(html(o, "country")))}
	for _, l := range list(o, "locations") {
		if !yes(l, "hidden") {
			of = append(of, places(l)...)
		}
	}
	return job.Posting{
		ID: identity(o, "shortcode", "id"), Title: html(o, "title"), URL: str(o, "url"), Posted: str(o, "published_on"),
		Location: where(m, of...), Experience: str(o, "experience"), Description: html(o, "description"),
		Salary: salary(at(o, "salary")),
	}, true
}
