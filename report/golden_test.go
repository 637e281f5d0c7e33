package report_test

import (
	"bytes"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/report"
	"jobsieve/sampleboard"
)

// board is the sample board as documents, all first seen on one day.
var board = sync.OnceValues(func() ([]indexer.Document, error) {
	postings, err := sampleboard.Postings()
	if err != nil {
		return nil, err
	}
	r, err := pipeline.NewReader("", nil)
	if err != nil {
		return nil, err
	}
	var out []indexer.Document
	for i := range postings {
		p := postings[i].Job()
		p.ID, p.Source = postings[i].ID, "naukri-chowk"
		record := ledger.Record{Key: ledger.Key(p.Source, p.ID), Posting: p, Reading: r.Read(&p), Posted: p.Posted}
		record.Vacancy, record.Role = job.VacancyOf(record.Key), job.RoleAlone
		record.FirstSeen = time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)
		out = append(out, chosen.DocumentOf(&record))
	}
	return out, nil
})

// tableOf makes the table of a report on the sample board.
func tableOf(t *testing.T, ask report.Report) *report.Table {
	t.Helper()
	documents, err := board()
	if err != nil {
		t.Fatal(err)
	}
	for i := range documents {
		date := documents[i].Posted
		if date == "" {
			date = documents[i].FirstSeen
		}
		for _, tally := range ask.Tallies() {
			tally.Add(&documents[i], date)
		}
	}
	return ask.Table()
}

// TestReleasedBytes compares the CSV of pay tables with that of the version which
// released it: header and bytes stay.
func TestReleasedBytes(t *testing.T) {
	for name, opts := range map[string]report.Options{
		"pay-year-label":            {By: []string{"label"}, Period: job.PerYear},
		"pay-month-label-function":  {By: []string{"label", "function"}, Period: job.PerMonth},
		"pay-month-city-experience": {By: []string{"city", "experience"}, Period: job.PerMonth},
		"pay-month-company":         {By: []string{"company"}, Period: job.PerMonth},
		"pay-month-month":           {By: []string{"month"}, Period: job.PerMonth},
		"pay-year-all":              {Period: job.PerYear},
	} {
		want, err := os.ReadFile("testdata/" + name + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := tableOf(t, report.NewPay(opts)).CSV(&got, false); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
