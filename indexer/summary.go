package indexer

import (
	"cmp"

	"jobsieve/job"
)

// SetSummary fills in what filters, facets, groupings and bounds use. It uses the
// document's lists of another summary again.
func (d *Document) SetSummary(s *job.Summary) {
	*d = Document{
		City: d.City[:0], State: d.State[:0], Country: d.Country[:0], Shift: d.Shift[:0],
		Source: s.Source, Company: validText(s.Company), Vacancy: s.Vacancy.String(), VacancyRole: string(s.Role),
		FirstSeen: s.FirstSeen, PostingState: string(s.State), Closed: s.Closed,
		SchemaVersion: SchemaVersion,
	}
	if s.Posted != "" {
		d.SetPosted(s.Posted, cmp.Or(s.PostedHow, job.DateInferred))
	}
	d.SetLabel(&s.Verdict, s.Hand)
	d.SetFacts(&s.Facts)
	d.SetPay(&s.Pay)
}
