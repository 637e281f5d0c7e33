package report

import (
	"strings"
	"testing"

	"jobsieve/job"
)

// TestColumnsAreExplained wants a sentence for every column of every report.
func TestColumnsAreExplained(t *testing.T) {
	trend := func(by ...string) Report { return NewTrend(job.PerYear, by...) }
	for name, r := range map[string]Report{
		"count": NewCount("employer"), "disclosure": NewDisclosure("label"), "trend": NewTrend(job.PerYear, "city"),
		"skills": NewSkills(job.PerYear), "labels": NewLabels(), "pay": NewPay(Options{By: []string{"month"}, Period: job.PerYear}),
		"comparison": NewComparison(job.PerYear, "label", "BPO", "KPO"), "across": NewAcross(trend, "label"),
	} {
		linesOf(t, r, some()...)
		for _, c := range r.Table().Columns {
			if !strings.HasSuffix(c.Help, ".") {
				t.Errorf("%s: %s: %q", name, c.Name, c.Help)
			}
		}
	}
	if got := helpOf("mid_p90"); got != "The midpoints of offers: the 90th percentile." {
		t.Error(got)
	}
}
