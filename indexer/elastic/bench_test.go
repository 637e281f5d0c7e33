package elastic_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esutil"

	"jobsieve/indexer/chosen"
	"jobsieve/indexer/elastic"
	"jobsieve/ledger"
)

// clients is how many requests are under way at once, in all ways.
const clients = 3

// BenchmarkDelivery loads the real postings, and 200,000 made by varying them,
// in four ways that take turns: "jobsieve index sync"; raw bulk requests that
// were built before; esutil.BulkIndexer doing the same work, from the ledger's
// postings; and esutil.BulkIndexer with documents that were made before. Each
// run goes into an index of the same mapping, made for it, and its documents
// are counted. It reports the median of jobsieve's rate as a part of the
// others', and jobsieve's peak memory. JOBSIEVE_BENCH_ROUNDS is how many
// rounds; 5 without it, after one that warms the server up.
func BenchmarkDelivery(b *testing.B) {
	for _, n := range []int{20_114, 200_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { delivery(b, n) })
	}
}

func delivery(b *testing.B, n int) {
	l := newLoader(b, n)
	rounds := 5
	if v := os.Getenv("JOBSIEVE_BENCH_ROUNDS"); v != "" {
		_, _ = fmt.Sscan(v, &rounds)
	}
	var peak int64
	names := []string{"raw", "esutil", "esutil-made-before"}
	parts := map[string][]float64{} // of the others' rates, by their names
	var rate []float64
	for b.Loop() {
		for round := range rounds + 1 {
			var own time.Duration
			took := map[string]time.Duration{}
			ways := []func(){
				func() {
					var memory int64
					own, memory = l.jobsieve(b)
					peak = max(peak, memory)
				},
				func() { took["raw"] = l.raw(b) },
				func() { took["esutil"] = l.esutil(b, l.ledgerDocuments) },
				func() { took["esutil-made-before"] = l.esutil(b, l.documents) },
			}
			for i := range ways {
				ways[(round+i)%len(ways)]()
			}
			if round == 0 {
				continue // the server warms up
			}
			rate = append(rate, float64(n)/own.Seconds())
			told := fmt.Sprintf("jobsieve %.2f s", own.Seconds())
			for _, name := range names {
				part := took[name].Seconds() / own.Seconds()
				parts[name] = append(parts[name], part)
				told += fmt.Sprintf("; %s %.2f s, of it %.3f", name, took[name].Seconds(), part)
			}
			b.Log(told)
		}
	}
	for _, name := range names {
		slices.Sort(parts[name])
		b.ReportMetric(parts[name][len(parts[name])/2], "of-"+name)
	}
	slices.Sort(rate)
	b.ReportMetric(parts["raw"][len(parts["raw"])-1]-parts["raw"][0], "spread")
	b.ReportMetric(rate[len(rate)/2], "docs/s")
	b.ReportMetric(float64(peak)/1e6, "peak-MB")
}

// jobsieve delivers the ledger and gives the time and the peak memory.
func (l *loader) jobsieve(b *testing.B) (time.Duration, int64) {
	b.Helper()
	l.fresh(b)
	cmd := l.command(l.url, "index", "sync")
	began := time.Now()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	ended := make(chan struct{})
	peak := make(chan int64)
	go func() { peak <- peakMemory(cmd.Process.Pid, ended) }()
	err := cmd.Wait()
	took := time.Since(began)
	close(ended)
	if err != nil || !strings.Contains(out.String(), fmt.Sprintf("%d delivered", l.n)) {
		b.Fatalf("%v\n%s", err, out.String())
	}
	l.count(b, "jobsieve")
	return took, <-peak
}

// peakMemory asks the kernel for a process's peak until it has ended. What
// wait tells of a child would count this process's memory at the fork.
func peakMemory(pid int, ended <-chan struct{}) (peak int64) {
	for {
		select {
		case <-ended:
			return peak
		case <-time.After(50 * time.Millisecond):
		}
		body, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err != nil {
			continue
		}
		if _, rest, ok := strings.Cut(string(body), "VmHWM:"); ok {
			var kb int64
			if _, err := fmt.Sscan(rest, &kb); err == nil {
				peak = max(peak, kb*1024)
			}
		}
	}
}

// raw sends the bodies that were built before.
func (l *loader) raw(b *testing.B) time.Duration {
	b.Helper()
	l.fresh(b)
	began := time.Now()
	bodies := make(chan []byte)
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for body := range bodies {
				resp, err := http.Post(l.url+"/"+l.alias+"/_bulk?filter_path=errors", "application/x-ndjson", bytes.NewReader(body))
				if err != nil {
					b.Error(err)
					return
				}
				var r struct{ Errors *bool }
				if err := json.NewDecoder(resp.Body).Decode(&r); err != nil || r.Errors == nil || *r.Errors {
					b.Errorf("%s: %v", resp.Status, err)
				}
				_ = resp.Body.Close()
			}
		})
	}
	for _, body := range l.bodies {
		bodies <- body
	}
	close(bodies)
	wg.Wait()
	l.refresh(b)
	took := time.Since(began)
	l.count(b, "raw")
	return took
}

// documents gives f the documents that were made before.
func (l *loader) documents(b *testing.B, f func(id string, version int64, source io.ReadSeeker)) {
	b.Helper()
	for i := range l.ids {
		f(l.ids[i], 1, strings.NewReader(l.docs[i]))
	}
}

// ledgerDocuments reads the ledger and gives f the documents of its postings.
func (l *loader) ledgerDocuments(b *testing.B, f func(id string, version int64, source io.ReadSeeker)) {
	b.Helper()
	led, err := ledger.Attach(b.Context(), filepath.Join(l.dir, "data"))
	if err != nil {
		b.Fatal(err)
	}
	for after := int64(0); ; {
		records, err := led.Waiting(b.Context(), "esutil", after, 500)
		if err != nil {
			b.Fatal(err)
		}
		if len(records) == 0 {
			break
		}
		after = records[len(records)-1].N
		for _, r := range records {
			d := chosen.DocumentOf(r)
			source, err := elastic.SourceOf(&d)
			if err != nil {
				b.Fatal(err)
			}
			f(d.Key, d.Revision, bytes.NewReader(source))
		}
	}
	if err := led.Close(); err != nil {
		b.Fatal(err)
	}
}

// esutil sends documents with go-elasticsearch's own indexer.
func (l *loader) esutil(b *testing.B, documents func(*testing.B, func(id string, version int64, source io.ReadSeeker))) time.Duration {
	b.Helper()
	l.fresh(b)
	began := time.Now()
	bi, err := esutil.NewBulkIndexer(esutil.BulkIndexerConfig{Client: l.client, Index: l.alias, NumWorkers: clients, FlushBytes: 2 << 20})
	if err != nil {
		b.Fatal(err)
	}
	documents(b, func(id string, version int64, source io.ReadSeeker) {
		err := bi.Add(context.Background(), esutil.BulkIndexerItem{Action: "index", DocumentID: id, Version: &version, VersionType: "external_gte", Body: source})
		if err != nil {
			b.Fatal(err)
		}
	})
	if err := bi.Close(context.Background()); err != nil {
		b.Fatal(err)
	}
	l.refresh(b)
	took := time.Since(began)
	if s := bi.Stats(); s.NumFailed > 0 {
		b.Fatalf("%d failed", s.NumFailed)
	}
	l.count(b, "esutil")
	return took
}
