package desk

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"jobsieve/job"
	"jobsieve/report"
)

// TestRulesOutline asks what needs only the names and the version of the rules:
// that compiles none of them.
func TestRulesOutline(t *testing.T) {
	const craft = "labels:\n  - {label: CRAFT, functions: [wood-work]}\n"
	for name, tt := range map[string]struct {
		own       string // a file of rules
		labels    []job.Label
		otherwise int
	}{
		"the program's rules": {"", []job.Label{job.BPO, job.KPO, job.Unclassified}, 0},
		"rules of one's own":  {craft, []job.Label{job.BPO, job.KPO, "CRAFT", job.Unclassified}, len(texts)},
		"a fault":             {craft + "criteria: none", nil, 0},
		"a fault in a phrase": {
			"rules:\n  - {id: x, criterion: D2-back-office, any: [(a], weight: 1, match: [a], no_match: [b]}",
			[]job.Label{job.BPO, job.KPO, job.Unclassified}, len(texts),
		},
	} {
		t.Run(name, func(t *testing.T) {
			stored := testDesk(t, texts...)
			if tt.own != "" {
				stored.Config.Rules = t.TempDir()
				if err := os.WriteFile(filepath.Join(stored.Config.Rules, "own.yaml"), []byte(tt.own), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			d := &Desk{Dir: stored.Dir, Config: stored.Config, Index: stored.Index}
			if got := d.Book().Labels; !slices.Equal(got, tt.labels) {
				t.Errorf("labels %v, want %v", got, tt.labels)
			}
			table, err := d.Table(t.Context(), report.NewPay(report.Options{Period: job.PerMonth}), Counted{Filter: all, From: FromLedger}, never)
			if err != nil || table.ReadOtherwise != tt.otherwise {
				t.Errorf("%d were read by other rules, want %d: %v", table.ReadOtherwise, tt.otherwise, err)
			}
			if d.reader != nil || d.err != nil {
				t.Errorf("the rules were compiled: %v", d.err)
			}
		})
	}
}
