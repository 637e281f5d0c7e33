package ats

import "jobsieve/job"

const leverPage = 100

var lever = Connector{
	Needs:      []string{"account"},
	Documented: "https://github.com/lever/postings-api",
	Address:    "jobs.lever.co/ACCOUNT; for boards at jobs.eu.lever.co give `url: https://api.eu.lever.co`",
	States:     "posted, pay as ranges, mode",
	Boards: []string{
		`^https://jobs\.(?P<eu>eu\.)?lever\.co/(?P<account>[^/?#]+)`,
		`^https://api\.(?P<eu>eu\.)?lever\.co/v0/postings/(?P<account>[^/?#]+)`,
	},
	EU:    "https://api.eu.lever.co",
	First: func(b *Board) *Request { return leverRequest(b, 0) },
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		p, _, err := readList(body, nil, readLever)
		if err == nil {
			p.counted(req, leverPage, func(offset int) *Request { return leverRequest(b, offset) })
		}
		return p, err
	},
}

func leverRequest(b *Board, skip int) *Request {
	base := b.base("https://api.lever.co")
	r := get("%s/v0/postings/%s?mode=json&skip=%d&limit=%d", base, b.account(), skip, leverPage)
	r.Offset = skip
	return r
}

// readLever reads a posting. The country is that of its first place.
func readLever(o object) (job.Posting, bool) {
	description := []string{plainOr(o, "description")}
	for _, l := range list(o, "lists") {
		description = append(description, joined("\n", html(l, "text"), html(l, "content")))
	}
	description = append(description, plainOr(o, "additional"), plainOr(o, "salaryDescription"))
	of := append(places(at(o, "categories", "location")), places(at(o, "categories", "allLocations"))...)
	return job.Posting{
		ID: identity(o, "id"), Title: html(o, "text"), URL: str(o, "hostedUrl"), Posted: str(o, "createdAt"),
		Location:    where(modeOf(label(o, "workplaceType")), firstIn(str(o, "country"), of)...),
		Description: joined("\n\n", description...), Salary: salary(at(o, "salaryRange")),
	}, true
}

// plainOr gives a text that Lever offers plain and as markup.
func plainOr(o object, name string) string {
	if s := str(o, name+"Plain"); s != "" {
		return s
	}
	return html(o, name)
}
