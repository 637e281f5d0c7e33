package ats

import (
	"encoding/json"
	"net/http"

	"jobsieve/job"
)

const workdayPage = 20 // the most that it gives at once

var workday = Connector{
	Needs:      []string{"account", "site", "base"},
	Documented: "https://www.myworkdayjobs.com (a careers page asks this API)",
	Boards:     []string{`^(?P<base>https://(?P<account>[\w-]+)\.wd\d+\.myworkdayjobs\.com)/(?:wday/cxs/[\w-]+/)?(?:[a-z]{2}-[A-Z]{2}/)?(?P<site>[\w-]+)`},
	First:      func(b *Board) *Request { return workdayRequest(b, 0) },
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		var v object
		if err := decode(body, &v); err != nil {
			return nil, err
		}
		p := &Page{Total: number(v, "total")}
		if p.Total != nil && *p.Total == 0 && req.Offset > 0 {
			p.Total = nil // later pages of some sites say 0
		}
		for _, o := range list(v, "jobPostings") {
			path := str(o, "externalPath")
			id := path
			if fields := strs(list(o, "bulletFields")); len(fields) > 0 {
				id = fields[0]
			}
			p.Postings = append(p.Postings, job.Posting{
				ID: id, Title: str(o, "title"), Location: str(o, "locationsText"), Posted: str(o, "postedOn"), URL: b.base("") + "/" + b.Site + path,
			})
			p.Details = append(p.Details, get("%s/wday/cxs/%s/%s%s", b.base(""), b.account(), b.Site, path))
		}
		if len(p.Postings) == workdayPage {
			p.Next = workdayRequest(b, req.Offset+workdayPage)
		}
		return p, nil
	},
	Detail: func(p *job.Posting, body []byte) error {
		var v object
		if err := decode(body, &v); err != nil {
			return err
		}
		o := at(v, "jobPostingInfo")
		p.Description = html(o, "jobDescription")
		if places := joined(" | ", append([]string{str(o, "location")}, strs(list(o, "additionalLocations"))...)...); places != "" {
			p.Location = places
		}
		if d := str(o, "startDate"); d != "" {
			p.Posted = d
		}
		if u := str(o, "externalUrl"); u != "" {
			p.URL = u
		}
		p.Company = str(v, "hiringOrganization", "name")
		return nil
	},
}

func workdayRequest(b *Board, offset int) *Request {
	body, err := json.Marshal(object{"appliedFacets": object{}, "limit": workdayPage, "offset": offset, "searchText": b.Query})
	if err != nil {
		return nil
	}
	r := get("%s/wday/cxs/%s/%s/jobs", b.base(""), b.account(), b.Site)
	r.Method, r.Body, r.Offset = http.MethodPost, body, offset
	return r
}
