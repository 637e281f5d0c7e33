package ats

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"jobsieve/job"
)

const ripplehirePage = 100

// ripplehireSource is whom boards on employers' sites are for.
const ripplehireSource = "CAREERSITE"

// ripplehire shows a board to those who have its token, which the link to it carries;
// the token is the board's site.
var ripplehire = Connector{
	Needs:      []string{"account", "site"},
	Documented: "https://www.ripplehire.com (a careers page asks /candidate/candidatejobsearch)",
	Address: "https://ACCOUNT.ripplehire.com/candidate/?token=TOKEN; `site` is the token, which the link " +
		"on the employer's careers page carries",
	States:   "company, posted, pay as text, experience, skills, openings",
	Searches: true,
	Limits:   "A token that is out of date may show as a board without postings",
	Boards: []string{
		`^https://(?P<account>[\w-]+)\.ripplehire\.com/candidate/(?:\w+)?\?(?:[^#]*&)?token=(?P<site>[\w-]+)`,
	},
	First:  func(b *Board) *Request { return ripplehireRequest(b, 0) },
	Read:   readRipplehire,
	Detail: readRipplehireDetail,
}

func ripplehireBase(b *Board) string { return b.base("https://%s.ripplehire.com", b.account()) }

// ripplehireRequest asks for a page of the list; Offset is its number, the first is 0.
func ripplehireRequest(b *Board, page int) *Request {
	params, err := json.Marshal(object{
		"page": page, "pagesize": ripplehirePage, "search": cmp.Or(b.Query, "*:*"), "source": ripplehireSource,
		"token": b.Site,
	})
	if err != nil {
		return nil
	}
	r := get("%s/candidate/candidatejobsearch", ripplehireBase(b))
	r.Body = []byte(url.Values{"careerSiteUrlParams": {string(params)}, "lang": {"en"}}.Encode())
	r.Method, r.Offset = http.MethodPost, page
	return r
}

func readRipplehire(b *Board, req *Request, body []byte) (*Page, error) {
	query := url.Values{"source": {ripplehireSource}, "token": {b.Site}}.Encode()
	address := ripplehireBase(b) + "/candidate/?" + query
	p, v, err := readList(body, []string{"jobVoList"}, func(o object) (job.Posting, bool) {
		posting := job.Posting{ID: identity(o, "jobSeq", "jobId"), Title: html(o, "jobTitle")}
		if posting.ID != "" {
			posting.URL = address + "#detail/job/" + url.PathEscape(posting.ID)
		}
		fillRipplehire(&posting, o)
		return posting, true
	})
	if err != nil {
		return nil, err
	}
	if total := number(v, "totalJobCount"); total != nil && *total > 0 {
		p.Total = total // that there are none may mean that the token holds no more
	}
	p.details(func(id string) *Request {
		const format = "%s/candidate/candidatejobdetail?token=%s&jobSeq=%s&source=%s&lang=en"
		r := get(format, ripplehireBase(b), url.QueryEscape(b.Site), url.QueryEscape(id), ripplehireSource)
		r.Accept = "application/json"
		return r
	})
	p.numbered(ripplehireRequest(b, req.Offset+1))
	return p, nil
}

func readRipplehireDetail(p *job.Posting, body []byte) error {
	v, err := decodeObject(body)
	if err != nil {
		return err
	}
	o, ok := v["jobVO"].(object)
	if !ok {
		return fmt.Errorf(`the answer holds no object "jobVO", but %s`, kindOf(v["jobVO"]))
	}
	p.Company = html(v, "companyVO", "companyName")
	fillRipplehire(p, o)
	return nil
}

// fillRipplehire fills in what the list or a posting's own answer states; most members
// are empty in the list.
func fillRipplehire(p *job.Posting, o object) {
	for field, s := range map[*string]string{
		&p.Description: html(o, "jobDesc"),
		&p.Experience:  html(o, "jobReqExp"),
		&p.Openings:    str(o, "numOfOpening"),
		&p.Posted:      cmp.Or(str(o, "publishDetails", "CAREER_SITE"), str(o, "jobPostingDate")),
		&p.Salary:      cmp.Or(html(o, "compensationRange"), html(o, "compensationInfo")),
		&p.Skills:      joined(", ", html(o, "jobPrimarySkills"), html(o, "jobSecondarySkills"), html(o, "jobSkills")),
	} {
		if s != "" {
			*field = s
		}
	}
	of := inCountry(inOneLine(html(o, "locations")), html(o, "jobLocation"))
	p.Location = whereToo(p.Location, modeOf(of), of)
}
