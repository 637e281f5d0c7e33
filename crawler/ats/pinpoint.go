package ats

import "jobsieve/job"

var pinpoint = Connector{
	Needs:      []string{"account"},
	Documented: "https://developers.pinpointhq.com/docs/postings-json",
	Address:    "ACCOUNT.pinpointhq.com",
	States:     "pay as ranges or text, mode",
	Limits:     "No dates",
	Boards:     []string{`^https://(?P<account>[\w-]+)\.pinpointhq\.com/`},
	First: func(b *Board) *Request {
		return get("%s/postings.json", b.base("https://%s.pinpointhq.com", b.account()))
	},
	Read: func(_ *Board, _ *Request, body []byte) (*Page, error) {
		p, _, err := readList(body, []string{"data"}, readPinpoint)
		return p, err
	},
}

func readPinpoint(o object) (job.Posting, bool) {
	p := job.Posting{
		ID: identity(o, "id"), Title: html(o, "title"), URL: str(o, "url"),
		Location: where(modeOf(label(o, "workplace_type"), label(o, "workplace_type_text")),
			pinpointPlaces(at(o, "location"))...),
		Description: joined("\n\n", html(o, "description"),
			joined("\n", html(o, "key_responsibilities_header"), html(o, "key_responsibilities")),
			joined("\n", html(o, "skills_knowledge_expertise_header"), html(o, "skills_knowledge_expertise"))),
	}
	if visible, ok := at(o, "compensation_visible").(bool); ok && !visible {
		return p, true
	}
	p.Salary = pay(band{
		at(o, "compensation_minimum"), at(o, "compensation_maximum"),
		str(o, "compensation_currency"), str(o, "compensation_frequency"),
	})
	if p.Salary == "" {
		p.Salary = html(o, "compensation")
	}
	return p, true
}

// pinpointPlaces gives a location by its parts and by its name, which is often
// that of the office or the country.
func pinpointPlaces(v any) []string {
	o, ok := v.(object)
	if !ok {
		return places(v)
	}
	named := joined(", ", partOf(o, cityNames), partOf(o, stateNames), country(partOf(o, countryNames)))
	return []string{joined(", ", named, html(o, "name"))}
}
