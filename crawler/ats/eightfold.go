package ats

import (
	"cmp"
	"errors"
	"fmt"
	stdhtml "html"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"jobsieve/job"
)

const eightfoldPage = 10

// A board has one of two interfaces, and its careers page says which. These are the names
// that a source gives them as site.
const (
	eightfoldNewer = "pcsx"
	eightfoldOlder = "apply"
)

// Where the interfaces list the postings.
const (
	eightfoldNewerPath = "/api/pcsx/search"
	eightfoldOlderPath = "/api/apply/v2/jobs"
)

var eightfold = Connector{
	Needs:      []string{"account or base"},
	Documented: "https://eightfold.ai (careers pages ask /api/pcsx/search, older ones /api/apply/v2/jobs)",
	Address: "the employer's domain, such as acme.com; `url` where the host is not ACME.eightfold.ai, such " +
		"as careers.acme.com, or instead of the domain",
	States:   "posted, mode",
	Searches: true,
	Limits:   "Boards that answer only a visitor with a token of their page (403) are not read",
	Boards: []string{
		`^(?P<base>https://[\w-]+\.eightfold\.ai)/.*[?&]domain=(?P<account>[\w.-]+)`,
		`^(?P<base>https://(?P<host>[\w-]+)\.eightfold\.ai)/(?:careers|jobs|api/apply|api/pcsx)(?:[/?#]|$)`,
		`^(?P<base>https://[\w.-]+)/(?:api/pcsx/\w+|api/apply/v2/jobs(?:/\d+)?|careers(?:/job/[\w-]+)?)` +
			`\?(?:.*&)?domain=(?P<account>[\w-]+(?:\.[\w-]+)+)`,
		`^(?P<own>https://[\w.-]+)/careers/job/\d{11,}(?:[-?#]|$)`,
		`^(?P<own>https://[\w.-]+)/api/pcsx/\w+(?:[?#]|$)`,
	},
	Loaded: `^https://static\.vscdn\.net/`,
	First: func(b *Board) *Request {
		switch {
		case b.Site == eightfoldOlder, b.Site == eightfoldNewer && b.Account != "":
			return eightfoldRequest(b, b.Site, b.Account, 0)
		}
		return get("%s", eightfoldCareers(b))
	},
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		u, err := url.Parse(req.URL)
		if err != nil {
			return nil, err
		}
		switch domain := u.Query().Get("domain"); {
		case strings.HasSuffix(u.Path, eightfoldNewerPath):
			return readEightfoldList(b, req, eightfoldNewer, domain, body)
		case strings.HasSuffix(u.Path, eightfoldOlderPath):
			return readEightfoldList(b, req, eightfoldOlder, domain, body)
		case req.URL != eightfoldCareers(b):
			return nil, fmt.Errorf("url is %s: expected the address of the board's host alone, such as "+
				"https://careers.acme.com, without ? and #", b.Base)
		}
		return readEightfoldCareers(b, body)
	},
	Detail: readEightfoldDetail,
}

// eightfoldBase is the host of an account's board; the account is its domain.
func eightfoldBase(b *Board) string {
	name, _, _ := strings.Cut(b.Account, ".")
	return b.base("https://%s.eightfold.ai", url.PathEscape(name))
}

// eightfoldCareers is the careers page, which leads to the list.
func eightfoldCareers(b *Board) string {
	return eightfoldBase(b) + "/careers" + eightfoldQuery(b.Account, url.Values{})
}

// eightfoldQuery writes a query. The older interface of a host that belongs to one
// employer needs no domain.
func eightfoldQuery(domain string, query url.Values) string {
	if domain != "" {
		query.Set("domain", domain)
	}
	if len(query) == 0 {
		return ""
	}
	return "?" + query.Encode()
}

// eightfoldRequest asks for a list page of one of the interfaces.
func eightfoldRequest(b *Board, form, domain string, start int) *Request {
	query, path := url.Values{"start": {strconv.Itoa(start)}}, eightfoldOlderPath
	if form == eightfoldNewer {
		path = eightfoldNewerPath
		query.Set("query", "")
		query.Set("location", "")
		query.Set("sort_by", "timestamp")
	} else {
		query.Set("num", strconv.Itoa(eightfoldPage))
	}
	if b.Query != "" {
		query.Set("query", b.Query)
	}
	r := get("%s%s%s", eightfoldBase(b), path, eightfoldQuery(domain, query))
	r.Offset = start
	return r
}

