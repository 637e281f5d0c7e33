package eval_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/corpus"
	"jobsieve/internal/estest"
	"jobsieve/internal/realtest"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/sampleboard"
)

var pool = flag.String("pool", "", "write the hits of queries that nobody has judged to this file")

const queriesHead = `# What questions find

Written by ` + "`make eval`" + `, where the real postings are.

150 questions in English, Hinglish and Hindi, each with the need behind it, were written by somebody who did not know
the program. They are asked of the sample board and of the real postings, in either index. Each of the first ten hits
was judged against the need, from 0 (wrong) to 3 (just that), by people who saw neither its rank nor the index. nDCG@10
is 1 where the best that were judged come first. A question without any hit of 2 or more is left out: it has no answers
there, only what lacks something that it asks for.

`

// searched is a board whose postings questions are asked of.
type searched struct {
	name     string
	floor    float64 // of nDCG@10
	postings func(testing.TB) []job.Posting
}

var boards = []searched{
	{"sample", 0.86, func(tb testing.TB) (out []job.Posting) {
		all, err := sampleboard.Postings()
		if err != nil {
			tb.Fatal(err)
		}
		for i := range all {
			p := all[i].Job()
			p.Source = "sample"
			out = append(out, p)
		}
		return out
	}},
	{"real", 0.9, realtest.Postings},
}

// TestQueries scores what questions find in the embedded index.
func TestQueries(t *testing.T) { scoreQueries(t, "embedded", func(*testing.T, *config.Config) {}) }

// TestQueriesElastic scores what they find in Elasticsearch.
func TestQueriesElastic(t *testing.T) {
	url := estest.URL(t)
	scoreQueries(t, "elasticsearch", func(t *testing.T, c *config.Config) {
		t.Helper()
		c.Index, c.Elasticsearch.Alias = url, estest.Alias(t, url)
	})
}

func scoreQueries(t *testing.T, backend string, configure func(*testing.T, *config.Config)) {
	t.Helper()
	queries, err := corpus.Queries()
	if err != nil {
		t.Fatal(err)
	}
	judged, err := corpus.Judgments()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, board := range boards {
		d := deskOf(t, board.postings(t), configure)
		s := scores{}
		for i := range queries {
			q := &queries[i]
			a, err := d.Search(t.Context(), &filter.Filter{Text: q.Query}, desk.Page{Limit: 10}, time.Minute)
			if err != nil {
				t.Errorf("%s %q: %v", q.ID, q.Query, err)
				continue
			}
			var keys []string
			for i := range a.Hits {
				keys = append(keys, a.Hits[i].Source+"/"+a.Hits[i].ID)
			}
			s.add(t, q, board.name, keys, judged[corpus.Asked{Query: q.ID, Board: board.name}])
		}
		s.write(&b, board.name+", "+backend)
		if got := mean(s.ndcg["all"]); got < board.floor || len(s.empty) > 0 {
			t.Errorf("%s: nDCG@10 %.3f, want at least %.2f; found nothing for %q", board.name, got, board.floor, s.empty)
		}
	}
	// Scores that are nearly equal come in another order from run to run, as the index
	// merges its parts: the file is not compared.
	if *update {
		compare(t, "scoreboard-queries-"+backend+".md", queriesHead+b.String())
	}
}

func mean(values []float64) (sum float64) {
	for _, v := range values {
		sum += v / float64(len(values))
	}
	return sum
}

// deskOf makes a desk with a ledger of postings.
func deskOf(t *testing.T, postings []job.Posting, configure func(*testing.T, *config.Config)) *desk.Desk {
	t.Helper()
	c := config.Default()
	configure(t, c)
	dir := t.TempDir()
	d := &desk.Desk{Dir: dir, Config: c, Index: &chosen.Index{
		Config: c, Dir: dir, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Command: func(args ...string) string { return strings.Join(args, " ") },
	}}
	reader, err := d.Reader()
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}()
	day := time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC)
	for batch := range slices.Chunk(postings, 500) {
		entries := make([]ledger.Entry, len(batch))
		for i := range batch {
			r := reader.Read(&batch[i])
			entries[i] = ledger.Entry{Posting: batch[i], Seen: day, Reading: &r}
		}
		if _, err := l.Store(t.Context(), nil, entries); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Index.Sync(t.Context(), l, nil); err != nil {
		t.Fatal(err)
	}
	return d
}

// scores are those of the queries asked of one board.
type scores struct {
	ndcg     map[string][]float64 // by language, kind, and "all"
	empty    []string             // queries that have answers and found nothing
	unjudged int
}

func (s *scores) add(t *testing.T, q *corpus.Query, board string, keys []string, grades map[string]int) {
	t.Helper()
	var ideal []int
	for _, g := range grades {
		ideal = append(ideal, g)
	}
	slices.SortFunc(ideal, func(a, b int) int { return b - a })
	got := make([]int, len(keys))
	for i, key := range keys {
		g, ok := grades[key]
		if !ok {
			s.unjudged++
			keep(t, q, board, key)
		}
		got[i] = g
	}
	const answers = 2
	if len(ideal) == 0 || ideal[0] < answers {
		return
	}
	if len(keys) == 0 {
		s.empty = append(s.empty, q.ID)
	}
	n := gain(got) / gain(ideal)
	if s.ndcg == nil {
		s.ndcg = map[string][]float64{}
	}
	for _, group := range []string{"all", q.Language, q.Kind} {
		s.ndcg[group] = append(s.ndcg[group], n)
	}
	if *show != "" {
		t.Logf("%s %s %.3f %q", board, q.ID, n, q.Query)
	}
}

// gain is the discounted gain of the first ten grades.
func gain(grades []int) (sum float64) {
	for i, g := range grades[:min(10, len(grades))] {
		sum += (math.Pow(2, float64(g)) - 1) / math.Log2(float64(i)+2)
	}
	return sum
}

// keep writes a hit that nobody has judged to the pool.
func keep(t *testing.T, q *corpus.Query, board, key string) {
	t.Helper()
	if *pool == "" {
		return
	}
	f, err := os.OpenFile(*pool, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := json.NewEncoder(f).Encode(corpus.Judgment{Asked: corpus.Asked{Query: q.ID, Board: board}, Key: key}); err != nil {
		t.Fatal(err)
	}
}

func (s *scores) write(b *strings.Builder, name string) {
	fmt.Fprintf(b, "## %s\n\n| questions | n | nDCG@10 | below 0.5 |\n|---|---|---|---|\n", name)
	groups := []string{}
	for g := range s.ndcg {
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(s.ndcg[b]), len(s.ndcg[a])), cmp.Compare(a, b))
	})
	for _, g := range groups {
		low := 0
		for _, v := range s.ndcg[g] {
			if v < 0.5 {
				low++
			}
		}
		fmt.Fprintf(b, "| %s | %d | %.3f | %d |\n", g, len(s.ndcg[g]), mean(s.ndcg[g]), low)
	}
	fmt.Fprintf(b, "\nHits that nobody has judged: %d. Questions that have answers and found nothing: %d.\n\n", s.unjudged, len(s.empty))
}
