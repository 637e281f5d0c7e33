package report

import (
	"bytes"
	"testing"

	"jobsieve/indexer"
)

// TestMerge counts postings in two tallies, cut at every place, and wants the table of one.
func TestMerge(t *testing.T) {
	docs := append(spelled(), some()...)
	docs = append(docs, docs[:7]...)
	for _, by := range [][]string{nil, {"label"}, {"employer"}, {"city", "employer", "skill"}} {
		table := func(halves ...[]*indexer.Document) string {
			pay := NewPay(Options{By: by, Period: "year"})
			for i, half := range halves {
				tallies := pay.Tallies()
				for _, tally := range tallies {
					into := tally
					if i > 0 {
						into = NewTally(tally.By...)
					}
					for _, d := range half {
						into.Add(d, d.Posted)
					}
					if i > 0 {
						tally.Merge(into)
					}
				}
			}
			var b bytes.Buffer
			made := pay.Table()
			if err := made.CSV(&b, false); err != nil {
				t.Fatal(err)
			}
			return b.String() + made.About.String()
		}
		want := table(docs)
		for cut := range len(docs) + 1 {
			if got := table(docs[:cut], docs[cut:]); got != want {
				t.Fatalf("by %q, cut at %d:\n%s\nwant\n%s", by, cut, got, want)
			}
		}
	}
}
