package conformance

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/ledger"
)

// prune takes what a policy says, a second time nothing, and leaves a ledger with which
// nothing is wrong.
func prune(t *testing.T, p Place) {
	l := aged(t, p)
	ctx := t.Context()
	rows := func(some []ledger.Prunable, err error) string {
		t.Helper()
		var out []string
		for _, kind := range some {
			out = append(out, fmt.Sprintf("%d %s", kind.Rows, kind.Kind))
			if err != nil || (kind.Rows > 0) != (kind.Bytes > 0) {
				t.Errorf("%+v: %v", kind, err)
			}
		}
		return strings.Join(out, ", ")
	}
	before := day.AddDate(0, 0, 3)
	for _, tt := range []struct {
		policy ledger.Policy
		want   string
	}{
		{ledger.Policy{}, "0 reading, 0 version, 0 receipt, 0 run"},
		{ledger.Policy{Readings: day.AddDate(0, 0, 2)}, "3 reading, 0 version, 0 receipt, 0 run"},
		{ledger.Policy{Readings: before}, "4 reading, 0 version, 0 receipt, 0 run"},
		{ledger.Policy{Versions: before}, "0 reading, 2 version, 0 receipt, 0 run"},
		{ledger.Policy{Versions: day.AddDate(0, 0, 9)}, "0 reading, 3 version, 0 receipt, 0 run"},
		{ledger.Policy{Runs: before}, "0 reading, 0 version, 3 receipt, 3 run"},
		{ledger.Policy{Runs: day.AddDate(0, 0, 99)}, "0 reading, 0 version, 5 receipt, 5 run"},
	} {
		if got := rows(l.Prunable(ctx, tt.policy)); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.policy, got, tt.want)
		}
	}
	all := ledger.Policy{Readings: before, Versions: before, Runs: before}
	told := 0
	if got, want := rows(l.Prune(ctx, all, func(n int) { told = n })), "4 reading, 2 version, 3 receipt, 3 run"; got != want || told != 12 {
		t.Errorf("went: %s, %d told, want %s", got, told, want)
	}
	if got, want := rows(l.Prune(ctx, all, nil)), "0 reading, 0 version, 0 receipt, 0 run"; got != want {
		t.Errorf("went again: %s, want %s", got, want)
	}
	stays(t, l)
}

// aged makes a ledger over days. Posting 1 has a new version on each of five days; on the
// first three its reading is replaced an hour later, and on the first that of posting 2. Each
// day has a run with a receipt, and so have 20 later ones. One run has not ended.
func aged(t *testing.T, p Place) *ledger.Ledger {
	t.Helper()
	ctx := t.Context()
	l := open(t, p.Locator)
	ran := func(at time.Time) {
		run, err := l.BeginRun(ctx, "run", at)
		err = errors.Join(err, l.AddReceipt(ctx, run, &job.Receipt{Source: "s"}), l.EndRun(ctx, run, at, "done"))
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range 5 {
		at := day.AddDate(0, 0, i)
		storeAll(t, l, at, entry("s", "1", fmt.Sprint("Clerk ", i)), entry("s", "2", "Typist"))
		ran(at)
		_, err := l.Reread(ctx, at.Add(time.Hour), func(rs []*ledger.Record) ([]ledger.Reading, error) {
			out := make([]ledger.Reading, len(rs))
			for k := range out {
				out[k].Pay.Kind = "other"
			}
			if i > 2 {
				out[0].Pay.Kind = ""
			}
			return out, nil
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.BeginRun(ctx, "run", day); err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		ran(day.AddDate(0, 0, 10+i))
	}
	return l
}

// stays wants what must be there after everything from before the fourth day was pruned.
func stays(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	ctx := t.Context()
	versions, err := l.Versions(ctx, get(t, l, "1"))
	var titles []string
	for _, v := range versions {
		titles = append(titles, fmt.Sprint(v.Version, " ", v.Posting.Title))
	}
	if diff := cmp.Diff([]string{"1 Clerk 0", "4 Clerk 3", "5 Clerk 4"}, titles); err != nil || diff != "" {
		t.Errorf("versions: %v\n%s", err, diff)
	}
	if receipts, err := l.Receipts(ctx, "s", 99); err != nil || len(receipts) != 22 {
		t.Errorf("%d receipts: %v", len(receipts), err)
	}
	if counts, err := l.Counts(ctx); err != nil || counts != (ledger.Counts{Postings: 2, Versions: 6, Runs: 23}) {
		t.Errorf("%s: %v", counts, err)
	}
	if found, _ := verified(t, l); len(found) > 0 {
		t.Errorf("found %s", found)
	}
}
