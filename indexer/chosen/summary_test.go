package chosen

import (
	"reflect"
	"testing"
	"time"

	"jobsieve/indexer"
	"jobsieve/job"
	"jobsieve/ledger"
)

func TestDocumentOfSummary(t *testing.T) {
	years, amount, annual, n := 2.5, 12000.0, int64(144000), 3
	r := &ledger.Record{
		Key: "s/1", Posting: job.Posting{ID: "1", Source: "s", Title: "Telecaller", Company: "Acme"}, Posted: "2026-01-02", PostedHow: job.DateBounded,
		FirstSeen: time.Date(2026, 1, 3, 0, 0, 0, 0, job.IST),
		State:     job.StateClosed, Closed: time.Date(2026, 1, 9, 0, 0, 0, 0, job.IST),
		Vacancy: 7, Role: job.RoleOther,
		Hand: &job.HandLabel{Label: job.KPO, Function: "g", Because: "b"},
	}
	r.Facts = job.Facts{
		Places:     []job.Place{{City: "Pune", State: "Maharashtra", Country: "IN", Raw: "pune"}},
		Experience: job.Experience{Min: &years, Raw: "2.5"}, Education: "graduate", Shift: []job.Shift{job.ShiftDay},
		Mode: "remote", Openings: &n, Languages: []string{"en"}, Skills: []string{"excel", "sql"}, Language: job.English,
	}
	r.Pay = job.Pay{Kind: job.PayOffer, Min: &amount, Currency: "INR", Period: "month", Basis: job.BasisCTC, AnnualMin: &annual}
	r.Verdict = job.Verdict{Label: job.BPO, Function: "f", Score: 0.9, Criteria: []string{"c"}, RulesVersion: "v"}
	whole, s := DocumentOf(r), r.Summary()
	var d indexer.Document
	d.SetSummary(&s)
	for i := range indexer.Fields {
		f := &indexer.Fields[i]
		if f.Filter == "" && f.Grouping == "" && !f.Facet && f.Name != "vacancy" && f.Name != "posted" && f.Name != "first_seen" {
			continue
		}
		if want, got := f.Value(&whole), f.Value(&d); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", f.Name, got, want)
		}
	}
}
