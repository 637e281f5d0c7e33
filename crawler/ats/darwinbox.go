package ats

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"jobsieve/job"
)

const darwinboxPage = 100 // the most that it gives at once

// The beginnings of the addresses of boards: that of a host in India, which is the
// usual one, and that of any. The account is the host's name.
const (
	darwinboxIndia = `^https://(?P<account>[\w-]+)\.darwinbox\.in`
	darwinboxAny   = `^(?P<base>https://(?P<account>[\w-]+)\.darwinbox\.\w+)`
	// Of several companies of an account each has its own board, named by its id.
	darwinboxMain    = `/(?:jobs|ms/candidate(?:v2/main|/main)?/(?:careers|jobs)|ms/candidatev2/main)(?:[/?#]|$)`
	darwinboxCompany = `/ms/candidate(?:v2)?/(?P<site>[\w-]+)/careers(?:[/?#]|$)`
	darwinboxAPI     = `/ms/candidateapi/job`
)

var darwinbox = Connector{
	Needs:      []string{"account"},
	Documented: "https://darwinbox.com (a careers page asks /ms/candidateapi/job/alljobs)",
	Address: "ACCOUNT.darwinbox.in/ms/candidate/careers; for boards at ACCOUNT.darwinbox.com give `url`; " +
		"`site` where the address has the id of a company, as in " +
		"/ms/candidatev2/a61cb038c35a54/careers",
	States: "posted, last day, pay as ranges or text, mode, experience",
	Limits: "Most of its hosts refuse programs (403), which nothing here goes around",
	Boards: []string{
		darwinboxIndia + darwinboxMain, darwinboxAny + darwinboxMain,
		darwinboxIndia + darwinboxCompany, darwinboxAny + darwinboxCompany,
		darwinboxIndia + darwinboxAPI, darwinboxAny + darwinboxAPI,
	},
	First: func(b *Board) *Request { return darwinboxRequest(b, 1) },
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		p, v, err := readList(body, []string{"data"}, func(o object) (job.Posting, bool) {
			return readDarwinbox(b, o), true
		})
		if err != nil {
			return nil, err
		}
		if said := str(v, "status"); said != "" && said != "success" {
			return nil, fmt.Errorf(`the answer has the status %q, expected "success": %s`, said, str(v, "message"))
		}
		p.Total = number(v, "job_counts")
		p.numbered(darwinboxRequest(b, req.Offset+1))
		return p, nil
	},
}

func darwinboxBase(b *Board) string { return b.base("https://%s.darwinbox.in", b.account()) }

// darwinboxSite is the id of the company whose board it is.
func darwinboxSite(b *Board) string { return cmp.Or(b.Site, "main") }

// darwinboxRequest asks for a page of the list; Offset is its number.
func darwinboxRequest(b *Board, page int) *Request {
	site := darwinboxSite(b)
	body, err := json.Marshal(object{
		"companyId": site, "page": page, "sort_option": "new", "limit": darwinboxPage,
	})
	if err != nil {
		return nil
	}
	r := get("%s/ms/candidateapi/job/alljobs?companyId=%s", darwinboxBase(b), url.QueryEscape(site))
	r.Method, r.Body, r.Offset = http.MethodPost, body, page
	return r
}

func readDarwinbox(b *Board, o object) job.Posting {
	p := job.Posting{
		ID:          identity(o, "id"),
		Title:       named(o, []string{"title", "designation_display_name", "designation_name"}),
		Location:    where(modeWhere(false, yes(o, "is_remote")), darwinboxPlaces(o)...),
		Experience:  html(o, "experience"),
		Salary:      darwinboxPay(o),
		Posted:      str(o, "posted_on"),
		Description: html(o, "jd"),
	}
	if p.ID != "" {
		const format = "%s/ms/candidatev2/%s/careers/jobDetails/%s"
		p.URL = fmt.Sprintf(format, darwinboxBase(b), url.PathEscape(darwinboxSite(b)), url.PathEscape(p.ID))
	}
	p.Set(job.ValidThrough, str(o, "job_posting", "careers", "to"))
	return p
}

// darwinboxPlaces gives the places of a posting, by the first of the members that
// states some: those that come last name the office too, or say only that there
// are several.
func darwinboxPlaces(o object) []string {
	land := label(o, "country")
	for _, name := range []string{"officelocations_without_area", "tool_tip_locations", "locations"} {
		var of []string
		for _, place := range places(at(o, name)) {
			place = inOneLine(place)
			if place != "" && !strings.EqualFold(place, "multiple locations") {
				of = append(of, place)
			}
		}
		if len(of) > 0 {
			return firstIn(land, of)
		}
	}
	return []string{land}
}

// inOneLine writes the parts of a place, which may have line ends among them, as one
// line.
func inOneLine(place string) string {
	parts := strings.Split(place, ",")
	for i := range parts {
		parts[i] = strings.Join(strings.Fields(parts[i]), " ")
	}
	return joined(", ", parts...)
}

func darwinboxPay(o object) string {
	stated := pay(band{
		at(o, "salary_min"), at(o, "salary_max"), label(o, "salary_currency"), label(o, "salary_timeframe"),
	})
	return cmp.Or(stated, html(o, "salary_range"))
}
