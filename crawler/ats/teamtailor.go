package ats

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

var teamtailor = Connector{
	Needs:      []string{"account or base"},
	Documented: "https://support.teamtailor.com/en/articles/5940424-rss-and-json-feeds",
	Address: "ACCOUNT.teamtailor.com; for boards at an address of their own or of a region, such as " +
		"ACCOUNT.na.teamtailor.com, give `url`",
	States: "company, posted, pay as ranges, mode",
	Boards: []string{
		`^https://(?P<account>[\w-]+)\.teamtailor\.com/`,
		`^(?P<base>https://(?P<account>[\w-]+)\.\w+\.teamtailor\.com)/`,
	},
	Loaded: `^https://assets[\w-]*\.teamtailor-cdn\.com/`,
	First: func(b *Board) *Request {
		return get("%s/jobs.json", b.base("https://%s.teamtailor.com", b.account()))
	},
	Read: func(_ *Board, req *Request, body []byte) (*Page, error) {
		p, v, err := readList(body, []string{"items"}, readTeamtailor)
		if err != nil {
			return nil, err
		}
		next, err := nextURL(req.URL, at(v, "next_url"))
		if err != nil {
			p.Trouble = err.Error()
		} else if next != "" {
			p.Next = get("%s", next)
		}
		return p, nil
	},
}

// nextURL gives the address of the next page; empty where there is none.
func nextURL(from string, v any) (string, error) {
	if v == nil || v == "" || v == false {
		return "", nil
	}
	link := str(v)
	u, err := url.Parse(from)
	if err != nil {
		return "", err
	}
	next, err := u.Parse(link)
	if err != nil || link == "" || next.Scheme != "http" && next.Scheme != "https" {
		return "", fmt.Errorf("%s names %q as its next page: expected an address", from, link)
	}
	return next.String(), nil
}

// readTeamtailor reads an item of the JSON feed, which carries JobPosting
// JSON-LD. It names the employer as the giver of its identifier.
func readTeamtailor(o object) (job.Posting, bool) {
	p := job.Posting{}
	if ld := at(o, "_jobposting"); ld != nil {
		if body, err := json.Marshal(ld); err == nil {
			p, _ = extract.JobPosting(body)
		}
	}
	p.ID, p.URL = identity(o, "id"), str(o, "url")
	for field, s := range map[*string]string{
		&p.Title: html(o, "title"), &p.Posted: str(o, "date_published"), &p.Description: html(o, "content_html"),
		&p.Company: html(o, "_jobposting", "identifier", "name"),
	} {
		if *field == "" {
			*field = s
		}
	}
	p.Location = where(teamtailorMode(o), strings.Split(p.Location, placeSep)...)
	return p, true
}

func teamtailorMode(o object) mode {
	for _, name := range []string{"remote_status", "remote-status", "remoteStatus"} {
		switch s := strings.ToLower(str(first(o, name, "_"+name))); s {
		case "fully", "temporary":
			return remote
		case "hybrid":
			return hybrid
		}
	}
	return ""
}
