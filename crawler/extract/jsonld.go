package extract

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"jobsieve/job"
)

// JobPostings reads the JobPosting objects in the page's JSON-LD, however deep
// they are; where it has none, those in microdata or RDFa. Its error names blocks
// that aren't JSON; what could be read is given all the same.
func (p *Page) JobPostings() (postings []job.Posting, err error) {
	var values []any
	p.doc.Find(`script[type]`).Each(func(i int, s *goquery.Selection) {
		kind := strings.ToLower(strings.TrimSpace(s.AttrOr("type", "")))
		if !strings.HasPrefix(kind, "application/ld+json") {
			return
		}
		v, e := lenientJSON(s.Text())
		if e != nil {
			err = fmt.Errorf("%s: JSON-LD block %d is not JSON: %w", p.URL, i+1, e)
			return
		}
		values = append(values, v)
	})
	postings = p.linked(values...)
	if len(postings) == 0 {
		postings = p.marked()
	}
	return postings, err
}

// JobPosting reads the first JobPosting of a JSON-LD text; ok is false where
// there is none.
func JobPosting(body []byte) (posting job.Posting, ok bool) {
	v, err := lenientJSON(string(body))
	if err != nil {
		return posting, false
	}
	all := (&Page{URL: &url.URL{}}).linked(v)
	if len(all) == 0 {
		return posting, false
	}
	return all[0], true
}

// linked reads the JobPostings of the JSON-LD values of a page, which may name each
// other's objects.
func (p *Page) linked(values ...any) (postings []job.Posting) {
	all := newBlock(values).named
	for _, v := range values {
		b := newBlock(v)
		b.beside = all
		walk(v, func(o map[string]any) {
			postings = append(postings, p.fromLD(b.object(o, 0)))
		})
	}
	return postings
}

// State gives the JSON in the script element of an id, such as __NEXT_DATA__, or
// what a script assigns to a name, such as window.pageData. Its numbers are
// json.Numbers.
func (p *Page) State(name string) (any, bool) {
	for _, s := range p.doc.Find("script").EachIter() {
		text := s.Text()
		if s.AttrOr("id", "") != name {
			if text = assigned(text, name); text == "" {
				continue
			}
		}
		v, err := lenientJSON(text)
		return v, err == nil
	}
	return nil, false
}

// walk calls f for every JobPosting in a JSON value, in order.
func walk(v any, f func(map[string]any)) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			walk(item, f)
		}
	case map[string]any:
		if isType(typeOf(v), "JobPosting") {
			if !isReference(v) {
				f(v)
			}
			return
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			walk(v[key], f)
		}
	}
}

// typeOf gives the type that an object of JSON-LD says it has.
func typeOf(o map[string]any) any {
	for _, key := range []string{"@type", "type", "@Type", "Type"} {
		if t := o[key]; t != nil {
			return t
		}
	}
	return nil
}

// isType reports a type: alone or among others, with or without its address.
func isType(v any, want string) bool {
	switch v := v.(type) {
	case string:
		for t := range strings.FieldsSeq(v) {
			if strings.EqualFold(localName(strings.TrimRight(t, "/")), want) {
				return true
			}
		}
	case []any:
		for _, item := range v {
			if isType(item, want) {
				return true
			}
		}
	}
	return false
}

// fromLD makes a posting of a JobPosting, whose properties have the names that
// block.object gives them.
func (p *Page) fromLD(o map[string]any) job.Posting {
	var out job.Posting
	company := plain(o["hiringOrganization"])
	out.ID = bounded(identifier(o["identifier"], company))
	out.URL = p.absolute(link(o["url"]))
	out.Title = HTMLText(plain(o["title"]))
	if out.Title == "" {
		out.Title = HTMLText(plain(o["name"]))
	}
	out.Company = HTMLText(company)
	out.Description = bounded(description(o))
	out.Location = bounded(locations(o))
	out.Skills = HTMLText(plainList(o["skills"]))
	out.Posted = bounded(plain(o["datePosted"]))
	out.Openings = bounded(plain(o["totalJobOpenings"]))
	out.Experience = HTMLText(experience(o["experienceRequirements"]))
	out.Salary = bounded(salary(o))
	for _, name := range []string{"employmentType", "validThrough", "directApply", "experienceInPlaceOfEducation"} {
		if v, ok := o[name]; ok && v != nil && v != "" {
			if body, err := json.Marshal(v); err == nil {
				out.Extra = append(out.Extra, job.Member{Key: name, Value: body})
			}
		}
	}
	return out
}

// moreText are the properties that say more than the description, and their
// headings after it.
var moreText = []struct{ name, head string }{
	{"responsibilities", "Responsibilities"},
	{"qualifications", "Qualifications"},
	{"educationRequirements", "Education"},
	{"workHours", "Work hours"},
	{"jobBenefits", "Benefits"},
	{"incentiveCompensation", "Benefits"},
}

// description gives the description of a JobPosting, and after it, each on a line
// of its own, what other properties say and it does not.
func description(o map[string]any) string {
	var parts []string
	for _, part := range listOf(o["description"]) {
		parts = append(parts, HTMLText(plain(part)))
	}
	text := strings.Join(parts, "\n")
	for _, more := range moreText {
		if s := HTMLText(told(o[more.name])); s != "" && !strings.Contains(strings.ToLower(text), strings.ToLower(s)) {
			text = strings.TrimSpace(text + "\n" + more.head + ": " + s)
		}
	}
	return text
}

// told gives the texts of a property; for a credential, its category.
func told(v any) string {
	switch v := v.(type) {
	case []any:
		var parts []string
		for _, item := range v {
			if s := told(item); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		if s := plainList(v["credentialCategory"]); s != "" {
			return s
		}
	}
	return plain(v)
}

// experience gives the experience that is asked for, in months where it is given in
// months.
func experience(v any) string {
	var parts []string
	for _, item := range listOf(v) {
		text := plain(item)
		if o, ok := item.(map[string]any); ok {
			if months := plain(o["monthsOfExperience"]); months != "" {
				text = months + " months"
			}
		}
		parts = append(parts, text)
	}
	return strings.Join(distinct(parts), ", ")
}
