package conformance

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/ledger"
)

func versions(t *testing.T, p Place) {
	l := open(t, p.Locator)
	first := entry("a", "1", "Clerk")
	first.Posting.Extra = []job.Member{{Key: "x", Value: []byte(`{"b":1, "a":2}`)}}
	same := first
	same.Posting.URL = "http://elsewhere.example/1"
	same.Posting.Extra = []job.Member{{Key: "x", Value: []byte(`{"a":2,"b":1}`)}}
	changed := entry("a", "1", "Senior clerk")
	got := []job.Change{
		storeAll(t, l, day, first)[0], storeAll(t, l, day.Add(time.Hour), same)[0], storeAll(t, l, day.Add(2*time.Hour), changed)[0],
	}
	if diff := cmp.Diff([]job.Change{job.New, job.Unchanged, job.Changed}, got); diff != "" {
		t.Error(diff)
	}
	records, err := l.Get(t.Context(), "1")
	if err != nil || len(records) != 1 {
		t.Fatalf("%d records: %v", len(records), err)
	}
	r := records[0]
	if r.Posting.Title != "Senior clerk" || r.Version != 2 || r.Revision != 2 || !r.FirstSeen.Equal(day) || !r.LastSeen.Equal(day.Add(2*time.Hour)) {
		t.Errorf("record %+v", r)
	}
	versions, err := l.Versions(t.Context(), r)
	if err != nil || len(versions) != 2 || versions[0].Posting.Title != "Clerk" || versions[1].Posting.Title != "Senior clerk" {
		t.Errorf("versions %+v: %v", versions, err)
	}
}

func relativeDates(t *testing.T, p Place) {
	l := open(t, p.Locator)
	e := entry("a", "1", "Clerk")
	e.Posting.Posted, e.PostedHow, e.Posted = "3 weeks ago", job.DateInferred, "2026-02-17"
	storeAll(t, l, day, e)
	e.Posting.Posted, e.Posted = "4 weeks ago", "2026-02-24"
	if got := storeAll(t, l, day, e)[0]; got != job.Unchanged {
		t.Errorf("a later look: %s", got)
	}
	e.Posting.Title = "Clerk, night shift"
	storeAll(t, l, day, e)
	records, err := l.Get(t.Context(), "1")
	if err != nil || records[0].Posted != "2026-02-17" || records[0].PostedHow != job.DateInferred {
		t.Errorf("posted %s, want the date of the first sight: %v", records[0].Posted, err)
	}
}

// boundedDates keeps a bound until more is known, and a known day whatever bound
// is said later.
func boundedDates(t *testing.T, p Place) {
	l := open(t, p.Locator)
	e := entry("a", "1", "Clerk")
	for i, step := range []struct {
		text, date string
		how        job.DateKnown
		want       string
		wantHow    job.DateKnown
	}{
		{"30+ days ago", "2026-02-08", job.DateBounded, "2026-02-08", job.DateBounded},
		{"31+ days ago", "2026-02-10", job.DateBounded, "2026-02-08", job.DateBounded},
		{"3 weeks ago", "2026-02-17", job.DateInferred, "2026-02-17", job.DateInferred},
		{"30+ days ago", "2026-02-20", job.DateBounded, "2026-02-17", job.DateInferred},
		{"2026-01-31", "2026-01-31", job.DateStated, "2026-01-31", job.DateStated},
	} {
		e.Posting.Title = fmt.Sprintf("Clerk %d", i)
		e.Posting.Posted, e.Posted, e.PostedHow = step.text, step.date, step.how
		storeAll(t, l, day, e)
		records, err := l.Get(t.Context(), "1")
		if err != nil || len(records) != 1 {
			t.Fatalf("%d records: %v", len(records), err)
		}
		if r := records[0]; r.Posted != step.want || r.PostedHow != step.wantHow {
			t.Errorf("after %q: %s, %s; want %s, %s", step.text, r.Posted, r.PostedHow, step.want, step.wantHow)
		}
	}
}

func has(t *testing.T, p Place) {
	l := open(t, p.Locator)
	storeAll(t, l, day, entry("a", "1", "Clerk"))
	for _, tt := range []struct {
		source, id string
		want       bool
	}{{"a", "1", true}, {"b", "1", false}, {"a", "2", false}} {
		if got, err := l.Has(t.Context(), tt.source, tt.id); got != tt.want || err != nil {
			t.Errorf("%s of %s: %v, %v", tt.id, tt.source, got, err)
		}
	}
}

