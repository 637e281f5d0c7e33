package ats

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"jobsieve/config"
	"jobsieve/crawler/extract"
	"jobsieve/job"
)

// The list stands in a frame of the careers page; this is the address of the frame.
const icimsFrame = "in_iframe=1"

var icims = Connector{
	Needs:      []string{"account or base"},
	Documented: "https://www.icims.com (careers pages show /jobs/search in a frame)",
	Address: "ACCOUNT.icims.com, such as careers-acme.icims.com; `url` for a board on the employer's own " +
		"host",
	States:   "company, posted, last day, pay as ranges, mode",
	Searches: true,
	Boards: []string{
		`^(?P<base>https://(?P<account>[\w-]+)\.icims\.com)/(?:jobs(?:[/?#]|$)|[?#]|$)`,
		`^(?P<base>https://[\w.-]+)/jobs/(?:intro|search|\d+/[^/?#]+/job)\?(?:.*&)?` + icimsFrame + `(?:[&#]|$)`,
	},
	First:  func(b *Board) *Request { return icimsRequest(b, 0) },
	Read:   readICIMS,
	Detail: readICIMSDetail,
}

func icimsBase(b *Board) string { return b.base("https://%s.icims.com", b.account()) }

// icimsRequest asks for a list page; Offset is its number, from 0.
func icimsRequest(b *Board, page int) *Request {
	r := get("%s/jobs/search?ss=1&%s&pr=%d", icimsBase(b), icimsFrame, page)
	if b.Query != "" {
		r.URL += "&searchKeyword=" + url.QueryEscape(b.Query)
	}
	r.Offset = page
	return r
}

// icimsList is how a list page shows its postings. Employers choose the labels of what
// stands beside a title.
var icimsList = config.List{Item: ".iCIMS_JobCardItem, div.iCIMS_JobsTable > .row", Fields: map[string]config.Field{
	"title":    {Select: "h2, h3"},
	"url":      {Select: `a[href*="/jobs/"]`, Attr: "href"},
	"location": {Select: icimsValue(`(?:job )?locations?`)},
	"posted":   {Select: icimsValue(`(?:date )?posted(?: date)?`)},
}}

// icimsValue selects the values beside labels that an expression matches.
func icimsValue(label string) string {
	is := `(^(?i)\s*` + label + `(?: : .*)?\s*$)`
	return `.field-label:matches` + is + ` + span, dt:matches` + is + ` + dd`
}

func readICIMS(b *Board, req *Request, body []byte) (*Page, error) {
	at, err := url.Parse(req.URL)
	if err != nil {
		return nil, err
	}
	doc, err := extract.NewPage(at, body)
	if err != nil {
		return nil, err
	}
	p := &Page{}
	for i, card := range doc.Cards(&icimsList, config.Field{}) {
		posting, detail := icimsCard(b, card.Posting)
		if posting.Title == "" && detail == nil {
			continue // a row that is none of a posting
		}
		if detail == nil {
			p.Faults = append(p.Faults, fmt.Sprintf("posting %d of the list has no link to its page", i+1))
			continue
		}
		p.Postings, p.Details = append(p.Postings, posting), append(p.Details, detail)
	}
	empty := len(p.Postings)+len(p.Faults) == 0
	if empty {
		if err := icimsEmpty(doc, body); err != nil {
			return nil, err
		}
	}
	p.numbered(icimsRequest(b, req.Offset+1))
	pages := icimsPages(body, req.Offset+1)
	if pages > 0 && !empty {
		if p.Counted = false; req.Offset+1 >= pages {
			p.Next = nil
		}
	}
	if pages > req.Offset+1 && empty {
		p.Trouble = fmt.Sprintf("%s says that there are %d pages, and has no posting", req.URL, pages)
	}
	return p, nil
}

