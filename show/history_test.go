package show

import (
	"strings"
	"testing"
	"time"

	"jobsieve/desk"
	"jobsieve/job"
	"jobsieve/ledger"
)

// TestHistory shows what became of a posting whose texts are hostile.
func TestHistory(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 1, hour, 0, 0, 0, job.IST) }
	long := "We answer the calls of customers of a bank in three languages, and "
	h := desk.History{
		Record: &ledger.Record{Posting: job.Posting{ID: "1", Source: "acme", Title: "Cook\x1b[31m"}, State: job.StateClosed},
		Events: []desk.Event{
			{At: at(1), Version: &desk.NewVersion{Number: 1}},
			{At: at(2), Version: &desk.NewVersion{Number: 2, Changes: []desk.Change{
				{Field: "salary", To: "12k\x1b]0;"},
				{Field: "description", From: long + "mail\nthem.", To: long + strings.Repeat("telephone ", 9)},
			}}},
			{At: at(3), ReadAnew: &desk.ReadAnew{
				Earlier: ledger.Reading{Verdict: job.Verdict{Label: job.BPO, Function: "f", RulesVersion: "old"}},
				Changes: []desk.Change{{Field: "label", From: "BPO", To: "KPO"}},
			}},
			{At: at(4), ReadAnew: &desk.ReadAnew{Earlier: ledger.Reading{Verdict: job.Verdict{Label: job.KPO, Function: "g"}}}},
			{At: at(5), Turn: &ledger.Turn{State: job.StateClosed, Cause: job.CauseMissed, Crawl: 7}},
			{At: at(6), Hand: &job.HandLabel{Label: job.KPO, Function: "g", Because: "so\x07", By: "me"}},
		},
	}
	shows(t, func(w *Printer) error { return w.History(&h) }, `Cook[31m
1, source acme: closed

2026-11-01 01:00  version 1
2026-11-01 02:00  version 2
                  salary: – → 12k]0;
                  description: …languages, and mail them. → …languages, and telephone telephone telephone tel…
2026-11-01 03:00  read anew; before it was BPO f, score 0.00, by the rules old
                  label: BPO → KPO
2026-11-01 04:00  read anew; before it was KPO g, score 0.00, by the rules –
                  what was read then is not kept: the text changed since
2026-11-01 05:00  closed: complete crawls did not find it any more (crawl 7 of its source)
2026-11-01 06:00  labelled KPO g by hand, by me: so
`)
}
