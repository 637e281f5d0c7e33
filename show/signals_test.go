package show

import (
	"errors"
	"testing"

	"jobsieve/desk"
	"jobsieve/job"
	"jobsieve/trust"
)

// TestSignals shows a posting with its signals, made safe for a terminal, and the counts
// of those kinds that were asked for.
func TestSignals(t *testing.T) {
	p := job.Posting{ID: "a\x1b[31m", Title: "Typist", Company: "Acme", Description: "Fee \x1b[0m500"}
	s := desk.Signalled{ID: p.ID, Title: p.Title, Company: job.Opt(p.Company), Posting: &p, Signals: []trust.Signal{
		{Kind: trust.Fee, Says: "asks for money", Field: job.FieldDescription, End: 3},
		{Kind: trust.Reposted, Says: "was posted often", Because: "on 6 days"},
	}}
	counts := desk.SignalCounts{Looked: 4, Signalled: 1, Of: map[trust.Kind]int{trust.Fee: 1, trust.ManyCompanies: 0}}
	shows(t, func(w *Printer) error { return errors.Join(w.Signalled(&s), w.SignalCounts(&counts)) },
		"a[31m  Typist · Acme\n"+
			"  fee: asks for money; description 0–3: …[Fee] [0m500…\n"+
			"  reposted: was posted often; on 6 days\n\n"+
			"1 of 4 postings with signals\n"+
			"  1 fee: asks the applicant for money\n"+
			"  0 many_companies: has the text of postings of many other employers\n")
}
