package ats

import (
	stdhtml "html"
	"slices"
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

// greenhouse serves the boards of all regions through one API.
var greenhouse = Connector{
	Needs:      []string{"account"},
	Documented: "https://developers.greenhouse.io/job-board.html",
	Address:    "boards.greenhouse.io/ACCOUNT, job-boards.greenhouse.io/ACCOUNT, also with `.eu`",
	States:     "company, posted, pay as ranges, mode",
	Limits:     "Mode is in fields that employers add and name themselves",
	Boards: []string{
		`^https://(?:job-)?boards(?:\.eu)?\.greenhouse\.io/embed/[^?]*\?(?:.*&)?for=(?P<account>[\w-]+)`,
		`^https://(?:job-)?boards(?:\.eu)?\.greenhouse\.io/(?P<account>[\w-]+)`,
		`^https://(?:boards-)?api(?:\.eu)?\.greenhouse\.io/v1/boards/(?P<account>[\w-]+)`,
	},
	First: func(b *Board) *Request {
		base := b.base("https://boards-api.greenhouse.io")
		return get("%s/v1/boards/%s/jobs?content=true&pay_transparency=true", base, b.account())
	},
	Read: func(_ *Board, _ *Request, body []byte) (*Page, error) {
		p, v, err := readList(body, []string{"jobs"}, readGreenhouse)
		if err == nil {
			p.Total = number(v, "meta", "total")
		}
		return p, err
	},
}

// readGreenhouse reads a job. Its content is markup, escaped once more.
func readGreenhouse(o object) (job.Posting, bool) {
	posted := str(o, "first_published")
	if posted == "" {
		posted = str(o, "updated_at")
	}
	of := append(places(at(o, "location")), places(at(o, "offices"))...)
	return job.Posting{
		ID: identity(o, "id"), Title: html(o, "title"), Company: html(o, "company_name"), URL: str(o, "absolute_url"),
		Posted: posted, Location: where(greenhouseMode(o), of...),
		Description: extract.HTMLText(stdhtml.UnescapeString(str(o, "content"))), Salary: greenhouseSalary(o),
	}, true
}

// modeFields are what employers call a field for the mode of work.
var modeFields = []string{"workplace", "work place", "work model", "work mode", "work arrangement", "location type"}

// greenhouseMode reads the mode from the fields that employers add themselves, going
// by their names.
func greenhouseMode(o object) mode {
	for _, field := range list(o, "metadata") {
		name := strings.ToLower(str(field, "name"))
		asked := modeOf(name)
		if asked == "" && !containsAny(name, modeFields...) {
			continue
		}
		if asked != "" && yes(field, "value") {
			return asked
		}
		if m := modeOf(str(field, "value")); m != "" {
			return m
		}
	}
	return ""
}

// payBeside are the words for what is paid on top of the pay itself.
var payBeside = []string{" target ", " ote ", " bonus ", " commission ", " equity "}

// greenhouseSalary writes the ranges of pay, which are in hundredths. What the title
// of one calls more than the pay itself counts only where nothing else is stated.
func greenhouseSalary(o object) string {
	ranges := list(o, "pay_input_ranges")
	beside := func(r any) bool { return containsAny(spaced(str(r, "title")), payBeside...) }
	if kept := slices.DeleteFunc(slices.Clone(ranges), beside); len(kept) > 0 {
		ranges = kept
	}
	var bands []band
	for _, r := range ranges {
		bands = append(bands, band{
			amount(at(r, "min_cents"), 0.01), amount(at(r, "max_cents"), 0.01),
			str(r, "currency_type"), periodIn(str(r, "title")),
		})
	}
	return pay(bands...)
}
