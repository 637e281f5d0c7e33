package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/sampleboard"
)

// sliceSite counts what is asked for.
type sliceSite struct {
	http.Handler
	asked map[string]int
	all   int
	slice int // in this slice
}

func (s *sliceSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/robots.txt" {
		s.asked[r.URL.String()]++
		s.all++
		s.slice++
	}
	s.Handler.ServeHTTP(w, r)
}

// twice lists what was asked for more than once.
func (s *sliceSite) twice() (out []string) {
	for link, n := range s.asked {
		if n > 1 {
			out = append(out, link)
		}
	}
	return out
}

// sliceLine is a line whose sources are on one site, and whose clock the test sets.
type sliceLine struct {
	*Line
	src  config.Source
	site *sliceSite
	now  time.Time
	most int // requests of a slice
}

// newSlices serves a site, and gives lines that crawl it, each with a ledger of its own.
func newSlices(t *testing.T, site http.Handler, src func(server string) config.Source) func() *sliceLine {
	t.Helper()
	counts := &sliceSite{Handler: site, asked: map[string]int{}}
	server := httptest.NewServer(counts)
	t.Cleanup(server.Close)
	return func() *sliceLine {
		l := &sliceLine{Line: boardLine(t), src: src(server.URL), site: counts, most: 7}
		l.now = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
		l.Now = func() time.Time { return l.now }
		l.Hosts = crawler.NewHosts(nil)
		l.Sleep = func(context.Context, time.Duration) error { return nil }
		clear(counts.asked)
		counts.all = 0
		return l
	}
}

