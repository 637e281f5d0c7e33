package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/internal/pgtest"
	"jobsieve/job"
	"jobsieve/ledger"
)

// said is everything that a ledger says of its postings, a line each.
func said(t *testing.T, locator string) (out []string) {
	t.Helper()
	l, ctx := open(t, locator), t.Context()
	err := l.Each(ctx, func(r *ledger.Record) error {
		versions, err := l.Versions(ctx, r)
		history, failed := l.History(ctx, r)
		turns, also := l.Turns(ctx, r)
		record, wrong := json.Marshal(r)
		out = append(out, fmt.Sprintf("%s %+v %+v %+v", record, versions, history, turns))
		return errors.Join(err, failed, also, wrong)
	})
	receipts, failed := l.Receipts(ctx, "", 100)
	searches, also := l.SavedSearches(ctx)
	dues, last := l.Dues(ctx)
	counts, counted := l.Counts(ctx)
	if err := errors.Join(err, failed, also, last, counted); err != nil {
		t.Fatal(err)
	}
	found, _ := verified(t, l)
	return append(out, fmt.Sprintf("%+v %+v %+v %+v %+v", receipts, searches, dues, counts, found))
}

// whole fills a ledger with something of everything.
func whole(t *testing.T, p Place) {
	t.Helper()
	l, ctx := everything(t, p), t.Context()
	odd := entry("s\xff", "\x00\xed\xa0\x80", "Clerk \xff")
	storeAll(t, l, day, odd, advert("a", "Clerk", "Pune", 2021), advert("b", "Clerk", "Pune", 2022), advert("c", "Clerk", "Goa", 2023))
	_, grouped := l.GroupVacancies(ctx, nil)
	err := l.ChangeDue(ctx, "s", func(ledger.Due) (ledger.Due, bool) { return ledger.Due{Schedule: "@daily", Next: day}, true })
	c, began := l.BeginCrawl(ctx, "s", day, 0)
	if err = errors.Join(grouped, err, began); err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return day }
	_, slot := l.TakeSlot(ctx, "x.example", job.Want{Gap: time.Second}, clock)
	robots := l.KeepRobots(ctx, "x.example", "https", &job.RobotsFile{Found: true, Text: []byte("User-agent: *")})
	visited := c.Visited(ctx, []ledger.Visit{{Link: "https://x.example/1", ID: "1", At: day, Outcome: "given"}}, "")
	_, settled := c.Settle(ctx, &ledger.Ending{At: day, Over: map[string]time.Time{"1": day}})
	err = errors.Join(slot, robots, visited, settled, c.End(ctx), c.Release(), l.TellSick(ctx, "s", true),
		l.LabelByHand(ctx, get(t, l, "2").N, &job.HandLabel{Label: "BPO"}),
		l.Save(ctx, &ledger.SavedSearch{Name: "mine", Question: "q=x", Saved: day}, false),
		split(ctx, l, get(t, l, "a").N))
	if err != nil {
		t.Fatal(err)
	}
	storeAll(t, l, day, advert("d", "Typist", "Pune", 2024)) // it waits to be compared
}

// TestAcross copies a ledger from a folder to a server, from there to another folder, and
// wants all three to say the same, to the last byte.
func TestAcross(t *testing.T) {
	server := pgtest.Database(t)
	first := Place{Locator: t.TempDir()}
	whole(t, first)
	want := said(t, first.Locator)
	second := t.TempDir()
	for _, step := range [][2]string{{first.Locator, server}, {server, second}} {
		copied := copyAll(t, step[0], step[1])
		for _, c := range copied {
			// There is something of everything, and all of it is new; what is stored waits by itself.
			if c.Rows == 0 || c.Rows != c.Written && c.Table != "vacancy_due" {
				t.Errorf("%+v", c)
			}
		}
		if diff := cmp.Diff(want, said(t, step[1])); diff != "" {
			t.Error(diff)
		}
	}
	// What is stored in the copy has a number of its own, and it is a copy no more.
	l := open(t, server)
	storeAll(t, l, day, entry("s", "new", "Clerk"))
	if n, err := l.LastNumber(t.Context()); n != get(t, l, "new").N || err != nil {
		t.Errorf("the last number is %d: %v", n, err)
	}
	if _, err := ledger.Copy(t.Context(), first.Locator, server, nil); !errors.Is(err, ledger.ErrNoCopy) {
		t.Errorf("copied over another ledger: %v", err)
	}
	if n, err := l.Count(t.Context()); n != len(want) || err != nil { // the last line of it is no posting
		t.Errorf("%d postings are left, want %d: %v", n, len(want), err)
	}
}

