// Package conformance is the suite that a ledger passes at every kind of
// locator: what was written is read back the same.
package conformance

import (
	"context"
	"testing"
	"time"

	"jobsieve/job"
	"jobsieve/ledger"
)

// Place is where one ledger may be made.
type Place struct {
	// Locator leads to a ledger that does not exist yet.
	Locator string
	// Beside gives the locator of one more.
	Beside func(t *testing.T) string
	// Exec has the database of that ledger execute a statement behind its back. Bytes
	// stand in it as x'00ff'.
	Exec func(t *testing.T, statement string)
}

// Run runs the suite; place gives each test a place of its own.
func Run(t *testing.T, place func(t *testing.T) Place) {
	t.Helper()
	for _, test := range []struct {
		name string
		run  func(*testing.T, Place)
	}{
		{"attach", attach},
		{"opened at once", openedAtOnce},
		{"versions", versions},
		{"texts byte for byte", texts},
		{"relative dates", relativeDates},
		{"bounded dates", boundedDates},
		{"has", has},
		{"known no more", knownNoMore},
		{"known twice", knownTwice},
		{"one posting stored at once", storedAtOnce},
		{"reread beside a write", rereadBesideAWrite},
		{"reread in chunks", rereadInChunks},
		{"read by other rules", readOtherwise},
		{"forget twice", forgetTwice},
		{"label by hand", labelByHand},
		{"label by hand beside a reading", labelBesideAReading},
		{"vacancies", vacancies},
		{"vacancies wait", vacanciesWait},
		{"vacancies of many postings", vacanciesOfMany},
		{"vacancies in any order", vacanciesInAnyOrder},
		{"keys", keys},
		{"long ids", longIDs},
		{"names", names},
		{"order", order},
		{"deliveries", deliveries},
		{"receipts", receipts},
		{"one owner", oneOwner},
		{"one owner of many at once", claimedAtOnce},
		{"claims", claims},
		{"unended crawls", unended},
		{"machines", machines},
		{"last crawl of none", lastCrawlOfNone},
		{"last page", lastPage},
		{"cut off crawl", cutOffCrawl},
		{"frontiers", frontiers},
		{"states", states},
		{"turns", turns},
		{"earlier days at once", earlierAtOnce},
		{"unread sources", unread},
		{"addresses", addresses},
		{"addresses that only postings tell of", adopted},
		{"an address that gives another posting", replaced},
		{"due", due},
		{"due once", dueOnce},
		{"told sick", toldSick},
		{"slots of a host", slots},
		{"slots at once", slotsAtOnce},
		{"how a host does", conditions},
		{"robots.txt", robots},
		{"old hosts", oldHosts},
		{"saved searches", saved},
		{"postings by number", between},
		{"damaged rows", damagedRows},
		{"damaged receipt", damagedReceipt},
		{"verify", verify},
		{"prune", prune},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, place(t)) })
	}
}

var day = time.Date(2026, 3, 10, 9, 0, 0, 0, job.IST)

// open opens a ledger, as one more process would.
func open(t *testing.T, locator string) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(t.Context(), locator)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func entry(source, id, title string) ledger.Entry {
	return ledger.Entry{Posting: job.Posting{Source: source, ID: id, Title: title}, Reading: &ledger.Reading{}}
}

func storeAll(t *testing.T, l *ledger.Ledger, now time.Time, entries ...ledger.Entry) []job.Change {
	t.Helper()
	for i := range entries {
		entries[i].Seen = now
	}
	changes, err := l.Store(context.WithoutCancel(t.Context()), nil, entries)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// get gives the one posting with a name.
func get(t *testing.T, l *ledger.Ledger, name string) *ledger.Record {
	t.Helper()
	records, err := l.Get(t.Context(), name)
	if err != nil || len(records) != 1 {
		t.Fatalf("%q: %d records: %v", name, len(records), err)
	}
	return records[0]
}