var (
	icimsID    = regexp.MustCompile(`/jobs/(\d+)(?:/|$)`)
	icimsPlace = regexp.MustCompile(`^([A-Z]{2})-(?:([A-Z0-9]{2,3})-)?(.+)$`)
	icimsCount = regexp.MustCompile(`(?i)\bpage\s+(?:<[^<>]*>\s*)*(\d+)\s*(?:<[^<>]*>\s*)*of\s+(?:<[^<>]*>\s*)*(\d+)`)
	icimsMoved = regexp.MustCompile(`window\.top\.location\.href\s*=\s*["']([^"']+)["']`)
)

// icimsCard completes a posting of the list, and gives the request for its page on the
// board's host; nil where it has none.
func icimsCard(b *Board, p job.Posting) (job.Posting, *Request) {
	p.URL, _, _ = strings.Cut(p.URL, "?")
	m := icimsID.FindStringSubmatch(p.URL)
	if m == nil {
		return p, nil
	}
	p.ID = m[1]
	if strings.ContainsRune(p.Posted, '/') {
		p.Posted = "" // a date in numbers, whose order is not known; the posting's page has it
	}
	p.Location = icimsWhere(p.Location)
	return p, get("%s/jobs/%s/job?%s", icimsBase(b), p.ID, icimsFrame)
}

// icimsWhere writes the places of a list, which stand as in US-IL-Chicago | IN-Remote.
func icimsWhere(text string) string {
	var of []string
	m := modeOf(text)
	for place := range strings.SplitSeq(text, "|") {
		place = strings.TrimSpace(place)
		parts := icimsPlace.FindStringSubmatch(place)
		switch {
		case parts == nil:
			of = append(of, country(place))
		case modeOf(parts[3]) != "":
			of = append(of, joined(", ", parts[2], country(parts[1])))
		default:
			of = append(of, joined(", ", parts[3], parts[2], country(parts[1])))
		}
	}
	return where(m, of...)
}

// icimsPages says how many pages the list has, as page number n of it states; 0 where
// that one does not.
func icimsPages(body []byte, n int) int {
	for _, m := range icimsCount.FindAllSubmatch(body, -1) {
		number, _ := strconv.Atoi(string(m[1]))
		pages, err := strconv.Atoi(string(m[2]))
		if err == nil && number == n {
			return pages
		}
	}
	return 0
}

// icimsEmpty tells a list without postings from what is no list.
func icimsEmpty(doc *extract.Page, body []byte) error {
	if m := icimsMoved.FindSubmatch(body); m != nil {
		to := strings.ReplaceAll(string(m[1]), `\/`, "/")
		return fmt.Errorf("the board sends its visitors to %q: probe that address", to)
	}
	if wall := doc.Wall(); wall == extract.WallLogin || wall == extract.WallCaptcha {
		return fmt.Errorf("the board shows %s instead of postings", wall)
	}
	if !strings.Contains(string(body), "iCIMS_") {
		return errors.New("the page is not the list that this platform gives")
	}
	return nil
}

// icimsText selects the headings and texts of a posting's page.
var icimsText = map[string]config.Field{
	"description": {Select: ".iCIMS_InfoField_Job, .iCIMS_Expandable_Text"},
}

// readICIMSDetail reads a posting's page: its JobPosting JSON-LD, and where that has no
// description, the texts that the page shows.
func readICIMSDetail(p *job.Posting, body []byte) error {
	at, err := url.Parse(p.URL)
	if err != nil {
		return err
	}
	doc, err := extract.NewPage(at, body)
	if err != nil {
		return err
	}
	marked, _ := doc.Detail(nil, p.URL, p) // markup that can't be read leaves the page's texts
	more := marked.Posting
	if more.Description == "" {
		shown, _ := doc.Detail(icimsText, p.URL, p)
		more.Description = shown.Posting.Description
	}
	if more.Description == "" {
		return errors.New("the page has no description, neither in JobPosting JSON-LD nor as this platform shows it")
	}
	more.ID, more.URL, more.Title = p.ID, p.URL, p.Title
	if of, m := apart(more.Location); more.Location != "" && m == "" {
		_, m = apart(p.Location)
		more.Location = where(m, of...)
	}
	extract.Merge(&more, p)
	*p = more
	return nil
}
