package ats

import (
	"net/url"
	"strings"

	"jobsieve/job"
)

var keka = Connector{
	Needs:      []string{"account"},
	Documented: "https://hr.keka.com/careers/ (a careers page asks this API)",
	Address: "ACCOUNT.keka.com/careers; for one of several portals, ACCOUNT.keka.com/careers/SITE, give " +
		"`site` too",
	States: "posted, pay as ranges, mode, experience, skills",
	Boards: []string{
		kekaCareers + `/(?:jobs|(?:jobdetails|applyjob)/[\w-]+)(?:[/?#]|$)`,
		kekaCareers + `/api/(?:embedjobs/(?:js|departments)|(?:jobs|embedjobs|organization)/default)/`,
		kekaCareers + `/api/(?:jobs|embedjobs)/(?P<site>[\w-]+)/active`,
		kekaCareers + `/(?P<site>[\w-]+)/?(?:(?:jobdetails|applyjob)/[^?#]*)?(?:[?#]|$)`,
		kekaCareers + `/?(?:[?#]|$)`,
		`^https://(?P<account>[\w-]+)\.kekahire\.com/(?:api/|(?:jobdetails|applyjob)/|[?#]|$)`, // another name of its hosts
	},
	First: func(b *Board) *Request {
		portal := "default" // which answers for a portal without a name
		if b.Site != "" {
			portal = url.PathEscape(b.Site)
		}
		return get("%s/careers/api/jobs/%s/active", b.base("https://%s.keka.com", b.account()), portal)
	},
	Read: func(b *Board, _ *Request, body []byte) (*Page, error) {
		p, _, err := readList(body, nil, func(o object) (job.Posting, bool) { return readKeka(b, o), true })
		return p, err
	},
}

const kekaCareers = `^https://(?P<account>[\w-]+)\.keka\.com/careers`

func readKeka(b *Board, o object) job.Posting {
	var of, names []string
	for _, location := range list(o, "jobLocations") {
		of, names = append(of, kekaPlace(location)), append(names, html(location, "name"))
	}
	p := job.Posting{
		ID: identity(o, "id"), Title: html(o, "title"), Posted: str(o, "publishedOn"),
		Location: where(modeOf(names...), of...), Experience: str(o, "experience"), Skills: str(o, "skillNames"),
		Description: html(o, "description"), Salary: kekaPay(at(o, "salaryRange")),
	}
	if p.Description == "" {
		p.Description = html(o, "excerpt")
	}
	if p.ID != "" {
		site := ""
		if b.Site != "" {
			site = "/" + url.PathEscape(b.Site)
		}
		p.URL = b.base("https://%s.keka.com", b.account()) + "/careers" + site + "/jobdetails/" + url.PathEscape(p.ID)
	}
	return p
}

// kekaPlace writes where an office is; its name, where nothing else is said.
func kekaPlace(location any) string {
	city, state, land := kekaPart(location, "city"), kekaPart(location, "state"), kekaPart(location, "countryName")
	if city+state == "" {
		return inCountry(html(location, "name"), land)
	}
	return joined(", ", city, state, land)
}

// kekaPart gives a part of a place, which may be stated as not available.
func kekaPart(location any, name string) string {
	switch s := html(location, name); strings.ToLower(s) {
	case "na", "n/a":
		return ""
	default:
		return s
	}
}

// kekaPeriods are the periods of pay by their numbers; 0 says that none is known.
var kekaPeriods = map[string]string{"1": "hour", "2": "2 weeks", "3": "month", "4": "year"}

func kekaPay(pays any) string {
	return pay(band{
		at(pays, "minimum"), at(pays, "maximum"), label(pays, "currency"), kekaPeriods[str(pays, "salaryPeriod")],
	})
}
