package ats

import (
	"fmt"
	"net/url"
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

var apna = Connector{
	Needs:      []string{},
	Documented: "https://apna.co/jobs (the page carries its data)",
	Boards:     []string{`^https://apna\.co/jobs`},
	First:      func(b *Board) *Request { return apnaRequest(b, 1) },
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		v, err := apnaState(req.URL, body)
		if err != nil {
			return nil, err
		}
		p := &Page{Total: number(v, "pageProps", "totalJobCount")}
		for _, o := range list(v, "pageProps", "jobs") {
			p.Postings = append(p.Postings, readApna(o))
		}
		if pages := number(v, "pageProps", "totalPages"); pages != nil && req.Offset < *pages {
			p.Next = apnaRequest(b, req.Offset+1)
		}
		return p, nil
	},
}

// apnaRequest asks for a list page; Offset is its number.
func apnaRequest(b *Board, page int) *Request {
	r := get("%s/jobs", b.base("https://apna.co"))
	query := url.Values{}
	if b.Query != "" {
		query.Set("search", "true")
		query.Set("text", b.Query)
	}
	if page > 1 {
		query.Set("page", fmt.Sprint(page))
	}
	if len(query) > 0 {
		r.URL += "?" + query.Encode()
	}
	r.Offset = page
	return r
}

// apnaState finds the page's data: the body itself where it is JSON, else the
// state that the page's own script reads.
func apnaState(address string, body []byte) (any, error) {
	var v any
	if decode(body, &v) == nil {
		return v, nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	page, err := extract.NewPage(u, body)
	if err != nil {
		return nil, err
	}
	state, ok := page.State("__NEXT_DATA__")
	if !ok {
		return nil, fmt.Errorf("%s carries no __NEXT_DATA__: the page's form may have changed", address)
	}
	return at(state, "props"), nil
}

func readApna(o any) job.Posting {
	p := job.Posting{
		ID: str(o, "id"), Title: str(o, "title"), Company: str(o, "organization", "name"), URL: str(o, "public_url"), Posted: str(o, "created_on"),
		Location:   str(o, "address", "line_1"),
		Experience: str(o, "experience_in_years"), Openings: str(o, "no_of_openings"),
		Salary: extract.PayObject(positive(at(o, "min_salary")), positive(at(o, "max_salary")), "INR", "MONTH"),
	}
	if p.Location == "" {
		p.Location = joined(", ", str(o, "address", "area"), str(o, "address", "city", "name"), str(o, "address", "city", "json_data", "state"))
	}
	about := []string{html(o, "description")}
	if s := str(o, "education"); s != "" {
		about = append(about, "Education: "+s)
	}
	if s := str(o, "shift"); s != "" {
		about = append(about, strings.ToUpper(s[:1])+s[1:]+" shift")
	}
	if s := str(o, "english"); s != "" {
		about = append(about, "English: "+s)
	}
	p.Description = joined("\n", about...)
	return p
}

func positive(v any) any {
	if f, ok := v.(float64); ok && f > 0 {
		return f
	}
	return nil
}
