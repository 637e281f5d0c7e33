package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/job"
	"jobsieve/ledger"
)

// states counts the postings of the site by their state.
func (b *bigLine) states(t *testing.T) map[job.State]int {
	t.Helper()
	out := map[job.State]int{}
	err := b.line.Ledger.Lives(t.Context(), func(_ int64, s *job.Summary, _ time.Time, _ []ledger.Turn) error {
		out[s.State]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// readAll crawls the site until it is read whole.
func (b *bigLine) readAll(t *testing.T) {
	t.Helper()
	for range 20 {
		if r, _ := b.crawl(t.Context(), t, time.Hour); r.Complete {
			return
		}
	}
	t.Fatal("the site is not read whole after 20 crawls")
}

// TestSitemapShowsWhatIsOpen takes addresses out of a sitemap of which the pages are not
// asked for: what it has is not missed, and what it lacks is closed after three crawls that
// read the sitemap whole.
func TestSitemapShowsWhatIsOpen(t *testing.T) {
	site := &bigSite{pages: numbers(100), lastMod: oldMod}
	b := newBigLine(t, site, 40)
	b.readAll(t)
	site.pages = site.pages[:90]
	site.refuse = func(path string) bool { return path == "/part/1.xml.gz" }
	for n, want := range []int{0, 0, 10, 10} {
		r, _ := b.crawl(t.Context(), t, time.Hour)
		if got := b.states(t); got[job.StateClosed] != want || got[job.StateOpen] != 100-want || !r.Complete {
			t.Errorf("crawl %d: %v, want %d closed; %+v", n+1, got, want, r)
		}
	}
	site.part = 50
	for range 4 {
		r, _ := b.crawl(t.Context(), t, time.Hour)
		if r.Listed || r.Complete || r.Turned[job.StateClosed] > 0 || b.states(t)[job.StateClosed] != 10 {
			t.Errorf("a sitemap is read in part: %v, %+v", b.states(t), r)
		}
	}
}

// TestSitemapKilledAndResumed stops a crawl after 25 pages. The next run asks for the rest
// of its share, and for nothing twice.
func TestSitemapKilledAndResumed(t *testing.T) {
	site := &bigSite{pages: numbers(200), lastMod: oldMod, stopAt: 25}
	b := newBigLine(t, site, 60)
	ctx, stop := context.WithCancel(t.Context())
	site.stop = stop
	r, first := b.crawl(ctx, t, 0)
	if !r.CutOff || len(first) != 25 {
		t.Fatalf("%d pages, %+v", len(first), r)
	}
	r, second := b.crawl(t.Context(), t, time.Hour)
	if r.CutOff || len(second) != 35 || r.Replayed != 27 || r.Sitemap.Asked != 60 || r.Sitemap.Later != 140 || r.Seen != 60 {
		t.Errorf("%d pages, %+v, %+v", len(second), r, r.Sitemap)
	}
	r, third := b.crawl(t.Context(), t, time.Hour)
	both := slices.Concat(first, second, third)
	slices.Sort(both)
	if len(both) != 120 || len(slices.Compact(both)) != 120 || r.Sitemap.Unchanged != 60 {
		t.Errorf("%d pages, %+v", len(both), r.Sitemap)
	}
}

// TestSitemapDeadline lets the deadline pass while the fifth page is read: that is no cut,
// and what is left is for the next crawl.
func TestSitemapDeadline(t *testing.T) {
	site := &bigSite{pages: numbers(50), lastMod: oldMod, stopAt: 5}
	b := newBigLine(t, site, config.DefaultSitemapPages)
	const deadline = 2 * time.Second
	b.line.Config.Deadline = config.Duration(deadline)
	site.stop = func() { time.Sleep(deadline) }
	r, asked := b.crawl(t.Context(), t, 0)
	if n := r.Sitemap.Asked; r.CutOff || r.Complete || !r.Listed || len(asked) != n || n > 5 || r.Sitemap.Later != 50-n || !strings.Contains(r.Why, "the deadline has passed") {
		t.Errorf("%d pages, %+v, %+v", len(asked), r, r.Sitemap)
	}
	b.line.Config.Deadline = config.Duration(time.Minute)
	r, rest := b.crawl(t.Context(), t, time.Hour)
	if len(asked)+len(rest) != 50 || !r.Complete {
		t.Errorf("%d and %d pages, %+v", len(asked), len(rest), r)
	}
}

// TestSitemapDeadlineOfHeld lets the deadline pass when the crawl has met a posting that
// waits for what else it meets: that is stored, and not asked for again.
func TestSitemapDeadlineOfHeld(t *testing.T) {
	newestFirst := func(i int) string { return oldMod(20 - i) }
	site := &bigSite{pages: numbers(20), lastMod: newestFirst, moved: "/offers/clerk", stopAt: 3}
	b := newBigLine(t, site, config.DefaultSitemapPages)
	const deadline = 2 * time.Second
	b.line.Config.Deadline = config.Duration(deadline)
	site.stop = func() { time.Sleep(deadline) }
	r, asked := b.crawl(t.Context(), t, 0)
	if r.CutOff || !r.Listed || !slices.Contains(asked, 0) || r.New != len(asked)-1 && r.New != len(asked) {
		t.Errorf("%v, %+v", asked, r)
	}
	b.line.Config.Deadline = config.Duration(time.Minute)
	if _, asked = b.crawl(t.Context(), t, time.Hour); slices.Contains(asked, 0) || b.states(t)[job.StateOpen] != 20 {
		t.Errorf("%v, %v", asked, b.states(t))
	}
}

// TestSitemapOfLists reads a page that only lists postings of other pages: it is asked for
// again when it has changed, and none of them is taken for another one.
func TestSitemapOfLists(t *testing.T) {
	site := &bigSite{pages: numbers(3), lists: true}
	b := newBigLine(t, site, config.DefaultSitemapPages)
	changed := map[int]string{}
	site.lastMod = func(i int) string { return cmp.Or(changed[i], oldMod(i)) }
	for n, want := range []int{3, 0, 1, 0} {
		if n == 2 {
			changed[0] = b.now.Add(time.Hour).Format(time.RFC3339)
		}
		r, asked := b.crawl(t.Context(), t, 2*time.Hour)
		if len(asked) != want || b.states(t)[job.StateOpen] != 2 || r.New > 0 != (n == 0) || !r.Complete {
			t.Errorf("crawl %d: %v, %v, %+v", n+1, asked, b.states(t), r)
		}
	}
}

// TestSitemapOfMovedPage closes a posting whose page leads to that of another one, of which
// nothing has changed.
func TestSitemapOfMovedPage(t *testing.T) {
	site := &bigSite{pages: numbers(30)}
	b := newBigLine(t, site, config.DefaultSitemapPages)
	changed := map[int]string{}
	site.lastMod = func(i int) string { return cmp.Or(changed[i], oldMod(i)) }
	for range 3 {
		b.crawl(t.Context(), t, time.Hour)
	}
	site.moved, changed[0] = "/job/1", b.now.Add(time.Hour).Format(time.RFC3339)
	r, _ := b.crawl(t.Context(), t, 2*time.Hour)
	if r.Reasons[job.RejectGone] != 1 || r.Turned[job.StateClosed] != 1 || b.states(t)[job.StateOpen] != 29 {
		t.Errorf("%v, %+v", b.states(t), r)
	}
}

// TestSitemapWithoutLastMod reads pages in turn, of which the sitemap says nothing.
func TestSitemapWithoutLastMod(t *testing.T) {
	site := &bigSite{pages: numbers(100)}
	b := newBigLine(t, site, 30)
	var got []string
	times := map[int]int{}
	for range 8 {
		r, asked := b.crawl(t.Context(), t, time.Hour)
		for _, i := range asked {
			times[i]++
		}
		s := r.Sitemap
		got = append(got, fmt.Sprintf("%d+%d/%d", s.Asked, s.Later, s.LaterNew))
		if r.Complete || r.Seen != s.Asked || !r.Listed {
			t.Errorf("%+v", r)
		}
	}
	// A tenth is for pages that are known, as long as others are new.
	const want = "30+70/70 30+70/43 30+70/16 30+70/0 30+70/0 30+70/0 30+70/0 30+70/0"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("%s, want %s", s, want)
	}
	for i := range 100 {
		if times[i] < 2 || times[i] > 4 {
			t.Errorf("page %d was asked for %d times", i, times[i])
		}
	}
	if states := b.states(t); states[job.StateOpen] != 100 {
		t.Errorf("%v", states)
	}
}

// TestSitemapThatLies crawls sites whose lastmod is not true.
func TestSitemapThatLies(t *testing.T) {
	var b *bigLine
	version := 0
	now := func(int) string { return b.now.Format(time.RFC3339) }
	changing := func(i int) string { return fmt.Sprint("number ", i, " of version ", version) }
	for name, tt := range map[string]struct {
		lastMod, text  func(int) string
		share, version int // pages in a crawl; how often texts change
		problem        string
	}{
		"always now":                    {lastMod: now, share: 40, problem: "have changed that have not"},
		"always today":                  {lastMod: func(int) string { return b.now.Format(time.DateOnly) }, share: 40, problem: "have changed that have not"},
		"in the future":                 {lastMod: func(int) string { return "2031-01-01T00:00:00Z" }, share: 40},
		"never changes while pages do":  {lastMod: oldMod, text: changing, share: 80, version: 1, problem: "have not changed that have"},
		"one moment, long ago, as told": {lastMod: func(int) string { return "2026-01-01T00:00:00Z" }, text: changing, share: 80, version: 1, problem: "have not changed that have"},
	} {
		version = 0
		b = newBigLine(t, &bigSite{pages: numbers(200), lastMod: tt.lastMod, text: tt.text}, tt.share)
		times, told := map[int]int{}, ""
		for range 14 {
			r, asked := b.crawl(t.Context(), t, 2*day)
			for _, i := range asked {
				times[i]++
			}
			told = strings.Join(r.Problems, " ")
			version += tt.version
		}
		if tt.problem == "" && told != "" || !strings.Contains(told, tt.problem) {
			t.Errorf("%s: %q", name, told)
		}
		for i := range 200 {
			if times[i] < 2 {
				t.Errorf("%s: page %d was asked for %d times", name, i, times[i])
			}
		}
	}
}

// TestSitemapOfGonePages asks for pages that are gone: some are over, and nearly all show a
// site in trouble. Neither is asked for again and again.
func TestSitemapOfGonePages(t *testing.T) {
	changed := map[int]bool{}
	at := ""
	site := &bigSite{pages: numbers(100), lastMod: func(i int) string {
		if changed[i] {
			return at
		}
		return oldMod(i)
	}}
	b := newBigLine(t, site, 100)
	for range 3 {
		b.crawl(t.Context(), t, time.Hour)
	}
	site.refuse = func(path string) bool { return strings.HasPrefix(path, "/job/1") } // 11 of them
	for _, i := range append([]int{2, 3, 4}, 1, 10, 11) {
		changed[i] = true
	}
	at = b.now.Add(2 * time.Hour).Format(time.RFC3339)
	r, asked := b.crawl(t.Context(), t, 3*time.Hour)
	if len(asked) != 6 || r.Turned[job.StateClosed] != 3 || r.Reasons[job.RejectGone] != 3 || !r.Complete {
		t.Errorf("three are over: %v, %+v", asked, r)
	}
	r, asked = b.crawl(t.Context(), t, time.Hour)
	if len(asked) != 0 || r.Sitemap.Empty != 3 || r.Sitemap.Unchanged != 97 || !r.Complete {
		t.Errorf("after it: %v, %+v, %+v", asked, r, r.Sitemap)
	}
	site.refuse = func(path string) bool { return strings.HasPrefix(path, "/job/") }
	for i := 40; i < 60; i++ {
		changed[i] = true
	}
	at = b.now.Add(2 * time.Hour).Format(time.RFC3339)
	r, _ = b.crawl(t.Context(), t, 3*time.Hour)
	if r.Turned[job.StateClosed] != 0 || r.Reasons[job.RejectGone] != 26 {
		t.Errorf("the site is in trouble: %+v", r)
	}
	site.refuse = nil
	r, asked = b.crawl(t.Context(), t, time.Hour)
	if len(asked) != 23 || r.Sitemap.Unchanged != 74 || b.states(t)[job.StateOpen] != 97 {
		t.Errorf("it has recovered: %v, %+v", asked, r.Sitemap)
	}
}

// TestSitemapReadOtherwise reads every page again after the source was configured anew, and
// none that only its postings tell of.
func TestSitemapReadOtherwise(t *testing.T) {
	b := newBigLine(t, &bigSite{pages: numbers(30), lastMod: oldMod}, 30)
	b.readAll(t)
	b.src.Pages = 10
	if _, asked := b.crawl(t.Context(), t, time.Hour); len(asked) != 0 {
		t.Errorf("fewer pages in a crawl: %v", asked)
	}
	b.src.Company = "Acme"
	r, asked := b.crawl(t.Context(), t, time.Hour)
	if len(asked) != 10 || r.Changed != 10 || r.Sitemap.Later != 20 || r.Sitemap.LaterNew != 0 {
		t.Errorf("configured anew: %v, %+v", asked, r.Sitemap)
	}
}

// TestSitemapReadAgainOffline reads again what any crawl kept.
func TestSitemapReadAgainOffline(t *testing.T) {
	b := newBigLine(t, &bigSite{pages: numbers(30), lastMod: oldMod}, 10)
	for range 2 {
		b.crawl(t.Context(), t, time.Hour)
	}
	b.asked = nil
	r, err := b.line.reextract(t.Context(), &b.src)
	if err != nil || len(b.asked) != 0 || r.Unchanged != 20 || r.Sitemap.LaterNew != 10 || !strings.Contains(r.Why, "10 pages of postings were not asked for yet") {
		t.Errorf("%v, %+v, %+v: %v", b.asked, r, r.Sitemap, err)
	}
}

// TestSitemapOfOneIdentifier reads pages that all state the same identifier: a new one is
// not taken for one that this crawl does not ask for.
func TestSitemapOfOneIdentifier(t *testing.T) {
	site := &bigSite{pages: numbers(10), lastMod: oldMod, id: "Acme"}
	b := newBigLine(t, site, 30)
	b.readAll(t)
	site.pages = numbers(12)
	r, asked := b.crawl(t.Context(), t, time.Hour)
	if len(asked) != 2 || r.New != 2 || r.Unchanged != 10 || len(b.states(t)) != 1 || b.states(t)[job.StateOpen] != 12 {
		t.Errorf("%v, %+v, %v", asked, r, b.states(t))
	}
}
