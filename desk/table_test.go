package desk

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/config"
	"jobsieve/filter"
	"jobsieve/internal/estest"
	"jobsieve/job"
	"jobsieve/report"
)

// TestTablesAreAlike wants the same bytes from the ledger, the embedded index and
// Elasticsearch, whatever is asked.
func TestTablesAreAlike(t *testing.T) {
	postings := append([]job.Posting{}, texts...)
	for i := range 60 {
		p := texts[i%len(texts)]
		p.ID = fmt.Sprintf("%s-%d", p.ID, i)
		p.Company = []string{"", " ", "Acme", " acme", "=Acme\n", "एक्मे", "Acme Ltd."}[i%7]
		p.Location = []string{"Pune, Mumbai", "Maharashtra", "India", "", "Delhi"}[i%5]
		p.Posted = []string{"", "2026-01-05", "2025-12-31"}[i%3]
		p.Skills = []string{"", "MS Excel, SQL", "typing", "एक्सेल"}[i%4]
		p.Salary = fmt.Sprintf("%d - %d per month", 10_000+500*(i%9), 16_000+1000*(i%7))
		postings = append(postings, p)
	}
	url := estest.URL(t)
	server := testDesk(t, postings...)
	server.Config = config.Default()
	server.Config.Index, server.Config.Elasticsearch.Alias = url, estest.Alias(t, url)
	server.Index.Config = server.Config
	embedded := testDesk(t, postings...)
	deliver(t, server)
	deliver(t, embedded)
	dates := filter.Dates{Since: "2026-01-01", Until: "2026-06-30"}
	for _, by := range [][]string{nil, {"label"}, {"company"}, {"employer"}, {"employer", "place"}, {"skill"}, {"label", "skill"}, {"first_seen_month", "label"}, {"place"}, {"city", "label"}, {"month", "place", "company"}} {
		for _, which := range []Counted{
			{Filter: all}, {Filter: all, Dates: dates}, {Filter: wordsAnd("pune", job.BPO)}, {Filter: wordsAnd("astronaut", "")},
		} {
			want := tableFrom(t, embedded, by, which, FromLedger)
			for name, d := range map[string]*Desk{"the embedded index": embedded, "Elasticsearch": server} {
				if diff := cmp.Diff(want, tableFrom(t, d, by, which, FromIndex)); diff != "" {
					t.Errorf("by %q of %+v (-ledger +%s):\n%s", by, which, name, diff)
				}
			}
		}
	}
}

// tableFrom makes a pay table, as CSV with the sentence above it.
func tableFrom(t *testing.T, d *Desk, by []string, which Counted, from Origin) string {
	t.Helper()
	which.From = from
	pay := report.NewPay(report.Options{By: by, Period: job.PerYear})
	table, err := d.Table(t.Context(), pay, which, never)
	var b bytes.Buffer
	if err == nil {
		err = table.CSV(&b, false)
	}
	if err != nil {
		t.Fatalf("by %q from the %s: %v", by, from, err)
	}
	return table.About.String() + "\n" + b.String()
}
