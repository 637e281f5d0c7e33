package indexer

import (
	"strings"

	"jobsieve/job"
)

// Vacancy names what a posting offers: it is the same for postings of the same
// title, company and place, in normal form.
func Vacancy(p *job.Posting, f *job.Facts) string {
	normal := func(s string) string { return strings.Join(Words(s), " ") }
	return job.VacancyOf(normal(p.Title), normal(p.Company), f.Places).String()
}
