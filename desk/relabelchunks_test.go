package desk

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jobsieve/filter"
	"jobsieve/job"
	"jobsieve/ledger"
)

// readAsNothing makes a desk of postings that were read as nothing, in several chunks.
func readAsNothing(t *testing.T) *Desk {
	t.Helper()
	var postings []job.Posting
	for i := range 2*ledger.ChunkSize + 10 {
		p := texts[i%len(texts)]
		p.ID = fmt.Sprintf("p%d", i)
		postings = append(postings, p)
	}
	d := testDesk(t, postings...)
	write(t, d, func(l *ledger.Ledger) error {
		_, err := l.Reread(t.Context(), time.Now(), func(records []*ledger.Record) ([]ledger.Reading, error) {
			out := make([]ledger.Reading, len(records))
			for i := range out {
				out[i].Verdict.Label = job.Unclassified
			}
			return out, nil
		}, nil)
		if err != nil {
			return err
		}
		return l.LabelByHand(t.Context(), 5, &job.HandLabel{Label: job.KPO})
	})
	return d
}

// TestRelabelInChunks wants chunks to say what a single process says, in whatever order they
// are done, and however often.
func TestRelabelInChunks(t *testing.T) {
	single, shared := readAsNothing(t), readAsNothing(t)
	of := &filter.Filter{}
	of.Is = map[string][]string{"source": {"acme"}}
	var n int
	var want *Impact
	write(t, single, func(l *ledger.Ledger) (err error) {
		n, want, err = single.Relabel(t.Context(), l, of, 3, never)
		return err
	})
	reader, err := shared.Reader()
	if err != nil {
		t.Fatal(err)
	}
	r := &Relabeller{Program: "1", Reader: reader, Now: time.Now}
	write(t, shared, func(l *ledger.Ledger) error {
		id, err := r.Begin(t.Context(), l, of, 3)
		if err != nil {
			return err
		}
		chunks, err := l.Chunks(t.Context(), id)
		if err != nil || len(chunks) != 3 {
			t.Fatalf("%d chunks: %v", len(chunks), err)
		}
		other := &Relabeller{Program: "2", Reader: reader, Now: time.Now}
		if err := other.Chunk(t.Context(), l, &chunks[0]); !errors.Is(err, ErrOtherRules) {
			t.Errorf("another program: %v", err)
		}
		for _, i := range []int{2, 0, 1, 0} {
			c := chunks[i]
			if err := r.Chunk(t.Context(), l, &c); err != nil {
				return err
			}
		}
		got, err := r.Relabelling(t.Context(), l, id, 3)
		if err != nil {
			return err
		}
		if got.Readings != n || got.Chunks != 3 || got.ByMachines != 0 {
			t.Errorf("%d readings of %d, %d chunks", got.Readings, n, got.Chunks)
		}
		if diff := cmp.Diff(want, got.Impact, cmpopts.IgnoreUnexported(Impact{})); diff != "" {
			t.Error(diff)
		}
		return nil
	})
	if want.Postings != 506 || n != 506 || want.Changed != 505 {
		t.Errorf("%d of %d postings, %d labels", n, want.Postings, want.Changed)
	}
}

// TestRelabelWithWords is of no chunks.
func TestRelabelWithWords(t *testing.T) {
	d := testDesk(t, texts...)
	reader, err := d.Reader()
	if err != nil {
		t.Fatal(err)
	}
	write(t, d, func(l *ledger.Ledger) error {
		r := &Relabeller{Reader: reader, Now: time.Now}
		if id, err := r.Begin(t.Context(), l, &filter.Filter{Text: "cook"}, 1); err == nil {
			t.Errorf("%s was begun", id)
		}
		return nil
	})
}
