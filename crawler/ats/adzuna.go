package ats

import (
	"encoding/json"
	"net/url"
	"slices"

	"jobsieve/job"
)

const adzunaPage = 50

var adzuna = Connector{
	Needs:      []string{"key"},
	Documented: "https://developer.adzuna.com/docs/search",
	Address:    "a key from https://developer.adzuna.com",
	States:     "company, posted, pay as ranges",
	Searches:   true,
	Limits:     "Indian postings only. Pay that Adzuna guesses is an estimate",
	First:      func(b *Board) *Request { return adzunaRequest(b, 0) },
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		p, v, err := readList(body, []string{"results"}, readAdzuna)
		if err != nil {
			return nil, err
		}
		p.Total = number(v, "count")
		p.numbered(adzunaRequest(b, req.Offset+adzunaPage))
		return p, nil
	},
}

// adzunaRequest asks for a page of the Indian market; pages count from 1.
func adzunaRequest(b *Board, offset int) *Request {
	query := url.Values{
		"app_id": {b.ID}, "app_key": {b.Key}, "results_per_page": {"50"}, "what": {b.Query},
		"content-type": {"application/json"},
	}
	r := get("%s/v1/api/jobs/in/search/%d?%s", b.base("https://api.adzuna.com"), offset/adzunaPage+1, query.Encode())
	r.Offset = offset
	return r
}

// readAdzuna reads a result. Its area names the parts of the place, from the
// country down. Pay that Adzuna predicted is an estimate.
func readAdzuna(o object) (job.Posting, bool) {
	area := texts(list(o, "location", "area"))
	slices.Reverse(area)
	p := job.Posting{
		ID: identity(o, "id"), Title: html(o, "title"), Company: label(o, "company"),
		Location:    where("", html(o, "location", "display_name"), joined(", ", area...)),
		Description: html(o, "description"), URL: str(o, "redirect_url"), Posted: str(o, "created"),
	}
	low, high := at(o, "salary_min"), at(o, "salary_max")
	p.Salary = pay(band{low, high, "INR", "year"})
	if p.Salary == "" || !yes(o, "salary_is_predicted") {
		return p, true
	}
	body, err := json.Marshal(object{
		"@type": "MonetaryAmountDistribution", "currency": "INR", "unitText": "YEAR",
		"minValue": amount(low, 1), "maxValue": amount(high, 1),
	})
	if err == nil {
		p.Salary = string(body)
	}
	return p, true
}
