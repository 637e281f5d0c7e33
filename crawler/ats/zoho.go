package ats

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

// zohoHost is the beginning of the addresses of career sites on Zoho's own hosts, one
// for each of its regions.
const zohoHost = `^(?P<base>https://(?P<account>[\w-]+)\.zohorecruit\.(?:com\.au|com\.cn|com|in|eu|jp|ca))`

var zoho = Connector{
	Needs:      []string{"account or base"},
	Documented: "https://www.zoho.com/recruit (career sites ask /recruit/v2/public/Job_Openings)",
	Address: "https://ACCOUNT.zohorecruit.com/jobs/SITE; for other hosts, such as ACCOUNT.zohorecruit.in " +
		"or careers.acme.com, give `url`. `site` is `Careers` unless given",
	States: "posted, pay as text, mode, experience, skills, openings",
	Boards: []string{
		zohoHost + `/recruit/v2/public/Job_Openings.*[?&]pagename=(?P<site>[^&#]+)`,
		zohoHost + `/jobs/(?P<site>[^/?#]+)`,
		zohoHost + `/(?:[?#]|$)`,
		`^(?P<base>https://[\w.-]+)/recruit/v2/public/Job_Openings.*[?&]pagename=(?P<site>[^&#]+)`,
		`^(?P<own>https://[\w.-]+)/jobs/(?P<site>Careers)(?:/\d{10,}.*|/?(?:[?#].*)?)$`,
	},
	First: func(b *Board) *Request {
		const format = "%s/recruit/v2/public/Job_Openings?pagename=%s&source=CareerSite"
		return get(format, zohoBase(b), url.QueryEscape(zohoSite(b)))
	},
	Read: func(b *Board, _ *Request, body []byte) (*Page, error) {
		p, _, err := readList(body, []string{"data"}, func(o object) (job.Posting, bool) { return readZoho(b, o) })
		if err != nil {
			return nil, err
		}
		zohoDates(p.Postings)
		p.details(func(id string) *Request { return get("%s", zohoPage(b, id)) })
		return p, nil
	},
	Detail: readZohoDetail,
}

func zohoBase(b *Board) string { return b.base("https://%s.zohorecruit.com", b.account()) }

// zohoSite is the name of the career site, of which an account may have several.
func zohoSite(b *Board) string { return cmp.Or(b.Site, "Careers") }

// zohoPage is the address of a posting's page.
func zohoPage(b *Board, id string) string {
	return zohoBase(b) + "/jobs/" + url.PathEscape(zohoSite(b)) + "/" + url.PathEscape(id)
}

// readZoho reads an opening; one that is filled may stay on the list, locked.
func readZoho(b *Board, o object) (job.Posting, bool) {
	if yes(o, "Is_Locked") || o["Publish"] == false {
		return job.Posting{}, false
	}
	p := zohoPosting(o)
	p.ID, p.URL, p.Posted = identity(o, "id"), zohoURL(o), str(o, "Date_Opened")
	p.Location = where(zohoMode(o), zohoPlace(o))
	if p.URL == "" && p.ID != "" {
		p.URL = zohoPage(b, p.ID)
	}
	return p, true
}

// zohoPosting reads what the list and the posting's page state alike.
func zohoPosting(o object) job.Posting {
	return job.Posting{
		Title: named(o, []string{"Posting_Title", "Job_Opening_Name"}), Experience: html(o, "Work_Experience"),
		Skills: html(o, "Required_Skills"), Salary: zohoPay(o), Openings: str(o, "Number_of_Positions"),
		Description: html(o, "Job_Description"),
	}
}

// zohoURL is the address of the posting's page, without the word for where its visitor
// comes from; empty where none is given.
func zohoURL(o object) string {
	address, _, _ := strings.Cut(str(o, "$url"), "?source=")
	if u, err := url.Parse(address); err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return address
}

func zohoPlace(o object) string {
	land := named(o, []string{"Country", "Country1"})
	return joined(", ", html(o, "City"), html(o, "State"), country(land))
}

func zohoMode(o object) mode { return modeWhere(false, yes(o, "Remote_Job")) }

// zohoPay gives the pay as the site writes it, with the code of its currency if that is
// stated.
func zohoPay(o object) string {
	pay, currency := html(o, "Salary"), str(o, "Currency")
	if len(currency) != len("INR") || !strings.ContainsAny(pay, "123456789") {
		return pay
	}
	return joined(" ", currency, pay)
}

var zohoDate = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$`)

// lastMonth is the highest number of a month.
const lastMonth = 12

// zohoDates writes the dates of a list as 2006-01-31. Each site has an order of its own
// for day and month; a number above 12 tells which. Where none does, or they disagree,
// the dates say nothing.
func zohoDates(postings []job.Posting) {
	dayFirst, monthFirst := false, false
	for i := range postings {
		if m := zohoDate.FindStringSubmatch(postings[i].Posted); m != nil {
			dayFirst = dayFirst || twoDigits(m[1]) > lastMonth
			monthFirst = monthFirst || twoDigits(m[2]) > lastMonth
		}
	}
	for i := range postings {
		m := zohoDate.FindStringSubmatch(postings[i].Posted)
		switch {
		case m == nil:
		case dayFirst == monthFirst:
			postings[i].Posted = ""
		case dayFirst:
			postings[i].Posted = fmt.Sprintf("%s-%02d-%02d", m[3], twoDigits(m[2]), twoDigits(m[1]))
		default:
			postings[i].Posted = fmt.Sprintf("%s-%02d-%02d", m[3], twoDigits(m[1]), twoDigits(m[2]))
		}
	}
}

// twoDigits reads a number of one or two digits.
func twoDigits(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

var zohoDay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}`)

// readZohoDetail reads a posting's page, whose script is given the whole opening; the
// list has only the beginning of its text.
func readZohoDetail(p *job.Posting, body []byte) error {
	page, err := extract.NewPage(&url.URL{}, body)
	if err != nil {
		return err
	}
	state, _ := page.State("jobs")
	var o object
	if items := list(state); len(items) > 0 {
		o, _ = items[0].(object)
	}
	id := identity(o, "id")
	if id == "" || !strings.Contains(p.ID+" "+p.URL, id) {
		return errors.New("the page's script is not given the opening, as this platform gives it")
	}
	more := zohoPosting(o)
	more.Posted = zohoDay.FindString(str(o, "Date_Opened"))
	more.Location = whereToo(p.Location, zohoMode(o), zohoPlace(o))
	extract.Merge(&more, p)
	*p = more
	return nil
}
