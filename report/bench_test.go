package report

import (
	"fmt"
	"runtime"
	"testing"

	"jobsieve/indexer"
	"jobsieve/job"
)

// BenchmarkTally counts a million postings: in 100,000 groups by company, by employer, and by three
// fields, one of which may have two values. It reports the memory that the tally holds.
func BenchmarkTally(b *testing.B) {
	const postings = 1_000_000
	for name, by := range map[string][]string{"company": {"company"}, "employer": {"employer"}, "three": {"city", "label", "function"}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var before, after runtime.MemStats
			for b.Loop() {
				runtime.GC()
				runtime.ReadMemStats(&before)
				t := NewTally(by...)
				countMany(t, postings)
				runtime.GC()
				runtime.ReadMemStats(&after)
				if t.Total.Postings != postings || t.Total.Vacancies() != postings*9/10 {
					b.Fatalf("%d postings, %d vacancies", t.Total.Postings, t.Total.Vacancies())
				}
			}
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "held-MB")
			b.ReportMetric(float64(after.Sys)/1e6, "peak-MB")
		})
	}
}

// countMany counts n postings of 100,000 companies in 500 cities.
func countMany(t *Tally, n int) {
	const companies, cities, amounts, thousand = 100_000, 500, 60, 1000
	company, city := make([]string, companies), make([]string, cities)
	for i := range company {
		company[i] = fmt.Sprintf("Company %d", i)
	}
	for i := range city {
		city[i] = fmt.Sprintf("City %d", i)
	}
	labels := []job.Label{job.BPO, job.KPO, job.Unclassified}
	d := &indexer.Document{}
	pay := job.Pay{Kind: job.PayOffer, Currency: "INR", AnnualMin: new(int64), AnnualMax: new(int64)}
	for i := range n {
		at := i * 7919
		d.Company, d.City = company[at%companies], city[i%cities:i%cities+1]
		d.Label, d.Function = string(labels[i%len(labels)]), "function "+string(rune('a'+i%7))
		d.Vacancy = fmt.Sprintf("%016x", i%(n*9/10))
		*pay.AnnualMin = int64(at%amounts) * thousand
		*pay.AnnualMax = *pay.AnnualMin + int64(i%amounts)*thousand
		pay.Kind = job.PayKinds[i%len(job.PayKinds)]
		d.Detail.Pay = pay
		t.Add(d, "2026-01-01")
	}
}
