package pipeline

import (
	"testing"
	"time"

	"jobsieve/job"
)

// TestSlotsAheadStay ends a run while another process waits minutes for its slot: that holds,
// and so does a rest. What is further ahead than a crawl may last goes.
func TestSlotsAheadStay(t *testing.T) {
	line := boardLine(t)
	begin := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	now := begin
	clock := func() time.Time { return now }
	line.Now = clock
	want := job.Want{Gap: 10 * time.Minute, Keeps: 10 * time.Minute, Most: time.Hour}
	take := func() time.Duration {
		t.Helper()
		s, err := line.Ledger.TakeSlot(t.Context(), "h.example", want, clock)
		if err != nil {
			t.Fatal(err)
		}
		return s.Begins.Sub(begin)
	}
	for _, at := range []time.Duration{0, 10 * time.Minute} {
		if got := take(); got != at {
			t.Errorf("a slot begins after %s, want %s", got, at)
		}
	}
	if _, err := line.Run(t.Context(), "run", nil); err != nil {
		t.Fatal(err)
	}
	if got := take(); got != 20*time.Minute {
		t.Errorf("after the end of a run it begins after %s", got)
	}
	now = begin.Add(-2 * time.Hour)
	if _, err := line.Run(t.Context(), "run", nil); err != nil {
		t.Fatal(err)
	}
	if got := take(); got != -2*time.Hour {
		t.Errorf("after the clock was set back it begins after %s", got)
	}
}
