package desk

import (
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/filter"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/corpus"
	"jobsieve/internal/estest"
	"jobsieve/internal/realtest"
	"jobsieve/job"
	"jobsieve/ledger"
)

// BenchmarkSearch asks, one at a time, 150 questions as people ask them, and the empty
// one, of 100,000 postings: the real ones, and those with other ids, employers and places.
// The index stays open, as the daemon's does. It reports how long half of the answers and
// 99 of 100 took at most.
func BenchmarkSearch(b *testing.B) {
	queries, err := corpus.Queries()
	if err != nil {
		b.Fatal(err)
	}
	texts := []string{""}
	for i := range queries {
		texts = append(texts, queries[i].Query)
	}
	postings := realtest.Postings(b)
	b.Run("embedded", func(b *testing.B) { searchAll(b, config.Default(), postings, texts) })
	b.Run("elasticsearch", func(b *testing.B) {
		c := config.Default()
		c.Index = estest.URL(b)
		c.Elasticsearch.Alias = estest.Alias(b, c.Index)
		searchAll(b, c, postings, texts)
	})
}

func searchAll(b *testing.B, c *config.Config, postings []job.Posting, texts []string) {
	b.Helper()
	d := &Desk{Dir: b.TempDir(), Config: c}
	d.Index = &chosen.Index{Config: c, Dir: d.Dir, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Command: func(...string) string { return "" }}
	l := fill(b, d, postings)
	var took []time.Duration
	err := d.Index.Asking(b.Context(), l, time.Minute, func(ask asking) error {
		once := func(s string) {
			b.Helper()
			a := &Answer{}
			began := time.Now()
			err := d.search(b.Context(), &filter.Filter{Text: s}, Page{Limit: 10}, ask, a)
			took = append(took, time.Since(began))
			if err != nil || s == "" && a.Total != benchPostings {
				b.Fatalf("%q: found %d: %v", s, a.Total, err)
			}
		}
		for _, s := range texts {
			once(s)
		}
		took = nil
		for b.Loop() {
			for _, s := range texts {
				once(s)
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	slices.Sort(took)
	const half, nearlyAll = 50, 99
	for _, part := range []int{half, nearlyAll} {
		at := took[len(took)*part/100]
		b.ReportMetric(float64(at.Microseconds())/1000, fmt.Sprintf("p%d-ms", part))
	}
}

// benchPostings is how many postings are asked.
const benchPostings = 100_000

// fill stores and indexes that many postings.
func fill(b *testing.B, d *Desk, found []job.Posting) *ledger.Ledger {
	b.Helper()
	reader, err := d.Reader()
	if err != nil {
		b.Fatal(err)
	}
	l, err := ledger.Open(b.Context(), d.Dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = l.Close() })
	const batch = 500
	var entries []ledger.Entry
	for n := range benchPostings {
		p := found[n%len(found)]
		if again := n / len(found); again > 0 {
			p.ID = fmt.Sprintf("%s-%d", p.ID, again)
			p.Company = fmt.Sprintf("%s %d", p.Company, again)
			p.Location = found[(n*7919)%len(found)].Location
		}
		r := reader.Read(&p)
		entries = append(entries, ledger.Entry{Posting: p, Seen: time.Unix(1_790_000_000, 0), Reading: &r})
		if len(entries) == batch {
			if _, err := l.Store(b.Context(), nil, entries); err != nil {
				b.Fatal(err)
			}
			entries = entries[:0]
		}
	}
	if _, err := d.Index.Sync(b.Context(), l, nil); err != nil {
		b.Fatal(err)
	}
	return l
}
