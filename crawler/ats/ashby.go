package ats

import (
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

var ashby = Connector{
	Needs:      []string{"account"},
	Documented: "https://developers.ashbyhq.com/docs/public-job-posting-api",
	Boards:     []string{`^https://(?:jobs\.ashbyhq\.com|api\.ashbyhq\.com/posting-api/job-board)/(?P<account>[^/?#]+)`},
	First: func(b *Board) *Request {
		return get("%s/posting-api/job-board/%s?includeCompensation=true", b.base("https://api.ashbyhq.com"), b.account())
	},
	Read: func(_ *Board, _ *Request, body []byte) (*Page, error) {
		return plain(body, []string{"jobs"}, readAshby)
	},
}

func readAshby(o any) (job.Posting, bool) {
	if listed, ok := at(o, "isListed").(bool); ok && !listed {
		return job.Posting{}, false
	}
	p := job.Posting{
		ID: str(o, "id"), Title: str(o, "title"), URL: str(o, "jobUrl"), Posted: str(o, "publishedAt"), Description: str(o, "descriptionPlain"),
		Location: joined(" | ", append([]string{remote(yes(o, "isRemote")), str(o, "location")}, texts(list(o, "secondaryLocations"), "location")...)...),
	}
	if p.Description == "" {
		p.Description = html(o, "descriptionHtml")
	}
	for _, c := range list(o, "compensation", "summaryComponents") {
		if str(c, "compensationType") == "Salary" && p.Salary == "" {
			p.Salary = extract.PayObject(at(c, "minValue"), at(c, "maxValue"), str(c, "currencyCode"), strings.TrimPrefix(str(c, "interval"), "1 "))
		}
	}
	return p, true
}