func copyAll(t *testing.T, from, to string) []ledger.Copied {
	t.Helper()
	copied, err := ledger.Copy(t.Context(), from, to, nil)
	if err != nil {
		t.Fatal(err)
	}
	return copied
}

// TestAcrossAgain goes on with a copy that was cut off, and brings one that has grown old
// up to date: only what differs is written.
func TestAcrossAgain(t *testing.T) {
	place := Place{Locator: t.TempDir()}
	l := open(t, place.Locator)
	var entries []ledger.Entry
	for i := range 1200 {
		entries = append(entries, entry("s", fmt.Sprint(i), strings.Repeat("Clerk ", i%50)))
	}
	storeAll(t, l, day, entries...)
	server := pgtest.Database(t)
	stopped := errors.New("cut off")
	func() {
		defer func() {
			if recover() == nil {
				t.Error("it was not cut off")
			}
		}()
		_, _ = ledger.Copy(t.Context(), place.Locator, server, func(table string, rows int) {
			if table == "posting" && rows == 1000 {
				panic(stopped)
			}
		})
	}()
	written := map[string]int{}
	for _, c := range copyAll(t, place.Locator, server) {
		written[c.Table] = c.Written
	}
	if written["posting"] != 200 || written["version"] != 1200 {
		t.Errorf("written by the second call: %v", written)
	}
	storeAll(t, l, day, entry("s", "7", "Typist"), entry("s", "new", "Clerk"))
	if _, _, err := l.Forget(t.Context(), []string{"8"}); err != nil {
		t.Fatal(err)
	}
	written = map[string]int{}
	for _, c := range copyAll(t, place.Locator, server) {
		written[c.Table] = c.Written
	}
	if written["posting"] != 3 || written["version"] != 2 || written["summary"] != 1 {
		t.Errorf("written by the third call: %v", written)
	}
	if diff := cmp.Diff(said(t, place.Locator), said(t, server)); diff != "" {
		t.Error(diff)
	}
}

// TestAcrossPruned brings a copy up to date after runs were pruned with their receipts; what
// is another ledger is refused, with all its runs.
func TestAcrossPruned(t *testing.T) {
	from := Place{Locator: t.TempDir()}
	l := aged(t, from)
	another := t.TempDir()
	other := aged(t, Place{Locator: another})
	storeAll(t, other, day, entry("s", "another", "Clerk"))
	copies := []string{t.TempDir(), pgtest.Database(t)}
	for _, to := range copies {
		copyAll(t, from.Locator, to)
	}
	if _, err := l.Prune(t.Context(), ledger.Policy{Runs: day.AddDate(0, 0, 3)}, nil); err != nil {
		t.Fatal(err)
	}
	for _, to := range copies {
		copyAll(t, from.Locator, to)
		if diff := cmp.Diff(said(t, from.Locator), said(t, to)); diff != "" {
			t.Error(diff)
		}
	}
	if _, err := ledger.Copy(t.Context(), from.Locator, another, nil); !errors.Is(err, ledger.ErrNoCopy) {
		t.Errorf("copied over another ledger: %v", err)
	}
	if some, err := other.Receipts(t.Context(), "", 100); len(some) != 25 || err != nil {
		t.Errorf("%d receipts of it are left: %v", len(some), err)
	}
}

func split(ctx context.Context, l *ledger.Ledger, n int64) error {
	_, err := l.SplitVacancy(ctx, day, []int64{n})
	return err
}
