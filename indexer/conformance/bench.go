package conformance

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"jobsieve/indexer"
	"jobsieve/job"
	"jobsieve/report"
)

// BenchmarkCounts makes pay tables of 100,000 documents, or of as many as
// JOBSIEVE_BENCH_POSTINGS says, with and without vacancies, from an empty index.
func BenchmarkCounts(b *testing.B, ix indexer.Index) {
	n := 100_000
	if v := os.Getenv("JOBSIEVE_BENCH_POSTINGS"); v != "" {
		if _, err := fmt.Sscan(v, &n); err != nil {
			b.Fatal(err)
		}
	}
	deliverMany(b, ix, n)
	for _, names := range []string{"", "label", "city,label,function", "company"} {
		by := strings.FieldsFunc(names, func(r rune) bool { return r == ',' })
		for _, without := range []bool{false, true} {
			b.Run(fmt.Sprintf("by=%s/vacancies=%t", names, !without), func(b *testing.B) {
				for b.Loop() {
					pay := report.NewPay(report.Options{By: by, Period: job.PerYear})
					pay.Tallies()[0].NoVacancies = without
					if err := Count(b, pay, ix, &indexer.Query{}); err != nil {
						b.Fatal(err)
					}
					if got := pay.Table().Postings; got != n {
						b.Fatalf("%d postings, want %d", got, n)
					}
				}
			})
		}
	}
}

// deliverMany delivers n documents of a tenth as many companies, in 500 cities, in as many
// goroutines as the index takes.
func deliverMany(b *testing.B, ix indexer.Index, n int) {
	b.Helper()
	const page = 2000
	var wait sync.WaitGroup
	lanes := min(2, ix.Parallel())
	for first := range lanes {
		wait.Go(func() {
			for from := first * page; from < n; from += lanes * page {
				var docs []indexer.Document
				for i := from; i < min(n, from+page); i++ {
					docs = append(docs, manyOf(i, n))
				}
				if _, err := ix.Deliver(b.Context(), docs); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wait.Wait()
	if got, err := ix.Count(b.Context()); err != nil || got != n {
		b.Fatalf("%d documents, want %d: %v", got, n, err)
	}
}

func manyOf(i, n int) (d indexer.Document) {
	const prime, cities, labels, functions, amounts, thousand = 7919, 500, 3, 7, 60, 12_000
	at := i * prime
	d.Key, d.Revision, d.SchemaVersion = fmt.Sprint(i), 1, indexer.SchemaVersion
	d.Company, d.City = fmt.Sprintf("Company %d", at%(n/10)), []string{fmt.Sprintf("City %d", i%cities)}
	d.Label, d.Function = fmt.Sprintf("L%d", i%labels), fmt.Sprintf("f%d", i%functions)
	d.FirstSeen, d.Posted = "2026-01-01", fmt.Sprintf("2025-%02d-01", 1+i%12)
	vacancy := i % (n * 9 / 10)
	d.Vacancy, d.VacancyRole = fmt.Sprintf("%016x", uint64(vacancy)*0x9E3779B97F4A7C15), "alone"
	if vacancy < n/10 { // those that two postings have
		d.VacancyRole = "other"
	}
	low := int64(at%amounts) * thousand
	high := low + int64(i%amounts)*thousand
	kind := job.PayNone
	if i%4 == 0 {
		kind = job.PayOffer
	}
	d.SetPay(&job.Pay{Kind: kind, Currency: "INR", AnnualMin: &low, AnnualMax: &high})
	return d
}
