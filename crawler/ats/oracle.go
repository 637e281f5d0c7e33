package ats

import (
	"fmt"
	"net/url"

	"jobsieve/job"
)

const oraclePage = 25

var oracle = Connector{
	Needs:      []string{"site", "base"},
	Documented: "https://docs.oracle.com/en/cloud/saas/human-resources/farws/api-recruiting-ce-job-requisitions.html",
	Boards:     []string{`^(?P<base>https://[\w.-]+\.oraclecloud\.com)/hcmUI/CandidateExperience/[\w-]+/sites/(?P<site>[\w-]+)`},
	First:      func(b *Board) *Request { return oracleRequest(b, 0) },
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		var v object
		if err := decode(body, &v); err != nil {
			return nil, err
		}
		items := list(v, "items")
		if len(items) == 0 {
			return nil, fmt.Errorf("the answer has no items: expected what this platform gives; is the site %q right?", b.Site)
		}
		p := &Page{Total: number(items[0], "TotalJobsCount")}
		for _, o := range list(items[0], "requisitionList") {
			id := str(o, "Id")
			p.Postings = append(p.Postings, job.Posting{
				ID: id, Title: str(o, "Title"), Posted: str(o, "PostedDate"), Description: html(o, "ShortDescriptionStr"),
				Location: joined(" | ", append([]string{str(o, "PrimaryLocation")}, texts(list(o, "secondaryLocations"), "Name")...)...),
				URL:      fmt.Sprintf("%s/hcmUI/CandidateExperience/en/sites/%s/job/%s", b.base(""), b.Site, url.PathEscape(id)),
			})
			p.Details = append(p.Details, get("%s/hcmRestApi/resources/latest/recruitingCEJobRequisitionDetails?expand=all&onlyData=true&finder=%s", b.base(""),
				url.QueryEscape(fmt.Sprintf(`ById;Id="%s",siteNumber=%s`, id, b.Site))))
		}
		if len(p.Postings) == oraclePage {
			p.Next = oracleRequest(b, req.Offset+oraclePage)
		}
		return p, nil
	},
	Detail: func(p *job.Posting, body []byte) error {
		var v any
		if err := decode(body, &v); err != nil {
			return err
		}
		if items := list(v, "items"); len(items) > 0 {
			v = items[0]
		}
		if d := joined("\n\n", html(v, "ExternalDescriptionStr"), html(v, "ExternalResponsibilitiesStr"), html(v, "ExternalQualificationsStr")); d != "" {
			p.Description = d
		}
		if place := joined(" | ", remote(str(v, "WorkplaceType") == "Remote"), str(v, "PrimaryLocation")); place != "" {
			p.Location = place
		}
		if d := str(v, "ExternalPostedStartDate"); d != "" {
			p.Posted = d
		}
		return nil
	},
}

func oracleRequest(b *Board, offset int) *Request {
	finder := fmt.Sprintf("findReqs;siteNumber=%s,limit=%d,offset=%d,sortBy=POSTING_DATES_DESC", b.Site, oraclePage, offset)
	if b.Query != "" {
		finder += fmt.Sprintf(",keyword=%q", b.Query)
	}
	r := get("%s/hcmRestApi/resources/latest/recruitingCEJobRequisitions?onlyData=true&expand=requisitionList.secondaryLocations&finder=%s", b.base(""), url.QueryEscape(finder))
	r.Offset = offset
	return r
}
