package classifier

import (
	"testing"

	"jobsieve/job"
	"jobsieve/text"
)

// TestAside takes no account of words that speak of the terms of employment, or of the
// teams that one works with.
func TestAside(t *testing.T) {
	c, err := New("")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		field    job.Field
		said     string
		function job.Function
		want     bool
	}{
		{job.FieldTitle, "Assistant - 6 months contract role", "legal-ip", false},
		{job.FieldTitle, "Contract Manager", "legal-ip", true},
		{job.FieldTitle, "Officer - off roll, third party payroll", "hr-recruitment", false},
		{job.FieldTitle, "Payroll Officer", "hr-recruitment", true},
		{job.FieldDescription, "Work closely with the payroll and network administration teams.", "hr-recruitment", false},
		{job.FieldDescription, "Work closely with the payroll team and prepare payroll.", "hr-recruitment", true},
	} {
		docs := func(f job.Field) *text.Doc {
			if f == test.field {
				return text.Parse(test.said)
			}
			return text.Parse("")
		}
		counts := false
		for _, m := range c.matches(docs, &job.Facts{}, &job.Pay{}, nil) {
			counts = counts || c.rules[m.rule].function == test.function && m.share > 0
		}
		if counts != test.want {
			t.Errorf("%q: %s counts %v, want %v", test.said, test.function, counts, test.want)
		}
	}
}
