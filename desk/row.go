package desk

import (
	"cmp"
	"time"

	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/report"
)

// RowOf makes the row for a table from a record.
func RowOf(r *ledger.Record) *report.Row {
	return &report.Row{Posting: &r.Posting, Facts: &r.Facts, Pay: &r.Pay, Verdict: &r.Verdict, Hand: r.Hand,
		Vacancy: indexer.Vacancy(&r.Posting, &r.Facts), Date: dateOf(r.Posted, r.FirstSeen),
		Known: chosen.HowPosted(r)}
}

// dateOf is when a posting was posted, or the day on or before which it was, else when it was first seen.
func dateOf(posted string, first time.Time) string {
	if posted != "" {
		return posted
	}
	return first.In(job.IST).Format(time.DateOnly)
}

// rowOfDocument makes the row for a table from a document of an index.
func rowOfDocument(d *indexer.Document) *report.Row {
	p, v := d.Posting(), d.Verdict()
	known := job.DateKnown(d.PostedHow)
	if known == "" && d.Posted != "" {
		known = job.DateInferred // an earlier version made it
	}
	return &report.Row{Posting: &p, Facts: &d.Detail.Facts, Pay: &d.Detail.Pay, Verdict: &v, Hand: d.Detail.Hand,
		Vacancy: d.Vacancy, Date: cmp.Or(d.Posted, d.PostedLatest, d.FirstSeen), Known: known}
}
