package chosen

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
	"jobsieve/job"
	"jobsieve/ledger"
)

// stored makes a ledger with the postings p0, p1 and so on.
func stored(t *testing.T, n int) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	for i := range n {
		store1(t, l, fmt.Sprintf("p%d", i), "Typist")
	}
	return l
}

func store1(t *testing.T, l *ledger.Ledger, id, title string) {
	t.Helper()
	e := ledger.Entry{Posting: job.Posting{ID: id, Source: "s", Title: title}, Seen: time.Unix(0, 0), Reading: &ledger.Reading{}}
	if _, err := l.Store(t.Context(), nil, []ledger.Entry{e}); err != nil {
		t.Fatal(err)
	}
}

func deliver(t *testing.T, l *ledger.Ledger, ix indexer.Index) ledger.Deliveries {
	t.Helper()
	counts, err := Deliver(t.Context(), l, ix, time.Now, nil)
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

// TestCompare changes an index, or the ledger, after the postings p0 to p4 were
// delivered.
func TestCompare(t *testing.T) {
	for name, c := range map[string]struct {
		change func(t *testing.T, l *ledger.Ledger, ix *conformance.Memory)
		want   indexer.Difference
		few    int // fewer than delivered
		many   int // more than the ledger has
	}{
		"nothing": {func(*testing.T, *ledger.Ledger, *conformance.Memory) {}, indexer.Difference{Held: 5}, 0, 0},
		"taken away": {func(_ *testing.T, _ *ledger.Ledger, ix *conformance.Memory) {
			ix.Set("s/p1", 0)
			ix.Set("s/p3", 0)
		}, indexer.Difference{Held: 3, Missing: 2, Example: "s/p1"}, 2, 0},
		"exchanged": {func(_ *testing.T, _ *ledger.Ledger, ix *conformance.Memory) {
			ix.Set("s/p1", 0)
			ix.Set("z", 1)
		}, indexer.Difference{Held: 5, Missing: 1, Foreign: 1, Example: "s/p1"}, 0, 0},
		"more added than taken away": {func(_ *testing.T, _ *ledger.Ledger, ix *conformance.Memory) {
			ix.Set("s/p1", 0)
			for _, key := range []string{"x", "y", "z"} {
				ix.Set(key, 1)
			}
		}, indexer.Difference{Held: 7, Missing: 1, Foreign: 3, Example: "s/p1"}, 0, 2},
		"added, and one waits": {func(t *testing.T, l *ledger.Ledger, ix *conformance.Memory) {
			store1(t, l, "p9", "Cook")
			ix.Set("y", 1)
			ix.Set("z", 1)
		}, indexer.Difference{Held: 7, Foreign: 2, Example: "y"}, 0, 1},
		"newer":               {func(_ *testing.T, _ *ledger.Ledger, ix *conformance.Memory) { ix.Set("s/p1", 7) }, indexer.Difference{Held: 5, Newer: 1, Example: "s/p1"}, 0, 0},
		"one that waits":      {func(t *testing.T, l *ledger.Ledger, _ *conformance.Memory) { store1(t, l, "p9", "Cook") }, indexer.Difference{Held: 5}, 0, 0},
		"a change that waits": {func(t *testing.T, l *ledger.Ledger, _ *conformance.Memory) { store1(t, l, "p1", "Cook") }, indexer.Difference{Held: 5}, 0, 0},
		"older than was taken": {func(t *testing.T, l *ledger.Ledger, ix *conformance.Memory) {
			store1(t, l, "p1", "Cook")
			deliver(t, l, ix)
			ix.Set("s/p1", 1)
		}, indexer.Difference{Held: 5, Older: 1, Example: "s/p1"}, 0, 0},
		"forgotten": {func(t *testing.T, l *ledger.Ledger, ix *conformance.Memory) {
			if _, _, err := l.Forget(t.Context(), []string{"p1"}); err != nil {
				t.Fatal(err)
			}
			deliver(t, l, ix)
		}, indexer.Difference{Held: 4}, 0, 0},
		"forgotten and there": {func(t *testing.T, l *ledger.Ledger, ix *conformance.Memory) {
			if _, _, err := l.Forget(t.Context(), []string{"p1"}); err != nil {
				t.Fatal(err)
			}
			deliver(t, l, ix)
			ix.Set("s/p1", 1)
		}, indexer.Difference{Held: 5, Foreign: 1, Example: "s/p1"}, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			l, ix := stored(t, 5), &conformance.Memory{Name: "ix"}
			if d := deliver(t, l, ix); d.Delivered != 5 || d.Missing != 0 {
				t.Fatalf("%+v", d)
			}
			c.change(t, l, ix)
			got, err := Compare(t.Context(), l, ix)
			if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
			if got.None() != (c.want.Example == "") || (got.String() == "") != got.None() {
				t.Errorf("%v %q", got.None(), got.String())
			}
			counts, err := Counted(t.Context(), l, ix)
			if counts.Missing != c.few || counts.Foreign != c.many || err != nil {
				t.Errorf("counted %d missing and %d foreign, want %d and %d: %v", counts.Missing, counts.Foreign, c.few, c.many, err)
			}
		})
	}
}