// slice does one slice.
func (l *sliceLine) slice(t *testing.T) *job.Receipt {
	t.Helper()
	l.site.slice = 0
	r, err := l.Slice(t.Context(), "work", &l.src, func() bool { return l.site.slice >= l.most })
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// slices does all slices of a crawl; between is called after each but the last.
func (l *sliceLine) slices(t *testing.T, between func(n int)) (r *job.Receipt, n int) {
	t.Helper()
	for n = 1; n < 500; n++ {
		if r = l.slice(t); r != nil {
			return r, n
		}
		if between != nil {
			between(n)
		}
	}
	t.Fatal("the crawl does not end")
	return nil, n
}

// run crawls in one go.
func (l *sliceLine) run(t *testing.T) *job.Receipt {
	t.Helper()
	sum, err := l.Run(t.Context(), "run", []*config.Source{&l.src})
	if err != nil || len(sum.Sources) != 1 {
		t.Fatalf("%+v: %v", sum, err)
	}
	return &sum.Sources[0]
}

// frontier gives where the crawl stands, and lets change put another in its place.
func (l *sliceLine) frontier(t *testing.T, change func([]byte) []byte) []byte {
	t.Helper()
	c, err := l.Ledger.GoOn(t.Context(), l.src.Name, l.now, 0)
	if err != nil {
		t.Fatal(err)
	}
	f := c.Frontier
	if change != nil {
		err = c.Pause(t.Context(), change(f), c.Run)
	}
	if err := errors.Join(err, c.Release()); err != nil {
		t.Fatal(err)
	}
	return f
}

// export gives all postings of the ledger.
func (l *sliceLine) export(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	if err := l.Ledger.Each(t.Context(), func(r *ledger.Record) error { return enc.Encode(r) }); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// same compares receipts but for times, and the ledgers.
func (l *sliceLine) same(t *testing.T, other *sliceLine, want, got *job.Receipt) {
	t.Helper()
	but := cmpopts.IgnoreFields(job.Receipt{}, "Started", "Finished", "Waits", "Waited")
	if diff := cmp.Diff(want, got, but, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the receipt (-one run +slices):\n%s", diff)
	}
	if diff := cmp.Diff(strings.Split(other.export(t), "\n"), strings.Split(l.export(t), "\n")); diff != "" {
		t.Errorf("the postings (-one run +slices):\n%s", diff)
	}
	kept, err := l.Ledger.Receipts(t.Context(), l.src.Name, 1)
	if err != nil || len(kept) != 1 || kept[0].Seen != got.Seen {
		t.Errorf("the receipt is not kept: %+v: %v", kept, err)
	}
}

// sampleSource reads the sample board in a way that does not keep all of it.
func sampleSource(server string) config.Source {
	src := sampleboard.Source(strings.TrimPrefix(server, "http://"))
	src.Keep.NotTitles = []string{"driver", "telecaller"}
	return src
}

func sitemapSource(server string) config.Source {
	address, _ := url.Parse(server)
	return config.Source{
		Name: "big", Kind: config.KindSitemap, URL: server + "/sitemap.xml", Match: "/job/", Pages: 60,
		Fetch: config.Fetch{
			Private: []string{address.Hostname()}, Timeout: config.Duration(5 * time.Second), MaxBytes: 8 << 20,
		},
	}
}

func sample(t *testing.T) http.Handler {
	t.Helper()
	board, err := sampleboard.NewBoard()
	if err != nil {
		t.Fatal(err)
	}
	return board
}

// TestSlices crawls a board and a sitemap twice, in slices and in one go: the receipts, the
// postings and what is asked for are the same.
func TestSlices(t *testing.T) {
	for name, lines := range map[string]func() *sliceLine{
		"board":            newSlices(t, sample(t), sampleSource),
		"sitemap":          newSlices(t, &bigSite{pages: numbers(100), lastMod: oldMod, refuse: refuses("/job/9")}, sitemapSource),
		"pages of several": newSlices(t, &bigSite{pages: numbers(30), lastMod: oldMod, lists: true}, sitemapSource),
		"pages elsewhere":  newSlices(t, &bigSite{pages: numbers(30), lastMod: oldMod, moved: "/offers/clerk"}, sitemapSource),
	} {
		t.Run(name, func(t *testing.T) {
			whole := lines()
			want := whole.run(t)
			all := whole.site.all
			parts := lines()
			got, n := parts.slices(t, nil)
			parts.same(t, whole, want, got)
			if parts.site.all != all || len(parts.site.twice()) > 0 || n < all/parts.most {
				t.Errorf("%d requests in %d slices, want %d; twice %v", parts.site.all, n, all, parts.site.twice())
			}
			whole.now, parts.now = whole.now.Add(48*time.Hour), parts.now.Add(48*time.Hour)
			want = whole.run(t)
			got, _ = parts.slices(t, nil)
			parts.same(t, whole, want, got)
		})
	}
}

// refuses gives which pages are gone.
func refuses(path string) func(string) bool { return func(p string) bool { return p == path } }

// TestSlicesOfAnother loses what slices kept, damages it, and changes the source: nothing is
// lost, doubled or asked for again.
func TestSlicesOfAnother(t *testing.T) {
	lines := newSlices(t, sample(t), sampleSource)
	whole := lines()
	want := whole.run(t)
	for name, between := range map[string]func(l *sliceLine, before []byte){
		"lost": func(l *sliceLine, before []byte) { l.frontier(t, func([]byte) []byte { return before }) },
		"none": func(l *sliceLine, _ []byte) { l.frontier(t, func([]byte) []byte { return nil }) },
		"another version": func(l *sliceLine, _ []byte) {
			l.frontier(t, func(f []byte) []byte { return append([]byte{9}, f[1:]...) })
		},
		"damaged":        func(l *sliceLine, _ []byte) { l.frontier(t, func(f []byte) []byte { return f[:len(f)/2] }) },
		"another source": func(l *sliceLine, _ []byte) { l.src.Keep.NotTitles = []string{"telecaller", "driver"} },
	} {
		t.Run(name, func(t *testing.T) {
			l := lines()
			var before []byte
			got, _ := l.slices(t, func(n int) {
				if n == 4 {
					between(l, before)
				}
				before = l.frontier(t, nil)
			})
			if got.Replayed == 0 || got.New >= want.New || got.New+got.Unchanged != want.New || !got.AddUp() || !got.Complete {
				t.Errorf("%+v", got)
			}
			got.Replayed, got.Bytes, got.Statuses = want.Replayed, want.Bytes, want.Statuses
			got.New, got.Unchanged, got.Turned = want.New, want.Unchanged, want.Turned
			l.same(t, whole, want, got)
			if twice := l.site.twice(); len(twice) > 0 {
				t.Errorf("asked for again: %v", twice)
			}
		})
	}
}

// TestSlicesEndAtTheDeadline counts the deadline over all slices of a crawl, but not while it
// waits for its turn; the next crawl goes on, and counts as known what the receipt of the
// first one has.
func TestSlicesEndAtTheDeadline(t *testing.T) {
	lines := newSlices(t, sample(t), sampleSource)
	whole := lines()
	want := whole.run(t)
	l := lines()
	l.Config.Deadline = config.Duration(time.Hour)
	handler, takes := l.site.Handler, 3*time.Minute
	l.site.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.now = l.now.Add(takes)
		handler.ServeHTTP(w, r)
	})
	first, n := l.slices(t, func(int) { l.now = l.now.Add(50 * time.Minute) })
	if n != 4 || !first.CutOff || first.New == 0 || !strings.Contains(first.Why, "the deadline") {
		t.Fatalf("%d slices: %+v", n, first)
	}
	takes = 0
	second, _ := l.slices(t, nil)
	if second.CutOff || second.New != want.New-first.New || second.Unchanged != first.New || second.Seen != want.Seen || second.Replayed == 0 {
		t.Errorf("%+v after %+v", second, first)
	}
	if twice := l.site.twice(); len(twice) > 0 || l.export(t) == "" {
		t.Errorf("asked for again: %v", twice)
	}
}

