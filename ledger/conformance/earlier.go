package conformance

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"jobsieve/job"
	"jobsieve/ledger"
)

// earlierAtOnce has several ask one open ledger for an earlier day at once, who all have come
// to the first summary before any goes on: none waits for another for ever.
func earlierAtOnce(t *testing.T, p Place) {
	const asking, postings, rules = 8, 600, "1"
	l := open(t, p.Locator)
	known := entry("s", "0", "Clerk")
	known.Reading.Verdict.RulesVersion = rules
	entries := []ledger.Entry{known}
	for i := range postings {
		entries = append(entries, entry("s", fmt.Sprint(i+1), "Clerk"))
	}
	storeAll(t, l, day, entries...)
	if _, _, err := l.ReadOtherwise(t.Context(), rules); err != nil { // it is watched from now on
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var met sync.WaitGroup
	met.Add(asking)
	all := make(chan struct{})
	go func() {
		met.Wait()
		close(all)
	}()
	group, ctx := errgroup.WithContext(ctx)
	for range asking {
		group.Go(func() error {
			records := 0
			meet := func(int64, *job.Summary) {
				met.Done()
				select {
				case <-all:
				case <-ctx.Done():
				}
			}
			err := l.Lend().SummariesBefore(ctx, day.AddDate(0, 0, 1), rules, meet, func(some []*ledger.Record) error {
				records += len(some)
				return nil
			})
			if err == nil && records != postings {
				err = fmt.Errorf("%d records, want %d", records, postings)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
}
