package ledger

import (
	"bytes"
	"encoding/json"
	"time"
	"unicode/utf8"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

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
	// Bytes are the texts above that JSON can't hold, by their names: they aren't
	// UTF-8.
	Bytes map[string][]byte `json:"bytes,omitempty"`
}

type member struct {
	Key string `json:"key"`
	// KeyBytes is the key where it isn't UTF-8.
	KeyBytes []byte          `json:"key_bytes,omitempty"`
	Value    json.RawMessage `json:"value"`
}

// texts are the texts of a content, by the names that they have in Bytes.
func (c *content) texts() map[string]*string {
	return map[string]*string{
		"url": &c.URL, "title": &c.Title, "company": &c.Company, "location": &c.Location, "experience": &c.Experience,
		"salary": &c.Salary, "skills": &c.Skills, "description": &c.Description, "posted": &c.Posted,
		"openings": &c.Openings,
	}
}

// marshal writes a content as JSON, its texts byte for byte.
func (c *content) marshal() ([]byte, error) {
	for name, text := range c.texts() {
		if utf8.ValidString(*text) {
			continue
		}
		if c.Bytes == nil {
			c.Bytes = map[string][]byte{}
		}
		c.Bytes[name], *text = []byte(*text), ""
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // else members of rows are changed too
	err := enc.Encode(c)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// unmarshal reads what marshal wrote.
func (c *content) unmarshal(body []byte) error {
	if err := jsonv2.Unmarshal(body, c, asRowsHaveIt); err != nil {
		return err
	}
	if len(c.Bytes) == 0 {
		return nil
	}
	texts := c.texts()
	for name, text := range c.Bytes {
		if to := texts[name]; to != nil {
			*to = string(text)
		}
	}
	return nil
}

// asRowsHaveIt reads JSON that came with imported rows and is kept as it was:
// names may be repeated in it, and it may have halves of characters.
var asRowsHaveIt = jsonv2.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

func contentOf(p *job.Posting) content {
	c := content{
		URL: p.URL, Title: p.Title, Company: p.Company, Location: p.Location, Experience: p.Experience,
		Salary: p.Salary,
		Skills: p.Skills, Description: p.Description, Posted: p.Posted, Openings: p.Openings, CrawledAt: p.CrawledAt,
	}
	for _, m := range p.Extra {
		kept := member{Key: m.Key, Value: m.Value}
		if !utf8.ValidString(m.Key) {
			kept.Key, kept.KeyBytes = "", []byte(m.Key)
		}
		c.Extra = append(c.Extra, kept)
	}
	return c
}

func (c *content) posting(source, id string) job.Posting {
	p := job.Posting{
		ID: id, Source: source, URL: c.URL, Title: c.Title, Company: c.Company, Location: c.Location,
		Experience: c.Experience,
		Salary:     c.Salary, Skills: c.Skills, Description: c.Description, Posted: c.Posted, Openings: c.Openings,
		CrawledAt: c.CrawledAt,
	}
	for _, m := range c.Extra {
		if len(m.KeyBytes) > 0 {
			m.Key = string(m.KeyBytes)
		}
		p.Extra = append(p.Extra, job.Member{Key: m.Key, Value: m.Value})
	}
	return p
}
