package show

import (
	"testing"

	"jobsieve/classifier"
	"jobsieve/desk"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/trust"
)

// TestExplanation shows why a posting has its label: stored with all that can be
// known of it, and one that says nothing.
func TestExplanation(t *testing.T) {
	low, high, raw := 12000.0, 15000.0, "12-15k"
	evidence := []job.Evidence{{Rule: "caller", Field: job.FieldTitle, Start: 0, End: 10, Weight: 3}}
	full := desk.Explanation{
		Record: &ledger.Record{
			Posting: job.Posting{ID: "1", Source: "acme", Title: "Telecaller\x1b[31m, night", Company: "Acme", Salary: raw},
			Version: 2, Posted: "2026-10-30", FirstSeen: day,
			Reading: ledger.Reading{
				Facts: job.Facts{Language: "en", Readings: []job.FactSpan{
					{Fact: "shift", Value: "night", Field: job.FieldTitle, Text: "night"},
				}},
				Pay: job.Pay{
					Kind: job.PayOffer, Min: &low, Max: &high, Currency: "INR", Period: job.Opt(job.PerMonth), PeriodInferred: true,
					Basis: job.BasisUnspecified, Suspect: true, Raw: &raw, Field: job.Opt(job.FieldSalary),
				},
				Verdict: job.Verdict{
					Label: job.BPO, Function: "telesales-collections", Score: 0.75, Margin: 0.5,
					RulesVersion: "abc", Evidence: evidence,
				},
			},
		},
		Criteria: []desk.Criterion{{ID: "D3", Says: "It sells by telephone.", Evidence: evidence}},
		// A ledger that was meddled with may say anything.
		Undone:  []job.Evidence{{Rule: "beyond", Field: job.FieldTitle, Start: 900, End: 3, Weight: -1}},
		Likely:  []classifier.Likely{{Label: job.BPO, Share: 0.9, Words: []string{"night", "\x1b[31mcall"}}, {Label: job.KPO, Share: 0.1}},
		Signals: []trust.Signal{{Kind: trust.PayFarAbove, Says: "pays a lot", Because: "more", Field: job.FieldSalary, End: 6}},
		History: []ledger.Earlier{{Until: day, Reading: ledger.Reading{
			Verdict: job.Verdict{Label: job.KPO, Function: "analytics", RulesVersion: "old"},
		}}},
	}
	bare := desk.Explanation{Record: &ledger.Record{
		Posting: job.Posting{Title: "Staff", URL: "https://acme.example/1"},
		Reading: ledger.Reading{
			Facts: job.Facts{Language: "en"}, Pay: job.Pay{Kind: job.PayNone},
			Verdict: job.Verdict{Label: job.Unclassified, Reason: "no_evidence"},
		},
	}}
	for name, tt := range map[string]struct {
		explained *desk.Explanation
		want      string
	}{
		"full": {&full, "Telecaller[31m, night\n" +
			"Acme · 12-15k\n" +
			"1, source acme, version 2, posted 2026-10-30, first seen 2026-11-01\n\n" +
			"BPO, telesales-collections: score 0.75, margin 0.50, outsourced false, rules abc\n" +
			"  D3: It sells by telephone.\n" +
			"    +3.0 caller, title 0–10: …[Telecaller][31m, night…\n" +
			"  matched, and taken back by what else is said\n" +
			"    -1.0 beyond, title 900–3: …Telecaller[31m, night[]…\n" +
			"  its words, beside those of labelled postings\n    0.90 BPO: night, [31mcall\n    0.10 KPO: –\n\n" +
			"pay: offer 12,000 to 15,000 INR a month (inferred), unspecified, suspect; read from salary: 12-15k\n" +
			"shift: night; read from title: night\n" +
			"language: en\n" +
			"signal pay_far_above: pays a lot; more; salary 0–6: …[12-15k]…\n" +
			"until 2026-11-01: KPO analytics, score 0.00, rules old\n"},
		"bare": {&bare, "Staff\n\n" +
			"https://acme.example/1\n\n" +
			"UNCLASSIFIED (no_evidence): score 0.00, margin 0.00, outsourced false, rules \n" +
			"  no rule matched\n\n" +
			"pay: none\nlanguage: en\n"},
	} {
		t.Run(name, func(t *testing.T) {
			shows(t, func(w *Printer) error { return w.Explanation(tt.explained) }, tt.want)
		})
	}
}
