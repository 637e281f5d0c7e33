package report

import (
	"encoding/json"
	"testing"

	"jobsieve/job"
)

// TestObjects gives a table as objects: figures are numbers, and null where too few
// postings stand behind them.
func TestObjects(t *testing.T) {
	p := NewPay(Options{By: []string{"city"}, Period: job.PerYear})
	add(p, offer("Clerk", "2026-01-02", job.BPO, []string{"Pune"}, 120000, 240000))
	table := p.Table()
	rows, total := table.Objects()
	if len(rows) != 1 || rows[0]["city"] != "Pune" || rows[0]["postings"] != json.Number("1") || rows[0]["mid_median"] != nil {
		t.Errorf("%v", rows)
	}
	if _, ok := total["city"]; ok || total["period"] != "year" || total["high_n"] != json.Number("1") {
		t.Errorf("%v", total)
	}
	if table.First != "2026-01-02" || table.Last != table.First {
		t.Errorf("from %s to %s", table.First, table.Last)
	}
	if rows, total = NewPay(Options{}).Table().Objects(); rows == nil || len(rows) != 0 || total["postings"] != json.Number("0") {
		t.Errorf("of nothing: %v, %v", rows, total)
	}
}
