package conformance

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/ledger"
)

// crawled is one crawl of the source "s", and what became of the postings after it.
type crawled struct {
	ids    string // of the postings that it stores, with spaces
	unread string // of those whose pages it could not read
	ledger.Ending
	want string // the ids of all postings that are not open: id=closed, id=unknown
}

// ten are the ids of ten postings.
const ten = "a b c d e f g h i j"

// good are three crawls that find ten postings, so that later ones can be compared.
func good() []crawled {
	whole := ledger.Ending{Listed: true, Misses: 3}
	return []crawled{{ids: ten, Ending: whole}, {ids: ten, Ending: whole}, {ids: ten, Ending: whole}}
}

func states(t *testing.T, p Place) {
	whole, once := ledger.Ending{Listed: true, Misses: 3}, ledger.Ending{Listed: true, Misses: 1}
	cut, feed := ledger.Ending{Misses: 3}, ledger.Ending{Listed: true}
	nine := strings.TrimSuffix(ten, " j")
	mended := whole
	mended.Way = "other"
	gone, over := whole, cut
	gone.Gone = []string{"https://x.example/j", "https://x.example/none"}
	over.Over = map[string]time.Time{"j": day.Add(-time.Hour)}
	for name, crawls := range map[string][]crawled{
		"three misses":                    {{nine, "", whole, ""}, {nine, "", whole, ""}, {nine, "", whole, "j=closed"}, {ten, "", whole, ""}},
		"one miss of a list that has all": {{nine, "", once, "j=closed"}, {ten, "", once, ""}},
		"paging is cut":                   {{"a b c d e f", "", once, ""}, {"a b c d e f", "", once, ""}},
		"at the border":                   {{"a b c d e f g", "", once, "h=closed i=closed j=closed"}},
		"nothing is listed":               {{"", "", once, ""}, {"", "", once, ""}, {"", "", once, ""}},
		"the list is not read to its end": {{nine, "", ledger.Ending{Misses: 1}, ""}, {nine, "", ledger.Ending{Misses: 1}, ""}},
		"crawls don't come there any more": {
			{nine, "", cut, ""}, {nine, "", cut, ""}, {nine, "", cut, "j=unknown"}, {ten, "", cut, ""},
		},
		"a feed": {{nine, "", feed, ""}, {nine, "", feed, ""}, {nine, "", feed, "j=unknown"}},
		"misses are counted anew after a sighting": {
			{nine, "", whole, ""}, {nine, "", whole, ""}, {ten, "", whole, ""}, {nine, "", whole, ""}, {nine, "", whole, ""},
		},
		"a page that can't be read":      {{nine, "j", once, ""}, {nine, "j", once, ""}},
		"a page is gone":                 {{nine, "", gone, "j=closed"}, {ten, "", whole, ""}},
		"pages are gone, and nearly all": {{"a", "", gone, ""}},
		"it says that it is over":        {{nine, "", over, "j=closed"}},
		"the source was mended": {
			{nine, "", mended, ""}, {nine, "", mended, ""}, {nine, "", mended, ""}, {nine, "", mended, ""}, {nine, "", mended, "j=closed"},
		},
	} {
		l := open(t, p.Beside(t))
		for i, c := range append(good(), crawls...) {
			at := day.Add(time.Duration(i) * 24 * time.Hour)
			crawlOnce(t, l, at, &c)
			if diff := cmp.Diff(c.want, notOpen(t, l)); diff != "" {
				t.Errorf("%s, crawl %d (-want +got):\n%s", name, i-2, diff)
			}
		}
	}
}

// crawlOnce stores what a crawl finds, and settles it, twice: as after a kill.
func crawlOnce(t *testing.T, l *ledger.Ledger, at time.Time, c *crawled) (turned map[job.State]int) {
	t.Helper()
	ctx := t.Context()
	inACrawl(t, l, at, func(crawl *ledger.Crawl) {
		var entries []ledger.Entry
		for id := range strings.FieldsSeq(c.ids) {
			e := linked(id)
			e.Seen = at
			entries = append(entries, e)
		}
		_, err := l.Store(ctx, crawl, entries)
		if err = errors.Join(err, crawl.Found(ctx, nil, links(strings.Fields(c.unread)...))); err != nil {
			t.Fatal(err)
		}
		c.At = at
		if turned, err = crawl.Settle(ctx, &c.Ending); err != nil {
			t.Fatal(err)
		}
		again, err := crawl.Settle(ctx, &c.Ending)
		if err != nil || again[job.StateClosed]+again[job.StateUnknown] > 0 {
			t.Errorf("settled again: %v, %v", again, err)
		}
	})
	return turned
}

