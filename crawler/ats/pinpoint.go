package ats

import (
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

var pinpoint = Connector{
	Needs:      []string{"account"},
	Documented: "https://developers.pinpointhq.com/docs/postings-json",
	Boards:     []string{`^https://(?P<account>[\w-]+)\.pinpointhq\.com`},
	First: func(b *Board) *Request {
		return get("%s/postings.json", b.base("https://%s.pinpointhq.com", b.account()))
	},
	Read: func(_ *Board, _ *Request, body []byte) (*Page, error) {
		return plain(body, []string{"data"}, func(o any) (job.Posting, bool) {
			p := job.Posting{
				ID: str(o, "id"), Title: str(o, "title"), URL: str(o, "url"),
				Location: joined(" | ", remote(str(o, "workplace_type") == "remote"), joined(", ", str(o, "location", "city"), str(o, "location", "name"))),
				Description: joined("\n\n", html(o, "description"),
					joined("\n", str(o, "key_responsibilities_header"), html(o, "key_responsibilities")),
					joined("\n", str(o, "skills_knowledge_expertise_header"), html(o, "skills_knowledge_expertise"))),
			}
			if visible, ok := at(o, "compensation_visible").(bool); !ok || visible {
				p.Salary = extract.PayObject(at(o, "compensation_minimum"), at(o, "compensation_maximum"), str(o, "compensation_currency"), strings.ToUpper(str(o, "compensation_frequency")))
			}
			return p, true
		})
	},
}
