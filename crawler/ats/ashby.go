package ats

import (
	"strings"

	"jobsieve/job"
)

var ashby = Connector{
	Needs:      []string{"account"},
	Documented: "https://developers.ashbyhq.com/docs/public-job-posting-api",
	Address:    "jobs.ashbyhq.com/ACCOUNT",
	States:     "posted, pay as ranges or text, mode",
	Boards: []string{
		`^https://jobs\.ashbyhq\.com/(?P<account>[^/?#]+)`,
		`^https://api\.ashbyhq\.com/posting-api/job-board/(?P<account>[^/?#]+)`,
	},
	First: func(b *Board) *Request {
		base := b.base("https://api.ashbyhq.com")
		return get("%s/posting-api/job-board/%s?includeCompensation=true", base, b.account())
	},
	Read: func(_ *Board, _ *Request, body []byte) (*Page, error) {
		p, _, err := readList(body, []string{"jobs"}, readAshby)
		return p, err
	},
}

func readAshby(o object) (job.Posting, bool) {
	if listed, ok := at(o, "isListed").(bool); ok && !listed {
		return job.Posting{}, false
	}
	m := modeOf(label(o, "workplaceType"))
	if m == "" && yes(o, "isRemote") {
		m = remote
	}
	of := append(places(at(o, "location")), places(at(o, "address"))...)
	of = append(of, places(at(o, "secondaryLocations"))...)
	p := job.Posting{
		ID: identity(o, "id"), Title: html(o, "title"), URL: str(o, "jobUrl"), Posted: str(o, "publishedAt"),
		Description: str(o, "descriptionPlain"), Location: where(m, of...), Salary: ashbySalary(at(o, "compensation")),
	}
	if p.Description == "" {
		p.Description = html(o, "descriptionHtml")
	}
	return p, true
}

// ashbySalary writes the parts of a compensation that are salary, which leaves out
// bonus and equity; else the platform's own line about them.
func ashbySalary(v any) string {
	parts := list(v, "summaryComponents")
	for _, tier := range list(v, "compensationTiers") {
		parts = append(parts, list(tier, "components")...)
	}
	var bands []band
	for _, c := range parts {
		if strings.EqualFold(str(c, "compensationType"), "salary") {
			b := band{at(c, "minValue"), at(c, "maxValue"), str(c, "currencyCode"), str(c, "interval")}
			bands = append(bands, b)
		}
	}
	if s := pay(bands...); s != "" {
		return s
	}
	return str(v, "scrapeableCompensationSalarySummary")
}