// notOpen names the postings that are not open, and checks that their summaries say the
// same.
func notOpen(t *testing.T, l *ledger.Ledger) string {
	t.Helper()
	var out []string
	summaries := map[int64]string{}
	err := l.Summaries(t.Context(), func(n int64, s *job.Summary) error {
		summaries[n] = fmt.Sprint(s.State, " ", s.Closed)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = l.Each(t.Context(), func(r *ledger.Record) error {
		want := fmt.Sprint(r.State, " ")
		if !r.Closed.IsZero() {
			want += r.Closed.In(job.IST).Format(time.DateOnly)
		}
		if summaries[r.N] != want || (r.State == job.StateClosed) == r.Closed.IsZero() {
			t.Errorf("the summary of %s says %q, the record %q", r.Posting.ID, summaries[r.N], want)
		}
		if r.State != job.StateOpen {
			out = append(out, fmt.Sprintf("%s=%s", r.Posting.ID, r.State))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, " ")
}

// turns follows one posting, and those of an import.
func turns(t *testing.T, p Place) {
	l := open(t, p.Locator)
	hours := func(n int) time.Time { return day.Add(time.Duration(n) * time.Hour) }
	dated := entry("s", "dated", "Clerk")
	dated.Until = hours(30)
	storeAll(t, l, hours(-1), entry("s", "imported", "Clerk"), dated)
	once := ledger.Ending{Listed: true, Misses: 1}
	all := ten + " imported"
	for i, ids := range []string{all, all, ten, all} {
		turned := crawlOnce(t, l, hours(24*i), &crawled{ids: ids, Ending: once})
		if want := []int{1, 0, 0, 1}[i]; turned[job.StateOpen] != want {
			t.Errorf("crawl %d: %d are open again, want %d", i+1, turned[job.StateOpen], want)
		}
	}
	crawlOnce(t, l, hours(24*4), &crawled{ids: ten, Ending: once})
	storeAll(t, l, hours(24*4-1), entry("s", "imported", "Clerk")) // a file from before
	if got := notOpen(t, l); got != "dated=closed imported=closed" {
		t.Errorf("not open: %s", got)
	}
	storeAll(t, l, hours(24*4+1), entry("s", "imported", "Clerk"))
	for id, want := range map[string][]ledger.Turn{
		"dated": {{At: hours(30), State: job.StateClosed, Cause: job.CauseOver, Crawl: 3}},
		"imported": {
			{At: hours(0), State: job.StateOpen, Cause: job.CauseSeen, Crawl: 1},
			{At: hours(48), State: job.StateClosed, Cause: job.CauseMissed, Crawl: 3},
			{At: hours(72), State: job.StateOpen, Cause: job.CauseSeen, Crawl: 4},
			{At: hours(96), State: job.StateClosed, Cause: job.CauseMissed, Crawl: 5},
			{At: hours(97), State: job.StateUnknown, Cause: job.CauseInAFile},
		},
	} {
		records, err := l.Get(t.Context(), id)
		if err != nil || len(records) != 1 {
			t.Fatalf("%s: %v, %v", id, records, err)
		}
		got, err := l.Turns(t.Context(), records[0])
		if err != nil {
			t.Fatal(err)
		}
		sameTime := cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })
		if diff := cmp.Diff(want, got, sameTime); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
	}
}

// unread lets sources be that are not read any more.
func unread(t *testing.T, p Place) {
	l := open(t, p.Locator)
	crawlOnce(t, l, day, &crawled{ids: ten, Ending: ledger.Ending{Listed: true, Misses: 3}})
	for _, at := range []struct {
		before time.Time
		want   int
	}{{day, 0}, {day.Add(time.Millisecond), 10}, {day.Add(time.Hour), 0}} {
		n, err := l.Unread(t.Context(), at.before, day.Add(time.Hour))
		if err != nil || n != at.want {
			t.Errorf("before %v: %d, want %d: %v", at.before, n, at.want, err)
		}
	}
	if got := notOpen(t, l); strings.Count(got, "=unknown") != 10 {
		t.Errorf("not open: %s", got)
	}
}
