package conformance

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/ledger"
)

func deliveries(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	storeAll(t, l, day, entry("a", "1", "x"), entry("a", "2", "x"), entry("a", "3", "x"))
	waiting, err := l.Waiting(ctx, "ix:1", 0, 10)
	if err != nil || len(waiting) != 3 {
		t.Fatalf("%d waiting: %v", len(waiting), err)
	}
	err = l.Acknowledge(ctx, "ix:1", day, []ledger.Delivery{{N: waiting[0].N, Revision: 1}, {N: waiting[1].N, Revision: 1, Refused: "bad date"}})
	if err != nil {
		t.Fatal(err)
	}
	want := ledger.Deliveries{Taken: 3, Delivered: 1, Waiting: 1, Refused: 1}
	if got, err := l.Deliveries(ctx, "ix:1"); err != nil || got != want {
		t.Errorf("%+v, want %+v: %v", got, want, err)
	}
	storeAll(t, l, day, entry("a", "1", "changed"))
	want = ledger.Deliveries{Taken: 3, Delivered: 0, Waiting: 2, Refused: 1}
	if got, err := l.Deliveries(ctx, "ix:1"); err != nil || got != want {
		t.Errorf("after a change %+v, want %+v: %v", got, want, err)
	}
	if target, err := l.LastTarget(ctx, "ix:"); err != nil || target != "ix:1" {
		t.Errorf("last target %q: %v", target, err)
	}
	building(t, l)
	if err := l.ForgetDeliveries(ctx, "ix:", "ix:2"); err != nil {
		t.Fatal(err)
	}
	if got, err := l.Deliveries(ctx, "ix:1"); err != nil || got.Waiting != 3 {
		t.Errorf("after it was forgotten %+v: %v", got, err)
	}
}

// building delivers to an index that is being built beside ix:1: it is not the
// last target until it is built.
func building(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	ctx := t.Context()
	waiting, err := l.Waiting(ctx, "ix:3", 0, 10)
	if err == nil {
		err = l.Acknowledge(ctx, "ix:3", time.Time{}, []ledger.Delivery{{N: waiting[0].N, Revision: 9}})
	}
	if err != nil {
		t.Fatal(err)
	}
	if target, err := l.LastTarget(ctx, "ix:"); err != nil || target != "ix:1" {
		t.Errorf("last target %q while another is built: %v", target, err)
	}
	if err := l.Built(ctx, "ix:3", day.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if target, err := l.LastTarget(ctx, "ix:"); err != nil || target != "ix:3" {
		t.Errorf("last target %q when another was built: %v", target, err)
	}
}

func receipts(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	id, err := l.BeginRun(ctx, "run", day)
	if err != nil {
		t.Fatal(err)
	}
	r := &job.Receipt{Source: "a", Started: day.UTC(), Finished: day.UTC(), Complete: true, Counts: job.Counts{Seen: 2, New: 1, Rejected: 1, Reasons: map[job.Rejection]int{job.RejectCountry: 1}}}
	if err := errors.Join(l.AddReceipt(ctx, id, r), l.EndRun(ctx, id, day, "done")); err != nil {
		t.Fatal(err)
	}
	got, err := l.Receipts(ctx, "a", 10)
	if err != nil || len(got) != 1 {
		t.Fatalf("%d receipts: %v", len(got), err)
	}
	if diff := cmp.Diff(*r, got[0]); diff != "" {
		t.Error(diff)
	}
}
