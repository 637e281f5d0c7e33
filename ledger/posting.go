package ledger

import (
	"encoding/json"
	"time"

	"jobsieve/job"
)

// content is a posting as it is stored.
type content struct {
	URL         string    `json:"url,omitempty"`
	Title       string    `json:"title"`
	Company     string    `json:"company,omitempty"`
	Location    string    `json:"location,omitempty"`
	Experience  string    `json:"experience,omitempty"`
	Salary      string    `json:"salary,omitempty"`
	Skills      string    `json:"skills,omitempty"`
	Description string    `json:"description,omitempty"`
	Posted      string    `json:"posted,omitempty"`
	Openings    string    `json:"openings,omitempty"`
	CrawledAt   time.Time `json:"crawled_at,omitzero"`
	Extra       []member  `json:"extra,omitempty"`
}

type member struct {
	Key   string          `json:"key"`
	Value json.RawMessage `json:"value"`
}

func contentOf(p *job.Posting) content {
	c := content{
		URL: p.URL, Title: p.Title, Company: p.Company, Location: p.Location, Experience: p.Experience, Salary: p.Salary,
		Skills: p.Skills, Description: p.Description, Posted: p.Posted, Openings: p.Openings, CrawledAt: p.CrawledAt,
	}
	for _, m := range p.Extra {
		c.Extra = append(c.Extra, member(m))
	}
	return c
}

func (c *content) posting(source, id string) job.Posting {
	p := job.Posting{
		ID: id, Source: source, URL: c.URL, Title: c.Title, Company: c.Company, Location: c.Location, Experience: c.Experience,
		Salary: c.Salary, Skills: c.Skills, Description: c.Description, Posted: c.Posted, Openings: c.Openings, CrawledAt: c.CrawledAt,
	}
	for _, m := range c.Extra {
		p.Extra = append(p.Extra, job.Member(m))
	}
	return p
}
