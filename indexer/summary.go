package indexer

import (
	"cmp"

	"jobsieve/job"
)

// SetSummary fills in what filters, facets, groupings and bounds use.
func (d *Document) SetSummary(s *job.Summary) {
	*d = Document{
		Source: s.Source, Company: s.Company, Vacancy: s.Vacancy.String(), FirstSeen: s.FirstSeen,
		SchemaVersion: SchemaVersion,
	}
	if s.Posted != "" {
		d.SetPosted(s.Posted, cmp.Or(s.PostedHow, job.DateInferred))
	}
	d.SetLabel(&s.Verdict, s.Hand)
	d.SetFacts(&s.Facts)
	d.SetPay(&s.Pay)
}

// SummaryOf gives the summary of what a document was made from. It shares the
// lists of the document.
func SummaryOf(d *Document) job.Summary {
	s := job.Summary{
		Source: d.Source, Company: d.Company, Vacancy: job.ParseVacancy(d.Vacancy),
		Posted: cmp.Or(d.Posted, d.PostedLatest), PostedHow: job.DateKnown(d.PostedHow),
		FirstSeen: d.FirstSeen, Facts: d.Detail.Facts, Pay: d.Detail.Pay, Verdict: d.Verdict(), Hand: d.Detail.Hand,
	}
	s.Brief()
	return s
}
