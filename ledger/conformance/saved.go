package conformance

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/ledger"
)

// savedSearches gives them as lines: name, question, borders.
func savedSearches(t *testing.T, l *ledger.Ledger) (lines []string, all []ledger.SavedSearch) {
	t.Helper()
	all, err := l.SavedSearches(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		s := &all[i]
		looked := "never"
		if !s.Looked.IsZero() {
			looked = s.Looked.Sub(day).String()
		}
		lines = append(lines, fmt.Sprintf("%s %s %s %d %s %d", s.Name, s.Question, looked, s.Seen, s.Webhook, s.Told))
	}
	return lines, all
}

// saved wants searches saved once, looked at, replaced and forgotten.
func saved(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	want := func(lines ...string) []ledger.SavedSearch {
		t.Helper()
		got, all := savedSearches(t, l)
		if diff := cmp.Diff(lines, got); diff != "" {
			t.Error(diff)
		}
		return all
	}
	one := ledger.SavedSearch{Name: "one", Question: "city=Pune", Saved: day}
	if err := l.Save(ctx, &one, false); err != nil {
		t.Fatal(err)
	}
	storeAll(t, l, day, entry("a", "1", "Telecaller"), entry("a", "2", "Nurse"))
	hooked := ledger.SavedSearch{Name: "hooked", Question: "text=nurse", Saved: day, Webhook: "http://x.example"}
	if err := l.Save(ctx, &hooked, true); err != nil {
		t.Fatal(err)
	}
	if err := l.Save(ctx, &ledger.SavedSearch{Name: "one", Saved: day}, false); !errors.Is(err, ledger.ErrSaved) {
		t.Errorf("saved twice: %v", err)
	}
	before := want("hooked text=nurse never 2 http://x.example 2", "one city=Pune never 0  0")
	err := errors.Join(
		l.LookedAt(ctx, &before[1], 2, day.Add(time.Hour)), l.LookedAt(ctx, &before[1], 1, day.Add(2*time.Hour)),
		l.TellSaved(ctx, &before[0], 5), l.TellSaved(ctx, &before[0], 4),
	)
	want("hooked text=nurse never 2 http://x.example 5", "one city=Pune 2h0m0s 2  0")
	one.Question, one.Saved = "city=Mumbai", day.Add(time.Second)
	err = errors.Join(err, l.Save(ctx, &one, true), l.LookedAt(ctx, &before[1], 9, day), l.TellSaved(ctx, &before[1], 9))
	want("hooked text=nurse never 2 http://x.example 5", "one city=Mumbai never 2  2")
	for _, isThere := range []bool{true, false} {
		was, e := l.ForgetSaved(ctx, "hooked")
		if err = errors.Join(err, e); was != isThere {
			t.Errorf("forgotten: %t, want %t", was, isThere)
		}
	}
	want("one city=Mumbai never 2  2")
	if err != nil {
		t.Error(err)
	}
}

// between wants postings by their numbers, which a change leaves as they are, and the
// first of those that wait.
func between(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	last := func(want int64) {
		t.Helper()
		if n, err := l.LastNumber(ctx); n != want || err != nil {
			t.Errorf("the last is %d, want %d: %v", n, want, err)
		}
	}
	last(0)
	storeAll(t, l, day, entry("a", "1", "Telecaller"), entry("a", "2", "Nurse"), entry("a", "3", "Cook"))
	storeAll(t, l, day.Add(time.Hour), entry("a", "1", "Team leader"))
	last(3)
	if _, _, err := l.Forget(ctx, []string{"2"}); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		after, last int64
		limit       int
		want        string
	}{{0, 3, 9, "[1 3]"}, {1, 3, 9, "[3]"}, {0, 2, 9, "[1]"}, {0, 3, 1, "[1]"}, {3, 3, 9, "[]"}} {
		records, err := l.Between(ctx, test.after, test.last, test.limit)
		ids := []string{}
		for _, r := range records {
			ids = append(ids, r.Posting.ID)
		}
		if got := fmt.Sprint(ids); got != test.want || err != nil {
			t.Errorf("after %d to %d, %d at most: %s, want %s: %v", test.after, test.last, test.limit, got, test.want, err)
		}
	}
	taken := []ledger.Delivery{{N: 1, Revision: get(t, l, "1").Revision}}
	if err := l.Acknowledge(ctx, "ix:1", day, taken); err != nil {
		t.Fatal(err)
	}
	for target, wants := range map[ledger.Target][2]int64{"ix:1": {3, 0}, "ix:2": {1, 0}} {
		for i, after := range []int64{0, 3} {
			if n, err := l.FirstWaiting(ctx, target, after); n != wants[i] || err != nil {
				t.Errorf("%s after %d: %d, want %d: %v", target, after, n, wants[i], err)
			}
		}
	}
}
