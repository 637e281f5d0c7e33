package ats

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"jobsieve/job"
)

// How many postings are asked for at once, and how many a page shows.
const (
	phenomPage  = 100
	phenomShown = 10
)

const (
	// phenomState is what a page's script has its data under.
	phenomState = "phApp.ddo"
	// phenomList is how the address of a board's pages ends.
	phenomList = "/search-results"
	// phenomHost matches the hosts that employers give their boards, and the country
	// and language of a board.
	phenomHost = `^(?P<own>https://[\w.-]*(?:career|carriere|karriere|job|talent|hiring|recruit|workwith)[\w-]*\.[\w.-]+)`
	phenomSite = `/[a-z]{2,6}/[a-z]{2}`
)

var phenom = Connector{
	Needs:      []string{"base"},
	Documented: "https://careers.phenom.com/global/en/search-results (a careers page asks /widgets)",
	Address: "https://careers.acme.com, of a careers page at careers.acme.com/global/en/search-results; " +
		"for a site that refuses its API give that whole address, and its pages are read",
	States:   "company, posted, mode",
	Searches: true,
	Limits: "Ten thousand postings of a board at most; of a larger one the receipt says so, and `query` " +
		"narrows it. Company is the legal employer, where that is published",
	Boards: []string{
		phenomHost + phenomSite + phenomList + `(?:[/?#]|$)`,
		phenomHost + phenomSite + `/job/[\w-]*EXTERNAL[\w-]*(?:[/?#]|$)`,
		phenomHost + `/widgets/?(?:[?#]|$)`,
	},
	Loaded: `^https://(?:[\w-]+\.)*phenompeople\.com/`,
	First:  func(b *Board) *Request { return phenomRequest(b, 0) },
	Read:   readPhenom,
	Detail: readPhenomDetail,
}

// phenomPages gives the address below which a board's pages are, if those are to be
// read.
func phenomPages(b *Board) (site string, ok bool) { return strings.CutSuffix(b.base(""), phenomList) }

func phenomRequest(b *Board, from int) (r *Request) {
	if _, ok := phenomPages(b); ok {
		query := url.Values{"from": {strconv.Itoa(from)}, "s": {"1"}}
		if b.Query != "" {
			query.Set("keywords", b.Query)
		}
		r = get("%s?%s", b.base(""), query.Encode())
	} else {
		r = phenomWidget(b, object{
			"ddoKey": "refineSearch", "pageName": "search-results", "jobs": true, "from": from, "size": phenomPage,
			"keywords": b.Query,
		})
	}
	r.Offset = from
	return r
}

// phenomWidget asks for what a part of a page shows.
func phenomWidget(b *Board, ask object) *Request {
	ask["deviceType"], ask["siteType"] = "desktop", "external"
	r := get("%s/widgets", b.base(""))
	r.Method = http.MethodPost
	r.Body, _ = json.Marshal(ask) // of texts, numbers and true: it never fails
	return r
}

func readPhenom(b *Board, req *Request, body []byte) (*Page, error) {
	v, err := answerOrState(req.URL, body, phenomState)
	if err != nil {
		return nil, err
	}
	search := first(v, "refineSearch", "eagerLoadRefineSearch")
	p := &Page{Total: number(search, "totalHits")}
	items, isList := at(search, "data", "jobs").([]any)
	if !isList && (p.Total == nil || at(search, "data", "jobs") != nil) {
		const format = `the answer has %s for the list "refineSearch.data.jobs": expected what this platform gives`
		return nil, fmt.Errorf(format, kindOf(at(search, "data", "jobs")))
	}
	if p.Total != nil && *p.Total == 0 && req.Offset > 0 {
		p.Total = nil // it says 0 beyond the ten thousand postings that it gives
	}
	p.read(items, func(o object) (job.Posting, bool) {
		posting := phenomPosting(b, o)
		p.Details = append(p.Details, phenomDetail(b, o, posting.URL))
		return posting, true
	})
	size := phenomPage
	if _, ok := phenomPages(b); ok {
		size = phenomShown
	}
	p.counted(req, size, func(offset int) *Request { return phenomRequest(b, offset) })
	return p, nil
}

// phenomDetail makes the request for the rest of a posting; nil where it has no id.
func phenomDetail(b *Board, o object, page string) *Request {
	if page == "" {
		return nil
	}
	if _, ok := phenomPages(b); ok {
		return get("%s", page)
	}
	return phenomWidget(b, object{
		"ddoKey": "jobDetail", "pageName": "job-details",
		"jobSeqNo": identity(o, "jobSeqNo"), "jobId": identity(o, "jobId"),
	})
}

func readPhenomDetail(p *job.Posting, body []byte) error {
	v, err := answerOrState(p.URL, body, phenomState)
	if err != nil {
		return err
	}
	o, ok := at(v, "jobDetail", "data", "job").(object)
	if !ok {
		return fmt.Errorf(`the answer holds no object "jobDetail.data.job", but %s`, kindOf(at(v, "jobDetail", "data", "job")))
	}
	p.Description = html(o, "description")
	if company := label(o, "companyName"); company != "" {
		p.Company = company
	}
	p.Location = whereToo(p.Location, phenomMode(o), phenomPlaces(o)...)
	return nil
}

func phenomPosting(b *Board, o object) job.Posting {
	return job.Posting{
		ID: identity(o, "jobSeqNo", "jobId", "reqId"), Title: html(o, "title"), Company: label(o, "companyName"),
		URL: phenomURL(b, o), Posted: cmp.Or(str(o, "postedDate"), str(o, "dateCreated")),
		Location: where(phenomMode(o), phenomPlaces(o)...),
	}
}

// phenomURL gives the address of a posting's page, which lies below the country and
// language of the posting: en_GLOBAL is /global/en.
func phenomURL(b *Board, o object) string {
	id := identity(o, "jobId", "jobSeqNo", "reqId")
	if id == "" {
		return ""
	}
	site, ok := phenomPages(b)
	language, land, stated := strings.Cut(strings.ToLower(str(o, "locale")), "_")
	if !ok && stated {
		site += "/" + url.PathEscape(land) + "/" + url.PathEscape(language)
	}
	return site + "/job/" + url.PathEscape(id)
}

func phenomMode(o object) mode {
	return modeOf(label(o, "RemoteType"), label(o, "remoteType"), label(o, "remote"), label(o, "checkRemote"))
}

// phenomPlaces gives all places of a posting, else the one that it states.
func phenomPlaces(o object) []string {
	of := append(places(at(o, "multi_location")), places(at(o, "multi_location_array"))...)
	for _, name := range []string{"cityStateCountry", "location"} {
		if strings.Join(of, "") == "" {
			of = places(at(o, name))
		}
	}
	if strings.Join(of, "") == "" {
		of = []string{joined(", ", label(o, "city"), label(o, "state"))}
	}
	return firstIn(label(o, "country"), of)
}
