package extract

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"jobsieve/job"
)

// JobPostings reads the JobPosting objects in the page's JSON-LD, however deep
// they lie. Its error names blocks that are no JSON; what could be read is
// given all the same.
func (p *Page) JobPostings() (postings []job.Posting, err error) {
	p.doc.Find(`script[type]`).Each(func(i int, s *goquery.Selection) {
		kind := strings.ToLower(strings.TrimSpace(s.AttrOr("type", "")))
		if !strings.HasPrefix(kind, "application/ld+json") {
			return
		}
		v, e := lenientJSON(s.Text())
		if e != nil {
			err = fmt.Errorf("%s: JSON-LD block %d is no JSON: %w", p.URL, i+1, e)
			return
		}
		walk(v, func(obj map[string]any) {
			postings = append(postings, p.fromLD(obj))
		})
	})
	if len(postings) == 0 {
		postings = p.microdata()
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
	p := &Page{URL: &url.URL{}}
	walk(v, func(o map[string]any) {
		if !ok {
			posting, ok = p.fromLD(o), true
		}
	})
	return posting, ok
}

// State gives the JSON in the script element of an id, such as __NEXT_DATA__, or
// what a script assigns to a name, such as window.pageData.
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

// walk calls f for every JobPosting in a JSON value.
func walk(v any, f func(map[string]any)) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			walk(item, f)
		}
	case map[string]any:
		if isType(v["@type"], "JobPosting") {
			f(v)
			return
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"} {
			if sub, ok := v[key]; ok {
				walk(sub, f)
			}
		}
	}
}

// isType reports a @type: alone or in a list, with or without its address.
func isType(v any, want string) bool {
	switch v := v.(type) {
	case string:
		return v == want || strings.HasSuffix(v, "/"+want) || strings.HasSuffix(v, ":"+want)
	case []any:
		for _, item := range v {
			if isType(item, want) {
				return true
			}
		}
	}
	return false
}

func (p *Page) fromLD(o map[string]any) job.Posting {
	var out job.Posting
	out.ID = plain(o["identifier"])
	out.URL = p.absolute(plain(o["url"]))
	out.Title = bounded(HTMLText(plain(o["title"])))
	if out.Title == "" {
		out.Title = bounded(HTMLText(plain(o["name"])))
	}
	out.Company = bounded(HTMLText(plain(o["hiringOrganization"])))
	out.Description = bounded(description(o))
	out.Location = bounded(locations(o))
	out.Skills = bounded(HTMLText(plainList(o["skills"])))
	out.Posted = plain(o["datePosted"])
	out.Openings = plain(o["totalJobOpenings"])
	out.Experience = bounded(HTMLText(experience(o["experienceRequirements"])))
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

// moreText are the properties that say more than the description, and how they
// are headed behind it.
var moreText = []struct{ name, head string }{
	{"responsibilities", "Responsibilities"}, {"qualifications", "Qualifications"}, {"educationRequirements", "Education"},
	{"workHours", "Work hours"}, {"jobBenefits", "Benefits"}, {"incentiveCompensation", "Benefits"},
}

// description gives the description of a JobPosting, and behind it, each on a line
// of its own, what other properties say and it does not.
func description(o map[string]any) string {
	text := HTMLText(plain(o["description"]))
	for _, more := range moreText {
		if s := HTMLText(told(o[more.name])); s != "" && !strings.Contains(strings.ToLower(text), strings.ToLower(s)) {
			text = strings.TrimSpace(text + "\n" + more.head + ": " + s)
		}
	}
	return text
}

// told gives the texts of a property; of a credential its category.
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

// plain gives the text of a value: a text itself, of an object its value or
// name, of a list its first.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strings.TrimSuffix(fmt.Sprintf("%.2f", v), ".00")
	case []any:
		if len(v) > 0 {
			return plain(v[0])
		}
	case map[string]any:
		for _, key := range []string{"value", "name", "@value", "@id"} {
			if s := plain(v[key]); s != "" {
				return s
			}
		}
	}
	return ""
}

func plainList(v any) string {
	list, ok := v.([]any)
	if !ok {
		return plain(v)
	}
	var parts []string
	for _, item := range list {
		if s := plain(item); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// locations gives the places of a JobPosting: jobLocation, and that it is
// remote.
func locations(o map[string]any) string {
	var parts []string
	add := func(s string) {
		for _, have := range parts {
			if have == s {
				return
			}
		}
		if s != "" {
			parts = append(parts, s)
		}
	}
	if strings.EqualFold(plain(o["jobLocationType"]), "TELECOMMUTE") {
		add("Remote")
	}
	list, ok := o["jobLocation"].([]any)
	if !ok {
		list = []any{o["jobLocation"]}
	}
	for _, item := range list {
		add(address(item))
	}
	if len(parts) == 0 {
		add(plainList(o["applicantLocationRequirements"]))
	}
	return strings.Join(parts, " | ")
}

// address writes a Place or its PostalAddress as text.
func address(v any) string {
	place, ok := v.(map[string]any)
	if !ok {
		return plain(v)
	}
	a, ok := place["address"].(map[string]any)
	if !ok {
		if s := plain(place["address"]); s != "" {
			return s
		}
		a = place
	}
	var parts []string
	for _, key := range []string{"addressLocality", "addressRegion", "addressCountry"} {
		if s := plainList(a[key]); s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return plain(a["streetAddress"])
	}
	return strings.Join(parts, ", ")
}

func experience(v any) string {
	if o, ok := v.(map[string]any); ok {
		if m, ok := o["monthsOfExperience"]; ok {
			return plain(m) + " months"
		}
	}
	return plain(v)
}

// salary gives the pay of a JobPosting: a text as it stands, an object as
// JSON, which the pay reader reads.
func salary(o map[string]any) string {
	for _, key := range []string{"baseSalary", "estimatedSalary"} {
		v, ok := o[key]
		if !ok || v == nil {
			continue
		}
		if s, ok := v.(string); ok {
			return strings.TrimSpace(s)
		}
		if n, ok := v.(float64); ok {
			v = map[string]any{"@type": "MonetaryAmount", "currency": o["salaryCurrency"], "value": n}
		}
		if m, ok := v.(map[string]any); ok && key == "estimatedSalary" {
			m["@type"] = "MonetaryAmountDistribution"
		}
		body, err := json.Marshal(v)
		if err == nil {
			return string(body)
		}
	}
	return ""
}

// PayObject writes pay as the object that the pay reader knows; empty where neither
// amount stands. unit is such as YEAR, MONTH, HOUR.
func PayObject(lowest, highest any, currency, unit string) string {
	if lowest == nil && highest == nil {
		return ""
	}
	value := map[string]any{"@type": "QuantitativeValue"}
	if lowest != nil {
		value["minValue"] = lowest
	}
	if highest != nil {
		value["maxValue"] = highest
	}
	if unit != "" {
		value["unitText"] = unit
	}
	body, err := json.Marshal(map[string]any{"@type": "MonetaryAmount", "currency": currency, "value": value})
	if err != nil {
		return ""
	}
	return string(body)
}