// What another process has changed since it was looked up is not stored without
// a reading.
func knownNoMore(t *testing.T, p Place) {
	a, b := open(t, p.Locator), open(t, p.Locator)
	ctx := t.Context()
	storeAll(t, a, day, entry("s", "1", "Clerk"), entry("s", "2", "Typist"))
	entries := []ledger.Entry{entry("s", "1", "Clerk"), entry("s", "2", "Typist"), entry("s", "3", "Agent")}
	for i := range entries {
		entries[i].Reading = nil
	}
	known, err := a.Known(ctx, entries)
	if err != nil || !slices.Equal(known, []bool{true, true, false}) {
		t.Fatalf("known %v: %v", known, err)
	}
	if _, _, err := b.Forget(ctx, []string{"2"}); err != nil {
		t.Fatal(err)
	}
	changes, err := a.Store(ctx, nil, entries)
	if want := []job.Change{job.Unchanged, ledger.Unread, ledger.Unread}; err != nil || !slices.Equal(changes, want) {
		t.Errorf("got %q, want %q: %v", changes, want, err)
	}
}

// Of two entries of one posting the second is read, whatever the first says.
func knownTwice(t *testing.T, p Place) {
	l := open(t, p.Locator)
	storeAll(t, l, day, entry("s", "1", "Clerk"))
	known, err := l.Known(t.Context(), []ledger.Entry{entry("s", "1", "Typist"), entry("s", "1", "Clerk"), entry("t", "1", "Clerk")})
	if err != nil || !slices.Equal(known, []bool{false, false, false}) {
		t.Errorf("known %v: %v", known, err)
	}
}

// Readings are made outside the transaction; those of a posting that changes
// meanwhile are not stored over the newer ones.
func rereadBesideAWrite(t *testing.T, p Place) {
	a, b := open(t, p.Locator), open(t, p.Locator)
	ctx := t.Context()
	storeAll(t, a, day, entry("s", "1", "Clerk"), entry("s", "2", "Clerk"), entry("s", "3", "Clerk"))
	calls := 0
	read := func(rs []*ledger.Record) ([]ledger.Reading, error) {
		if calls++; calls == 1 {
			storeAll(t, b, day, entry("s", "2", "Senior clerk"))
		}
		out := make([]ledger.Reading, len(rs))
		for i, r := range rs {
			out[i].Verdict.Function = job.Function(r.Posting.Title)
		}
		return out, nil
	}
	var seen []string
	n, err := a.Reread(ctx, day, read, func(r *ledger.Record, to *ledger.Reading) {
		seen = append(seen, r.Posting.ID+" "+string(to.Verdict.Function))
	})
	slices.Sort(seen)
	if want := []string{"1 Clerk", "2 Senior clerk", "3 Clerk"}; err != nil || n != 3 || !slices.Equal(seen, want) {
		t.Errorf("%d readings, %q, want %q: %v", n, seen, want, err)
	}
	records, err := a.Get(ctx, "2")
	if err != nil || len(records) != 1 || records[0].Verdict.Function != "Senior clerk" || records[0].Version != 2 {
		t.Errorf("%+v: %v", records, err)
	}
}

// What was forgotten can be forgotten again, and is removed from every index once
// more.
func forgetTwice(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	storeAll(t, l, day, entry("s", "1", "Clerk"))
	for range 2 {
		n, unknown, err := l.Forget(ctx, []string{"1", "2"})
		if n != 1 || err != nil || !slices.Equal(unknown, []string{"2"}) {
			t.Fatalf("%d forgotten, %v unknown: %v", n, unknown, err)
		}
		waiting, err := l.Waiting(ctx, "ix:1", 0, 10)
		if err != nil || len(waiting) != 1 || !waiting[0].Forgotten {
			t.Fatalf("%d wait: %v", len(waiting), err)
		}
		if err := l.Acknowledge(ctx, "ix:1", day, []ledger.Delivery{{N: waiting[0].N, Revision: waiting[0].Revision}}); err != nil {
			t.Fatal(err)
		}
	}
	if got := storeAll(t, l, day, entry("s", "1", "Clerk")); got[0] != job.New {
		t.Errorf("when it is seen again: %s", got[0])
	}
}

func readOtherwise(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	reading := func(rules string) *ledger.Reading { return &ledger.Reading{Verdict: job.Verdict{RulesVersion: rules}} }
	for id, rules := range map[string]string{"a": "old", "b": "old", "c": "new"} {
		e := entry("s", id, "Typist")
		e.Reading = reading(rules)
		storeAll(t, l, day, e)
	}
	check := func(want int) {
		t.Helper()
		if n, _, err := l.ReadOtherwise(ctx, "new"); n != want || err != nil {
			t.Errorf("%d were read by other rules, want %d: %v", n, want, err)
		}
	}
	check(2)
	if _, _, err := l.Forget(ctx, []string{"a"}); err != nil {
		t.Fatal(err)
	}
	check(1)
	_, err := l.Reread(ctx, time.Unix(1, 0), func(records []*ledger.Record) ([]ledger.Reading, error) {
		out := make([]ledger.Reading, len(records))
		for i := range out {
			out[i] = *reading("new")
		}
		return out, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	check(0)
}
