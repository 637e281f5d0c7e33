package report

import (
	"math"
	"strings"
	"testing"

	"jobsieve/indexer"
	"jobsieve/internal/sentence"
	"jobsieve/job"
)

// TestMedians wants the medians of samples drawn anew to lie about the median as theory
// has it, for even and odd numbers of values, and the same each time.
func TestMedians(t *testing.T) {
	for _, n := range []int{5, 101, 1000} {
		var v Values
		for i := range n {
			v.amounts, v.upTo = append(v.amounts, float64(i)), append(v.upTo, i+1)
		}
		drawn := v.medians(seeded())
		sum, squares := 0.0, 0.0
		for _, m := range drawn {
			sum += m
			squares += (m - float64(n-1)/2) * (m - float64(n-1)/2)
		}
		mean, deviation := sum/rounds, math.Sqrt(squares/rounds)
		wanted := math.Sqrt(float64(n)) / 2 // of uniform values: n / (2 √n)
		if math.Abs(mean-float64(n-1)/2) > 0.1*wanted || n > 5 && math.Abs(deviation/wanted-1) > 0.1 {
			t.Errorf("%d values: mean %.2f, deviation %.2f, want %.2f and %.2f", n, mean, deviation, float64(n-1)/2, wanted)
		}
		if again := v.medians(seeded()); again[rounds-1] != drawn[rounds-1] {
			t.Error("another time other medians")
		}
	}
}

// sides are ten BPO postings of 2 lakh and ten KPO ones of 5 lakh a year and some more, a
// third of which are hospital posts.
func sides() (docs []*indexer.Document) {
	for i := range int64(10) {
		bpo := offer("b", "2026-01-01", job.BPO, nil, 200000+1000*i, 200000+1000*i)
		kpo := offer("k", "2026-01-01", job.KPO, nil, 500000+1000*i, 500000+1000*i)
		bpo.Function, kpo.Function = []string{"back-office", "technical-support", "content-writing", "hr", "data"}[i%5], "data-analytics"
		bpo.Source, kpo.Source = "a", "a"
		if i%3 == 0 {
			kpo.Function, kpo.Source = "medical-services", "b"
		}
		docs = append(docs, bpo, kpo)
	}
	silent := offer("s", "2026-01-01", job.KPO, nil, 0, 0)
	silent.SetPay(&job.Pay{Kind: job.PayNone})
	silent.Function, silent.Source = "legal-ip", "a"
	return append(docs, silent, silent, silent, silent)
}

func TestComparison(t *testing.T) {
	c := NewComparison(job.PerYear, "label", "bpo", "KPO")
	lines := linesOf(t, c, sides()...)
	if len(lines) != 4 || !strings.HasPrefix(lines[1], "BPO,10,10,1.0000,year,10,204500,") || !strings.HasPrefix(lines[2], "KPO,14,10,0.7143,") {
		t.Fatalf("%s", strings.Join(lines, "\n"))
	}
	if !strings.HasSuffix(lines[2], `"data-analytics 43 %, legal-ip 29 %, medical-services 29 %","a 71 %, b 29 %"`) {
		t.Error(lines[2])
	}
	table := c.Table()
	row := table.Rows[2]
	difference, from, to := row[6].(int), row[7].(int), row[8].(int)
	if row[0] != "difference" || difference != 300000 || from >= difference || to <= difference || to-from > 12000 {
		t.Errorf("%v", row)
	}
	notes := strings.Join(sentence.Texts(table.Notes), "\n")
	for _, want := range []string{"100 % of BPO and 71 % of KPO state pay", "60 % of the KPO postings that state pay are data-analytics"} {
		if !strings.Contains(notes, want) {
			t.Errorf("%q is not said: %s", want, notes)
		}
	}
	if strings.Contains(notes, "boards") || strings.Contains(notes, "of the BPO") {
		t.Error(notes)
	}
}

func TestComparisonOfOtherWork(t *testing.T) {
	c := NewComparison(job.PerYear, "source", "a", "b")
	linesOf(t, c, sides()...)
	if notes := strings.Join(sentence.Texts(c.Table().Notes), "\n"); !strings.Contains(notes, "a and b hold other work (100 % differs)") || strings.Contains(notes, "other boards") {
		t.Error(notes)
	}
	c = NewComparison(job.PerYear, "label", "BPO", "RPO")
	linesOf(t, c, sides()...)
	if table := c.Table(); len(table.Notes) != 1 || table.Notes[0].String() != "No posting has label RPO." || table.Rows[2][6] != nil {
		t.Errorf("%q", table.Notes)
	}
}

// TestTopAcross keeps the rows that have the most postings in all columns, not in the first.
func TestTopAcross(t *testing.T) {
	docs := sides()
	for _, d := range docs {
		d.City = []string{"few"}
		if d.Label == "KPO" {
			d.City = []string{"many"}
		}
	}
	r := NewAcross(NewCount, "label", "city")
	linesOf(t, r, docs...)
	table := r.Table()
	if err := table.Choose(Choice{Top: 1}); err != nil || len(table.Rows) != 1 || table.Rows[0][0] != "many" {
		t.Errorf("%v: %v", table.Rows, err)
	}
	if len(table.Notes) != 1 || !strings.Contains(table.Notes[0].String(), "the first by postings") {
		t.Errorf("%q", table.Notes)
	}
}

func TestRupeesBelowNothing(t *testing.T) {
	if got := People(KindRupees, "-3125"); got != "−₹3,125" {
		t.Error(got)
	}
}

// TestComparisonOfSpellings takes the value as it is before those in other letters, and
// knows two spellings of one thing.
func TestComparisonOfSpellings(t *testing.T) {
	c := NewComparison(job.PerYear, "company", "acme", "ACME")
	docs := sides()
	for i, d := range docs {
		d.Company = []string{"Acme", "acme", "ACME", "acme"}[i%4]
	}
	linesOf(t, c, docs...)
	if rows := c.Table().Rows; rows[0][0] != "acme" || rows[1][0] != "ACME" {
		t.Errorf("%v", rows)
	}
	if !AreOne("employer", "Acme Ltd.", "ACME") || AreOne("employer", "Acme", "Beta") || AreOne("company", "Acme", "Acme Ltd.") {
		t.Error("which names are one employer")
	}
}
