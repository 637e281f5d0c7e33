package ats

import (
	stdhtml "html"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

var greenhouse = Connector{
	Needs:      []string{"account"},
	Documented: "https://developers.greenhouse.io/job-board.html",
	Boards:     []string{`^https://(?:job-)?boards\.greenhouse\.io/embed/[^?]*\?(?:.*&)?for=(?P<account>[\w-]+)`, `^https://(?:job-)?boards\.greenhouse\.io/(?P<account>[\w-]+)`, `^https://boards-api\.greenhouse\.io/v1/boards/(?P<account>[\w-]+)`},
	First: func(b *Board) *Request {
		return get("%s/v1/boards/%s/jobs?content=true&pay_transparency=true", b.base("https://boards-api.greenhouse.io"), b.account())
	},
	Read: func(_ *Board, _ *Request, body []byte) (*Page, error) {
		var v object
		if err := decode(body, &v); err != nil {
			return nil, err
		}
		p, err := plain(body, []string{"jobs"}, readGreenhouse)
		if err == nil {
			p.Total = number(v, "meta", "total")
		}
		return p, err
	},
}

// readGreenhouse reads a job. Its content is markup, escaped once more.
func readGreenhouse(o any) (job.Posting, bool) {
	posted := str(o, "first_published")
	if posted == "" {
		posted = str(o, "updated_at")
	}
	p := job.Posting{
		ID: str(o, "id"), Title: str(o, "title"), Company: str(o, "company_name"), URL: str(o, "absolute_url"), Posted: posted,
		Location:    joined(" | ", append([]string{str(o, "location", "name")}, texts(list(o, "offices"), "location")...)...),
		Description: extract.HTMLText(stdhtml.UnescapeString(str(o, "content"))),
	}
	for _, r := range list(o, "pay_input_ranges") { // in cents
		low, _ := at(r, "min_cents").(float64)
		high, _ := at(r, "max_cents").(float64)
		if p.Salary == "" && (low > 0 || high > 0) {
			p.Salary = extract.PayObject(low/100, high/100, str(r, "currency_type"), "")
		}
	}
	return p, true
}
