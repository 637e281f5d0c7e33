package chosen

import (
	"time"

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
	d := indexer.Document{Key: r.Key, Revision: r.Revision, Posted: r.Posted,
		FirstSeen: r.FirstSeen.In(job.IST).Format(time.DateOnly)}
	d.PostedMonth = r.Posted[:min(len("2006-01"), len(r.Posted))]
	d.SetPosting(&r.Posting)
	d.SetLabel(&r.Verdict, r.Hand)
	d.SetFacts(&r.Facts)
	d.SetPay(&r.Pay)
	d.Vacancy = indexer.Vacancy(&r.Posting, &r.Facts)
	return d
}
