package ats

import (
	"encoding/json"
	"net/url"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

var teamtailor = Connector{
	Needs:      []string{"account"},
	Documented: "https://support.teamtailor.com/en/articles/5940424-rss-and-json-feeds",
	Boards:     []string{`^https://(?P<account>[\w-]+)\.teamtailor\.com`},
	First: func(b *Board) *Request {
		return get("%s/jobs.json", b.base("https://%s.teamtailor.com", b.account()))
	},
	Read: func(_ *Board, req *Request, body []byte) (*Page, error) {
		var v object
		if err := decode(body, &v); err != nil {
			return nil, err
		}
		p, err := plain(body, []string{"items"}, readTeamtailor)
		if err != nil {
			return nil, err
		}
		if next := str(v, "next_url"); next != "" {
			if u, err := url.Parse(req.URL); err == nil {
				if n, err := u.Parse(next); err == nil {
					p.Next = get("%s", n)
				}
			}
		}
		return p, nil
	},
}

// readTeamtailor reads an item of the JSON feed, which carries JobPosting
// JSON-LD.
func readTeamtailor(o any) (job.Posting, bool) {
	p := job.Posting{}
	if ld := at(o, "_jobposting"); ld != nil {
		if body, err := json.Marshal(ld); err == nil {
			p, _ = extract.JobPosting(body)
		}
	}
	p.ID, p.URL = str(o, "id"), str(o, "url")
	if p.Title == "" {
		p.Title = str(o, "title")
	}
	if p.Posted == "" {
		p.Posted = str(o, "date_published")
	}
	if p.Description == "" {
		p.Description = html(o, "content_html")
	}
	return p, true
}
