package ats

import (
	"fmt"
	"net/url"

	"jobsieve/job"
)

const oraclePage = 25

// oracleSite is how the addresses of a career site go on after the host.
const oracleSite = `/hcmUI/CandidateExperience/(?:[\w-]+/)?sites/(?P<site>[\w-]+)`

var oracle = Connector{
	Needs:      []string{"site", "base"},
	Documented: "https://docs.oracle.com/en/cloud/saas/human-resources/farws/api-recruiting-ce-job-requisitions.html",
	Address: "https://HOST/hcmUI/CandidateExperience/en/sites/SITE; " +
		"`url` is its host, which may be the employer's own",
	States:   "company, posted, mode",
	Searches: true,
	Limits:   "Company is the legal employer, where that is published",
	Boards: []string{
		`^(?P<base>https://[\w.-]+\.oraclecloud\.(?:com|eu))` + oracleSite,
		`^(?P<own>https://[\w.-]+)` + oracleSite,
	},
	First:  func(b *Board) *Request { return oracleRequest(b, 0) },
	Read:   readOracle,
	Detail: readOracleDetail,
}

func readOracle(b *Board, req *Request, body []byte) (*Page, error) {
	_, items, err := decodeList(body, "items")
	if err != nil {
		return nil, err
	}
	if len(items) == 0 {
		const format = "the answer has no items: expected what this platform gives; is the site %q right?"
		return nil, fmt.Errorf(format, b.Site)
	}
	found, ok := items[0].(object)
	if _, stands := found["requisitionList"]; !ok || !stands {
		return nil, fmt.Errorf(`the answer has no list "items.requisitionList": expected what this platform gives`)
	}
	p := &Page{Total: number(found, "TotalJobsCount")}
	p.read(list(found, "requisitionList"), func(o object) (job.Posting, bool) {
		posting := job.Posting{
			ID: identity(o, "Id"), Title: html(o, "Title"), Posted: str(o, "PostedDate"),
			Description: html(o, "ShortDescriptionStr"), Location: where(oracleMode(o), oraclePlaces(o)...),
		}
		if posting.ID != "" {
			posting.URL = fmt.Sprintf("%s/hcmUI/CandidateExperience/en/sites/%s/job/%s",
				b.base(""), b.Site, url.PathEscape(posting.ID))
		}
		return posting, true
	})
	p.details(func(id string) *Request {
		finder := fmt.Sprintf(`ById;Id="%s",siteNumber=%s`, id, b.Site)
		return oracleGet(b, "recruitingCEJobRequisitionDetails", "all", finder)
	})
	p.counted(req, oraclePage, func(offset int) *Request { return oracleRequest(b, offset) })
	return p, nil
}

func readOracleDetail(p *job.Posting, body []byte) error {
	var ok bool
	o, err := decodeObject(body)
	if err != nil {
		return err
	}
	if items := list(o, "items"); len(items) > 0 {
		if o, ok = items[0].(object); !ok {
			return fmt.Errorf("the answer has %s for the posting: expected an object", kindOf(items[0]))
		}
	}
	d := joined("\n\n", html(o, "ExternalDescriptionStr"), html(o, "ExternalResponsibilitiesStr"),
		html(o, "ExternalQualificationsStr"))
	if d != "" {
		p.Description = d
	}
	p.Location = whereToo(p.Location, oracleMode(o), oraclePlaces(o)...)
	if d := str(o, "ExternalPostedStartDate"); d != "" {
		p.Posted = d
	}
	if c := html(o, "LegalEmployer"); c != "" {
		p.Company = c
	}
	return nil
}

func oracleMode(o object) mode {
	return modeOf(label(o, "WorkplaceType"), label(o, "WorkplaceTypeCode"))
}

func oraclePlaces(o object) []string {
	of := append(places(at(o, "PrimaryLocation")), places(at(o, "secondaryLocations"))...)
	return firstIn(str(o, "PrimaryLocationCountry"), of)
}

func oracleRequest(b *Board, offset int) *Request {
	finder := fmt.Sprintf("findReqs;siteNumber=%s,limit=%d,offset=%d,sortBy=POSTING_DATES_DESC",
		b.Site, oraclePage, offset)
	if b.Query != "" {
		finder += fmt.Sprintf(",keyword=%q", b.Query)
	}
	r := oracleGet(b, "recruitingCEJobRequisitions", "requisitionList.secondaryLocations", finder)
	r.Offset = offset
	return r
}

// oracleGet asks for a resource, with the others that it holds.
func oracleGet(b *Board, resource, expand, finder string) *Request {
	return get("%s/hcmRestApi/resources/latest/%s?expand=%s&onlyData=true&finder=%s",
		b.base(""), resource, expand, url.QueryEscape(finder))
}
