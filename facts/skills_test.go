package facts

import (
	"strings"
	"testing"

	"jobsieve/job"
)

// TestSkills reads the skills that each posting names.
func TestSkills(t *testing.T) {
	for _, tt := range []struct {
		posting job.Posting
		want    string
	}{
		{job.Posting{Title: "MIS Executive", Skills: "Advanced Excel, VLOOKUP, Tally ERP 9"}, "advanced-excel excel mis tally"},
		{job.Posting{Title: "Typist", Description: "अंग्रेजी टाइपिंग और एमएस ऑफिस का ज्ञान"}, "ms-office typing"},
		{job.Posting{Title: "Java Developer", Description: "React Native and C# too. Java, java."}, "csharp java react-native"},
		{job.Posting{Title: "Operator", Description: "typing karna hai, computer ka gyan"}, "computer-basics typing"},
		{job.Posting{Title: "SAP FICO Consultant", Company: "Oracle Database House"}, "sap-fico"},
		{job.Posting{Title: "Clerk at SAP Labs"}, ""},
		{job.Posting{Title: "Clerk"}, ""},
	} {
		f := read(tt.posting)
		if got := strings.Join(f.Skills, " "); got != tt.want || f.Skills == nil {
			t.Errorf("%+v: %q, want %q", tt.posting, got, tt.want)
		}
	}
}
