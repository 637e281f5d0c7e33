package pipeline

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"

	"jobsieve/indexer"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/report"
)

// RowOf makes the row that a table takes of a record.
func RowOf(r *ledger.Record) *report.Row {
	return &report.Row{Posting: &r.Posting, Facts: &r.Facts, Pay: &r.Pay, Verdict: &r.Verdict, Vacancy: Vacancy(&r.Posting, &r.Facts), Date: dateOf(r.Posted, r.FirstSeen)}
}

// dateOf is when a posting was posted, else when it was first seen.
func dateOf(posted string, first time.Time) string {
	if posted != "" {
		return posted
	}
	return first.In(job.IST).Format(time.DateOnly)
}

// RowOfDocument makes the row that a table takes of a document of an index.
func RowOfDocument(d *indexer.Document) *report.Row {
	p, v := d.Posting(), d.Verdict()
	date := d.Posted
	if date == "" {
		date = d.FirstSeen
	}
	return &report.Row{Posting: &p, Facts: &d.Detail.Facts, Pay: &d.Detail.Pay, Verdict: &v, Vacancy: d.Vacancy, Date: date}
}

// Vacancy names what a posting offers: it is the same for postings of the same
// title, company and place, in normal form.
func Vacancy(p *job.Posting, f *job.Facts) string {
	var places []string
	for _, place := range f.Places {
		places = append(places, strings.Join([]string{string(place.City), string(place.State), string(place.Country)}, "/"))
	}
	slices.Sort(places)
	normal := func(s string) string { return strings.Join(indexer.Words(s), " ") }
	sum := sha256.Sum256([]byte(normal(p.Title) + "\x00" + normal(p.Company) + "\x00" + strings.Join(slices.Compact(places), "|")))
	return fmt.Sprintf("%x", sum[:8])
}
