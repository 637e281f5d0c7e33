package pipeline

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/job"
)

func TestExpired(t *testing.T) {
	seen := time.Date(2026, 3, 10, 12, 0, 0, 0, job.IST)
	expired := func(p *job.Posting, seen time.Time) bool {
		until := expiry(p, seen)
		return !until.IsZero() && until.Before(seen)
	}
	for until, want := range map[string]bool{
		`"2026-03-09"`: true, `"2026-03-10"`: false, `"2026-03-11"`: false,
		`"2026-03-10T06:29:00Z"`: true, `"2026-03-10T06:31:00Z"`: false,
		`"2026-03-10T11:00:00"`: true, `"2026-03-10T00:00:00Z"`: false, `"2026-03-10T00:00"`: false, `"2026-03-09T00:00:00.000+0000"`: true,
		`"2026-03-10 00:00:00 +0530"`: false, `"2026-03-10T10:00:00+05:30"`: true,
		`"31/01/2026"`: true, `"31 Jan 2026"`: true, `["2026-01-31"]`: true, `1769797800`: true, `1993488000000`: false,
		`""`: false, `null`: false, `"soon"`: false, `"0001-01-01"`: false, `"31 Jan"`: false, `"3 days ago"`: false, `{}`: false,
	} {
		p := job.Posting{Title: "Clerk", Extra: []job.Member{{Key: "validThrough", Value: []byte(until)}}}
		if got := expired(&p, seen); got != want {
			t.Errorf("%s: %v, want %v", until, got, want)
		}
		if expired(&p, time.Time{}) {
			t.Errorf("%s: a row of a file is expired", until)
		}
	}
	p := job.Posting{Posted: "2026-03-01"}
	p.Set(job.ValidThrough, "2026-02-01")
	if expired(&p, seen) {
		t.Error("a posting is expired that would have been before it was posted")
	}
	p.Set(job.ValidThrough, "2026-03-02")
	s := &store{log: slog.New(slog.DiscardHandler), filled: map[job.Field]int{}}
	if err := s.Posting(t.Context(), &p, crawler.Sight{Seen: seen, Written: seen}); err != nil || s.counts.Reasons[job.RejectExpired] != 1 {
		t.Errorf("%+v: %v", s.counts, err)
	}
}

// TestExpiredPages crawls pages with JobPostings, one of which is over: it is not stored,
// and is counted as expired.
func TestExpiredPages(t *testing.T) {
	pages := map[string]string{"/": "<a href=/1>One</a> <a href=/2>Two</a>", "/1": "2026-01-31", "/2": "2026-12-31"}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch body, ok := pages[r.URL.Path]; {
		case !ok:
			http.NotFound(w, r)
		case r.URL.Path == "/":
			fmt.Fprint(w, body)
		default:
			fmt.Fprintf(w, `<script type="application/ld+json">{"@type":"JobPosting","title":"Clerk %s",`+
				`"description":"Type forms.","validThrough":%q}</script>`, r.URL.Path, body)
		}
	}))
	t.Cleanup(server.Close)
	line := boardLine(t)
	line.Now = func() time.Time { return time.Date(2026, 3, 10, 12, 0, 0, 0, job.IST) }
	src := &config.Source{
		Name: "ld", Kind: config.KindJSONLD, URL: server.URL + "/", Pages: 1, Fetch: line.Config.Sources[0].Fetch,
		Detail: config.Detail{Link: config.Field{Select: "a", Attr: "href"}},
	}
	sum, err := line.Run(t.Context(), "run", []*config.Source{src})
	if err != nil || sum.New != 1 || sum.Reasons[job.RejectExpired] != 1 || sum.Seen != 2 || !sum.Sources[0].Complete {
		t.Fatalf("%+v: %v", sum, err)
	}
}
