package crawler

import (
	"context"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gocolly/colly/v2"

	"jobsieve/config"
	"jobsieve/crawler/rows"
	"jobsieve/internal/sharedtest"
	"jobsieve/job"
)

// benchPages and benchSize are how many pages the benchmark's site has, and how
// long each is, in bytes: about what saved pages of single postings are.
const (
	benchPages = 5000
	benchSize  = 40_000
)

// benchSite serves a sitemap and pages of real postings, with the menus and
// footers that pages have around them.
func benchSite(b *testing.B) http.Handler {
	b.Helper()
	f, err := os.Open(filepath.Join(sharedtest.Dir(b), "data", "postings.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var pages []string
	_, err = rows.Each(b.Context(), f, rows.Options{}, func(row rows.Row, err error) error {
		p := &row.Posting
		if err == nil && p.Description != "" {
			pages = append(pages, benchPage(p))
		}
		return err
	})
	if err != nil || len(pages) < 1000 {
		b.Fatal(len(pages), err)
	}
	var sitemap strings.Builder
	sitemap.WriteString("<urlset>")
	for i := range benchPages {
		fmt.Fprintf(&sitemap, "<url><loc>/job/%d</loc></url>", i)
	}
	sitemap.WriteString("</urlset>")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n int
		switch {
		case r.URL.Path == "/sitemap.xml":
			_, _ = io.WriteString(w, sitemap.String())
		case strings.HasPrefix(r.URL.Path, "/job/"):
			_, _ = fmt.Sscanf(r.URL.Path, "/job/%d", &n)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, pages[n%len(pages)])
		default:
			http.NotFound(w, r)
		}
	})
}

func benchPage(p *job.Posting) string {
	var s strings.Builder
	fmt.Fprintf(&s, "<!doctype html><html><head><title>%s</title><meta charset=utf-8></head><body><nav><ul>", html.EscapeString(p.Title))
	for i := 0; s.Len() < benchSize/2; i++ {
		fmt.Fprintf(&s, `<li class="menu-item menu-%d"><a class="link" href="/category/%d"><span>Jobs in category %d</span></a></li>`, i, i, i)
	}
	fmt.Fprintf(&s, "</ul></nav><main><h1>%s</h1><b>%s</b><i>%s</i><s>%s</s><article>", html.EscapeString(p.Title), html.EscapeString(p.Company), html.EscapeString(p.Location), html.EscapeString(p.Salary))
	for line := range strings.SplitSeq(p.Description, "\n") {
		fmt.Fprintf(&s, "<p>%s</p>", html.EscapeString(line))
	}
	s.WriteString("</article></main><footer>")
	for i := 0; s.Len() < benchSize; i++ {
		fmt.Fprintf(&s, `<div class="col"><a href="/about/%d">About %d</a></div>`, i, i)
	}
	s.WriteString("</footer></body></html>")
	return s.String()
}

// counter counts postings.
type counter struct {
	gather
	n, described int
}

func (c *counter) Posting(_ context.Context, p *job.Posting, _ Sight) error {
	c.n++
	if p.Title != "" && p.Description != "" {
		c.described++
	}
	return nil
}

// BenchmarkCrawl fetches 5,000 pages of 40 kB from a site in the same process,
// one after the other, with pacing off: as jobsieve does, who reads them too; by
// colly alone, which finds the title; and by net/http alone, which reads
// nothing. Each reports pages a second.
func BenchmarkCrawl(b *testing.B) {
	server := httptest.NewServer(benchSite(b))
	defer server.Close()
	yaml := filepath.Join(b.TempDir(), "jobsieve.yaml")
	text := "sources:\n  - {name: s, kind: sitemap, url: " + server.URL + "/sitemap.xml, fetch: {delay: 1ns, private: [127.0.0.1]}, detail: {fields: {title: h1, company: b, location: i, salary: s, description: article}}}\n"
	if err := os.WriteFile(yaml, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	c, err := config.Load(yaml, config.Checks{})
	if err != nil {
		b.Fatal(err)
	}
	report := func(b *testing.B) {
		b.ReportMetric(float64(b.N)*benchPages/b.Elapsed().Seconds(), "pages/s")
	}
	b.Run("jobsieve", func(b *testing.B) {
		for b.Loop() {
			sink := &counter{}
			r, err := Crawl(b.Context(), &c.Sources[0], Env{Version: "bench", Now: time.Now, Log: slog.New(slog.DiscardHandler)}, sink)
			if err != nil || !r.Complete || sink.n != benchPages || sink.described != benchPages {
				b.Fatalf("%d postings, %d described; %+v; %v", sink.n, sink.described, r, err)
			}
		}
		report(b)
	})
	b.Run("colly", func(b *testing.B) {
		for b.Loop() {
			titles := 0
			collector := colly.NewCollector(colly.AllowURLRevisit())
			collector.OnHTML("h1", func(e *colly.HTMLElement) {
				if e.Text != "" {
					titles++
				}
			})
			for i := range benchPages {
				if err := collector.Visit(fmt.Sprintf("%s/job/%d", server.URL, i)); err != nil {
					b.Fatal(err)
				}
			}
			if titles != benchPages {
				b.Fatal(titles)
			}
		}
		report(b)
	})
	b.Run("net-http", func(b *testing.B) {
		for b.Loop() {
			bytes := int64(0)
			for i := range benchPages {
				resp, err := http.Get(fmt.Sprintf("%s/job/%d", server.URL, i))
				if err != nil {
					b.Fatal(err)
				}
				n, err := io.Copy(io.Discard, resp.Body)
				if err != nil || resp.StatusCode != http.StatusOK {
					b.Fatal(resp.Status, err)
				}
				_ = resp.Body.Close()
				bytes += n
			}
			if bytes < benchPages*benchSize {
				b.Fatal(bytes)
			}
		}
		report(b)
	})
}
