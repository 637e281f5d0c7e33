package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jobsieve/crawler/rows"
	"jobsieve/internal/sharedtest"
	"jobsieve/job"
)

// listSize is how many postings a list page of the test's site shows.
const listSize = 50

// bigSite is a board of real postings: list pages, and a page for each. It logs
// how often each page was fetched.
type bigSite struct {
	postings []*job.Posting
	n        int // how many the board has; they come round again

	mu  sync.Mutex
	log map[string]int
	all int
	// most is how many pages it serves before it holds the next; 0 is no bound.
	most int
}

// ServeHTTP answers one request.
func (s *bigSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/robots.txt" {
		fmt.Fprintln(w, "User-agent: *\nDisallow: /private/")
		return
	}
	for {
		if _, held := s.fetched(); !held {
			break
		}
		select {
		case <-r.Context().Done():
			return
		case <-time.After(time.Millisecond):
		}
	}
	var n int
	switch {
	case one(r.URL.Path, "/jobs/%d", &n):
		for i := n * listSize; i < min(s.n, (n+1)*listSize); i++ {
			fmt.Fprintf(w, "<li data-id=%d><a href=/job/%d>%s</a>\n", i, i, html.EscapeString(s.posting(i).Title))
		}
		if (n+1)*listSize < s.n {
			fmt.Fprintf(w, "<a class=next href=/jobs/%d>next</a>", n+1)
		}
	case one(r.URL.Path, "/job/%d", &n) && n < s.n:
		p := s.posting(n)
		fmt.Fprintf(w, "<h1>%s</h1><b>%s</b><i>%s</i><s>%s</s><p>%s</p>", html.EscapeString(p.Title), html.EscapeString(p.Company), html.EscapeString(p.Location), html.EscapeString(p.Salary), html.EscapeString(p.Description))
	default:
		http.NotFound(w, r)
		return
	}
	s.mu.Lock()
	s.log[r.URL.Path]++
	s.all++
	s.mu.Unlock()
}

func (s *bigSite) posting(n int) *job.Posting { return s.postings[n%len(s.postings)] }

func one(path, format string, n *int) bool {
	got, err := fmt.Sscanf(path, format, n)
	return got == 1 && err == nil && fmt.Sprintf(format, *n) == path
}

const bigSource = `
contact: me@example.org
sources:
  - name: big
    kind: html
    url: http://%s/jobs/0
    pages: 10000
    fetch: {delay: 1ns, private: [127.0.0.1]}
    list: {item: li, next: a.next@href, fields: {id: "@data-id", title: a}}
    detail: {link: a@href, fields: {title: h1, company: b, location: i, salary: s, description: p}}
`

// TestKilledCrawl kills a crawl at random moments and lets it go on each time:
// the end equals that of one that was left alone, and the site's log shows no
// page twice but those under way at a kill. JOBSIEVE_SOAK makes it the long way:
// 5,000 pages, 20 kills.
func TestKilledCrawl(t *testing.T) {
	kills, pages := 6, 600
	if os.Getenv("JOBSIEVE_SOAK") != "" {
		kills, pages = 20, 5000
	}
	site := &bigSite{log: map[string]int{}}
	site.n = pages * listSize / (listSize + 1)
	site.postings = describedPostings(t, site.n)
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	config := filepath.Join(t.TempDir(), "jobsieve.yaml")
	if err := os.WriteFile(config, fmt.Appendf(nil, bigSource, server.Listener.Addr()), 0o600); err != nil {
		t.Fatal(err)
	}
	left, dir := t.TempDir(), t.TempDir()
	want := crawledOnce(t, left, config)
	all, twice := site.counts()
	if twice != 0 || all < pages-listSize || !want.Complete || want.Seen != site.n {
		t.Fatalf("left alone: %d pages, %d fetched twice, %+v", all, twice, want)
	}

	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 5))
	site.forget()
	cut := 0
	for i := range kills {
		// No run comes to its end before its kill, however fast the machine is.
		slice := all / (kills + 1)
		site.hold(slice * (i + 1))
		cmd := exec.Command("jobsieve", "--config", config, "--data", dir, "run")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Half of the kills come after some more pages, half at any moment.
		longest := time.Duration(random.Int64N(int64(2 * time.Second)))
		if i%2 == 0 {
			longest = time.Minute
		}
		ctx, cancel := context.WithTimeout(t.Context(), longest)
		site.wait(ctx, random.IntN(slice))
		cancel()
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if cmd.Wait() != nil {
			cut++
		}
	}
	site.hold(0)
	last := crawledOnce(t, dir, config)
	fetched, twice := site.counts()
	t.Logf("seed %d; %d of %d kills hit a running crawl; %d pages, %d fetched twice; the last run took %d from before", seed, cut, kills, all, twice, last.Replayed)
	if cut != kills || fetched != all || twice > kills {
		t.Errorf("%d kills hit, %d of %d pages fetched, %d of them twice", cut, fetched, all, twice)
	}
	if last.Seen != want.Seen || last.Rejected != 0 || !last.Complete {
		t.Errorf("the last receipt is %+v", last)
	}
	if !bytes.Equal(jobsieve(t, "--data", dir, "export"), jobsieve(t, "--data", left, "export")) {
		t.Error("the exports differ")
	}
	site.forget()
	again := crawledOnce(t, dir, config)
	if fetched, twice := site.counts(); again.Replayed != 0 || fetched != all || twice != 0 {
		t.Errorf("the next run begins anew: %d pages, %d twice, want %d; %+v", fetched, twice, all, again)
	}
}

