package ats

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"jobsieve/job"
)

const workdayPage = 20 // the most that it gives at once

// The beginnings of the addresses of boards: hosts of an employer's own, and hosts that
// employers share.
const (
	workdayJobs     = `^(?P<base>https://(?P<account>[\w-]+)\.(?:wd\d+\.)?myworkdayjobs\.com)`
	workdayShared   = `^(?P<base>https://(?:[\w-]+\.)?myworkdaysite\.com)`
	workdayLanguage = `(?:/[a-z]{2}(?:-[A-Za-z]{2,4})?)?`
)

var workday = Connector{
	Needs:      []string{"account", "site", "base"},
	Documented: "https://www.myworkdayjobs.com (a careers page asks this API)",
	Address: "https://ACCOUNT.wd3.myworkdayjobs.com/SITE or " +
		"https://wd3.myworkdaysite.com/recruiting/ACCOUNT/SITE; `url` is its host",
	States:   "company, posted, mode",
	Searches: true,
	Boards: []string{
		workdayJobs + `/wday/cxs/[\w-]+/(?P<site>[\w-]+)`,
		workdayJobs + workdayLanguage + `/(?P<site>[\w-]+)`,
		workdayShared + `/wday/cxs/(?P<account>[\w-]+)/(?P<site>[\w-]+)`,
		workdayShared + workdayLanguage + `/recruiting/(?P<account>[\w-]+)/(?P<site>[\w-]+)`,
	},
	First:  func(b *Board) *Request { return workdayRequest(b, 0) },
	Read:   readWorkday,
	Detail: readWorkdayDetail,
}

func readWorkday(b *Board, req *Request, body []byte) (*Page, error) {
	v, items, err := decodeList(body, "jobPostings")
	if err != nil {
		return nil, err
	}
	p := &Page{Total: number(v, "total")}
	if p.Total != nil && *p.Total == 0 && req.Offset > 0 {
		p.Total = nil // later pages of some sites say 0
	}
	p.read(items, func(o object) (job.Posting, bool) {
		posting := job.Posting{
			ID: workdayID(o), Title: html(o, "title"), Posted: str(o, "postedOn"),
			Location: where(modeOf(label(o, "remoteType")), workdayPlace(html(o, "locationsText"))),
		}
		var detail *Request
		if path := str(o, "externalPath"); path != "" {
			posting.URL = b.base("") + workdaySite(b) + path
			detail = get("%s/wday/cxs/%s/%s%s", b.base(""), b.account(), b.Site, path)
		}
		p.Details = append(p.Details, detail)
		return posting, true
	})
	p.counted(req, workdayPage, func(offset int) *Request { return workdayRequest(b, offset) })
	return p, nil
}

// workdayID gives the requisition that a posting's path ends in, as its fields have it;
// else the path. Other fields are the same for many.
func workdayID(o object) string {
	path := str(o, "externalPath")
	for _, f := range texts(list(o, "bulletFields")) {
		if strings.HasSuffix(path, "_"+f) {
			return f
		}
	}
	return path
}

// workdaySite is the path of a board on its host, which on myworkdaysite.com is not
// the employer's own.
func workdaySite(b *Board) string {
	if strings.HasSuffix(b.base(""), "myworkdaysite.com") {
		return "/recruiting/" + b.account() + "/" + b.Site
	}
	return "/" + b.Site
}

var workdayCount = regexp.MustCompile(`^[0-9]+ Locations?$`)

// workdayPlace leaves out a text that only counts the places.
func workdayPlace(s string) string {
	if workdayCount.MatchString(s) {
		return ""
	}
	return s
}

func readWorkdayDetail(p *job.Posting, body []byte) error {
	v, err := decodeObject(body)
	if err != nil {
		return err
	}
	o, ok := v["jobPostingInfo"].(object)
	if !ok {
		return fmt.Errorf(`the answer holds no object "jobPostingInfo", but %s`, kindOf(v["jobPostingInfo"]))
	}
	p.Description = html(o, "jobDescription")
	if d := str(o, "startDate"); d != "" {
		p.Posted = d
	}
	if u := str(o, "externalUrl"); u != "" {
		p.URL = u
	}
	of := firstIn(label(o, "country"), append(places(at(o, "location")), places(at(o, "additionalLocations"))...))
	p.Location = whereToo(p.Location, modeOf(label(o, "remoteType")), of...)
	p.Company = label(v, "hiringOrganization")
	return nil
}

func workdayRequest(b *Board, offset int) *Request {
	body, err := json.Marshal(object{
		"appliedFacets": object{}, "limit": workdayPage, "offset": offset, "searchText": b.Query,
	})
	if err != nil {
		return nil
	}
	r := get("%s/wday/cxs/%s/%s/jobs", b.base(""), b.account(), b.Site)
	r.Method, r.Body, r.Offset = http.MethodPost, body, offset
	return r
}
