package ats

import (
	"maps"
	"net/url"
	"strings"

	"jobsieve/job"
)

var bambooHR = Connector{
	Needs:      []string{"account"},
	Documented: "https://www.bamboohr.com (careers pages ask /careers/list)",
	Address:    "ACCOUNT.bamboohr.com/careers",
	States:     "posted, pay as text, mode, experience",
	Boards:     []string{`^https://(?P<account>[\w-]+)\.bamboohr\.com/(?:careers|jobs|hiring)(?:[/?#]|$)`},
	First: func(b *Board) *Request {
		return get("%s/careers/list", b.base("https://%s.bamboohr.com", b.account()))
	},
	Read: func(b *Board, _ *Request, body []byte) (*Page, error) {
		base := b.base("https://%s.bamboohr.com", b.account())
		p, v, err := readList(body, []string{"result"}, func(o object) (job.Posting, bool) {
			posting := job.Posting{
				ID: identity(o, "id"), Title: html(o, "jobOpeningName"),
				Location: where(bambooMode(o), bambooPlaces(o)...),
			}
			if posting.ID != "" {
				posting.URL = base + "/careers/" + url.PathEscape(posting.ID)
			}
			return posting, true
		})
		if err != nil {
			return nil, err
		}
		p.Total = number(v, "meta", "totalCount")
		p.details(func(id string) *Request { return get("%s/careers/%s/detail", base, url.PathEscape(id)) })
		return p, nil
	},
	Detail: func(p *job.Posting, body []byte) error {
		o, err := decodeObject(body, "result", "jobOpening")
		if err != nil {
			return err
		}
		p.Description = html(o, "description")
		p.Posted, p.Experience = str(o, "datePosted"), str(o, "minimumExperience")
		p.Location = whereToo(p.Location, bambooMode(o), bambooPlaces(o)...)
		if s := salary(at(o, "compensation")); s != "" {
			p.Salary = s
		}
		return nil
	},
}

// bambooMode reads the type of a location: 0 is the office, 1 remote, 2 hybrid.
func bambooMode(o object) mode {
	kind := str(o, "locationType")
	return modeWhere(kind == "2", kind == "1" || yes(o, "isRemote"))
}

// bambooPlaces gives the places of an opening. What one of its two addresses
// leaves out, such as the country, is taken from the other, unless that is in
// another city.
func bambooPlaces(o object) []string {
	a, okA := o["location"].(object)
	b, okB := o["atsLocation"].(object)
	if !okA || !okB {
		return append(places(o["location"]), places(o["atsLocation"])...)
	}
	cityA, cityB := partOf(a, cityNames), partOf(b, cityNames)
	if cityA != "" && cityB != "" && !strings.EqualFold(cityA, cityB) {
		return append(places(a), places(b)...)
	}
	both := maps.Clone(a)
	for _, names := range [][]string{cityNames, stateNames, countryNames} {
		if partOf(a, names) == "" {
			both[names[0]] = partOf(b, names)
		}
	}
	return places(both)
}
