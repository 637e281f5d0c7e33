package ats

import (
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

var recruitee = Connector{
	Needs:      []string{"account"},
	Documented: "https://docs.recruitee.com/reference/intro-to-careers-site-api",
	Boards:     []string{`^https://(?P<account>[\w-]+)\.recruitee\.com`},
	First: func(b *Board) *Request {
		return get("%s/api/offers/", b.base("https://%s.recruitee.com", b.account()))
	},
	Read: func(_ *Board, _ *Request, body []byte) (*Page, error) {
		return plain(body, []string{"offers"}, readRecruitee)
	},
}

func readRecruitee(o any) (job.Posting, bool) {
	var places []string
	for _, l := range list(o, "locations") {
		places = append(places, joined(", ", str(l, "city"), str(l, "state"), str(l, "country")))
	}
	if len(places) == 0 {
		places = []string{joined(", ", str(o, "city"), str(o, "state_name"), str(o, "country"))}
	}
	mode := ""
	switch {
	case yes(o, "hybrid"):
		mode = "Hybrid"
	case yes(o, "remote"):
		mode = "Remote"
	}
	return job.Posting{
		ID: str(o, "guid"), Title: str(o, "title"), Company: str(o, "company_name"), URL: str(o, "careers_url"), Posted: str(o, "published_at"),
		Location: joined(" | ", append([]string{mode}, places...)...), Description: joined("\n\n", html(o, "description"), html(o, "requirements")),
		Salary: extract.PayObject(at(o, "salary", "min"), at(o, "salary", "max"), str(o, "salary", "currency"), strings.ToUpper(str(o, "salary", "period"))),
	}, true
}
