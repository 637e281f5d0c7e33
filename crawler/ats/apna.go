package ats

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"jobsieve/job"
)

var apna = Connector{
	Needs:      []string{},
	Documented: "https://apna.co/jobs (the page carries its data)",
	Address:    "apna.co/jobs, with the postings of all employers",
	States:     "company, posted, pay as ranges, mode, experience, openings",
	Searches:   true,
	Boards:     []string{`^https://(?:www\.)?apna\.co/jobs(?:[/?#]|$)`},
	First:      func(b *Board) *Request { return apnaRequest(b, 1) },
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		v, err := answerOrState(req.URL, body, "__NEXT_DATA__")
		if err != nil {
			return nil, err
		}
		if within := at(v, "props"); within != nil {
			v = within
		}
		props, ok := at(v, "pageProps").(object)
		if _, stands := props["jobs"]; !ok || !stands {
			return nil, fmt.Errorf(`the page's data has no list "pageProps.jobs": expected what this platform gives`)
		}
		p := &Page{Total: number(props, "totalJobCount")}
		p.read(list(props, "jobs"), readApna)
		p.numbered(apnaRequest(b, req.Offset+1))
		if pages := number(props, "totalPages"); pages != nil && *pages > 0 {
			if p.Counted = false; req.Offset >= *pages {
				p.Next = nil
			}
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

func readApna(o object) (job.Posting, bool) {
	p := job.Posting{
		ID: identity(o, "id"), Title: html(o, "title"), Company: label(o, "organization"), URL: str(o, "public_url"),
		Posted: str(o, "created_on"), Experience: str(o, "experience_in_years"), Openings: str(o, "no_of_openings"),
		Location: where(modeWhere(yes(o, "is_hybrid"), yes(o, "is_wfh")), apnaPlace(at(o, "address"))),
		Salary:   pay(band{at(o, "min_salary"), at(o, "max_salary"), "INR", "month"}),
	}
	about := []string{html(o, "description")}
	if s := str(o, "education"); s != "" {
		about = append(about, "Education: "+s)
	}
	if s := str(o, "shift"); s != "" {
		first, size := utf8.DecodeRuneInString(s)
		about = append(about, string(unicode.ToUpper(first))+s[size:]+" shift")
	}
	if s := str(o, "english"); s != "" {
		about = append(about, "English: "+s)
	}
	p.Description = joined("\n", about...)
	return p, true
}

// apnaPlace writes an address: its line, with the city if the line lacks it, else
// the area, city and state.
func apnaPlace(address any) string {
	line, city := html(address, "line_1"), label(address, "city")
	switch {
	case line == "":
		return joined(", ", html(address, "area"), city, html(address, "city", "json_data", "state"))
	case strings.Contains(spaced(line), spaced(city)):
		return line
	}
	return joined(", ", line, city)
}
