package ledger

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
)

var day = time.Date(2026, 3, 10, 9, 0, 0, 0, job.IST)

func openTest(t *testing.T) *Ledger {
	t.Helper()
	l, err := Open(t.Context(), filepath.Join(t.TempDir(), "a folder with %, ? and #"))
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

func entry(source, id, title string) Entry {
	return Entry{Posting: job.Posting{Source: source, ID: id, Title: title}, Reading: &Reading{}}
}

func storeTest(t *testing.T, l *Ledger, now time.Time, entries ...Entry) []job.Change {
	t.Helper()
	for i := range entries {
		entries[i].Seen = now
	}
	changes, err := l.Store(t.Context(), nil, entries)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

func TestStoreKeepsVersions(t *testing.T) {
	l := openTest(t)
	first := entry("a", "1", "Clerk")
	first.Posting.Extra = []job.Member{{Key: "x", Value: []byte(`{"b":1, "a":2}`)}}
	same := first
	same.Posting.URL = "http://elsewhere.example/1"
	same.Posting.Extra = []job.Member{{Key: "x", Value: []byte(`{"a":2,"b":1}`)}}
	changed := entry("a", "1", "Senior clerk")
	got := []job.Change{
		storeTest(t, l, day, first)[0], storeTest(t, l, day.Add(time.Hour), same)[0], storeTest(t, l, day.Add(2*time.Hour), changed)[0],
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

// TestOddExtras stores what rows may have beside a posting's fields, and reads it
// as it was.
func TestOddExtras(t *testing.T) {
	l := openTest(t)
	e := entry("a", "1", "Clerk \xff")
	for i, value := range []string{`{"b":1,"b":2}`, `"half a character: \ud800"`, `[1e400,-0.0]`, `null`, `"\u003c \u2028"`} {
		e.Posting.Extra = append(e.Posting.Extra, job.Member{Key: fmt.Sprint(i), Value: []byte(value)})
	}
	storeTest(t, l, day, e)
	records, err := l.Get(t.Context(), "1")
	if err != nil || len(records) != 1 {
		t.Fatal(len(records), err)
	}
	if diff := cmp.Diff(e.Posting.Extra, records[0].Posting.Extra); diff != "" {
		t.Error(diff)
	}
	if versions, err := l.Versions(t.Context(), records[0]); err != nil || len(versions) != 1 {
		t.Error(len(versions), err)
	}
}

func TestRelativeDateIsResolvedOnce(t *testing.T) {
	l := openTest(t)
	e := entry("a", "1", "Clerk")
	e.Posting.Posted, e.Relative, e.Posted = "3 weeks ago", true, "2026-02-17"
	storeTest(t, l, day, e)
	e.Posting.Posted, e.Posted = "4 weeks ago", "2026-02-24"
	if got := storeTest(t, l, day, e)[0]; got != job.Unchanged {
		t.Errorf("a later look: %s", got)
	}
	e.Posting.Title = "Clerk, night shift"
	storeTest(t, l, day, e)
	records, err := l.Get(t.Context(), "1")
	if err != nil || records[0].Posted != "2026-02-17" {
		t.Errorf("posted %s, want the date of the first sight: %v", records[0].Posted, err)
	}
}

func TestSameIDOfTwoSources(t *testing.T) {
	for _, order := range [][]string{{"a", "b"}, {"b", "a"}} {
		l := openTest(t)
		keys := map[string]bool{}
		for _, source := range order {
			storeTest(t, l, day, entry(source, "1", "Clerk"))
		}
		var ids []string
		err := l.Each(t.Context(), func(r *Record) error {
			ids = append(ids, r.Posting.Source+" "+r.Posting.ID)
			keys[r.Key] = true
			return nil
		})
		if diff := cmp.Diff([]string{"a 1", "b 1"}, ids); diff != "" || err != nil || len(keys) != 2 || !keys["1"] {
			t.Errorf("keys %v, %v:\n%s", keys, err, diff)
		}
	}
}

func TestDeliveriesAddUp(t *testing.T) {
	l := openTest(t)
	ctx := t.Context()
	storeTest(t, l, day, entry("a", "1", "x"), entry("a", "2", "x"), entry("a", "3", "x"))
	waiting, err := l.Waiting(ctx, "ix:1", 0, 10)
	if err != nil || len(waiting) != 3 {
		t.Fatalf("%d waiting: %v", len(waiting), err)
	}
	err = l.Acknowledge(ctx, "ix:1", day, []Delivery{{N: waiting[0].N, Revision: 1}, {N: waiting[1].N, Revision: 1, Refused: "bad date"}})
	if err != nil {
		t.Fatal(err)
	}
	want := Deliveries{Taken: 3, Delivered: 1, Waiting: 1, Refused: 1}
	if got, err := l.Deliveries(ctx, "ix:1"); err != nil || got != want {
		t.Errorf("%+v, want %+v: %v", got, want, err)
	}
	storeTest(t, l, day, entry("a", "1", "changed"))
	want = Deliveries{Taken: 3, Delivered: 0, Waiting: 2, Refused: 1}
	if got, err := l.Deliveries(ctx, "ix:1"); err != nil || got != want {
		t.Errorf("after a change %+v, want %+v: %v", got, want, err)
	}
	if target, err := l.LastTarget(ctx, "ix:"); err != nil || target != "ix:1" {
		t.Errorf("last target %q: %v", target, err)
	}
	if err := l.ForgetDeliveries(ctx, "ix:", "ix:2"); err != nil {
		t.Fatal(err)
	}
	if got, err := l.Deliveries(ctx, "ix:1"); err != nil || got.Waiting != 3 {
		t.Errorf("after it was forgotten %+v: %v", got, err)
	}
}

// TestLastAnswer wants the newest body that is kept of a request, of whichever
// crawl, and with it what the server gave to ask whether it has changed.
func TestLastAnswer(t *testing.T) {
	l := openTest(t)
	ctx := t.Context()
	last := func(c *Crawl) string {
		t.Helper()
		a, ok, err := c.Last(ctx, "r")
		if err != nil || !ok {
			return fmt.Sprint(ok, err)
		}
		return fmt.Sprint(string(a.Body), a.ETag, " of ", a.At.Sub(day), " asked ", a.Asked.Sub(day))
	}
	for i, step := range []struct {
		answer Answer
		want   string
	}{
		{Answer{Status: 200, ETag: `"1"`, Body: []byte("one")}, `one"1" of 0s asked 0s`},
		{Answer{Status: 304}, `one"1" of 0s asked 1h0m0s`},
		{Answer{Status: 200, ETag: `"2"`, Body: []byte("two")}, `two"2" of 2h0m0s asked 2h0m0s`},
		{Answer{Status: 404}, "false <nil>"},
		{Answer{Status: 304}, "false <nil>"},
	} {
		at := day.Add(time.Duration(i) * time.Hour)
		c, err := l.BeginCrawl(ctx, "a", at, 0)
		if err != nil {
			t.Fatal(err)
		}
		step.answer.At = at
		if err := errors.Join(c.Keep(ctx, "r", &step.answer), c.End(ctx), c.Release()); err != nil || last(c) != step.want {
			t.Errorf("%d: %s, want %s: %v", i, last(c), step.want, err)
		}
	}
	other, err := l.BeginCrawl(ctx, "b", day, 0)
	if err != nil || last(other) != "false <nil>" {
		t.Errorf("another source's page is known: %v", err)
	}
	if err := other.Release(); err != nil {
		t.Error(err)
	}
}

func TestRunsAndReceipts(t *testing.T) {
	l := openTest(t)
	ctx := t.Context()
	id, err := l.BeginRun(ctx, "run", day)
	if err != nil {
		t.Fatal(err)
	}
	r := &job.Receipt{Source: "a", Started: day.UTC(), Finished: day.UTC(), Complete: true, Counts: job.Counts{Seen: 2, New: 1, Rejected: 1, Reasons: map[job.Rejection]int{job.RejectCountry: 1}}}
	if err := errors.Join(l.AddReceipt(ctx, id, r), l.EndRun(ctx, id, day, "done")); err != nil {
		t.Fatal(err)
	}
	got, err := l.Receipts(ctx, "a", 10)
	if err != nil || len(got) != 1 {
		t.Fatalf("%d receipts: %v", len(got), err)
	}
	if diff := cmp.Diff(*r, got[0]); diff != "" {
		t.Error(diff)
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	dir := t.TempDir()
	l, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.db.Exec("PRAGMA user_version = 999"); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func(context.Context, string) (*Ledger, error){"Open": Open, "OpenReader": OpenReader} {
		if l, err := open(t.Context(), dir); err == nil {
			_ = l.Close()
			t.Errorf("%s opened a ledger of a newer program", name)
		}
	}
}

func TestOpenReaderWithoutLedger(t *testing.T) {
	if _, err := OpenReader(t.Context(), t.TempDir()); !errors.Is(err, ErrNone) {
		t.Errorf("got %v, want ErrNone", err)
	}
}

func TestAcquire(t *testing.T) {
	dir := t.TempDir()
	lock, err := Acquire(t.Context(), dir, "writer", "the ledger", 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Acquire(t.Context(), dir, "writer", "the ledger", time.Millisecond)
	var held *HeldError
	if !errors.As(err, &held) || held.Holder.PID != os.Getpid() || held.Holder.Command == "" || held.Holder.Started.IsZero() {
		t.Errorf("second: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	again, err := Acquire(t.Context(), dir, "writer", "the ledger", 0)
	if err != nil {
		t.Fatalf("after its release: %v", err)
	}
	if err := again.Release(); err != nil {
		t.Error(err)
	}
}

func TestCutOffCrawlIsTakenUpAgain(t *testing.T) {
	l := openTest(t)
	ctx := t.Context()
	var claimed *Crawl
	begin := func(now time.Time) *Crawl {
		t.Helper()
		if claimed != nil { // as the end of its process would
			if err := claimed.Release(); err != nil {
				t.Fatal(err)
			}
		}
		c, err := l.BeginCrawl(ctx, "a", now, 0)
		if err != nil {
			t.Fatal(err)
		}
		claimed = c
		return c
	}
	kept := func(c *Crawl, request string) string {
		t.Helper()
		a, ok, err := c.Kept(ctx, request)
		if err != nil || !ok {
			return fmt.Sprint(ok, err)
		}
		return fmt.Sprint(a.Status, " ", string(a.Body), " ", a.At.Sub(day))
	}
	first := begin(day)
	if err := errors.Join(first.Keep(ctx, "r1", &Answer{Status: 200, Body: []byte("one"), At: day}), first.Keep(ctx, "r2", &Answer{Status: 404, At: day})); err != nil {
		t.Fatal(err)
	}
	again := begin(day.Add(resumable - time.Hour))
	if !again.Resumed || kept(again, "r1") != "200 one 0s" || kept(again, "r2") != "404  0s" || kept(again, "r3") != "false <nil>" {
		t.Errorf("resumed %v: %s, %s, %s", again.Resumed, kept(again, "r1"), kept(again, "r2"), kept(again, "r3"))
	}
	if err := again.End(ctx); err != nil {
		t.Fatal(err)
	}
	next := begin(day.Add(time.Hour))
	if next.Resumed || kept(next, "r1") != "false <nil>" {
		t.Errorf("a crawl after one that ended: resumed %v, %s", next.Resumed, kept(next, "r1"))
	}
	if err := next.Keep(ctx, "r1", &Answer{Status: 304, At: day.Add(time.Hour)}); err != nil || kept(next, "r1") != "304 one 0s" {
		t.Errorf("not modified: %s, %v", kept(next, "r1"), err)
	}
	if late := begin(day.Add(time.Hour + resumable)); late.Resumed {
		t.Error("a crawl is taken up again that was cut off too long ago")
	}
	drop := func(before, now time.Time, want int) {
		t.Helper()
		if err := l.DropPages(ctx, "a", before, now); err != nil {
			t.Fatal(err)
		}
		if n, err := l.count(ctx, "SELECT count(*) FROM page"); n != want || err != nil {
			t.Errorf("%d pages are left, want %d: %v", n, want, err)
		}
	}
	drop(day.Add(time.Minute), day.Add(time.Hour), 1) // the one that was asked for later
	last := begin(day.Add(time.Hour + resumable))
	if err := last.Keep(ctx, "r4", &Answer{Status: 200, Body: []byte("four"), At: day.Add(3 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	drop(day.Add(4*time.Hour), day.Add(5*time.Hour), 1) // that of a crawl that may go on
	drop(day.Add(4*time.Hour), day.Add(4*time.Hour+resumable), 0)
}
