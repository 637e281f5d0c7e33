package ats

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

// The beginnings of addresses at an employer's own name: any, and one that is for
// careers.
const (
	successFactorsOwn     = `^(?P<own>https://[\w.-]+)`
	successFactorsCareers = `^(?P<own>https://(?:careers?|jobs?)\.[\w.-]+)`
)

// successFactors reads the career sites of SAP SuccessFactors, through the feed of all
// their postings that they make for search engines. Its expiration dates are not read:
// they are a month after the day on which it is asked for.
var successFactors = Connector{
	Needs:      []string{"base"},
	Documented: "https://jobs.sap.com/sitemal.xml (the feed of one of its career sites)",
	Address: "the host of the career site, which is mostly the employer's own, such as " +
		"https://careers.acme.com",
	States: "company",
	Limits: "The feed at /sitemal.xml is read, which has no dates; where they are wanted, and for sites " +
		"without that feed, read /sitemap.xml as a `sitemap`. A large feed wants `fetch: {max_bytes, " +
		"timeout}` above the usual. Of sites at careerN.successfactors.com robots.txt forbids all",
	Boards: []string{
		`^(?P<base>https://(?P<host>[\w-]+)\.jobs2web\.com)/`,
		`^(?P<base>https://[\w-]+\.jobs\.hr\.cloud\.sap)/`,
		successFactorsOwn + `/sitemal\.xml(?:[?#]|$)`,
		successFactorsOwn + `/(?:[\w-]+/)?job/[^/?#]+/\d+-[a-z]{2}_[A-Z]{2}/?(?:[?#]|$)`,
		successFactorsCareers + `/(?:[\w-]+/)?job/[^/?#]+/\d{8,10}/?(?:[?#]|$)`,
		successFactorsCareers + `/(?:[\w-]+/)?go/[^/?#]+/\d{5,8}/?(?:[?#]|$)`,
		successFactorsCareers + `/(?:[\w-]+/)?(?:search|viewalljobs)/(?:[?#]|$)`,
		successFactorsCareers + `/(?:[\w-]+/)?\?(?:[^#]*&)?locale=[a-z]{2}_[A-Z]{2}(?:[&#]|$)`,
	},
	Loaded: `^https://(?:rmkcdn\.successfactors\.com/|[\w.:-]+/platform/(?:js|css)/j2w/)`,
	First:  func(b *Board) *Request { return get("%s/sitemal.xml", b.base("")) },
	Read: func(_ *Board, req *Request, body []byte) (*Page, error) {
		at, err := url.Parse(req.URL)
		if err != nil {
			return nil, err
		}
		found, err := extract.Feed(at, body)
		p := &Page{}
		for i := range found {
			p.Postings = append(p.Postings, successFactorsPosting(&found[i]))
		}
		var flaw *extract.FlawError
		switch {
		case err == nil, errors.As(err, &flaw):
		case len(found) == 0:
			return nil, fmt.Errorf("the answer is not the feed that this platform gives: %w", err)
		default:
			p.Trouble = err.Error()
		}
		return p, nil
	},
}

// successFactorsPosting makes a posting of an item of the feed, whose title ends in the
// place: "Clerk (Pune, MH, IN, 411001)".
func successFactorsPosting(item *job.Posting) job.Posting {
	title, _ := strings.CutSuffix(item.Title, "("+item.Location+")")
	return job.Posting{
		ID: identity(object{"id": item.ID}, "id"), URL: item.URL, Title: strings.TrimSpace(title),
		Company: item.Company, Posted: item.Posted, Description: item.Description,
		Location: where("", successFactorsPlace(item.Location)),
	}
}

// successFactorsPlace leaves a postal code out of a place, and names its country.
func successFactorsPlace(place string) string {
	parts := strings.Split(inOneLine(place), ", ")
	last := len(parts) - 1
	if last > 0 && strings.ContainsAny(parts[last], "0123456789") {
		last--
	}
	parts[last] = country(parts[last])
	return strings.Join(parts[:last+1], ", ")
}
