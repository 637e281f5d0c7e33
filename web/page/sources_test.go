package page

import (
	"errors"
	"strings"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/job"
	"jobsieve/ledger"
)

// TestSources shows the sick first, what is wrong with them, and when they are due.
func TestSources(t *testing.T) {
	dir := t.TempDir()
	d, err := deskOf(t.Context(), dir, []job.Posting{voiceIn("1", "Pune")})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"rested", "well", "unread", "ill"} {
		d.Config.Sources = append(d.Config.Sources, config.Source{Name: name, Schedule: "@every 6h", Disabled: name == "rested"})
	}
	l, err := ledger.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	run, err := l.BeginRun(t.Context(), "run", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 9, 1, 20, 0, 0, 0, time.UTC) // the next day in India
	for _, r := range []job.Receipt{
		{Source: "well", Complete: true, Counts: job.Counts{Seen: 1200, New: 1200}},
		{Source: "rested", Failed: true, Why: "closed"},
		{Source: "ill", Failed: true, Why: "<script>no route"},
	} {
		r.Started, r.Finished = at, at
		if err := l.AddReceipt(t.Context(), run, &r); err != nil {
			t.Fatal(err)
		}
	}
	err = l.ChangeDue(t.Context(), "well", func(ledger.Due) (ledger.Due, bool) {
		return ledger.Due{Schedule: "@every 6h", Next: at.Add(6 * time.Hour)}, true
	})
	if err = errors.Join(err, l.Close()); err != nil {
		t.Fatal(err)
	}
	answer := get(t, New(func() *desk.Desk { return d }), "/sources")
	said := saysIn(t, answer)
	from := 0
	for _, want := range []string{
		"ill needs a look failed: <script>no route Last run 2 Sep 2026 01:30 : failed, 0 seen", "unread never read", "well well",
		"read whole, 1,200 seen, 1,200 new", "Next due 2 Sep 2026 07:30.", "rested disabled", "Latest runs, imports too",
	} {
		i := strings.Index(said[from:], want)
		if i < 0 {
			t.Fatalf("it does not say %q in its place: %s", want, said)
		}
		from += i
	}
	if n := len(elements(tree(t, answer), "script")); n != 1 {
		t.Errorf("%d scripts", n)
	}
}
