package ledger

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
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

// Hash is the digest of what decides whether a posting changed: all that it
// says, but not where and when it was fetched, nor a date that is told
// relative to today (relative says that Posted is one).
func Hash(p *job.Posting, relative bool) []byte {
	c := contentOf(p)
	c.URL, c.CrawledAt = "", time.Time{}
	if relative {
		c.Posted = ""
	}
	c.Extra = slices.Clone(c.Extra)
	slices.SortFunc(c.Extra, func(a, b member) int { return strings.Compare(a.Key, b.Key) })
	body, err := json.Marshal(c)
	if err != nil { // an Extra value that is no JSON, which job.ParseRow never makes
		body = fmt.Append(nil, c)
	}
	sum := sha256.Sum256(body)
	return sum[:]
}

// DeriveID gives a posting that came without an id one that is the same
// whenever it is seen: from its canonical URL, else from what it says.
func DeriveID(p *job.Posting) string {
	prefix, digest := "url-", []byte(CanonicalURL(p.URL))
	if p.URL == "" {
		q := *p
		q.Extra = nil
		prefix, digest = "text-", Hash(&q, true)
	}
	sum := sha256.Sum256(digest)
	return fmt.Sprintf("%s:%s%x", p.Source, prefix, sum[:10])
}

// trackingParams are query parameters that say where a visitor came from.
var trackingParams = []string{"gclid", "fbclid", "ref", "src", "sid", "sessionid", "jsessionid", "trk", "trackingid", "refid", "mc_cid", "mc_eid", "xp", "px"}

// CanonicalURL gives a URL without what does not change the page: fragment,
// tracking parameters, default port, the order of parameters. A text that is
// no URL stays as it is.
func CanonicalURL(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" {
		return s
	}
	u.Scheme, u.Host, u.Fragment, u.RawFragment = strings.ToLower(u.Scheme), strings.ToLower(u.Host), "", ""
	if u.Scheme == "http" && u.Port() == "80" || u.Scheme == "https" && u.Port() == "443" {
		u.Host = u.Hostname()
	}
	q := u.Query()
	for k := range q {
		if lower := strings.ToLower(k); strings.HasPrefix(lower, "utm_") || slices.Contains(trackingParams, lower) {
			q.Del(k)
		}
	}
	u.RawQuery = q.Encode()
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}
