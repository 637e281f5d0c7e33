package ats

import (
	"encoding/json"
	"net/url"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

const adzunaPage = 50

var adzuna = Connector{
	Needs:      []string{"key"},
	Documented: "https://developer.adzuna.com/docs/search",
	First:      func(b *Board) *Request { return adzunaRequest(b, 0) },
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		var v object
		if err := decode(body, &v); err != nil {
			return nil, err
		}
		p, err := plain(body, []string{"results"}, readAdzuna)
		if err != nil {
			return nil, err
		}
		p.Total = number(v, "count")
		if len(p.Postings) == adzunaPage {
			p.Next = adzunaRequest(b, req.Offset+adzunaPage)
		}
		return p, nil
	},
}

// adzunaRequest asks for a page of the Indian market; pages count from 1.
func adzunaRequest(b *Board, offset int) *Request {
	r := get("%s/v1/api/jobs/in/search/%d?app_id=%s&app_key=%s&results_per_page=%d&what=%s&content-type=application/json",
		b.base("https://api.adzuna.com"), offset/adzunaPage+1, url.QueryEscape(b.ID), url.QueryEscape(b.Key), adzunaPage, url.QueryEscape(b.Query))
	r.Offset = offset
	return r
}

// readAdzuna reads a result. Pay that Adzuna predicted is an estimate.
func readAdzuna(o any) (job.Posting, bool) {
	p := job.Posting{
		ID: str(o, "id"), Title: html(o, "title"), Company: str(o, "company", "display_name"), Location: str(o, "location", "display_name"),
		Description: html(o, "description"), URL: str(o, "redirect_url"), Posted: str(o, "created"),
	}
	low, high := at(o, "salary_min"), at(o, "salary_max")
	if low != nil || high != nil {
		p.Salary = extract.PayObject(low, high, "INR", "YEAR")
		if str(o, "salary_is_predicted") == "1" {
			if body, err := json.Marshal(object{"@type": "MonetaryAmountDistribution", "currency": "INR", "minValue": low, "maxValue": high, "unitText": "YEAR"}); err == nil {
				p.Salary = string(body)
			}
		}
	}
	return p, true
}
