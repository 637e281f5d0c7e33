package ats

import (
	"net/url"

	"jobsieve/job"
)

var rippling = Connector{
	Needs:      []string{"account"},
	Documented: "https://developer.rippling.com/documentation/job-board-api",
	Address:    "ats.rippling.com/ACCOUNT",
	States:     "company, posted, pay as ranges, mode",
	Boards: []string{
		`^https://ats(?:\.\w+)?\.rippling\.com/(?:[a-z]{2}-[A-Z]{2}/)?(?P<account>[\w-]+)`,
		`^https://(?:ats|api)(?:\.\w+)?\.rippling\.com/(?:platform/)?api/(?:ats/)?v\d/board/(?P<account>[\w-]+)`,
	},
	First: ripplingList,
	Read:  readRippling,
	Detail: func(p *job.Posting, body []byte) error {
		o, err := decodeObject(body)
		if err != nil {
			return err
		}
		p.Description = joined("\n\n", html(o, "description", "role"), html(o, "description", "company"))
		if p.Description == "" {
			p.Description = html(o, "description")
		}
		p.Company, p.Posted = html(o, "companyName"), str(o, "createdOn")
		p.Location = whereToo(p.Location, ripplingMode(o), ripplingPlaces(o)...)
		p.Salary = salary(at(o, "payRangeDetails"))
		return nil
	},
}

func ripplingList(b *Board) *Request {
	return get("%s/platform/api/ats/v1/board/%s/jobs", b.base("https://api.rippling.com"), b.account())
}

// readRippling reads the list, which names a posting once for each of its places.
func readRippling(b *Board, _ *Request, body []byte) (*Page, error) {
	p, _, err := readList(body, nil, func(o object) (job.Posting, bool) {
		return job.Posting{
			ID: identity(o, "uuid", "id"), Title: html(o, "name"), URL: str(o, "url"),
			Location: where(ripplingMode(o), ripplingPlaces(o)...),
		}, true
	})
	if err != nil {
		return nil, err
	}
	p.fold()
	p.details(func(id string) *Request {
		return get("%s/%s", ripplingList(b).URL, url.PathEscape(id))
	})
	return p, nil
}

func ripplingPlaces(o object) []string {
	var of []string
	for _, name := range []string{"workLocation", "workLocations", "locations"} {
		of = append(of, places(at(o, name))...)
	}
	return of
}

func ripplingMode(o object) mode {
	values := []string{label(o, "workplaceType"), label(o, "workFromHomeType")}
	for _, l := range list(o, "locations") {
		values = append(values, label(l, "workplaceType"))
	}
	return modeOf(values...)
}
