package extract

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/mmcdole/gofeed"

	"jobsieve/job"
)

// Feed reads the postings of an RSS, Atom or JSON feed at an address.
func Feed(at *url.URL, body []byte) ([]job.Posting, error) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%s is no feed: expected RSS, Atom or JSON Feed: %w", at, err)
	}
	p := &Page{URL: at}
	out := make([]job.Posting, 0, len(feed.Items))
	for _, item := range feed.Items {
		out = append(out, p.fromItem(item))
	}
	return out, nil
}

func (p *Page) fromItem(item *gofeed.Item) job.Posting {
	out := job.Posting{
		ID: strings.TrimSpace(item.GUID), URL: p.absolute(item.Link), Title: bounded(HTMLText(item.Title)),
		Description: bounded(HTMLText(item.Description)), Posted: strings.TrimSpace(item.Published),
	}
	if body := bounded(HTMLText(item.Content)); len(body) > len(out.Description) {
		out.Description = body
	}
	if len(item.Authors) > 0 && item.Authors[0] != nil {
		out.Company = bounded(item.Authors[0].Name)
	}
	if out.Posted == "" {
		out.Posted = strings.TrimSpace(item.Updated)
	}
	out.Skills = bounded(strings.Join(item.Categories, ", "))
	p.fillCustom(&out, item)
	return out
}

// fillCustom takes the fields of a posting that job feeds add: as plain
// elements, or under a namespace of their own.
func (p *Page) fillCustom(out *job.Posting, item *gofeed.Item) {
	custom := map[string]string{}
	for k, v := range item.Custom {
		custom[strings.ToLower(k)] = v
	}
	for _, byName := range item.Extensions {
		for name, values := range byName {
			if len(values) > 0 && custom[strings.ToLower(name)] == "" {
				custom[strings.ToLower(name)] = values[0].Value
			}
		}
	}
	for _, f := range []struct {
		to    *string
		names []string
	}{
		{&out.Company, []string{"company", "employer", "hiringorganization", "organization"}},
		{&out.Location, []string{"location", "joblocation", "city", "region"}},
		{&out.Experience, []string{"experience", "experiencerequirements"}},
		{&out.Salary, []string{"salary", "basesalary", "pay", "compensation"}},
		{&out.Openings, []string{"openings", "vacancies"}},
	} {
		for _, name := range f.names {
			if *f.to == "" {
				*f.to = bounded(HTMLText(custom[name]))
			}
		}
	}
	for _, name := range untilNames {
		if custom[name] != "" {
			out.Set(job.ValidThrough, bounded(strings.TrimSpace(custom[name])))
			break
		}
	}
	if out.Salary == "" {
		out.Salary = PayObject(amount(custom["minimumsalary"]), amount(custom["maximumsalary"]), custom["salarycurrency"], custom["salaryinterval"])
	}
}

// untilNames are the names under which feeds say until when a posting can be
// applied for.
var untilNames = []string{
	"validthrough", "valid_through", "expirationdate", "expiration_date", "expirydate", "expiry_date", "expiry", "expires", "expireson", "closingdate",
	"closing_date", "closedate", "applicationdeadline", "application_deadline", "deadline", "lastdate", "last_date",
}

// amount reads an amount; nil where there is none.
func amount(s string) any {
	if v, err := strconv.ParseFloat(strings.TrimSpace(s), 64); err == nil && v > 0 {
		return v
	}
	return nil
}
