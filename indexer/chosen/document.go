package chosen

import (
	"cmp"
	"time"

	"jobsieve/facts"
	"jobsieve/indexer"
	"jobsieve/job"
	"jobsieve/ledger"
)

// DocumentOf makes the document that an index holds for a record.
func DocumentOf(r *ledger.Record) indexer.Document {
	if r.Forgotten {
		return indexer.Document{Key: r.Key, ID: r.Posting.ID, Source: r.Posting.Source, Revision: r.Revision,
			Gone: true}
	}
	d := indexer.Document{Key: r.Key, Revision: r.Revision,
		FirstSeen: r.FirstSeen.In(job.IST).Format(time.DateOnly),
		LastSeen:  r.LastSeen.In(job.IST).Format(time.DateOnly), PostingState: string(r.State)}
	if !r.Closed.IsZero() {
		d.Closed = r.Closed.In(job.IST).Format(time.DateOnly)
	}
	d.SetPosted(r.Posted, HowPosted(r))
	d.SetPosting(&r.Posting)
	d.SetLabel(&r.Verdict, r.Hand)
	d.SetFacts(&r.Facts)
	d.SetPay(&r.Pay)
	d.Vacancy, d.VacancyRole = r.Vacancy.String(), string(r.Role)
	return d
}

// HowPosted says how the date of a record is known, also where an earlier version
// stored it without that.
func HowPosted(r *ledger.Record) job.DateKnown {
	if r.PostedHow != "" || r.Posted == "" {
		return r.PostedHow
	}
	return cmp.Or(facts.HowPosted(r.Posting.Posted), job.DateInferred)
}