// eightfoldData finds what a careers page is given: its element is named after the
// interface.
var eightfoldData = regexp.MustCompile(`(?is)<code\b[^>]*\bid=["']?(pcsx-data|smartApplyData)\b[^>]*>(.*?)</code>`)

// readEightfoldCareers reads the careers page, which leads to the first page of the list:
// it says which interface the board has, and the domain that this one wants.
func readEightfoldCareers(b *Board, body []byte) (*Page, error) {
	m := eightfoldData.FindSubmatch(body)
	if m == nil {
		return nil, errors.New("the careers page does not say which interface the board has: " +
			"expected pcsx-data or smartApplyData in it; give site: pcsx with the account, or site: apply")
	}
	form := eightfoldOlder
	if strings.EqualFold(string(m[1]), "pcsx-data") {
		form = eightfoldNewer
	}
	domain := b.Account
	if domain == "" {
		data, _ := decode([]byte(stdhtml.UnescapeString(string(m[2]))))
		domain = str(data, "domain")
	}
	if domain == "" && form == eightfoldNewer {
		return nil, errors.New("the careers page does not say the board's domain: " +
			"give the employer's as account, such as acme.com")
	}
	return &Page{Leads: true, Next: eightfoldRequest(b, form, domain, 0)}, nil
}

// readEightfoldList reads a list page of one of the interfaces; the newer one puts it into
// an envelope.
func readEightfoldList(b *Board, req *Request, form, domain string, body []byte) (*Page, error) {
	var in []string
	if form == eightfoldNewer {
		in = []string{"data"}
	}
	p, v, err := readList(body, append(in, "positions"), func(o object) (job.Posting, bool) {
		return readEightfold(b, o), true
	})
	if err != nil {
		return nil, err
	}
	p.Total = number(v, append(in, "count")...)
	p.details(func(id string) *Request {
		if form == eightfoldNewer {
			query := eightfoldQuery(domain, url.Values{"position_id": {id}, "hl": {"en"}})
			return get("%s/api/pcsx/position_details%s", eightfoldBase(b), query)
		}
		query := eightfoldQuery(domain, url.Values{})
		return get("%s%s/%s%s", eightfoldBase(b), eightfoldOlderPath, url.PathEscape(id), query)
	})
	p.counted(req, eightfoldPage, func(offset int) *Request { return eightfoldRequest(b, form, domain, offset) })
	return p, nil
}

func readEightfold(b *Board, o object) job.Posting {
	p := job.Posting{
		ID: identity(o, "id"), Title: html(o, "name"), URL: str(o, "canonicalPositionUrl"),
		Posted:   cmp.Or(str(o, "t_create"), str(o, "postedTs")),
		Location: where(eightfoldMode(o), eightfoldPlaces(o)...), Description: html(o, "job_description"),
	}
	if p.URL == "" && p.ID != "" {
		p.URL = eightfoldBase(b) + "/careers/job/" + url.PathEscape(p.ID)
	}
	return p
}

// readEightfoldDetail reads a posting's own answer, which the newer interface puts into
// an envelope.
func readEightfoldDetail(p *job.Posting, body []byte) error {
	o, err := decodeObject(body)
	if err != nil {
		return err
	}
	text := html(o, "job_description")
	if data, ok := o["data"].(object); ok {
		o, text = data, html(data, "jobDescription")
	}
	if text != "" {
		p.Description = text
	}
	p.Location = whereToo(p.Location, eightfoldMode(o), eightfoldPlaces(o)...)
	return nil
}

// eightfoldPlaces gives the places of a posting; those in short form, such as "Mumbai, MH,
// IN", only where there are no others.
func eightfoldPlaces(o object) []string {
	of := append(places(o["locations"]), places(o["location"])...)
	if strings.Join(of, "") == "" {
		return places(o["standardizedLocations"])
	}
	return of
}

func eightfoldMode(o object) mode {
	return modeOf(
		label(o, "work_location_option"), label(o, "location_flexibility"),
		label(o, "workLocationOption"), label(o, "locationFlexibility"),
	)
}
