package report_test

import (
	"bytes"
	"context"
	"errors"
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

// board is the sample board as documents, as a ledger has them that compared all by
// vacancy, all first seen on one day.
var board = sync.OnceValues(func() (out []indexer.Document, err error) {
	dir, err := os.MkdirTemp("", "board")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	entries, err := boardEntries()
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	l, err := ledger.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	if _, err = l.Store(ctx, nil, entries); err == nil {
		_, err = l.GroupVacancies(ctx, nil)
	}
	if err != nil {
		return nil, err
	}
	return out, l.Each(ctx, func(r *ledger.Record) error {
		out = append(out, chosen.DocumentOf(r))
		return nil
	})
})

// boardEntries are the postings of the sample board, read.
func boardEntries() (out []ledger.Entry, err error) {
	postings, err := sampleboard.Postings()
	if err != nil {
		return nil, err
	}
	r, err := pipeline.NewReader("", nil)
	if err != nil {
		return nil, err
	}
	for i := range postings {
		p := postings[i].Job()
		p.ID, p.Source = postings[i].ID, "naukri-chowk"
		reading := r.Read(&p)
		out = append(out, ledger.Entry{
			Posting: p, Posted: p.Posted, Seen: time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC), Reading: &reading,
		})
	}
	return out, nil
}

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
