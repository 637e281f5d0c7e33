package indexer

import "jobsieve/job"

// SetSummary fills in what filters, facets, groupings and bounds use.
func (d *Document) SetSummary(s *job.Summary) {
	*d = Document{
		Source: s.Source, Company: s.Company, Vacancy: s.Vacancy.String(), Posted: s.Posted, FirstSeen: s.FirstSeen,
		PostedMonth: s.Posted[:min(len("2006-01"), len(s.Posted))], SchemaVersion: SchemaVersion,
	}
	d.SetLabel(&s.Verdict, s.Hand)
	d.SetFacts(&s.Facts)
	d.SetPay(&s.Pay)
}

// SummaryOf gives the summary of what a document was made from. It shares the
// lists of the document.
func SummaryOf(d *Document) job.Summary {
	s := job.Summary{
		Source: d.Source, Company: d.Company, Vacancy: job.ParseVacancy(d.Vacancy), Posted: d.Posted,
		FirstSeen: d.FirstSeen, Facts: d.Detail.Facts, Pay: d.Detail.Pay, Verdict: d.Verdict(), Hand: d.Detail.Hand,
	}
	s.Brief()
	return s
}