// TestNewerInTheIndex delivers to an index that says it holds newer documents.
func TestNewerInTheIndex(t *testing.T) {
	l := stored(t, 2)
	ix := &conformance.Memory{Name: "ix", Acks: func(docs []indexer.Document, acks []indexer.Ack) {
		for i := range docs {
			if docs[i].Key == "s/p0" {
				store1(t, l, "p0", "Cook") // meanwhile another run has stored and delivered it
				acks[i] = indexer.Ack{Newer: 2}
			} else {
				acks[i] = indexer.Ack{Newer: 9}
			}
		}
	}}
	deliver(t, l, ix)
	refused, err := l.Refused(t.Context(), "ix")
	if err != nil || len(refused) != 1 || refused[0].Key != "s/p1" || !strings.Contains(refused[0].Reason, "version 9 and the ledger has version 1") {
		t.Errorf("refused: %+v: %v", refused, err)
	}
}

// TestZeroAck delivers to an index that says nothing of its documents.
func TestZeroAck(t *testing.T) {
	l := stored(t, 3)
	ix := &conformance.Memory{Name: "ix", Acks: func(_ []indexer.Document, acks []indexer.Ack) { clear(acks) }}
	if d := deliver(t, l, ix); d.Delivered != 0 || d.Waiting != 3 {
		t.Errorf("%+v", d)
	}
}

// memory is an index that is being made anew.
type memory struct {
	conformance.Memory
	discarded, placed bool
}

func (r *memory) TakePlace(context.Context) error { r.placed = true; return nil }
func (r *memory) Discard(context.Context) error   { r.discarded = true; return nil }

// TestFailedRebuild lets a rebuild fail in several ways: the new index goes, and
// what was delivered to it.
func TestFailedRebuild(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(*memory)
		err     string
	}{
		"well":             {func(*memory) {}, ""},
		"unreachable":      {func(r *memory) { r.Err = errors.New("it is away") }, "it is away"},
		"another document": {func(r *memory) { r.Set("foreign", 1) }, "1 document is not the ledger's"},
	} {
		t.Run(name, func(t *testing.T) {
			l, r := stored(t, 3), &memory{Memory: conformance.Memory{Name: "next"}}
			c.prepare(r)
			_, _, err := rebuild(t.Context(), l, rebuildSteps{Begin: func(context.Context) (rebuilt, error) { return r, nil }, Now: time.Now})
			failed := c.err != ""
			if (err != nil) != failed || failed && !strings.Contains(err.Error(), c.err) || r.discarded != failed || r.placed == failed {
				t.Errorf("%v; discarded %v, placed %v", err, r.discarded, r.placed)
			}
			if target, err := l.LastTarget(t.Context(), "next"); (target == "") != failed || err != nil {
				t.Errorf("the ledger knows the target %q: %v", target, err)
			}
		})
	}
}

// killed is an index whose program is killed when it has taken all documents.
type killed struct{ memory }

func (*killed) Refresh(context.Context) error { panic("killed") }

// TestKilledRebuild kills a rebuild: what is known of the index is still what the
// old one, which is in its place, has taken and refused.
func TestKilledRebuild(t *testing.T) {
	l := stored(t, 3)
	old := &conformance.Memory{Name: "ix:old", Acks: func(_ []indexer.Document, acks []indexer.Ack) {
		acks[0] = indexer.Ack{Refused: "bad date"}
	}}
	deliver(t, l, old)
	next := &killed{memory{Memory: conformance.Memory{Name: "ix:next"}}}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the rebuild was not killed")
			}
		}()
		steps := rebuildSteps{Begin: func(context.Context) (rebuilt, error) { return next, nil }, Now: time.Now}
		_, _, _ = rebuild(t.Context(), l, steps)
	}()
	target, err := l.LastTarget(t.Context(), "ix:")
	if target != "ix:old" || err != nil {
		t.Errorf("the last target is %q: %v", target, err)
	}
	if refused, err := l.Refused(t.Context(), target); len(refused) != 1 || err != nil {
		t.Errorf("refused: %+v: %v", refused, err)
	}
}