// counts gives how many pages were fetched, and how often one that had been.
func (s *bigSite) counts() (pages, twice int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.log), s.all - len(s.log)
}

func (s *bigSite) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log, s.all = map[string]int{}, 0
}

// hold lets the site serve so many pages in all, and hold the next until it is
// told again.
func (s *bigSite) hold(most int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.most = most
}

// wait waits until more pages were fetched, the site holds the next, or the
// context ends.
func (s *bigSite) wait(ctx context.Context, more int) {
	before, _ := s.fetched()
	for {
		if now, held := s.fetched(); now >= before+more || held {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Millisecond):
		}
	}
}

func (s *bigSite) fetched() (pages int, held bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all, s.most > 0 && s.all >= s.most
}

// crawledOnce runs a crawl to its end and gives its receipt.
func crawledOnce(t *testing.T, dir, config string) job.Receipt {
	t.Helper()
	var sum struct{ Sources []job.Receipt }
	if err := json.Unmarshal(jobsieve(t, "--config", config, "--data", dir, "run", "--json"), &sum); err != nil || len(sum.Sources) != 1 {
		t.Fatalf("%+v: %v", sum, err)
	}
	return sum.Sources[0]
}

// describedPostings gives real postings, those with a description first.
func describedPostings(t testing.TB, n int) []*job.Posting {
	t.Helper()
	f, err := os.Open(filepath.Join(sharedtest.Dir(t), "data", "postings.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var described, others []*job.Posting
	_, err = rows.Each(t.Context(), f, rows.Options{}, func(row rows.Row, err error) error {
		p := &row.Posting
		if err != nil {
			return err
		}
		if p.Description != "" {
			described = append(described, p)
		} else {
			others = append(others, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return append(described, others...)[:n]
}

// BenchmarkRun crawls and stores boards of 10,000 and 100,000 postings, a page
// each, with pacing off and no index to be reached: the rows wait. It reports
// pages a second, and the most memory that the program held, which must not grow
// with the board.
func BenchmarkRun(b *testing.B) {
	site := &bigSite{log: map[string]int{}, postings: describedPostings(b, 1000)}
	server := httptest.NewServer(site)
	b.Cleanup(server.Close)
	config := filepath.Join(b.TempDir(), "jobsieve.yaml")
	if err := os.WriteFile(config, fmt.Appendf(nil, bigSource, server.Listener.Addr()), 0o600); err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var peak int64
			for b.Loop() {
				site.n = n
				cmd := exec.Command("jobsieve", "--config", config, "--data", b.TempDir(), "--index", "http://127.0.0.1:1", "run", "--json")
				out, _ := cmd.Output() // it ends with 3: the rows wait
				var sum struct{ Seen, New, Waiting int }
				if err := json.Unmarshal(out, &sum); err != nil || sum.Seen != n || sum.New != n || sum.Waiting != n {
					b.Fatalf("%s: %v", out, err)
				}
				peak = max(peak, peakMemory(cmd.ProcessState))
			}
			b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "pages/s")
			b.ReportMetric(float64(peak)/1e6, "peak-MB")
		})
	}
}
