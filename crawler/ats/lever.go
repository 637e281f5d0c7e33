package ats

import (
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

const leverPage = 100

var lever = Connector{
	Needs:      []string{"account"},
	Documented: "https://github.com/lever/postings-api",
	Boards:     []string{`^https://(?:jobs\.(?P<eu>eu\.)?lever\.co|api\.(?P<eu>eu\.)?lever\.co/v0/postings)/(?P<account>[^/?#]+)`},
	EU:         "https://api.eu.lever.co",
	First:      func(b *Board) *Request { return leverRequest(b, 0) },
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		p, err := plain(body, nil, readLever)
		if err == nil && len(p.Postings) == leverPage {
			p.Next = leverRequest(b, req.Offset+leverPage)
		}
		return p, err
	},
}

func leverRequest(b *Board, skip int) *Request {
	r := get("%s/v0/postings/%s?mode=json&skip=%d&limit=%d", b.base("https://api.lever.co"), b.account(), skip, leverPage)
	r.Offset = skip
	return r
}

func readLever(o any) (job.Posting, bool) {
	description := []string{str(o, "descriptionPlain")}
	for _, l := range list(o, "lists") {
		description = append(description, joined("\n", str(l, "text"), html(l, "content")))
	}
	description = append(description, str(o, "additionalPlain"))
	places := strs(list(o, "categories", "allLocations"))
	if len(places) == 0 {
		places = []string{str(o, "categories", "location")}
	}
	p := job.Posting{
		ID: str(o, "id"), Title: str(o, "text"), URL: str(o, "hostedUrl"), Posted: str(o, "createdAt"),
		Location: joined(" | ", append([]string{remote(str(o, "workplaceType") == "remote")}, places...)...), Description: joined("\n\n", description...),
	}
	if r := at(o, "salaryRange"); r != nil {
		unit := strings.TrimSuffix(strings.TrimPrefix(str(r, "interval"), "per-"), "-salary")
		p.Salary = extract.PayObject(at(r, "min"), at(r, "max"), str(r, "currency"), strings.TrimSuffix(unit, "-wage"))
	}
	return p, true
}

// strs gives the texts in a list.
func strs(items []any) []string {
	var out []string
	for _, item := range items {
		if s, ok := item.(string); ok {
			out = append(out, s)
		}
	}
	return out
}
