package ledger

import (
	"database/sql"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"jobsieve/job"
)

// twice opens one ledger as two processes would.
func twice(t *testing.T) (a, b *Ledger) {
	t.Helper()
	dir := t.TempDir()
	for _, l := range []**Ledger{&a, &b} {
		opened, err := Open(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		*l = opened
		t.Cleanup(func() {
			if err := opened.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	return a, b
}

func TestACrawlHasOneOwner(t *testing.T) {
	a, b := twice(t)
	ctx := t.Context()
	first, err := a.BeginCrawl(ctx, "s", day, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Keep(ctx, "before", &Answer{Status: 200, At: day}); err != nil {
		t.Fatal(err)
	}
	var held *HeldError
	if _, err := b.BeginCrawl(ctx, "s", day, time.Millisecond); !errors.As(err, &held) {
		t.Errorf("a second crawl of the source: %v", err)
	}
	if _, err := b.LastCrawl(ctx, "s", 0); !errors.As(err, &held) {
		t.Errorf("its pages are read meanwhile: %v", err)
	}
	other, err := b.BeginCrawl(ctx, "s/2", day, 0)
	if err != nil {
		t.Fatalf("a crawl of another source: %v", err)
	}
	if err := errors.Join(first.Release(), other.Release()); err != nil {
		t.Fatal(err)
	}
	again, err := b.BeginCrawl(ctx, "s", day, 0)
	if err != nil || !again.Resumed {
		t.Fatalf("after its release: resumed %v, %v", again != nil && again.Resumed, err)
	}
	defer func() {
		if err := again.Release(); err != nil {
			t.Error(err)
		}
	}()
	// The first owner goes on all the same: nothing that it writes is taken.
	_, stored := a.Store(ctx, first, []Entry{entry("s", "1", "Clerk")})
	for what, err := range map[string]error{
		"store": stored, "keep": first.Keep(ctx, "r", &Answer{Status: 200, At: day}), "not modified": first.Keep(ctx, "r", &Answer{Status: 304, At: day}), "end": first.End(ctx),
	} {
		if !errors.Is(err, ErrClaimLost) {
			t.Errorf("%s of the earlier claim: %v", what, err)
		}
	}
	if n, err := a.Count(ctx); n != 0 || err != nil {
		t.Errorf("%d postings are stored: %v", n, err)
	}
	if _, ok, err := again.Kept(ctx, "r"); ok || err != nil {
		t.Errorf("a page is kept: %v", err)
	}
	if _, err := b.Store(ctx, again, []Entry{entry("s", "1", "Clerk")}); err != nil {
		t.Errorf("the owner stores: %v", err)
	}
}

func TestLastCrawlOfNone(t *testing.T) {
	l := openTest(t)
	for range 2 { // the claim is given up
		if _, err := l.LastCrawl(t.Context(), "s", 0); !errors.Is(err, ErrNoCrawl) {
			t.Errorf("got %v, want ErrNoCrawl", err)
		}
	}
}

// A write waits for another process, and is not refused.
func TestWritesWaitForOneAnother(t *testing.T) {
	a, b := twice(t)
	ctx := t.Context()
	writing, done := make(chan bool), make(chan bool)
	var group sync.WaitGroup
	group.Go(func() {
		err := a.transact(ctx, "hold the file", func(tx *sql.Tx) error {
			close(writing)
			<-done
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-writing
	tries := 0
	err := patiently(ctx, func() error {
		if tries++; tries == 2 {
			close(done)
		}
		return once(ctx, b.db, func(*sql.Tx) error { return nil })
	})
	group.Wait()
	if err != nil || tries < 2 {
		t.Errorf("after %d tries: %v", tries, err)
	}
}

// What another process has changed since it was looked up is not stored without
// a reading.
func TestStoreOfWhatIsKnownNoMore(t *testing.T) {
	a, b := twice(t)
	ctx := t.Context()
	storeTest(t, a, day, entry("s", "1", "Clerk"), entry("s", "2", "Typist"))
	entries := []Entry{entry("s", "1", "Clerk"), entry("s", "2", "Typist"), entry("s", "3", "Agent")}
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
	if want := []job.Change{job.Unchanged, Unread, Unread}; err != nil || !slices.Equal(changes, want) {
		t.Errorf("got %q, want %q: %v", changes, want, err)
	}
}

// Of two entries of one posting the second is read, whatever the first says.
func TestKnownOfOnePostingTwice(t *testing.T) {
	l := openTest(t)
	storeTest(t, l, day, entry("s", "1", "Clerk"))
	known, err := l.Known(t.Context(), []Entry{entry("s", "1", "Typist"), entry("s", "1", "Clerk"), entry("t", "1", "Clerk")})
	if err != nil || !slices.Equal(known, []bool{false, false, false}) {
		t.Errorf("known %v: %v", known, err)
	}
}

// Readings are made outside the transaction; those of a posting that changes
// meanwhile are not stored over the newer ones.
func TestRereadBesideAWrite(t *testing.T) {
	a, b := twice(t)
	ctx := t.Context()
	storeTest(t, a, day, entry("s", "1", "Clerk"), entry("s", "2", "Clerk"), entry("s", "3", "Clerk"))
	calls := 0
	read := func(rs []*Record) ([]Reading, error) {
		if calls++; calls == 1 {
			storeTest(t, b, day, entry("s", "2", "Senior clerk"))
		}
		out := make([]Reading, len(rs))
		for i, r := range rs {
			out[i].Verdict.Function = job.Function(r.Posting.Title)
		}
		return out, nil
	}
	var seen []string
	n, err := a.Reread(ctx, day, read, func(r *Record, to *Reading) { seen = append(seen, r.Posting.ID+" "+string(to.Verdict.Function)) })
	slices.Sort(seen)
	if want := []string{"1 Clerk", "2 Senior clerk", "3 Clerk"}; err != nil || n != 3 || !slices.Equal(seen, want) {
		t.Errorf("%d readings, %q, want %q: %v", n, seen, want, err)
	}
	records, err := a.Get(ctx, "2")
	if err != nil || len(records) != 1 || records[0].Verdict.Function != "Senior clerk" || records[0].Version != 2 {
		t.Errorf("%+v: %v", records, err)
	}
}

// What was forgotten can be forgotten again, and goes from every index once more.
func TestForgetCanBeRepeated(t *testing.T) {
	l := openTest(t)
	ctx := t.Context()
	storeTest(t, l, day, entry("s", "1", "Clerk"))
	for range 2 {
		n, unknown, err := l.Forget(ctx, []string{"1", "2"})
		if n != 1 || err != nil || !slices.Equal(unknown, []string{"2"}) {
			t.Fatalf("%d forgotten, %v unknown: %v", n, unknown, err)
		}
		waiting, err := l.Waiting(ctx, "ix:1", 0, 10)
		if err != nil || len(waiting) != 1 || !waiting[0].Gone {
			t.Fatalf("%d wait: %v", len(waiting), err)
		}
		if err := l.Acknowledge(ctx, "ix:1", day, []Delivery{{N: waiting[0].N, Revision: waiting[0].Revision}}); err != nil {
			t.Fatal(err)
		}
	}
	if got := storeTest(t, l, day, entry("s", "1", "Clerk")); got[0] != job.New {
		t.Errorf("when it is seen again: %s", got[0])
	}
}
