package pipeline

import (
	"reflect"
	"testing"
	"time"

	"jobsieve/internal/realtest"
	"jobsieve/job"
	"jobsieve/ledger"
)

// The ledger gives of every real posting, once, the summary of its record, as it
// was kept.
func TestSummariesOfRealPostings(t *testing.T) {
	r, err := NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}()
	postings := realtest.Postings(t)
	const size = 1000
	for from := 0; from < len(postings); from += size {
		var batch []ledger.Entry
		for _, p := range postings[from:min(from+size, len(postings))] {
			reading := r.Read(&p)
			batch = append(batch, ledger.Entry{Posting: p, Seen: time.UnixMilli(1), Posted: string(reading.Facts.Posted), Reading: &reading})
		}
		if _, err := l.Store(t.Context(), nil, batch); err != nil {
			t.Fatal(err)
		}
	}
	want := map[int64][]byte{}
	err = l.Each(t.Context(), func(r *ledger.Record) error {
		s := r.Summary()
		want[r.N] = s.AppendPacked(nil)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	bytes, n := 0, len(want)
	err = l.Summaries(t.Context(), func(n int64, s *job.Summary) error {
		packed := s.AppendPacked(nil)
		if !reflect.DeepEqual(packed, want[n]) {
			t.Errorf("posting %d: %+v", n, s)
		}
		bytes += len(packed)
		delete(want, n)
		return nil
	})
	if err != nil || len(want) > 0 {
		t.Errorf("%d were not given: %v", len(want), err)
	}
	t.Logf("%d bytes for %d", bytes, n)
}
