package job

import (
	"encoding/json"
	"slices"
	"time"
)

// Field names one of the texts of a posting that facts, pay and rules read.
type Field string

// The fields of a posting, in the order in which a reader meets them.
const (
	FieldTitle       Field = "title"
	FieldCompany     Field = "company"
	FieldLocation    Field = "location"
	FieldExperience  Field = "experience"
	FieldSalary      Field = "salary"
	FieldSkills      Field = "skills"
	FieldDescription Field = "description"
)

// Fields lists every field, in reading order.
var Fields = []Field{
	FieldTitle, FieldCompany, FieldLocation, FieldExperience, FieldSalary, FieldSkills, FieldDescription,
}

// Posting is one job advertisement as its board published it. Texts are plain
// UTF-8, as they were given except for invalid bytes, which become U+FFFD.
type Posting struct {
	// ID names the posting for people and other programs. A row's own id is
	// kept verbatim; a crawled posting has "source:id", where id is the
	// board's own, else one made from the canonical URL.
	ID string
	// Source is the name of the source that the posting came from.
	Source string
	// URL is the posting's address, empty where unknown.
	URL string

	Title       string
	Company     string
	Location    string
	Experience  string
	Salary      string
	Skills      string
	Description string

	// Posted is the date of the posting as the board wrote it, which may be
	// relative ("3 weeks ago").
	Posted string
	// CrawledAt is when the page or row was fetched, as the row itself says;
	// zero where it says nothing. A relative Posted counts from it.
	CrawledAt time.Time
	// Openings is the number of posts as the board wrote it, if it has a
	// field for that.
	Openings string
	// Extra holds what else the row had, in its order.
	Extra []Member
}

// Text returns the posting's text of field f, empty for a field it lacks.
func (p *Posting) Text(f Field) string {
	if t := p.text(f); t != nil {
		return *t
	}
	return ""
}

// ValidThrough is the name under which sources say the last day on which a
// posting can be applied for.
const ValidThrough = "valid_through"

// validThroughKey is the member of Extra that holds that day, as in JSON-LD.
const validThroughKey = "validThrough"

// Until gives the last day on which the posting can be applied for, or the last
// moment, as the board wrote it; empty where it says none.
func (p *Posting) Until() string {
	for _, m := range p.Extra {
		if m.Key != validThroughKey && m.Key != ValidThrough {
			continue
		}
		value := m.Value
		var list []json.RawMessage
		if err := json.Unmarshal(value, &list); err == nil && len(list) > 0 {
			value = list[0]
		}
		var text string
		if err := json.Unmarshal(value, &text); err != nil {
			text = string(value) // a number says it in seconds
		}
		return text
	}
	return ""
}

// setUntil notes until when the posting can be applied for.
func (p *Posting) setUntil(text string) {
	value, err := json.Marshal(text)
	if err != nil || text == "" {
		return
	}
	p.Extra = slices.DeleteFunc(p.Extra, func(m Member) bool { return m.Key == validThroughKey })
	p.Extra = append(p.Extra, Member{validThroughKey, value})
}

// Set gives the posting the text of a field by the name that it has in rows and
// sources: a Field, or id, source, url, posted, openings, valid_through. Any
// other is ignored.
func (p *Posting) Set(name, text string) {
	if name == ValidThrough {
		p.setUntil(text)
		return
	}
	if t := p.named(name); t != nil {
		*t = text
	}
}

// Has reports a name that Set knows.
func (p *Posting) Has(name string) bool { return name == ValidThrough || p.named(name) != nil }

func (p *Posting) named(name string) *string {
	switch name {
	case "id":
		return &p.ID
	case "source":
		return &p.Source
	case "url":
		return &p.URL
	case "posted":
		return &p.Posted
	case "openings":
		return &p.Openings
	}
	return p.text(Field(name))
}

// SetText replaces the posting's text of field f; an unknown field is ignored.
func (p *Posting) SetText(f Field, s string) {
	if t := p.text(f); t != nil {
		*t = s
	}
}

func (p *Posting) text(f Field) *string {
	switch f {
	case FieldTitle:
		return &p.Title
	case FieldCompany:
		return &p.Company
	case FieldLocation:
		return &p.Location
	case FieldExperience:
		return &p.Experience
	case FieldSalary:
		return &p.Salary
	case FieldSkills:
		return &p.Skills
	case FieldDescription:
		return &p.Description
	}
	return nil
}