// TestSlicesAndRun goes on with slices by a run, and with a run that was stopped by slices.
func TestSlicesAndRun(t *testing.T) {
	lines := newSlices(t, sample(t), sampleSource)
	whole := lines()
	want := whole.run(t)
	l := lines()
	for range 3 {
		l.slice(t)
	}
	got := l.run(t)
	l.same(t, whole, want, got)
	stopping := lines()
	ctx, stop := context.WithCancel(t.Context())
	handler := stopping.site.Handler
	stopping.site.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if stopping.site.all == 40 {
			stop()
		}
		handler.ServeHTTP(w, r)
	})
	sum, err := stopping.Run(ctx, "run", []*config.Source{&stopping.src})
	if sum == nil || !sum.Sources[0].CutOff {
		t.Fatalf("%+v: %v", sum, err)
	}
	stopping.site.Handler = handler
	got, _ = stopping.slices(t, nil)
	first := &sum.Sources[0]
	if got.New != want.New-first.New || got.Unchanged != first.New || got.Seen != want.Seen || got.Replayed == 0 {
		t.Errorf("%+v after %+v", got, first)
	}
	for name, line := range map[string]*sliceLine{"a run after slices": l, "slices after a run": stopping} {
		if line.export(t) != whole.export(t) {
			t.Errorf("%s: other postings", name)
		}
	}
	if twice := stopping.site.twice(); len(twice) > 0 {
		t.Errorf("asked for again: %v", twice)
	}
}

// TestStoppedSlices stops the process of a slice: there is no receipt, and the next slice
// goes on.
func TestStoppedSlices(t *testing.T) {
	lines := newSlices(t, sample(t), sampleSource)
	whole := lines()
	want := whole.run(t)
	l := lines()
	ctx, stop := context.WithCancel(t.Context())
	r, err := l.Slice(ctx, "work", &l.src, func() bool {
		if l.site.all > 20 {
			stop()
		}
		return false
	})
	if err != nil || r != nil {
		t.Fatalf("%+v: %v", r, err)
	}
	got, _ := l.slices(t, nil)
	l.same(t, whole, want, got)
}

// TestSlicesAfterABreak lets hours pass between two slices: the pages before count as kept
// from before, so that what the crawl did not see is not taken for closed.
func TestSlicesAfterABreak(t *testing.T) {
	lines := newSlices(t, sample(t), sampleSource)
	want := lines().run(t)
	l := lines()
	begun := l.now
	l.Config.Deadline = config.Duration(10 * time.Hour)
	got, _ := l.slices(t, func(n int) {
		if n == 4 {
			l.now = l.now.Add(5 * time.Hour)
		}
	})
	if got.Replayed == 0 || got.Replayed >= want.Seen || got.New != want.New || !got.Started.Equal(begun) {
		t.Errorf("%+v", got)
	}
}

// TestSliceOfFile reads a file in one slice.
func TestSliceOfFile(t *testing.T) {
	lines := newSlices(t, http.NotFoundHandler(), func(string) config.Source {
		return config.Source{Name: "rows", Kind: config.KindFile, Path: "testdata/none.jsonl"}
	})
	if r := lines().slice(t); r == nil || !r.Failed {
		t.Errorf("%+v", r)
	}
}
